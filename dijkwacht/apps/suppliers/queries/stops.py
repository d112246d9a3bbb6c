"""What stops when suppliers stop: from them upwards, level by level, and only that part of the registers is read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from dijkwacht.apps.suppliers.models import SubSupplier, Supplier
from dijkwacht.apps.suppliers.queries import web
from dijkwacht.apps.suppliers.queries.scope import Scope
from dijkwacht.apps.suppliers.queries.web import LinkRow, UseRow
from dijkwacht.core.suppliers.dependence import Stop, Web, tops


@dataclass(frozen=True, slots=True)
class Stopped:
    """A process or system of an organisation that stops after so many hours. ``sure``: False when a time on the way is not known.

    ``path``: names in the web, from the service on which it leans down to what was gone first. ``ran_out``: how many ways
    around it had, all gone.
    """

    organisation: int
    subject: int
    name: str
    kind: str
    hours: float
    sure: bool
    path: tuple[str, ...]
    ran_out: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A process or system that leans on something that stops, and goes on by another way. ``by``: the services that are left."""

    organisation: int
    subject: int
    name: str
    without: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What happens. ``stopped``: the soonest first; ``suppliers``: of the chain, that stop too, with after how many hours;
    ``held``: suppliers that lean on one that stops and go on by another way."""

    gone: tuple[str, ...]
    stopped: tuple[Stopped, ...]
    kept: tuple[Kept, ...]
    suppliers: tuple[Stop, ...]
    held: tuple[str, ...]
    uses: tuple[UseRow, ...]
    links: tuple[LinkRow, ...]

    @property
    def services(self) -> dict[str, str]:
        """Of the services in the web that were met, their name."""
        return {web.service_node(each.service): each.service_name for each in self.uses}

    @property
    def organisations(self) -> set[int]:
        """Where something stops."""
        return {each.organisation for each in self.stopped}


def what_if(scope: Scope, gone: Collection[str], *, on: date) -> WhatIf:
    """What stops in these registers when these suppliers (names in the web) stop, on a day.

    Time grows with what leans on them, not with the registers.
    """
    gone = [each for each in dict.fromkeys(gone) if web.is_supplier(each)]
    use_rows, link_rows = _upwards(scope, gone, on=on)
    leans, base = web.under({each.service: each.supplier for each in use_rows}, link_rows)
    found = Web(leans).stops(gone)
    rows = {str(each.subject): each for each in use_rows}
    top = tops(found, ((str(each.subject), base[each.service], each.hours, each.group) for each in use_rows))
    paths = _Paths(found, use_rows, base)
    stopped = [
        Stopped(row.organisation, row.subject, row.name, row.kind, stop.hours, stop.sure, *paths.of(row.subject, stop))
        for stop in top.values()
        for row in (rows[stop.what],)
    ]
    stopped.sort(key=lambda each: (each.hours, each.organisation, each.name, each.subject))
    chain = [each for each in found.values() if each.what[0] != "v" and each.what not in gone]
    held = {each.what for each in link_rows if each.on in found and each.what not in found}
    return WhatIf(
        tuple(gone), tuple(stopped), tuple(_kept(use_rows, base, found, top)), tuple(chain), tuple(sorted(held)),
        tuple(use_rows), tuple(link_rows),
    )  # fmt: skip


def _upwards(scope: Scope, gone: Collection[str], *, on: date) -> tuple[list[UseRow], list[LinkRow]]:
    """All that can stop with these, ways around or not; and of what has ways around, all of its ways."""
    seen, frontier = set(gone), set(gone)
    link_rows: dict[LinkRow, None] = {}
    while frontier:
        rows = [row for which in web.suppliers(frontier, way="on__") for row in web.links(scope, on=on, which=which)]
        link_rows |= dict.fromkeys(rows)
        frontier = {each.what for each in rows if each.what[0] != "v"} - seen
        seen |= frontier
    use_rows = [
        row for which in web.suppliers(seen, way="service__supplier__") for row in web.uses(scope, on=on, which=which)
    ]
    met = {each.service for each in use_rows}
    if more := {int(each.what[1:]) for each in link_rows if each.what[0] == "v"} - met:
        use_rows += web.uses(scope, on=on, which=Q(service__in=more))
    if split := {each.subject for each in use_rows if each.group}:
        use_rows = list(dict.fromkeys([*use_rows, *web.uses(scope, on=on, which=Q(subject__in=split, group__gt=""))]))
    if split_links := {each.what for each in link_rows if each.group}:
        link_rows |= dict.fromkeys(_other_ways(scope, split_links, on=on))
    return use_rows, list(link_rows)


def _other_ways(scope: Scope, split: Collection[str], *, on: date) -> list[LinkRow]:
    """All ways of these suppliers and services that have some."""
    found = [Q(service__in=[int(each[1:]) for each in split if each[0] == "v"])]
    found += [Q(service__isnull=True) & which for which in web.suppliers(split, way="supplier__")]
    return [row for which in found for row in web.links(scope, on=on, which=which & Q(group__gt=""))]


class _Paths:
    """The ways from what stops down to what was gone first."""

    def __init__(self, found: Mapping[str, Stop], rows: Iterable[UseRow], base: Mapping[int, str]) -> None:
        self._found = found
        self._down: dict[str, tuple[str, ...]] = {}
        self._by: dict[tuple[int, str], UseRow] = {}
        self._ways = _ways(rows)
        for each in rows:
            self._by.setdefault((each.subject, base[each.service]), each)

    def of(self, subject: int, stop: Stop) -> tuple[tuple[str, ...], int]:
        """The path from a service, and how many ways around ran out."""
        row = self._by[subject, stop.by]
        service = web.service_node(row.service)
        below = self._below(stop.by)
        return (service, *below[stop.by == service :]), self._ways.get((subject, row.service), 0)

    def _below(self, node: str) -> tuple[str, ...]:
        if node not in self._down:
            by = self._found[node].by
            self._down[node] = (node, *self._below(by)) if by else (node,)
        return self._down[node]


def _ways(rows: Iterable[UseRow]) -> dict[tuple[int, int], int]:
    """Of each use by subject and service how many ways there are, where there are several."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for each in rows:
        if each.group:
            groups[each.subject, each.group].append(each.service)
    return {(subject, each): len(some) for (subject, _), some in groups.items() for each in some if len(some) > 1}


def _kept(
    rows: Iterable[UseRow], base: Mapping[int, str], found: Mapping[str, Stop], top: Mapping[str, Stop]
) -> list[Kept]:
    """What leans on something that stops and goes on."""
    by: dict[int, list[UseRow]] = defaultdict(list)
    for each in rows:
        if each.group and str(each.subject) not in top:
            by[each.subject].append(each)
    kept = []
    for subject, mine in by.items():
        out = [each for each in mine if base[each.service] in found]
        if out:
            groups = {each.group for each in out}
            left = [each.service_name for each in mine if each.group in groups and base[each.service] not in found]
            kept.append(
                Kept(mine[0].organisation, subject, mine[0].name, tuple(each.service_name for each in out), tuple(left))
            )
    return sorted(kept, key=lambda each: (each.organisation, each.name, each.subject))


def names(scope: Scope, nodes: Collection[str]) -> dict[str, str]:
    """What suppliers in the web are called: the name that most registers give, of equals the first by letter."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for which in web.suppliers(nodes):
        rows = Supplier.objects.filter(which, organisation__in=scope.numbers, merged_into__isnull=True).order_by()
        for pk, kvk, name in rows.values_list("pk", "kvk", "name"):
            counts[web.supplier_node(pk, kvk)][name] += 1
    return {node: min(said, key=lambda name: (-said[name], name)) for node, said in counts.items()}


def find(scope: Scope, text: str, *, limit: int = 20) -> list[tuple[str, str]]:
    """Suppliers by KvK number, own number or a part of their name: name in the web and what it is called; each once."""
    text = text.replace("\0", "").strip()
    if not text:
        return []
    leant_on = Exists(SubSupplier.objects.filter(on=OuterRef("pk"), ended_on__isnull=True))
    rows = Supplier.objects.filter(
        Q(ended_on__isnull=True) | leant_on, organisation__in=scope.numbers, merged_into__isnull=True
    )
    by = {"kvk": text} if len(text) == 8 and text.isdecimal() else {"name__icontains": text}
    found: dict[str, str] = {}
    for fits in (by, {"own_id": text}):
        for pk, kvk, name in rows.filter(**fits).order_by("name", "pk").values_list("pk", "kvk", "name")[: limit * 400]:
            found.setdefault(web.supplier_node(pk, kvk), name)
            if len(found) >= limit:
                return list(found.items())
    return list(found.items())
