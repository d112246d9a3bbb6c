"""Who can judge in a joint review: people of who keeps it and of who reviews along, and nobody of the supplier."""

from datetime import date

from dijkwacht.apps.people.models import Organisation, Person, Role
from dijkwacht.apps.people.queries import in_period, persons_in, roles_with
from dijkwacht.apps.suppliers.models import PartyRole, Reply, Review, ReviewFinding
from dijkwacht.apps.suppliers.queries.entitled import taking_part
from dijkwacht.core.access import Right


def reviewing(review: Review, *, on: date) -> list[Organisation]:
    """The organisations that judge: who keeps the review first, then the others by name."""
    others = taking_part(on).filter(review=review, role=PartyRole.REVIEWER).select_related("organisation")
    return [review.organisation, *(each.organisation for each in others)]


def reviewers(review: Review, *, on: date) -> list[tuple[int, Organisation]]:
    """(person, organisation) of everybody who can judge, in a fixed order; who has a role in both once."""
    found: dict[int, Organisation] = {}
    houses = {each.pk: each for each in reviewing(review, on=on)}
    barred = spoke_for(review, on=on)
    rows = Role.objects.filter(
        in_period(on), organisation__in=houses, role__in=roles_with(Right.SUPPLY), person__is_active=True
    )
    for person, house in rows.order_by("person_id").values_list("person_id", "organisation_id"):
        if person not in barred:
            found.setdefault(person, houses[house])
    return list(found.items())


def spoke_for(review: Review, *, on: date) -> set[int]:
    """Who does not judge: everybody who works for the supplier, and who answered or replied for it in this review before."""
    found = set(persons_in(review.portal, on=on).values_list("pk", flat=True))
    found |= set(Reply.objects.filter(question__review=review).order_by().values_list("person", flat=True))
    replied = ReviewFinding.objects.filter(question__review=review, replied_by__isnull=False)
    return found | set(replied.order_by().values_list("replied_by", flat=True))


def barred(review: Review, *, on: date) -> list[tuple[str, date | None]]:
    """Who does this work where is reviewed and does not judge: name, and since when he has a role at the supplier.

    The supplier gives those roles by itself: who keeps the review must be able to see that it shut somebody out with one.
    """
    houses, held = reviewing(review, on=on), Role.objects.filter(in_period(on))
    works = held.filter(organisation__in=[each.pk for each in houses], role__in=roles_with(Right.SUPPLY))
    persons = Person.objects.filter(pk__in=spoke_for(review, on=on) & set(works.values_list("person", flat=True)))
    rows = held.filter(organisation=review.portal, person__in=persons).order_by("-valid_from")
    since = dict(rows.values_list("person", "valid_from"))  # the earliest comes last, and stays
    return [(str(each), since.get(each.pk)) for each in persons.filter(is_active=True).order_by("name", "pk")]


def named(review: Review, *, on: date) -> list[tuple[int, str]]:
    """The same to choose from: number, and name with the organisation."""
    able = dict(reviewers(review, on=on))
    persons = Person.objects.filter(pk__in=able).order_by("name", "pk")
    return [(each.pk, f"{each} ({able[each.pk]})") for each in persons]
