"""What needs attention at a supplier, and before when: proof, exit plans, contracts that end, findings. Pure.

How far ahead is looked is our choice: a contract half a year, a day of notice and proof a quarter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Literal, get_args

from dijkwacht.core.days import Duration, add, earliest
from dijkwacht.core.suppliers.assurance import Proof, Span, cover
from dijkwacht.core.suppliers.tier import Graded, Tier

AHEAD = Duration(6, 0)
NEAR = Duration(3, 0)
_YEAR = timedelta(days=365)
_DAY = timedelta(days=1)
Code = Literal[
    "finding_late", "contract_over", "notice_soon", "no_proof", "no_exit", "proof_ends", "contract_ends", "no_contract",
    "finding", "weight_open",
]  # fmt: skip
_ORDER: Mapping[str, int] = {name: at for at, name in enumerate(get_args(Code))}


class Press(IntEnum):
    """How pressing: late, needs you, coming or open."""

    OPEN = 1
    NEEDED = 2
    LATE = 3


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs somebody. ``day``: the last day to do it or the day on which it ends, if there is one."""

    code: Code
    press: Press
    name: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """A service with its tier. ``exit``: whether there is an exit plan."""

    id: str
    name: str
    graded: Graded
    exit: bool


@dataclass(frozen=True, slots=True)
class Term:
    """The term of a contract. ``until``: the first day after, None: no end; ``notice``: months to give notice, None: unknown."""

    name: str
    starts: date
    until: date | None
    notice: int | None = None

    def runs(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.starts <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Open:
    """A finding that somebody still has to do something about, and the day before which."""

    name: str
    due: date


@lru_cache(maxsize=8192)
def last_notice(until: date | None, months: int | None) -> date | None:
    """The last day on which notice can be given, so that the whole term lies before the end; None when either is not known.

    A contract until 1 January with three months' notice: 30 September.
    """
    if until is None or months is None:
        return None
    term = Duration(months, 0)
    first = earliest(until, term)
    while add(first, term) > until:  # of months with fewer days: a little earlier, never too late
        first -= _DAY
    return first - _DAY


def expected(graded: Graded, tiers: Iterable[Tier]) -> frozenset[str]:
    """The kinds of proof of which one is pressing; none in the lightest tier."""
    return frozenset(graded.tier.proofs) if graded.tier.rank > min(each.rank for each in tiers) else frozenset()


def covered_until(service: str, proofs: Iterable[Proof], *, kinds: frozenset[str], on: date) -> date | None:
    """The first day without proof of one of these kinds for a service; None when there is none now."""
    fits = [each for each in proofs if each.kind.id in kinds]
    if not fits:
        return None
    found = cover(service, fits, on=on, asked=Span(on - _YEAR, on))
    return found.until if found.proofs else None


def needs(
    services: Sequence[Delivered], *, terms: Sequence[Term], proofs: Sequence[Proof], findings: Sequence[Open],
    tiers: Sequence[Tier], direct: bool, on: date,
) -> tuple[Need, ...]:  # fmt: skip
    """All that needs attention, the most pressing first. ``direct``: whether we have dealings with it ourselves."""
    found = [_finding(each, on) for each in findings]
    found += _contracts(terms, on, wanted=direct and bool(services))
    heaviest = max(each.rank for each in tiers)
    for each in services:
        top = each.graded.tier.rank == heaviest
        kinds = expected(each.graded, tiers)
        until = covered_until(each.id, proofs, kinds=kinds, on=on) if kinds else None
        if kinds and until is None:
            found.append(Need("no_proof", Press.NEEDED if top else Press.OPEN, each.name))
        elif until is not None and until <= add(on, NEAR):
            found.append(Need("proof_ends", Press.OPEN, each.name, until - _DAY))
        if top and not each.exit:
            found.append(Need("no_exit", Press.NEEDED, each.name))
        if not each.graded.settled:
            found.append(Need("weight_open", Press.OPEN, each.name))
    return tuple(sorted(found, key=lambda each: (-each.press, each.day or date.max, _ORDER[each.code], each.name)))


def _finding(found: Open, on: date) -> Need:
    late = on > found.due
    return Need("finding_late" if late else "finding", Press.LATE if late else Press.OPEN, found.name, found.due)


def _contracts(terms: Sequence[Term], on: date, *, wanted: bool) -> list[Need]:
    """What contracts ask. ``wanted``: whether one must run, because something is delivered."""
    running = [each for each in terms if each.runs(on)]
    found = []
    if not running and wanted:
        over = [(each.until, each.name) for each in terms if each.until is not None and each.until <= on]
        if over:
            until, name = max(over)
            found.append(Need("contract_over", Press.LATE, name, until - _DAY))
        else:
            found.append(Need("no_contract", Press.OPEN))
    for each in running:
        notice = last_notice(each.until, each.notice)
        if notice is not None and on <= notice <= add(on, NEAR):
            found.append(Need("notice_soon", Press.NEEDED, each.name, notice))
        elif each.until is not None and each.until <= add(on, AHEAD):
            found.append(Need("contract_ends", Press.OPEN, each.name, each.until - _DAY))
    return found
