"""A granted exception is a fact of its own in the ledger: from when, till when, in which role, and how it ends."""

from datetime import date, timedelta
from typing import Any

import pytest

from dijkwacht.apps.isms.models import Deviation, Risk
from dijkwacht.apps.isms.services import risks
from dijkwacht.apps.isms.services.doing import Refused
from dijkwacht.apps.ledger.models import Fact, Verdict
from dijkwacht.apps.ledger.queries.verdicts import line
from dijkwacht.apps.ledger.queries.verify import verify_facts
from dijkwacht.apps.ledger.queries.world import world
from dijkwacht.apps.ledger.services import facts, judging
from dijkwacht.apps.ledger.values import ValueFormError
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.words import lines as sentences
from tests.isms.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
NAME, RULE = "soa.control_7_8.exception", "iso27002:7.8"
UNTIL = date(2027, 1, 1)
DAY = timedelta(days=1)


def grant(risk: Risk, by: Any, **fields: Any) -> Deviation:
    given = {
        "requirement": RULE,
        "until": UNTIL,
        "reason": "a monument",
        "instead": "guards",
        **by("college"),
        **fields,
    }
    return risks.grant_deviation(risk, **given)


def later(by: Any, role: str, days: int) -> dict[str, Any]:
    return {**by(role), "on": TODAY + days * DAY, "at": NOW + days * DAY}


def rows() -> list[Fact]:
    return list(Fact.objects.filter(fact_type=NAME).order_by("pk"))


def held(organisation: Organisation, on: date, known_at: date | None = None) -> list[Any]:
    """The exceptions that are valid on a day, as known on a day."""
    found = world(organisation, on=on, known_at=known_at or on, fact_types={NAME}).facts.get(
        (organisation.slug, NAME), []
    )
    return [
        each.value["until"] for each in found if each.valid_from <= on and (each.valid_to is None or on < each.valid_to)
    ]


def test_what_it_says(organisation: Organisation, weighed: Risk, by: Any, people: Any) -> None:
    grant(weighed, by)
    (fact,) = rows()
    assert fact.value == {
        "reason": "a monument", "until": "2027-01-01", "mandate": "college", "risk": str(weighed.number),
        "instead": "guards",
    }  # fmt: skip
    assert (fact.person, fact.said_by, fact.valid_from, fact.valid_to) == (people("college"), "", TODAY, None)
    entry = Entry.objects.get(organisation=organisation, act="isms.deviation_granted")
    assert (entry.detail["mandate"], entry.detail["ledger_act"]) == ("college", fact.act)
    assert verify_facts(organisation) == []


def test_without_anything_instead(weighed: Risk, by: Any) -> None:
    grant(weighed, by, instead=" ")
    assert "instead" not in rows()[0].value


def test_only_who_has_the_mandate(weighed: Risk, by: Any) -> None:
    with pytest.raises(Refused) as refused:
        grant(weighed, by, **by("ciso"))
    assert [str(each.code) for each in refused.value.refusals] == ["no_mandate"]
    assert (rows(), Deviation.objects.count()) == ([], 0)


def test_it_satisfies_the_guideline_as_long_as_it_lasts(organisation: Organisation, weighed: Risk, by: Any) -> None:
    own = judging.own_subject(organisation, on=TODAY)
    for name, value in (("soa.control_7_8", "planned"), ("soa.adopted", True)):
        facts.answer(organisation, subject=own, fact_type=name, value=value, **by("ciso"))
    before = line(organisation, requirement=RULE, on=TODAY)
    found = grant(weighed, by)
    now = line(organisation, requirement=RULE, on=TODAY)
    assert before is not None
    assert now is not None
    assert (before.verdict.status, now.verdict.status) == ("partly", "met")
    assert "exception" in {each.code for each in now.verdict.reasons}
    assert Verdict.objects.get(organisation=organisation, requirement=RULE).stale_at == UNTIL + DAY
    over = line(organisation, requirement=RULE, on=UNTIL + DAY)
    assert over is not None
    assert over.verdict.status == "partly"
    risks.end_deviation(found, **by("ciso"))
    after = line(organisation, requirement=RULE, on=TODAY)
    assert after is not None
    assert after.verdict.status == "partly"


def test_it_ends_on_a_day_and_what_was_stays_to_be_told(organisation: Organisation, weighed: Risk, by: Any) -> None:
    found = grant(weighed, by)
    risks.end_deviation(found, **later(by, "ciso", 9))
    first, kept = rows()
    assert (first.superseded_at, first.valid_to) == (TODAY + 9 * DAY, None)
    assert (kept.valid_from, kept.valid_to, kept.superseded_at) == (TODAY, TODAY + 9 * DAY, None)
    assert kept.value == first.value
    ended = TODAY + 9 * DAY
    assert held(organisation, ended) == []
    assert held(organisation, ended - DAY, known_at=ended) == [UNTIL]  # it was so then
    assert held(organisation, ended, known_at=ended - DAY) == [UNTIL]  # and nobody knew yet that it would end
    assert verify_facts(organisation) == []
    assert any(
        "no longer holds" in each.sentence
        for each in sentences(organisation, Entry.objects.filter(organisation=organisation))
    )


def test_granted_and_ended_on_one_day(organisation: Organisation, weighed: Risk, by: Any) -> None:
    risks.end_deviation(grant(weighed, by), **by("ciso"))
    assert [each.superseded_at for each in rows()] == [TODAY]
    assert held(organisation, TODAY) == []
    assert verify_facts(organisation) == []


def test_one_that_was_not_renewed_makes_room_for_another(organisation: Organisation, weighed: Risk, by: Any) -> None:
    old = grant(weighed, by, until=TODAY + 5 * DAY)
    with pytest.raises(Refused, match="twice"):
        grant(weighed, by, **later(by, "college", 5), until=UNTIL)  # its last day
    new = grant(weighed, by, **later(by, "college", 6), until=UNTIL)
    old.refresh_from_db()
    assert (old.ended_on, new.ended_on) == (TODAY + 6 * DAY, None)
    assert held(organisation, TODAY + 6 * DAY) == [UNTIL]
    assert held(organisation, TODAY + 5 * DAY, known_at=TODAY + 6 * DAY) == [TODAY + 5 * DAY]
    assert verify_facts(organisation) == []


def test_nobody_makes_one_by_hand(organisation: Organisation, by: Any) -> None:
    own, value = judging.own_subject(organisation, on=TODAY), {"reason": "r", "owner": "o", "until": "2027-01-01"}
    with pytest.raises(ValueFormError) as refused:
        facts.answer(organisation, subject=own, fact_type=NAME, value=value, **by("ciso"))
    assert refused.value.code == "granted"


def test_and_the_page_says_where(ciso: Any, organisation: Organisation) -> None:
    judging.own_subject(organisation, on=TODAY)
    page = ciso.post(
        f"/o/{organisation.slug}/vragen/{organisation.slug}/{NAME}/",
        {"reason": "r", "owner": "o", "until": "2027-01-01", "seen": "0"},
    )
    assert "granted at a risk in the management system" in page.text
    assert rows() == []
