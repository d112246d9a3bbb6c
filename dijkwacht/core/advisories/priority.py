"""Our own priority of an advisory, derived from what others say and from where the asset stands; always with its reasons.

Ratings of publishers are never changed or mixed: they are signals. The first rule of the table that fits gives the level.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dijkwacht.core.advisories.shapes import Advisory, Rating, Reason, Vulnerability
from dijkwacht.core.days import Duration

__all__ = [
    "LEVELS", "Condition", "Level", "OneWeek", "Priority", "Rule", "Score", "Signals", "Table", "Words", "one_week",
    "priority", "rose", "signals_of", "together",
]  # fmt: skip

Level = Literal["low", "normal", "high", "urgent"]
LEVELS: tuple[Level, ...] = ("low", "normal", "high", "urgent")
SEVERITIES = ("none", "low", "medium", "high", "critical")
GRADES = ("low", "medium", "high")

Score = Callable[[str, str], float | None]
"""The base score (0 to 10) of a vector in a scheme; None when it cannot be read. An adapter computes it, with a library."""


@dataclass(frozen=True, slots=True)
class Words:
    """What publishers write, in our words: for grades (low, medium, high), severities, and the score from which a severity is."""

    grades: Mapping[str, str]
    severities: Mapping[str, str]
    bands: tuple[tuple[float, str], ...]  # from which score, highest first


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of one weakness for one asset. ``None`` and empty: not known; never the same as "no"."""

    severity: str = ""
    likelihood: str = ""
    damage: str = ""
    urgency: str = ""
    decision: str = ""  # SSVC, for who installs
    exploited: bool = False  # somebody said so; nobody proves that it is not
    epss: float | None = None
    exposed: bool | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a rule asks of a signal: to be one of ``among``, to be ``least`` or more, or to be not known (``unknown``)."""

    signal: str
    among: frozenset[str] = frozenset()
    least: float | None = None
    unknown: bool = False

    def holds(self, signals: Signals) -> bool:
        """Whether it does. What is not known fits only where the rule asks for the unknown."""
        value = getattr(signals, self.signal)
        if value is None or value == "":
            return self.unknown
        if self.least is not None:
            return isinstance(value, float | int) and value >= self.least
        return _word(value) in self.among


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: when all conditions hold, this level. ``text`` and ``source`` stand in the pack."""

    id: str
    level: Level
    conditions: tuple[Condition, ...]
    text: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    uncertain: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """The rules in order; the last fits always. ``week``: the rules that start the short term, ``term`` that term, ``source``
    the requirement."""

    rules: tuple[Rule, ...]
    week: tuple[Rule, ...]
    term: Duration
    requirement: str
    words: Words


@dataclass(frozen=True, slots=True)
class Priority:
    """A level and why: first the rule, then each signal that it rests on, with its value."""

    level: Level
    rule: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OneWeek:
    """Whether the short term of the requirement runs. ``applies`` None: the publisher does not rate likelihood and damage, so the
    organisation weighs that itself."""

    applies: bool | None
    reasons: tuple[Reason, ...]
    term: Duration | None = None
    requirement: str = ""


def priority(signals: Signals, table: Table) -> Priority:
    """The level by the first rule that fits, with reasons."""
    rule = next(each for each in table.rules if all(condition.holds(signals) for condition in each.conditions))
    return Priority(rule.level, rule.id, _reasons(rule, signals))


def together(priorities: Iterable[Priority]) -> Priority | None:
    """The priority of several weaknesses or assets: the most urgent of them, the first of equals; None of none."""
    return max(priorities, key=lambda each: LEVELS.index(each.level), default=None)


def rose(before: Level | None, after: Level) -> bool:
    """Whether it is to be told again: more urgent than when it was told last."""
    return before is not None and LEVELS.index(after) > LEVELS.index(before)


def one_week(advisory: Advisory, table: Table, *, score: Score) -> OneWeek:
    """Whether the short term runs for this advisory: likelihood and damage both high, or what the publisher makes of that."""
    signals = signals_of(advisory, None, table, score=score)
    for rule in table.week:
        if all(condition.holds(signals) for condition in rule.conditions):
            return OneWeek(True, _reasons(rule, signals), table.term, table.requirement)
    rated = signals.urgency or (signals.likelihood and signals.damage)
    code = "rated_lower" if rated else "not_rated_by_likelihood_and_damage"
    return OneWeek(False if rated else None, (Reason(code, _known(signals)),), None, table.requirement)


def signals_of(
    advisory: Advisory, weakness: Vulnerability | None, table: Table, *, score: Score, exposed: bool | None = None,
    extra: Iterable[Rating] = (), decision: str = "",
) -> Signals:  # fmt: skip
    """What is known of one weakness (None: of all in the document), on an asset that is ``exposed`` or not.

    ``extra``: ratings of lists that enrich (KEV, EPSS). Of two ratings of one thing the higher counts.
    """
    weaknesses = advisory.vulnerabilities if weakness is None else (weakness,)
    ratings = [*advisory.ratings, *(rating for each in weaknesses for rating in each.ratings), *extra]
    likelihood, damage = _kans_schade(ratings, table.words)
    shares = [value for each in ratings if each.scheme == "epss" and (value := _share(each.value)) is not None]
    used = any(each.exploited for each in weaknesses) or any(each.scheme == "kev" for each in ratings)
    return Signals(
        severity=_severity(ratings, table.words, score), likelihood=likelihood, damage=damage, exploited=used,
        urgency=_urgency(ratings), decision=decision, epss=max(shares, default=None), exposed=exposed,
    )  # fmt: skip


def _severity(ratings: list[Rating], words: Words, score: Score) -> str:
    found = [words.severities.get(each.value.strip().lower(), "") for each in ratings if each.scheme == "severity"]
    scores = [score(each.scheme, each.value) for each in ratings if each.scheme.startswith("cvss-")]
    for value in scores:
        if value is not None:
            found += [next((name for least, name in words.bands if value >= least), "none")]
    return max((each for each in found if each), key=SEVERITIES.index, default="")


def _kans_schade(ratings: list[Rating], words: Words) -> tuple[str, str]:
    """Likelihood and damage as the publisher gave them together; of several pairs the highest."""
    pairs = []
    for each in ratings:
        if each.scheme == "ncsc-kans-schade":
            likelihood, _, damage = each.value.partition("/")
            pairs.append(
                (words.grades.get(likelihood.strip().lower(), ""), words.grades.get(damage.strip().lower(), ""))
            )
    return max(
        pairs, key=lambda pair: [(*GRADES, "").index(grade) if grade else -1 for grade in pair], default=("", "")
    )


def _urgency(ratings: list[Rating]) -> str:
    found = {each.value for each in ratings if each.scheme == "ncsc-urgency"}
    return next((word for word in ("urgent", "normal") if word in found), "")


def _share(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _reasons(rule: Rule, signals: Signals) -> tuple[Reason, ...]:
    told = (
        Reason(f"signal_{condition.signal}", (("value", _word(value)),))
        if (value := getattr(signals, condition.signal)) not in (None, "")
        else Reason(f"signal_{condition.signal}_unknown")
        for condition in rule.conditions
    )
    return (Reason("rule", (("rule", rule.id), ("level", rule.level))), *told)


def _known(signals: Signals) -> tuple[tuple[str, str], ...]:
    names = ("urgency", "likelihood", "damage")
    return tuple((name, value) for name in names if (value := getattr(signals, name)))
