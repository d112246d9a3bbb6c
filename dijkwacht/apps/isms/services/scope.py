"""Scope, context and interested parties: drafted by who keeps the system, decided by who has the mandate."""

from collections.abc import Iterable
from datetime import date, datetime

from dijkwacht.apps.isms.models import Circumstance, ScopeDecision
from dijkwacht.apps.isms.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.norms.read import isms_on
from dijkwacht.web.terms import text_of


def draft_scope(
    organisation: Organisation, *, inside: str, outside: str, reasons: str, person: Person, on: date, at: datetime
) -> ScopeDecision:
    """Writes the draft; a draft that was there already is replaced."""
    with doing(organisation, person=person, on=on, at=at) as deed:
        found, _ = ScopeDecision.objects.update_or_create(
            organisation=organisation, decided_on=None, superseded_on=None,
            defaults={
                "inside": inside, "outside": outside, "reasons": reasons, "drafted_by": person, "drafted_on": on,
            },
        )  # fmt: skip
        deed.write("scope_drafted", about="scope", rows=[found], inside=inside, outside=outside, reasons=reasons)
    return found


def decide_scope(draft: ScopeDecision, *, person: Person, on: date, at: datetime) -> ScopeDecision:
    """The college decides: from now on this is the scope. Raises Refused (closed)."""
    organisation = draft.organisation
    with doing(organisation, person=person, on=on, at=at) as deed:
        standing = ScopeDecision.objects.filter(
            organisation=organisation, decided_on__isnull=False, superseded_on__isnull=True
        )
        before = list(standing)
        standing.update(superseded_on=on)
        open_rows = ScopeDecision.objects.filter(pk=draft.pk, decided_on__isnull=True, superseded_on__isnull=True)
        if not open_rows.update(decided_on=on, decided_by=person):
            raise Refused("closed")
        draft.refresh_from_db()
        deed.settle([deed.fact("scope_decided", True)])
        deed.write(
            "scope_decided",
            about="scope",
            rows=[draft, *before],
            id=draft.pk,
            inside=draft.inside,
            outside=draft.outside,
            reasons=draft.reasons,
        )
    return draft


def publish_scope(decision: ScopeDecision, *, place: str, person: Person, on: date, at: datetime) -> ScopeDecision:
    """Notes where everybody can read the scope. Raises Refused (closed) for a draft or one that no longer stands."""
    with doing(decision.organisation, person=person, on=on, at=at) as deed:
        rows = ScopeDecision.objects.filter(pk=decision.pk, decided_on__isnull=False, superseded_on__isnull=True)
        if not rows.update(published_on=on, published_at=place):
            raise Refused("closed")
        decision.refresh_from_db()
        deed.settle([deed.fact("scope_published", True)])
        deed.write("scope_published", about="scope", rows=[decision], place=place)
    return decision


def add_circumstance(
    organisation: Organisation, *, kind: str, title: str, text: str, person: Person, on: date, at: datetime
) -> Circumstance:
    """Notes something about our surroundings."""
    with doing(organisation, person=person, on=on, at=at) as deed:
        found = Circumstance.objects.create(organisation=organisation, kind=kind, title=title, text=text, added_on=on)
        deed.write("circumstance_added", about="context", rows=[found], id=found.pk, kind=kind, title=title, text=text)
    return found


def take_over(
    organisation: Organisation, *, known: Iterable[str], person: Person, on: date, at: datetime
) -> list[Circumstance]:
    """Takes over circumstances and parties from the packs, those that are not there yet."""
    templates = isms_on(on).circumstances
    with doing(organisation, person=person, on=on, at=at) as deed:
        there = set(
            Circumstance.objects.filter(organisation=organisation, closed_on__isnull=True).values_list(
                "known_as", flat=True
            )
        )
        wanted = [templates[each] for each in dict.fromkeys(known) if each in templates and each not in there]
        found = [
            Circumstance(
                organisation=organisation, kind=each.kind, known_as=each.id, title=text_of(each.title),
                text=text_of(each.text), added_on=on,
            )
            for each in wanted
        ]  # fmt: skip
        if found:
            Circumstance.objects.bulk_create(found)
            titles = ", ".join(each.title for each in found)
            known_as = [each.id for each in wanted]
            deed.write("circumstance_added", about="context", rows=found, title=titles, known_as=known_as)
    return found


def close_circumstance(found: Circumstance, *, person: Person, on: date, at: datetime) -> None:
    """From this day on it is no longer so. Raises Refused (closed)."""
    with doing(found.organisation, person=person, on=on, at=at) as deed:
        if not Circumstance.objects.filter(pk=found.pk, closed_on__isnull=True).update(closed_on=on):
            raise Refused("closed")
        deed.write("circumstance_closed", about="context", rows=[found], id=found.pk, title=found.title)


def confirm_context(organisation: Organisation, *, person: Person, on: date, at: datetime) -> int:
    """States that context and parties are described as they are now; returns how many verdicts turned.

    Raises Refused (empty) when a circumstance, or a party, is missing altogether.
    """
    rows = Circumstance.objects.filter(organisation=organisation, closed_on__isnull=True)
    kinds = list(rows.values_list("kind", flat=True))
    if not {"internal", "external", "party"} <= set(kinds):
        raise Refused("empty")
    with doing(organisation, person=person, on=on, at=at) as deed:
        deed.settle([deed.fact("context_confirmed", True), deed.fact("parties_confirmed", True)])
        deed.write("context_confirmed", about="context", circumstances=len(kinds))
    return len(deed.changes)
