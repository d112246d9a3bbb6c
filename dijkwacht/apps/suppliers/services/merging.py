"""Two suppliers that are one: everything that hangs on the other moves to the kept one. Or they are two, and stay so.

The facts about the other stay on its subject in the ledger, which is archived; who imports a file that names the other comes out
at the kept one.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from dijkwacht.apps.ledger.models import Inheritance, Subject
from dijkwacht.apps.ledger.services.subjects import adopt, leave
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.suppliers.models import (
    Adoption,
    Agreed,
    Contract,
    Distinct,
    Finding,
    Offer,
    Proof,
    Service,
    SubSupplier,
    Supplier,
)
from dijkwacht.apps.suppliers.services import telling
from dijkwacht.apps.suppliers.services.adopting import fact_types
from dijkwacht.apps.suppliers.services.doing import Deed, Refused, doing
from dijkwacht.apps.suppliers.services.keeping import archive, now, own, rename
from dijkwacht.web.moments import day_of

MOVES: tuple[type[Model], ...] = (Service, Contract, Proof, Finding, Offer, Agreed)
"""What points to a supplier and moves as it is."""
_FILLED = ("kvk", "own_id", "domain", "country", "portal")


def merge(kept: Supplier, other: Supplier, *, person: Person | None, at: datetime, differs: bool = False) -> Supplier:
    """Makes one of two suppliers, all of it or nothing. ``differs``: also when their KvK numbers do.

    What the kept one does not say is filled in from the other. Raises Refused (same_supplier, another, kvk_differs, gone).
    """
    if kept.pk == other.pk:
        raise Refused("same_supplier")
    with doing(kept.organisation, person=person, at=at) as deed:
        one, gone = now(kept), own(now(other), kept.organisation, "other")
        if one.kvk and gone.kvk and one.kvk != gone.kvk and not differs:
            raise Refused("kvk_differs", field="differs")
        moved = _moved(one, gone)
        adoptions = _adoptions(deed, one, gone)
        subject = _subject(one, gone)
        gone.merged_into = one
        gone.save(update_fields=["merged_into", "subject"])
        earlier = list(Supplier.objects.filter(merged_into=gone))
        Supplier.objects.filter(merged_into=gone).update(merged_into=one)
        _filled(one, gone)
        one.save()
        rename(deed, one)
        archive(deed, subject)
        rows = [one, gone, *earlier, *moved, *adoptions, *_chain(one, gone, day_of(at)), *_distinct(deed, one, gone)]
        deed.write(
            "supplier_merged", about=f"supplier:{one.pk}", rows=rows, name=one.name, other=gone.name, merged=gone.pk,
            differs=differs,
        )  # fmt: skip
        telling.settle(kept.organisation, at=at, suppliers=[one.pk, gone.pk])
    return one


def two(one: Supplier, other: Supplier, *, person: Person | None, at: datetime) -> Distinct:
    """Says that two suppliers that look alike are two. Raises Refused (same_supplier, another, gone, distinct_twice)."""
    if one.pk == other.pk:
        raise Refused("same_supplier")
    with doing(one.organisation, person=person, at=at) as deed:
        first, second = sorted((now(one), own(now(other), one.organisation, "other")), key=lambda each: each.pk)
        if Distinct.objects.filter(one=first, other=second).exists():
            raise Refused("distinct_twice")
        row = Distinct.objects.create(organisation=one.organisation, one=first, other=second, by=person, at=at)
        deed.write("suppliers_distinct", about=f"supplier:{first.pk}", rows=[row], name=first.name, other=second.name)
    return row


def _moved(kept: Supplier, other: Supplier) -> list[Model]:
    rows: list[Model] = []
    for model in MOVES:
        found = list(model._default_manager.filter(supplier=other))
        model._default_manager.filter(supplier=other).update(supplier=kept)
        rows += found
    return rows


def _adoptions(deed: Deed, kept: Supplier, other: Supplier) -> list[Adoption]:
    """What was taken over of joint reviews counts for the kept one; what it had taken over itself is not taken over twice."""
    on = day_of(deed.at)
    rows = list(Adoption.objects.filter(supplier=other).select_related("review__subject", "supplier__subject"))
    had = set(Adoption.objects.filter(supplier=kept, ended_on__isnull=True).values_list("review_id", flat=True))
    for row in rows:
        if row.ended_on is None:
            if row.review_id in had:
                row.ended_on, row.ended_by = on, deed.person
            if kept.subject is not None:  # otherwise the subject itself moves, with what is linked to it
                _relink(deed, row, kept.subject)
        row.supplier = kept
        row.save(update_fields=["supplier", "ended_on", "ended_by"])
    return rows


def _relink(deed: Deed, row: Adoption, subject: Subject) -> None:
    """Lets the facts of a review count for the kept one instead of the other."""
    source, before = row.review.subject, row.supplier.subject
    link = None if source is None or before is None else _link(before, source)
    if link is None:
        return
    how: dict[str, Any] = {
        "source": source, "fact_types": fact_types(row.review), "person": deed.person, "actor": deed.actor,
        "on": day_of(deed.at), "at": deed.at,
    }  # fmt: skip
    leave(link.subject, **how)
    if _link(subject, link.source) is None:
        adopt(subject, until=link.until, **how)


def _link(subject: Subject, source: Subject) -> Inheritance | None:
    """What lets the facts of a review count for a subject now, if anything does."""
    return Inheritance.objects.filter(subject=subject, source=source, superseded_at__isnull=True).first()


def _subject(kept: Supplier, other: Supplier) -> Subject | None:
    """The subject in the ledger that is archived; where the kept one had none, it takes over that of the other."""
    if kept.subject is not None:
        return other.subject
    if other.subject is not None:
        subject, other.subject = other.subject, None
        other.save(update_fields=["subject"])
        kept.subject = subject
    return None


def _filled(kept: Supplier, other: Supplier) -> None:
    for name in _FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(other, name))
    kept.note = "\n\n".join(dict.fromkeys(each for each in (kept.note, other.note) if each))


def _chain(kept: Supplier, other: Supplier, on: date) -> list[SubSupplier]:
    """The chain of the other is that of the kept one. What it would lean on itself for, or twice, ends and stays where it was."""
    links = SubSupplier.objects.filter(organisation=kept.organisation)
    open_ = {_ends(each) for each in links.filter(ended_on__isnull=True) if other.pk not in _ends(each)[::2]}
    rows = list(links.filter(supplier=other)) + list(links.filter(on=other))
    for row in rows:
        supplier, service, on_whom = _ends(row)
        ends = (_after(supplier, kept, other), service, _after(on_whom, kept, other))
        if ends[0] == ends[2] or (row.ended_on is None and ends in open_):
            row.ended_on = row.ended_on or on
        else:
            row.supplier_id, row.on_id = ends[0], ends[2]
            open_ |= set() if row.ended_on else {ends}
        row.save(update_fields=["supplier", "on", "ended_on"])
    return rows


def _ends(row: SubSupplier) -> tuple[int, int | None, int]:
    return row.supplier_id, row.service_id, row.on_id


def _after(supplier: int, kept: Supplier, other: Supplier) -> int:
    return kept.pk if supplier == other.pk else supplier


def _distinct(deed: Deed, kept: Supplier, other: Supplier) -> Iterable[Distinct]:
    """From whom the other was told apart, the kept one is too."""
    said = Distinct.objects.filter(organisation=kept.organisation)
    known = {(row.one_id, row.other_id) for row in said}
    made = []
    for one, second in sorted(known):
        if other.pk in (one, second) and kept.pk not in (one, second):
            pair = tuple(sorted((kept.pk, second if one == other.pk else one)))
            if pair not in known:
                ids = {"one_id": pair[0], "other_id": pair[1]}
                made.append(Distinct.objects.create(organisation=kept.organisation, by=deed.person, at=deed.at, **ids))
    return made
