"""What an import would do: the lines that a workbook claims and answers, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dijkwacht.core.intake_values import Claimed
from dijkwacht.core.sheets import Problem


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of a self-assessment: what is claimed about a requirement, as the row says it.

    ``subject`` is the id of the subject it is about, None for the organisation or when the file does not say. ``day``
    is when it was answered; ``happened``: it may be the day of what is asked as well.
    """

    requirement: str
    answer: Claimed
    row: int
    explanation: str = ""
    evidence: str = ""
    day: date | None = None
    owner: str = ""
    subject: str | None = None
    happened: bool = True


@dataclass(frozen=True, slots=True)
class Answered:
    """One row that answers a question itself. ``subject`` None: the organisation."""

    fact_type: str
    subject: str | None
    value: Any
    row: int
    explanation: str = ""
    evidence: str = ""
    day: date | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. ``ok`` only if nothing is wrong; ``unanswered`` counts rows without an answer."""

    claims: tuple[Claim, ...]
    answers: tuple[Answered, ...]
    remarks: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    unanswered: int
    catalog: str | None  # the norm in which numbers that occur in several were read

    @property
    def ok(self) -> bool:
        """Whether it may be carried out."""
        return not self.problems and bool(self.claims or self.answers)


@dataclass(frozen=True, slots=True)
class Implied:
    """A fact that follows from a claim. Assurance is *stated*, origin *self_assessment*.

    ``basis``: yes (the criterion asks a yes or no), choice (one choice fits), bound (all of them, or none), value
    (the criterion names it), date (it is the date of the row).
    """

    subject: str
    fact_type: str
    value: Any
    basis: str
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A fact that the claim rests on and does not tell. ``subject`` None: the file does not say about which.

    ``why``: choice (several roads lead to it), value, date (none given), which_date (one date for several facts),
    other_date (with the date given the claim would be wrong), subjects (not known which are meant), register (not
    known whether these are all), which_subject.
    """

    subject: str | None
    fact_type: str
    why: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two lines of one file imply different values of a fact."""

    subject: str
    fact_type: str
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """What claims imply. ``leans``: requirements on whose verdict they rest; those lines speak for themselves.

    ``decided_by``: per requirement claimed not applicable without effect, the facts that decide whether it applies
    (none: it always does). That it does not apply is never a choice.
    """

    answers: tuple[Implied, ...]
    open: tuple[Open, ...]
    leans: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    decided_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
