"""Looking back on a session: what was done beside what was expected, what was learned, and whether it counts as held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dijkwacht.apps.exercises.models import Lesson, LessonKind, Session
from dijkwacht.apps.exercises.queries.sessions import held
from dijkwacht.apps.exercises.services import telling
from dijkwacht.apps.exercises.services.doing import Refused, about, doing, fresh
from dijkwacht.apps.people.models import Person
from dijkwacht.core.exercises import FEWEST, Phase

JUDGED = ("as_expected", "partly", "otherwise")


@dataclass(frozen=True, slots=True)
class LookedBack:
    """What is filled in: an answer per evaluation question (by number), a word per decision point, the conclusion."""

    questions: Mapping[str, str]
    judged: Mapping[str, str]
    conclusion: str = ""


def look_back(session: Session, *, text: LookedBack, person: Person, at: datetime) -> Session:
    """Writes the evaluation, which may still change until it is closed. Raises Refused (phase, closed, annulled)."""
    with doing(session.organisation, person=person, at=at) as deed:
        now = _open(session)
        now.questions = {number: said.strip() for number, said in text.questions.items() if said.strip()}
        now.judged = {name: word for name, word in text.judged.items() if word in JUDGED}
        now.conclusion = text.conclusion.strip()
        now.save(update_fields=["questions", "judged", "conclusion"])
        deed.write("looked_back", about=about(now), rows=[now], title=now.title)
    return now


def learn(
    session: Session,
    *,
    kind: str,
    text: str,
    person: Person,
    at: datetime,
    who: str = "",
    due: date | None = None,
) -> Lesson:
    """Notes what was learned. Raises Refused (phase, annulled; owner: an action has somebody who does it and a day)."""
    with doing(session.organisation, person=person, at=at) as deed:
        now = fresh(session)
        if now.phase == Phase.PLANNED:
            raise Refused("phase")
        if kind == LessonKind.ACTION and not (who.strip() and due):
            raise Refused("owner", field="who" if not who.strip() else "due")
        row = Lesson.objects.create(
            session=now, kind=kind, text=text.strip(), who=who.strip(), due=due, written_at=at
        )  # fmt: skip
        deed.write("learned", about=about(now), rows=[row], title=now.title, kind=kind)
    return row


def finish_lesson(row: Lesson, *, result: str, on: date, person: Person, at: datetime) -> Lesson:
    """It was done. Raises Refused (done)."""
    with doing(row.session.organisation, person=person, at=at) as deed:
        if not Lesson.objects.filter(pk=row.pk, done_on__isnull=True).update(done_on=on, result=result.strip()):
            raise Refused("done")
        row.refresh_from_db()
        deed.write("lesson_done", about=about(row.session), rows=[row], title=row.session.title)
    return row


def close(session: Session, *, tells: list[list[str]], person: Person, at: datetime) -> int:
    """Closes the evaluation: the exercise was held, and the ledger is told. Returns how many verdicts turned.

    ``tells``: further questions that it answers, each as fact type and key of the subject. Raises Refused (phase, closed,
    annulled; players: too few took part; conclusion: there is none).
    """
    with doing(session.organisation, person=person, at=at) as deed:
        now = _open(session)
        if not now.conclusion:
            raise Refused("conclusion")
        now.evaluated_at, now.evaluated_by = at, person
        now.tells = [each for each in tells if each[0] in telling.MORE]
        now.save(update_fields=["evaluated_at", "evaluated_by", "tells"])
        found = held(now)
        if not found.counts:
            raise Refused("players", fewest=FEWEST)
        deed.write(
            "closed", about=about(now), rows=[now], title=now.title, held_on=now.held_on, players=found.players
        )  # fmt: skip
        turned = telling.settle(session.organisation, at=at)
    return turned  # noqa: RET504 - what follows the deed happens after it


def annul(session: Session, *, reason: str, person: Person, at: datetime) -> int:
    """It does not count: not held after all, or not as it should be. What it told the ledger is withdrawn.

    Returns how many verdicts turned. Raises Refused (annulled).
    """
    with doing(session.organisation, person=person, at=at) as deed:
        now = fresh(session)
        now.annulled_at, now.annulled_because, now.code_hash = at, reason.strip(), ""
        if now.phase != Phase.PLANNED:
            now.phase = Phase.ENDED.value
        now.version += 1
        now.save(update_fields=["annulled_at", "annulled_because", "code_hash", "phase", "version"])
        deed.write("annulled", about=about(now), rows=[now], title=now.title, reason=reason.strip())
        turned = telling.settle(session.organisation, at=at)
    return turned  # noqa: RET504 - what follows the deed happens after it


def _open(session: Session) -> Session:
    now = fresh(session)
    if now.phase != Phase.ENDED:
        raise Refused("phase")
    if now.evaluated_at is not None:
        raise Refused("closed")
    return now
