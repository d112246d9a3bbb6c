"""A source that no longer sees something ends what it said: what was, stays to be told; what others said stays."""

from datetime import timedelta

from dijkwacht.apps.ledger.models import Assignment, Fact
from dijkwacht.apps.ledger.queries.verdicts import line
from dijkwacht.apps.ledger.queries.verify import verify_facts
from dijkwacht.apps.ledger.services import facts
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.core.recording import Origin
from tests.ledger.small import TODAY

LATER = TODAY + timedelta(days=3)


def observe(organisation, own, at, *, on=TODAY, ended=(), **said) -> facts.Observed:
    seen = [Said(own, f"house.{name}", value, Origin.MEASUREMENT, said_by="scan") for name, value in said.items()]
    return facts.observe(organisation, observations=seen, source="scan", on=on, at=at, ended=ended)


def standing():
    return Fact.objects.filter(superseded_at__isnull=True, valid_to__isnull=True)


def test_what_ends_is_unknown_from_that_day_and_stays_to_be_told(organisation, own, at) -> None:
    observe(organisation, own, at, policy=True)
    found = observe(organisation, own, at, on=LATER, ended=list(standing().select_related("subject")))
    assert standing().count() == 0
    assert found.recorded == ()
    assert [(each.requirement, str(each.after)) for each in found.verdicts_changed if each.requirement == "bio2:1"]
    now, then = (line(organisation, requirement="bio2:1", on=day) for day in (LATER, LATER - timedelta(days=1)))
    assert now
    assert then
    assert (str(now.verdict.status), str(then.verdict.status)) == ("unknown", "met")
    assert verify_facts(organisation) == []


def test_ending_and_saying_in_one_act(organisation, own, at) -> None:
    observe(organisation, own, at, policy=True, mfa=True)
    gone = list(standing().filter(fact_type="house.policy").select_related("subject"))
    found = observe(organisation, own, at, on=LATER, ended=gone, count=3)
    assert set(standing().values_list("fact_type", flat=True)) == {"house.mfa", "house.count"}
    assert set(Fact.objects.filter(act=found.act).values_list("fact_type", flat=True)) == {
        "house.policy",
        "house.count",
    }
    assert verify_facts(organisation) == []


def test_what_a_person_said_stays(organisation, own, at, say) -> None:
    say("house.policy", False)
    observe(organisation, own, at, policy=True)
    observe(organisation, own, at, on=LATER, ended=list(standing().filter(said_by="scan").select_related("subject")))
    assert [each.value for each in standing()] == [False]


def test_what_ended_is_no_answer_to_who_was_asked(organisation, own, at, ciso) -> None:
    observe(organisation, own, at, policy=True, mfa=True)
    for name in ("house.policy", "house.mfa"):
        Assignment.objects.create(
            organisation=organisation, subject=own, fact_type=name, person=ciso, asked_by=ciso, asked_on=TODAY
        )
    gone = list(standing().filter(fact_type="house.policy").select_related("subject"))
    observe(organisation, own, at, on=LATER, ended=gone, mfa=False)
    assert list(Assignment.objects.filter(done_on__isnull=True).values_list("fact_type", flat=True)) == ["house.policy"]
