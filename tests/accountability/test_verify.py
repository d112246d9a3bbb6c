"""`dijkwacht trail verify` over statements and keys: whatever somebody did to their rows or packages is named."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from dijkwacht.apps.accountability import storage, triggers
from dijkwacht.apps.accountability.marks import TABLES
from dijkwacht.apps.accountability.models import Draft, Remark, SigningKey, Statement
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.queries.verify import verify_statements
from dijkwacht.apps.accountability.services import ending, keys, remarks
from dijkwacht.apps.accountability.services.freezing import freeze
from dijkwacht.apps.trail.held_marks import Uncovered
from dijkwacht.apps.trail.services import record
from dijkwacht.commands.verifying import verify
from dijkwacht.demo.world import World
from tests.accountability.house import house
from tests.standing import again, standing
from tests.tampering import gone_and_put_there, unseen

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 10, 0, 0, 123456, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pack(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


def made() -> World:
    """A statement that was replaced, one in its place, one withdrawn, and one sealed and signed by no one."""
    found = house(on=ON)
    organisation = found.organisations["dijkstad"]
    freeze(organisation, account="suwinet-statement", on=ON, at=AT, person=None, actor="test", documents=False)
    first = frozen(found, 1)
    frozen(found, 2, replaces=first.number, why="verkeerd gelezen")
    keys.rotate_key(organisation, person=found.person("ciso"), on=ON, at=AT + timedelta(minutes=3))
    third = frozen(found, 4, on=ON - timedelta(days=30))
    ending.withdraw(third, why="te vroeg", person=found.person("college"), at=AT + timedelta(minutes=5))
    return found


stands = standing(made)


@pytest.fixture
def world(stands: Any, db: None, tmp_path: Any) -> World:
    return again(stands, tmp_path)


def frozen(world: World, minutes: int, **fields: Any) -> Statement:
    given = {"on": ON, "person": world.person("college"), "documents": False, **fields}
    return freeze(world.organisations["dijkstad"], account="cbw-rdi", at=AT + timedelta(minutes=minutes), **given)


@pytest.fixture
def unlocked(world: World) -> None:
    triggers.remove(connection)


def told(world: World) -> list[str]:
    found = verify(world.organisations["dijkstad"], on=ON, at=AT)
    return [] if found.well else list(found.lines)


def test_all_is_well(world: World) -> None:
    assert Statement.objects.count() == 4
    assert told(world) == []


@pytest.mark.parametrize("change", [
    {"state": "frozen", "ended_at": None, "ended_act": None, "ended_why": "", "ended_by": None}, {"root": "ab" * 32},
    {"on": ON}, {"signer_role": "secretary"}, {"counts": {"met": 3}}, {"head_hash": "cd" * 32}, {"ended_why": "anders"},
    {"act": 1}, {"package": "ab" * 32}, {"why": "x"},
])  # fmt: skip
def test_a_statement_that_was_changed(world: World, unlocked: None, change: dict[str, Any]) -> None:
    row = Statement.objects.get(number=4)
    Statement.objects.filter(pk=row.pk).update(**change)
    assert any(f"statement {row.pk}" in line and "altered" in line for line in told(world))


def test_one_that_is_gone(world: World, unlocked: None) -> None:
    row = Statement.objects.get(number=4)
    Statement.objects.filter(pk=row.pk).delete()
    assert any(f"statement {row.pk}" in line and "missing" in line for line in told(world))


@pytest.mark.parametrize("change", [
    {"signer_name": "Iemand Anders"}, {"mandate": "de raad"}, {"signature": "00" * 64}, {"seed": "00" * 32},
    {"stamp": b"x"}, {"at": AT}, {"seed": "no seed"},
])  # fmt: skip
def test_what_only_the_package_tells(world: World, unlocked: None, change: dict[str, Any]) -> None:
    Statement.objects.filter(number=4).update(**change)
    (line,) = told(world)
    assert "the package of statement 4" in line


@pytest.mark.parametrize("gone", [True, False])
def test_a_package_that_is_gone_or_was_changed(world: World, tmp_path: Any, gone: bool) -> None:
    path = tmp_path / "statements" / f"{Statement.objects.get(number=3).package}.zip"
    if gone:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    (line,) = told(world)
    assert "the package of statement 3" in line


def test_a_key_that_was_lost_and_is_said_to_be_retired(world: World) -> None:
    """The lock in the database lets the reason be written later, so the trail must tell."""
    organisation = world.organisations["dijkstad"]
    keys.rotate_key(organisation, person=world.person("ciso"), on=ON, at=AT + timedelta(minutes=9), lost=True)
    assert told(world) == []
    SigningKey.objects.filter(why="lost").update(why="rotated")
    (line,) = told(world)
    assert "key" in line
    assert "altered" in line


def test_a_key_that_is_lost_and_said_to_be_right(world: World, unlocked: None) -> None:
    organisation = world.organisations["dijkstad"]
    old = SigningKey.objects.get(until__isnull=False)
    act = {"person": world.person("ciso"), "on": ON, "at": AT + timedelta(minutes=9)}
    keys.mark_lost(organisation, key=old.key, since=AT + timedelta(minutes=2), **act)
    assert told(world) == []
    SigningKey.objects.filter(pk=old.pk).update(lost_from=AT + timedelta(minutes=8))
    (line,) = told(world)
    assert f"key {old.key} is not what the trail says (altered: lost_from)" in line
    SigningKey.objects.filter(pk=old.pk).update(lost_from=None, lost_act=None)
    (line,) = told(world)
    assert "(altered: lost_from, lost_act)" in line


@pytest.mark.parametrize("change", [{"public": "00" * 32}, {"since": AT}, {"previous": ""}, {"until": AT}])
def test_a_key_that_was_changed(world: World, unlocked: None, change: dict[str, Any]) -> None:
    row = (
        SigningKey.objects.order_by("-act").first()
        if "previous" in change
        else SigningKey.objects.order_by("act").first()
    )
    assert row is not None
    SigningKey.objects.filter(pk=row.pk).update(**change)
    assert any(f"key {row.key}" in line for line in told(world))


def test_a_key_that_nobody_made(world: World) -> None:
    SigningKey.objects.filter(until__isnull=True).update(until=AT, why="retired", ended_act=999)
    SigningKey.objects.create(
        organisation=world.organisations["dijkstad"], key="ab" * 16, public="00" * 32, since=AT, act=500
    )
    assert any(f"key {'ab' * 16}" in line and "untold" in line for line in told(world))


def test_the_frame_of_a_statement(world: World, unlocked: None) -> None:
    """What a statement is made again from, and what its package does not tell by itself."""
    row = Statement.objects.get(number=4)
    Statement.objects.filter(pk=row.pk).update(frame={**row.frame, "owners": {"x": "y"}})
    (line,) = told(world)
    assert f"frame of statement {row.pk} is not what the trail says (altered: frame)" in line
    Statement.objects.filter(pk=row.pk).update(frame=row.frame, size=row.size + 1)
    (line,) = told(world)
    assert "(altered: size)" in line


@pytest.fixture
def talked(world: World) -> World:
    """Beside the statements: a draft that was signed, one that was followed by another, and three remarks."""
    act = {"person": world.person("ciso"), "at": AT + timedelta(minutes=6)}
    organisation = world.organisations["dijkstad"]
    for remark in ("eerst", "daarna"):
        ending.prepare(organisation, account="cbw-rdi", on=ON, remark=remark, **act)
    row = Statement.objects.get(number=3)
    line = statements.opened(row).lines[0]
    made = [
        remarks.remark(
            row, line=(line.requirement, line.subject), text=text, term=ON, person=world.person("auditor"),
            reader=organisation, on=ON, at=AT,
        )
        for text in ("open", "beantwoord", "gesloten")
    ]  # fmt: skip
    for found in made[1:]:
        remarks.answer(found, text="Gedaan.", action="https://dijkstad.example", on=ON, **act)
    remarks.close(made[2], person=world.person("auditor"), on=ON, at=AT)
    assert told(world) == []
    return world


def test_every_column_of_drafts_and_remarks(talked: World) -> None:
    assert {each.model for each in TABLES} | {SigningKey} == set(apps.get_app_config("accountability").get_models())
    rows = [each for each in TABLES if each.name != "frame"]
    assert unseen(talked.organisations["dijkstad"], rows, verify_statements, without=["remark.state"]) == []


@pytest.mark.parametrize("model", [Draft, Remark])
def test_a_draft_or_remark_that_is_gone_and_one_that_nobody_made(talked: World, model: Any) -> None:
    name = model._meta.model_name
    gone_and_put_there(talked.organisations["dijkstad"], model.objects.last(), name, verify_statements)


def test_a_remark_that_is_closed_in_the_database_is_named(talked: World) -> None:
    row = Remark.objects.get(state="open")
    Remark.objects.filter(pk=row.pk).update(state="closed", closed_at=AT, closed_by=talked.person("ciso"))
    (line,) = told(talked)
    assert f"remark {row.pk} is not what the trail says (altered: state, closed_by, closed_at)" in line


def test_rows_from_before_the_trail_marked_them(talked: World) -> None:
    organisation = talked.organisations["dijkstad"]
    detail = {"subject": "dijkstad", "on": ON, "draft": 99}
    record(organisation, person=talked.person("ciso"), act="accountability.prepared", about="account:cbw-rdi",
           detail=detail, at=AT)  # fmt: skip
    Draft.objects.create(
        organisation=organisation, account="x", subject="dijkstad", on=ON, prepared_by=talked.person("ciso"),
        prepared_at=AT,
    )  # fmt: skip
    held = verify_statements(organisation)
    assert (held.faulty, held.uncovered) == ([], [Uncovered("draft", 1)])
    found = verify(organisation, on=ON, at=AT)
    assert found.well  # not broken; and it is said
    assert found.lines[-1] == "dijkstad: not covered by the trail, from before it told of them: 1 × draft"
    Remark.objects.filter(state="open").update(term=ON + timedelta(days=90))
    assert [each.columns for each in verify_statements(organisation).faulty] == [("term",)]


def test_a_row_that_cannot_be_read_stops_nothing(world: World, unlocked: None) -> None:
    Statement.objects.filter(number=4).update(seed="no seed", package="../../etc/passwd")
    assert any("package of statement 4" in line for line in told(world))
    with pytest.raises(storage.StorageError):
        storage.package_of("../../etc/passwd")
