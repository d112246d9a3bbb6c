"""An account of the covenant as a value: texts, lists and tables, in which every figure says where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from dijkwacht.core.chain import canonical

FORM = "dijkwacht covenant account 1"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text, which stands there as ``14 [1]``. ``source``: which records, and how it was counted; ``page``: the
    name of the page that shows them, or empty."""

    number: int
    value: str
    what: str
    source: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part with a heading: texts, then a list, then a table."""

    name: str
    texts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """An account. ``on``: of which day it tells; ``unknown``: what it cannot say; ``packs``: on which packs it rests."""

    product: str
    title: str
    organisation: str
    audience: str
    basis: str
    on: str
    lead: str
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...]
    unknown: tuple[str, ...]
    packs: str


@dataclass(slots=True)
class Citing:
    """Numbers the figures of an account in the order in which its texts name them."""

    figures: list[Figure] = field(default_factory=list)

    def __call__(self, value: object, what: str, source: str, page: str = "") -> str:
        """The figure as it stands in a text."""
        self.figures.append(Figure(len(self.figures) + 1, str(value), what, source, page))
        return f"{value} [{len(self.figures)}]"


def plain(account: Account) -> dict[str, Any]:
    """The account as plain values, for a file or a table."""
    texts = (
        "product", "title", "organisation", "audience", "basis", "on", "lead", "packs",
    )  # fmt: skip
    return {
        "form": FORM,
        **{name: getattr(account, name) for name in texts},
        "parts": [
            {
                "name": part.name, "texts": [*part.texts], "items": [*part.items], "heads": [*part.heads],
                "rows": [[*row] for row in part.rows],
            }
            for part in account.parts
        ],
        "figures": [
            {
                "number": each.number, "value": each.value, "what": each.what, "source": each.source, "page": each.page,
            }
            for each in account.figures
        ],
        "unknown": [*account.unknown],
    }  # fmt: skip


def account_of(content: Mapping[str, Any]) -> Account:
    """The account that `plain` wrote. Raises KeyError or TypeError for anything else."""
    parts = tuple(
        Part(
            each["name"], tuple(each["texts"]), tuple(each["items"]), tuple(each["heads"]),
            tuple(tuple(row) for row in each["rows"]),
        )
        for each in content["parts"]
    )  # fmt: skip
    figures = tuple(Figure(**each) for each in content["figures"])
    return Account(
        content["product"], content["title"], content["organisation"], content["audience"], content["basis"], content["on"],
        content["lead"], parts, figures, tuple(content["unknown"]), content["packs"],
    )  # fmt: skip


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form of what `plain` wrote."""
    return sha256(canonical(content)).hexdigest()


def changed(before: Account, now: Account) -> Sequence[str]:
    """The names of the parts that say something else now, or are new or gone; in the order of now."""
    was, new = ({part.name: part for part in each.parts} for each in (before, now))
    return [name for name in dict.fromkeys([*new, *was]) if was.get(name) != new.get(name)]
