"""What incidents ask on Today, of whom."""

from datetime import timedelta

import pytest

from dijkwacht.apps.incidents.models import Clock
from dijkwacht.apps.incidents.services import intake, registering, weighing
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.web import clock
from tests.incidents.conftest import KNOWN, NOW, OUTAGE, SMALL, TODAY

HERE = "/o/dijkstad/"
DAY = timedelta(days=1)


def asked(people, role="ciso"):
    page = people.browser(role).get(HERE)
    return page, page.context["day"].incidents


def significant(incident, does) -> None:
    weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())


def test_nothing(people, organisation) -> None:
    page, found = asked(people)
    assert not found.any
    assert 'id="incidents"' not in page.content.decode()


def test_what_must_be_weighed_and_weighed_again(people, tell, does) -> None:
    first, second = tell(title="Eerste"), tell(title="Tweede")
    tell(title="Bijna", kind="near_miss")
    weighing.weigh(second, answers=SMALL, decided=False, because="", **does())
    intake.change(second, values={"loss": 5}, **does())
    page, found = asked(people)
    assert {(each.incident, each.again) for each in found.weigh} == {(first, False), (second, True)}
    text = page.content.decode()
    assert "2 incidents to weigh" in text
    assert "Weigh incident 2026-002 again" in text


def test_terms_of_ones_own_and_of_nobody(people, incident, does) -> None:
    significant(incident, does)
    page, found = asked(people)
    assert [row.rule for row in found.terms] == ["cbw-26", "cbw-27"]
    assert "2 legal terms that run" in page.content.decode()
    assert f"/incidenten/{incident.pk}/" in page.content.decode()


def test_of_a_colleague_only_when_it_is_nearly_too_late(people, incident, does, monkeypatch) -> None:
    significant(incident, does)
    intake.give_to(incident, handler=people("process_owner"), **does())
    assert asked(people)[1].terms == []
    assert len(asked(people, "process_owner")[1].terms) == 2
    monkeypatch.setattr(clock, "now", lambda request: NOW + DAY)
    page, found = asked(people)
    assert [(row.rule, row.tone) for row in found.terms] == [("cbw-26", "late")]
    assert "1 legal term that is too late" in page.content.decode()


def test_of_a_colleague_who_left_as_of_nobody(people, incident, does) -> None:
    significant(incident, does)
    gone = people("process_owner")
    intake.give_to(incident, handler=gone, **does())
    gone.roles.update(valid_to=TODAY)
    assert len(asked(people)[1].terms) == 2


@pytest.mark.parametrize("role", ["auditor", "college", "respondent"])
def test_who_does_not_handle_is_asked_nothing(people, incident, does, role) -> None:
    significant(incident, does)
    assert not asked(people, role)[1].any


def test_an_exercise_is_not_asked_here(people, tell, does) -> None:
    significant(tell(exercise=True), does)
    tell(exercise=True)
    assert not asked(people)[1].any


def test_what_a_csirt_owes_us_is_no_duty_of_ours(people, incident, organisation) -> None:
    Clock.objects.create(
        organisation=organisation, incident=incident, rule="cbw-36", started_at=KNOWN, due_at=KNOWN + DAY, made_at=NOW
    )
    assert asked(people)[1].terms == []


def test_a_change_for_the_register(people, organisation, does, monkeypatch) -> None:
    registering.note_told(organisation, values={"name": organisation.name}, told_at=NOW, **does())
    register_subject(organisation, kind="domain", name="nieuw.example", person=people("ciso"), on=TODAY, at=NOW)
    registering.watch(organisation, at=NOW + DAY)
    assert asked(people)[1].terms == []
    monkeypatch.setattr(clock, "now", lambda request: NOW + 9 * DAY)
    assert [row.rule for row in asked(people)[1].terms] == ["cbw-44-change"]


def test_the_rest_is_counted(people, tell, does) -> None:
    for number in range(7):
        significant(tell(title=f"I {number}"), does)
    found = asked(people)[1]
    assert (len(found.terms), found.more) == (10, 4)
