"""Who is served by which desk, and who is warned there."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Max, Q, QuerySet

from dijkwacht.apps.advisories.models import Contact, ContactRole, Line, Service, Subscription
from dijkwacht.apps.advisories.queries.serving import in_force
from dijkwacht.apps.advisories.services import looking, matching, registering
from dijkwacht.apps.advisories.services.assets import derive
from dijkwacht.apps.advisories.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.web.moments import day_of

HEADINGS = frozenset(("gemeente", "naam", "name", "slug", "organisatie", "organisation", "cbs", "cbs-code", "cbs_code"))


def join(organisation: Organisation, *, desk: Organisation, basis: str, person: Person, at: datetime) -> Service:
    """A desk warns an organisation from today on; either side may say so. Raises Refused (kind, twice, empty)."""
    day = day_of(at)
    if desk.kind != OrganisationKind.CSIRT or organisation.kind == OrganisationKind.CSIRT or desk.pk == organisation.pk:
        raise Refused("kind", field="desk")
    if not basis.strip():
        raise Refused("empty", field="basis")
    with doing(organisation, person=person, at=at) as deed:
        open_ = in_force(day) | Q(until__isnull=True)  # also one that begins later
        if Service.objects.filter(open_, organisation=organisation, desk=desk).exists():
            raise Refused("twice", field="desk")
        row = Service.objects.create(
            organisation=organisation, desk=desk, basis=basis.strip()[:300], since=day, by=person
        )
        looking.put_down(organisation, _served_anew(organisation, at=at))
        deed.write("joined", about="services", rows=[row], desk=str(desk), basis=row.basis)
    looking.look_again(organisation, at=at)
    return row


def join_many(
    organisations: Iterable[Organisation], *, desk: Organisation, basis: str, person: Person, at: datetime
) -> list[Service]:
    """A desk warns each of these from today on; who is warned by it already is passed over. Raises Refused (kind, empty).

    Each is a deed of its own: after a round that was cut short, the next one does what is left.
    """
    served = set(Service.objects.filter(in_force(day_of(at)), desk=desk).values_list("organisation", flat=True))
    wanted = [each for each in organisations if each.pk not in served]
    return [join(each, desk=desk, basis=basis, person=person, at=at) for each in wanted]


def named_in(lines: Iterable[tuple[int, str]], *, desk: Organisation) -> list[Organisation]:
    """The organisations that these lines name: by short name, CBS code or name, in whichever cell it stands; a first line of
    headings is passed over. Raises Refused (not_known) with every line that names none, or more than one."""
    known: dict[str, list[Organisation]] = {}
    for each in Organisation.objects.exclude(kind=OrganisationKind.CSIRT).exclude(pk=desk.pk):
        for key in {each.slug, each.name.casefold(), (each.cbs_code or "").casefold()} - {""}:
            known.setdefault(key, []).append(each)
    found: dict[int, Organisation] = {}
    wrong: list[str] = []
    for number, line in lines:
        cells = [line, *(cell.strip(' "\t') for cell in re.split("[;,\t]", line))]
        held = next((known[key] for cell in cells for key in _keys(cell) if key in known), [])
        if len(held) == 1:
            found.setdefault(held[0].pk, held[0])
        elif number > 1 or not HEADINGS.intersection(cell.casefold() for cell in cells):
            wrong.append(f"{number} “{line[:60]}”")
    if wrong:
        more = [f"+{len(wrong) - 10}"] if len(wrong) > 10 else []
        raise Refused("not_known", field="names", lines=", ".join([*wrong[:10], *more]))
    return list(found.values())


def _keys(cell: str) -> tuple[str, ...]:
    """As what a cell can be looked up: itself, or the CBS code whose number it is."""
    code = (f"gm{int(cell):04d}",) if cell.isascii() and cell.isdigit() and len(cell) <= 4 else ()
    return (cell.casefold(), *code)


def leave(row: Service, *, person: Person, at: datetime) -> None:
    """A desk no longer warns an organisation, from today on. What it warned of stays. Raises Refused (ended)."""
    with doing(row.organisation, person=person, at=at) as deed:
        held = Service.objects.select_for_update(of=("self",)).select_related("organisation", "desk").get(pk=row.pk)
        if held.until is not None:
            raise Refused("ended")
        held.until = day_of(at)
        held.save(update_fields=["until"])
        _served_anew(held.organisation, at=at)
        deed.write("left", about="services", rows=[held], desk=str(held.desk))


def _served_anew(organisation: Organisation, *, at: datetime) -> list[int]:
    """Brings places and matches to the desks that serve now; the advisories for which that turned. Of who has no register and
    follows nothing there is nothing to match."""
    if not any(each.objects.filter(organisation=organisation).exists() for each in (Line, Subscription)):
        return []
    derive(organisation, at=at)
    return registering.turned_for(organisation, matching.match_organisation(organisation, at=at))


def add_contact(
    organisation: Organisation, *, role: str, name: str, email: str = "", phone: str = "", who: Person | None = None,
    person: Person, at: datetime,
) -> Contact:  # fmt: skip
    """Somebody is warned from today on, after those who are there already.

    ``who``: with an account here, whose address counts. Raises Refused (role, empty, email, reach, stranger).
    """
    day = day_of(at)
    if role not in ContactRole.values:
        raise Refused("role", field="role")
    if who is not None and not persons_in(organisation, on=day).filter(pk=who.pk).exists():
        raise Refused("stranger", field="who")
    told = {"name": name.strip() or str(who or ""), "email": email.strip(), "phone": phone.strip()}
    _checked(told, who)
    with doing(organisation, person=person, at=at) as deed:
        last = _open(organisation, role).aggregate(last=Max("rank"))["last"] or 0
        row = Contact.objects.create(organisation=organisation, role=role, person=who, rank=last + 1, since=day, **told)
        deed.write("contact_added", about="contacts", rows=[row], name=row.name, role=role)
    return row


def end_contact(row: Contact, *, person: Person, at: datetime) -> None:
    """Somebody is no longer warned; who came after moves up. Raises Refused (ended)."""
    with doing(row.organisation, person=person, at=at) as deed:
        rows = _open(row.organisation, row.role)
        if not rows.filter(pk=row.pk).update(until=day_of(at)):
            raise Refused("ended")
        moved = []
        for rank, each in enumerate(rows.order_by("rank"), 1):
            if each.rank != rank:
                each.rank = rank
                each.save(update_fields=["rank"])
                moved.append(each)
        row.refresh_from_db()
        deed.write("contact_ended", about="contacts", rows=[row, *moved], name=row.name, role=row.role)


def move_up(row: Contact, *, person: Person, at: datetime) -> None:
    """A contact changes places with the one before. Raises Refused (ended, first)."""
    with doing(row.organisation, person=person, at=at) as deed:
        rows = {each.rank: each for each in _open(row.organisation, row.role).select_for_update()}
        held = next((each for each in rows.values() if each.pk == row.pk), None)
        if held is None:
            raise Refused("ended")
        before = rows.get(held.rank - 1)
        if before is None:
            raise Refused("first")
        rank, free = held.rank, max(rows) + 1  # two of one rank may not be there, not for a moment
        for each, to in ((held, free), (before, rank), (held, rank - 1)):
            each.rank = to
            each.save(update_fields=["rank"])
        deed.write(
            "contact_moved", about="contacts", rows=[held, before], name=held.name, role=held.role, rank=held.rank
        )


def _open(organisation: Organisation, role: str) -> QuerySet[Contact]:
    return Contact.objects.filter(organisation=organisation, role=role, until__isnull=True)


def _checked(told: Mapping[str, Any], who: Person | None) -> None:
    if not told["name"]:
        raise Refused("empty", field="name")
    if told["email"]:
        try:
            validate_email(told["email"])
        except ValidationError:
            raise Refused("email", field="email") from None
    if who is None and not told["email"] and not told["phone"]:
        raise Refused("reach", field="email")
