"""Whose names are, where several organisations of this installation watch them; and which addresses serve others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Consent, ConsentKind, Domain, DomainState, Served, SettledName
from dijkwacht.apps.perimeter.services.serving import COUNTS
from dijkwacht.core.consent_claims import NOWHERE, Claim, Elsewhere, and_above, elsewhere
from dijkwacht.core.consent_scope import Address, Scope, address_of, scope_of


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that several watch: `ours` where we were first (or it was settled so), `first` False where another may hold it."""

    name: str
    ours: bool


def known_of(organisation: Organisation, *, at: datetime) -> tuple[Elsewhere, dict[Address, int]]:
    """For the own consents of an organisation: names that another may hold, and addresses with how many others they serve."""
    scope = own_scope(organisation)
    if not scope.names:
        return NOWHERE, {}
    held = elsewhere(organisation.slug, _claims(_related(organisation, scope), at=at), _settled(organisation, scope))
    return held, serving(organisation, scope, held, at=at)


def doubts(organisation: Organisation, *, at: datetime) -> list[Doubt]:
    """The names of this organisation that others watch too by an own consent, by name."""
    mine = list(_watched().filter(organisation=organisation).values_list("name", flat=True))
    scope = own_scope(organisation)
    if not scope.names or not mine:
        return []
    claims = _claims(_related(organisation, scope), at=at)
    settled = _settled(organisation, scope)
    held = elsewhere(organisation.slug, claims, settled)
    theirs = {each.name for each in claims if each.organisation != organisation.slug}
    found = []
    for name in sorted(set(mine)):
        if held.names_it(name):
            found.append(Doubt(name, False))
        elif theirs & set(and_above(name)):
            found.append(Doubt(name, True))
    return found


def own_scope(organisation: Organisation) -> Scope:
    """All that the own consents of an organisation cover, revoked and ended ones too."""
    rows = Consent.objects.filter(organisation=organisation, kind=ConsentKind.OWN).values_list("scope", flat=True)
    return scope_of(sorted({entry for scope in rows for entry in scope}))


def serving(organisation: Organisation, scope: Scope, held: Elsewhere, *, at: datetime) -> dict[Address, int]:
    """The addresses of an organisation that serve names of others, each with how many others.

    A name that is its own, whoever measures it, makes no other of it; neither does a name that was given up.
    """
    recent = Served.objects.filter(seen_at__gt=at - COUNTS)
    mine = recent.filter(organisation=organisation).values("address")
    rows = recent.filter(address__in=mine).exclude(organisation=organisation)
    found = list(rows.values_list("address", "organisation", "name"))
    gone = _gone({name for _address, _whose, name in found})
    others: dict[Address, set[int]] = {}
    for text, whose, name in found:
        is_own = bool(scope.names_it(name)) and not held.names_it(name)
        address = address_of(text)
        if address is not None and not is_own and (whose, name) not in gone:
            others.setdefault(address, set()).add(whose)
    return {address: len(whose) for address, whose in others.items()}


def _watched() -> QuerySet[Domain]:
    return Domain.objects.filter(state=DomainState.WATCHED, about__isnull=True)


def _related(organisation: Organisation, scope: Scope) -> Q:
    """Names that lie in a scope, or above what lies in it."""
    wild = [each.removeprefix("*.") for each in scope.names if each.startswith("*.")]
    exact = {above for each in scope.names for above in and_above(each.removeprefix("*."))}
    own = _watched().filter(organisation=organisation).values_list("name", flat=True)
    exact |= {above for name in own if scope.names_it(name) for above in and_above(name)}
    return reduce(or_, (Q(name__endswith=f".{each}") for each in wild), Q(name__in=sorted(exact)))


def _claims(related: Q, *, at: datetime) -> list[Claim]:
    """Names that organisations watch and for which an own consent of theirs is in force; since both first stood."""
    domains = list(_watched().filter(related).values_list("organisation", "organisation__slug", "name", "added_at"))
    consents: dict[int, list[tuple[Scope, datetime, bool]]] = {}
    rows = Consent.objects.filter(organisation__in={each[0] for each in domains}, kind=ConsentKind.OWN, level__gt=1)
    for row in rows.order_by("pk"):
        live = row.revoked_at is None and row.since <= at.date() and (row.until is None or row.until > at.date())
        consents.setdefault(row.organisation_id, []).append((scope_of(row.scope), row.given_at, live))
    found = []
    for whose, slug, name, added_at in domains:
        covering = [(given, live) for scope, given, live in consents.get(whose, ()) if scope.names_it(name)]
        if any(live for _given, live in covering):
            # A consent that was revoked and given anew does not lose its place: who was first, and still is.
            found.append(Claim(name, slug, max(added_at, min(given for given, _live in covering))))
    return found


def _settled(organisation: Organisation, scope: Scope) -> dict[str, str]:
    rows = SettledName.objects.filter(_related(organisation, scope)).select_related("organisation")
    return {row.name: row.organisation.slug for row in rows}


def _gone(names: Iterable[str]) -> set[tuple[int, str]]:
    states: Sequence[str] = (DomainState.NOT_OURS, DomainState.ENDED)
    return set(Domain.objects.filter(name__in=list(names), state__in=states).values_list("organisation", "name"))
