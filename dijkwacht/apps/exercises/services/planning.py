"""Planning a session: date, goal, script, who plays what, and the link for guests of other organisations."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dijkwacht.apps.exercises.models import Participant, Session
from dijkwacht.apps.exercises.queries.sessions import scenario_of
from dijkwacht.apps.exercises.services.doing import Refused, about, doing, fresh
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.exercise_script import Scenario, unknown_roles
from dijkwacht.core.exercises import Phase
from dijkwacht.norms.scenarios import plain

BYTES = 24  # of chance in a link: 32 characters that nobody guesses


@dataclass(frozen=True, slots=True)
class Plan:
    """What is filled in about a session."""

    title: str
    planned_on: date
    goal: str = ""
    guest_roles: tuple[str, ...] = ()


def plan(
    organisation: Organisation, *, scenario: Scenario, name: str, text: Plan, person: Person, at: datetime
) -> Session:
    """A session with the scenario as it is now; who plans it leads it. ``name``: how the scenario is known here."""
    with doing(organisation, person=person, at=at) as deed:
        row = Session.objects.create(
            organisation=organisation, title=text.title.strip(), goal=text.goal.strip(), planned_on=text.planned_on,
            script=plain(scenario), script_name=name, lead=person,
            guest_roles=_roles(scenario, text.guest_roles),
        )  # fmt: skip
        deed.write("planned", about=about(row), rows=[row], title=row.title, planned_on=row.planned_on)
    return row


def change_plan(session: Session, *, text: Plan, person: Person, at: datetime) -> Session:
    """Another day, goal or choice of roles for guests. Raises Refused (annulled, phase: it has ended)."""
    with doing(session.organisation, person=person, at=at) as deed:
        now = fresh(session)
        if now.phase == Phase.ENDED or (now.phase != Phase.PLANNED and now.planned_on != text.planned_on):
            raise Refused("phase")
        now.title, now.goal, now.planned_on = text.title.strip(), text.goal.strip(), text.planned_on
        now.guest_roles = _roles(scenario_of(now), text.guest_roles)
        now.version += 1
        now.save(update_fields=["title", "goal", "planned_on", "guest_roles", "version"])
        deed.write("plan_changed", about=about(now), rows=[now], title=now.title, planned_on=now.planned_on)
    return now


def add_player(session: Session, *, who: Person, roles: Sequence[str], person: Person, at: datetime) -> Participant:
    """Somebody of the organisation plays these roles; once more: plays them besides. Raises Refused (roles, phase, annulled)."""
    with doing(session.organisation, person=person, at=at) as deed:
        now = fresh(session)
        chosen = _chosen(now, roles)
        row = Participant.objects.filter(session=now, person=who, left_at__isnull=True).first()
        if row is None:
            row = Participant.objects.create(session=now, person=who, roles=chosen, joined_at=at)
        else:
            row.roles = list(dict.fromkeys((*row.roles, *chosen)))
            row.save(update_fields=["roles"])
        _moved(now)
        deed.write("player_added", about=about(now), rows=[row], title=now.title, who=str(who), roles=row.roles)
    return row


def remove_player(row: Participant, *, person: Person, at: datetime) -> None:
    """Takes somebody out of the session; what was decided stays. A guest's address no longer works. Raises Refused (left)."""
    session = row.session
    with doing(session.organisation, person=person, at=at) as deed:
        now = fresh(session)
        if not Participant.objects.filter(pk=row.pk, left_at__isnull=True).update(left_at=at, key_hash=""):
            raise Refused("left")
        _moved(now)
        deed.write("player_removed", about=about(now), rows=[row], title=now.title, who=str(row))


def renew_code(session: Session, *, person: Person, at: datetime) -> str:
    """A new link for guests; one that there was no longer works. It is told once: only its hash is kept. Raises Refused
    (phase, annulled, guest_roles: nobody said what guests may play)."""
    code = secrets.token_urlsafe(BYTES)
    with doing(session.organisation, person=person, at=at) as deed:
        now = fresh(session)
        if now.phase == Phase.ENDED:
            raise Refused("phase")
        if not now.guest_roles:
            raise Refused("guest_roles")
        now.code_hash = hashed(code)
        now.save(update_fields=["code_hash"])
        deed.write("code_made", about=about(now), rows=[now], title=now.title)
    return code


def close_code(session: Session, *, person: Person, at: datetime) -> None:
    """Nobody can join by the link any more; who plays goes on. Raises Refused (annulled)."""
    with doing(session.organisation, person=person, at=at) as deed:
        now = fresh(session)
        now.code_hash = ""
        now.save(update_fields=["code_hash"])
        deed.write("code_closed", about=about(now), rows=[now], title=now.title)


def remove_guests(session: Session, *, person: Person, at: datetime) -> int:
    """Takes all guests out at once and closes their link, as when it went round; how many. Raises Refused (annulled, left)."""
    with doing(session.organisation, person=person, at=at) as deed:
        now = fresh(session)
        rows = list(Participant.objects.filter(session=now, person__isnull=True, left_at__isnull=True))
        if not rows:
            raise Refused("left")
        for row in rows:
            row.left_at, row.key_hash = at, ""
        Participant.objects.bulk_update(rows, ["left_at", "key_hash"])
        now.code_hash = ""
        now.version += 1
        now.save(update_fields=["code_hash", "version"])
        deed.write("guests_removed", about=about(now), rows=[now, *rows], title=now.title, n=len(rows))
    return len(rows)


def hashed(code: str) -> str:
    """How a link is kept: it is long and random, so one round is enough."""
    return hashlib.sha256(code.encode()).hexdigest()


def _roles(scenario: Scenario, roles: Collection[str]) -> list[str]:
    return [name for name in dict.fromkeys(roles) if name in scenario.roles]


def _chosen(session: Session, roles: Sequence[str]) -> list[str]:
    if session.phase == Phase.ENDED:
        raise Refused("phase")
    if not roles or unknown_roles(scenario_of(session), roles):
        raise Refused("roles", field="roles")
    return list(dict.fromkeys(roles))


def _moved(session: Session) -> None:
    session.version += 1
    session.save(update_fields=["version"])
