"""Reads of this room. What is about an organisation asks for that organisation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from dijkwacht.apps.people.models import Organisation, Person, Role, Share
from dijkwacht.core.access import TABLE, Right


@dataclass(frozen=True, slots=True)
class Member:
    """Someone with a role in the organisation: the roles held on the day, and those before and after it."""

    person: Person
    held: tuple[Role, ...]
    other: tuple[Role, ...]

    @property
    def any_role(self) -> Role:
        """One of the roles, whose number stands for this person here: there is always one."""
        return (self.held + self.other)[0]


def in_period(on: date) -> Q:
    """The condition that a row with a period is in force on a day."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def roles_with(right: Right) -> list[str]:
    """The roles that give a right."""
    return [role.value for role, granted in TABLE.items() if right in granted]


def organisations_of(person: Person, *, on: date) -> QuerySet[Organisation]:
    """The organisations in which the person holds a role on a day, by name."""
    held = Role.objects.filter(in_period(on), person=person)
    return Organisation.objects.filter(pk__in=held.values("organisation"))


def organisation_named(text: str) -> Organisation | None:
    """The organisation with this slug or, whatever its case, this name; None when there is none, or more than one."""
    found = Organisation.objects.filter(Q(slug=text) | Q(name__iexact=text))[:2]
    exact = [organisation for organisation in found if organisation.slug == text]
    return (exact or found)[0] if exact or len(found) == 1 else None


def roles_on(person: Person, organisation: Organisation, on: date) -> QuerySet[Role]:
    """The roles that the person holds in the organisation on a day."""
    return Role.objects.filter(in_period(on), person=person, organisation=organisation)


def roles_at(person: Person, slug: str, on: date) -> list[Role]:
    """The same by the organisation's slug, each with its organisation; empty for a stranger. One query."""
    return list(
        Role.objects.filter(in_period(on), person=person, organisation__slug=slug).select_related("organisation")
    )


def members(organisation: Organisation, *, on: date) -> list[Member]:
    """Everyone who holds, held or will hold a role in the organisation; those who hold one now come first."""
    roles: dict[Person, list[Role]] = {}
    rows = Role.objects.filter(organisation=organisation).select_related("person", "granted_by")
    for role in rows.order_by("person__name", "person_id", "role", "-valid_from"):
        roles.setdefault(role.person, []).append(role)
    found = [
        Member(
            person,
            tuple(role for role in mine if role.held(on)),
            tuple(role for role in mine if not role.held(on)),
        )
        for person, mine in roles.items()
    ]
    return sorted(found, key=lambda member: not member.held)


def persons_in(organisation: Organisation, *, on: date) -> QuerySet[Person]:
    """Those who hold a role in the organisation on a day, by name: who can be asked something."""
    held = Role.objects.filter(in_period(on), organisation=organisation)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)


def names_of(persons: Collection[int]) -> dict[int, str]:
    """The names by number."""
    return {person.pk: str(person) for person in Person.objects.filter(pk__in=persons).only("name", "email")}


def shares_to(organisation: Organisation, *, on: date, known_at: date | None = None) -> QuerySet[Share]:
    """What others share with the organisation on a day, each with its owner.

    A share counts from the day on which it was given, also for days before that; from the day on which it was revoked
    it is not there any more, for no day at all. ``known_at`` (default: ``on``) looks back to what was shared then; to
    decide what somebody may see now, leave it out and give today.
    """
    known = on if known_at is None else known_at
    live = Q(granted_at__date__lte=known) & (Q(revoked_at__isnull=True) | Q(revoked_at__date__gt=known))
    return Share.objects.filter(in_period(on), live, recipient=organisation).select_related("owner")


def shares_for(person: Person, *, owner: str, on: date) -> list[Share]:
    """What the organisation with slug ``owner`` shares today with an organisation for which this person may look."""
    seats = Role.objects.filter(in_period(on), person=person, role__in=roles_with(Right.RECEIVE))
    return list(
        Share.objects.filter(
            in_period(on), owner__slug=owner, recipient__in=seats.values("organisation"), revoked_at__isnull=True
        ).select_related("owner", "recipient")
    )


def shares_from(organisation: Organisation) -> QuerySet[Share]:
    """All that the organisation shares, will share or ever shared; what runs comes first."""
    shares = Share.objects.filter(owner=organisation).select_related("owner", "recipient", "granted_by", "revoked_by")
    return shares.order_by(F("revoked_at").desc(nulls_first=True), "recipient__name", "kind", "what")
