"""The product register of an organisation as it stands: its products out of all sources, and how old each source is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from dijkwacht.apps.advisories.models import Line, Touched, Upload, WarningState
from dijkwacht.apps.advisories.queries.visible import warnings_of
from dijkwacht.apps.advisories.services.assets import FIELDS, alike, names_for, product_of
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.register import Standing
from dijkwacht.core.advisories.register_lines import Line as Said
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.core.advisories.register_view import Product, SourceAge, ages, is_old, products
from dijkwacht.norms.advisory_warning import warning_rules
from dijkwacht.web.moments import day_of

OPEN = (WarningState.OPEN, WarningState.IN_PROGRESS)
_COLUMNS = ("pk", "ident", "kind", "label", "answered", "since", "confirmed", *FIELDS)


@dataclass(frozen=True, slots=True)
class Register:
    """``products`` by name; ``numbers``: per ident the line's number; ``answered``: the lines whose version a person said."""

    products: tuple[Product, ...]
    sources: tuple[SourceAge, ...]
    numbers: Mapping[str, int]
    answered: frozenset[str] = frozenset()

    @property
    def in_use(self) -> int:
        """How many products are in use."""
        return sum(each.stated == "present" for each in self.products)


def register_of(organisation: Organisation, *, at: datetime, only: Collection[int] | None = None) -> Register:
    """The register; ``only``: of these lines."""
    rows = Line.objects.filter(organisation=organisation, gone__isnull=True).order_by()
    if only is not None:
        rows = rows.filter(pk__in=only)
    standing, numbers, answered = [], dict[str, int](), set[str]()
    for pk, ident, kind, label, said, since, confirmed, *values in rows.values_list(*_COLUMNS):
        line = Said(**dict(zip(FIELDS, values, strict=True)))
        if said:
            line = replace(line, version=said)
            answered.add(ident)
        standing.append(Standing(ident, Source(kind, label), line, since, confirmed))
        numbers[ident] = pk
    found = products(standing, product_of=product_of(names_for(organisation, at=at)[0]))
    return Register(
        tuple(sorted(found.values(), key=_by_name)),
        tuple(ages(standing, on=day_of(at), after=warning_rules().fresh)), numbers, frozenset(answered),
    )  # fmt: skip


def product_at(line: Line, *, at: datetime) -> Register:
    """The one product that a line is about, out of all its sources; none when it is no longer in the register."""
    said = Said(0, line.vendor, line.product, purl=line.purl, cpe=line.cpe, name=line.name)
    merged = names_for(line.organisation, at=at)[0]
    return register_of(line.organisation, at=at, only=alike(line.organisation, [said], merged))


def _by_name(product: Product) -> tuple[str, str]:
    line = product.freshest.line
    return ((line.product or line.name).casefold(), line.vendor.casefold())


def old(product: Product, *, on: date) -> bool:
    """Whether no source confirmed within the term that the product is in use."""
    said = (each for each in product.lines if each.line.stated == product.stated)
    return all(is_old(each, on=on, after=warning_rules().fresh) for each in said)


def open_warnings(organisation: Organisation, person: Person) -> Mapping[int, frozenset[int]]:
    """Per line, by number, the open warnings about it that somebody may see."""
    seen = warnings_of(organisation, person).filter(state__in=OPEN)
    found: dict[int, set[int]] = {}
    for line, warning in Touched.objects.filter(warning__in=seen, gone_at__isnull=True).values_list("line", "warning"):
        found.setdefault(line, set()).add(warning)
    return {line: frozenset(warnings) for line, warnings in found.items()}


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
