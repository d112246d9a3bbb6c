"""Who is told when: at once, in steps while nobody responds, by the messages of the day and the week; and what a mail holds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from smtplib import SMTPException
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from dijkwacht.apps.advisories.models import Advisory, Call, Contact, Mail, Warned, WarningState
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.services import handling, mailing, overviews, serving, telling, triage
from dijkwacht.apps.advisories.services.handling import Said
from dijkwacht.apps.people.models import Organisation, Person, Role
from dijkwacht.apps.trail.models import Entry
from tests.house_people import NOW, TODAY

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONE = ZoneInfo("Europe/Amsterdam")
MORNING = datetime(2026, 11, 26, 7, 0, tzinfo=ZONE)  # a Thursday
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=ZONE)
Warn = Callable[..., Warned]


@pytest.fixture
def warn(served: Organisation, register: Any, receive: Any, analyst: Person) -> Warn:
    """A warning of our municipality: urgent unless told otherwise."""
    register(("Zaakzicht", "Zaaksysteem", "3.1"))

    def one(
        number: str = "VB-2026-0001", *, at: datetime = NOW, texts: dict[str, str] | None = None, **told: Any
    ) -> Warned:
        advisory = receive(number, at=at, **{"kans": "high", **told})
        if texts:
            triage.write(advisory, texts=texts, person=analyst, at=at)
        triage.decide(Advisory.objects.get(pk=advisory.pk), decision="warn", person=analyst, at=at)
        return Warned.objects.get(advisory=advisory)

    return one


def sent(*, at: datetime = NOW) -> list[mail.EmailMessage]:
    mailing.send_waiting(at=at)
    return mail.outbox


def to(address: str) -> list[mail.EmailMessage]:
    return [each for each in mail.outbox if each.to == [address]]


MAILBOX = "ict@dijkstad.example"


class TestMails:
    def test_a_mail_tells_all_that_somebody_without_account_needs(self, warn: Warn) -> None:
        warning = warn(tlp="GREEN")
        assert len(sent()) == 2
        (one,) = to(MAILBOX)
        assert one.subject == (
            "Dijkwacht: [TLP:GREEN] Dringend: Kwetsbaarheid in Zaaksysteem (waarschuwing 1, Dijkstad)"
        )
        lines = one.body.strip().splitlines()
        assert lines[0] == "TLP:GREEN"
        assert lines[-1].startswith("TLP:GREEN ")
        for said in (
            "CSIRT Voorbeeld",
            "Zaakzicht Zaaksysteem 3.1",
            "Installeer 3.2.",
            "2 december 2026",
            "BIO2 8.08.01",
            "ACIB",
        ):
            assert said in one.body
        assert "/waarschuwing-gezien/" in one.body
        assert f"/waarschuwingen/{warning.pk}/" not in one.body

    def test_who_has_an_account_gets_the_page_in_his_own_language(self, warn: Warn, people: Any) -> None:
        warning = warn()
        sent()
        (one,) = to(people("ciso").email)
        assert "Urgent: Kwetsbaarheid in Zaaksysteem (warning 1, Dijkstad)" in one.subject
        assert f"/o/dijkstad/waarschuwingen/{warning.pk}/" in one.body
        assert "/waarschuwing-gezien/" not in one.body
        assert "Version 3.1 is affected" in one.body

    def test_what_the_desk_wrote_comes_before_what_the_publisher_says(self, warn: Warn) -> None:
        warn(texts={"technical": "Zet de server uit.\n\n\n\nBel ons.\u202e\x07", "management": "Voor de directie."})
        for each in sent():
            assert "Zet de server uit.\n\nBel ons.\n" in each.body
            assert "Installeer 3.2." not in each.body
            assert "Voor de directie" not in each.body

    @pytest.mark.parametrize(
        ("tlp", "trusted", "general"),
        [("CLEAR", "text", "text"), ("GREEN", "text", "text"), ("AMBER", "pointer", None)],
    )
    def test_each_label_and_role(self, warn: Warn, people: Any, tlp: str, trusted: str, general: str | None) -> None:
        warn(tlp=tlp)
        sent()
        for address, wanted in ((people("ciso").email, trusted), (MAILBOX, general)):
            found = to(address)
            assert len(found) == (wanted is not None)
            for each in found:
                told = "Zaaksysteem" in each.subject + each.body
                assert told is (wanted == "text")
                assert (f"TLP:{tlp}" in each.body) is told

    def test_a_pointer_says_only_that_something_waits_and_where(self, warn: Warn, people: Any) -> None:
        warn(tlp="AMBER", title="Geheim lek in Poort")
        (one,) = sent()
        assert one.to == [people("ciso").email]
        assert one.subject == "Dijkwacht: a warning waits for Dijkstad"
        assert "http" in one.body
        for secret in ("Geheim", "Poort", "Zaakzicht", "AMBER", "CVE"):
            assert secret not in one.subject + one.body

    def test_own_desk_gets_a_pointer_for_what_stays_inside(
        self, organisation: Organisation, register: Any, receive: Any, does: Any, people: Any
    ) -> None:
        serving.add_contact(organisation, role="general", name="", who=people("ciso"), **does())
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        receive(by=organisation, tlp="AMBER", kans="high")
        (one,) = sent()
        assert "Zaaksysteem" not in one.subject + one.body

    def test_a_hostile_title_stays_one_line_of_the_subject(self, warn: Warn) -> None:
        warn(title="Lek\r\nBcc: boef@kwaad.example\r\n\r\nTLP:CLEAR\u2028\x00 hier")
        for each in sent():
            assert "\n" not in each.subject
            assert "\r" not in each.subject
            assert each.bcc == []
            assert each.recipients() == each.to
            assert "Lek Bcc: boef@kwaad.example" in each.body
            assert each.message()["Subject"]
            assert [line for line in each.body.splitlines() if line.startswith("Bcc")] == []

    def test_hostile_remedies_and_products_stay_on_their_line(
        self, served: Organisation, register: Any, warn: Warn
    ) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1"), ("Zaakzicht", "Zaaksysteem\nTLP:RED", "3.1"))
        warn(fix="Doe dit.\nTLP:RED\nEn dat. " + "x" * 2000)
        for each in sent():
            assert [line for line in each.body.splitlines() if line.startswith("TLP:RED")] == []
            assert "Doe dit. TLP:RED En dat." in each.body
            assert len(each.body) < 4000

    def test_what_is_settled_or_lapsed_is_left_out(self, warn: Warn) -> None:
        warning = warn()
        warning.state = WarningState.DONE
        warning.save()
        assert sent() == []
        assert set(Mail.objects.values_list("trouble", flat=True)) == {"nothing left to tell"}
        assert mailing.send_waiting(at=NOW) == 0

    def test_a_label_that_became_stricter_before_the_mail_went(self, warn: Warn, people: Any) -> None:
        warn()
        Advisory.objects.update(tlp="AMBER")
        (one,) = sent()
        assert one.to == [people("ciso").email]
        assert "Zaaksysteem" not in one.subject + one.body

    def test_who_left_gets_nothing(self, warn: Warn, people: Any) -> None:
        warn()
        Role.objects.filter(person=people("ciso")).update(valid_to=TODAY)
        Contact.objects.filter(email=MAILBOX).update(until=TODAY)
        assert sent() == []

    def test_somebody_who_is_both_gets_one_mail(self, served: Organisation, warn: Warn, does: Any, people: Any) -> None:
        Contact.objects.filter(email=MAILBOX).update(email=people("ciso").email.upper())
        warn()
        assert [each.to for each in sent()] == [[people("ciso").email]]

    def test_a_mail_that_cannot_be_sent_keeps_its_trouble(self, warn: Warn) -> None:
        warn()
        with mock.patch("dijkwacht.apps.advisories.services.mailing.post", side_effect=SMTPException("no")):
            assert mailing.send_waiting(at=NOW) == 0
        assert set(Mail.objects.values_list("trouble", "sent_at")) == {("no", None)}

    def test_a_revision_is_told_as_such(self, warn: Warn, receive: Any) -> None:
        warn()
        receive(version="2", fix="Installeer 3.2.1.", kans="high", at=NOW + DAY)
        sent(at=NOW + DAY)
        assert [("eerder voor gewaarschuwd" in each.body) for each in to(MAILBOX)] == [
            True,
            True,
        ]  # the first was made only now too


class TestSteps:
    def test_a_reminder_the_deputies_and_the_phone_list(self, served: Organisation, warn: Warn, does: Any) -> None:
        serving.add_contact(served, role="general", name="Piket", email="piket@dijkstad.example", **does())
        warn()
        sent()
        mail.outbox.clear()
        assert telling.steps(at=NOW + HOUR) == telling.Stepped(0, 0)
        assert telling.steps(at=NOW + 2 * HOUR).warnings == 1
        assert len(sent(at=NOW + 2 * HOUR)) == 2
        assert all("eminder" in each.subject or "Herinnering" in each.subject for each in mail.outbox)
        telling.steps(at=NOW + 4 * HOUR)
        sent(at=NOW + 4 * HOUR)
        assert len(to("piket@dijkstad.example")) == 1
        before = Entry.objects.count()
        assert telling.steps(at=NOW + 8 * HOUR) == telling.Stepped(1, 1)
        assert Call.objects.get().due_at == NOW + 8 * HOUR
        assert Entry.objects.filter(act="advisories.to_call").count() == 1
        assert Entry.objects.count() == before + 1
        assert Warned.objects.get().step_at is None
        assert telling.steps(at=NOW + 9 * HOUR) == telling.Stepped(0, 0)
        assert verify_advisories(served).faulty == []
        assert verify_advisories(served).uncovered == []

    def test_after_a_night_without_tick_one_reminder_and_the_call(self, warn: Warn) -> None:
        warn()
        assert telling.steps(at=NOW + 20 * HOUR) == telling.Stepped(1, 1)
        assert Mail.objects.filter(kind="reminder").count() == 2  # one for each contact, not one for each step
        assert Call.objects.count() == 1

    def test_who_took_note_is_not_reminded_and_a_waiting_reminder_is_left_out(self, warn: Warn) -> None:
        warning = warn()
        telling.steps(at=NOW + 2 * HOUR)
        Warned.objects.update(seen_at=NOW + 2 * HOUR)
        sent(at=NOW + 2 * HOUR)
        assert not any("eminder" in each.subject or "Herinnering" in each.subject for each in mail.outbox)
        assert telling.steps(at=NOW + 4 * HOUR).calls == 0
        warning.refresh_from_db()
        assert warning.step_at is None

    def test_normal_waits_working_days_and_nobody_is_called(self, warn: Warn) -> None:
        warn(kans="medium", schade="medium")
        for day in range(1, 30):
            telling.steps(at=NOW + day * DAY)
        assert Mail.objects.filter(kind="reminder").values("key").distinct().count() == 2
        assert not Call.objects.exists()


class TestDigest:
    def test_once_a_working_day_at_seven(self, warn: Warn) -> None:
        warn(kans="medium", schade="medium")
        assert sent() == []
        assert overviews.digests(at=MORNING - timedelta(minutes=1)) == 0
        assert overviews.digests(at=MORNING) == 2
        assert overviews.digests(at=MORNING) == 0
        assert overviews.digests(at=MORNING + HOUR) == 0
        assert len(sent(at=MORNING)) == 2
        assert overviews.digests(at=MORNING + DAY) == 0  # nothing new: no empty mail
        (one,) = to(MAILBOX)
        assert one.subject == "Dijkwacht: [TLP:CLEAR] 1 nieuwe waarschuwing voor Dijkstad"
        assert "Zaakzicht Zaaksysteem 3.1" in one.body

    def test_what_comes_after_seven_waits_for_the_next(self, warn: Warn) -> None:
        warn(kans="medium", schade="medium", at=MORNING + HOUR)
        assert overviews.digests(at=MORNING + 2 * HOUR) == 0
        assert overviews.digests(at=MORNING + DAY) == 2

    @pytest.mark.parametrize(
        ("told", "first"),
        [
            (datetime(2026, 11, 27, 9, 30, tzinfo=ZONE), datetime(2026, 11, 30, 7, 0, tzinfo=ZONE)),  # Friday to Monday
            (datetime(2026, 12, 24, 9, 30, tzinfo=ZONE), datetime(2026, 12, 28, 7, 0, tzinfo=ZONE)),  # over Christmas
            (
                datetime(2027, 3, 26, 9, 30, tzinfo=ZONE),
                datetime(2027, 3, 30, 5, 0, tzinfo=UTC),
            ),  # over Easter, in summer time
            (datetime(2027, 10, 29, 9, 30, tzinfo=ZONE), datetime(2027, 11, 1, 6, 0, tzinfo=UTC)),  # in winter time
        ],
    )
    def test_over_free_days_and_the_changes_of_the_clock(self, warn: Warn, told: datetime, first: datetime) -> None:
        warn(kans="medium", schade="medium", at=told)
        moment = told + HOUR
        while moment < first:
            assert overviews.digests(at=moment) == 0, moment
            moment += timedelta(minutes=30)
        assert overviews.digests(at=first) == 2

    def test_amber_never_stands_in_one_not_even_when_it_became_so(self, warn: Warn, people: Any) -> None:
        warn(kans="medium", schade="medium")
        warn(
            "VB-2026-0002", kans="medium", schade="medium", title="Vertrouwelijk", tlp="AMBER", cves=("CVE-2026-1002",)
        )
        warn("VB-2026-0003", kans="medium", schade="medium", title="Later pas", cves=("CVE-2026-1003",))
        overviews.digests(at=MORNING)
        Advisory.objects.filter(number="VB-2026-0003").update(tlp="AMBER")
        sent(at=MORNING)
        (general,), (trusted,) = to(MAILBOX), to(people("ciso").email)
        for each in (general, trusted):
            assert "Kwetsbaarheid in Zaaksysteem" in each.body
            assert "Vertrouwelijk" not in each.body
            assert "Later pas" not in each.body
            assert "AMBER" not in each.body
        assert "2 warnings wait" in trusted.body
        assert "niet in een mail" not in general.body

    def test_a_digest_of_only_amber_is_a_pointer(self, warn: Warn, people: Any) -> None:
        warn(kans="medium", schade="medium", tlp="AMBER")
        assert overviews.digests(at=MORNING) == 1
        (one,) = sent(at=MORNING)
        assert one.to == [people("ciso").email]
        assert "Zaaksysteem" not in one.subject + one.body

    def test_urgent_is_not_told_twice(self, warn: Warn) -> None:
        warn()
        assert overviews.digests(at=MORNING) == 0

    def test_an_accepted_risk_that_ends_is_told_twice_and_no_more(self, warn: Warn, people: Any, does: Any) -> None:
        warning, until = warn(), (NOW + 25 * DAY).date()  # Sunday 20 December
        said = Said("accepted", because="Vervanging in januari", decided=people("ciso"), until=until)
        handling.mark_all(warning, said, **does())
        sent()
        mail.outbox.clear()
        days = []
        for n in range(1, 30):
            at = MORNING + n * DAY
            handling.end_accepted(at=at)
            if overviews.digests(at=at):
                days.append((at.date().isoformat(), {tuple(each.to) for each in sent(at=at)[-2:]}))
            assert overviews.digests(at=at) == 0
        both = {(MAILBOX,), (people("ciso").email,)}
        assert days == [("2026-12-04", both), ("2026-12-18", both)]  # Fridays: 6 and 19 December fall in a weekend
        assert all(
            "Kwetsbaarheid in Zaaksysteem" in each.body and "20 december 2026" in each.body for each in to(MAILBOX)
        )

    def test_who_comes_later_gets_nothing_from_before(self, served: Organisation, warn: Warn, does: Any) -> None:
        warn(kans="medium", schade="medium")
        Warned.objects.update(todo_at=NOW - 2 * DAY)
        Contact.objects.update(since=TODAY)
        assert overviews.digests(at=MORNING) == 0


class TestWeekly:
    def test_monday_at_seven_what_is_open_new_and_due(self, warn: Warn) -> None:
        warn()
        warn("VB-2026-0002", kans="medium", schade="medium", title="Gewoon", cves=("CVE-2026-1002",))
        sent()
        mail.outbox.clear()
        assert overviews.weekly(at=MONDAY - timedelta(minutes=1)) == 0
        assert overviews.weekly(at=MONDAY) == 2
        assert overviews.weekly(at=MONDAY + DAY) == 0
        assert len(sent(at=MONDAY)) == 2
        (one,) = to(MAILBOX)
        assert (
            one.subject
            == "Dijkwacht: [TLP:CLEAR] deze week voor Dijkstad: 2 waarschuwingen open, 1 bijna of al te laat"
        )
        assert "Gewoon" in one.body
        assert one.body.index("Kwetsbaarheid in Zaaksysteem") < one.body.index("Gewoon")

    def test_nothing_open_and_nothing_new_is_no_mail(self, warn: Warn) -> None:
        warn()
        Warned.objects.update(state="done", todo_at=NOW - 10 * DAY)
        assert overviews.weekly(at=MONDAY) == 0

    def test_what_was_told_after_its_hour_waits(self, warn: Warn) -> None:
        warn(at=MONDAY + HOUR)
        assert overviews.weekly(at=MONDAY + 2 * HOUR) == 0
        assert overviews.weekly(at=MONDAY + 7 * DAY) == 2

    def test_amber_is_only_counted(self, warn: Warn, people: Any) -> None:
        warn(tlp="AMBER")
        warn("VB-2026-0002", title="Gewoon", cves=("CVE-2026-1002",))
        overviews.weekly(at=MONDAY)
        Mail.objects.exclude(kind="weekly").delete()
        sent(at=MONDAY)
        for each in mail.outbox:
            assert "Kwetsbaarheid in Zaaksysteem" not in each.body
        (trusted,) = to(people("ciso").email)
        assert "2 open warnings" in trusted.body
        assert "1 warning waits" in trusted.body
        (general,) = to(MAILBOX)
        assert "1 open waarschuwing" in general.body
