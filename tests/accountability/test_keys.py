"""Keys: made once, kept outside the database, rotated with the signature of the old one, retired or lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from dijkwacht.adapters import signing
from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.models import SigningKey
from dijkwacht.apps.accountability.queries.keys import as_key, key_in_use, key_list
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


# -- lost, and found out later -----------------------------------------------------------------------
def lose(
    organisation: Organisation, ciso: Person, key: SigningKey, since: datetime | None, days: int = 5
) -> SigningKey:
    at = AT + timedelta(days=days)
    return keys.mark_lost(organisation, key=key.key, since=since, person=ciso, on=at.date(), at=at)


def test_a_key_that_had_ended_is_marked_as_lost(organisation: Organisation, ciso: Person, key: SigningKey) -> None:
    new = rotate(organisation, ciso, 2)
    before, day = key_list(organisation), AT + timedelta(days=1)
    row = lose(organisation, ciso, key, day)
    assert (row.why, row.lost_from, row.lost) == ("rotated", day, True)
    _, found = signing.read_key_list(key_list(organisation))
    assert (found[key.key].why, found[key.key].lost) == ("lost", day)
    assert signing.in_use(found, key.key, AT + timedelta(hours=1))
    with pytest.raises(signing.KeyTrouble, match="was lost at 2026-11-26"):
        signing.in_use(found, key.key, day)
    assert key_list(organisation, before=row.lost_act) == before  # as statements of then have it
    entry = Entry.objects.order_by("-seq")[0]
    assert (entry.act, entry.about, entry.seq) == ("accountability.key_lost", f"key:{key.key}", row.lost_act)
    (line,) = sentences(organisation, [entry])
    assert "as lost, from: 26 November 2026" in line.sentence
    assert signing.in_use(found, new.key, AT + timedelta(days=3))


def test_nobody_knows_since_when(organisation: Organisation, ciso: Person, key: SigningKey) -> None:
    new = rotate(organisation, ciso, 2)
    assert lose(organisation, ciso, key, None).lost_from is None
    _, found = signing.read_key_list(key_list(organisation))
    with pytest.raises(signing.KeyTrouble, match="nothing that is signed with it counts"):
        signing.in_use(found, key.key, AT + timedelta(hours=1))
    assert not signing.follows(found, new.key, key.key)


def test_from_before_it_was_made_is_from_when_it_was_made(
    organisation: Organisation, ciso: Person, key: SigningKey
) -> None:
    rotate(organisation, ciso, 2)
    assert lose(organisation, ciso, key, AT - timedelta(days=900)).lost_from == key.since


def test_what_cannot_be_marked(organisation: Organisation, ciso: Person, key: SigningKey) -> None:
    with pytest.raises(Refusal, match="key_in_use"):
        lose(organisation, ciso, key, None)
    rotate(organisation, ciso, 2)
    with pytest.raises(Refusal, match="lost_ahead"):
        lose(organisation, ciso, key, AT + timedelta(days=6))
    lose(organisation, ciso, key, AT)
    with pytest.raises(Refusal, match="key_lost"):
        lose(organisation, ciso, key, None)
    key.key = "00" * 16
    with pytest.raises(Refusal, match="no_key"):
        lose(organisation, ciso, key, None)
    lost = rotate(organisation, ciso, 6, lost=True)
    assert lost.previous == ""
    with pytest.raises(Refusal, match="key_lost"):
        lose(organisation, ciso, SigningKey.objects.get(why="lost"), None, days=7)


@pytest.mark.parametrize("change", [{"lost_from": AT}, {"lost_from": None}, {"lost_from": None, "lost_act": None}])
def test_the_database_lets_it_be_marked_once(
    organisation: Organisation, ciso: Person, key: SigningKey, change: dict[str, Any]
) -> None:
    rotate(organisation, ciso, 2)
    lose(organisation, ciso, key, AT + timedelta(days=1))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        SigningKey.objects.filter(pk=key.pk).update(**change)


def test_a_key_that_was_lost_by_then_signs_for_no_next_one(
    organisation: Organisation, ciso: Person, key: SigningKey
) -> None:
    rotate(organisation, ciso, 2)
    rows = [as_key(each) for each in SigningKey.objects.order_by("act")]
    for days, follows in ((1, False), (2, False), (3, True)):
        told = [replace(rows[0], why="lost", lost=AT + timedelta(days=days)), rows[1]]
        _, found = signing.read_key_list(signing.key_list("dijkstad", told))
        assert signing.in_use(found, rows[1].id, AT + timedelta(days=4))
        assert signing.follows(found, rows[1].id, rows[0].id) is follows
    odd = [replace(rows[0], why="lost", lost=AT - timedelta(days=900)), rows[1]]
    with pytest.raises(signing.KeyTrouble, match="not lost at the moment"):
        signing.read_key_list(signing.key_list("dijkstad", odd))


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
