"""Recording: what a new answer does to the facts that already stand. Facts are closed and recorded, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from dijkwacht.core.facts import Assurance
from dijkwacht.core.select import same


class Origin(StrEnum):
    """Where a fact comes from."""

    PERSON = "person"
    IMPORT = "import"
    SELF_ASSESSMENT = "self_assessment"
    MEASUREMENT = "measurement"
    AUDIT = "audit"


class Outcome(StrEnum):
    """What saying something came to."""

    RECORDED = "recorded"
    UNCHANGED = "unchanged"  # the same was known already: seen again, or nothing at all
    CONTRADICTION = "contradiction"  # somebody else said otherwise in the meantime: both stand
    OUTDATED = "outdated"  # said before what is known by now, so nothing was recorded


# Whose word a new one replaces. A person replaces what was imported, an import never what a person said; a measurement
# and an audit stand beside all others, so that a contradiction is seen. Which of them counts, the engine decides.
_IMPORTED = frozenset({Origin.IMPORT, Origin.SELF_ASSESSMENT})
REPLACES = {
    Origin.PERSON: _IMPORTED | {Origin.PERSON},
    Origin.IMPORT: _IMPORTED,
    Origin.SELF_ASSESSMENT: _IMPORTED,
    Origin.MEASUREMENT: frozenset({Origin.MEASUREMENT}),
    Origin.AUDIT: frozenset({Origin.AUDIT}),
}
USUAL = {Origin.MEASUREMENT: Assurance.MEASURED, Origin.AUDIT: Assurance.AUDITED}


@dataclass(frozen=True, slots=True)
class Held:
    """A fact that stands. ``id`` rises with the order of recording; ``seen`` is the last day on which it was seen."""

    id: int
    value: Any
    valid_from: date
    valid_to: date | None
    assurance: Assurance
    origin: Origin
    seen: date


@dataclass(frozen=True, slots=True)
class Saying:
    """Something said of one question.

    ``day``: on which it was said, not after ``on``, the day of recording. ``since``: from when it holds (None: from
    ``day``, or for a correction from when the wrong value was said to hold). ``token``: the highest id of a fact that
    the speaker had before him, 0 for none, None when that plays no part. ``proven``: with evidence of its own.
    """

    value: Any
    on: date
    day: date
    assurance: Assurance
    origin: Origin = Origin.PERSON
    since: date | None = None
    correction: bool = False
    proven: bool = False
    token: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do. ``close``: these stand no longer; ``keep``: of those, (id, day): recorded again up to that day.

    ``again``: this one says it already; ``touch``: and was seen on one day more. ``valid_from``: record the new value from
    that day (None: nothing to record).
    ``unseen``: other values that were recorded meanwhile and stay.
    """

    outcome: Outcome
    close: tuple[int, ...] = ()
    keep: tuple[tuple[int, date], ...] = ()
    again: int | None = None
    touch: int | None = None
    valid_from: date | None = None
    unseen: tuple[int, ...] = ()


def usual_assurance(origin: Origin, *, proven: bool) -> Assurance:
    """How sure we are of a fact when nobody says otherwise: by its origin, else documented with evidence, else stated."""
    return USUAL.get(origin, Assurance.DOCUMENTED if proven else Assurance.STATED)


def decide(held: Iterable[Held], saying: Saying) -> Decision:
    """What a saying does to the facts that stand for its question.

    A change in reality ends the other values from its first day and leaves what was before; a correction takes the value
    that was held back altogether. The same value seen again on the same ground adds nothing. What the speaker did not
    have before him is never closed.
    """
    held = list(held)
    mine = [fact for fact in held if fact.origin in REPLACES[saying.origin]]
    if saying.day < saying.on and any(fact.seen > saying.day for fact in mine):
        return Decision(Outcome.OUTDATED)
    rivals = [fact for fact in mine if not same(fact.value, saying.value)]
    unseen = [fact for fact in rivals if saying.token is not None and fact.id > saying.token]
    rivals = [fact for fact in rivals if fact not in unseen]
    start = _start(rivals, saying)
    rivals = [fact for fact in rivals if fact.valid_to is None or fact.valid_to > start]
    unseen = [fact for fact in unseen if fact.valid_to is None or fact.valid_to > start]
    keep = tuple((fact.id, start) for fact in rivals if fact.valid_from < start and not _wrong(fact, saying))
    again = next((fact for fact in held if _says_this(fact, saying)), None)
    outcome = Outcome.CONTRADICTION if unseen else Outcome.RECORDED
    if again is not None and not rivals and not unseen:
        outcome = Outcome.UNCHANGED
    return Decision(
        outcome,
        close=tuple(fact.id for fact in rivals),
        keep=keep,
        again=None if again is None else again.id,
        touch=again.id if again is not None and again.seen < saying.day else None,
        valid_from=start if again is None else None,
        unseen=tuple(fact.id for fact in unseen),
    )


def _wrong(fact: Held, saying: Saying) -> bool:
    """Whether a correction takes this value back altogether: the one that was held to be so until now."""
    return saying.correction and fact.valid_to is None


def _start(rivals: list[Held], saying: Saying) -> date:
    """The first day on which the new value holds."""
    if saying.since is not None:
        return saying.since
    wrong = [fact.valid_from for fact in rivals if _wrong(fact, saying)]
    return min([*wrong, saying.day])


def _says_this(fact: Held, saying: Saying) -> bool:
    """Whether a fact says this already: from the same source, as surely, and over the whole period.

    What is imported adds nothing either to what anybody said at least as surely and as recently.
    """
    if saying.proven or fact.valid_to is not None or not same(fact.value, saying.value):
        return False
    if fact.valid_from > (saying.since or saying.day):
        return False
    if saying.origin in _IMPORTED and fact.assurance >= saying.assurance and fact.seen >= saying.day:
        return True
    as_sure = fact.origin == saying.origin and fact.assurance == saying.assurance
    return as_sure and (saying.day == saying.on or fact.seen >= saying.day)
