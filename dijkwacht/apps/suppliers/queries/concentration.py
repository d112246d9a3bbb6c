"""On whom everything leans: of each supplier, also far down the chain, whom it would stop; and where trouble comes together."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.suppliers.models import Supplier
from dijkwacht.apps.suppliers.queries import web
from dijkwacht.apps.suppliers.queries.scope import Scope
from dijkwacht.core.suppliers.dependence import Lean, cores
from dijkwacht.core.suppliers.identity import folded
from dijkwacht.core.suppliers.spread import spread

KINDS = ("process", "system")
LEAST = 2
"""Organisations from which a region can be said to lean on one supplier as a whole, and a name to be common."""


@dataclass(frozen=True, slots=True)
class Leant:
    """A supplier, and what it alone would stop. ``who``: numbers of organisations, or of processes within one register.

    ``part``: 0 to 1, of all that have something to stop. ``direct``: organisations that have a service of it themselves;
    ``regions``: those in which it stops something everywhere; ``knot``: whether it is in the tightest knot.
    """

    node: str
    name: str
    who: frozenset[int]
    part: float
    direct: int
    regions: tuple[str, ...]
    knot: bool

    @property
    def hidden(self) -> bool:
        """Whether nobody has dealings with it, and yet things stop with it."""
        return not self.direct


@dataclass(frozen=True, slots=True)
class Knot:
    """The tightest knot: suppliers and organisations that each have at least ``ties`` ties with each other."""

    ties: int
    suppliers: frozenset[str]
    organisations: frozenset[int]


@dataclass(frozen=True, slots=True)
class Table:
    """All suppliers that would stop something, the widest first. ``whole``: how many have something to stop at all."""

    rows: tuple[Leant, ...]
    whole: int
    knot: Knot | None


@dataclass(frozen=True, slots=True)
class Alike:
    """Suppliers without a KvK number that are called nearly the same in several registers: perhaps one, never taken as one."""

    names: tuple[str, ...]
    organisations: int


def plain(name: str) -> str:
    """A name of a process as two registers are compared by it."""
    return " ".join(name.split()).casefold()


def table(scope: Scope, *, on: date, process: str = "") -> Table:
    """Of each supplier in these registers what it alone would stop on a day. ``process``: only processes of this name.

    Within one register processes and systems are counted, over several organisations.
    """
    nodes, called = names(scope)
    services = web.bare_services(scope, nodes, on=on)
    leans, owners = _leans(scope, services, on=on, process=process)
    suppliers = sorted({name for each in leans for name in (each.what, each.on) if name[0] in "ks"})
    pairs = set(services.values())
    direct: dict[str, set[int]] = defaultdict(set)
    for organisation, node in pairs:
        direct[node].add(organisation)
    knot = _knot(pairs) if scope.shared else None
    homes = _regions(scope, {int(each) for each in owners.values()}) if scope.shared else {}
    rows = []
    for share in spread(leans, on=suppliers, owners=owners):
        who = frozenset(map(int, share.organisations))
        rows.append(
            Leant(
                share.on, called.get(share.on, share.on[1:]), who, share.part, len(direct.get(share.on, ())),
                tuple(name for name, all_ in homes.items() if all_ <= who), knot is not None and share.on in knot.suppliers,
            )
        )  # fmt: skip
    return Table(tuple(rows), len(set(owners.values())), knot)


def _leans(
    scope: Scope, services: Mapping[int, tuple[int, str]], *, on: date, process: str
) -> tuple[list[Lean], dict[str, str]]:
    """What leans on what without hours, which do not matter for whether something stops; and of what counts whose it is.

    Over several organisations all that an organisation does without ways around is one thing: it stops with any of them.
    """
    gone, wanted = web.archived(scope, on=on), _named(scope, process) if process.strip() else None
    whole: set[int] = set()  # services on which something leans without ways around
    apart: set[tuple[int, int, str]] = set()
    used: set[int] = set()
    for subject, service, group in web.bare_uses(scope, on=on):
        if service in services and subject not in gone:
            used.add(service)
            if wanted is None or subject in wanted:
                if scope.shared and not group:
                    whole.add(service)
                else:
                    apart.add((subject, service, group))
    below, base = web.under({each: services[each][1] for each in used}, web.links(scope, on=on))
    top = {(f"o{services[each][0]}", base[each], "") for each in whole}
    top |= {(web.subject_node(subject), base[service], group) for subject, service, group in apart}
    owners = {f"o{organisation}": str(organisation) for organisation in {services[each][0] for each in whole}}
    owners |= {
        web.subject_node(subject): str(services[service][0] if scope.shared else subject)
        for subject, service, _ in apart
    }
    return below + [Lean(what, on_, 0.0, group) for what, on_, group in top], owners


def _named(scope: Scope, process: str) -> set[int]:
    """The processes and systems of this name."""
    wanted = plain(process)
    rows = Subject.objects.filter(kind__in=KINDS, organisation__in=scope.numbers).order_by()
    return {pk for pk, name in rows.values_list("pk", "name").iterator(20_000) if plain(name) == wanted}


def _knot(pairs: Collection[tuple[int, str]]) -> Knot | None:
    """The innermost core of who has services of whom; none when it is no knot but a chain."""
    levels = cores((f"o{organisation}", node) for organisation, node in pairs)
    ties = max(levels.values(), default=0)
    if ties <= 1:
        return None
    inside = [name for name, level in levels.items() if level == ties]
    organisations = frozenset(int(name[1:]) for name in inside if name[0] == "o")
    return Knot(ties, frozenset(name for name in inside if name[0] != "o"), organisations)


def _regions(scope: Scope, counted: Collection[int]) -> dict[str, frozenset[int]]:
    """Of each safety region with several organisations that count, which."""
    homes: dict[str, set[int]] = defaultdict(set)
    for each in scope.organisations:
        if each.safety_region and each.pk in counted:
            homes[each.safety_region].add(each.pk)
    return {name: frozenset(some) for name, some in sorted(homes.items()) if len(some) >= LEAST}


def names(scope: Scope) -> tuple[dict[int, str], dict[str, str]]:
    """The name in the web of each supplier of these registers, by row; and what each is called there: the name that most give,
    of equals the first by letter."""
    nodes: dict[int, str] = {}
    said: Counter[tuple[str, str]] = Counter()
    rows = Supplier.objects.filter(organisation__in=scope.numbers).order_by()
    for pk, kvk, name, merged in rows.values_list("pk", "kvk", "name", "merged_into_id").iterator(20_000):
        nodes[pk] = web.supplier_node(pk, kvk)
        if not merged:
            said[nodes[pk], name] += 1
    best: dict[str, tuple[int, str]] = {}
    for (node, name), many in said.items():
        best[node] = min(best.get(node, (0, "")), (-many, name))
    return nodes, {node: name for node, (_, name) in best.items()}


def processes(scope: Scope, *, on: date, limit: int = 200) -> list[str]:
    """Names of processes and systems that several of these organisations have, the most common first; in one register all."""
    kept = Q(archived_at__isnull=True) | Q(archived_at__gt=on)
    rows = Subject.objects.filter(kept, kind__in=KINDS, organisation__in=scope.numbers).order_by()
    whose: dict[str, set[int]] = defaultdict(set)
    said: dict[str, str] = {}
    for organisation, name in rows.values_list("organisation_id", "name").iterator(20_000):
        whose[plain(name)].add(organisation)
        said[plain(name)] = min(name, said.get(plain(name), name))
    common = [key for key, some in whose.items() if not scope.shared or len(some) >= LEAST]
    return [said[key] for key in sorted(common, key=lambda key: (-len(whose[key]), key))[:limit]]


def alike(scope: Scope, *, limit: int = 50) -> list[Alike]:
    """Who may be the same over several registers, but has no KvK number to tell by."""
    found: dict[str, tuple[set[str], set[int]]] = defaultdict(lambda: (set(), set()))
    rows = Supplier.objects.filter(
        organisation__in=scope.numbers, merged_into__isnull=True, ended_on__isnull=True, kvk=""
    )
    for organisation, name in rows.order_by().values_list("organisation_id", "name").iterator(20_000):
        if key := folded(name):
            found[key][0].add(name)
            found[key][1].add(organisation)
    some = [Alike(tuple(sorted(said)), len(whose)) for said, whose in found.values() if len(whose) >= LEAST]
    return sorted(some, key=lambda each: (-each.organisations, each.names))[:limit]
