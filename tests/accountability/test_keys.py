"""Keys: made once, kept outside the database, rotated with the signature of the old one, retired or lost."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from dijkwacht.adapters import signing
from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.models import SigningKey
from dijkwacht.apps.accountability.queries.keys import key_in_use, key_list
from dijkwacht.apps.accountability.services import keys
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.queries import verify
from dijkwacht.apps.trail.words import lines as sentences

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.fixture
def key(organisation: Organisation, ciso: Person) -> SigningKey:
    return keys.ensure_key(organisation, person=ciso, actor="", on=ON, at=AT)


def rotate(organisation: Organisation, ciso: Person, days: int, **fields: Any) -> SigningKey:
    at = AT + timedelta(days=days)
    return keys.rotate_key(organisation, person=ciso, on=at.date(), at=at, **fields)


def test_made_once(organisation: Organisation, ciso: Person, key: SigningKey) -> None:
    assert keys.ensure_key(organisation, person=ciso, actor="", on=ON, at=AT) == key
    assert key.key == signing.key_id(key.public)
    assert Entry.objects.get(act="accountability.key_made").seq == key.act
    path = storage._key_path(organisation.slug, key.key)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert b"PRIVATE" in path.read_bytes()


def test_the_private_part_is_not_in_the_database(key: SigningKey) -> None:
    pem = storage.private_key("dijkstad", key.key).decode()
    secret = "".join(pem.splitlines()[1:-1])
    assert secret not in str(list(SigningKey.objects.values()) + list(Entry.objects.values()))


def test_a_new_one_is_signed_by_the_old(organisation: Organisation, ciso: Person, key: SigningKey) -> None:
    new = rotate(organisation, ciso, 1)
    newest = rotate(organisation, ciso, 2)
    whose, found = signing.read_key_list(key_list(organisation))
    assert (whose, list(found)) == ("dijkstad", [key.key, new.key, newest.key])
    assert signing.follows(found, newest.key, key.key)
    assert [each.why for each in found.values()] == ["rotated", "rotated", ""]
    assert signing.in_use(found, new.key, AT + timedelta(days=1, hours=1))
    with pytest.raises(signing.KeyTrouble):
        signing.in_use(found, key.key, AT + timedelta(days=1))
    told = Entry.objects.order_by("seq")
    assert [entry.act for entry in told] == [
        f"accountability.key_{verb}" for verb in ("made", "ended", "made", "ended", "made")
    ]
    assert [row.act for row in SigningKey.objects.order_by("act")] == [1, 3, 5]
    assert verify(organisation) is None
    assert all("accountability" not in line.sentence for line in sentences(organisation, told))


def test_the_list_as_it_was_at_an_earlier_entry(organisation: Organisation, ciso: Person, key: SigningKey) -> None:
    before = key_list(organisation)
    new = rotate(organisation, ciso, 1)
    assert key_list(organisation, before=key.act + 1) == before
    assert key_list(organisation, before=new.act + 1) == key_list(organisation)


def test_a_lost_one_signs_for_nothing(organisation: Organisation, ciso: Person, key: SigningKey) -> None:
    storage._key_path(organisation.slug, key.key).unlink()
    with pytest.raises(Refusal):
        rotate(organisation, ciso, 1)
    new = rotate(organisation, ciso, 1, lost=True)
    _, found = signing.read_key_list(key_list(organisation))
    assert (new.previous, found[key.key].why) == ("", "lost")
    assert not signing.follows(found, new.key, key.key)


def test_a_retired_one_has_no_successor(organisation: Organisation, ciso: Person, key: SigningKey) -> None:
    keys.end_key(organisation, person=ciso, on=ON, at=AT + timedelta(hours=1))
    assert key_in_use(organisation) is None
    with pytest.raises(Refusal):
        keys.end_key(organisation, person=ciso, on=ON, at=AT)
    assert rotate(organisation, ciso, 1).previous == ""


def test_the_file_of_another_key(organisation: Organisation, key: SigningKey) -> None:
    storage.put_key(organisation.slug, key.key, signing.make()[0])
    with pytest.raises(Refusal):
        keys.private_key(key)


@pytest.mark.parametrize("change", [{"public": "00" * 32}, {"since": AT}, {"endorsement": "00"}, {"act": 9}])
def test_the_database_refuses_a_change(key: SigningKey, change: dict[str, Any]) -> None:
    if change == {"since": AT}:
        change = {"since": AT - timedelta(days=1)}
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        SigningKey.objects.filter(pk=key.pk).update(**change)


@pytest.mark.parametrize(("slug", "name"), [("../x", "ab" * 16), ("dijkstad", "../../x"), ("dijkstad", "AB" * 16)])
def test_no_path_leads_out_of_the_folder(slug: str, name: str) -> None:
    with pytest.raises(storage.StorageError):
        storage.private_key(slug, name)
    with pytest.raises(storage.StorageError):
        storage.package_of(name)
