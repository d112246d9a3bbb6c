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
    """What to ask for these requirements (None: all); what this person did not know comes last, in the same order.

    ``role``: what the asker knows (a function of ``Seat.functions`` or a role), for ties.
    """
    rules = packs_on(on).norms.requirements
    names = list(rules) if requirements is None else [name for name in requirements if name in rules]
    judgement = judgement_of(organisation, on=on, known_at=on, requirements=names)
    lines = lines_of(judgement.norms, judgement.world, names)
    found = next_questions(judgement, lines, role=role)
    later = deferred(organisation, person=person) if person else frozenset()
    return sorted(found, key=lambda question: (question.subject, question.fact_type) in later)
