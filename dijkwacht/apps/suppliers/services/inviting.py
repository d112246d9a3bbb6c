"""Inviting a supplier: its organisation here is found by its KvK number, or made with one person who may add colleagues.

An invitation to a supplier that is here already adds nobody: only its own administrator lets people in.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from dijkwacht.apps.people import services as people
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.apps.people.queries import in_period, roles_with
from dijkwacht.apps.suppliers.models import Business, Review
from dijkwacht.apps.suppliers.services.doing import ACTOR, Refused, doing
from dijkwacht.apps.suppliers.services.review_ground import line
from dijkwacht.core.access import Right, RoleName
from dijkwacht.core.suppliers.identity import chamber_number

FIRST_ROLES = (RoleName.ADMINISTRATOR, RoleName.SUPPLIER_MANAGER)
"""What the first person of a supplier gets: to add colleagues, and to answer and keep its own records. No more than that."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask at a supplier. ``kvk``: its number; ``name``: what the supplier is called; then the first person there."""

    kvk: str
    name: str
    person: str = ""
    email: str = ""


def number_of(text: str) -> str:
    """A KvK number as eight digits. Raises Refused (kvk_digits)."""
    try:
        return chamber_number(text)
    except ValueError:
        raise Refused("kvk_digits", field="kvk") from None


def business_of(kvk: str) -> Business | None:
    """The supplier with this number, if it is here already."""
    return Business.objects.filter(kvk=kvk).select_related("organisation").first()


def invited(contact: Contact, *, by: Organisation, person: Person | None, at: datetime, on: date) -> Organisation:
    """The supplier's organisation here; made, with its first person, when nobody invited it before.

    Raises Refused: kvk_digits, empty, email_form, own_contact (somebody of who invites), gone (another
    invited it in the same moment).
    """
    kvk = number_of(contact.kvk)
    if (found := business_of(kvk)) is not None:
        return found.organisation
    name = line(contact.name, field="supplier", most=200)
    who = line(contact.person, field="contact", most=150)
    email = _address(contact.email)
    if by.roles.filter(person__email=email).exists():  # nobody answers to his own house
        raise Refused("own_contact", field="email")
    try:
        with transaction.atomic():
            return _made(kvk, name, who, email, by=by, person=person, at=at, on=on)
    except IntegrityError:
        raise Refused("gone") from None


def asked(review: Review, *, on: date) -> list[Person]:
    """The people of the supplier who may answer: to them the mail goes when the review is sent."""
    roles = roles_with(Right.ANSWER)
    held = review.portal.roles.filter(in_period(on), role__in=roles)
    return list(Person.objects.filter(pk__in=held.values("person"), is_active=True))


def _made(
    kvk: str, name: str, who: str, email: str, *, by: Organisation, person: Person | None, at: datetime, on: date
) -> Organisation:
    """A new organisation of kind supplier; what happened stands in its own trail too, so that it can see who invited it."""
    signed: dict[str, Any] = {"by": person, "at": at, "actor": "" if person else str(by)[:ACTOR]}
    made = people.create_organisation(slug=_slug(name, kvk), name=name, kind=OrganisationKind.SUPPLIER, **signed)
    for role in FIRST_ROLES:
        people.add_person(made, email=email, name=who, role=role.value, valid_from=on, **signed)
    recognise(made, kvk=kvk, by=by, person=person, at=at, actor=signed["actor"])
    return made


def recognise(
    organisation: Organisation, *, kvk: str, by: Organisation, person: Person | None, at: datetime, actor: str = ""
) -> Business:
    """Says which supplier an organisation of that kind is, by its KvK number; its own trail tells who said so."""
    business = Business.objects.create(organisation=organisation, kvk=kvk, invited_by=by, invited_at=at)
    with doing(organisation, person=person, at=at, actor=actor) as deed:
        deed.write("supplier_invited", about=f"organisation:{organisation.slug}", rows=[business], kvk=kvk, by=by.name)
    return business


def _address(text: str) -> str:
    clean = text.strip().lower()
    try:
        validate_email(clean)
    except ValidationError:
        raise Refused("email_form", field="email") from None
    return clean


def _slug(name: str, kvk: str) -> str:
    """A free slug: the name, with the number behind it when another has that name."""
    base = slugify(name)[:60]
    return base if base and not Organisation.objects.filter(slug=base).exists() else f"{base or 'leverancier'}-{kvk}"
