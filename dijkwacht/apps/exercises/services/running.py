"""Leading a session: start, pause, jump, speed, end, an inject besides the script, observations."""

from dataclasses import replace
from datetime import datetime, timedelta

from dijkwacht.apps.exercises.models import Event, Line, Session
from dijkwacht.apps.exercises.queries.sessions import events_of, scenario_of
from dijkwacht.apps.exercises.services.doing import Deed, Refused, about, doing, fresh
from dijkwacht.apps.people.models import Person
from dijkwacht.core.exercise_script import Inject, Scenario, unknown_roles
from dijkwacht.core.exercises import ALLOWED, FACTORS, Phase, What, state, upcoming
from dijkwacht.norms.scenarios import plain_inject
from dijkwacht.web.moments import day_of

AGAIN = timedelta(seconds=10)
"""What is sent twice within this time was one press too many."""
NEXT = {What.START: Phase.RUNNING, What.RESUME: Phase.RUNNING, What.PAUSE: Phase.PAUSED, What.END: Phase.ENDED}


def steer(session: Session, *, what: What, person: Person, at: datetime, factor: int = 1, ahead: str = "") -> Session:
    """Starts, pauses, goes on, changes the speed, jumps to the next inject, or ends. With its end the link for guests ends.

    ``ahead``: the inject that was shown as the next; a jump goes no further. Raises Refused (phase: that cannot be done now;
    factor; nothing_left: every inject went out; went_out: the one that was shown did meanwhile; annulled).
    """
    if what in (What.START, What.SPEED) and factor not in FACTORS:
        raise Refused("factor", field="factor")
    with doing(session.organisation, person=person, at=at) as deed:
        now, at = _may(session, what), _after_the_last(session, at)
        minute = _jump(now, ahead, at) if what is What.JUMP else 0
        event = Event.objects.create(session=now, at=at, what=what.value, minute=minute, factor=factor, by=person)
        now.phase = NEXT.get(what, Phase(now.phase)).value
        now.held_on = now.held_on or (day_of(at) if what is What.START else None)
        if what is What.END:
            now.code_hash = ""
        _step(now, deed, event)
    return now


def send_extra(session: Session, *, inject: Inject, person: Person, at: datetime) -> Session:
    """Sends something that is not in the script, now, to these roles. Raises Refused (phase, roles, annulled, twice)."""
    with doing(session.organisation, person=person, at=at) as deed:
        now, at = _may(session, What.EXTRA), _after_the_last(session, at)
        scenario = scenario_of(now)
        if not inject.to or unknown_roles(scenario, inject.to):
            raise Refused("roles", field="to")
        before = Event.objects.filter(session=now, what=What.EXTRA.value)
        content = plain_inject(replace(inject, id=_new_id(scenario, before.count() + 1)))
        for each in before.filter(by=person, at__gt=at - AGAIN):
            if {**(each.inject or {}), "id": content["id"]} == content:
                raise Refused("twice")
        event = Event.objects.create(session=now, at=at, what=What.EXTRA.value, inject=content, by=person)
        _step(now, deed, event)
    return now


def note(session: Session, *, text: str, person: Person, at: datetime) -> Line:
    """An observation of who leads the session, for the evaluation; players do not see it. Raises Refused (closed, annulled)."""
    with doing(session.organisation, person=person, at=at) as deed:
        now = fresh(session)
        if now.evaluated_at is not None:
            raise Refused("closed")
        row = Line.objects.create(session=now, person=person, at=at, text=text.strip())
        now.version += 1
        now.save(update_fields=["version"])
        deed.write("observed", about=about(now), rows=[row], title=now.title)
    return row


def _may(session: Session, what: What) -> Session:
    now = fresh(session)
    if what not in ALLOWED[Phase(now.phase)]:
        raise Refused("phase")
    return now


def _after_the_last(session: Session, at: datetime) -> datetime:
    """Never before what happened already: a machine whose clock is behind, or who had to wait, changes no order."""
    last = Event.objects.filter(session=session).order_by("-at").values_list("at", flat=True).first()
    return at if last is None else max(at, last)


def _jump(session: Session, shown: str, at: datetime) -> int:
    """The minute of the next inject. Raises Refused (nothing_left, went_out)."""
    ahead = upcoming(scenario_of(session), state(events_of(session), at=at))
    if ahead is None:
        raise Refused("nothing_left")
    if shown and shown != ahead.id:
        raise Refused("went_out")
    return ahead.at


def _new_id(scenario: Scenario, number: int) -> str:
    """The name of an inject besides the script: none that the script has."""
    name = f"x{number:02}"
    while scenario.inject(name) is not None:
        name = f"x{name}"
    return name


def _step(session: Session, deed: Deed, event: Event) -> None:
    session.version += 1
    session.save(update_fields=["phase", "version", "held_on", "code_hash"])
    deed.write(event.what, about=about(session), rows=[event, session], title=session.title, factor=event.factor)
