"""A crisis: what the pack says of roles, ladders and criteria, and what follows from a log. Pure.

Nothing here counts points: an outcome is words with what they rest on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from dijkwacht.core.days import Duration, add

Texts = Mapping[str, str]
NO_TEXT: Texts = {}
Weight = Literal["small", "notable", "heavy", "unknown"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
Likeness = Literal["physical", "digital", "both", "unknown"]
LIKENESSES: tuple[Likeness, ...] = get_args(Likeness)


@dataclass(frozen=True, slots=True)
class Role:
    """The card of a role. The texts from ``first_minutes`` on: one thing per line."""

    id: str
    name: Texts
    purpose: Texts
    first_minutes: Texts
    first_hour: Texts
    decisions: Texts
    avoid: Texts
    call: Texts
    replacement: Texts


@dataclass(frozen=True, slots=True)
class StepUp:
    """When a rung is reached, and who says so."""

    level: str
    when: Texts
    who: Texts


@dataclass(frozen=True, slots=True)
class FallbackIdea:
    """A way to go on without systems, with where it was seen."""

    id: str
    about: Texts
    way: Texts
    source: str


@dataclass(frozen=True, slots=True)
class PlanPack:
    """The template of a plan. ``review``: after so long it is looked at again; ``checked``: so long a number is trusted."""

    review: Duration
    review_source: str
    review_uncertain: Texts
    checked: Duration
    checked_source: str
    offices: Mapping[str, Texts]
    roles: Mapping[str, Role]
    steps: tuple[StepUp, ...]
    fallbacks: tuple[FallbackIdea, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A rung of a ladder."""

    id: str
    name: Texts
    when: Texts
    teams: Texts
    lead: Texts
    source: str
    uncertain: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LadderPack:
    """A ladder, from its lowest rung."""

    id: str
    name: Texts
    text: Texts
    levels: tuple[Level, ...]
    source: str
    uncertain: Texts

    def rank(self, level: str) -> int:
        """How high a rung is. Raises KeyError for one that is not on this ladder."""
        for at, each in enumerate(self.levels):
            if each.id == level:
                return at
        raise KeyError(level)

    def level(self, level: str) -> Level:
        """A rung. Raises KeyError."""
        return self.levels[self.rank(level)]


@dataclass(frozen=True, slots=True)
class Handover:
    """What goes from one ladder to the other, once the ladder ``source_ladder`` stands at ``at`` or higher."""

    id: str
    source_ladder: str
    at: str
    target_ladder: str
    trigger: Texts
    what: Texts
    whom: Texts
    source: str
    uncertain: Texts


@dataclass(frozen=True, slots=True)
class Ladders:
    """Both ladders and what goes between them."""

    ladders: Mapping[str, LadderPack]
    handovers: tuple[Handover, ...]

    def due(self, standing: Mapping[str, str]) -> tuple[Handover, ...]:
        """The hand-overs that this standing asks (ladder to rung). The lowest rung asks its own only when the other is higher."""
        found = []
        for each in self.handovers:
            ladder = self.ladders[each.source_ladder]
            at, now = ladder.rank(each.at), ladder.rank(standing[each.source_ladder])
            other = self.ladders[each.target_ladder].rank(standing[each.target_ladder])
            if (now >= at > 0) or (at == 0 and now == 0 and other > 0):
                found.append(each)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion to weigh by; ``levels``: the words per weight."""

    id: str
    name: Texts
    ask: Texts
    levels: Mapping[str, Texts]


@dataclass(frozen=True, slots=True)
class InformPoint:
    """A point of the duty to inform."""

    id: str
    text: Texts
    why: Texts
    source: str
    uncertain: Texts


@dataclass(frozen=True, slots=True)
class WeighingPack:
    """Criteria, and the points of the duty to inform."""

    source: str
    uncertain: Texts
    criteria: Mapping[str, Criterion]
    informing: Mapping[str, InformPoint]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a weighing comes to: the criteria by weight, in their order. ``unknown``: also those that nobody answered."""

    heavy: tuple[str, ...]
    notable: tuple[str, ...]
    small: tuple[str, ...]
    unknown: tuple[str, ...]


def weigh(criteria: Iterable[str], answers: Mapping[str, str]) -> Weighed:
    """The criteria by what was said of each. An answer outside `WEIGHTS` counts as not known."""
    found: dict[str, list[str]] = {each: [] for each in WEIGHTS}
    for each in criteria:
        said = answers.get(each, "unknown")
        found[said if said in found else "unknown"].append(each)
    return Weighed(*(tuple(found[each]) for each in ("heavy", "notable", "small", "unknown")))


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the log as the picture needs it. ``about``: the number of the line that it answers or corrects."""

    number: int
    kind: str
    text: str
    certainty: str = ""
    topic: str = ""
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known, assumed and not known, each in the order of the log. ``unsaid``: topics of which nothing was written.

    ``open``: numbers of questions without an answer and of actions that were not reported done.
    """

    known: tuple[Told, ...]
    assumed: tuple[Told, ...]
    unknown: tuple[Told, ...]
    unsaid: tuple[str, ...]
    open: tuple[int, ...]


TOPICS = ("cause", "duration", "size")


def picture(lines: Iterable[Told]) -> Picture:
    """The picture that a log gives. What was corrected no longer counts; of a topic the newest fact does."""
    rows = sorted(lines, key=lambda line: line.number)
    corrected = {each.about for each in rows if each.kind == "correction"}
    answered = {each.about for each in rows if each.kind in ("answer", "correction")}
    facts = [each for each in rows if each.kind == "fact" and each.number not in corrected]
    newest = {each.topic: each.number for each in facts if each.topic}
    facts = [each for each in facts if not each.topic or newest[each.topic] == each.number]
    asked = [each for each in rows if each.kind == "question" and each.number not in answered]
    waits = [each.number for each in rows if each.kind in ("question", "action") and each.number not in answered]
    by = {name: tuple(each for each in facts if each.certainty == name) for name in ("known", "assumed", "unknown")}
    unsaid = tuple(each for each in TOPICS if each not in newest)
    return Picture(by["known"], by["assumed"], (*by["unknown"], *asked), unsaid, tuple(waits))


def stale(checked_on: date | None, *, after: Duration, on: date) -> bool:
    """Whether a number was never tried, or so long ago that nobody can trust it."""
    return checked_on is None or add(checked_on, after) < on


PlanState = Literal["none", "draft", "overdue", "stands"]


def plan_state(*, adopted_on: date | None, review_on: date | None, drafted: bool, on: date) -> PlanState:
    """How the plan stands; a draft beside a plan that stands changes nothing."""
    if adopted_on is None or review_on is None:
        return "draft" if drafted else "none"
    return "overdue" if review_on < on else "stands"


def missing_roles(wanted: Iterable[str], there: Iterable[str]) -> tuple[str, ...]:
    """The roles without a card, in the order of the pack."""
    held = set(there)
    return tuple(each for each in wanted if each not in held)


def unfinished(cards: Sequence[Mapping[str, str]], needed: Sequence[str]) -> tuple[int, ...]:
    """The places of the cards in which something needed is empty."""
    return tuple(at for at, each in enumerate(cards) if any(not each[key].strip() for key in needed))
