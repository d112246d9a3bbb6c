"""Mails to who is asked to review along: claimed before they are sent, so that two machines never send one twice.

A mail goes over roads that anybody may look at: it says who asks and before when, not which supplier or service it is about.
"""

from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from dijkwacht.apps.people.models import Person, Role
from dijkwacht.apps.people.queries import in_period, roles_with
from dijkwacht.apps.suppliers.models import Invitation, Party, ReviewPhase
from dijkwacht.apps.suppliers.queries.review_people import spoke_for
from dijkwacht.core.access import Right
from dijkwacht.web.mailing import post, send_once
from dijkwacht.web.moments import day_of


def ask(party: Party, *, on: date) -> list[Invitation]:
    """The mails to the people of an organisation who can judge in the review; they go out after."""
    held = Role.objects.filter(in_period(on), organisation=party.organisation, role__in=roles_with(Right.SUPPLY))
    able = Person.objects.filter(pk__in=held.values("person"), is_active=True)
    barred = spoke_for(party.review, on=on)
    return [Invitation.objects.create(party=party, person=each) for each in able if each.pk not in barred]


def send_waiting(*, at: datetime, party: Party | None = None) -> int:
    """Sends every mail that nobody claimed yet, to who takes part still; how many went out. For `tick`, and at once for one
    party. Not in a transaction: a mail cannot be taken back."""
    here = Q(party__ended_on__isnull=True) | Q(party__ended_on__gt=day_of(at))
    rows = Invitation.objects.filter(here, claimed_at__isnull=True).exclude(party__review__phase=ReviewPhase.WITHDRAWN)
    waiting = list((rows.filter(party=party) if party else rows).order_by("pk"))
    return sum(send_once(row, partial(_send, row.pk), at=at) for row in waiting)


def _send(pk: int) -> None:
    row = Invitation.objects.select_related("person", "party__organisation", "party__review__organisation").get(pk=pk)
    review, person = row.party.review, row.person
    path = reverse("suppliers:review", args=(row.party.organisation.slug, review.pk))
    with translation.override(person.language):
        context = {
            "person": person, "organisation": row.party.organisation, "asks": review.organisation,
            "day": review.judge_before, "url": f"{settings.DIJKWACHT_URL}{path}",
        }  # fmt: skip
        post("suppliers/email/review_along", context, to=person.email)
