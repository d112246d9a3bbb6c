"""Signals: kept with a purpose and an end, looked at by the data protection officer, erased by time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from dijkwacht.apps.order.marks import TEXTS
from dijkwacht.apps.order.models import Signal, SignalSource, SignalState
from dijkwacht.apps.order.services.doing import Refused, doing, filled, next_name
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.signals import Kind, digest, is_past, kinds_in
from dijkwacht.norms.powers_names import signal_names
from dijkwacht.web.moments import day_of

ACTOR = "tick"
LONGEST_DAYS = 366
NEEDED = ("purpose", "reason", "basis", "question", "necessity")


@dataclass(frozen=True, slots=True)
class Said:
    """What is written of a signal. ``why_kept``: why what may lead to a person is kept nevertheless."""

    purpose: str
    reason: str
    basis: str
    question: str
    necessity: str
    source: str
    keep_until: date
    why_kept: str = ""

    def texts(self) -> Mapping[str, str]:
        """What people wrote, by field, without blanks around it."""
        return {name: str(getattr(self, name)).strip() for name in TEXTS}


def seen_in(said: Said) -> tuple[Kind, ...]:
    """What in these texts may lead to a person."""
    return kinds_in(said.texts().values(), signal_names())


def keep(organisation: Organisation, *, said: Said, confirmed: bool, person: Person, at: datetime) -> Signal:
    """Logs a signal. What may lead to a person is kept only when confirmed with a reason, and always waits for the officer.

    Raises Refused (empty, source, retention, persons: not confirmed, with ``kinds``).
    """
    texts, today = said.texts(), day_of(at)
    for name in NEEDED:
        filled(texts[name], name)
    if said.source not in SignalSource.values:
        raise Refused("source", field="source")
    if not today < said.keep_until or (said.keep_until - today).days > LONGEST_DAYS:
        raise Refused("retention", field="keep_until")
    kinds = seen_in(said)
    if kinds and not (confirmed and texts["why_kept"]):
        raise Refused("persons", kinds=kinds)
    salt = token_hex(32)
    with doing(organisation, person=person, at=at) as deed:
        row = Signal.objects.create(
            organisation=organisation, source=said.source, keep_until=said.keep_until, leads=list(kinds), made_at=at,
            made_by=person, salt=salt, digest=digest(salt, list(texts.values())),
            name=next_name(Signal.objects.filter(organisation=organisation), "S", today.year), **texts,
        )  # fmt: skip
        deed.write("signal_kept", about=about(row), rows=[row], name=row.name, leads=len(kinds))
    return row


def check(signal: Signal, *, agreed: bool, advice: str, person: Person, at: datetime) -> Signal:
    """The tick or the objection of the data protection officer. Raises Refused (gone: erased or past its day, empty)."""
    if not agreed:
        filled(advice, "advice")
    with doing(signal.organisation, person=person, at=at) as deed:
        now = Signal.objects.select_for_update().get(pk=signal.pk)
        if is_hidden(now, on=day_of(at)):
            raise Refused("gone")
        now.state = SignalState.AGREED if agreed else SignalState.OBJECTED
        now.checked_at, now.checked_by, now.advice = at, person, advice.strip()
        now.save(update_fields=["state", "checked_at", "checked_by", "advice"])
        deed.write("signal_agreed" if agreed else "signal_objected", about=about(now), rows=[now], name=now.name)
    return now


def erase(signal: Signal, *, person: Person | None, at: datetime, actor: str = "") -> Signal:
    """The text goes; that it was there, and its digest, remain. Raises Refused (gone)."""
    with doing(signal.organisation, person=person, at=at, actor=actor) as deed:
        now = Signal.objects.select_for_update().get(pk=signal.pk)
        if now.erased_at is not None:
            raise Refused("gone")
        _emptied(now, at)
        deed.write("signal_erased", about=about(now), rows=[now], name=now.name)
    return now


def erase_due(*, at: datetime) -> int:
    """Erases every signal whose last day has gone by; how many. Safe to repeat, also on several machines."""
    today, done = day_of(at), 0
    due = Signal.objects.filter(erased_at__isnull=True, keep_until__lt=today)
    for organisation in Organisation.objects.filter(pk__in=due.values("organisation")).order_by("pk"):
        with doing(organisation, person=None, at=at, actor=ACTOR) as deed:
            rows = [row for row in due.filter(organisation=organisation) if is_past(row.keep_until, on=today)]
            for row in rows:
                _emptied(row, at)
            if rows:
                names = ", ".join(row.name for row in rows)
                deed.write("signal_erased", about=about(rows[0]), rows=rows, name=names)
            done += len(rows)
    return done


def is_hidden(signal: Signal, *, on: date) -> bool:
    """Whether nobody may read its text any more: erased, or its last day has gone by and the clock has yet to erase it."""
    return signal.erased_at is not None or is_past(signal.keep_until, on=on)


def about(signal: Signal) -> str:
    """How the trail names a signal."""
    return f"signal:{signal.pk}"


def _emptied(row: Signal, at: datetime) -> None:
    for name in (*TEXTS, "advice", "salt"):
        setattr(row, name, "")
    row.erased_at = at
    row.save(update_fields=[*TEXTS, "advice", "salt", "erased_at"])
