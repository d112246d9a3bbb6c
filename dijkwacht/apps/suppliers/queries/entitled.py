"""Who sees what of a joint review: rows to what `core/suppliers/entitled.py` decides. Every page and file asks here."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db.models import Q, QuerySet

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Role
from dijkwacht.apps.people.queries import in_period
from dijkwacht.apps.suppliers.models import Party, PartyRole, Review, ReviewPhase, Supplier
from dijkwacht.core.access import Right, Tlp
from dijkwacht.core.suppliers import entitled
from dijkwacht.core.suppliers.entitled import NOTHING, Sight, Stand, sees_file
from dijkwacht.core.suppliers.review import Phase

__all__ = ["NOTHING", "Sight", "Stand", "opened_up", "seen", "sees_file", "sight", "stand_of", "taking_part", "visible"]


SENT = Q(sent_at__isnull=False)
"""A review that the supplier got; one that was withdrawn before that was never there for it."""


def stand_of(review: Review, organisation: Organisation, *, on: date) -> Stand:
    """What an organisation is in a review on a day."""
    if review.organisation_id == organisation.pk:
        return Stand.HOLDER
    if review.portal_id == organisation.pk:
        return Stand.SUPPLIER
    found = taking_part(on).filter(review=review, organisation=organisation).values_list("role", flat=True)
    roles = set(found)
    if PartyRole.REVIEWER in roles:
        return Stand.REVIEWER
    return Stand.JOINED if roles else Stand.OUTSIDER


def sight(review: Review, seat: Seat, *, on: date, houses: Collection[int] | None = None) -> Sight:
    """What this person sees of a review, from his own organisation; nothing when the review is not there for it.

    Who works for the supplier too does not read what is not settled among who reviews. ``houses``: what `houses_of` gives,
    for who asks it of many reviews.
    """
    stand = stand_of(review, seat.organisation, on=on)
    works = seat.may(Right.ANSWER if stand is Stand.SUPPLIER else Right.SUPPLY)
    if not seat.may(Right.SEE) or (stand is Stand.SUPPLIER and review.sent_at is None):
        return NOTHING
    found = entitled.sight(stand, works=works, tlp=Tlp(review.tlp), phase=Phase(review.phase))
    if found.notes and review.portal_id in (houses_of(seat, on=on) if houses is None else houses):
        return replace(found, notes=False, judges=False)
    return found


def houses_of(seat: Seat, *, on: date) -> frozenset[int]:
    """The organisations for which this person works on a day, by number."""
    return frozenset(Role.objects.filter(in_period(on), person=seat.person).values_list("organisation", flat=True))


def seen(pk: int, seat: Seat, *, on: date) -> tuple[Review, Sight] | None:
    """A review by number with what this person sees of it; None when it is not there for him (the page then says 404)."""
    found = Review.objects.filter(pk=pk).select_related("organisation", "portal", "subject").first()
    if found is None:
        return None
    what = sight(found, seat, on=on)
    return (found, what) if what else None


def visible(organisation: Organisation, *, on: date) -> QuerySet[Review]:
    """The reviews that are there for an organisation: its own, those in which it takes part, those of what it supplies."""
    mine = taking_part(on).filter(organisation=organisation)
    reviews = Q(pk__in=mine.filter(role=PartyRole.REVIEWER).values("review"))
    sent = ~Q(phase=ReviewPhase.DRAFT)  # whoever joined, did so after it was sent
    joined = sent & Q(pk__in=mine.filter(role=PartyRole.JOINED).values("review"))
    supplied = Q(portal=organisation) & SENT
    return Review.objects.filter(Q(organisation=organisation) | reviews | joined | supplied)


def opened_up(organisation: Organisation, *, on: date) -> QuerySet[Review]:
    """The reviews that an organisation may join and did not: of a supplier with which it has dealings, by its KvK number, sent,
    not withdrawn, not run out, not TLP:RED, and not one that it was sent away from.

    Of these it may know that they are there: title, service, supplier, who keeps it, how far it is. Nothing more. A supplier
    is never told of the reviews of others.
    """
    if organisation.kind == OrganisationKind.SUPPLIER:
        return Review.objects.none()
    running = ~Q(phase__in=(ReviewPhase.DRAFT, ReviewPhase.WITHDRAWN)) & ~Q(tlp=Tlp.RED.value)
    holds = Q(until__isnull=True) | Q(until__gt=on)
    direct = Supplier.objects.filter(organisation=organisation, ended_on__isnull=True, merged_into__isnull=True)
    known = direct.filter(subject__isnull=False).exclude(kvk="").values("kvk")
    found = Review.objects.filter(running, holds, portal__business__kvk__in=known)
    sent_away = Party.objects.filter(organisation=organisation, ended_on__isnull=False)
    found = found.exclude(pk__in=sent_away.values("review"))
    return found.exclude(pk__in=visible(organisation, on=on).values("pk"))


def taking_part(on: date) -> QuerySet[Party]:
    """Who takes part on a day."""
    return Party.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), since__lte=on)
