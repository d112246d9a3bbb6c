"""Fact types, facts and the world in which a judgement is made. Source of the semantics: docs/algorithms/engine.md."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from dijkwacht.core.days import Duration, add, day_after, parse_duration

COMPLETE = "register.{kind}.complete"
NEVER = "never"
NOTHING_HAPPENED = "nothing_happened"

SUBJECT_KINDS = (
    "organisation", "process", "system", "supplier", "service", "digid_connection", "domain", "location",
    "board_member",
)  # fmt: skip
STANDS_FOR: Mapping[str, str] = MappingProxyType({"joint_review": "supplier"})
"""Kinds of subject that stand in no register and hold facts about another kind: what a joint review found of a supplier.

No norm looks at them. Who adopts the review lets their facts count for a subject of that other kind.
"""
VALUE_KINDS = ("yes_no", "date", "count", "percentage", "choice", "text", "reference", "duration", "exception")


class Assurance(IntEnum):
    """How sure we are of a fact, ascending."""

    STATED = 1
    DOCUMENTED = 2
    MEASURED = 3
    AUDITED = 4


class Shows(IntEnum):
    """What a fact can show of a control, ascending: opzet, bestaan, werking. Each includes those before it."""

    DESIGN = 1
    EXISTENCE = 2
    OPERATION = 3


@dataclass(frozen=True, slots=True)
class FactType:
    """Something that can be known about a subject, defined once for all norms together."""

    id: str
    subject: str
    value: str
    choices: tuple[str, ...] = ()
    refers_to: str | None = None
    question: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    help: Mapping[str, str] = field(default_factory=dict)
    shelf_life: Duration | None = None
    proof: Assurance = Assurance.STATED
    shows: frozenset[Shows] = frozenset({Shows.EXISTENCE})
    answered_by: str = "ciso"
    measured_by: str | None = None
    may_not_happen: bool = False  # "nothing happened in this period" is an answer of its own
    may_be_never: bool = True  # of a date: "never yet" is an answer; false where by its nature there always is a day
    theme: str = ""
    most: Shows = field(init=False)  # the most it can show

    def __post_init__(self) -> None:
        object.__setattr__(self, "most", max(self.shows))


@dataclass(frozen=True, slots=True)
class Fact:
    """One recorded value. ``valid_from``, ``recorded_at`` inclusive; ``valid_to``, ``superseded_at`` exclusive.

    ``value`` is bool (yes_no), date or "never" (date), int or float (count, percentage), str (choice, text, and
    reference: the id of a subject), a Duration (duration), a mapping {reason, owner, until: date, ..} (exception), or for
    a type that allows it {"nothing_happened": (first day, last day)}.
    """

    id: str
    subject: str
    fact: str
    value: Any
    valid_from: date
    recorded_at: date
    valid_to: date | None = None
    superseded_at: date | None = None
    observations: tuple[date, ...] = ()
    assurance: Assurance = Assurance.STATED
    said_by: str = ""
    inherited_from: str | None = None  # the organisation whose fact this is, when it is not our own

    def known(self, known_at: date) -> bool:
        """Recorded by ``known_at`` and not superseded by then."""
        return self.recorded_at <= known_at and (self.superseded_at is None or known_at < self.superseded_at)

    def last_seen(self, known_at: date) -> date | None:
        """The last day, not after ``known_at``, on which this was seen; None when it was not."""
        last = None
        for day in self.observations:
            if day <= known_at and (last is None or day > last):
                last = day
        return last

    def last_usable_day(self, shelf_life: Duration, known_at: date) -> date:
        """The last day on which this still shows something, seen from ``known_at``."""
        return add(self.last_seen(known_at) or self.valid_from, shelf_life)


@dataclass(frozen=True, slots=True)
class Subject:
    """Something facts are about: the organisation itself, a system, a supplier …"""

    id: str
    kind: str
    name: str = ""


_REGISTER_LIFE = parse_duration("P1Y")


def register_type(kind: str) -> FactType:
    """The built-in fact type that declares the register of a kind of subject complete (shelf life one year)."""
    return FactType(COMPLETE.format(kind=kind), "organisation", "yes_no", shelf_life=_REGISTER_LIFE)


@dataclass(slots=True)
class World:
    """All that is known of one organisation: its subjects, which registers are complete, and its facts."""

    organisation: str
    subjects: Mapping[str, tuple[str, ...]]
    complete: frozenset[str] = frozenset()
    facts: dict[tuple[str, str], list[Fact]] = field(default_factory=dict)
    kind_of: dict[str, str] = field(default_factory=dict)
    inherits: Mapping[str, str] = field(default_factory=dict)  # subject -> the organisation that answers for it

    @classmethod
    def of(
        cls,
        organisation: str,
        *,
        subjects: Iterable[Subject] = (),
        facts: Iterable[Fact] = (),
        complete: Iterable[str] = (),
    ) -> "World":
        """A world from loose values."""
        by_kind: dict[str, list[str]] = {}
        for subject in subjects:
            if subject.id != organisation:
                by_kind.setdefault(subject.kind, []).append(subject.id)
        world = cls(organisation, {kind: tuple(ids) for kind, ids in by_kind.items()}, frozenset(complete))
        world.kind_of = {each: kind for kind, ids in by_kind.items() for each in ids} | {organisation: "organisation"}
        for fact in facts:
            world.facts.setdefault((fact.subject, fact.fact), []).append(fact)
        return world

    def only(self, ids: Collection[str]) -> "World":
        """The same world with these facts alone."""
        facts = {key: [fact for fact in found if fact.id in ids] for key, found in self.facts.items()}
        return replace(self, facts={key: found for key, found in facts.items() if found})


def breakpoints(fact: Fact, shelf_life: Duration | None, known_at: date) -> list[date]:
    """The days on which this fact starts or stops being usable by time alone."""
    days = [fact.valid_from]
    if fact.valid_to is not None:
        days.append(fact.valid_to)
    if shelf_life is not None:
        days.append(day_after(fact.last_usable_day(shelf_life, known_at)))
    return days
