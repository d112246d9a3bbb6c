"""Decision files: what is missing before a decision, departures, what blocks wholly, clocks that follow, the trail."""

from datetime import timedelta
from typing import Any

import pytest

from dijkwacht.apps.order.models import DecisionFile, FileState
from dijkwacht.apps.order.queries.verify import verify_order
from dijkwacht.apps.order.services import deciding, files, papers
from dijkwacht.apps.order.services.doing import Refused
from dijkwacht.apps.order.services.terms import terms_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.norms.powers import powers_pack
from tests.house_people import NOW, Make

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


def code_of(deed: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as found:
        deed()
    return found.value.code, found.value.params


def test_what_a_decision_lacks(open_file: Make, does: Make) -> None:
    file = open_file()
    code, params = code_of(lambda: deciding.decide(file, decided_as="mayor", departure="", **does("mayor")))
    assert code == "lacking"
    assert params["codes"] == (
        "necessity", "proportionality", "subsidiarity", "area", "addressee", "end", "alternatives", "heard",
    )  # fmt: skip


def test_a_decision_is_frozen_with_facts_outcome_and_pack(ready: Make, does: Make) -> None:
    file = deciding.decide(ready(), decided_as="deputy", departure="", **does("mayor"))
    assert (file.state, file.decided_as, file.outcome["outcome"]) == (FileState.DECIDED, "deputy", "allowed")
    assert file.pack == powers_pack().version
    assert file.facts["decider"]["answer"] == "deputy"
    assert code_of(lambda: files.write(file, necessity="Anders", **does()))[0] == "decided"
    assert code_of(lambda: files.tell_facts(file, facts={}, **does()))[0] == "decided"
    assert code_of(lambda: deciding.decide(file, decided_as="mayor", departure="x", **does("mayor")))[0] == "decided"


def test_what_may_not_needs_a_reasoned_departure_that_stays(ready: Make, does: Make) -> None:
    file = ready(lighter_suffices="yes")
    code, params = code_of(lambda: deciding.decide(file, decided_as="mayor", departure=" ", **does("mayor")))
    assert (code, params["codes"]) == ("lacking", ("departure",))
    file = deciding.decide(file, decided_as="mayor", departure="De tijd ontbreekt.", **does("mayor"))
    assert (file.departure, file.outcome["reasons"]) == ("De tijd ontbreekt.", ["lighter_enough"])
    assert Entry.objects.filter(act="order.departed").count() == 1


@pytest.mark.parametrize("facts", [{"targets_online_expression": "yes"}, {"content_is_ground": "yes"}])
def test_some_things_no_reason_opens(ready: Make, does: Make, facts: dict[str, str]) -> None:
    file = ready(**facts)
    assert code_of(lambda: deciding.decide(file, decided_as="mayor", departure="Toch.", **does("mayor")))[0] == "never"


@pytest.mark.parametrize("power", ["bill_36789_removal", "order_online_expression", "online_fake_account"])
def test_no_file_for_a_bill_or_for_what_nobody_may(open_file: Make, power: str) -> None:
    assert code_of(lambda: open_file(power))[0] == "never"


def test_ratification_by_the_council_in_time(ready: Make, does: Make) -> None:
    file = deciding.decide(ready(), decided_as="mayor", departure="", **does("mayor"))
    assert [each.rule.id for each in terms_of(file, at=LATER)] == ["gemw-176-ratify"]
    published = {"code": "emergency_rules_published", "when": NOW + timedelta(minutes=5)}
    deciding.take_step(file, **published, **does(at=LATER))
    standing = {each.rule.id: each.standing.state for each in terms_of(file, at=LATER)}
    assert standing == {"gemw-176-notice": "open", "gemw-176-ratify": "open"}
    few = {"code": "council_meeting", "when": LATER, "seats": 31, "present": 15}
    deciding.take_step(file, **few, **does(at=LATER))
    file = DecisionFile.objects.get(pk=file.pk)
    assert {each.rule.id: each.standing.state for each in terms_of(file, at=LATER)}["gemw-176-ratify"] == "open"
    deciding.take_step(file, **{**few, "present": 16}, **does(at=LATER))
    file = DecisionFile.objects.get(pk=file.pk)
    assert {each.rule.id: each.standing.state for each in terms_of(file, at=LATER)}["gemw-176-ratify"].startswith(
        "done"
    )


def test_the_chair_needs_no_ratification(ready: Make, does: Make) -> None:
    file = ready(region_took_over="yes", disaster="yes")
    file = deciding.decide(file, decided_as="region_chair", departure="", **does("mayor"))
    assert terms_of(file, at=LATER) == ()
    assert "council_meeting" not in deciding.steps_of(file)


def test_a_refusal_starts_the_appeal_of_24_hours(ready: Make, does: Make) -> None:
    file = deciding.decide(ready(), decided_as="mayor", departure="", **does("mayor"))
    deciding.take_step(file, code="ratification_refused", when=LATER, **does(at=LATER))
    found = {each.rule.id: each.due.due for each in terms_of(file, at=LATER)}
    assert found["gemw-176-appeal"] == LATER + timedelta(hours=24)


def test_looking_back_comes_before_closing(ready: Make, does: Make) -> None:
    file = deciding.decide(ready(), decided_as="mayor", departure="", **does("mayor"))
    assert code_of(lambda: deciding.close(file, **does()))[0] == "look_back"
    deciding.look_back(file, justified="partly", text="Minder mensen dan gedacht.", **does(at=LATER))
    assert deciding.close(file, **does(at=LATER)).state == FileState.CLOSED
    assert code_of(lambda: deciding.take_step(file, code="duty:5", when=LATER, **does(at=LATER)))[0] == "not_decided"


def test_what_is_refused(open_file: Make, does: Make) -> None:
    file = open_file()
    tomorrow = NOW + timedelta(days=1)
    assert code_of(lambda: files.hear(file, who="neighbour", when=NOW, said="x", **does()))[0] == "who"
    assert code_of(lambda: files.hear(file, who="triangle", when=tomorrow, said="x", **does()))[0] == "future"
    assert code_of(lambda: files.weigh(file, power="none", suffices=False, because="x", **does()))[0] == "power"
    assert code_of(lambda: files.write(file, begins_at=tomorrow, ends_at=NOW, **does()))[0] == "period"
    odd = {"weather": {"answer": "yes", "source": "", "by": ""}}
    assert code_of(lambda: files.tell_facts(file, facts=odd, **does()))[0] == "facts"
    assert code_of(lambda: deciding.decide(file, decided_as="police", departure="", **does("mayor")))[0] == "office"
    assert files.drop(file, **does()).state == FileState.DROPPED


def test_the_trail_tells_of_every_row_and_sees_what_is_altered(
    organisation: Organisation, ready: Make, does: Make
) -> None:
    file = deciding.decide(ready(), decided_as="mayor", departure="", **does("mayor"))
    deciding.take_step(file, code="emergency_rules_published", when=NOW, **does())
    held = verify_order(organisation)
    assert (held.faulty, held.uncovered) == ([], [])
    DecisionFile.objects.filter(pk=file.pk).update(area="Elders")
    assert [(each.table, each.columns) for each in verify_order(organisation).faulty] == [("decision_file", ("area",))]


def test_on_paper_with_and_without_what_is_not_public(ready: Make, does: Make) -> None:
    file = deciding.decide(ready(), decided_as="mayor", departure="", **does("mayor"))
    whole, public = (papers.paper(file, public=each, at=NOW) for each in (False, True))
    assert whole.content.startswith(b"%PDF")
    assert public.name == "dijkstad-B-2026-1-openbaar.pdf"
    assert len(whole.content) != len(public.content)
