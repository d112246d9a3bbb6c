"""Reads: what is stored for another day is never passed off as today's."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dijkwacht.apps.ledger.models import ALL
from dijkwacht.apps.ledger.queries import facts as questions
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.ledger.services import due, facts
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.catalog import Account, Demand
from dijkwacht.core.facts import Assurance, Shows
from dijkwacht.core.verdict import Status
from tests.ledger.small import NORMS, TODAY

Say = Callable[..., facts.Receipt]
DAY = timedelta(days=1)
EXPIRED = date(2027, 11, 26)


def status(organisation: Organisation, requirement: str, on: date) -> Status:
    line = verdicts.line(organisation, requirement=requirement, on=on)
    assert line is not None
    return line.verdict.status


def test_what_ran_out_is_not_shown_as_met_before_tick_came_by(
    say: Say, organisation: Organisation, at: datetime
) -> None:
    say("house.policy", True)
    say("house.mfa", True)
    assert status(organisation, "bio2:1", EXPIRED - DAY) is Status.MET
    assert status(organisation, "bio2:1", EXPIRED) is Status.UNKNOWN
    every = verdicts.lines(organisation, requirements=NORMS.requirements, on=EXPIRED)
    assert [line.requirement.id for line in every] == list(NORMS.requirements)
    assert {line.requirement.id for line in every if line.judged_on == EXPIRED} == {"bio2:1", "bio2:2", "cbw:1"}
    before = verdicts.tallies(organisation, on=EXPIRED)
    due.tick(on=EXPIRED, at=at)
    after = verdicts.tallies(organisation)
    for account, tally in after.items():
        for name in ("met", "unknown", "settled", "answered", "not_applicable", "not_met", "partly"):
            assert getattr(before[account], name) == getattr(tally, name)


def test_a_day_before_it_was_known_shows_what_was_known_then(say: Say, organisation: Organisation) -> None:
    say("house.mfa", True, since=date(2026, 1, 1))
    assert status(organisation, "cbw:4", TODAY - DAY) is Status.UNKNOWN
    assert verdicts.tallies(organisation, on=TODAY - DAY)[ALL].met == 0
    assert verdicts.tallies(organisation, on=TODAY)[ALL].met == 1


def test_never_judged_is_judged_on_the_spot(organisation: Organisation) -> None:
    assert verdicts.tallies(organisation) == {}
    assert verdicts.tallies(organisation, on=TODAY)[ALL].unknown == len(NORMS.requirements)
    assert len(verdicts.lines(organisation, requirements=NORMS.requirements, on=TODAY)) == len(NORMS.requirements)


def test_nothing_happened_is_told_apart_without_reasons_too(say: Say, organisation: Organisation) -> None:
    say("house.tested_on", {"nothing_happened": "2026-01-01/2026-11-01"})
    demand = Demand(Assurance.STATED, Shows.DESIGN, comparable_event=True)
    account = Account("strict", {}, {}, ("bio2:3",), demand)
    for reasons in (False, True):
        (line,) = verdicts.account_lines(organisation, account=account, on=TODAY, reasons=reasons)
        assert (line.verdict.status, line.verdict.reasons[0].code) == (Status.UNKNOWN, "not_shown")


def test_what_runs_out_soon(say: Say, organisation: Organisation) -> None:
    say("house.policy", True)
    assert [row.requirement for row in verdicts.running_out(organisation, until=EXPIRED)] == ["bio2:1"]
    assert not verdicts.running_out(organisation, until=EXPIRED - DAY).exists()


def test_what_one_answer_counts_for() -> None:
    assert [rule.id for rule in verdicts.resting_on(["house.mfa"], on=TODAY)] == ["bio2:2", "bio2:5", "cbw:1", "cbw:4"]


def test_the_overview_is_one_query(say: Say, organisation: Organisation, other_organisation: Organisation) -> None:
    say("house.policy", True)
    with CaptureQueriesContext(connection) as queries:
        found = [(tally.organisation.name, tally.settled, tally.reuse) for tally in verdicts.overview()]
    assert (found, len(queries)) == ([("Dijkstad", 1, 1.0)], 1)
    assert verdicts.overview(organisations=[other_organisation.pk]) == []


def test_the_history_tells_everything(say: Say, organisation: Organisation) -> None:
    own = say("house.mfa", True).fact
    assert own is not None
    say("house.mfa", False, on=TODAY + DAY)
    told = questions.history(own.subject, "house.mfa", on=TODAY + DAY)
    assert [(each.value, each.stands) for each in told] == [(False, True), (True, True), (True, False)]
    assert [(turn.requirement, turn.before, turn.after) for turn in verdicts.turns(organisation, requirement="cbw:4")] == [
        ("cbw:4", "met", "not_met"), ("cbw:4", "unknown", "met"),
    ]  # fmt: skip
    assert verdicts.turns(organisation, since=TODAY + DAY).count() == 4


@pytest.mark.parametrize("name", ["house.nothing", "register.x"])
def test_a_question_that_no_pack_knows(say: Say, name: str) -> None:
    own = say("house.mfa", True).fact
    assert own is not None
    with pytest.raises(KeyError):
        questions.question(own.subject, name, on=TODAY)
