"""What the page is made of: questions, tasks, answers that expire, accounts; and parts with rows that are all alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dijkwacht.apps.ledger.models import Assignment, Tally
from dijkwacht.core.catalog import Account
from dijkwacht.web.term_row import TermRow


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: what, about how many requirements, and where to answer it."""

    subject: str
    fact_type: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a colleague asked. ``requirement`` empty: it is a question."""

    assignment: Assignment
    text: str


@dataclass(frozen=True, slots=True)
class Expiry:
    """An answer on which verdicts rest until ``day``. ``fact_type`` empty: not one answer, time itself."""

    subject: str
    fact_type: str
    text: str
    day: date
    count: int

    @property
    def last(self) -> date:
        """The last day on which they still rest on it."""
        return self.day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account with its counts, and the address of its page."""

    account: Account
    tally: Tally
    url: str

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.tally.lines


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do: what, where, why, before when, and whose it is."""

    title: str
    url: str
    text: str = ""
    due: date | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one subject asks of a person. ``says``: what of it presses, each as ``2 lessons to finish``, for the sentence on top.

    ``all_url``: where the rest stands, when there is more than is shown.
    """

    key: str
    heading: str
    rows: Sequence[Row] = ()
    terms: Sequence[TermRow] = ()
    says: Sequence[str] = ()
    all_url: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is asked."""
        return bool(self.rows or self.terms)
