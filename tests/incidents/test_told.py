"""Who gets a mail when an incident comes in, and who says to have seen what was mailed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from dijkwacht.apps.incidents.models import Alert, Incident, Telling
from dijkwacht.apps.incidents.queries.verify import verify_incidents
from dijkwacht.apps.incidents.queries.warned import unseen, warned_of
from dijkwacht.apps.incidents.services import alerting, calling, intake, ticking, weighing
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.access import rights
from tests.incidents.conftest import KNOWN, NOW, OUTAGE

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _duty(organisation, people, does) -> None:
    for who, role in (("ciso", "reporter"), ("process_owner", "reporter"), ("secretary", "privacy")):
        calling.put_on_duty(organisation, who=people(who), role=role, **does())


@pytest.fixture
def by_respondent(organisation, people):
    """An incident that somebody tells who is not on duty."""

    def one(**fields) -> Incident:
        text = {"title": "Mail verdwijnt", "what": "Al een uur.", "known_at": KNOWN, "known_by": "Balie", **fields}
        return intake.tell(organisation, intake=intake.Intake(**text), person=people("respondent"), at=NOW)

    return one


def url(name: str, *parts: object) -> str:
    return reverse(f"incidents:{name}", args=("dijkstad", *parts))


def to(*roles: str, people) -> list[list[str]]:
    return [[people(each).email] for each in roles]


def sent() -> list[list[str]]:
    alerting.send_waiting(at=NOW)
    return [each.to for each in mail.outbox]


class TestMails:
    def test_the_first_who_reports_and_who_weighs_data_breaches_hear_of_it_once(self, by_respondent, people) -> None:
        incident = by_respondent()
        assert sent() == sent() == to("ciso", "secretary", people=people)
        first, second = mail.outbox
        assert first.subject.endswith("New incident (2026-001)")
        assert "Incident 2026-001: Mail verdwijnt" in first.body
        assert f"/incidenten/{incident.pk}/" in first.body
        assert "Weigh whether it is significant" in first.body
        assert "not known yet whether personal data are affected" in second.body

    @pytest.mark.parametrize(("answer", "roles"), [("yes", ["ciso", "secretary"]), ("no", ["ciso"])])
    def test_without_personal_data_who_weighs_breaches_is_left_alone(
        self, by_respondent, people, answer, roles
    ) -> None:
        by_respondent(personal_data=answer)
        assert sent() == to(*roles, people=people)

    def test_who_told_of_it_knows_and_who_handles_it_hears(self, organisation, people, does) -> None:
        text = intake.Intake(title="x", what="y", known_at=KNOWN, known_by="z", personal_data="no")
        intake.tell(organisation, intake=text, handler=people("process_owner"), **does())
        assert sent() == to("process_owner", people=people)

    def test_of_what_is_restricted_only_the_number(self, by_respondent) -> None:
        by_respondent(restricted=True, title="Medewerker verdacht")
        assert len(sent()) == 2
        for each in mail.outbox:
            assert "2026-001" in each.body
            assert "verdacht" not in each.subject + each.body
            assert "respondent" not in each.body

    def test_of_an_exercise_nobody(self, by_respondent) -> None:
        by_respondent(exercise=True)
        assert sent() == []

    def test_in_dutch_for_who_reads_dutch(self, by_respondent, people) -> None:
        people("ciso").language = "nl"
        people("ciso").save()
        by_respondent(personal_data="no")
        sent()
        assert "25 november 2026" in mail.outbox[0].body

    def test_who_has_no_role_here_any_more_is_not_told(self, by_respondent, people, organisation) -> None:
        people("ciso").roles.update(valid_to=NOW.date())
        by_respondent(personal_data="no")
        assert sent() == []


class TestSeen:
    @pytest.fixture
    def warned(self, by_respondent, does, people) -> Incident:
        """The CISO and the secretary were told, and the CISO was warned of the terms."""
        incident = by_respondent()
        weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
        ticking.fire(at=NOW)
        return incident

    def test_who_was_warned_says_so_and_others_see_it(self, warned, people, organisation) -> None:
        page = people.browser("ciso").get(url("incident", warned.pk)).content.decode()
        assert page.count("not seen yet") == 2
        assert "I have seen this" in page
        page = people.browser("ciso").post(url("seen", warned.pk), follow=True).content.decode()
        assert "you have seen it" in page
        assert "I have seen this" not in page
        assert page.count("not seen yet") == 1
        assert {each.seen for each in warned_of(warned) if each.person == people("ciso")} == {NOW}
        assert set(Alert.objects.values_list("seen_at", flat=True)) == {NOW}
        assert Telling.objects.get(person=people("secretary")).seen_at is None
        assert verify_incidents(organisation).faulty == []
        assert Entry.objects.filter(act="incidents.warning_seen").count() == 1

    def test_a_warning_that_comes_after_is_not_seen(self, warned, people, does) -> None:
        alerting.see(warned, **does())
        ticking.fire(at=KNOWN + 13 * HOUR)
        assert [each.seen for each in warned_of(warned)] == [None, None]

    def test_seen_twice_or_by_who_was_not_warned_is_nothing(self, warned, people, does) -> None:
        assert (alerting.see(warned, **does()), alerting.see(warned, **does())) == (3, 0)
        people.browser("college").post(url("seen", warned.pk))
        assert Entry.objects.filter(act="incidents.warning_seen").count() == 1

    def test_from_today_it_goes_back_there(self, warned, people) -> None:
        page = people.browser("ciso").post(url("seen", warned.pk), {"back": "today"})
        assert page["Location"] == reverse("today:today", args=["dijkstad"])

    def test_what_somebody_has_not_seen(self, warned, by_respondent, organisation, people, does) -> None:
        hidden = by_respondent(restricted=True, title="Geheim")
        by_respondent(exercise=True)
        seats = {
            who: Seat(organisation, people(who), (who,), (), rights([who])) for who in ("ciso", "secretary", "college")
        }
        found = {who: [each.incident for each in unseen(seat)] for who, seat in seats.items()}
        assert found == {"ciso": [hidden, warned], "secretary": [warned], "college": []}
        alerting.see(warned, **does())
        assert [each.incident for each in unseen(seats["ciso"])] == [hidden]

    def test_who_may(self, warned, people, client, other_organisation) -> None:
        address = url("seen", warned.pk)
        assert client.post(address).status_code == 302
        assert people.stranger(other_organisation).post(address).status_code == 404
        assert people.browser("ciso").get(address).status_code == 405
        assert people.browser("ciso").post(url("seen", 999_999)).status_code == 404
        Incident.objects.update(restricted=True)
        assert people.browser("college").post(address).status_code == 404
        assert people.browser("respondent").post(address).status_code in (403, 404)
