"""Telling the ledger which exercises were held; what did not change costs nothing, and what was annulled is withdrawn.

That legal notifications were rehearsed (`notification.rehearsed_on`) is told when who closes the evaluation says so; the room of
incidents tells it too, of exercises with the forms themselves. Restoring a system is not tested at a table: not told from here.
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
REHEARSED = "notification.rehearsed_on"
MORE = (COMMUNICATION, PROCESS, REHEARSED)
"""What who closes an evaluation may say besides: the emergency means of communication, the continuity plan of a process, the
legal notifications."""


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
            if name != REHEARSED or not _newer(organisation, day)
        ]
        if said:
            turned += len(observe(organisation, observations=said, source=SOURCE, on=on, at=at).verdicts_changed)
    return turned


def _newer(organisation: Organisation, day: date) -> bool:
    """Whether somebody else tells of a rehearsal on that day or later: an older one must not take its place."""
    rows = Fact.objects.filter(
        organisation=organisation, fact_type=REHEARSED, superseded_at__isnull=True, valid_to__isnull=True
    ).exclude(said_by=SOURCE)
    return any(str(value) >= day.isoformat() for value in rows.values_list("value", flat=True))


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
