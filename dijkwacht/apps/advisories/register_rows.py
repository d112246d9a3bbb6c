"""The rows of the product register as the pages and the list show them, and which of them are asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dijkwacht.apps.advisories.queries.register import Register, old
from dijkwacht.apps.advisories.register_words import STATED, source_words
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.core.advisories.register_view import Product
from dijkwacht.web.register_words import disagreement


@dataclass(frozen=True, slots=True)
class Row:
    """A product as a row. ``pk``: of the line that counts most; ``answered``: a person said the version; ``warnings``: open."""

    pk: int
    vendor: str
    name: str
    version: str
    answered: bool
    versions: tuple[str, ...]
    stated: str
    sources: tuple[Source, ...]
    as_of: date
    old: bool
    exposed: bool | None
    disagreements: tuple[str, ...]
    warnings: int
    texts: str

    @property
    def from_words(self) -> str:
        """Where it is known from."""
        return ", ".join(source_words(each) for each in self.sources)

    @property
    def stated_words(self) -> str:
        """Whether it is in use."""
        return str(STATED[self.stated])


def rows(found: Register, warnings: Mapping[int, frozenset[int]], *, on: date) -> list[Row]:
    """All products as rows, by name."""
    return [row(each, found, warnings, on=on) for each in found.products]


def row(product: Product, found: Register, warnings: Mapping[int, frozenset[int]], *, on: date) -> Row:
    """One product as a row."""
    fresh = product.freshest
    numbers = [found.numbers[each.id] for each in product.lines]
    told = set[int]().union(*(warnings.get(number, frozenset()) for number in numbers))
    used = [each.line.version for each in product.lines if each.line.stated == product.stated and each.line.version]
    return Row(
        found.numbers[fresh.id], fresh.line.vendor, fresh.line.product or fresh.line.name, product.version,
        fresh.id in found.answered, tuple(dict.fromkeys(used)), product.stated, product.sources, product.as_of,
        old(product, on=on), product.exposed, tuple(disagreement(each) for each in product.disagreements), len(told),
        _texts(product),
    )  # fmt: skip


def _texts(product: Product) -> str:
    """What is searched in."""
    return " ".join(
        f"{each.line.vendor} {each.line.product} {each.line.name} {each.line.owner} {each.line.location} {each.line.part_of}"
        for each in product.lines
    ).casefold()


def narrowed(found: Iterable[Row], asked: Mapping[str, Any]) -> list[Row]:
    """Those that a filter asks for; without a word about use only what is in use."""
    text, source, state = (str(asked.get(name) or "") for name in ("text", "source", "state"))
    fits = _SHOWN.get(str(asked.get("show") or ""))
    words = text.casefold().split()
    return [
        each
        for each in found
        if (state == "all" or each.stated == (state or "present"))
        and all(word in each.texts for word in words)
        and (not source or source in (one.id for one in each.sources))
        and (fits is None or fits(each))
    ]


_SHOWN: Mapping[str, Callable[[Row], bool]] = {
    "no_version": lambda each: not each.version,
    "old": lambda each: each.old,
    "differ": lambda each: bool(each.disagreements),
    "exposed": lambda each: each.exposed is True,
    "warned": lambda each: each.warnings > 0,
}


def sources(found: Sequence[Row]) -> list[tuple[str, str]]:
    """The sources of these rows to choose from."""
    every = sorted({one for each in found for one in each.sources}, key=lambda one: (one.kind, one.label))
    return [(each.id, source_words(each)) for each in every]
