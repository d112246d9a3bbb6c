"""How much hangs on a service, from what depends on it: its tier, with the reasons, and what could still raise it. Pure.

Which signs there are and what each makes of a service stands in ``norms/suppliers``: no law prescribes tiers, so anybody can
read there why.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier: ``rank`` 1 is the lightest. ``proofs``: the kinds of proof of which one is expected, none for the lightest."""

    id: str
    rank: int
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """What makes a service at least of a tier, such as that a critical process leans on it."""

    id: str
    tier: str


@dataclass(frozen=True, slots=True)
class Graded:
    """A tier with the signs that give it. ``unknown``: signs of which nobody knows, that could raise it (to ``at_most``)."""

    tier: Tier
    because: tuple[str, ...]
    at_most: Tier
    unknown: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether nothing that is not known yet can raise it."""
        return self.at_most == self.tier


def grade(found: Mapping[str, bool | None], *, signs: Iterable[Sign], tiers: Collection[Tier]) -> Graded:
    """The heaviest tier of which a sign is there. ``found``: yes, no or None (nobody knows); a sign not named is not known.

    Raises ValueError on a sign of a tier that is not there.
    """
    known = {each.id: each for each in tiers}
    lightest = min(tiers, key=lambda each: each.rank)
    there: list[tuple[Tier, str]] = []
    open_: list[tuple[Tier, str]] = []
    for sign in signs:
        if sign.tier not in known:
            raise ValueError(f"{sign.id} makes a service {sign.tier}, which is no tier")
        answer = found.get(sign.id)
        if answer is not False:
            (there if answer else open_).append((known[sign.tier], sign.id))
    tier = max((each for each, _ in there), key=lambda each: each.rank, default=lightest)
    higher = [(each, sign) for each, sign in open_ if each.rank > tier.rank]
    at_most = max((each for each, _ in higher), key=lambda each: each.rank, default=tier)
    return Graded(tier, tuple(sign for each, sign in there if each == tier), at_most, tuple(sign for _, sign in higher))


def heaviest(graded: Iterable[Graded]) -> Graded | None:
    """Of a supplier: the heaviest of its services, with what could raise any of them; None without services."""
    rows = list(graded)
    if not rows:
        return None
    tier = max((each.tier for each in rows), key=lambda each: each.rank)
    at_most = max((each.at_most for each in rows), key=lambda each: each.rank)
    because = dict.fromkeys(sign for each in rows if each.tier == tier for sign in each.because)
    unknown = dict.fromkeys(sign for each in rows if each.at_most.rank > tier.rank for sign in each.unknown)
    return Graded(tier, tuple(because), at_most, tuple(unknown))
