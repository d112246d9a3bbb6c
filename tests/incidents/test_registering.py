"""The record at the register of entities, and what the register of incidents says in the ledger."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dijkwacht.apps.incidents.models import Clock
from dijkwacht.apps.incidents.queries.registration import record_of
from dijkwacht.apps.incidents.queries.verify import verify_incidents
from dijkwacht.apps.incidents.queries.warned import unseen
from dijkwacht.apps.incidents.services import calling, intake, keeping, registering, settling, ticking, weighing
from dijkwacht.apps.incidents.services.doing import Refused
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.access import rights
from tests.incidents.conftest import KNOWN, NOW, OUTAGE, SMALL, TODAY

DAY = timedelta(days=1)


@pytest.fixture
def told(organisation, does):
    values = dict(record_of(organisation, on=TODAY).values)
    return registering.note_told(organisation, values=values, told_at=NOW, receipt="R-1", **does())


def new_domain(organisation, people, on=TODAY) -> None:
    register_subject(organisation, kind="domain", name="nieuw.example", person=people("ciso"), on=on, at=NOW)


class TestRegistration:
    def test_a_new_name_starts_two_weeks_from_the_day_it_came(self, organisation, told, people) -> None:
        assert registering.watch(organisation, at=NOW) is None
        new_domain(organisation, people)
        clock = registering.watch(organisation, at=NOW + DAY)
        assert clock.started_at.astimezone(NOW.tzinfo).date() == TODAY
        assert clock.due_at.astimezone(NOW.tzinfo).date() == date(2026, 12, 9)
        assert registering.watch_all(at=NOW + 2 * DAY) == 0

    def test_telling_ends_it(self, organisation, told, people, does) -> None:
        new_domain(organisation, people)
        registering.watch(organisation, at=NOW + DAY)
        later = NOW + 2 * DAY
        values = dict(record_of(organisation, on=later.date()).values)
        registering.note_told(organisation, values=values, told_at=later, **does(at=later))
        assert [clock.state for clock in Clock.objects.all()] == ["met"]
        assert registering.watch(organisation, at=later) is None

    def test_who_told_nothing_yet_has_no_term(self, organisation, people) -> None:
        new_domain(organisation, people)
        assert registering.watch_all(at=NOW) == 0

    def test_it_is_warned_of_like_any_term(self, organisation, told, people, does) -> None:
        calling.put_on_duty(organisation, who=people("ciso"), role="reporter", **does())
        registering.watch(organisation, at=NOW)
        assert Clock.objects.get().rule == "cbw-44-change"
        assert ticking.fire(at=NOW).alerts == 1

    def test_who_was_warned_of_it_says_to_have_seen_it(self, organisation, told, people, does) -> None:
        calling.put_on_duty(organisation, who=people("ciso"), role="reporter", **does())
        registering.watch(organisation, at=NOW)
        ticking.fire(at=NOW)
        seat = Seat(organisation, people("ciso"), ("ciso",), (), rights(["ciso"]))
        assert [each.incident for each in unseen(seat)] == [None]
        ciso, page = people.browser("ciso"), reverse("incidents:registration", args=["dijkstad"])
        assert "not seen yet" in ciso.get(page).content.decode()
        address = reverse("incidents:registration_seen", args=["dijkstad"])
        for _again in range(2):
            assert ciso.post(address, {"back": "today"})["Location"] == reverse("today:today", args=["dijkstad"])
        assert unseen(seat) == []
        assert "not seen yet" not in ciso.get(page).content.decode()
        assert Entry.objects.filter(act="incidents.registration_seen").count() == 1
        assert verify_incidents(organisation).faulty == []

    def test_nothing_is_no_record(self, organisation, does) -> None:
        with pytest.raises(Refused, match="empty"):
            registering.note_told(organisation, values={"name": ""}, told_at=NOW, **does())


class TestDuty:
    def test_deputies_move_up(self, organisation, people, does) -> None:
        rows = [
            calling.put_on_duty(organisation, who=people(who), role="reporter", **does())
            for who in ("ciso", "process_owner", "secretary")
        ]
        calling.off_duty(rows[0], **does(at=NOW + DAY))
        for row in rows[1:]:
            row.refresh_from_db()
        assert [row.rank for row in rows[1:]] == [1, 2]

    def test_a_stranger_is_not_called(self, organisation, make_person, make_organisation, does) -> None:
        with pytest.raises(Refused, match="stranger"):
            stranger = make_person("ciso", at_organisation=make_organisation())
            calling.put_on_duty(organisation, who=stranger, role="reporter", **does())


class TestFacts:
    def known(self, organisation) -> dict:
        rows = Fact.objects.filter(organisation=organisation, said_by="incidents", superseded_at__isnull=True)
        return dict(rows.values_list("fact_type", "value"))

    def test_a_weighed_incident_says_that_weighing_is_recorded(self, organisation, incident, does) -> None:
        assert settling.settle(organisation, at=NOW) is None
        weighing.weigh(incident, answers=SMALL, decided=False, because="", **does())
        settling.settle(organisation, at=NOW)
        assert self.known(organisation) == {"incident.triage.recorded": True}
        assert settling.settle(organisation, at=NOW) is None

    def test_three_days_without_a_weighing_say_otherwise(self, organisation, incident) -> None:
        settling.settle(organisation, at=NOW + 3 * DAY)
        assert self.known(organisation) == {"incident.triage.recorded": False}

    def test_an_exercise_says_only_that_there_was_one(self, organisation, tell, does) -> None:
        drill = tell(exercise=True)
        weighing.weigh(drill, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
        assert settling.say(organisation, at=NOW) == {}

    def test_deputies_and_sign_in_means_are_counted(self, organisation, people, does) -> None:
        for who in ("ciso", "process_owner"):
            calling.put_on_duty(organisation, who=people(who), role="reporter", eherkenning="EH3", **does())
        assert settling.say(organisation, at=NOW) == {"notification.roles": True, "notification.eherkenning_holders": 2}

    def test_an_improvement_past_its_day_is_not_followed(self, organisation, incident, people, does) -> None:
        keeping.learn(
            incident, text="Geen tweede lijn", improvement="Aanleggen", owner=people("ciso"), due=TODAY, **does()
        )
        assert settling.say(organisation, at=NOW)["incident.improvements"] is True
        assert settling.say(organisation, at=NOW + 2 * DAY)["incident.improvements"] is False


def test_every_row_is_what_the_trail_says(organisation, incident, does, system, people, told) -> None:
    intake.hit(incident, subject=system, effect="availability", **does())
    weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
    keeping.add_task(incident, title="Herstellen", **does())
    keeping.add_contact(incident, name="Leverancier", **does())
    new_domain(organisation, people)
    registering.watch(organisation, at=NOW + DAY)
    ticking.fire(at=NOW + 4 * DAY)
    assert verify_incidents(organisation).faulty == []
    Clock.objects.filter(rule="cbw-26").update(due_at=NOW + 90 * DAY)
    assert len(verify_incidents(organisation).faulty) == 1
