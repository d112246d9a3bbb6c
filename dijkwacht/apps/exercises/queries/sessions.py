"""Sessions with their script, events and players; what one player sees at a moment."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.db.models import F, Q, QuerySet

from dijkwacht.apps.exercises.models import Answer, Lesson, Line, Participant, Script
from dijkwacht.apps.exercises.models import Event as Row
from dijkwacht.apps.exercises.models import Session as Kept
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.exercise_script import Inject, Scenario
from dijkwacht.core.exercises import Event, Given, Phase, Session, State, What, state
from dijkwacht.norms.scenarios import scenario_kept, scenarios
from dijkwacht.web.moments import day_of


def sessions(organisation: Organisation) -> QuerySet[Kept]:
    """All of an organisation, the newest first, without their scripts."""
    return Kept.objects.filter(organisation=organisation).defer("script").select_related("lead")


def session(organisation: Organisation, pk: int) -> Kept | None:
    """One of them."""
    rows = Kept.objects.filter(organisation=organisation, pk=pk).defer("script")
    return rows.select_related("organisation", "lead").first()


def script(organisation: Organisation, pk: int) -> Script | None:
    """A scenario of one's own that was not dropped."""
    return Script.objects.filter(organisation=organisation, pk=pk, dropped_at__isnull=True).first()


def scripts(organisation: Organisation) -> QuerySet[Script]:
    """The scenarios of an organisation itself, by title."""
    return Script.objects.filter(organisation=organisation, dropped_at__isnull=True)


def named(organisation: Organisation, name: str) -> Scenario | None:
    """A scenario by how it is known here: the id of a pack, or `own:` with a number."""
    kind, _colon, number = name.partition(":")
    if kind == "own" and number.isascii() and number.isdigit() and len(number) < 18:
        row = script(organisation, int(number))
        return scenario_kept(row.content) if row else None
    return scenarios().get(name)


def scenario_of(row: Kept) -> Scenario:
    """The script that a session is played with. It never changes, so it is read once per process."""
    return _script(row.pk, row.organisation_id)


@lru_cache(maxsize=64)
def _script(pk: int, organisation: int) -> Scenario:
    return scenario_kept(Kept.objects.values_list("script", flat=True).get(pk=pk, organisation=organisation))


def forget() -> None:
    """Forgets the scripts that were read. For tests, where a number is given out twice."""
    _script.cache_clear()


def events_of(row: Kept) -> list[Event]:
    """What happened, in order."""
    return [_event(each) for each in Row.objects.filter(session=row).order_by("at", "pk")]


def _event(row: Row) -> Event:
    return Event(row.at, What(row.what), row.minute, row.factor, _inject(row))


def _inject(row: Row) -> Inject | None:
    if row.inject is None:
        return None
    words = row.inject
    return Inject(
        words["id"],
        words["at"],
        tuple(words["to"]),
        {"nl": words["text"]} if isinstance(words["text"], str) else words["text"],
    )


def state_of(row: Kept, *, at: datetime) -> State:
    """How a session stands at a moment."""
    return state(events_of(row), at=at)


def given(row: Kept) -> list[Given]:
    """The decisions that were taken."""
    return [
        Given(each.inject, each.point, each.role, each.at, each.power) for each in Answer.objects.filter(session=row)
    ]


def held(row: Kept) -> Session:
    """What decides whether it counts as held."""
    present = Q(seen_at__isnull=False) | Q(answers__isnull=False) | Q(lines__isnull=False)
    players = Participant.objects.filter(present, session=row).distinct().count()
    return Session(
        row.held_on, row.phase == Phase.ENDED, players, row.evaluated_at and day_of(row.evaluated_at),
        row.annulled_at and day_of(row.annulled_at),
    )  # fmt: skip


def players(row: Kept) -> list[Participant]:
    """Who takes part now."""
    return list(Participant.objects.filter(session=row, left_at__isnull=True).select_related("person"))


def ever_played(row: Kept) -> list[Participant]:
    """Who took part, those who were taken out included."""
    return list(Participant.objects.filter(session=row).select_related("person"))


def player_of(organisation: Organisation, pk: int, person: Person) -> Participant | None:
    """The seat of a person of the house in a session."""
    rows = Participant.objects.filter(
        session=pk,
        session__organisation=organisation,
        person=person,
        left_at__isnull=True,
        session__annulled_at__isnull=True,
    )
    return rows.select_related("session__organisation", "person").defer("session__script").first()


def player_by_key(key_hash: str) -> Participant | None:
    """The seat of a guest, by the hash of his key."""
    rows = Participant.objects.filter(
        key_hash=key_hash, left_at__isnull=True, person__isnull=True, session__annulled_at__isnull=True
    ).exclude(key_hash="")
    return rows.select_related("session__organisation").defer("session__script").first()


def session_by_code(code_hash: str) -> Kept | None:
    """The session to which a link for guests leads, while it has not ended."""
    rows = Kept.objects.filter(code_hash=code_hash, annulled_at__isnull=True).exclude(code_hash="")
    return rows.exclude(phase=Phase.ENDED.value).select_related("organisation").first()


def seats_of(organisation: Organisation, person: Person) -> QuerySet[Participant]:
    """The sessions in which this person plays and that have not ended."""
    rows = Participant.objects.filter(
        session__organisation=organisation, person=person, left_at__isnull=True, session__annulled_at__isnull=True
    ).exclude(session__phase=Phase.ENDED.value)
    return rows.select_related("session").defer("session__script")


def lines_of(row: Kept, *, player: Participant | None = None) -> list[Line]:
    """The lines of the logs, the newest first; of one player only his own."""
    rows = Line.objects.filter(session=row).select_related("participant__person", "person").order_by("-at", "-pk")
    return list(rows.filter(participant=player) if player else rows)


def answers_of(row: Kept, *, roles: Iterable[str] | None = None) -> list[Answer]:
    """The decisions that were taken, the newest first; ``roles``: only those of these roles."""
    rows = Answer.objects.filter(session=row).select_related("participant__person").order_by("-at", "-pk")
    return list(rows if roles is None else rows.filter(role__in=list(roles)))


def lessons(organisation: Organisation) -> QuerySet[Lesson]:
    """What was learned in sessions that count, what is still to be done first."""
    rows = Lesson.objects.filter(session__organisation=organisation, session__annulled_at__isnull=True)
    return (
        rows.select_related("session")
        .defer("session__script")
        .order_by(F("done_on").asc(nulls_first=True), F("due").asc(nulls_last=True), "pk")
    )


def lesson(organisation: Organisation, pk: int) -> Lesson | None:
    """One of them."""
    return lessons(organisation).filter(pk=pk).select_related("session__organisation").first()


def processes(organisation: Organisation) -> list[Subject]:
    """The processes whose continuity plan a session may have tested."""
    return list(Subject.objects.filter(organisation=organisation, kind="process", archived_at__isnull=True))


def last_held_on(organisation: Organisation) -> date | None:
    """The last day on which an exercise was held that counts."""
    rows = Kept.objects.filter(organisation=organisation, evaluated_at__isnull=False, annulled_at__isnull=True)
    return rows.order_by("-held_on").values_list("held_on", flat=True).first()
