"""Many advisories against many registers: the same answers as comparing each with each, in time that follows the answer.

Per product the *distinct* versions stand in order, each with who has it; an advisory then only looks up its own products and
walks from the beginning to the end of its stretches. The other way round an asset looks up the rows of its own products.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dijkwacht.core.advisories.naming import NO_ALIASES, Aliases
from dijkwacht.core.advisories.rows import Place, Row, Wanted, places_of, stronger, tells_whole
from dijkwacht.core.advisories.shapes import Asset, Outcome
from dijkwacht.core.advisories.shorter import is_shorter

__all__ = ["Answer", "Notices", "Registers", "Warned"]

Key = tuple[str, str]
"""Advisory.key: publisher and id."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an advisory means for one organisation: affected when one of its assets is; else those that we cannot tell of."""

    organisation: str
    outcome: Outcome
    assets: tuple[Asset, ...]  # the affected ones, or when there are none the undetermined ones


@dataclass(frozen=True, slots=True)
class Warned:
    """Who must be warned, and who must be asked, as sets of bits: bit i is organisation i of the registers."""

    affected: int
    undetermined: int  # without those who are affected


@dataclass(slots=True)
class _Held:
    """Who has one version of one product: assets by number, and organisations as bits."""

    numbers: list[int] = field(default_factory=list)
    bits: int = 0


@dataclass(slots=True)
class _Shelf:
    """The versions of one product, and their order (made when it is asked for)."""

    held: dict[str, _Held] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    sorted: bool = True


class Registers:
    """The assets of all organisations, by product and version. An asset may be added at any time."""

    def __init__(self, assets: Iterable[Asset] = (), aliases: Aliases = NO_ALIASES) -> None:
        self.assets: list[Asset] = []
        self.organisations: list[str] = []
        self._numbers: dict[str, int] = {}
        self._owners: list[int] = []
        self._shelves: dict[str, _Shelf] = {}
        self._aliases = aliases
        self._alike: dict[tuple[str, str, str, str, str, bool], list[_Held]] = {}
        self._several = False  # whether any asset stands in more than one place
        for each in assets:
            self.add(each)

    def add(self, asset: Asset) -> None:
        """Puts an asset on its shelves."""
        owner = self._numbers.get(asset.organisation)
        if owner is None:
            owner = self._numbers[asset.organisation] = len(self.organisations)
            self.organisations.append(asset.organisation)
        number = len(self.assets)
        self.assets.append(asset)
        self._owners.append(owner)
        alike = (
            asset.vendor,
            asset.product,
            asset.version,
            asset.purl,
            asset.cpe,
            tells_whole(asset),
        )  # of many the same
        held = self._alike.get(alike)
        if held is None:
            held = self._alike[alike] = [self._place(*each) for each in places_of(asset, self._aliases)]
            self._several = self._several or len(held) > 1
        for each in held:
            each.numbers.append(number)
            each.bits |= 1 << owner

    def _place(self, product: str, version: str) -> _Held:
        shelf = self._shelves.get(product)
        if shelf is None:
            shelf = self._shelves[product] = _Shelf()
        held = shelf.held.get(version)
        if held is None:
            held = shelf.held[version] = _Held()
            shelf.order.append(version)
            shelf.sorted = False
        return held

    @property
    def products(self) -> Iterable[str]:
        """The keys of all products that somebody has."""
        return self._shelves.keys()

    def wanted(self) -> Wanted:
        """Of which products rows can be met, and where short versions stand: for `rows_of`, once everything was added."""
        return {key: sorted(filter(is_shorter, shelf.held)) for key, shelf in self._shelves.items()}

    def warned(self, rows: Iterable[Row]) -> Warned:
        """Who must be warned for an advisory with these rows, and who must be asked."""
        affected = undetermined = 0
        for row in rows:
            found = 0
            for each in self._meant(row):
                found |= each.bits
            if row.outcome == "affected":
                affected |= found
            else:
                undetermined |= found
        return Warned(affected, undetermined & ~affected)

    def hits(self, rows: Iterable[Row]) -> tuple[list[int], list[int]]:
        """Which assets, by number, are affected and which undetermined; each once, in no order that matters."""
        affected: list[int] = []
        undetermined: list[int] = []
        for row in rows:
            into = affected if row.outcome == "affected" else undetermined
            for each in self._meant(row):
                into += each.numbers
        if self._several:  # the stretches of one product lie apart, so only then an asset can be found twice
            sure = set(affected)
            return list(sure), list(set(undetermined) - sure)
        return affected, undetermined

    def answers(self, rows: Iterable[Row]) -> list[Answer]:
        """Per organisation that an advisory is about: the outcome, and the assets that make it so, in order of the register."""
        affected, undetermined = self.hits(rows)
        sure = self._by_owner(affected)
        open_ = {owner: held for owner, held in self._by_owner(undetermined).items() if owner not in sure}
        out = [self._answer(owner, "affected", held) for owner, held in sure.items()]
        out += [self._answer(owner, "undetermined", held) for owner, held in open_.items()]
        return sorted(out, key=_organisation)

    def names(self, bits: int) -> list[str]:
        """The organisations of a set of bits."""
        return [name for number, name in enumerate(self.organisations) if bits >> number & 1]

    def _answer(self, owner: int, outcome: Outcome, numbers: list[int]) -> Answer:
        numbers.sort()
        return Answer(self.organisations[owner], outcome, tuple([self.assets[each] for each in numbers]))

    def _by_owner(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        owners = self._owners
        for number in numbers:
            owner = owners[number]
            if owner in found:
                found[owner].append(number)
            else:
                found[owner] = [number]
        return found

    def _meant(self, row: Row) -> list[_Held]:
        """What somebody has of the versions of a row."""
        shelf = self._shelves.get(row.product)
        if shelf is None:
            return []
        order, held = shelf.order, shelf.held
        if not shelf.sorted:
            order.sort()
            shelf.sorted = True
        return [held[each] for each in order[bisect_left(order, row.start) : bisect_left(order, row.stop)]]


def _organisation(answer: Answer) -> str:
    return answer.organisation


class Notices:
    """The rows of all advisories, by product. An advisory may be added, replaced or taken out at any time."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[str, str, Outcome, Key]]] = {}  # per product, in order of where they start
        self._products: dict[Key, set[str]] = {}

    def put(self, key: Key, rows: Iterable[Row]) -> None:
        """Adds an advisory; an earlier revision with the same key goes."""
        self.take_out(key)
        products = self._products.setdefault(key, set())
        for row in rows:
            insort(self._rows.setdefault(row.product, []), (row.start, row.stop, row.outcome, key))
            products.add(row.product)

    def take_out(self, key: Key) -> None:
        """Takes an advisory out; nothing happens when it is not here."""
        for product in self._products.pop(key, ()):
            self._rows[product] = [each for each in self._rows[product] if each[3] != key]

    def about(self, places: Iterable[Place]) -> Mapping[Key, Outcome]:
        """The advisories that are about an asset at these places, each with the outcome: affected or undetermined."""
        found: dict[Key, Outcome] = {}
        for product, version in places:
            rows = self._rows.get(product, [])
            for _, stop, outcome, key in rows[: bisect_right(rows, version, key=_start)]:
                if version < stop:
                    found[key] = stronger(outcome, found.get(key, outcome))
        return found

    def __iter__(self) -> Iterator[Key]:
        return iter(self._products)


def _start(row: tuple[str, str, Outcome, Key]) -> str:
    return row[0]
