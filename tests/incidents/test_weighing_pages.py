"""The page of a weighing: what follows, what would settle it, and a decision that is recorded whatever it is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.incidents import weighing_page
from dijkwacht.apps.incidents.models import Clock, EntityRole, Weighing
from dijkwacht.apps.incidents.services import intake, weighing
from tests.incidents.conftest import KNOWN, NOW, OUTAGE, SMALL

HOUR = timedelta(hours=1)
TYPED = "2026-11-25T07:30"  # KNOWN, by the clock


@pytest.fixture
def here(incident) -> str:
    return reverse("incidents:weigh", args=["dijkstad", incident.pk])


def asked(answers: dict[str, str], **more: str) -> dict[str, str]:
    return {**{f"q_{name}": value for name, value in answers.items()}, **more}


class TestWho:
    def test_only_who_handles(self, here, people, other_organisation) -> None:
        assert people.browser("ciso").get(here).status_code == 200
        for visit in ("get", "post"):
            assert getattr(people.browser("college"), visit)(here).status_code == 403
            assert getattr(people.stranger(other_organisation), visit)(here).status_code == 404
        assert "login" in Client().get(here).url

    def test_of_another_organisation_it_is_not_there(self, ciso) -> None:
        assert ciso.get(reverse("incidents:weigh", args=["dijkstad", 999_999])).status_code == 404


class TestLooking:
    def test_nothing_answered_is_nothing_followed(self, here, ciso) -> None:
        text = ciso.get(here).text
        assert "From the answers nothing follows yet." in text
        assert "If the answer is yes, the incident is not significant." in text  # planned maintenance
        assert "Nobody weighed it yet." in text

    def test_what_follows_is_said_with_its_reasons_and_records_nothing(self, here, ciso) -> None:
        text = ciso.post(here, asked(OUTAGE, look="1")).text
        assert "From the answers follows: the incident is significant." in text
        assert "Service outage: this threshold is reached." in text
        assert "The regulation itself was not read." in text
        assert not Weighing.objects.exists()

    def test_one_answer_that_would_settle_it_is_named(self, here, ciso) -> None:
        text = ciso.post(here, asked({"planned": "no"}, look="1")).text
        assert "Has anyone been seriously injured or died because of the incident? If the answer is yes" in text

    def test_no_is_an_answer_too(self, here, ciso) -> None:
        text = ciso.post(here, asked(SMALL, look="1")).text
        assert "From the answers follows: the incident is not significant." in text

    def test_only_questions_for_the_roles_of_this_organisation(self, incident, here, ciso) -> None:
        assert "q_serious_disruption" not in ciso.get(here).text
        EntityRole.objects.create(organisation=incident.organisation, role="roads", since=NOW.date())
        assert "q_serious_disruption" in ciso.get(here).text

    def test_what_the_incident_says_is_filled_in_the_first_time(self, incident, does, ciso, here, system) -> None:
        intake.change(incident, values={"loss": 25_000}, **does())
        intake.hit(incident, subject=system, effect="availability", since=KNOWN, **does())
        found = weighing_page.answers_of(incident.__class__.objects.get(), None, at=NOW + 3 * HOUR)
        assert found == {"loss_euros": "25000", "outage_hours": "5", "outage_over": "no"}
        assert "an outage of 2 hours so far" in ciso.get(here).text

    @pytest.mark.parametrize("value", ["-1", "veel", "1e40"])
    def test_a_number_that_is_none_is_refused_at_its_field(self, here, ciso, value) -> None:
        answer = ciso.post(here, asked({"outage_hours": value}, look="1"))
        assert answer.status_code == 200
        assert "id_q_outage_hours_error" in answer.text

    def test_an_answer_that_is_none_is_refused(self, here, ciso) -> None:
        assert "id_q_planned_error" in ciso.post(here, asked({"planned": "misschien"}, look="1")).text


class TestDeciding:
    def test_yes_starts_terms_and_says_which(self, incident, here, ciso) -> None:
        sent = asked(OUTAGE, decide="1", decided="significant", known_at=TYPED)
        answer = ciso.post(here, sent)
        assert answer.url == reverse("incidents:incident", args=["dijkstad", incident.pk])
        row = Weighing.objects.get()
        assert (row.decided, row.known_at, row.by.name) == (True, KNOWN, "A ciso")
        assert row.answers["outage_hours"] == "6"
        assert set(Clock.objects.values_list("rule", flat=True)) == {"cbw-26", "cbw-27"}
        said = weighing_page.said(row, incident)
        assert "significant since 25 November 2026, 07:30" in said
        assert "Early warning no later than 26 November 2026, 07:30" in said

    def test_no_is_recorded_with_name_and_moment(self, incident, here, ciso) -> None:
        ciso.post(here, asked(SMALL, decide="1", decided="not_significant"))
        row = Weighing.objects.get()
        assert (row.decided, row.verdict, row.at, row.known_at) == (False, "not_significant", NOW, None)
        assert weighing_page.said(row, incident) == "Recorded, with your name and this moment: not significant."

    def test_against_the_answers_only_with_a_reason(self, here, ciso) -> None:
        sent = asked(OUTAGE, decide="1", decided="not_significant")
        text = ciso.post(here, sent).text
        assert "Say why: the answers do not lead to this decision by themselves." in text
        assert "id_because_error" in text
        assert not Weighing.objects.exists()
        assert ciso.post(here, {**sent, "because": "Alleen de testomgeving."}).status_code == 302

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("", "Fill in"),
            ("2026-11-25T07:29", "Nobody knows that an incident is significant before"),
            ("2026-11-25T09:31", "has not come yet"),
            ("2026-03-29T02:30", "does not exist"),
            ("2026-10-25T02:30", "comes twice"),
        ],
    )
    def test_a_moment_of_knowledge_that_cannot_be(self, here, ciso, typed, said) -> None:
        text = ciso.post(here, asked(OUTAGE, decide="1", decided="significant", known_at=typed)).text
        assert said in text
        assert "id_known_at_error" in text
        assert not Weighing.objects.exists()

    def test_without_a_decision_nothing_is_recorded(self, here, ciso) -> None:
        assert "id_decided_error" in ciso.post(here, asked(OUTAGE, decide="1")).text
        assert not Weighing.objects.exists()

    def test_a_closed_incident_is_not_weighed(self, incident, here, ciso, does) -> None:
        weighing.weigh(incident, answers=SMALL, decided=False, because="", **does())
        intake.move_to(incident, state="closed", **does())
        text = ciso.post(here, asked(SMALL, decide="1", decided="not_significant")).text
        assert "This incident is closed." in text
        assert Weighing.objects.count() == 1


class TestAgain:
    @pytest.fixture
    def weighed(self, incident, does) -> Weighing:
        return weighing.weigh(incident, answers=SMALL, decided=False, because="", **does())

    def test_earlier_weighings_stay_in_sight(self, weighed, here, ciso) -> None:
        text = ciso.get(here).text
        assert "Not significant" in text
        assert "From the answers then: not significant." in text
        assert "A ciso" in text

    def test_why_it_is_asked_again_is_said(self, incident, weighed, here, ciso, does, system) -> None:
        intake.hit(incident, subject=system, effect="availability", **does())
        assert "Weigh it again: this changed: the systems that were hit." in ciso.get(here).text

    def test_time_that_changed_the_answers_is_said(self, weighed) -> None:
        weighed.asked_again_at, weighed.asked_again_for = NOW, "time"
        assert "the outage lasts so long" in weighing_page.again_words(weighed)

    def test_what_reads_otherwise_than_last_time_is_said(self, weighed, here, ciso) -> None:
        text = ciso.post(here, asked({**SMALL, **OUTAGE}, look="1")).text
        assert "The outcome was “not significant” and is now “significant”." in text

    def test_answers_to_a_question_that_is_no_longer_asked_are_left_out(self, incident, weighed, here, ciso) -> None:
        Weighing.objects.update(answers={**SMALL, "gone_question": "yes"})
        assert ciso.get(here).status_code == 200
