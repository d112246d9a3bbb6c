"""The questions that still decide something, most settling first."""

from collections.abc import Iterable
from datetime import date

from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.facts import deferred
from dijkwacht.apps.ledger.queries.verdicts import judgement_of
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.judge import lines_of
from dijkwacht.core.questions import Question, next_questions


def open_questions(
    organisation: Organisation,
    *,
    on: date,
    requirements: Iterable[str] | None = None,
    role: str | None = None,
    person: Person | None = None,
) -> list[Question]:
    """What to ask for these requirements (None: all); last, in the same order, what it is of no use to ask now.

    That is what this person did not know, and what has an answer that stands and yet decides nothing: a register that is
    not complete, a reference to what is no longer registered. Once such an answer runs out it is asked like any other.

    ``role``: what the asker knows (a function of ``Seat.functions`` or a role), for ties.
    """
    rules = packs_on(on).norms.requirements
    names = list(rules) if requirements is None else [name for name in requirements if name in rules]
    judgement = judgement_of(organisation, on=on, known_at=on, requirements=names)
    lines = lines_of(judgement.norms, judgement.world, names)
    found = next_questions(judgement, lines, role=role)
    later = deferred(organisation, person=person) if person else frozenset()

    def useless(question: Question) -> bool:
        ask = question.subject, question.fact_type
        return ask in later or judgement.choices(*ask)[0][1].winner is not None

    return sorted(found, key=useless)
