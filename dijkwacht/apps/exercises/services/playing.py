"""Playing along: a guest joins by the link, a role takes a decision, somebody writes in the log."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.cache import cache

from dijkwacht.apps.exercises.models import Answer, Line, Participant, Session
from dijkwacht.apps.exercises.queries.sessions import scenario_of, state_of
from dijkwacht.apps.exercises.services.doing import Refused, about, doing, fresh
from dijkwacht.apps.exercises.services.planning import BYTES, hashed
from dijkwacht.core.exercises import Phase, seen
from dijkwacht.core.shown import one_line

MOST_GUESTS = 60
SEEN_EVERY = timedelta(seconds=30)
MOST_TRIES, MINUTE = 20, 60
"""So many requests in a minute from one address for a link that may be a guess."""
MOST_A_MINUTE, MOST_LINES = 20, 1000
"""So many lines one player writes in his log: in a minute, and in all."""
GUEST = "gast: "
"""Before what a guest says that he is, wherever the trail names him: a function is no person and no room of ours."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What is filled in about a decision: of which inject and point, in which role, what, why, by which power."""

    inject: str
    point: int
    role: str
    text: str
    reasons: str = ""
    power: str = ""


def join(session: Session, *, code: str, function: str, roles: Sequence[str], at: datetime) -> str:
    """A guest joins with the link; returns the key of the address that he plays at, which is told once.

    Raises Refused (phase, annulled; stranger: the link was renewed meanwhile; roles; crowded).
    """
    key = secrets.token_urlsafe(BYTES)
    function = plain_function(function)
    with doing(session.organisation, person=None, at=at, actor=GUEST + function) as deed:
        now = fresh(session)
        if now.phase == Phase.ENDED:
            raise Refused("phase")
        if now.code_hash != hashed(code):
            raise Refused("stranger")
        if not roles or not set(roles) <= set(now.guest_roles):
            raise Refused("roles", field="roles")
        if now.participants.filter(person__isnull=True, left_at__isnull=True).count() >= MOST_GUESTS:
            raise Refused("crowded")
        row = Participant.objects.create(
            session=now, function=function, roles=list(dict.fromkeys(roles)), key_hash=hashed(key), joined_at=at
        )
        now.version += 1
        now.save(update_fields=["version"])
        deed.write("joined", about=about(now), rows=[row], title=now.title)
    return key


def decide(player: Participant, *, decided: Decided, at: datetime) -> Answer:
    """A role takes a decision that it was asked. Raises Refused (phase: not being played; stranger: not asked of this role;
    answered: somebody in this role did already; annulled, left)."""
    session = player.session
    with doing(session.organisation, person=player.person, at=at, actor=_actor(player)) as deed:
        now, roles = _plays(player)
        asked = next(
            (each for each in seen(scenario_of(now), state_of(now, at=at), role=decided.role) if each.id == decided.inject),
            None,
        )  # fmt: skip
        if decided.role not in roles or asked is None or not 0 <= decided.point < len(asked.decisions):
            raise Refused("stranger")
        if decided.role not in asked.decisions[decided.point].who:
            raise Refused("stranger")
        same = {"inject": decided.inject, "point": decided.point, "role": decided.role}
        if now.answers.filter(**same).exists():
            raise Refused("answered")
        row = Answer.objects.create(
            session=now,
            participant=player,
            text=decided.text,
            reasons=decided.reasons,
            power=decided.power,
            at=at,
            **same,
        )
        now.version += 1
        now.save(update_fields=["version"])
        deed.write("decided", about=about(now), rows=[row], title=now.title, role=decided.role)
    return row


def log(player: Participant, *, text: str, at: datetime) -> Line:
    """A line in the log of a player. Raises Refused (phase, annulled, left, flood: too many in a minute, or in all)."""
    session = player.session
    with doing(session.organisation, person=player.person, at=at, actor=_actor(player)) as deed:
        now, _roles = _plays(player)
        before = Line.objects.filter(session=now, participant=player)
        if (
            before.filter(at__gt=at - timedelta(seconds=MINUTE)).count() >= MOST_A_MINUTE
            or before.count() >= MOST_LINES
        ):
            raise Refused("flood", field="text")
        row = Line.objects.create(session=now, participant=player, at=at, text=text.strip())
        now.version += 1
        now.save(update_fields=["version"])
        deed.write("logged", about=about(now), rows=[row], title=now.title)
    return row


def plain_function(text: str) -> str:
    """A function in one line of characters that show what they are: none that turn the text around. Raises Refused (function)."""
    found = " ".join(text.split())
    if not one_line(found):
        raise Refused("function", field="function")
    return found


def mark_seen(player: Participant, *, at: datetime) -> None:
    """Keeps that a player looked while the exercise was played, at most once per half minute: no act, so not in the trail."""
    if player.session.live and (player.seen_at is None or at - player.seen_at >= SEEN_EVERY):
        Participant.objects.filter(pk=player.pk).update(seen_at=at)


def _actor(player: Participant) -> str:
    return f"{GUEST}{player.function}" if player.guest else ""


def _plays(player: Participant) -> tuple[Session, list[str]]:
    now = fresh(player.session)
    if now.phase not in (Phase.RUNNING, Phase.PAUSED):
        raise Refused("phase")
    row = Participant.objects.filter(pk=player.pk, left_at__isnull=True).first()
    if row is None:
        raise Refused("left")
    return now, list(row.roles)


def too_often(who: str, *, at: datetime) -> bool:
    """Counts this try, and says whether it is one too many in this minute. Counts hold over all workers together."""
    name = _tried(who, at)
    if cache.add(name, 1, 2 * MINUTE):
        return False
    try:
        return cache.incr(name) > MOST_TRIES
    except ValueError:  # thrown away in between
        return False


def stopped(who: str | None, *, at: datetime) -> bool:
    """Whether this address tried too many links in this minute; does not count."""
    tries: int = cache.get(_tried(who or "", at), 0)
    return tries > MOST_TRIES


def _tried(who: str, at: datetime) -> str:
    return f"exercises:tried:{int(at.timestamp()) // MINUTE}:{sha256(who.encode()).hexdigest()}"
