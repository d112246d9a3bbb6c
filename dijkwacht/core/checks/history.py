"""From one measurement to the next: which words turned, which must be measured again first, what becomes of an issue.

A bad word counts after a second measurement said it too (`confirmed`); until then what stood before still stands
everywhere else. What was *not tested*, or could not be (*error*), says nothing: it neither mends an issue nor makes one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from dijkwacht.core.checks.finding import ORDER, SAID, Area, Word

Key = tuple[Area, str]  # area, check

BAD: frozenset[Word] = frozenset({"failed"})
WRONG: frozenset[Word] = frozenset({"failed", "warning"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A word that stands, and whether it counts yet.

    `shown` is what else is kept beside it (reasons per target): a change of it alone is no change of word.
    """

    word: Word
    confirmed: bool = True
    shown: object = None


StepKind = Literal["same", "detail", "turned", "suspected", "confirmed", "false_alarm", "gone"]


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one reading. `before` None: first time seen; `after` None: no longer checked."""

    key: Key
    kind: StepKind
    before: Standing | None
    after: Standing | None


def steps(before: Mapping[Key, Standing], now: Mapping[Key, Standing]) -> tuple[Step, ...]:
    """What one measurement does to what stood, in order of key."""
    return tuple(_step(key, before.get(key), now.get(key)) for key in sorted(before.keys() | now.keys()))


def _step(key: Key, old: Standing | None, new: Standing | None) -> Step:
    if new is None:
        return Step(key, "gone", old, None)
    if new.word in BAD and (old is None or old.word not in BAD):
        return Step(key, "suspected", old, Standing(new.word, False, new.shown))
    if new.word in BAD and old is not None and not old.confirmed:
        return Step(key, "confirmed", old, Standing(new.word, True, new.shown))
    after = Standing(new.word, True, new.shown)
    if old is not None and not old.confirmed:
        return Step(key, "false_alarm", old, after)
    if old is None or old.word != new.word:
        return Step(key, "turned", old, after)
    return Step(key, "same" if old.shown == new.shown else "detail", old, after)


IssueWord = Literal["found", "regressed", "worsened", "eased", "fixed", "stands", "nothing"]


def issue_step(state: Literal["none", "open", "explained", "fixed"], was: Word | None, now: Standing) -> IssueWord:
    """What a measurement does to an issue. `state`: where it was; `was`: its word then (None: no issue yet).

    `stands`: nothing changed; also when it was not tested, or suspected but not yet confirmed.
    """
    there = state in ("open", "explained")
    if now.word not in SAID or (now.word in WRONG and not now.confirmed):
        return "stands" if there else "nothing"
    if now.word not in WRONG:
        return "fixed" if there else "nothing"
    if state == "none":
        return "found"
    if state == "fixed":
        return "regressed"
    if was is None or ORDER[now.word] == ORDER[was]:
        return "stands"
    return "worsened" if ORDER[now.word] < ORDER[was] else "eased"


def to_confirm(made: Iterable[Step]) -> tuple[Key, ...]:
    """Which checks want a second measurement."""
    return tuple(step.key for step in made if step.kind == "suspected")
