"""Many at once: one outcome, and the trail tells."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dijkwacht.adapters.checking import check
from dijkwacht.adapters.rejudging import rejudge
from dijkwacht.apps.accountability.models import SigningKey, Statement
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.services import freezing
from dijkwacht.apps.accountability.services.freezing import freeze
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.accountability.services.reproducing import reproduce
from dijkwacht.apps.ledger.services import facts
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.queries import verify
from dijkwacht.demo.world import World
from tests.accountability.house import house
from tests.ledger.test_together import together

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
ACCOUNT = "suwinet-statement"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _pack(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def world(db: None) -> World:
    return house(on=ON)


def sign(world: World, **fields: Any) -> Callable[[], Any]:
    """Signs, or gives back why not, in a list: ``together`` raises what it finds."""

    def work() -> Any:
        try:
            given = {
                "account": ACCOUNT,
                "on": ON,
                "at": AT,
                "person": world.person("college"),
                "documents": False,
                **fields,
            }
            return freeze(world.organisations["dijkstad"], **given)
        except Refusal as refused:
            return [refused]

    return work


def answer(world: World, minute: int) -> Callable[[], Any]:
    subject = world.subjects["dijkstad"]
    return lambda: facts.answer(
        subject.organisation, subject=subject, fact_type="access.joiner_leaver.procedure", value=bool(minute % 2),
        person=world.person("ciso"), on=ON, at=AT.replace(minute=minute), correction=True,
    )  # fmt: skip


def test_five_signatures_at_once_are_one_statement(world: World) -> None:
    found = together(*(sign(world) for _ in range(5)))
    rows = [each for each in found if isinstance(each, Statement)]
    assert len(rows) == Statement.objects.count() == SigningKey.objects.count() == 1
    assert {each[0].code for each in found if isinstance(each, list)} == {"signed"}
    assert Entry.objects.filter(act="accountability.signed").count() == 1
    assert Entry.objects.filter(act="accountability.refused_signed").count() == 4
    assert verify(world.organisations["dijkstad"]) is None


def test_freezing_while_others_answer(world: World) -> None:
    found = together(sign(world), sign(world, account="cbw-rdi"), *(answer(world, minute) for minute in range(6)))
    rows = [each for each in found if isinstance(each, Statement)]
    assert len(rows) == 2
    for row in rows:
        assert row.act == row.head_seq + 1  # nothing came between what was judged and what was written
        assert reproduce(row).same
        assert rejudge(check(statements.package(row)))
    assert verify(world.organisations["dijkstad"]) is None


def test_an_answer_after_the_look_goes_before_the_signature(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody answers each time, just after everything was made ready: the last try holds the lock all the while."""
    prepared, count = freezing._prepare, 0

    def interrupted(*args: Any) -> Any:
        nonlocal count
        found = prepared(*args)
        count += 1
        if count <= freezing.TRIES:
            answer(world, count)()
        return found

    monkeypatch.setattr(freezing, "_prepare", interrupted)
    row = sign(world)()
    assert (count, row.act) == (freezing.TRIES + 1, row.head_seq + 1)
    assert reproduce(row).same


def test_changed_between_the_look_and_the_lock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    dijkstad = world.organisations["dijkstad"]
    live = statements.live(dijkstad, account="cbw-rdi", on=ON, known_at=ON)
    line = next(each for each in live.lines if each.facts and each.facts[0].value is True and each.status == "met")
    fact, prepared, done = line.facts[0], freezing._prepare, []

    def interrupted(*args: Any) -> Any:
        found = prepared(*args)
        if not done:
            done.append(1)
            subject = world.subjects[fact.subject]
            facts.answer(
                dijkstad, subject=subject, fact_type=fact.fact, value=False, person=world.person("ciso"), on=ON, at=AT,
                correction=True,
            )  # fmt: skip
        return found

    monkeypatch.setattr(freezing, "_prepare", interrupted)
    (refused,) = sign(world, account="cbw-rdi", seen=live.token)()
    assert refused.code == "changed"
    assert line.requirement in {each.line.requirement for each in refused.differences}
    assert not Statement.objects.exists()
