"""Rehearsals: a clock of their own, made-up replies, marked everywhere; and nothing of it counts but that it was rehearsed."""

from datetime import timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from dijkwacht.apps.incidents.middleware import RehearsalClock
from dijkwacht.apps.incidents.models import Alert, Clock, Delivery, Incident, Moment, Rehearsal
from dijkwacht.apps.incidents.queries import rehearsals as queries
from dijkwacht.apps.incidents.queries.verify import verify_incidents
from dijkwacht.apps.incidents.services import calling, intake, rehearsing, reports, settling, ticking, weighing
from dijkwacht.apps.incidents.services.doing import Refused
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.chain import moment
from dijkwacht.norms.read import incidents
from dijkwacht.web import clock
from tests.incidents.conftest import NOW, OUTAGE, TODAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
real_now = clock.now  # before the fixtures put another in its place


def url(name: str, *parts: int) -> str:
    return reverse(f"incidents:{name}", args=("dijkstad", *parts))


@pytest.fixture
def row(organisation, does) -> Rehearsal:
    scenario = incidents().scenarios["ransomware"]
    return rehearsing.begin(
        organisation, title=scenario.title["en"], what=scenario.what["en"], scenario="ransomware", **does()
    )


def significant(row, does, *, at=NOW) -> None:
    weighing.weigh(row.incident, answers=OUTAGE, decided=True, because="", known_at=NOW, **does(at=at))


def report(row, does, form, *, at):
    draft = reports.begin(row.incident, form=form, **does(at=at))
    return reports.send(draft, to={"ncsc": "portal", "bzk_rdi": "portal"}, lacks=True, **does(at=at))


class TestClock:
    def test_it_begins_as_the_real_one_and_only_goes_forward(self, row, does) -> None:
        assert row.moment(NOW) == NOW
        rehearsing.run_on(row, to=NOW + 23 * HOUR, **does())
        row.refresh_from_db()
        assert row.moment(NOW + HOUR) == NOW + 24 * HOUR
        for to in (NOW + 22 * HOUR, NOW + 23 * HOUR):
            with pytest.raises(Refused, match="backwards"):
                rehearsing.run_on(row, to=to, **does())

    @pytest.mark.parametrize(("to", "code"), [(NOW + 400 * DAY, "far"), (NOW.replace(tzinfo=None), "zone")])
    def test_what_cannot_be_moves_nothing(self, row, does, to, code) -> None:
        with pytest.raises(Refused, match=code):
            rehearsing.run_on(row, to=to, **does())
        row.refresh_from_db()
        assert row.ahead == timedelta()

    def test_the_nearer_the_end_the_more_are_warned_and_late_is_late(self, row, does, organisation, people) -> None:
        for who, role in (("ciso", "reporter"), ("process_owner", "reporter"), ("college", "board")):
            calling.put_on_duty(organisation, who=people(who), role=role, **does())
        significant(row, does)
        assert rehearsing.run_on(row, to=NOW + 23 * HOUR, **does()).warnings > 0
        before = Alert.objects.filter(person=people("college")).count()
        rehearsing.run_on(row, to=NOW + 25 * HOUR, **does())
        assert (before, Alert.objects.filter(person=people("college")).count()) == (0, 1)
        assert queries.outcome(row, at=NOW + 25 * HOUR).late == 1

    def test_the_real_tick_leaves_it_alone(self, row, does, organisation, people) -> None:
        calling.put_on_duty(organisation, who=people("ciso"), role="reporter", **does())
        significant(row, does)
        assert ticking.fire(at=NOW + 30 * HOUR).alerts == 0

    def test_what_the_scenario_has_in_store_happens_once(self, row, does) -> None:
        assert rehearsing.run_on(row, to=NOW + 4 * HOUR, **does()).events == 1
        assert rehearsing.run_on(row, to=NOW + 5 * HOUR, **does()).events == 0
        assert rehearsing.run_on(row, to=NOW + 7 * DAY, **does()).events == 3
        assert [each.at for each in queries.events(row)] == [
            NOW + each.after for each in incidents().scenarios["ransomware"].injects
        ]

    def test_it_can_run_to_what_comes_next(self, row, does) -> None:
        significant(row, does)
        rehearsing.run_on(row, to=NOW + timedelta(minutes=1), **does())
        stops = queries.stops(row, at=NOW + timedelta(minutes=1))
        assert stops[0] == (NOW + 3 * HOUR, "")
        assert (NOW + 12 * HOUR, "cbw-26") in stops
        assert [each for each, _code in stops] == sorted(each for each, _code in stops)


class TestReplies:
    def test_receipts_and_answers_are_made_up_and_say_so(self, row, does) -> None:
        significant(row, does)
        report(row, does, "early_warning", at=NOW + HOUR)
        rehearsing.run_on(row, to=NOW + 2 * HOUR, **does())
        assert all(each.receipt.startswith("EXERCISE-") for each in Delivery.objects.all())
        assert Clock.objects.get(rule="cbw-36").state == "running"
        rehearsing.run_on(row, to=NOW + 4 * HOUR, **does())
        assert "EXERCISE" in Delivery.objects.get(capacity="csirt").answer
        assert Clock.objects.get(rule="cbw-36").state == "met"

    def test_the_whole_path_ends_in_a_report_and_one_fact(self, row, does, organisation, people) -> None:
        significant(row, does)
        report(row, does, "early_warning", at=NOW + HOUR)
        rehearsing.run_on(row, to=NOW + 80 * HOUR, **does())
        report(row, does, "notification", at=NOW + 80 * HOUR)
        rehearsing.run_on(row, to=NOW + 90 * HOUR, **does())
        intake.move_to(row.incident, state="handled", **does(at=NOW + 91 * HOUR))
        report(row, does, "final", at=NOW + 92 * HOUR)
        closed = intake.move_to(row.incident, state="closed", **does(at=NOW + 93 * HOUR))
        found = queries.outcome(row, at=NOW + 93 * HOUR)
        assert {each.rule: (each.in_time, each.late) for each in found.terms} == {
            "cbw-26": (1, 0), "cbw-27": (0, 1), "cbw-29-1": (1, 0)
        }  # fmt: skip
        assert closed.closed_at == NOW + 93 * HOUR
        # The day on which people sat together, not the one that the clock of the exercise showed.
        assert settling.say(organisation, at=NOW + HOUR) == {"notification.rehearsed_on": TODAY}
        with pytest.raises(Refused, match="closed"):
            rehearsing.run_on(row, to=NOW + 99 * HOUR, **does())
        assert verify_incidents(organisation).faulty == []

    def test_the_trail_tells_of_it_at_the_real_moment(self, row, does, organisation) -> None:
        significant(row, does)
        rehearsing.run_on(row, to=NOW + 30 * HOUR, **does())
        report(row, does, "early_warning", at=NOW + 31 * HOUR)
        rehearsing.run_on(row, to=NOW + 40 * HOUR, **does(at=NOW + 2 * HOUR))
        weighing.weigh(row.incident, answers=OUTAGE, decided=False, because="x", **does(at=NOW + 41 * HOUR))
        intake.move_to(row.incident, state="closed", **does(at=NOW + 42 * HOUR))
        intake.move_to(row.incident, state="open", **does(at=NOW + 5 * HOUR))
        told = {each.act.partition(".")[2]: each for each in Entry.objects.filter(organisation=organisation)}
        hours = {name: (each.at - NOW) / HOUR for name, each in told.items()}
        assert hours == {
            "told": 0, "rehearsal_begun": 0, "weighed": 3, "rehearsal_run": 2, "report_begun": 1, "report_sent": 1,
            "receipt_noted": 2, "answered": 2, "closed": 4, "reopened": 5,
        }  # fmt: skip
        assert told["report_sent"].detail["exercise_at"] == moment(NOW + 31 * HOUR)
        assert "exercise_at" not in told["reopened"].detail
        moments = [each.at for each in Entry.objects.filter(organisation=organisation).order_by("seq")]
        assert moments == sorted(moments)

    def test_time_asks_to_weigh_again_on_its_own_clock(self, row, does, organisation) -> None:
        Incident.objects.filter(pk=row.incident_id).update(began_at=NOW)
        answers = {"service_down": "yes", "planned": "no", "outage_hours": "0", "outage_over": "no"}
        weighing.weigh(row.incident, answers=answers, decided=False, because="Nog geen vier uur", **does())
        assert (NOW + 4 * HOUR, queries.AGAIN) in queries.stops(row, at=NOW)
        assert [rehearsing.run_on(row, to=NOW + n * HOUR, **does()).asked for n in (3, 4, 5)] == [0, 1, 0]
        entry = Entry.objects.get(act="incidents.asked_again")
        assert (entry.at, entry.detail["exercise_at"]) == (NOW, moment(NOW + 4 * HOUR))
        assert weighing.ask_again(at=NOW + 9 * HOUR) == 0


class TestBegin:
    def test_two_would_share_one_clock(self, row, organisation, does) -> None:
        with pytest.raises(Refused, match="rehearsing"):
            rehearsing.begin(organisation, title="Nog een", what="x", **does())
        assert Incident.objects.count() == Rehearsal.objects.count() == 1

    @pytest.mark.parametrize(("fields", "code"), [({"title": " "}, "empty"), ({"scenario": "weg"}, "stranger")])
    def test_nothing_half_is_left(self, organisation, does, fields, code) -> None:
        with pytest.raises(Refused, match=code):
            rehearsing.begin(organisation, **{"title": "x", "what": "y", **fields}, **does())
        assert not Incident.objects.exists()
        assert not Entry.objects.exists()


class TestRequests:
    """Which pages look at the clock of an exercise: those about it, and no other."""

    def ahead(self, address: str) -> timedelta:
        request = RequestFactory().get(address)
        request.session = {}
        request.resolver_match = resolve(address)
        RehearsalClock(lambda _request: None).process_view(request, None, (), request.resolver_match.kwargs)
        at = timezone.now()
        with mock.patch.object(timezone, "now", return_value=at):
            found = real_now(request)
        assert found.tzinfo == ZoneInfo("Europe/Amsterdam")
        return found - at

    def test_pages_about_an_exercise(self, row, does, tell) -> None:
        rehearsing.run_on(row, to=NOW + 30 * HOUR, **does())
        sent = report(row, does, "early_warning", at=NOW + 30 * HOUR)
        mine = [
            url("incident", row.incident_id), url("weigh", row.incident_id), url("report", sent.pk),
            url("receipt", Delivery.objects.filter(report=sent).first().pk),
        ]  # fmt: skip
        assert {self.ahead(each) for each in mine} == {30 * HOUR}
        others = [url("incident", tell().pk), url("home"), url("tell"), url("overview"), url("incident", 999_999)]
        assert {self.ahead(each) for each in others} == {timedelta()}

    def test_not_by_the_number_of_another_organisation(self, row, does, other_organisation) -> None:
        rehearsing.run_on(row, to=NOW + 30 * HOUR, **does())
        theirs = reverse("incidents:incident", args=(other_organisation.slug, row.incident_id))
        assert self.ahead(theirs) == timedelta()

    def test_every_number_in_an_address_of_an_exercise_is_known(self) -> None:
        from dijkwacht.apps.incidents import middleware, urls

        words = {
            str(each.pattern).partition("/incidenten/")[2].partition("<")[0].strip("/")
            for each in urls.urlpatterns
            if "<int:pk>" in str(each.pattern)
        }
        own = {"oefenen", "ontvangen", "wie-dienst-heeft", "registratie/hoedanigheid", "bewaking", "bewaking/alarm"}
        assert words == {"", *middleware.OF, *own}


class TestPages:
    def test_from_a_scenario_to_its_report(self, ciso, organisation) -> None:
        page = ciso.post(url("rehearse"), {"scenario": "supplier"}, follow=True)
        assert page.status_code == 200
        row = Rehearsal.objects.get()
        assert row.incident.title == "The supplier of the case system goes down"
        assert "EXERCISE" in page.content.decode()
        stop = page.context["stops"][0][0]
        page = ciso.post(url("rehearsal_run", row.pk), {"stop": stop.isoformat()}, follow=True)
        assert "1 event happened" in page.content.decode()
        assert "2 hours ahead of the real one" in page.context["answer"]
        assert "Benefits of this week" in page.content.decode()
        told = ciso.get(url("rehearsal_report", row.pk)).content.decode()
        assert "The exercise still runs." in told
        assert "EXERCISE" in told
        assert Moment.objects.filter(by=None).count() == 1

    def test_one_of_their_own(self, ciso) -> None:
        refused = ciso.post(url("rehearse"), {"scenario": ""})
        assert set(refused.context["form"].errors) == {"title", "what"}
        ciso.post(
            url("rehearse"), {"scenario": "", "title": "Brug open", "what": "Hij gaat niet dicht.", "goal": "Bellen"}
        )
        row = Rehearsal.objects.get()
        assert (row.incident.exercise, row.goal, row.scenario) == (True, "Bellen", "")

    def test_a_moment_by_hand(self, ciso, row) -> None:
        page = ciso.post(url("rehearsal_run", row.pk), {"to": "2026-11-26T12:00"}, follow=True)
        assert "26 November 2026, 12:00" in page.context["answer"]
        for wrong in ({"to": ""}, {"to": "morgen"}, {"stop": "morgen"}):
            assert ciso.post(url("rehearsal_run", row.pk), wrong).context["form"].errors
        page = ciso.post(url("rehearsal_run", row.pk), {"to": "2026-11-26T11:00"}, follow=True)
        assert "only goes forward" in page.content.decode()

    def test_who_may_what(self, people, row, other_organisation, client) -> None:
        looks = (url("rehearsal", row.pk), url("rehearsal_report", row.pk))
        acts = (url("rehearse"), url("rehearsal_run", row.pk))
        assert {client.post(each).status_code for each in (*looks, *acts)} == {302}
        assert {people.stranger(other_organisation).post(each).status_code for each in acts} == {404}
        college = people.browser("college")
        assert {college.post(each).status_code for each in acts} == {403}
        assert {college.get(each).status_code for each in looks} == {200}
        assert {college.post(each).status_code for each in looks} == {405}

    def test_what_is_restricted_is_not_there(self, people, row) -> None:
        Incident.objects.update(restricted=True)
        assert people.browser("college").get(url("rehearsal", row.pk)).status_code == 404
        assert people.browser("ciso").get(url("rehearsal", row.pk)).status_code == 200


def test_every_scenario_can_be_played_to_its_end(organisation, does) -> None:
    for each in incidents().scenarios.values():
        assert len(each.title["nl"]) <= 200
        assert len(each.goal["nl"]) <= 300
        row = rehearsing.begin(organisation, title=each.title["nl"], what=each.what["nl"], scenario=each.id, **does())
        rehearsing.run_on(row, to=NOW + 30 * DAY, **does())
        row.refresh_from_db()
        assert queries.left(row) == ()
        Incident.objects.filter(pk=row.incident_id).update(state="closed")
