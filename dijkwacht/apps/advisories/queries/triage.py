"""The queue of a desk: which advisories wait for a decision, whom they touch, and which of them to show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Concat, Lower

from dijkwacht.apps.advisories.models import Advisory, Concern, Decision, Provider, Told, Weakness
from dijkwacht.apps.advisories.queries.sorting import Sort, ordered
from dijkwacht.apps.people.models import Organisation

ORDER = ("-level", "-used", "-changed_at", "-pk")
_CVE = Weakness.objects.filter(advisory=OuterRef("pk")).exclude(cve="").order_by("cve").values("cve")[:1]
_NAMED = Told.objects.filter(advisory=OuterRef("pk")).annotate(said=Concat("vendor", Value(" "), "product"))
_PRODUCT = _NAMED.exclude(product="").order_by("vendor", "product").values("said")[:1]
SORTS: Mapping[str, Sort] = {
    "level": Sort(F("level"), down=True), "changed": Sort(F("changed_at"), down=True),
    "reached": Sort(F("affected") + F("asked"), down=True), "score": Sort(F("score"), down=True),
    "rating": Sort(KT("ratings__0__1"), down=True), "title": Sort(Lower("title")), "number": Sort(Lower("number")),
    "cve": Sort(Subquery(_CVE)), "product": Sort(Lower(Subquery(_PRODUCT))), "publisher": Sort(Lower("publisher_name")),
    "source": Sort(Lower("document__provider__name")), "published": Sort(F("published"), down=True),
    "revised": Sort(F("revised"), down=True), "kind": Sort(F("kind")), "version": Sort(F("version")),
    "form": Sort(F("document__form")), "status": Sort(F("document__status")), "used": Sort(F("used"), down=True),
    "exposed": Sort(F("exposed"), down=True), "decision": Sort(F("decision")),
}  # fmt: skip
"""All that the queue can be sorted by; where a document has several, such as of CVEs, by the first of them."""
STATES = ("open", "wait", "decided", "all")
_STATES: Mapping[str, Q] = {
    "open": Q(decision=Decision.OPEN, withdrawn=False),
    "wait": Q(decision=Decision.WAIT),
    "decided": Q(decision__in=(Decision.WARN, Decision.NOT)),
    "all": Q(),
}
"""The parts of the queue. What its publisher withdrew waits for no decision."""
_TOUCHES: Mapping[str, Q] = {"some": Q(affected__gt=0) | Q(asked__gt=0), "none": Q(affected=0, asked=0)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the queue; empty: everything. ``touches``: `some` or `none`."""

    state: str = "open"
    text: str = ""
    level: int | None = None
    publisher: str = ""
    provider: int | None = None
    touches: str = ""
    used: bool = False
    exposed: bool = False
    sort: str = ""


def queue(rows: QuerySet[Advisory], asked: Asked) -> QuerySet[Advisory]:
    """Of the advisories that somebody may see those that are asked for, sorted; else the most pressing first."""
    rows = rows.filter(_STATES[asked.state], _TOUCHES.get(asked.touches, Q()))
    if asked.text:
        found = Q(title__icontains=asked.text) | Q(number__icontains=asked.text)
        rows = rows.filter(found | Q(pk__in=_naming(rows, asked.text)))
    if asked.level is not None:
        rows = rows.filter(level=asked.level)
    if asked.publisher:
        rows = rows.filter(publisher=asked.publisher)
    if asked.provider is not None:
        rows = rows.filter(document__provider=asked.provider)
    for name in ("used", "exposed"):
        if getattr(asked, name):
            rows = rows.filter(**{name: True})
    return ordered(rows, SORTS, asked.sort, ORDER)


def _naming(rows: QuerySet[Advisory], text: str) -> QuerySet[Any]:
    """Those with this in a CVE, or in the name, package URL or CPE of a product or in its vendor."""
    columns = ("vendor", "product", "purl", "cpe")
    named = reduce(or_, (Q(**{f"told__{name}__icontains": text}) for name in columns))
    return rows.filter(Q(weaknesses__cve__icontains=text) | named).values("pk")


def counts(rows: QuerySet[Advisory]) -> dict[str, int]:
    """How many stand in each part of the queue."""
    found = rows.order_by().aggregate(**{state: Count("pk", filter=_STATES[state]) for state in STATES[:3]})
    return {**found, "all": rows.count()}


def touched_by(rows: QuerySet[Advisory]) -> int:
    """How many organisations are touched by what waits for a decision."""
    return Concern.objects.filter(advisory__in=rows.filter(_STATES["open"])).values("organisation").distinct().count()


def publishers(rows: QuerySet[Advisory]) -> list[tuple[str, str]]:
    """The publishers of these advisories with their names."""
    found = rows.order_by().values_list("publisher").annotate(name=Max("publisher_name")).order_by("name", "publisher")
    return [(publisher, name or publisher) for publisher, name in found]


def providers(desk: Organisation) -> list[tuple[int, str]]:
    """The sources of a desk, also those that ended: what they brought is still here."""
    return list(Provider.objects.filter(organisation=desk).values_list("pk", "name"))


def waiting_for(advisories: Iterable[int], rows: QuerySet[Advisory]) -> QuerySet[Advisory]:
    """Of some advisories by number those that somebody may see and that wait for a decision, to decide on together."""
    return rows.filter(_STATES["open"] | _STATES["wait"], pk__in=list(advisories)).order_by(*ORDER)
