"""Telling the ledger which exercises were held; what did not change costs nothing, and what was annulled is withdrawn.

Legal reports are rehearsed in the room of incidents, which tells of them itself (`notification.rehearsed_on`); restoring a system
is not tested at a table. So neither is told from here.
"""

from datetime import date, datetime

from django.db import transaction

from dijkwacht.apps.exercises.models import Participant, Session
from dijkwacht.apps.exercises.queries.sessions import held
from dijkwacht.apps.ledger.models import Fact, Subject
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.ledger.services.facts import observe, withdraw
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin
from dijkwacht.norms.read import norms_on
from dijkwacht.web.moments import day_of

SOURCE = "exercises"
HELD, COMMUNICATION = "crisis.exercise.held_on", "crisis.communication.tested_on"
PROCESS, MEMBER = "process.continuity_test.done_on", "board_member.knowledge.updated_on"
MORE = (COMMUNICATION, PROCESS)
"""What who closes an evaluation may say besides: the emergency means of communication, the continuity plan of a process."""


def settle(organisation: Organisation, *, at: datetime) -> int:
    """Tells what is otherwise than the ledger has it from this room; how many verdicts turned."""
    on = day_of(at)
    with transaction.atomic():
        lock(organisation)
        known = norms_on(on).fact_types
        wanted = {key: day for key, day in _wanted(organisation, on).items() if key[1] in known}
        turned = 0
        for fact in _standing(organisation):
            day = wanted.get((fact.subject_id, fact.fact_type))
            if day is None or fact.value > day.isoformat():  # told of an exercise that does not count any more
                turned += len(
                    withdraw(fact, person=None, actor=SOURCE, on=on, at=at, reason="annulled").verdicts_changed
                )
            elif fact.value == day.isoformat():
                del wanted[fact.subject_id, fact.fact_type]
        subjects = Subject.objects.in_bulk({subject for subject, _ in wanted})
        said = [
            Said(subjects[subject], name, day, Origin.MEASUREMENT, Assurance.DOCUMENTED, said_by=SOURCE)
            for (subject, name), day in sorted(wanted.items())
        ]
        if said:
            turned += len(observe(organisation, observations=said, source=SOURCE, on=on, at=at).verdicts_changed)
    return turned


def _standing(organisation: Organisation) -> list[Fact]:
    rows = Fact.objects.filter(
        organisation=organisation, said_by=SOURCE, fact_type__in=(HELD, MEMBER, *MORE), superseded_at__isnull=True,
        valid_to__isnull=True,
    )  # fmt: skip
    return list(rows.select_related("subject", "organisation").order_by("pk"))


def _wanted(organisation: Organisation, on: date) -> dict[tuple[int, str], date]:
    """Per question the last day on which an exercise answers it."""
    found: dict[tuple[int, str], date] = {}
    own = judging.own_subject(organisation, on=on).pk
    subjects = list(Subject.objects.filter(organisation=organisation, archived_at__isnull=True))
    by_key = {each.key: each.pk for each in subjects}
    members = {each.owner_id: each.pk for each in subjects if each.kind == "board_member" and each.owner_id}
    for session in Session.objects.filter(
        organisation=organisation, annulled_at__isnull=True, evaluated_at__isnull=False
    ):
        day = session.held_on
        if day is None or not held(session).counts:
            continue
        questions = [(own, HELD), *((by_key[key], name) for name, key in session.tells if key in by_key)]
        questions += [(members[pk], MEMBER) for pk in played(session) if pk in members]
        for question in questions:
            found[question] = max(day, found.get(question, day))
    return found


def played(session: Session) -> list[int]:
    """The persons, by number, who really took part: seen in the session, or who decided or wrote something."""
    rows = Participant.objects.filter(session=session, person__isnull=False)
    return [
        row.person_id for row in rows if row.person_id and (row.seen_at or row.answers.exists() or row.lines.exists())
    ]
