"""The product register of an organisation as it stands: its products out of all sources, and how old each source is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from dijkwacht.apps.advisories.models import Line, Stated, Touched, Upload, WarningState
from dijkwacht.apps.advisories.models import Product as Listed
from dijkwacht.apps.advisories.queries.visible import warnings_of
from dijkwacht.apps.advisories.services.assets import alike, names_for, product_of, standings
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.register_lines import Line as Said
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.core.advisories.register_view import Product, SourceAge, is_old, products
from dijkwacht.core.days import earliest
from dijkwacht.norms.advisory_warning import warning_rules

OPEN = (WarningState.OPEN, WarningState.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Register:
    """``products`` by name; ``numbers``: per ident the line's number; ``answered``: the lines whose version a person said."""

    products: tuple[Product, ...]
    numbers: Mapping[str, int]
    answered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many products there are and how many are in use; of those without version and not confirmed in time; and on how many
    sources disagree."""

    products: int
    used: int
    no_version: int
    old: int
    differ: int


def register_of(
    organisation: Organisation, *, at: datetime, only: Collection[int] | QuerySet[Any, Any] | None = None
) -> Register:
    """The register; ``only``: of these lines."""
    rows = Line.objects.filter(organisation=organisation, gone__isnull=True)
    if only is not None:
        rows = rows.filter(pk__in=only)
    stood = list(standings(rows))
    found = products((each.standing for each in stood), product_of=product_of(names_for(organisation, at=at)[0]))
    return Register(
        tuple(sorted(found.values(), key=_by_name)), {each.standing.id: each.pk for each in stood},
        frozenset(each.standing.id for each in stood if each.answered),
    )  # fmt: skip


def product_at(line: Line, *, at: datetime) -> Register:
    """The one product that a line is about, out of all its sources; none when it is no longer in the register."""
    said = Said(0, line.vendor, line.product, purl=line.purl, cpe=line.cpe, name=line.name)
    merged = names_for(line.organisation, at=at)[0]
    return register_of(line.organisation, at=at, only=alike(line.organisation, [said], merged))


def counts_of(organisation: Organisation, *, on: date) -> Counts:
    """What the register comes to."""
    used = Q(stated=Stated.PRESENT)
    told = Listed.objects.filter(organisation=organisation).order_by().aggregate(
        products=Count("pk"), used=Count("pk", filter=used), no_version=Count("pk", filter=used & Q(has_version=False)),
        old=Count("pk", filter=used & Q(as_of__lt=_fresh(on))), differ=Count("pk", filter=Q(differs=True)),
    )  # fmt: skip
    return Counts(**told)


def shown(organisation: Organisation, asked: Mapping[str, Any], *, person: Person, on: date) -> QuerySet[Listed]:
    """The products that a filter asks for, by name; without a word about use only what is in use."""
    text, source, state, show = (str(asked.get(name) or "") for name in ("text", "source", "state", "show"))
    rows = Listed.objects.filter(organisation=organisation)
    if state != "all":
        rows = rows.filter(stated=state or Stated.PRESENT)
    for word in text.casefold().split():
        rows = rows.filter(texts__contains=word)
    lines = Line.objects.filter(organisation=organisation, gone__isnull=True).order_by()
    if source:
        kind, _colon, label = source.partition(":")
        rows = rows.filter(key__in=lines.filter(kind=kind, label=label).values("key"))
    if show == "warned":
        touched = _open(organisation, person).values("line")
        rows = rows.filter(key__in=lines.filter(pk__in=touched).values("key"))
    fits = {
        "no_version": Q(has_version=False), "old": Q(as_of__lt=_fresh(on)), "differ": Q(differs=True),
        "exposed": Q(exposed=True),
    }.get(show, Q())  # fmt: skip
    return rows.filter(fits)


def lines_of(organisation: Organisation, keys: Collection[str] | QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The lines about these products, by number."""
    return Line.objects.filter(organisation=organisation, gone__isnull=True, key__in=keys).order_by().values("pk")


def source_ages(organisation: Organisation, *, on: date) -> list[SourceAge]:
    """Per source how old it is, the oldest first."""
    told = Coalesce("as_of", "confirmed")
    rows = Line.objects.filter(organisation=organisation, gone__isnull=True).order_by().values_list("kind", "label")
    found = [
        SourceAge(Source(kind, label), lines, newest, oldest, old)
        for kind, label, lines, newest, oldest, old in rows.annotate(day=told).values_list("kind", "label").annotate(
            lines=Count("pk"), newest=Max("day"), oldest=Min("day"), old=Count("pk", filter=Q(day__lt=_fresh(on)))
        )
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.newest, each.source.id))


def _fresh(on: date) -> date:
    """The first day of which a line is not old yet."""
    return earliest(on, warning_rules().fresh)


def _by_name(product: Product) -> tuple[str, str]:
    line = product.freshest.line
    return ((line.product or line.name).casefold(), line.vendor.casefold())


def old(product: Product, *, on: date) -> bool:
    """Whether no source confirmed within the term that the product is in use."""
    said = (each for each in product.lines if each.line.stated == product.stated)
    return all(is_old(each, on=on, after=warning_rules().fresh) for each in said)


def open_warnings(
    organisation: Organisation, person: Person, *, only: Collection[int] | None = None
) -> Mapping[int, frozenset[int]]:
    """Per line, by number, the open warnings about it that somebody may see; ``only``: about these lines."""
    rows = _open(organisation, person)
    if only is not None:
        rows = rows.filter(line__in=only)
    found: dict[int, set[int]] = {}
    for line, warning in rows.values_list("line", "warning"):
        found.setdefault(line, set()).add(warning)
    return {line: frozenset(warnings) for line, warnings in found.items()}


def _open(organisation: Organisation, person: Person) -> QuerySet[Touched]:
    """The lines that open warnings are about."""
    seen = warnings_of(organisation, person).filter(state__in=OPEN)
    return Touched.objects.filter(warning__in=seen, gone_at__isnull=True).order_by()


def uploads_of(organisation: Organisation, sources: Iterable[Source], *, name: str = "") -> QuerySet[Upload]:
    """What was brought in of these sources, the newest first; of what is done by hand only what has this name in front."""
    asked, by_hand = Q(pk__in=[]), Q(name=name) | Q(name__startswith=f"{name} ")
    for each in sources:
        asked |= Q(kind=each.kind, label=each.label) & (by_hand if each.kind == "hand" else Q())
    return Upload.objects.filter(asked, organisation=organisation).select_related("by")


def last_uploads(organisation: Organisation) -> Mapping[Source, Upload]:
    """Per source what was brought in last."""
    found: dict[Source, Upload] = {}
    for row in Upload.objects.filter(organisation=organisation).select_related("by").order_by("pk"):
        found[Source(row.kind, row.label)] = row
    return found
