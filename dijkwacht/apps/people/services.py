"""The verbs of this room. Each writes one entry in the trail of the organisation that it is about.

``by`` is the person who acts; None when it is the system or someone at the command line, and ``actor`` says who.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dijkwacht.apps.people import journal, queries, register
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person, Role, Share
from dijkwacht.core.access import Right


class Refused(Exception):
    """What was asked cannot be done; the message says why, in words for the person who asked."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of the register did: rows added, rows changed, rows that were already right."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def create_organisation(
    *,
    slug: str,
    name: str,
    kind: str,
    at: datetime,
    by: Person | None = None,
    actor: str = "",
    **fields: str | int | None,
) -> Organisation:
    """A new organisation. ``fields``: cbs_code, tooi_code, province, safety_region, inhabitants."""
    organisation = Organisation(slug=slug, name=name, kind=kind, **fields)
    organisation.full_clean()
    organisation.save()
    journal.write(
        organisation,
        person=by,
        actor=actor,
        act="people.organisation_created",
        about=f"organisation:{slug}",
        detail={"kind": kind},
        at=at,
    )
    return organisation


@transaction.atomic
def add_person(
    organisation: Organisation,
    *,
    email: str,
    name: str,
    role: str,
    valid_from: date,
    at: datetime,
    valid_to: date | None = None,
    function: str = "",
    by: Person | None = None,
    actor: str = "",
) -> Role:
    """Gives a person a first role here and, if the address is new, an account without password. Returns the role.

    An account that exists keeps its name. Raises Refused when the person already holds this role here, or is ``by``.
    """
    person, is_new = Person.objects.get_or_create(email=email.strip().lower(), defaults={"name": name.strip()})
    if is_new:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        # Verified: the invitation goes to this address, and only through it can a password be set.
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return _grant(
        organisation, person=person, role=role, function=function, valid_from=valid_from, valid_to=valid_to, by=by,
        actor=actor, at=at, act="people.person_added",
    )  # fmt: skip


@transaction.atomic
def grant_role(
    organisation: Organisation,
    *,
    person: Person,
    role: str,
    valid_from: date,
    at: datetime,
    valid_to: date | None = None,
    function: str = "",
    by: Person | None = None,
    actor: str = "",
) -> Role:
    """Gives a person a role for a period; ``valid_to`` is the first day without it. Raises Refused when already held."""
    return _grant(
        organisation, person=person, role=role, function=function, valid_from=valid_from, valid_to=valid_to, by=by,
        actor=actor, at=at, act="people.role_granted",
    )  # fmt: skip


@transaction.atomic
def end_role(role: Role, *, on: date, at: datetime, by: Person | None = None, actor: str = "") -> Role:
    """Ends a role; ``on`` is the first day without it. Raises Refused if it ended before, or nobody is left to manage."""
    # Locked on the organisation: two administrators who end each other's role at once must not both succeed.
    Organisation.objects.select_for_update().get(pk=role.organisation_id)
    role = Role.objects.select_for_update().select_related("organisation").get(pk=role.pk)
    if role.valid_to is not None and role.valid_to <= on:
        raise Refused(_("This role has already ended by then."))
    if on < role.valid_from:
        raise Refused(_("This role starts after that day. End it on the day it starts, or later."))
    if role.role in queries.roles_with(Right.MANAGE_PEOPLE) and not _others_manage(role, on):
        raise Refused(_("Nobody would be left who can add people. Give someone else the role of administrator first."))
    role.valid_to = on
    role.save(update_fields=["valid_to"])
    detail = {"id": role.pk, "role": role.role, "function": role.function, "valid_to": on}
    journal.write(
        role.organisation,
        person=by,
        actor=actor,
        act="people.role_ended",
        about=f"person:{role.person_id}",
        detail=detail,
        at=at,
    )
    return role


@transaction.atomic
def share(
    owner: Organisation,
    *,
    recipient: Organisation,
    kind: str,
    what: str,
    tlp: str,
    valid_from: date,
    at: datetime,
    valid_to: date | None = None,
    by: Person | None = None,
    actor: str = "",
) -> Share:
    """Lets another organisation see facts or an account for a period.

    Raises Refused for oneself or when it runs already, ValidationError on a kind, label or period that makes no sense.
    """
    if recipient == owner:
        raise Refused(_("You cannot share with your own organisation."))
    running = Share.objects.filter(owner=owner, recipient=recipient, kind=kind, what=what, revoked_at__isnull=True)
    if any(_overlap((valid_from, valid_to), (other.valid_from, other.valid_to)) for other in running):
        raise Refused(_("This is already shared with that organisation in this period. Revoke that first."))
    given = Share(
        owner=owner, recipient=recipient, kind=kind, what=what, tlp=tlp, valid_from=valid_from, valid_to=valid_to,
        granted_by=by, granted_at=at,
    )  # fmt: skip
    given.clean_fields(exclude=("owner", "recipient", "granted_by"))  # rows that the caller has at hand
    if valid_to is not None and valid_to <= valid_from:
        raise ValidationError({"valid_to": _("The end must lie after the first day.")})
    given.save()
    detail = {"id": given.pk, "kind": kind, "what": what, "tlp": tlp, "valid_from": valid_from, "valid_to": valid_to}
    journal.write(
        owner, person=by, actor=actor, act="people.shared", about=f"organisation:{recipient.slug}", detail=detail, at=at
    )
    return given


@transaction.atomic
def revoke_share(given: Share, *, at: datetime, by: Person | None = None, actor: str = "") -> Share:
    """Ends a share at once. Raises Refused when that was done before."""
    given = Share.objects.select_for_update(of=("self",)).select_related("owner", "recipient").get(pk=given.pk)
    if given.revoked_at is not None:
        raise Refused(_("This was already revoked."))
    given.revoked_at, given.revoked_by = at, by
    given.save(update_fields=["revoked_at", "revoked_by"])
    detail = {"id": given.pk, "kind": given.kind, "what": given.what}
    journal.write(
        given.owner,
        person=by,
        actor=actor,
        act="people.share_revoked",
        about=f"organisation:{given.recipient.slug}",
        detail=detail,
        at=at,
    )
    return given


def change_profile(person: Person, *, name: str, language: str) -> Person:
    """What a person says about himself. Belongs to no organisation, so to no trail."""
    person.name, person.language = name, language
    person.full_clean()
    person.save(update_fields=["name", "language"])
    return person


@transaction.atomic
def import_municipalities(rows: Iterable[Mapping[str, str]]) -> Imported:
    """Makes the municipalities of the register known; all rows or none, and the same rows again change nothing.

    What an organisation itself added stays: only what the register holds is brought up to date, never the slug. Not in
    any trail: nobody did anything within those organisations. Raises register.RegisterError with row and column.
    """
    wanted = register.read(rows)
    known = {each.cbs_code: each for each in Organisation.objects.filter(cbs_code__in=[row.cbs_code for row in wanted])}
    taken = set(Organisation.objects.values_list("slug", flat=True))
    new, changed = [], []
    for row in wanted:
        if row.cbs_code not in known:
            slug = row.slug if row.slug not in taken else f"{row.slug}-{row.tooi_code}"
            taken.add(slug)
            new.append(_fill(Organisation(slug=slug, kind=OrganisationKind.MUNICIPALITY, cbs_code=row.cbs_code), row))
        elif not _same(known[row.cbs_code], row):
            changed.append(_fill(known[row.cbs_code], row))
    Organisation.objects.bulk_create(new)
    Organisation.objects.bulk_update(changed, REGISTER_FIELDS, batch_size=100)
    return Imported(len(new), len(changed), len(wanted) - len(new) - len(changed))


REGISTER_FIELDS = ("name", "tooi_code", "province", "safety_region", "inhabitants")


def _fill(organisation: Organisation, row: register.Municipality) -> Organisation:
    for field in REGISTER_FIELDS:
        setattr(organisation, field, getattr(row, field))
    return organisation


def _same(organisation: Organisation, row: register.Municipality) -> bool:
    return all(getattr(organisation, field) == getattr(row, field) for field in REGISTER_FIELDS)


def _grant(
    organisation: Organisation,
    *,
    person: Person,
    role: str,
    function: str,
    valid_from: date,
    valid_to: date | None,
    by: Person | None,
    actor: str,
    at: datetime,
    act: str,
) -> Role:
    if by is not None and by == person:  # who gives access may not gain anything by it
        raise Refused(_("You cannot give yourself a role. Ask someone else who can add people."))
    same = Role.objects.filter(organisation=organisation, person=person, role=role, function=function)
    if any(_overlap((valid_from, valid_to), (other.valid_from, other.valid_to)) for other in same):
        raise Refused(_("%(name)s already holds this role in that period.") % {"name": person})
    granted = Role(
        organisation=organisation, person=person, role=role, function=function, valid_from=valid_from, valid_to=valid_to,
        granted_by=by,
    )  # fmt: skip
    granted.full_clean()
    granted.save()
    detail = {"id": granted.pk, "role": role, "function": function, "valid_from": valid_from, "valid_to": valid_to}
    journal.write(organisation, person=by, actor=actor, act=act, about=f"person:{person.pk}", detail=detail, at=at)
    return granted


def _overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether two periods share a day; an end is the first day after it, None means open."""
    last = date.max
    return one[0] < (other[1] or last) and other[0] < (one[1] or last)


def _others_manage(role: Role, on: date) -> bool:
    """Whether, without this role, somebody can still manage people from that day on, with no end in sight."""
    others = Role.objects.filter(
        organisation=role.organisation_id,
        role__in=queries.roles_with(Right.MANAGE_PEOPLE),
        valid_from__lte=on,
        valid_to__isnull=True,
        person__is_active=True,
    )
    return others.exclude(pk=role.pk).exists()
