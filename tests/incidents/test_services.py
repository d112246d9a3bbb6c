"""From intake to closing: terms follow from what happened, and nothing else moves them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dijkwacht.apps.incidents.models import (
    Alert,
    Clock,
    Delivery,
    Duty,
    Incident,
    Message,
    Moment,
    Report,
    Weighing,
)
from dijkwacht.apps.incidents.services import calling, intake, keeping, reports, ticking, weighing
from dijkwacht.apps.incidents.services.doing import Refused
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from tests.incidents.conftest import KNOWN, NOW, OUTAGE, SMALL

HOUR = timedelta(hours=1)
SENT = {"ncsc": "portal", "bzk_rdi": "portal"}


def clocks(incident: Incident) -> dict[str, str]:
    return dict(Clock.objects.filter(incident=incident).exclude(state="void").values_list("rule", "state"))


def due(incident: Incident, rule: str):
    return Clock.objects.exclude(state="void").get(incident=incident, rule=rule).due_at


def significant(incident: Incident, does, *, known_at=KNOWN, at=NOW) -> Weighing:
    return weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=known_at, **does(at=at))


def told(incident: Incident, does, form: str, *, at) -> Report:
    draft = reports.begin(incident, form=form, **does(at=at))
    return reports.send(draft, to=SENT, lacks=True, **does(at=at))


class TestIntake:
    def test_numbers_run_per_year_and_organisation(self, tell, db) -> None:
        assert [tell().name, tell().name] == ["2026-001", "2026-002"]
        assert tell(exercise=True).name == "O2026-003"

    def test_the_first_moment_stands_in_the_timeline(self, incident) -> None:
        assert list(Moment.objects.filter(incident=incident).values_list("at", "text")) == [(KNOWN, incident.title)]

    @pytest.mark.parametrize(
        ("fields", "code", "field"),
        [
            ({"title": " "}, "empty", "title"),
            ({"known_by": ""}, "empty", "known_by"),
            ({"known_at": NOW + HOUR}, "future", "known_at"),
            ({"known_at": KNOWN.replace(tzinfo=None)}, "zone", "known_at"),
            ({"began_at": NOW}, "order", "known_at"),
            ({"title": "x" * 201}, "long", "title"),
        ],
    )
    def test_what_cannot_be_is_refused_whole(self, tell, fields, code, field) -> None:
        with pytest.raises(Refused) as refusal:
            tell(**fields)
        assert (refusal.value.code, refusal.value.params["field"]) == (code, field)
        assert not Incident.objects.exists()

    def test_personal_data_start_the_other_track_at_once(self, tell) -> None:
        incident = tell(personal_data="yes")
        assert clocks(incident) == {"avg-33": "running"}
        assert due(incident, "avg-33") == KNOWN + 72 * HOUR

    def test_no_risk_ends_that_track_and_leaves_a_trace(self, tell, does) -> None:
        incident = intake.change(tell(personal_data="yes"), values={"data_risk": "no"}, **does())
        assert clocks(incident) == {}
        assert Clock.objects.get(incident=incident).void_because == "no_longer_follows"

    def test_high_risk_informs_the_persons_and_a_message_ends_it(self, tell, does) -> None:
        incident = intake.change(tell(personal_data="yes"), values={"high_risk": "yes"}, **does())
        assert clocks(incident) == {"avg-33": "running", "avg-34": "running"}
        keeping.log_message(
            incident, party="Betrokkenen", channel="brief", text="Wat er is gebeurd", when=NOW, direction="out",
            audience="persons", **does(),
        )  # fmt: skip
        assert clocks(incident)["avg-34"] == "met"
        assert Message.objects.get().audience == "persons"

    def test_a_processor_tells_the_controller(self, tell, does) -> None:
        incident = intake.change(tell(personal_data="yes"), values={"data_role": "processor"}, **does())
        assert clocks(incident) == {"avg-33-2": "running"}


class TestWeighing:
    def test_yes_starts_both_terms_from_the_same_knowledge(self, incident, does) -> None:
        row = significant(incident, does)
        assert (row.verdict, row.decided) == ("significant", True)
        assert due(incident, "cbw-26") == KNOWN + 24 * HOUR
        assert due(incident, "cbw-27") == KNOWN + 72 * HOUR

    def test_no_is_recorded_with_name_and_moment(self, incident, does, people) -> None:
        row = weighing.weigh(incident, answers=SMALL, decided=False, because="", **does())
        assert (row.verdict, row.decided, row.by, row.at) == ("not_significant", False, people("ciso"), NOW)
        assert clocks(incident) == {}
        assert Entry.objects.filter(act="incidents.weighed").count() == 1

    def test_a_decision_against_the_verdict_says_why(self, incident, does) -> None:
        with pytest.raises(Refused, match="because"):
            weighing.weigh(incident, answers=OUTAGE, decided=False, because=" ", **does())
        weighing.weigh(incident, answers=OUTAGE, decided=False, because="Alleen de testomgeving", **does())
        assert clocks(incident) == {}

    def test_unknown_is_not_no(self, incident, does) -> None:
        with pytest.raises(Refused, match="because") as refusal:
            weighing.weigh(incident, answers={}, decided=False, because="", **does())
        assert refusal.value.params["verdict"] == "undetermined"

    def test_a_corrected_moment_of_knowledge_corrects_the_terms(self, incident, does) -> None:
        significant(incident, does)
        significant(incident, does, known_at=KNOWN + HOUR)
        assert due(incident, "cbw-26") == KNOWN + 25 * HOUR
        void = Clock.objects.get(incident=incident, rule="cbw-26", state="void")
        assert void.due_at == KNOWN + 24 * HOUR
        assert void.replaced_by.due_at == KNOWN + 25 * HOUR

    def test_what_changes_the_answers_asks_again(self, incident, does, system) -> None:
        row = weighing.weigh(incident, answers=SMALL, decided=False, because="", **does())
        intake.hit(incident, subject=system, effect="availability", **does())
        row.refresh_from_db()
        assert row.asked_again_for == "hits"

    def test_an_outage_that_lasts_asks_again_by_itself_once(self, tell, does) -> None:
        incident = tell(began_at=KNOWN)
        answers = {"service_down": "yes", "planned": "no", "outage_hours": "2", "outage_over": "no"}
        weighing.weigh(incident, answers=answers, decided=False, because="Nog geen vier uur", **does())
        assert weighing.ask_again(at=KNOWN + 3 * HOUR) == 0
        assert [weighing.ask_again(at=KNOWN + 4 * HOUR) for _ in range(2)] == [1, 0]


class TestReports:
    def test_each_stage_ends_its_term_and_the_notification_starts_the_final_one(self, incident, does) -> None:
        significant(incident, does)
        told(incident, does, "early_warning", at=NOW + HOUR)
        assert clocks(incident)["cbw-26"] == "met"
        told(incident, does, "notification", at=NOW + 2 * HOUR)
        assert clocks(incident)["cbw-27"] == "met"
        assert clocks(incident) | {"cbw-29-1": "running", "cbw-29-2": "waiting"} == clocks(incident) | {
            name: state for name, state in clocks(incident).items() if name.startswith("cbw-29")
        }
        assert clocks(incident)["cbw-36"] == "running"

    def test_a_form_is_filled_from_the_incident_and_from_earlier_stages(self, incident, does, system) -> None:
        significant(incident, does)
        intake.hit(incident, subject=system, effect="availability", **does())
        draft = reports.begin(incident, form="early_warning", **does())
        assert draft.values["title"] == incident.title
        reports.save(draft, values={"help_asked": "Forensisch onderzoek"}, at=NOW)
        reports.send(draft, to=SENT, lacks=True, **does())
        later = reports.begin(incident, form="notification", **does())
        assert later.values["known_at"] == draft.values["known_at"]

    def test_what_an_article_asks_is_missed_unless_said(self, incident, does) -> None:
        draft = reports.begin(incident, form="early_warning", **does())
        with pytest.raises(Refused, match="lacking") as refusal:
            reports.send(draft, to=SENT, **does())
        assert "officer_contact" in refusal.value.params["fields"]

    def test_what_was_sent_never_changes(self, incident, does) -> None:
        report = told(incident, does, "early_warning", at=NOW)
        with pytest.raises(Refused, match="sent"):
            reports.save(report, values={"title": "anders"}, at=NOW)
        with pytest.raises(Refused, match="sent"):
            reports.send(report, to=SENT, lacks=True, **does())

    def test_a_receiver_here_can_read_it_but_not_an_exercise(self, tell, does, make_organisation) -> None:
        csirt = make_organisation("csirt-x", kind="csirt")
        for exercise, inside in ((False, [csirt]), (True, [])):
            draft = reports.begin(tell(exercise=exercise), form="early_warning", **does())
            sent = reports.send(draft, to=SENT, lacks=True, also=[csirt], **does())
            assert [each.organisation for each in Delivery.objects.filter(report=sent) if each.organisation] == inside

    def test_a_request_has_a_term_of_its_own_each_time(self, incident, does) -> None:
        for hours in (24, 48):
            draft = reports.begin(
                incident, form="interim", asked_by="CSIRT", asked_at=NOW, asked_before=NOW + hours * HOUR, **does()
            )
            rows = Clock.objects.filter(incident=incident, rule="cbw-28", state="running")
            assert [row.due_at for row in rows] == [NOW + hours * HOUR]
            reports.send(draft, to={"requester": "mail"}, lacks=True, **does())
        assert Clock.objects.filter(incident=incident, rule="cbw-28", state="met").count() == 2

    def test_the_answer_of_the_csirt_ends_its_term(self, incident, does) -> None:
        significant(incident, does)
        report = told(incident, does, "early_warning", at=NOW)
        delivery = Delivery.objects.get(report=report, capacity="csirt")
        reports.note_receipt(delivery, receipt="N-1", receipt_at=NOW, **does())
        reports.note_answer(delivery, text="Wij kijken mee", when=NOW + HOUR, **does(at=NOW + HOUR))
        assert clocks(incident)["cbw-36"] == "met"


class TestClosing:
    def test_not_before_it_was_weighed_and_every_term_has_ended(self, incident, does) -> None:
        with pytest.raises(Refused, match="weigh"):
            intake.move_to(incident, state="closed", **does())
        significant(incident, does)
        with pytest.raises(Refused, match="terms"):
            intake.move_to(incident, state="closed", **does())

    def test_handled_in_time_leaves_one_final_report(self, incident, does) -> None:
        significant(incident, does)
        told(incident, does, "early_warning", at=NOW)
        told(incident, does, "notification", at=NOW)
        intake.move_to(incident, state="handled", **does(at=NOW + HOUR))
        assert {name for name in clocks(incident) if name.startswith("cbw-29")} == {"cbw-29-1"}
        told(incident, does, "final", at=NOW + 2 * HOUR)
        assert clocks(incident)["cbw-29-1"] == "met"


class TestTicking:
    @pytest.fixture
    def duty(self, organisation: Organisation, people, does) -> list[Duty]:
        return [
            calling.put_on_duty(organisation, who=people(who), role=role, **does())
            for who, role in (
                ("ciso", "reporter"),
                ("process_owner", "reporter"),
                ("secretary", "decider"),
                ("college", "board"),
            )
        ]

    def test_a_warning_is_written_once_however_often_time_looks(self, incident, does, duty) -> None:
        significant(incident, does)
        first = ticking.fire(at=NOW)
        assert (first.alerts, ticking.fire(at=NOW).alerts) == (2, 0)
        assert set(Alert.objects.values_list("mark", flat=True)) == {"started"}

    def test_the_nearer_the_end_the_more_people(self, incident, does, duty, people) -> None:
        significant(incident, does)
        called = {}
        for hours in (2, 12, 22, 25):
            ticking.fire(at=KNOWN + hours * HOUR + timedelta(minutes=1))
            rows = Alert.objects.filter(clock__rule="cbw-26").select_related("person").order_by("pk")
            called[hours] = [str(row.person) for row in rows][sum(map(len, called.values())) :]
        assert [len(each) for each in called.values()] == [1, 1, 3, 4]
        assert str(people("college")) in called[25]

    def test_of_a_night_without_ticks_only_the_last_warning_is_sent(self, incident, does, duty) -> None:
        significant(incident, does)
        ticking.fire(at=KNOWN + 30 * HOUR)
        assert set(Alert.objects.filter(clock__rule="cbw-26").values_list("mark", flat=True)) == {"overdue"}

    def test_what_was_done_after_the_round_read_it_counts(self, incident, does, duty, monkeypatch) -> None:
        significant(incident, does)
        read = ticking.gathered

        def and_then_it_is_sent(*args, **kwargs):
            found = read(*args, **kwargs)
            monkeypatch.setattr(ticking, "gathered", read)
            told(incident, does, "early_warning", at=NOW)
            return found

        monkeypatch.setattr(ticking, "gathered", and_then_it_is_sent)
        ticking.fire(at=KNOWN + 25 * HOUR)
        assert clocks(incident)["cbw-26"] == "met"
        assert not Alert.objects.filter(clock__rule="cbw-26").exists()

    def test_what_terms_follow_from_is_read_for_many_organisations_at_once(self, make_organisation, does) -> None:
        asked = []
        for number in (1, 4):
            for n in range(number):
                text = intake.Intake(title="x", what="y", known_at=KNOWN, known_by="z", personal_data="yes")
                intake.tell(make_organisation(f"huis-{number}-{n}"), intake=text, person=does()["person"], at=NOW)
            with CaptureQueriesContext(connection) as queries:
                assert ticking.fire(at=NOW).clocks == number
            asked.append(len(queries))
        assert asked[1] - asked[0] <= 3 * 6  # lock, look again, write, and what begins and ends a transaction

    def test_a_final_report_that_time_replaces(self, incident, does) -> None:
        significant(incident, does)
        told(incident, does, "notification", at=NOW)
        end = due(incident, "cbw-29-1")
        ticking.fire(at=end + timedelta(seconds=2))
        assert "cbw-29-1" not in clocks(incident)
        assert clocks(incident)["cbw-29-2"] == "running"
        intake.move_to(incident, state="handled", **does(at=end + HOUR))
        assert clocks(incident)["cbw-29-2-final"] == "running"

    def test_an_exercise_is_left_to_its_own_moment(self, tell, does, duty, organisation) -> None:
        drill = tell(exercise=True)
        significant(drill, does)
        assert ticking.fire(at=NOW + 30 * HOUR).alerts == 0
        assert ticking.fire_rehearsed(organisation, at=NOW + 30 * HOUR, real=NOW).alerts > 0


class TestKeeping:
    def test_an_exhibit_goes_from_hand_to_hand_without_a_gap(self, incident, does) -> None:
        exhibit = keeping.secure(
            incident, label="A1", what="Schijf van de server", secured_at=KNOWN, secured_by="Beheer", **does()
        )
        keeping.hand_over(exhibit, given_by="beheer", taken_by="Lab", purpose="Onderzoek", when=NOW, **does())
        with pytest.raises(Refused, match="holder") as refusal:
            keeping.hand_over(exhibit, given_by="Beheer", taken_by="Kluis", purpose="x", when=NOW, **does())
        assert refusal.value.params["holder"] == "Lab"

    def test_a_line_of_the_timeline_is_replaced_once(self, incident, does) -> None:
        line = keeping.note(incident, text="Om tien uur", when=KNOWN, kind="event", **does())
        keeping.note(incident, text="Om half tien", when=KNOWN, kind="event", replaces=line, **does())
        with pytest.raises(Refused, match="replaced"):
            keeping.note(incident, text="Om elf uur", when=KNOWN, kind="event", replaces=line, **does())

    def test_an_improvement_has_an_owner_and_a_day(self, incident, does) -> None:
        with pytest.raises(Refused, match="due"):
            keeping.learn(incident, text="Geen tweede lijn", improvement="Tweede lijn aanleggen", **does())
