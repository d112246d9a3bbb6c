"""The questions of one person: all that still decide something, or only those that were asked of him."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.ledger.models import Assignment
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.facts import assignments
from dijkwacht.apps.ledger.queries.questions import open_questions
from dijkwacht.apps.ledger.words import theme_of
from dijkwacht.apps.people.access import Seat
from dijkwacht.core.access import Right
from dijkwacht.core.questions import Question

ROLE, ME = "role", "me"  # whose questions: those that this role knows, those asked of this person


@dataclass(frozen=True, slots=True)
class Filter:
    """Which questions; empty narrows nothing."""

    who: str = ""
    theme: str = ""
    account: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class With:
    """Requirements that somebody asked in one go, and on which a question comes along."""

    asking: Assignment
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a person: loose questions, and requirements to look after."""

    pairs: dict[tuple[str, str], Assignment]
    handed: tuple[Assignment, ...]

    @property
    def requirements(self) -> tuple[str, ...]:
        """The requirements to look after."""
        return tuple(row.requirement for row in self.handed)

    def holds(self, subject: str, fact_type: str, *, on: date) -> bool:
        """Whether a question was asked, by itself or with a requirement that rests on it."""
        packs = packs_on(on)
        known = frozenset(name for name in self.requirements if name in packs.norms.requirements)
        return (subject, fact_type) in self.pairs or fact_type in packs.needs(known)

    def along_with(self, fact_type: str, *, on: date) -> tuple[With, ...]:
        """With which requirements a question was asked; what was asked in one go (who, when, term, note) together."""
        packs, found = packs_on(on), dict[tuple[object, ...], list[Assignment]]()
        for row in self.handed:
            if row.requirement in packs.norms.requirements and fact_type in packs.needs(frozenset((row.requirement,))):
                found.setdefault((row.asked_by_id, row.asked_on, row.due, row.note), []).append(row)
        return tuple(With(rows[0], tuple(row.requirement for row in rows)) for rows in found.values())


def asked_of(seat: Seat) -> Asked:
    """What is asked of the person in this seat and not done."""
    rows = list(assignments(seat.organisation, person=seat.person))
    pairs = {(row.subject.key, row.fact_type): row for row in rows if row.subject is not None}
    return Asked(pairs, tuple(row for row in rows if row.requirement))


def may_answer(seat: Seat, subject: str, fact_type: str, *, on: date) -> bool:
    """Whether this person may answer this question: any, or one that was asked of him."""
    return seat.may(Right.ANSWER) or asked_of(seat).holds(subject, fact_type, on=on)


def questions_for(seat: Seat, *, on: date, narrowed: Filter = Filter()) -> list[Question]:
    """The open questions for this seat, most settling first; what was asked of the person himself goes before.

    All of them for who may answer or divide them; for others what was asked of him.
    """
    packs = packs_on(on)
    account = packs.norms.accounts.get(narrowed.account)
    wanted = account.requirements if account else None
    knows = next(iter((*seat.functions, *seat.roles)), None)
    found = open_questions(seat.organisation, on=on, requirements=wanted, role=knows, person=seat.person)
    asked = asked_of(seat)
    if narrowed.who == ME or not (seat.may(Right.ANSWER) or seat.may(Right.ASSIGN)):
        found = [each for each in found if asked.holds(each.subject, each.fact_type, on=on)]
        found = [*_unsettled(asked, found), *found]
    elif narrowed.who == ROLE:
        mine = {*seat.functions, *seat.roles}
        found = [each for each in found if packs.fact_type(each.fact_type).answered_by in mine]
    if narrowed.theme:
        found = [each for each in found if theme_of(packs.fact_type(each.fact_type)) == narrowed.theme]
    if narrowed.subject:
        found = [each for each in found if each.subject == narrowed.subject]
    return sorted(found, key=lambda each: (each.subject, each.fact_type) not in asked.pairs)


def _unsettled(asked: Asked, found: Sequence[Question]) -> list[Question]:
    """What was asked though it decides nothing (any more): whoever was asked may still want to answer."""
    known = {(each.subject, each.fact_type) for each in found}
    return [Question(*pair, 0, 0, ()) for pair in asked.pairs if pair not in known]
