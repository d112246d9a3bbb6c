"""Several machines at once, and killed half-way: each step is taken once, each mail written once and sent once."""

from datetime import datetime, timedelta
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from dijkwacht.apps.advisories.models import Call, Mail, Warned
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.services import acknowledging, mailing, overviews, telling, ticking, triage
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from tests.house_people import NOW, TODAY
from tests.ledger.test_together import together

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 30, 7, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
MANY = 3


@pytest.fixture
def warned(served: Organisation, register: Any, receive: Any, analyst: Person) -> Organisation:
    """Three urgent warnings and three that wait for the message of the day."""
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    for n in range(2 * MANY):
        grade = "high" if n < MANY else "medium"
        advisory = receive(f"VB-2026-{n:04d}", cves=(f"CVE-2026-{n:04d}",), kans=grade, schade=grade)
        triage.decide(advisory, decision="warn", person=analyst, at=NOW)
    return served


def test_steps_digests_overviews_and_mails_once(warned: Organisation) -> None:
    done = together(*(lambda: telling.steps(at=NOW + 9 * HOUR) for _ in range(4)))
    assert sum(each.calls for each in done) == Call.objects.count() == MANY
    assert Entry.objects.filter(act="advisories.to_call").count() == 1
    assert Mail.objects.filter(kind="reminder").count() == 2 * MANY
    together(
        *(lambda: overviews.digests(at=MONDAY) for _ in range(4)),
        *(lambda: overviews.weekly(at=MONDAY) for _ in range(4)),
    )
    assert [Mail.objects.filter(kind=kind).count() for kind in ("digest", "weekly")] == [2, 2]
    sent = together(*(lambda: mailing.send_waiting(at=MONDAY) for _ in range(3)))
    assert sum(sent) == len(mail.outbox) == Mail.objects.count() == 2 * MANY + 2 * MANY + 4
    assert verify_advisories(warned).faulty == []


def test_taking_note_twice_at_once_is_one_entry(warned: Organisation) -> None:
    warning = Warned.objects.select_related("advisory", "organisation").first()
    assert warning is not None
    link = acknowledging.read(acknowledging.token_for(warning, warned_contact(warned)), on=TODAY)
    assert link is not None
    done = together(*(lambda: acknowledging.acknowledge(link, at=NOW + HOUR) for _ in range(4)))
    assert sorted(done) == [False, False, False, True]
    assert Entry.objects.filter(act="advisories.acknowledged").count() == 1


def warned_contact(organisation: Organisation) -> Any:
    from dijkwacht.apps.advisories.models import Contact

    return Contact.objects.select_related("person").get(organisation=organisation, role="general")


@pytest.mark.parametrize("target", ["telling.plan", "telling._mail", "telling._call"])
def test_killed_between_steps_nothing_is_half(warned: Organisation, target: str) -> None:
    with (
        mock.patch(f"dijkwacht.apps.advisories.services.{target}", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        telling.steps(at=NOW + 9 * HOUR)
    assert not Call.objects.exists()
    assert not Mail.objects.filter(kind="reminder").exists()
    telling.steps(at=NOW + 9 * HOUR)
    assert Call.objects.count() == MANY


def test_killed_while_sending_the_mail_is_not_sent_twice(warned: Organisation) -> None:
    with (
        mock.patch("dijkwacht.apps.advisories.services.mailing.post", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        mailing.send_waiting(at=NOW)
    total = Mail.objects.count()
    assert mailing.send_waiting(at=NOW) == total - 1  # claimed, and not known whether it went: not again
    assert Mail.objects.filter(sent_at__isnull=True).count() == 1


def test_the_round_of_tick_twice(warned: Organisation) -> None:
    first, second = ticking.tick(at=MONDAY), ticking.tick(at=MONDAY)
    assert (first.stepped, first.calls, first.digests, first.weekly) == (MANY, MANY, 2, 2)
    assert (second.stepped, second.calls, second.digests, second.weekly) == (0, 0, 0, 0)
