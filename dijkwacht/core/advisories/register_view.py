"""How a register reads: a product with all its sources, the freshest version, where sources disagree, and what has grown old."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dijkwacht.core.advisories.register import ProductOf, Standing, as_written
from dijkwacht.core.advisories.register_lines import Source, Stated
from dijkwacht.core.advisories.shapes import Asset, Reason
from dijkwacht.core.days import Duration, add


@dataclass(frozen=True, slots=True)
class Product:
    """A product in the register. ``key``: vendor and product, folded. ``lines``: those that stand, freshest first.

    ``stated``: in use if one source says so, whatever others say. ``disagreements``: codes `presence_differs` and
    `versions_differ`, with per source what it says.
    """

    key: tuple[str, str]
    lines: tuple[Standing, ...]
    stated: Stated
    disagreements: tuple[Reason, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where it comes from, freshest first."""
        return tuple(dict.fromkeys(each.source for each in self.lines))

    @property
    def freshest(self) -> Standing:
        """The line that counts most: in use before not in use, with a version before without, then the newest."""
        return min(self.lines, key=lambda each: (each.line.stated != self.stated, not each.line.version, _newest(each)))

    @property
    def version(self) -> str:
        """The freshest version; empty when no source in which it is in use tells one."""
        return self.freshest.line.version

    @property
    def as_of(self) -> date:
        """The day of the newest line that says what ``stated`` says."""
        return max(each.as_of for each in self.lines if each.line.stated == self.stated)

    @property
    def exposed(self) -> bool | None:
        """Reachable from outside, if one line in use says so."""
        said = {each.line.exposed for each in self.lines if each.line.stated == "present"}
        return True if True in said else False if False in said else None


@dataclass(frozen=True, slots=True)
class SourceAge:
    """How old a source is: its lines, the newest and oldest of them, and how many were not confirmed in time."""

    source: Source
    lines: int
    newest: date
    oldest: date
    old: int


def _newest(each: Standing) -> tuple[int, str]:
    return -each.as_of.toordinal(), each.id


def products(standing: Iterable[Standing], *, product_of: ProductOf = as_written) -> dict[tuple[str, str], Product]:
    """The products of lines that are not gone, by key. ``product_of`` knows which names are one product."""
    groups: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for each in standing:
        if each.gone is None:
            groups[product_of(each.line)].append(each)
    return {key: _product(key, group) for key, group in groups.items()}


def _product(key: tuple[str, str], group: list[Standing]) -> Product:
    lines = tuple(sorted(group, key=_newest))
    said = {each.line.stated for each in lines}
    stated: Stated = "present" if "present" in said else "planned" if "planned" in said else "absent"
    found = []
    if len(said) > 1 and len({each.source for each in lines}) > 1:
        found.append(Reason("presence_differs", tuple((each.source.id, each.line.stated) for each in lines)))
    versions: dict[str, set[str]] = defaultdict(set)
    for each in lines:
        if each.line.stated == "present" and each.line.version:
            versions[each.source.id].add(each.line.version)
    if len(set(map(frozenset, versions.values()))) > 1:
        told = tuple((source, ", ".join(sorted(those))) for source, those in versions.items())
        found.append(Reason("versions_differ", told))
    return Product(key, lines, stated, tuple(found))


def assets(found: Iterable[Product], organisation: str) -> list[Asset]:
    """What is matched: per product in use one asset per version that a source still tells; one without when none does.

    Where sources disagree each version is matched: who is told too much can say so, who is not told cannot.
    """
    out: list[Asset] = []
    for product in found:
        if product.stated != "present":
            continue
        present = [each for each in product.lines if each.line.stated == "present"]
        chosen: dict[str, Standing] = {}
        for each in present:  # freshest first
            if each.line.version:
                chosen.setdefault(each.line.version, each)
        picked = list(chosen.values()) or [product.freshest]
        out += [_asset(each, present, organisation, product.exposed) for each in picked]
    return out


def _asset(each: Standing, present: list[Standing], organisation: str, exposed: bool | None) -> Asset:
    """The line as an asset; an identifier that only another source tells is taken from there."""
    line = each.line
    return Asset(
        organisation=organisation, id=each.id, vendor=line.vendor, product=line.product, version=line.version,
        purl=line.purl or next((other.line.purl for other in present if other.line.purl and not line.version), ""),
        cpe=line.cpe or next((other.line.cpe for other in present if other.line.cpe and not line.version), ""),
        source=each.source.kind, as_of=each.as_of, exposed=exposed, name=line.name or line.part_of,
    )  # fmt: skip


def is_old(each: Standing, *, on: date, after: Duration) -> bool:
    """Whether a line was not confirmed within ``after``, a term that the organisation or a pack gives."""
    return add(each.as_of, after) < on


def ages(standing: Iterable[Standing], *, on: date, after: Duration) -> list[SourceAge]:
    """Per source its age, the oldest source first."""
    groups: dict[Source, list[Standing]] = defaultdict(list)
    for each in standing:
        if each.gone is None:
            groups[each.source].append(each)
    found = [
        SourceAge(
            source, len(group), max(each.as_of for each in group), min(each.as_of for each in group),
            sum(is_old(each, on=on, after=after) for each in group),
        )
        for source, group in groups.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.newest, each.source.id))
