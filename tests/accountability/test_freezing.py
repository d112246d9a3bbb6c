"""Freezing an account in the demo world: who may, once, what was seen, and the same bytes again whatever came after."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from dijkwacht.adapters import timestamp
from dijkwacht.adapters.checking import check
from dijkwacht.adapters.package import parse
from dijkwacht.adapters.rejudging import rejudge
from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.models import Draft, Statement
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.queries.statements import NoAccount
from dijkwacht.apps.accountability.queries.verify import verify_packages
from dijkwacht.apps.accountability.services import ending, keys
from dijkwacht.apps.accountability.services.freezing import freeze
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.accountability.services.reproducing import replayed, reproduce
from dijkwacht.apps.accountability.statement_words import refusal_sentence
from dijkwacht.apps.ledger.models import Fact, Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.pinned import pin_now, pinned
from dijkwacht.apps.ledger.queries.world import gather
from dijkwacht.apps.ledger.services import facts, subjects
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.people.models import Share
from dijkwacht.apps.people.services import revoke_share
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.queries import verify
from dijkwacht.apps.trail.words import lines as sentences
from dijkwacht.core.recording import Origin
from dijkwacht.core.statement_changes import Kind
from dijkwacht.demo.world import World
from tests.accountability.house import house
from tests.standing import again, standing

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 10, 0, 0, 123456, tzinfo=UTC)
COUNCIL = "ensia-council"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pack(settings: Any, tmp_path: Any) -> None:
    """The real packs, in the place of the small one of this folder; a data folder of its own."""
    settings.DATA_DIR = tmp_path


stands = standing(lambda: house(on=ON))


@pytest.fixture
def world(stands: Any, db: None, tmp_path: Any) -> World:
    return again(stands, tmp_path)


def frozen(world: World, account: str = COUNCIL, **fields: Any) -> Statement:
    """A statement signed by the college, without documents unless asked."""
    given = {"on": ON, "at": AT, "person": world.person("college"), "documents": False, **fields}
    return freeze(world.organisations["dijkstad"], account=account, **given)


def say(world: World, name: str, value: Any, key: str = "dijkstad", **fields: Any) -> facts.Receipt:
    subject = world.subjects[key]
    given = {"person": world.person("ciso"), "on": ON, "at": AT, "correction": True, **fields}
    return facts.answer(subject.organisation, subject=subject, fact_type=name, value=value, **given)


def refused(world: World, *args: Any, **fields: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        frozen(world, *args, **fields)
    assert refusal_sentence(caught.value)
    return caught.value


# -- what is frozen ----------------------------------------------------------------------------------
def test_a_signed_statement(world: World) -> None:
    live = statements.live(world.organisations["dijkstad"], account=COUNCIL, on=ON, known_at=ON)
    row = frozen(world, seen=live.token)
    assert (row.number, row.signer_name, row.signer_role, row.state) == (1, "Esther Kade", "college", "frozen")
    found = check(statements.package(row))
    statement = found.statement
    assert statement.lines == live.lines
    assert statement == statements.opened(row)
    assert sum(row.counts.values()) == len(statement.lines) > 100
    assert (statement.at.microsecond, statement.signer and statement.signer.mandate) == (0, row.mandate)
    entry = Entry.objects.get(act="accountability.signed")
    assert (entry.seq, entry.detail["root"], entry.detail["package"]) == (row.act, row.root, row.package)
    assert statement.head.seq == entry.seq - 1
    assert statement.head.hash == entry.previous
    assert verify(world.organisations["dijkstad"]) is None
    assert rejudge(found) == len(statement.lines)
    assert list(verify_packages(world.organisations["dijkstad"])) == []


def test_each_line_has_its_reasons_facts_and_evidence(world: World) -> None:
    row = frozen(world)
    for line in statements.opened(row).lines:
        named = {reason.fact_id for reason in line.reasons if reason.fact_id}
        assert {fact.id for fact in line.facts} == named
        for fact in line.facts:
            stored = Fact.objects.get(pk=int(fact.id))
            assert (fact.value, fact.act) == (stored.value, stored.act)
            assert fact.said_by == ("ICT-samenwerking De Meren" if fact.inherited_from else stored.speaker)


def test_documents_go_with_it(world: World) -> None:
    row = frozen(world, "suwinet-statement", documents=True)
    files = check(statements.package(row)).files
    assert any(name.startswith("documents/") and data.startswith(b"%PDF") for name, data in files.items())
    assert reproduce(row).same


def test_what_others_answered_for_us_says_whose_it_is(world: World) -> None:
    row = frozen(world, "bio2-soa")
    inherited = [fact for line in statements.opened(row).lines for fact in line.facts if fact.inherited_from]
    assert all((fact.said_by, fact.evidence) == ("ICT-samenwerking De Meren", ()) for fact in inherited)


def test_one_connection_or_all(world: World) -> None:
    dijkstad = world.organisations["dijkstad"]
    new = subjects.register_subject(
        dijkstad, kind="digid_connection", name="Tweede aansluiting", person=world.person("ciso"), on=ON, at=AT
    )
    first = Subject.objects.filter(organisation=dijkstad, kind="digid_connection").order_by("pk").first()
    assert first is not None
    every = frozen(world, "digid-annex")
    one = frozen(world, "digid-annex", subject=new.key)
    assert {line.subject for line in statements.opened(one).lines} == {new.key}
    assert {line.subject for line in statements.opened(every).lines} == {first.key, new.key}
    assert rejudge(check(statements.package(one))) == len(statements.opened(one).lines)
    assert reproduce(one).same


# -- what is refused ---------------------------------------------------------------------------------
def test_only_the_role_with_the_mandate_signs(world: World) -> None:
    for key in ("ciso", "coordinator", "auditor", "beheer"):
        assert refused(world, person=world.person(key)).code == "role"
    assert refused(world, "board-view").params == {"role": "secretary"}
    assert not Statement.objects.exists()
    told = Entry.objects.filter(act="accountability.refused_role")
    assert told.count() == 5
    shown = sentences(world.organisations["dijkstad"], told)
    assert all("accountability" not in line.sentence for line in shown)


def test_signing_twice_gives_one_statement(world: World) -> None:
    frozen(world)
    again = refused(world)
    assert (again.code, again.params) == ("signed", {"number": 1})
    assert Statement.objects.count() == 1
    assert Entry.objects.filter(act="accountability.refused_signed").count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"account": "no-such"}, "account"),
        ({"subject": "zaaksysteem"}, "subject"),
        ({"account": "digid-annex", "subject": "nobody"}, "subject"),
        ({"on": ON + timedelta(days=1)}, "future"),
        ({"known_at": ON + timedelta(days=1)}, "future"),
        ({"replaces": 1}, "why"),
        ({"replaces": 1, "why": " "}, "why"),
        ({"replaces": 1, "why": "fout"}, "other"),
    ],
)
def test_what_cannot_be_frozen(world: World, fields: dict[str, Any], code: str) -> None:
    assert refused(world, **fields).code == code
    assert not Statement.objects.exists()


def test_a_day_to_come_is_a_forecast_that_nobody_signs(world: World) -> None:
    ahead = ON + timedelta(days=36)
    row = frozen(world, on=ahead, person=None, actor="opdrachtregel")
    assert (row.on, row.known_at, row.at.date()) == (ahead, ON, AT.date())
    assert refused(world, "cbw-rdi", on=ahead).code == "future"


def test_what_changed_since_it_was_looked_at_is_told(world: World) -> None:
    dijkstad = world.organisations["dijkstad"]
    live = statements.live(dijkstad, account=COUNCIL, on=ON, known_at=ON)
    met = next(line for line in live.lines if line.status == "met" and line.facts[0].subject == "dijkstad")
    fact = met.facts[0]
    other = False if fact.value is True else "2020-01-01"
    say(world, fact.fact, other)
    changed = refused(world, seen=live.token)
    assert changed.code == "changed"
    assert (met.requirement, Kind.TURNED) in {(each.line.requirement, each.kind) for each in changed.differences}
    live = statements.live(dijkstad, account=COUNCIL, on=ON, known_at=ON)
    assert frozen(world, seen=live.token).number == 1


def test_an_answer_that_touches_no_line_does_not_stand_in_the_way(world: World) -> None:
    live = statements.live(world.organisations["dijkstad"], account="suwinet-statement", on=ON, known_at=ON)
    subjects.register_subject(
        world.organisations["dijkstad"], kind="location", name="Loods", person=world.person("ciso"), on=ON, at=AT
    )
    assert frozen(world, "suwinet-statement", seen=live.token)


def test_an_odd_token_is_a_change(world: World) -> None:
    for token in ("", "x", "12", "999999-00", "-"):
        assert refused(world, seen=token).code == "changed"


def test_the_private_key_is_gone(world: World) -> None:
    row = frozen(world)
    path = storage._key_path("dijkstad", row.key)
    assert path.stat().st_mode & 0o777 == 0o600
    path.unlink()
    assert refused(world, "cbw-rdi").code == "key"


def test_no_such_account_to_look_at(world: World) -> None:
    with pytest.raises(NoAccount):
        statements.live(world.organisations["dijkstad"], account="none", on=ON, known_at=ON)


# -- drafts, withdrawing, replacing ------------------------------------------------------------------
def test_a_draft_is_closed_when_it_is_signed(world: World) -> None:
    dijkstad = world.organisations["dijkstad"]
    for remark in ("eerste", "tweede"):
        ending.prepare(dijkstad, account=COUNCIL, on=ON, person=world.person("ciso"), at=AT, remark=remark)
    assert [draft.note for draft in statements.drafts(dijkstad)] == ["tweede"]
    frozen(world)
    assert not statements.drafts(dijkstad).exists()
    assert Draft.objects.count() == 2
    with pytest.raises(Refusal, match="future"):
        ending.prepare(dijkstad, account=COUNCIL, on=ON + timedelta(days=9), person=world.person("ciso"), at=AT)


def test_withdrawn_with_the_reason(world: World) -> None:
    row = frozen(world)
    college = world.person("college")
    for person, why, code in ((college, " ", "why"), (world.person("ciso"), "fout", "role")):
        with pytest.raises(Refusal) as caught:
            ending.withdraw(row, why=why, person=person, at=AT)
        assert caught.value.code == code
    ending.withdraw(row, why="een fout", person=college, at=AT)
    row.refresh_from_db()
    assert (row.state, row.ended_why, row.ended_by) == ("withdrawn", "een fout", college)
    with pytest.raises(Refusal, match="ended"):
        ending.withdraw(row, why="nog eens", person=college, at=AT)
    assert frozen(world).number == 2  # the day is free again
    assert reproduce(row).same


def test_replaced_with_the_reason(world: World) -> None:
    first = frozen(world)
    second = frozen(world, replaces=1, why="vergeten regel")
    first.refresh_from_db()
    assert (first.state, first.ended_why, first.replaced_by) == ("replaced", "vergeten regel", second)
    found = check(statements.package(second)).statement
    assert (found.number, found.replaces, found.why) == (2, 1, "vergeten regel")
    assert refused(world, replaces=1, why="nog eens").code == "signed"
    ending.withdraw(second, why="weg", person=world.person("college"), at=AT)
    assert refused(world, replaces=1, why="nog eens").code == "ended"
    assert frozen(world, replaces=2, why="opnieuw").number == 3
    assert all(reproduce(row).same for row in Statement.objects.all())


def test_sealed_and_signed_by_no_one(world: World) -> None:
    row = frozen(world, person=None, actor="dijkwacht statement")
    assert check(statements.package(row)).statement.signer is None
    assert Entry.objects.filter(act="accountability.frozen", actor="dijkwacht statement").exists()
    assert refused(world).code == "signed"
    assert frozen(world, replaces=row.number, why="nu ondertekend").signed


# -- never edited ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change", [{"root": "00" * 32}, {"number": 9}, {"on": ON - timedelta(days=1)}, {"frame": {}}, {"signer_name": "X"}]
)
def test_the_database_refuses_a_change(world: World, change: dict[str, Any]) -> None:
    row = frozen(world)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Statement.objects.filter(pk=row.pk).update(**change)


def test_the_database_refuses_what_undoes_an_end_or_removes(world: World) -> None:
    row = frozen(world)
    ending.withdraw(row, why="fout", person=world.person("college"), at=AT)
    again = {"state": "frozen", "ended_at": None, "ended_act": None, "ended_why": "", "ended_by": None}
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Statement.objects.filter(pk=row.pk).update(**again)
    for table in ("accountability_statement", "accountability_signingkey"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


# -- the same bytes again ----------------------------------------------------------------------------
def corrections(world: World, count: int, first: date) -> int:
    """Corrects answers of Dijkstad, one act each, over the days from ``first`` on; as many times as asked."""
    types = [
        (row.subject.key, row.fact_type, row.value)
        for row in Fact.objects.filter(
            organisation__slug="dijkstad", superseded_at=None, value__in=[True, False]
        ).select_related("subject")
    ]
    for n in range(count):
        key, name, value = types[n % len(types)]
        turned = (n // len(types)) % 2 == (1 if value else 0)
        subject = world.subjects.get(key) or Subject.objects.get(organisation__slug="dijkstad", key=key)
        day = first + timedelta(days=n // 100)
        facts.answer(
            subject.organisation, subject=subject, fact_type=name, value=turned, person=world.person("ciso"), on=day,
            at=AT + timedelta(minutes=n), correction=True,
        )  # fmt: skip
    return len(types)


def test_the_same_bytes_after_200_later_corrections(world: World) -> None:
    rows = [frozen(world, account) for account in (COUNCIL, "cbw-rdi", "digid-annex")]
    rows.append(frozen(world, "bio2-soa", on=ON - timedelta(days=3), known_at=ON - timedelta(days=2)))
    before = [statements.package(row) for row in rows]
    assert corrections(world, 200, ON) > 20  # the first hundred on the very same day
    for row, package in zip(rows, before, strict=True):
        again = reproduce(row)
        assert (again.differs, again.same, again.package) == ((), True, package)
    assert statements.would_differ(rows[0], on=ON, known_at=ON + timedelta(days=2))


def test_the_same_bytes_whatever_happens_to_subjects_names_and_shares(world: World) -> None:
    dijkstad, ciso = world.organisations["dijkstad"], world.person("ciso")
    rows = [frozen(world, account) for account in (COUNCIL, "bio2-soa", "cbw-rdi", "digid-annex")]
    subjects.rename_subject(world.subjects["zaaksysteem"], name="Anders genoemd", person=ciso, on=ON, at=AT)
    subjects.inherit_from(world.subjects["zaaksysteem"], source=None, person=ciso, on=ON, at=AT)
    subjects.register_subject(dijkstad, kind="system", name="Nieuw", person=ciso, on=ON, at=AT)
    for subject in Subject.objects.filter(organisation=dijkstad, archived_at=None).exclude(key="dijkstad"):
        if subject.kind in ("digid_connection", "supplier"):
            subjects.archive_subject(subject, person=ciso, on=ON, at=AT)
    revoke_share(Share.objects.get(what="zaaksysteem-gehost|system.*"), at=AT, by=world.person("ciso", "de-meren"))
    assert any(statements.would_differ(row, on=ON, known_at=ON) for row in rows)
    ciso.name = ""
    ciso.save(update_fields=["name"])
    dijkstad.name = "Gemeente Anders"
    dijkstad.save(update_fields=["name"])
    keys.rotate_key(dijkstad, person=ciso, on=ON, at=AT + timedelta(minutes=1))
    for row in rows:
        assert reproduce(Statement.objects.get(pk=row.pk)).differs == ()


def test_the_same_bytes_when_something_was_seen_again(world: World) -> None:
    dijkstad = world.organisations["dijkstad"]
    fact = (
        Fact.objects.filter(organisation=dijkstad, superseded_at=None).select_related("subject").order_by("pk").first()
    )
    assert fact is not None

    def see(at: datetime) -> None:
        said = Said(fact.subject, fact.fact_type, fact.value, Origin(fact.origin))
        facts.observe(dijkstad, observations=[said], source="scan", on=at.date(), at=at)

    see(AT - timedelta(days=3))
    rows = [frozen(world, name) for name in ("ensia-council", "bio2-soa", "cbw-rdi")]
    see(AT)
    see(AT + timedelta(days=1))
    assert all(reproduce(row).same for row in rows)


def test_a_statement_of_an_earlier_day_is_compared_with(world: World) -> None:
    earlier = frozen(world, on=ON - timedelta(days=5), documents=True)
    live = statements.live(world.organisations["dijkstad"], account=COUNCIL, on=ON, known_at=ON)
    assert (live.before, live.standing) == (earlier, None)
    later = frozen(world, documents=True)
    corrections(world, 10, ON)
    assert reproduce(later).same
    assert later.frame["before"] == earlier.number


def test_a_package_that_was_lost_is_made_again(world: World, tmp_path: Any) -> None:
    row = frozen(world)
    kept = statements.package(row)
    (tmp_path / "statements" / f"{row.package}.zip").unlink()
    with pytest.raises(storage.StorageError):
        statements.package(row)
    again = reproduce(row)
    assert (again.same, again.package) == (True, kept)


def test_when_the_package_of_last_year_is_gone_that_is_the_reason(world: World, tmp_path: Any) -> None:
    before = frozen(world, on=ON - timedelta(days=30), at=AT)
    (tmp_path / "statements" / f"{before.package}.zip").unlink()
    with pytest.raises(Refusal, match="package"):
        frozen(world, at=AT + timedelta(minutes=1))
    assert Statement.objects.count() == 1


def test_a_refusal_with_a_null_character_is_told_too(world: World) -> None:
    with pytest.raises(Refusal, match="role"):
        frozen(world, person=world.person("ciso"), subject="a\0b")
    assert Entry.objects.get(act="accountability.refused_role").detail["subject"] == "ab"


def test_a_package_that_was_changed_on_disk_is_seen(world: World, tmp_path: Any) -> None:
    row = frozen(world)
    path = tmp_path / "statements" / f"{row.package}.zip"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(storage.StorageError, match="no longer"):
        statements.opened(row)
    assert list(verify_packages(world.organisations["dijkstad"])) == [row]


def test_other_packs_later_make_no_difference(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    row = frozen(world)
    monkeypatch.setattr("dijkwacht.apps.ledger.packs.norms_on", lambda day: pytest.fail("not the packs of today"))
    assert reproduce(row).same
    (tmp_path / "statements" / "norms" / f"{row.norms}.zip").unlink()
    with pytest.raises(storage.StorageError):
        replayed(row)


# -- time stamps -------------------------------------------------------------------------------------
def test_a_time_stamp_over_the_head_goes_with_it(world: World, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DIJKWACHT_TSA = "https://tsa.example/"
    asked: list[str] = []
    monkeypatch.setattr(timestamp, "fetch", lambda url, head: asked.append(head) or b"a stamp")
    row = frozen(world)
    files = parse(statements.package(row)).files
    assert (files["timestamp.tsr"], asked) == (b"a stamp", [row.head_hash])
    assert reproduce(row).same


def test_without_the_time_stamp_that_was_asked_for_nothing_is_frozen(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DIJKWACHT_TSA = "https://tsa.example/"

    def fail(url: str, head: str) -> bytes:
        raise timestamp.StampError("nobody there")

    monkeypatch.setattr(timestamp, "fetch", fail)
    assert refused(world).code == "stamp"
    assert not Statement.objects.exists()


# -- one way of reading ------------------------------------------------------------------------------
@pytest.mark.parametrize("days", [0, 10, 31])
def test_pinned_at_the_last_entry_is_how_the_ledger_is_read_otherwise(world: World, days: int) -> None:
    packs, known_at = packs_on(ON), ON - timedelta(days=days)
    for organisation in world.organisations.values():
        now = pinned(
            organisation, packs=packs, known_at=known_at, fact_types=packs.norms.fact_types, pin=pin_now(organisation)
        )
        usual = gather(organisation, packs=packs, known_at=known_at, fact_types=packs.norms.fact_types).world
        assert (now.world.subjects, now.world.inherits) == (usual.subjects, usual.inherits)
        assert {key: sorted(map(repr, found)) for key, found in now.world.facts.items()} == {
            key: sorted(map(repr, found)) for key, found in usual.facts.items()
        }
