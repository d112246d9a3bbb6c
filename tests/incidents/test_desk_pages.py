"""The desk's pages: the list, an incident that comes in, one incident, what is known of it, where it stands."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from dijkwacht.apps.incidents.models import Clock, Incident
from dijkwacht.apps.incidents.services import calling, intake, keeping, reports, weighing
from tests.incidents.conftest import KNOWN, NOW, OUTAGE, SMALL

HOUR = timedelta(hours=1)
TOLD = {
    "title": "Zaaksysteem ligt eruit", "what": "Niemand kan inloggen.", "known_at": "2026-11-25T08:15",
    "known_by": "Servicedesk", "kind": "incident", "personal_data": "unknown",
}  # fmt: skip


def url(name: str, *more: Any) -> str:
    return reverse(f"incidents:{name}", args=["dijkstad", *more])


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def significant(incident, does) -> Incident:
    weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
    return incident


class TestList:
    def test_nothing_yet(self, ciso) -> None:
        page = text(ciso.get(url("home")))
        assert "No incident is open." in page
        assert "No incident was recorded yet" in page

    def test_what_falls_due_first_stands_first_and_in_the_answer(self, ciso, tell, does, significant) -> None:
        later = tell(title="Later", personal_data="yes")
        closed = tell(title="Voorbij", kind="threat")
        intake.move_to(closed, state="closed", **does())
        response = ciso.get(url("home"))
        assert [row.incident for row in response.context["rows"]] == [significant, later, closed]
        page = text(response)
        assert "2 incidents are open." in page
        assert "Early warning, incident 2026-001" in page
        assert "22 hours left" in page

    def test_who_does_not_handle_sees_no_restricted_one(self, people, tell) -> None:
        tell(title="Over een collega", restricted=True)
        assert "Over een collega" not in text(people.browser("auditor").get(url("home")))
        assert "Over een collega" in text(people.browser("ciso").get(url("home")))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["Echt"]),
            ("sort=exercise", ["Oefening"]),
            ("sort=all", ["Oefening", "Echt"]),
            ("text=2026-001&sort=all", ["Echt"]),
            ("text=echt", ["Echt"]),
            ("text=niets", []),
            ("state=closed", []),
            ("state=open&year=2026", ["Echt"]),
            ("year=1", ["Echt"]),
            ("state=nonsense&text=a%00b", ["Echt"]),
            ("page=99999999999999999999", ["Echt"]),
        ],
    )
    def test_narrowing(self, ciso, tell, query, found) -> None:
        tell(title="Echt")
        tell(title="Oefening", exercise=True)
        response = ciso.get(f"{url('home')}?{query}")
        assert [row.incident.title for row in response.context["rows"]] == found

    def test_many_cost_no_more_questions(self, ciso, tell, does, django_assert_max_num_queries) -> None:
        for number in range(12):
            weighing.weigh(
                tell(title=f"I {number}"), answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does()
            )
        with django_assert_max_num_queries(16):
            ciso.get(url("home"))


class TestTell:
    def test_in_a_minute(self, ciso, people) -> None:
        form = ciso.get(url("tell")).context["form"]
        assert form.initial["known_at"] == NOW
        response = ciso.post(url("tell"), TOLD)
        made = Incident.objects.get()
        assert response["Location"] == url("incident", made.pk)
        assert (made.known_at.isoformat(), made.handler) == ("2026-11-25T07:15:00+00:00", people("ciso"))
        assert "Recorded as incident 2026-001" in text(ciso.get(response["Location"]))

    def test_the_norm_stands_beside_the_moment_and_only_those_that_are_ours(self, ciso) -> None:
        page = text(ciso.get(url("tell")))
        assert "at the earliest from this moment: Early warning (Cbw 26 lid 1), Notification (Cbw 27 lid 1)." in page
        assert "trust service" not in page

    @pytest.mark.parametrize(
        ("sent", "field", "said"),
        [
            ({"title": ""}, "title", "required"),
            ({"known_at": ""}, "known_at", "required"),
            ({"known_at": "gisteren"}, "known_at", "day and a time"),
            ({"known_at": "2026-11-25T10:00"}, "known_at", "has not come yet"),
            ({"known_at": "2026-03-29T02:30"}, "known_at", "does not exist"),
            ({"known_at": "2026-10-25T02:30"}, "known_at", "comes twice"),
            ({"known_at": "0001-01-01T00:00"}, "known_at", "between 2000 and 2099"),
            ({"began_at": "2026-11-25T09:00"}, "known_at", "cannot lie before"),
            ({"title": "x" * 201}, "title", "200"),
            ({"what": "a\0b"}, "what", "Null"),
            ({"kind": "ramp"}, "kind", "valid choice"),
        ],
    )
    def test_what_cannot_be_is_said_at_the_field(self, ciso, sent, field, said) -> None:
        response = ciso.post(url("tell"), {**TOLD, **sent})
        assert said in " ".join(response.context["form"].errors[field])
        assert "Niemand kan inloggen." in text(response) or field == "what"
        assert not Incident.objects.exists()

    def test_the_hour_that_comes_twice_is_asked_plainly(self, ciso) -> None:
        asked = {**TOLD, "known_at": "2026-10-25T02:30"}
        page = text(ciso.post(url("tell"), asked))
        assert 'name="known_at_which"' in page
        ciso.post(url("tell"), {**asked, "known_at_which": "second"})
        assert Incident.objects.get().known_at.isoformat() == "2026-10-25T01:30:00+00:00"

    def test_a_respondent_gets_a_receipt_and_no_more(self, organisation, people, does) -> None:
        calling.put_on_duty(organisation, who=people("ciso"), role="reporter", phone="+31 6 00000000", **does())
        respondent = people.browser("respondent")
        response = respondent.post(url("tell"), {**TOLD, "restricted": "on"})
        made = Incident.objects.get()
        assert response["Location"] == url("told", made.pk)
        page = text(respondent.get(response["Location"]))
        assert "2026-001" in page
        assert "+31 6 00000000" in page
        assert made.handler == people("ciso")
        assert f'href="{url("incident", made.pk)}"' not in page
        assert respondent.get(url("incident", made.pk)).status_code == 403

    def test_the_receipt_is_only_for_who_told(self, people, incident) -> None:
        assert people.browser("college").get(url("told", incident.pk)).status_code == 404
        assert people.browser("ciso").get(url("told", incident.pk)).status_code == 200

    def test_nobody_on_duty_is_said(self, people) -> None:
        respondent = people.browser("respondent")
        respondent.post(url("tell"), TOLD)
        assert "Nobody is on duty" in text(respondent.get(url("told", Incident.objects.get().pk)))


class TestIncident:
    def test_the_sentence_says_what_to_whom_before_when(self, ciso, significant) -> None:
        response = ciso.get(url("incident", significant.pk))
        assert response.context["answer"] == (
            "No later than 26 November 2026, 07:30, 22 hours left: Early warning, to the CSIRT and the competent authority. "
            "After that 1 more term runs."
        )

    def test_too_late_is_said(self, ciso, tell, does) -> None:
        old = tell(known_at=KNOWN - 30 * HOUR)
        weighing.weigh(old, answers=OUTAGE, decided=True, because="", known_at=KNOWN - 30 * HOUR, **does())
        response = ciso.get(url("incident", old.pk))
        assert response.context["answer"].startswith("8 hours too late: Early warning, to the CSIRT and the competent")
        assert "deadline--late" in text(response)

    def test_not_weighed_yet(self, ciso, incident) -> None:
        assert "was not weighed yet" in ciso.get(url("incident", incident.pk)).context["answer"]

    def test_not_significant_names_who_and_when(self, ciso, incident, does) -> None:
        weighing.weigh(incident, answers=SMALL, decided=False, because="", **does())
        answer = ciso.get(url("incident", incident.pk)).context["answer"]
        assert answer.startswith("Weighed as not significant by A ciso on 25 November 2026, 09:30")

    def test_weigh_again_says_what_changed(self, ciso, incident, does) -> None:
        weighing.weigh(incident, answers=SMALL, decided=False, because="", **does())
        intake.change(incident, values={"loss": 10}, **does())
        response = ciso.get(url("incident", incident.pk))
        assert response.context["answer"] == "Weigh again whether it is significant: what it costs changed since."

    def test_a_near_miss_and_a_threat_need_no_report(self, ciso, tell) -> None:
        for kind, said in (("near_miss", "A near miss does not"), ("threat", "A threat does not")):
            assert said in ciso.get(url("incident", tell(kind=kind).pk)).context["answer"]

    def test_a_term_and_an_open_weighing_both_stand_in_the_sentence(self, ciso, tell) -> None:
        answer = ciso.get(url("incident", tell(personal_data="yes").pk)).context["answer"]
        assert "72" not in answer
        assert "28 November 2026, 07:30" in answer
        assert "was not weighed yet" in answer

    def test_a_restricted_one_is_not_there_for_others(self, people, tell) -> None:
        hidden = tell(restricted=True)
        assert people.browser("auditor").get(url("incident", hidden.pk)).status_code == 404
        assert people.browser("process_owner").get(url("incident", hidden.pk)).status_code == 200

    def test_who_only_sees_has_nothing_to_press(self, people, significant) -> None:
        page = text(people.browser("auditor").get(url("incident", significant.pk)))
        assert page.count("<form") == text(people.browser("auditor").get(url("home"))).count("<form") - 1
        for name in ("change_what", "move", "note", "task_add"):
            assert url(name, significant.pk) not in page

    def test_an_exercise_says_so_on_every_page(self, ciso, tell) -> None:
        drill = tell(exercise=True)
        for name in ("incident", "change_what", "move", "give", "note", "hit", "secure", "message_add", "learn"):
            assert "EXERCISE" in text(ciso.get(url(name, drill.pk))), name

    def test_everything_in_few_questions(
        self, ciso, significant, does, system, people, django_assert_max_num_queries
    ) -> None:
        intake.hit(significant, subject=system, effect="availability", **does())
        for number in range(5):
            keeping.note(significant, text=f"Regel {number}", when=KNOWN, kind="act", **does())
            keeping.add_task(significant, title=f"Taak {number}", owner=people("ciso"), **does())
            keeping.secure(significant, label=f"B-{number}", what="Schijf", secured_at=KNOWN, secured_by="A", **does())
            keeping.log_message(
                significant, party="NCSC", channel="telefoon", text="Overleg", when=KNOWN, direction="out", **does()
            )
            keeping.learn(significant, text="Les", **does())
        with django_assert_max_num_queries(28):
            text(ciso.get(url("incident", significant.pk)))

    def test_in_dutch(self, ciso, significant) -> None:
        with translation.override("nl"):
            assert ciso.get(url("incident", significant.pk)).status_code == 200


class TestChanging:
    def test_data_start_a_term_and_a_moment_on_the_minute_does_not_move_it(self, ciso, tell) -> None:
        found = tell(known_at=KNOWN + timedelta(seconds=42))
        ciso.post(url("change_data", found.pk), {"personal_data": "yes", "data_role": "controller", "data_risk": "unknown",
                                                 "high_risk": "unknown", "breach_at": "2026-11-25T07:30"})  # fmt: skip
        assert Clock.objects.get(incident=found, rule="avg-33").started_at == KNOWN
        response = ciso.post(url("change_moments", found.pk), {"known_at": "2026-11-25T07:30", "known_by": "Beheer"})
        assert response.status_code == 302
        found.refresh_from_db()
        assert (found.known_at, found.known_by) == (KNOWN + timedelta(seconds=42), "Beheer")

    def test_what_happened_with_its_kind_and_cause(self, ciso, incident) -> None:
        sent = {
            "title": "Uitval", "kind": "incident", "what": "Storing", "rsit": "availability/outage", "cause": "human_error",
            "detection": "employee", "unlawful": "no", "indicators": "192.0.2.7",
        }  # fmt: skip
        assert ciso.post(url("change_what", incident.pk), sent).status_code == 302
        page = text(ciso.get(url("incident", incident.pk)))
        for said in ("Availability: Outage", "Human error", "Employee", "192.0.2.7"):
            assert said in page

    def test_every_kind_and_cause_can_be_chosen(self, ciso, incident) -> None:
        fields = ciso.get(url("change_what", incident.pk)).context["form"].fields
        assert sum(len(group) for _name, group in fields["rsit"].choices[1:]) == 39
        assert len(fields["rsit"].choices) == 12
        assert len(fields["cause"].choices) > 5

    def test_an_unknown_kind_is_refused(self, ciso, incident) -> None:
        response = ciso.post(url("change_what", incident.pk), {"title": "x", "what": "x", "kind": "incident",
                                                               "unlawful": "no", "rsit": "availability/none"})  # fmt: skip
        assert "rsit" in response.context["form"].errors

    def test_consequences(self, ciso, incident) -> None:
        sent = {"effects": "Balie dicht", "people_hit": "1200", "loss": "25000", "recipients": "yes", "essential": "no",
                "cross_border": "no"}  # fmt: skip
        assert ciso.post(url("change_consequences", incident.pk), sent).status_code == 302
        incident.refresh_from_db()
        assert (incident.people_hit, incident.loss, incident.recipients) == (1200, 25000, "yes")
        assert "25,000" in text(ciso.get(url("incident", incident.pk)))

    def test_the_order_of_moments_is_held(self, ciso, incident) -> None:
        sent = {"known_at": "2026-11-25T07:30", "known_by": "x", "began_at": "2026-11-25T07:00",
                "recovered_at": "2026-11-25T06:00"}  # fmt: skip
        form = ciso.post(url("change_moments", incident.pk), sent).context["form"]
        assert "cannot lie before" in form.errors["recovered_at"][0]

    def test_given_to_a_colleague_not_to_a_stranger(
        self, ciso, incident, people, make_person, make_organisation
    ) -> None:
        stranger = make_person("ciso", at_organisation=make_organisation())
        form = ciso.post(url("give", incident.pk), {"handler": stranger.pk}).context["form"]
        assert "handler" in form.errors
        ciso.post(url("give", incident.pk), {"handler": people("process_owner").pk})
        incident.refresh_from_db()
        assert incident.handler == people("process_owner")


class TestMoving:
    def test_closing_says_what_stands_in_the_way(self, ciso, significant) -> None:
        page = text(ciso.get(url("move", significant.pk)))
        assert "Before it can be closed: A legal term still runs" in page
        response = ciso.post(url("move", significant.pk), {"state": "closed", "when": "2026-11-25T09:00"})
        assert "A legal term still runs" in text(response)
        significant.refresh_from_db()
        assert significant.state == "open"

    def test_what_the_csirt_owes_us_does_not_keep_it_open(self, ciso, incident, does) -> None:
        weighing.weigh(incident, answers=SMALL, decided=False, because="", **does())
        draft = reports.begin(incident, form="early_warning", **does())
        reports.send(draft, to={"ncsc": "portal"}, lacks=True, **does())
        assert Clock.objects.get(incident=incident, state="running").rule == "cbw-36"
        assert intake.why_not_closed(incident) == []
        page = ciso.get(url("incident", incident.pk))
        assert "not significant" in page.context["answer"]
        assert "Answer from the CSIRT" in text(page)

    def test_contained_handled_closed_and_open_again(self, ciso, incident, does) -> None:
        weighing.weigh(incident, answers=SMALL, decided=False, because="", **does())
        for state in ("contained", "handled", "closed", "open"):
            assert ciso.post(url("move", incident.pk), {"state": state, "when": "2026-11-25T09:00"}).status_code == 302
            incident.refresh_from_db()
            assert incident.state == state
            page = text(ciso.get(url("incident", incident.pk)))
            assert (url("change_what", incident.pk) in page) is (state != "closed")

    def test_a_closed_one_is_not_changed(self, ciso, incident, does) -> None:
        weighing.weigh(incident, answers=SMALL, decided=False, because="", **does())
        intake.move_to(incident, state="closed", **does())
        response = ciso.post(url("change_consequences", incident.pk), {"recipients": "yes", "essential": "no",
                                                                       "cross_border": "no"})  # fmt: skip
        assert "is closed" in text(response)

    def test_only_where_it_can_go(self, ciso, incident) -> None:
        states = [name for name, _label in ciso.get(url("move", incident.pk)).context["form"].fields["state"].choices]
        assert states == ["contained", "handled", "closed"]
