"""Answering, changing, correcting, seeing again, contradicting, withdrawing, undoing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dijkwacht.apps.ledger.models import Fact, Subject, Tally, Turn
from dijkwacht.apps.ledger.queries import facts as reads
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.ledger.services import facts
from dijkwacht.apps.ledger.services.recording import Refusal, Said, Unknown
from dijkwacht.apps.ledger.values import ValueFormError
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin, Outcome
from dijkwacht.core.verdict import Status
from tests.ledger.small import TODAY

Say = Callable[..., facts.Receipt]
MARCH, JUNE, YESTERDAY = date(2026, 3, 2), date(2026, 6, 1), date(2026, 11, 24)


def rows(own: Subject, fact_type: str) -> list[tuple[Any, ...]]:
    """What was ever recorded: value, from, to, recorded, closed."""
    found = Fact.objects.filter(subject=own, fact_type=fact_type).order_by("pk")
    return list(found.values_list("value", "valid_from", "valid_to", "recorded_at", "superseded_at"))


def status(own: Subject, requirement: str) -> Status:
    found = verdicts.line(own.organisation, requirement=requirement, on=TODAY)
    assert found is not None
    return found.verdict.status


def test_one_answer_turns_every_line_that_it_decides(say: Say, own: Subject) -> None:
    receipt = say("house.policy", True)
    assert receipt.outcome is Outcome.RECORDED
    assert [(each.requirement, each.before, each.after) for each in receipt.verdicts_changed] == [
        ("bio2:1", Status.UNKNOWN, Status.MET)
    ]
    receipt = say("house.mfa", True)
    assert {each.requirement for each in receipt.verdicts_changed} == {"bio2:2", "cbw:1", "cbw:4"}
    assert status(own, "cbw:1") is Status.MET
    assert {(turn.requirement, turn.act) for turn in Turn.objects.all()} == {
        ("bio2:1", 1), ("bio2:2", 2), ("cbw:1", 2), ("cbw:4", 2),
    }  # fmt: skip


def test_the_receipt_tells_which_accounts_moved(say: Say) -> None:
    say("house.policy", True)
    moved = {move.account: move for move in say("house.mfa", True).accounts_moved}
    assert (moved["council"].met_before, moved["council"].met_after) == (1, 2)
    assert "rdi" not in moved  # asks for documents: still nothing settled there


def test_the_trail_tells_it_with_the_digest_of_the_fact(say: Say, organisation: Organisation, ciso: Person) -> None:
    receipt = say("house.policy", True)
    entry = Entry.objects.get(organisation=organisation)
    assert (entry.seq, entry.act, entry.about, entry.person) == (
        receipt.act, "ledger.answer", "dijkstad|house.policy", ciso,
    )  # fmt: skip
    assert receipt.fact is not None
    assert list(entry.detail["facts"]) == [str(receipt.fact.pk)]
    assert entry.detail["value"] is True


def test_a_change_ends_the_old_and_keeps_what_was(say: Say, own: Subject) -> None:
    say("house.mfa", True, since=MARCH)
    say("house.mfa", False, since=JUNE)
    assert rows(own, "house.mfa") == [
        (True, MARCH, None, TODAY, TODAY),
        (True, MARCH, JUNE, TODAY, None),
        (False, JUNE, None, TODAY, None),
    ]
    then = verdicts.replay(own.organisation, requirements=["bio2:2"], on=date(2026, 4, 1), known_at=TODAY)
    assert then[0].verdict.status is Status.UNKNOWN  # no policy known, but mfa was there
    assert (
        verdicts.replay(own.organisation, requirements=["cbw:4"], on=date(2026, 4, 1), known_at=TODAY)[0].verdict.status
        is Status.MET
    )
    assert status(own, "cbw:4") is Status.NOT_MET


def test_a_correction_closes_and_records_from_the_old_day(say: Say, own: Subject) -> None:
    say("house.mfa", True, since=MARCH, on=YESTERDAY)
    say("house.mfa", False, correction=True)
    assert rows(own, "house.mfa") == [
        (True, MARCH, None, YESTERDAY, TODAY),
        (False, MARCH, None, TODAY, None),
    ]
    entry = Entry.objects.filter(organisation=own.organisation).latest("seq")
    assert entry.act == "ledger.correct"
    assert len(entry.detail["closed"]) == 1


def test_what_was_known_on_a_day_can_be_told(say: Say, own: Subject) -> None:
    say("house.mfa", True, since=MARCH, on=YESTERDAY)
    say("house.mfa", False, correction=True)

    def told(on: date, known_at: date) -> Status:
        return verdicts.replay(own.organisation, requirements=["cbw:4"], on=on, known_at=known_at)[0].verdict.status

    assert told(TODAY, YESTERDAY) is Status.MET
    assert told(TODAY, TODAY) is Status.NOT_MET
    assert told(JUNE, YESTERDAY) is Status.MET
    assert told(JUNE, TODAY) is Status.NOT_MET
    assert told(YESTERDAY - timedelta(days=1), YESTERDAY - timedelta(days=1)) is Status.UNKNOWN


def test_the_same_day_twice_leaves_one_value(say: Say, own: Subject) -> None:
    say("house.kind", "some")
    assert say("house.kind", "all").outcome is Outcome.RECORDED
    assert rows(own, "house.kind") == [("some", TODAY, None, TODAY, TODAY), ("all", TODAY, None, TODAY, None)]


def test_the_same_again_touches_one_row(say: Say, own: Subject) -> None:
    first = say("house.policy", True, on=date(2026, 11, 20))
    for day in (21, 22, 25):
        again = say("house.policy", True, on=date(2026, 11, day))
        assert again.outcome is Outcome.UNCHANGED
        assert again.fact == first.fact
    (fact,) = Fact.objects.filter(subject=own)
    assert fact.observed == [["2026-11-20", "2026-11-22"], ["2026-11-25", "2026-11-25"]]
    found = verdicts.line(own.organisation, requirement="bio2:1", on=TODAY)
    assert found is not None
    assert found.verdict.stale_at == date(2027, 11, 26)


def test_a_daily_scan_costs_one_touched_row(organisation: Organisation, own: Subject, at: datetime) -> None:
    for day in range(1, 25):
        on = date(2026, 11, day)
        done = facts.observe(
            organisation,
            observations=[Said(own, "house.mfa", True, Origin.MEASUREMENT), Said(own, "house.count", 0, Origin.MEASUREMENT)],
            source="scan", on=on, at=at,
        )  # fmt: skip
        assert done.unchanged == (0 if day == 1 else 2)
    assert Fact.objects.count() == 2
    fact = Fact.objects.get(fact_type="house.mfa")
    assert (fact.observed, fact.assurance, fact.said_by) == ([["2026-11-01", "2026-11-24"]], Assurance.MEASURED, "scan")


def test_a_measurement_stands_beside_what_was_said(
    say: Say, organisation: Organisation, own: Subject, at: datetime
) -> None:
    say("house.mfa", True)
    facts.observe(
        organisation, observations=[Said(own, "house.mfa", False, Origin.MEASUREMENT)], source="scan", on=TODAY, at=at
    )
    found = verdicts.line(organisation, requirement="cbw:4", on=TODAY)
    assert found is not None
    assert found.verdict.status is Status.NOT_MET
    assert {reason.code for reason in found.verdict.reasons} >= {"contradicts"}
    assert Fact.objects.filter(superseded_at=None).count() == 2


def test_two_people_at_once_lose_nothing(say: Say, own: Subject, make_person: Callable[..., Person]) -> None:
    seen = reads.question(own, "house.kind", on=TODAY).token
    assert seen == 0
    say("house.kind", "some", seen=seen)
    other = say("house.kind", "all", seen=seen, person=make_person("process_owner"))
    assert other.outcome is Outcome.CONTRADICTION
    assert len(other.unseen) == 1
    state = reads.question(own, "house.kind", on=TODAY)
    assert state.choice.why == "contradicted"
    assert {saying.value for saying in state.standing} == {"some", "all"}
    assert Entry.objects.filter(organisation=own.organisation).count() == 2
    settled = say("house.kind", "all", seen=state.token)
    assert settled.outcome is Outcome.RECORDED
    assert reads.question(own, "house.kind", on=TODAY).choice.winner is not None


def test_the_same_from_two_people_at_once_is_one_fact(
    say: Say, own: Subject, make_person: Callable[..., Person]
) -> None:
    say("house.kind", "some", seen=0)
    assert say("house.kind", "some", seen=0, person=make_person("process_owner")).outcome is Outcome.UNCHANGED


def test_withdrawing_makes_it_unknown_from_now_on(say: Say, own: Subject, ciso: Person, at: datetime) -> None:
    fact = say("house.mfa", True, on=YESTERDAY).fact
    assert fact is not None
    receipt = facts.withdraw(fact, person=ciso, on=TODAY, at=at, reason="vergissing")
    assert {each.after for each in receipt.verdicts_changed} == {Status.UNKNOWN}
    assert rows(own, "house.mfa") == [(True, YESTERDAY, None, YESTERDAY, TODAY)]
    with pytest.raises(Refusal, match="closed"):
        facts.withdraw(fact, person=ciso, on=TODAY, at=at)


def test_undo_brings_back_what_stood(say: Say, own: Subject, ciso: Person, at: datetime) -> None:
    say("house.mfa", True, since=MARCH, on=YESTERDAY, explanation="sinds de migratie")
    act = say("house.mfa", False, since=JUNE).act
    receipt = facts.undo(own.organisation, act=act, person=ciso, on=TODAY, at=at)
    state = reads.question(own, "house.mfa", on=TODAY)
    (saying,) = state.standing
    assert (saying.value, saying.fact.valid_from, saying.fact.valid_to) == (True, MARCH, None)
    assert saying.fact.explanation == "sinds de migratie"
    assert saying.seen_on == YESTERDAY
    assert {each.requirement: each.after for each in receipt.verdicts_changed}["cbw:4"] is Status.MET
    assert Entry.objects.filter(organisation=own.organisation).latest("seq").detail["undone"] == act
    again = facts.undo(own.organisation, act=receipt.act, person=ciso, on=TODAY, at=at)
    assert again.fact is not None
    assert reads.question(own, "house.mfa", on=TODAY).choice.winner.value is False  # type: ignore[union-attr]


def test_undo_of_a_first_answer_leaves_the_question_open(say: Say, own: Subject, ciso: Person, at: datetime) -> None:
    act = say("house.mfa", True).act
    receipt = facts.undo(own.organisation, act=act, person=ciso, on=TODAY, at=at)
    assert receipt.fact is None
    assert status(own, "cbw:4") is Status.UNKNOWN
    assert Tally.objects.get(account="*").answered == 0


def test_undo_is_for_the_same_person_on_the_same_day_and_once(
    say: Say, own: Subject, ciso: Person, make_person: Callable[..., Person], at: datetime
) -> None:
    act = say("house.mfa", True).act

    def undo(**fields: Any) -> str:
        given = {"act": act, "person": ciso, "on": TODAY, "at": at, **fields}
        with pytest.raises(Refusal) as caught:
            facts.undo(own.organisation, **given)
        return caught.value.code

    assert undo(person=make_person("process_owner")) == "not_yours"
    assert undo(on=TODAY + timedelta(days=1)) == "not_today"
    assert undo(act=99) == "not_undoable"
    unchanged = say("house.mfa", True)
    assert undo(act=unchanged.act) == "not_undoable"
    say("house.mfa", False)
    assert undo() == "moved_on"


@pytest.mark.parametrize(
    ("fact_type", "value"),
    [
        ("house.policy", "ja"), ("house.policy", 1), ("house.policy", None), ("house.count", -1), ("house.count", True),
        ("house.share", 101), ("house.share", float("nan")), ("house.kind", "other"), ("house.note", ""),
        ("house.note", "  "), ("house.note", "a\0b"), ("house.note", "\ud800"), ("house.note", "x" * 10_001),
        ("house.tested_on", "2026-02-30"), ("house.tested_on", "20260201"), ("house.term", "1 jaar"),
        ("house.founded_on", "never"),
        ("house.exception", {"reason": "x"}), ("house.mfa", {"nothing_happened": "2026-01-01/2026-02-01"}),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(say: Say, fact_type: str, value: Any) -> None:
    with pytest.raises(ValueFormError):
        say(fact_type, value)
    assert not Fact.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("fact_type", "value", "stored"),
    [
        ("house.share", 90.0, 90), ("house.share", 12.5, 12.5), ("house.note", "  één regel ", "één regel"),
        ("house.tested_on", date(2026, 3, 1), "2026-03-01"), ("house.tested_on", "never", "never"),
        ("house.term", "P1Y6M", "P1Y6M"), ("house.count", 10**9, 10**9),
        (
            "house.tested_on",
            {"nothing_happened": (date(2026, 1, 1), date(2026, 11, 1))},
            {"nothing_happened": "2026-01-01/2026-11-01"},
        ),
        (
            "house.exception",
            {"reason": "oud", "owner": "Jan", "until": date(2027, 1, 1)},
            {"reason": "oud", "owner": "Jan", "until": "2027-01-01"},
        ),
    ],
)  # fmt: skip
def test_values_are_stored_in_one_form(say: Say, own: Subject, fact_type: str, value: Any, stored: Any) -> None:
    say(fact_type, value)
    assert rows(own, fact_type)[0][0] == stored
    assert say(fact_type, stored).outcome is Outcome.UNCHANGED


def test_what_cannot_be_is_refused(say: Say, own: Subject, register: Callable[..., Subject]) -> None:
    system = register("system", "Zaaksysteem")
    with pytest.raises(Unknown):
        say("house.nothing", True)
    with pytest.raises(Refusal, match="future"):
        say("house.mfa", True, since=TODAY + timedelta(days=1))
    with pytest.raises(Refusal, match="subject"):
        say("house.mfa", True, subject=system)
    with pytest.raises(Refusal, match="reference"):
        say("house.main_system", "onbekend")
    with pytest.raises(Refusal, match="reference"):
        say("house.main_system", own.key)
    assert say("house.main_system", system.key).outcome is Outcome.RECORDED


def test_answering_needs_somebody(own: Subject, at: datetime) -> None:
    with pytest.raises(ValueError, match="a person or an actor"):
        facts.answer(own.organisation, person=None, subject=own, fact_type="house.mfa", value=True, on=TODAY, at=at)


def test_another_organisation_sees_nothing_of_it(say: Say, other_organisation: Organisation, own: Subject) -> None:
    receipt = say("house.mfa", True)
    assert receipt.fact is not None
    assert reads.fact(other_organisation, receipt.fact.pk) is None
    found = verdicts.lines(other_organisation, requirements=["cbw:4"], on=TODAY)
    assert [line.verdict.status for line in found] == [Status.UNKNOWN]
