"""What stops when suppliers stop: from them upwards, level by level, and only that part of the registers is read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from dijkwacht.apps.suppliers.models import SubSupplier, Supplier
from dijkwacht.apps.suppliers.queries import web
from dijkwacht.apps.suppliers.queries.scope import Scope
from dijkwacht.apps.suppliers.queries.web import LinkRow, UseRow
from dijkwacht.core.suppliers.dependence import Stop, Top, Web, tops


class Stopped(NamedTuple):
    """A process or system of an organisation that stops after so many hours; in this order: the soonest first.

    ``sure``: False when a time on the way is not known. ``path``: names in the web, from the service on which it leans down to
    what was gone first. ``ran_out``: how many ways around it had, all gone.
    """

    hours: float
    organisation: int
    name: str
    subject: int
    kind: str
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
    leans, base = web.under(web.suppliers_of(use_rows), link_rows)
    found = Web(leans).stops(gone)
    top = tops(found, ((row.subject, base[row.service], row.hours, row.group) for row in use_rows))
    stopped = _stopped(use_rows, base, found, top)
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
    known: list[int] = []
    while frontier:
        numbers = web.rows_of(scope, frontier)
        rows = [row for which in web.among("on", numbers) for row in web.links(scope, on=on, which=which)]
        known += numbers
        link_rows |= dict.fromkeys(rows)
        frontier = {each.what for each in rows if each.what[0] != "v"} - seen
        seen |= frontier
    use_rows = _uses(scope, "service__supplier", known, on=on)
    met = {each.service for each in use_rows}
    use_rows += _uses(scope, "service", {int(each.what[1:]) for each in link_rows if each.what[0] == "v"} - met, on=on)
    met = {each.service for each in use_rows}
    split = {each.subject for each in use_rows if each.group}
    use_rows += [
        each for each in _uses(scope, "subject", split, on=on, which=Q(group__gt="")) if each.service not in met
    ]
    if split_links := {each.what for each in link_rows if each.group}:
        link_rows |= dict.fromkeys(_other_ways(scope, split_links, on=on))
    return use_rows, list(link_rows)


def _uses(scope: Scope, name: str, numbers: Collection[int], *, on: date, which: Q = web.ALL) -> list[UseRow]:
    return [row for each in web.among(name, numbers) for row in web.uses(scope, on=on, which=each & which)]


def _other_ways(scope: Scope, split: Collection[str], *, on: date) -> list[LinkRow]:
    """All ways of these suppliers and services that have some."""
    found = web.among("service", [int(each[1:]) for each in split if each[0] == "v"])
    found += [Q(service__isnull=True) & which for which in web.among("supplier", web.rows_of(scope, split))]
    return [row for which in found for row in web.links(scope, on=on, which=which & Q(group__gt=""))]


def _stopped(
    rows: Sequence[UseRow], base: Mapping[int, str], found: Mapping[str, Stop], top: Mapping[int, Top]
) -> list[Stopped]:
    """What stops, with the path from the service that does it down to what was gone first; the soonest first."""
    by: dict[int, UseRow] = {}
    for row in rows:
        stop, before = top.get(row.subject), by.get(row.subject)
        if stop is not None and stop.by == base[row.service] and (before is None or row.service < before.service):
            by[row.subject] = row
    down, ways, stopped = _paths(found), _ways(rows), list[Stopped]()
    for subject, row in by.items():
        (hours, unsure, under), node = top[subject], web.service_node(row.service)
        path = down[under] if under == node else (node, *down[under])
        ran_out = ways.get((subject, row.service), 0)
        stopped.append(Stopped(hours, row.organisation, row.name, subject, row.kind, not unsure, path, ran_out))
    return sorted(stopped)


def _paths(found: Mapping[str, Stop]) -> dict[str, tuple[str, ...]]:
    """Of all that stops under processes: itself, what made it stop, and so down to what was gone first."""
    down: dict[str, tuple[str, ...]] = {}
    for what, stop in found.items():  # in the order in which they stop: what makes it stop comes before
        down[what] = (what, *down[stop.by]) if stop.by else (what,)
    return down


def _ways(rows: Iterable[UseRow]) -> dict[tuple[int, int], int]:
    """Of each use by subject and service how many ways there are, where there are several."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row in rows:
        if row.group:
            groups[row.subject, row.group].append(row.service)
    return {(subject, each): len(some) for (subject, _), some in groups.items() for each in some if len(some) > 1}


def _kept(
    rows: Iterable[UseRow], base: Mapping[int, str], found: Mapping[str, Stop], top: Mapping[int, Top]
) -> list[Kept]:
    """What leans on something that stops and goes on."""
    by: dict[int, list[UseRow]] = defaultdict(list)
    for each in rows:
        if each.group and each.subject not in top:
            by[each.subject].append(each)
    kept = []
    for subject, some in by.items():
        mine = sorted(some, key=lambda each: each.service)
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
