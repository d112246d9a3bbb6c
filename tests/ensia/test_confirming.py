"""The journey from last year to this year: what became of each answer, and confirming what is unchanged."""

from datetime import date, timedelta

import pytest

from dijkwacht.apps.ensia.queries.lines import states
from dijkwacht.apps.ledger.models import Fact, Verdict
from dijkwacht.apps.ledger.queries.verify import verify_facts
from dijkwacht.apps.ledger.services.confirming import MOST, confirm
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.ensia import Change
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin
from tests.ensia.conftest import LAST_YEAR, TODAY, moment

pytestmark = pytest.mark.django_db
NOW = {"on": TODAY, "at": moment(TODAY)}


def bag(year, on=TODAY):
    (state,) = states(year, on=on, only=["BAG"])
    return {each.fact_type.id: each for each in state.answers}, state


@pytest.fixture
def answered(say, year):
    """Last year: four answers; since then one changed. ``year`` is open."""
    for name, value in (
        ("bag.reports.marked", True), ("bag.geometry.in_time", True), ("bag.stand_in.arranged", False),
        ("bag.dashboard.checked_on", "2025-10-01"),
    ):  # fmt: skip
        say(name, value, on=LAST_YEAR)
    say("bag.stand_in.arranged", True, on=date(2026, 6, 1))
    return year


def test_what_became_of_each_answer(answered):
    found, state = bag(answered)
    assert {name: str(each.change) for name, each in found.items()} == {
        "bag.reports.marked": "same", "bag.geometry.in_time": "same", "bag.stand_in.arranged": "changed",
        "bag.dashboard.checked_on": "same", "bag.source_documents.in_time": "open", "bag.reports.settled_in_time": "open",
        "bag.reports.taken_up_in_time": "open", "bag.improvements.kept": "open",
    }  # fmt: skip
    assert (found["bag.stand_in.arranged"].then.value, found["bag.stand_in.arranged"].now.value) == (False, True)
    assert (state.open, state.to_confirm) == (4, 3)
    assert state.progress.lines == 8


def test_an_answer_that_expires_asks_to_be_given_again(answered):
    found, _ = bag(answered, on=LAST_YEAR + timedelta(days=366))
    assert found["bag.reports.marked"].change is Change.EXPIRED
    assert found["bag.reports.marked"].then.value is True


def test_confirming_sees_them_again_in_one_act(answered, organisation, ciso):
    found, _ = bag(answered)
    wanted = [each.fact for each in found.values() if each.fact]
    before = Fact.objects.count()
    done = confirm(organisation, facts=wanted, person=ciso, why="ENSIA 2026: BAG", **NOW)
    assert (len(done.facts), done.passed_over) == (3, ())
    assert Fact.objects.count() == before  # nothing is recorded anew: the same facts were seen again
    found, state = bag(answered)
    assert {str(found[name].change) for name in ("bag.reports.marked", "bag.geometry.in_time")} == {"confirmed"}
    assert state.to_confirm == 0
    entry = Entry.objects.get(act="ledger.confirm")
    assert (entry.detail["confirmed"], entry.person) == (3, ciso)
    assert verify_facts(organisation) == []


def test_confirming_keeps_the_line_in_order_for_another_year(answered, organisation, ciso):
    found, _ = bag(answered)
    line = Verdict.objects.filter(organisation=organisation, requirement="bag:1.5")
    assert line.get().stale_at == date(2026, 12, 11)
    confirm(organisation, facts=[found["bag.reports.marked"].fact], person=ciso, **NOW)
    assert line.get().stale_at == date(2027, 11, 26)


def test_confirming_twice_on_a_day_changes_nothing(answered, organisation, ciso):
    found, _ = bag(answered)
    wanted = [found["bag.reports.marked"].fact]
    for _ in range(2):
        assert confirm(organisation, facts=wanted, person=ciso, **NOW).facts == tuple(wanted)
    assert Fact.objects.get(pk=wanted[0]).observed[-1][-1] == TODAY.isoformat()
    assert verify_facts(organisation) == []


def test_what_somebody_changed_meanwhile_is_passed_over(answered, organisation, ciso, say):
    found, _ = bag(answered)
    shown = [found["bag.reports.marked"].fact, found["bag.geometry.in_time"].fact]
    say("bag.reports.marked", False)
    done = confirm(organisation, facts=shown, person=ciso, **NOW)
    assert (done.facts, done.passed_over) == ((shown[1],), (shown[0],))
    assert (
        Fact.objects.filter(fact_type="bag.reports.marked", superseded_at__isnull=True, valid_to=None).get().value
        is False
    )


def test_another_answer_beside_it_must_be_settled_first(answered, organisation, ciso, say):
    found, _ = bag(answered)
    shown = found["bag.reports.marked"].fact
    say("bag.reports.marked", False, seen=0)  # recorded without having seen the other: both stand
    assert confirm(organisation, facts=[shown], person=ciso, **NOW).passed_over == (shown,)


def test_a_measurement_is_done_again_not_confirmed(answered, organisation, ciso, say):
    receipt = say(
        "bag.source_documents.in_time", True, on=LAST_YEAR, origin=Origin.MEASUREMENT, assurance=Assurance.MEASURED
    )
    found, _ = bag(answered)
    assert found["bag.source_documents.in_time"].fact is None
    assert confirm(organisation, facts=[receipt.fact.pk], person=ciso, **NOW).act is None
    assert not Entry.objects.filter(act="ledger.confirm").exists()


def test_facts_of_another_organisation_are_not_ours_to_confirm(answered, other_organisation, make_person):
    found, _ = bag(answered)
    stranger = make_person("ciso", at_organisation=other_organisation)
    fact = found["bag.reports.marked"].fact
    assert confirm(other_organisation, facts=[fact], person=stranger, **NOW).facts == ()
    assert Fact.objects.get(pk=fact).observed[-1][-1] == LAST_YEAR.isoformat()


def test_there_is_a_most_to_what_goes_in_one_act(organisation, ciso):
    with pytest.raises(ValueError, match="at most"):
        confirm(organisation, facts=range(MOST + 1), person=ciso, **NOW)


def test_a_frozen_statement_goes_before_what_was_known(answered, monkeypatch):
    """What was accounted for is last year's answer, whatever the ledger knew on the reference date."""
    from types import SimpleNamespace

    from dijkwacht.apps.ensia.queries import last_year

    used = SimpleNamespace(
        subject="dijkstad", fact="bag.geometry.in_time", value=False, said_by="Frozen", last_seen=date(2026, 2, 1)
    )
    gone = SimpleNamespace(subject="dijkstad", fact="no.longer.asked", value=1, said_by="", last_seen=None)
    statement = SimpleNamespace(lines=[SimpleNamespace(facts=[used, gone])])
    monkeypatch.setattr(
        last_year, "statements", lambda organisation: SimpleNamespace(filter=lambda **fields: [statement])
    )
    monkeypatch.setattr(last_year, "opened", lambda row: row)
    found, _ = bag(answered)
    assert found["bag.geometry.in_time"].then.value is False
    assert found["bag.geometry.in_time"].change is Change.CHANGED
    assert found["bag.reports.marked"].change is Change.SAME
