"""Names that may mean the same product, for a person to confirm as an alias. Nothing here joins anything by itself.

A candidate has the same vendor and shares a *rare* word: one that few products of that vendor have. *Server* tells two products
of a large vendor apart badly, *Exchange* well.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dijkwacht.core.advisories.naming import NO_ALIASES, Aliases, fold, fold_product, fold_vendor

__all__ = ["Candidate", "candidates"]

Name = tuple[str, str]
"""Vendor and product, as somebody wrote them."""
FEW = 4  # products of one vendor with the same word, at least; with many products a tenth of them


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered name and a name in an advisory that may be one. ``words``: what they share; ``score``: higher is likelier."""

    registered: Name
    told: Name
    words: tuple[str, ...]
    score: float


def candidates(registered: Iterable[Name], told: Iterable[Name], aliases: Aliases = NO_ALIASES) -> list[Candidate]:
    """The candidates, the likeliest first. Names that are one already are left out."""
    ours, theirs = _by_vendor(registered, aliases), _by_vendor(told, aliases)
    out = []
    for vendor, products in ours.items():
        others = theirs.get(vendor, {})
        counts = Counter(word for product, (_, words) in {**others, **products}.items() for word in words)
        most = max(FEW, len({*others, *products}) // 10)
        rare: dict[str, list[str]] = {}
        for product, (_, words) in others.items():
            for word in words:
                if counts[word] <= most:
                    rare.setdefault(word, []).append(product)
        for product, (name, words) in products.items():
            if product in others:
                continue
            shared: dict[str, set[str]] = {}
            for word in words:
                for other in rare.get(word, ()):
                    shared.setdefault(other, set()).add(word)
            for other, common in shared.items():
                score = sum(1 / counts[word] for word in sorted(common)) / len(words | others[other][1])
                out.append(Candidate(name, others[other][0], tuple(sorted(common)), round(score, 6)))
    return sorted(out, key=lambda each: (-each.score, each.registered, each.told))


def _by_vendor(names: Iterable[Name], aliases: Aliases) -> dict[str, dict[str, tuple[Name, frozenset[str]]]]:
    """Per folded vendor and product the name as written and its words, without numbers and the words of the vendor."""
    found: dict[str, dict[str, tuple[Name, frozenset[str]]]] = {}
    for name in sorted(set(names)):
        vendor, product = aliases.resolved(fold_vendor(name[0]), fold_product(name[1], name[0]))
        if not vendor or not product:
            continue
        own = set(fold(name[0]).split())
        words = frozenset(
            word for word in fold(name[1]).split() if word not in own and not word.isdigit() and len(word) > 1
        )
        if words:
            found.setdefault(vendor, {}).setdefault(product, (name, words))
    return found
