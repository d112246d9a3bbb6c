"""The rows of the product register as the pages and the list show them, and which of them are asked for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from dijkwacht.apps.advisories.queries.register import Register, lines_of, old, open_warnings, register_of
from dijkwacht.apps.advisories.register_words import STATED, source_words
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.core.advisories.register_view import Product, SourceAge
from dijkwacht.web.moments import day_of
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


def listed(
    organisation: Organisation, keys: Collection[str] | QuerySet[Any, Any], person: Person | None, *, at: datetime
) -> list[Row]:
    """The products with these keys as rows, by name; without ``person`` no warning is counted."""
    found = register_of(organisation, at=at, only=lines_of(organisation, keys))
    numbers = found.numbers.values() if not isinstance(keys, QuerySet) else None
    warnings = open_warnings(organisation, person, only=numbers) if person else {}
    return rows(found, warnings, on=day_of(at))


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
    )  # fmt: skip


def sources(found: Iterable[SourceAge]) -> list[tuple[str, str]]:
    """These sources to choose from."""
    every = sorted((each.source for each in found), key=lambda one: (one.kind, one.label))
    return [(each.id, source_words(each)) for each in every]
