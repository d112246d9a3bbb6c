"""A year of incidents in figures: how many, by what, how soon noticed and over, and which legal terms were kept. Pure.

Every average says over how many it is taken: of an incident without the moment there is nothing to count. A term that still runs
and is not late is neither kept nor missed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

__all__ = ["Count", "Happened", "Kept", "Legal", "Span", "Year", "figures"]

UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Legal:
    """A legal term of an incident: its rule, its end (None: without delay, no last moment), and when it was met."""

    rule: str
    due: datetime | None
    met: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """One incident as far as the figures need it. ``significant``: what was decided, None when nobody weighed it."""

    kind: str
    known_at: datetime
    significant: bool | None = None
    cause: str = UNKNOWN
    sort: str = UNKNOWN
    detection: str = UNKNOWN
    personal_data: bool = False
    began_at: datetime | None = None
    noticed_at: datetime | None = None
    recovered_at: datetime | None = None
    open: bool = False
    terms: tuple[Legal, ...] = ()
    voluntary: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How often a code was chosen; the empty code is: not filled in."""

    code: str
    number: int


@dataclass(frozen=True, slots=True)
class Span:
    """The middle and the longest of several lengths of time, over ``number`` of ``of`` incidents that say them."""

    number: int
    of: int
    middle: timedelta | None = None
    longest: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """How a legal term was kept over the year: in time, late (met late, or past its end and not met), running, without an end."""

    rule: str
    in_time: int = 0
    late: int = 0
    running: int = 0
    no_end: int = 0

    @property
    def ended(self) -> int:
        """Those of which it is certain whether they were kept."""
        return self.in_time + self.late


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of one year."""

    total: int
    open: int
    significant: int
    not_significant: int
    not_weighed: int
    personal_data: int
    voluntary: int
    kinds: tuple[Count, ...]
    causes: tuple[Count, ...]
    sorts: tuple[Count, ...]
    detections: tuple[Count, ...]
    notice: Span
    recovery: Span
    terms: tuple[Kept, ...]

    @property
    def in_time(self) -> int:
        """Terms that were kept."""
        return sum(each.in_time for each in self.terms)

    @property
    def late(self) -> int:
        """Terms that were not."""
        return sum(each.late for each in self.terms)


def figures(happened: Sequence[Happened], *, at: datetime, rules: Sequence[str] = ()) -> Year:
    """The figures of these incidents as they stand at a moment. ``rules``: the order of the terms; others come after, by name."""
    weighed = Counter(each.significant for each in happened if each.kind == "incident")
    return Year(
        total=len(happened), open=sum(each.open for each in happened),
        significant=weighed[True], not_significant=weighed[False], not_weighed=weighed[None],
        personal_data=sum(each.personal_data for each in happened), voluntary=sum(each.voluntary for each in happened),
        kinds=_counted(each.kind for each in happened), causes=_counted(each.cause for each in happened),
        sorts=_counted(each.sort for each in happened), detections=_counted(each.detection for each in happened),
        notice=_span([(each.began_at, each.noticed_at or each.known_at) for each in happened]),
        recovery=_span([(each.began_at or each.noticed_at or each.known_at, each.recovered_at) for each in happened]),
        terms=_kept([term for each in happened for term in each.terms], at=at, rules=rules),
    )  # fmt: skip


def _counted(codes: Iterable[str]) -> tuple[Count, ...]:
    """The most frequent first; what was not filled in last."""
    found = Counter(codes)
    return tuple(Count(*each) for each in sorted(found.items(), key=lambda row: (row[0] == UNKNOWN, -row[1], row[0])))


def _span(pairs: Sequence[tuple[datetime | None, datetime | None]]) -> Span:
    lengths = [end - start for start, end in pairs if start is not None and end is not None and end >= start]
    if not lengths:
        return Span(0, len(pairs))
    return Span(
        len(lengths), len(pairs), timedelta(seconds=median(each.total_seconds() for each in lengths)), max(lengths)
    )


def _kept(terms: Sequence[Legal], *, at: datetime, rules: Sequence[str]) -> tuple[Kept, ...]:
    found: dict[str, Counter[str]] = {}
    for each in terms:
        found.setdefault(each.rule, Counter())[_how(each, at)] += 1
    order = {name: place for place, name in enumerate(rules)}
    names = sorted(found, key=lambda name: (order.get(name, len(order)), name))
    return tuple(Kept(name, **found[name]) for name in names)


def _how(term: Legal, at: datetime) -> str:
    if term.due is None:
        return "no_end"
    if (term.met or at) > term.due:
        return "late"
    return "in_time" if term.met is not None else "running"
