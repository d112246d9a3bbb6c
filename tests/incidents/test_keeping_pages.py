"""What is kept about an incident: hits, timeline, tasks, contacts, exhibits with their custody, messages, lessons."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dijkwacht.apps.incidents.models import (
    Clock,
    Contact,
    Custody,
    Exhibit,
    Hit,
    Lesson,
    Message,
    Moment,
    Task,
)
from dijkwacht.apps.incidents.queries.verify import verify_incidents
from dijkwacht.apps.incidents.services import intake, keeping, weighing
from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.trail.models import Entry
from tests.incidents.conftest import KNOWN, NOW, OUTAGE

AT = "2026-11-25T08:00"
HASH = "a" * 64


def url(name: str, *more: Any) -> str:
    return reverse(f"incidents:{name}", args=["dijkstad", *more])


@pytest.fixture
def send(ciso, incident):
    """Sends a form about the incident, and gives the page that comes of it, followed."""

    def one(name: str, sent: dict[str, Any], *, pk: int | None = None, query: str = "") -> Any:
        return ciso.post(url(name, pk or incident.pk) + query, sent, follow=True)

    return one


def errors(response: Any) -> str:
    return " ".join(each for found in response.context["form"].errors.values() for each in found)


class TestHits:
    def test_hit_until_and_not_after_all(self, send, system, incident) -> None:
        page = send("hit", {"subject": system.key, "effect": "availability", "since": AT}).content.decode()
        assert "Recorded what was hit." in page
        assert "Zaaksysteem" in page
        row = Hit.objects.get()
        shown = send("hit", {}, query=f"?regel={row.pk}").context["form"]
        assert shown.initial["subject"] == system.key
        send("hit", {"subject": system.key, "effect": "availability", "since": AT, "until": "2026-11-25T09:00"})
        assert Hit.objects.get().until is not None
        send("unhit", {}, pk=row.pk)
        assert not Hit.objects.exists()

    def test_what_is_not_ours_cannot_be_chosen(self, send, make_organisation) -> None:
        assert "valid choice" in errors(send("hit", {"subject": "van-hen", "effect": "availability"}))

    def test_ended_before_it_began(self, send, system) -> None:
        sent = {"subject": system.key, "effect": "integrity", "since": AT, "until": "2026-11-25T07:00"}
        assert "cannot lie before" in errors(send("hit", sent))

    def test_the_line_of_another_incident_fills_nothing_in(self, send, system, tell, does) -> None:
        other = intake.hit(tell(), subject=system, effect="availability", **does())
        assert send("hit", {}, query=f"?regel={other.pk}").context["form"].initial == {"effect": "availability"}


class TestTimeline:
    def test_a_line_and_a_better_one(self, send, incident) -> None:
        send("note", {"when": AT, "kind": "act", "text": "Stekker eruit"})
        line = Moment.objects.get(text="Stekker eruit")
        page = send(
            "note", {"when": AT, "kind": "act", "text": "Netwerk los"}, query=f"?vervangt={line.pk}"
        ).content.decode()
        assert "Netwerk los" in page
        assert "Stekker eruit" not in page
        assert "1 line was replaced" in page
        again = send("note", {"when": AT, "kind": "act", "text": "Derde"}, query=f"?vervangt={line.pk}")
        assert "replaced by another already" in errors(again)

    def test_what_has_not_come_is_no_history(self, send) -> None:
        assert "has not come yet" in errors(send("note", {"when": "2026-11-26T08:00", "kind": "act", "text": "Straks"}))

    def test_lines_stand_in_the_order_of_what_happened(self, send, ciso, incident) -> None:
        send("note", {"when": "2026-11-25T05:00", "kind": "event", "text": "Eerder"})
        moments = ciso.get(url("incident", incident.pk)).context["kept"].moments
        assert [each.text for each in moments] == ["Eerder", incident.title]


class TestTasks:
    def test_added_done_and_dropped(self, send, people) -> None:
        for title in ("Herstellen", "Bellen"):
            send("task_add", {"title": title, "owner": people("ciso").pk, "due_at": AT})
        first, second = Task.objects.order_by("pk")
        page = send("task_finish", {"ended": "done", "result": "Gelukt"}, pk=first.pk).content.decode()
        assert "Gelukt" in page
        assert page.count("Too late:") == 1
        send("task_finish", {"ended": "dropped", "result": ""}, pk=second.pk)
        assert "finished already" in errors(send("task_finish", {"ended": "done"}, pk=second.pk))

    def test_nobody_of_another_owns_it(self, send, make_person, make_organisation) -> None:
        stranger = make_person("ciso", at_organisation=make_organisation())
        assert "valid choice" in errors(send("task_add", {"title": "x", "owner": stranger.pk}))


class TestContacts:
    def test_added_and_taken_away(self, send) -> None:
        page = send("contact_add", {"name": "Servicelijn", "organisation_name": "Leverancier", "phone": "0000"})
        assert "tel:0000" in page.content.decode()
        row = Contact.objects.get()
        assert "Servicelijn" not in send("contact_end", {}, pk=row.pk).content.decode().partition("<main")[2]
        assert "finished already" in send("contact_end", {}, pk=row.pk).content.decode()
        assert "Servicelijn" not in str(list(Entry.objects.values_list("detail", flat=True)))

    def test_a_name_is_needed(self, send) -> None:
        assert "required" in errors(send("contact_add", {"name": " "}))


class TestExhibits:
    SENT = {"label": "B-1", "what": "Schijf van de server", "secured_at": AT, "secured_by": "A. Beheer"}

    def test_a_file_is_kept_with_its_hash(self, send) -> None:
        page = send("secure", {**self.SENT, "file": SimpleUploadedFile("log.txt", b"regel 1")}).content.decode()
        kept = Evidence.objects.get()
        assert Exhibit.objects.get().file == kept
        assert kept.sha256 in page

    def test_what_is_kept_elsewhere_has_its_hash_as_it_was_written(self, send) -> None:
        send("secure", {**self.SENT, "digest": f" {HASH.upper()} "})
        assert Exhibit.objects.get().digest == HASH
        assert "64 characters" in errors(send("secure", {**self.SENT, "label": "B-2", "digest": "xyz"}))

    def test_an_empty_file_leaves_nothing_behind(self, send) -> None:
        assert errors(send("secure", {**self.SENT, "file": SimpleUploadedFile("leeg.txt", b"")}))
        assert not Exhibit.objects.exists()
        assert not Evidence.objects.exists()

    def test_a_refused_exhibit_keeps_no_file(self, send) -> None:
        send("secure", self.SENT)
        again = send("secure", {**self.SENT, "file": SimpleUploadedFile("log.txt", b"regel 1")})
        assert "label B-1 already" in errors(again)
        assert not Evidence.objects.exists()

    def test_a_restricted_incident_takes_no_file_that_others_could_open(self, ciso, tell) -> None:
        hidden = tell(restricted=True)
        page = ciso.get(url("secure", hidden.pk))
        assert "file" not in page.context["form"].fields
        assert "keep the file elsewhere" in page.content.decode()
        ciso.post(url("secure", hidden.pk), {**self.SENT, "file": SimpleUploadedFile("log.txt", b"regel 1")})
        assert Exhibit.objects.get().file is None
        assert not Evidence.objects.exists()

    def test_from_hand_to_hand(self, send, incident, does) -> None:
        row = keeping.secure(incident, label="B-1", what="Schijf", secured_at=KNOWN, secured_by="A. Beheer", **does())
        shown = send("hand_over", {}, pk=row.pk).context["form"]
        assert shown.initial["given_by"] == "A. Beheer"
        sent = {"when": AT, "given_by": "A. Beheer", "taken_by": "B. Politie", "purpose": "Aangifte"}
        assert "B. Politie" in send("hand_over", sent, pk=row.pk).content.decode()
        wrong = send("hand_over", {**sent, "taken_by": "C"}, pk=row.pk)
        assert "According to the log B. Politie has it" in errors(wrong)
        early = send("hand_over", {**sent, "given_by": "B. Politie", "when": "2026-11-25T07:40"}, pk=row.pk)
        assert "cannot lie before" in errors(early)
        assert Custody.objects.count() == 1


class TestMessages:
    SENT = {"when": AT, "direction": "out", "party": "Inwoners", "channel": "website", "text": "De balie is dicht."}

    def test_informing_whom_the_law_names_ends_the_term(self, send, ciso, incident, does) -> None:
        weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
        intake.change(incident, values={"recipients": "yes"}, **does())
        page = ciso.get(url("incident", incident.pk)).content.decode()
        assert f"{url('message_add', incident.pk)}?voor=recipients" in page
        assert (
            ciso.get(url("message_add", incident.pk) + "?voor=recipients").context["form"].initial["audience"]
            == "recipients"
        )
        send("message_add", {**self.SENT, "audience": "recipients", "public": "on"})
        assert Clock.objects.get(incident=incident, rule="cbw-30").state == "met"
        assert Message.objects.get().public

    def test_an_audience_that_no_law_names(self, send, ciso, incident) -> None:
        assert ciso.get(url("message_add", incident.pk) + "?voor=iedereen").context["form"].initial["audience"] == ""
        assert "valid choice" in errors(send("message_add", {**self.SENT, "audience": "iedereen"}))

    def test_logged(self, send) -> None:
        page = send("message_add", self.SENT).content.decode()
        assert "De balie is dicht." in page
        assert "from us, website" in page


class TestLessons:
    def test_an_improvement_has_an_owner_and_a_day(self, send, people) -> None:
        sent = {"text": "Geen tweede lijn", "improvement": "Aanleggen"}
        assert "somebody who does it" in errors(send("learn", sent))
        send("learn", {**sent, "owner": people("ciso").pk, "due": "2026-12-24"})
        row = Lesson.objects.get()
        assert "Ligt er" in send("lesson_finish", {"result": "Ligt er"}, pk=row.pk).content.decode()
        assert "finished already" in errors(send("lesson_finish", {"result": "x"}, pk=row.pk))


def everything(incident, system, people, does) -> dict[str, int]:
    """One of each thing that is kept, by the address that asks for it."""
    hit = intake.hit(incident, subject=system, effect="availability", **does())
    task = keeping.add_task(incident, title="Herstellen", **does())
    contact = keeping.add_contact(incident, name="Leverancier", **does())
    exhibit = keeping.secure(incident, label="B-1", what="Schijf", secured_at=KNOWN, secured_by="A", **does())
    lesson = keeping.learn(incident, text="Les", improvement="Beter", owner=people("ciso"), due=NOW.date(), **does())
    return {
        "unhit": hit.pk, "task_finish": task.pk, "contact_end": contact.pk, "hand_over": exhibit.pk, "lesson_finish": lesson.pk,
    }  # fmt: skip


class TestWhoMay:
    @pytest.mark.parametrize("role", ["coordinator", "auditor", "college", "administrator"])
    def test_only_who_handles(self, people, incident, system, does, role) -> None:
        client = people.browser(role)
        for name, pk in everything(incident, system, people, does).items():
            assert client.post(url(name, pk)).status_code == 403, name
        for name in ("hit", "note", "task_add", "contact_add", "secure", "message_add", "learn"):
            assert client.get(url(name, incident.pk)).status_code == 403, name

    def test_a_stranger_finds_nothing(self, people, incident, system, does, make_organisation) -> None:
        stranger = people.stranger(make_organisation())
        for name, pk in everything(incident, system, people, does).items():
            assert stranger.post(url(name, pk)).status_code == 404, name

    def test_what_hangs_on_the_incident_of_another_is_not_there(
        self, ciso, people, make_organisation, make_person, does
    ) -> None:
        theirs = make_organisation()
        chief = make_person("ciso", at_organisation=theirs)
        who = {"person": chief, "at": NOW}
        made = intake.tell(theirs, intake=intake.Intake(title="Van hen", what="x", known_at=KNOWN, known_by="x"), **who)
        row = keeping.add_task(made, title="Van hen", **who)
        for name, pk in (("incident", made.pk), ("task_finish", row.pk), ("change_what", made.pk), ("move", made.pk)):
            assert ciso.get(url(name, pk)).status_code == 404, name

    def test_every_row_is_what_the_trail_says(self, organisation, incident, system, people, does) -> None:
        everything(incident, system, people, does)
        assert verify_incidents(organisation).faulty == []
