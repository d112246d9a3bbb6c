"""The safety net under names: an organisation follows a whole vendor, or a word. What is caught is to be looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dijkwacht.core.advisories.naming import NO_ALIASES, Aliases, fold, fold_vendor
from dijkwacht.core.advisories.shapes import Advisory

__all__ = ["Caught", "Net", "Subscription"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """What an organisation wants to see: everything of a vendor, or everything that has these words in a row."""

    organisation: str
    kind: Literal["vendor", "keyword"]
    text: str


@dataclass(frozen=True, slots=True)
class Caught:
    """A subscription, and what in the advisory it caught, as written there."""

    subscription: Subscription
    found: str


class Net:
    """All subscriptions, ready to catch."""

    def __init__(self, subscriptions: Iterable[Subscription], aliases: Aliases = NO_ALIASES) -> None:
        self._aliases = aliases
        self._vendors: dict[str, list[Subscription]] = {}
        self._words: dict[str, list[Subscription]] = {}
        for each in subscriptions:
            key = self._vendor(each.text) if each.kind == "vendor" else fold(each.text)
            if key:
                (self._vendors if each.kind == "vendor" else self._words).setdefault(key, []).append(each)

    def caught(self, advisory: Advisory) -> list[Caught]:
        """What this advisory sets off: each subscription once, with the first text that did."""
        found: dict[Subscription, str] = {}
        for vendor in dict.fromkeys(line.vendor for line in advisory.products.values()):
            for each in self._vendors.get(self._vendor(vendor), ()):
                found.setdefault(each, vendor)
        for text in dict.fromkeys(_texts(advisory)) if self._words else ():
            padded = f" {fold(text)} "
            for words, subscriptions in self._words.items():
                if f" {words} " in padded:
                    for each in subscriptions:
                        found.setdefault(each, text)
        return [Caught(each, text) for each, text in found.items()]

    def _vendor(self, text: str) -> str:
        return self._aliases.resolved(fold_vendor(text), "")[0]


def _texts(advisory: Advisory) -> Iterable[str]:
    yield advisory.title
    for line in advisory.products.values():
        yield f"{line.vendor} {line.product}"
        yield line.name
    for weakness in advisory.vulnerabilities:
        yield weakness.title
        yield weakness.cve
