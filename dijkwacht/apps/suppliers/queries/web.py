"""What leans on what, from rows: a process or system on a service, a service on its supplier, a supplier on another.

In the web a process is ``p`` with the number of its subject, a service ``v`` with its number, a supplier ``k`` with its KvK
number, so that it is one over all registers, or ``s`` with the number of its own row when it has none. Ways around hold within
one register: a word that two organisations both use is no group.

A contract that ran out changes nothing here: what leans on a service does so until somebody ends the use or the service.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.suppliers.models import Service, SubSupplier, Supplier, Use
from dijkwacht.apps.suppliers.queries.scope import Scope
from dijkwacht.core.suppliers.dependence import Lean

M = TypeVar("M", bound=Model)
ALL = Q()
MOST = 10_000
"""So many numbers a condition may name, whatever the database."""
_SUPPLIER = re.compile(r"k\d{8}|s\d{1,17}", re.ASCII)


class UseRow(NamedTuple):
    """A process or system of an organisation that leans on a service; the supplier by its row and its KvK number."""

    organisation: int
    subject: int
    name: str
    kind: str
    service: int
    service_name: str
    supplier_row: int
    kvk: str
    hours: int | None
    group: str

    @property
    def supplier(self) -> str:
        """The name of the supplier in the web."""
        return supplier_node(self.supplier_row, self.kvk)


class LinkRow(NamedTuple):
    """A supplier, or one service of it, that leans on another supplier, as one organisation tells."""

    organisation: int
    what: str
    on: str
    hours: int | None
    group: str


def running(on: date, *, since: str = "since", ended: str = "ended_on", way: str = "") -> Q:
    """The condition that a row stands on a day; an end is the first day without."""
    begun = Q(**{f"{way}{since}__lte": on})
    return begun & (Q(**{f"{way}{ended}__isnull": True}) | Q(**{f"{way}{ended}__gt": on}))


def supplier_node(pk: int, kvk: str) -> str:
    """What a supplier is called in the web."""
    return f"k{kvk}" if kvk else f"s{pk}"


def service_node(pk: int) -> str:
    """The same of a service."""
    return f"v{pk}"


def subject_node(pk: int) -> str:
    """The same of a process or system."""
    return f"p{pk}"


def is_supplier(node: str) -> bool:
    """Whether this can be the name of a supplier in the web."""
    return _SUPPLIER.fullmatch(node) is not None


def suppliers(nodes: Collection[str], *, way: str = "") -> list[Q]:
    """The conditions, one per query, that a supplier is one of these; a name that is no supplier gives none.

    ``way``: from the row to its supplier, such as ``service__supplier__``.
    """
    some = [each for each in nodes if is_supplier(each)]
    numbers = [each[1:] for each in some if each[0] == "k"]
    pks = [int(each[1:]) for each in some if each[0] == "s"]
    # The index on numbers leaves out who has none; only when the condition says so too does the database use it.
    by_number = Q(**{f"{way}kvk__in": numbers}) & ~Q(**{f"{way}kvk": ""})
    return [by_number] * bool(numbers) + [Q(**{f"{way}pk__in": pks, f"{way}kvk": ""})] * bool(pks)


def rows_of(scope: Scope, nodes: Collection[str]) -> list[int]:
    """The rows of these suppliers in these registers, by number."""
    rows = Supplier.objects.filter(organisation__in=scope.numbers).order_by()
    return [pk for which in suppliers(nodes) for pk in rows.filter(which).values_list("pk", flat=True)]


def among(name: str, numbers: Collection[int]) -> list[Q]:
    """The conditions, one per query, that a column is one of these numbers."""
    some = list(numbers)
    return [Q(**{f"{name}__in": some[start : start + MOST]}) for start in range(0, len(some), MOST)]


def uses(scope: Scope, *, on: date, which: Q = ALL) -> list[UseRow]:
    """What leans on services on a day. ``which``: only these, as conditions on uses that few others fit."""
    fields = (
        "service__organisation_id", "subject_id", "subject__name", "subject__kind", "service_id", "service__name",
        "service__supplier_id", "service__supplier__kvk", "hours", "group",
    )  # fmt: skip
    return list(map(UseRow._make, _own(scope, _uses(scope, on, which), fields)))


def bare_uses(scope: Scope, *, on: date) -> Iterator[tuple[int, int, str]]:
    """The same of all, bare: subject, service, word of its ways around; also of services and subjects that ended."""
    rows = Use.objects.filter(running(on), service__organisation__in=scope.numbers)
    return _told(rows, ("subject_id", "service_id", "group"))


def bare_services(scope: Scope, of: Mapping[int, str], *, on: date) -> dict[int, tuple[int, str]]:
    """Of each service on a day whose it is, and its supplier in the web. ``of``: all suppliers by row."""
    rows = Service.objects.filter(running(on, since="added_on"), organisation__in=scope.numbers)
    told = _told(rows, ("pk", "organisation_id", "supplier_id"))
    return {pk: (organisation, of[supplier]) for pk, organisation, supplier in told}


def archived(scope: Scope, *, on: date) -> set[int]:
    """The subjects of these registers that are in use no more on a day."""
    rows = Subject.objects.filter(archived_at__lte=on, organisation__in=scope.numbers).order_by()
    return set(rows.values_list("pk", flat=True))


def _uses(scope: Scope, on: date, which: Q) -> QuerySet[Use]:
    rows = Use.objects.filter(running(on), which).filter(
        running(on, since="added_on", way="service__"),
        Q(subject__archived_at__isnull=True) | Q(subject__archived_at__gt=on),
    )
    return rows if which else rows.filter(service__organisation__in=scope.numbers)


def suppliers_of(rows: Iterable[UseRow]) -> dict[int, str]:
    """Of each service in these rows its supplier in the web."""
    return {row.service: row.supplier for row in {each.service: each for each in rows}.values()}


def links(scope: Scope, *, on: date, which: Q = ALL) -> list[LinkRow]:
    """Whom suppliers and services lean on, on a day. ``which``: only these, as conditions on links that few others fit."""
    service = Q(service__isnull=True) | running(on, since="added_on", way="service__")
    rows = SubSupplier.objects.filter(running(on), service, which)
    rows = rows if which else rows.filter(organisation__in=scope.numbers)
    fields = (
        "organisation_id", "service_id", "supplier_id", "supplier__kvk", "on_id", "on__kvk", "hours", "group",
    )  # fmt: skip
    return [
        LinkRow(
            org,
            service_node(service) if service else supplier_node(pk, kvk),
            supplier_node(other, number),
            hours,
            group,
        )
        for org, service, pk, kvk, other, number, hours, group in _own(scope, rows, fields)
    ]


def _own(scope: Scope, rows: QuerySet[M], fields: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """These columns of the rows of these registers; the first is whose a row is.

    With 342 organisations as a condition too, SQLite goes through all rows instead of the few that fit the other one.
    """
    here = set(scope.numbers)
    return (each for each in _told(rows, fields) if each[0] in here)


def _told(rows: QuerySet[M], fields: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """These columns of rows, in no order, a portion at a time."""
    return rows.order_by().values_list(*fields).iterator(20_000)


def under(services: Mapping[int, str], link_rows: Iterable[LinkRow]) -> tuple[list[Lean], dict[int, str]]:
    """The leans below what leans on services, and of each service what to look at: itself when it has leans of its own, else
    its supplier, with which it stops at once. ``services``: of each its supplier in the web.

    Where several organisations tell of one link, the shortest time that one of them knows counts.
    """
    told: dict[tuple[str, str, str], float | None] = {}
    for row in link_rows:
        key = (row.what, row.on, f"{row.organisation}:{row.group}" if row.group else "")
        known = [hours for hours in (told.get(key), row.hours) if hours is not None]
        told[key] = min(known) if known else None
    alone = {what for what, _, _ in told if what[0] == "v"}
    found = [Lean(what, on, hours, group) for (what, on, group), hours in told.items()]
    base = dict(services)
    for what in alone:
        if (supplier := services.get(int(what[1:]))) is not None:
            base[int(what[1:])] = what
            found.append(Lean(what, supplier, 0.0))
    return found, base


def everything(scope: Scope, *, on: date) -> list[Lean]:
    """All leans in these registers on a day, each service by itself."""
    use_rows = uses(scope, on=on)
    found, _base = under(suppliers_of(use_rows), links(scope, on=on))
    found += [Lean(service_node(each.service), each.supplier, 0.0) for each in use_rows]
    return found + [
        Lean(subject_node(each.subject), service_node(each.service), each.hours, each.group) for each in use_rows
    ]
