"""What the page, the files and the command about a supplier that stops show: the same rows, in names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dijkwacht.apps.suppliers.dependence_words import after, listed, stops_note
from dijkwacht.apps.suppliers.queries import stops, web
from dijkwacht.apps.suppliers.queries.scope import Scope
from dijkwacht.apps.suppliers.queries.stops import Kept, Stopped, WhatIf
from dijkwacht.apps.suppliers.queries.web import LinkRow, UseRow
from dijkwacht.web.graph import Picture, Thing

MOST_DRAWN = 400
"""Things in a picture, before columns are folded; more says nothing any more."""


@dataclass(frozen=True, slots=True)
class Row:
    """One process or system that stops. ``way``: names from the service down to who was gone first."""

    stop: Stopped
    organisation: str
    when: str
    way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What all that was met is called."""

    organisations: Mapping[int, str]
    services: Mapping[str, str]
    suppliers: Mapping[str, str]

    def of(self, node: str) -> str:
        """A service or supplier in the web; a number when it has no name."""
        return self.services.get(node) or self.suppliers.get(node) or node[1:]


def names_of(found: WhatIf, scope: Scope) -> Names:
    """The names of the suppliers and services in it, and of the organisations."""
    nodes = {*found.gone, *(node for each in found.links for node in (each.what, each.on))}
    nodes |= {node for each in found.stopped for node in each.path}
    if not scope.shared:
        nodes |= {each.supplier for each in found.uses}
    nodes = {each for each in nodes if each[0] in "ks"}
    return Names({each.pk: each.name for each in scope.organisations}, found.services, stops.names(scope, nodes))


def rows_of(stopped: Iterable[Stopped], names: Names) -> list[Row]:
    """Rows as they are shown."""
    return [
        Row(
            each,
            names.organisations[each.organisation],
            after(each.hours, sure=each.sure),
            tuple(map(names.of, each.path)),
        )
        for each in stopped
    ]


def kept_of(kept: Iterable[Kept], names: Names) -> list[tuple[Kept, str, str, str]]:
    """What goes on: the row, its organisation, without which services, by which."""
    return [(each, names.organisations[each.organisation], listed(each.without), listed(each.by)) for each in kept]


def chain_of(found: WhatIf, names: Names) -> list[tuple[str, str]]:
    """Suppliers that stop too, with when, and those that go on by another."""
    stop = [(names.of(each.what), after(each.hours, sure=each.sure)) for each in found.suppliers]
    return stop + [(names.of(each), _("goes on by another way")) for each in found.held if each[0] != "v"]


def data(found: WhatIf, names: Names, *, scope: Scope, on: date) -> dict[str, Any]:
    """All of it for a program. ``hours`` with ``sure`` false: at the earliest."""
    return {
        "on": on.isoformat(),
        "scope": "shared" if scope.shared else "own",
        "tlp": scope.tlp or None,
        "registers": len(scope.organisations),
        "gone": [_supplier(each, names) for each in found.gone],
        "stops": [_stop(each, names) for each in found.stopped],
        "goes_on": [_kept(each, names) for each in found.kept],
        "suppliers": [
            {**_supplier(each.what, names), "hours": each.hours, "sure": each.sure} for each in found.suppliers
        ],
        "suppliers_that_go_on": [_supplier(each, names) for each in found.held if each[0] != "v"],
    }


def _supplier(node: str, names: Names) -> dict[str, Any]:
    return {
        "name": names.of(node),
        "kvk": node[1:] if node[0] == "k" else None,
        "row": int(node[1:]) if node[0] == "s" else None,
    }


def _stop(each: Stopped, names: Names) -> dict[str, Any]:
    return {
        "organisation": names.organisations[each.organisation], "name": each.name, "kind": each.kind, "hours": each.hours,
        "sure": each.sure, "by": [names.of(node) for node in each.path], "ways_run_out": each.ran_out,
    }  # fmt: skip


def _kept(each: Kept, names: Names) -> dict[str, Any]:
    return {
        "organisation": names.organisations[each.organisation], "name": each.name, "without": list(each.without),
        "by": list(each.by),
    }  # fmt: skip


def picture(found: WhatIf, names: Names, *, slug: str, title: str) -> Picture | None:
    """The part of our own register that leans on who stops, drawn; None when there is nothing or too much to draw."""
    drawn = _Drawn(found, names, slug)
    for use in found.uses:
        drawn.use(use)
    for link in found.links:
        drawn.link(link)
    if not drawn.pairs or len(drawn.things) > MOST_DRAWN:
        return None
    kinds = (_("Process or system"), _("Service"), _("Supplier"), _("Further down"))
    return Picture(title, kinds, tuple(drawn.things.values()), tuple(dict.fromkeys(drawn.pairs)))


class _Drawn:
    """Boxes and lines, as they come. ``down``: services and suppliers that stop, or were gone first."""

    def __init__(self, found: WhatIf, names: Names, slug: str) -> None:
        self.found, self.names = found, names
        self.things: dict[str, Thing] = {}
        self.pairs: list[tuple[str, str]] = []
        self._stops = {web.subject_node(each.subject): each for each in found.stopped}
        self._chain = {each.what: each for each in found.suppliers}
        self._down = {*found.gone, *self._chain, *(node for each in found.stopped for node in each.path)}
        self._direct = {each.supplier for each in found.uses}
        self._url = reverse("suppliers:what_if", args=(slug,))

    def use(self, use: UseRow) -> None:
        """A process or system and its service, when one of them has to do with what stops."""
        top, service = web.subject_node(use.subject), web.service_node(use.service)
        stop = self._stops.get(top)
        out = service in self._down or use.supplier in self._down
        if not (out or stop):
            return
        note = stops_note(stop.hours, sure=stop.sure) if stop else _("goes on")
        self.things.setdefault(top, Thing(top, 0, use.name, note=note, stopped=stop is not None))
        self.things.setdefault(service, Thing(service, 1, use.service_name, stopped=out))
        self.pairs += [(top, service), (service, self._supplier(use.supplier))]

    def link(self, link: LinkRow) -> None:
        """On whom a supplier or a service leans, when that stops or it does itself."""
        if link.what[0] == "v" and link.what not in self.things:
            return
        what = link.what if link.what[0] == "v" else self._supplier(link.what)
        self.pairs.append((what, self._supplier(link.on)))

    def _supplier(self, node: str) -> str:
        stop, gone = self._chain.get(node), node in self.found.gone
        note = stops_note(stop.hours, sure=stop.sure) if stop else _("stops first") if gone else ""
        kind = 2 if node in self._direct else 3
        url = f"{self._url}?wie={node}"
        self.things.setdefault(node, Thing(node, kind, self.names.of(node), url, note, stopped=bool(stop or gone)))
        return node
