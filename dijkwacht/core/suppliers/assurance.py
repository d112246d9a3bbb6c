"""What the proof of a supplier covers, and what it does not: of which service, over which days, and until when it counts. Pure.

A *proof* is a certificate, an assurance report, a third-party statement, a test or the supplier's own word. What it shows depends
on its kind (``norms/suppliers``): the state on a day, what worked over a period, or that a certificate stands. A *bridge letter*
is the supplier's word that nothing changed since the period of a report; it says more of a gap and never closes it.

Days: a first day counts, an end is the first day after.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, NamedTuple

from dijkwacht.core.days import Duration, add
from dijkwacht.core.facts import Assurance

Shown = Literal["period", "day", "validity"]


class Span(NamedTuple):
    """Days from ``first`` to the day before ``end``. ValueError from `span` when there are none."""

    first: date
    end: date


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of proof shows, whose word it is, and how long after its last day it is still taken (``holds``).

    ``bridge``: how long a letter may bridge; None where letters mean nothing. ``works``: it shows that measures worked.
    """

    id: str
    shows: Shown
    assurance: Assurance
    holds: Duration
    works: bool = False
    bridge: Duration | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof. ``days``: what it is about: the period, the day of a test (one day), or from issue to the end of a certificate.

    ``services``: of which services; None: of all. ``subs``: whether it looked at sub-suppliers too (None: it does not say).
    ``letters``: spans that bridge letters speak of. ``ended_on``: withdrawn, or the certificate suspended.
    """

    id: str
    kind: Kind
    days: Span
    services: frozenset[str] | None
    subs: bool | None = None
    letters: tuple[Span, ...] = ()
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a proof does not count, or counts for less: a code with what it is about."""

    code: Literal[
        "ahead", "expired", "withdrawn", "not_this_service", "subs_left_out", "subs_unsaid", "not_worked", "bridged"
    ]
    proof: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """How a service is covered on a day. ``proofs``: those that count, the strongest first. ``until``: the first day without any.

    ``gaps``: days asked that no proof over a period reaches, whether it counts still or not; ``bridged``: of them, those that
    only letters speak of.
    """

    service: str
    proofs: tuple[str, ...]
    assurance: Assurance | None
    whole: bool
    works: bool
    until: date | None
    gaps: tuple[Span, ...]
    bridged: tuple[Span, ...]
    reasons: tuple[Reason, ...] = field(default=())


def span(first: date, end: date) -> Span:
    """The days from one to before the other. Raises ValueError when the end does not lie after the first day."""
    if end <= first:
        raise ValueError(f"a period that ends on {end} cannot begin on {first}")
    return Span(first, end)


def counts_until(proof: Proof) -> date:
    """The first day on which a proof no longer counts: past its days and what its kind holds after, or when it was withdrawn."""
    last = proof.days.end - timedelta(days=1)
    end = proof.days.end if proof.kind.shows == "validity" else add(last, proof.kind.holds) + timedelta(days=1)
    return min(end, proof.ended_on) if proof.ended_on else end


def cover(service: str, proofs: Iterable[Proof], *, on: date, asked: Span) -> Cover:
    """How the proofs cover a service on a day; ``asked``: the days over which one wants to know that measures worked.

    A proof of other services does not count, one that left sub-suppliers out covers in part. Every proof that does not count, or
    counts for less, has its reason.
    """
    counted, over, reasons = [], [], []
    for proof in sorted(proofs, key=lambda each: (-each.kind.assurance, not each.kind.works, each.id)):
        why = _not(proof, service, on)
        if proof.kind.shows == "period" and (why is None or why.code == "expired"):
            over.append(proof)  # what worked then, worked then
        if why is not None:
            reasons.append(why)
            continue
        counted.append(proof)
        if proof.subs is not True:
            reasons.append(Reason("subs_unsaid" if proof.subs is None else "subs_left_out", proof.id))
        if not proof.kind.works:
            reasons.append(Reason("not_worked", proof.id))
    gaps = without(asked, [each.days for each in over])
    letters = [part for each in over for letter in each.letters for part in _cut(letter, each)]
    bridged = tuple(part for gap in gaps for part in within(gap, letters))
    return Cover(
        service, tuple(each.id for each in counted), counted[0].kind.assurance if counted else None,
        any(each.subs is True for each in counted), any(each.kind.works for each in counted) and not gaps,
        max((counts_until(each) for each in counted), default=None), tuple(gaps), bridged, tuple(reasons),
    )  # fmt: skip


def _not(proof: Proof, service: str, on: date) -> Reason | None:
    """Why a proof does not count for a service on a day."""
    if proof.services is not None and service not in proof.services:
        return Reason("not_this_service", proof.id)
    if on < proof.days.first:
        return Reason("ahead", proof.id, proof.days.first)
    if proof.ended_on is not None and proof.ended_on <= on:
        return Reason("withdrawn", proof.id, proof.ended_on)
    if counts_until(proof) <= on:
        return Reason("expired", proof.id, counts_until(proof))
    return None


def _cut(letter: Span, proof: Proof) -> list[Span]:
    """Of a letter what it can bridge: from the end of the period, no longer than the kind allows."""
    if proof.kind.bridge is None:
        return []
    first, end = max(letter.first, proof.days.end), min(letter.end, add(proof.days.end, proof.kind.bridge))
    return [Span(first, end)] if first < end else []


def without(asked: Span, spans: Iterable[Span]) -> list[Span]:
    """What of the asked days none of the spans reaches, in order."""
    found, first = [], asked.first
    for each in sorted(spans):
        if each.first >= asked.end:
            break
        if each.first > first:
            found.append(Span(first, each.first))
        first = max(first, each.end)
    if first < asked.end:
        found.append(Span(first, asked.end))
    return found


def within(asked: Span, spans: Iterable[Span]) -> list[Span]:
    """What of the asked days some span reaches, in order; spans that touch are one."""
    edges = [asked.first, *(day for hole in without(asked, spans) for day in hole), asked.end]
    return [Span(first, end) for first, end in zip(edges[::2], edges[1::2], strict=True) if first < end]


def weakest(covers: Mapping[str, Cover]) -> Cover | None:
    """The service that is covered least: by nothing before by something, then by the weaker word, then the shorter."""
    order = sorted(
        covers.values(),
        key=lambda each: (each.assurance or 0, each.whole, each.works, each.until or date.min, each.service),
    )
    return order[0] if order else None
