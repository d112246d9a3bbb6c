"""A joint review: the supplier answers once, two pairs of eyes look at each answer, findings are mended in time. Pure.

What comes out are facts about the service, for everybody who joined. An answer counts when two persons judged it alike and
nothing found stands against it; what is not judged is unknown, never good.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Word = Literal["holds", "not_shown", "does_not_hold"]


class Phase(StrEnum):
    """How far a review is."""

    DRAFT = "draft"
    ANSWERING = "answering"
    JUDGING = "judging"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


NEXT = {
    Phase.DRAFT: {Phase.ANSWERING, Phase.WITHDRAWN},
    Phase.ANSWERING: {Phase.JUDGING, Phase.WITHDRAWN},
    Phase.JUDGING: {Phase.ANSWERING, Phase.CONCLUDED, Phase.WITHDRAWN},
    Phase.CONCLUDED: {Phase.JUDGING, Phase.WITHDRAWN},
    Phase.WITHDRAWN: set[Phase](),
}
"""From which phase one may come where. Back to judging: a finding was mended, or somebody saw something new."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one person found of an answer. A later word of the same person takes the place of the earlier."""

    person: str
    organisation: str
    word: Word
    day: date


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, to be mended before ``until``.

    ``mended_on``: the day on which a second person saw that it is. ``accepted``: it may stay so.
    """

    id: str
    until: date
    mended_on: date | None = None
    accepted: bool = False

    def open_on(self, on: date) -> bool:
        """Whether it stands against the answer on a day."""
        return not self.accepted and (self.mended_on is None or on < self.mended_on)

    def late_on(self, on: date) -> bool:
        """Whether it should have been mended by now."""
        return self.open_on(on) and on >= self.until


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the review. ``fact``: the fact type that it settles; ``value``: the supplier's answer (None: none yet)."""

    id: str
    fact: str
    value: object = None
    answered_by: str = ""
    judged: tuple[Judged, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of a question. ``code`` says why; ``counts``: whether the answer stands as a fact."""

    item: str
    code: Literal[
        "not_answered",
        "one_pair_of_eyes",
        "not_judged",
        "disputed",
        "not_shown",
        "holds",
        "finding",
        "finding_late",
        "does_not_hold",
    ]
    counts: bool = False


def settled(item: Item, *, on: date) -> Settled:
    """How a question stands on a day. Who answered does not judge: his word is left out."""
    if item.value is None:
        return Settled(item.id, "not_answered")
    last = {
        each.person: each for each in sorted(item.judged, key=lambda each: each.day) if each.person != item.answered_by
    }
    words = {each.word for each in last.values()}
    if not words:
        return Settled(item.id, "not_judged")
    if len(words) > 1:
        return Settled(item.id, "disputed")
    if len(last) == 1:
        return Settled(item.id, "one_pair_of_eyes")
    if late := [each for each in item.findings if each.open_on(on)]:
        return Settled(item.id, "finding_late" if any(each.late_on(on) for each in late) else "finding")
    (word,) = words
    if word == "does_not_hold" and _mended(item, last.values()):
        word = "holds"
    return Settled(item.id, word, counts=word == "holds")


def _mended(item: Item, judged: Iterable[Judged]) -> bool:
    """Whether what they said is overtaken: all that was found is mended, and nobody said afterwards that it still is not so."""
    days = [each.mended_on for each in item.findings if each.mended_on is not None and not each.accepted]
    return 0 < len(item.findings) == len(days) and all(each.day <= max(days) for each in judged)


def against_concluding(items: Sequence[Item], *, on: date) -> list[Settled]:
    """The questions that keep a review from being concluded: those that nobody answered or on which two did not agree.

    Findings do not: the outcome says what is wrong. A question judged as wrong needs a finding, so that it says by when.
    """
    found = [(each, settled(each, on=on)) for each in items]
    open_ = {"not_answered", "not_judged", "one_pair_of_eyes", "disputed"}
    return [row for item, row in found if row.code in open_ or (row.code == "does_not_hold" and not item.findings)]


def outcome(items: Iterable[Item], *, on: date) -> dict[str, object]:
    """The facts that come out on a day, by fact type: the supplier's answer where it counts; where not, nothing is known.

    Where a yes was judged as wrong, or a finding stands against it, the fact is a no. Of two questions about one fact the
    one that is not in order decides.
    """
    found: dict[str, object] = {}
    for item in items:
        row = settled(item, on=on)
        wrong = row.code in ("finding", "finding_late", "does_not_hold")
        value = item.value if row.counts else False if wrong and isinstance(item.value, bool) else None
        if value is None or found.get(item.fact, value) != value:
            found[item.fact] = False if value is False or found.get(item.fact) is False else None
        else:
            found[item.fact] = value
    return {fact: value for fact, value in found.items() if value is not None}


def divided(
    questions: Sequence[str], persons: Sequence[tuple[str, str]], *, held: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, tuple[str, str]]:
    """Two persons per question, in the order of the questions: who has least to do first, the two of different organisations
    where that can be. ``persons``: (person, organisation). ``held``: who looks at a question already, and stays.

    The same input always gives the same division. Raises ValueError with fewer than two persons.
    """
    whose = dict(persons)
    if len(whose) < 2:
        raise ValueError("two pairs of eyes are two persons")
    load = dict.fromkeys(whose, 0)
    found: dict[str, tuple[str, str]] = {}
    kept = {name: [each for each in eyes if each in whose] for name, eyes in (held or {}).items()}
    for eyes in kept.values():
        for each in eyes:
            load[each] += 1
    for question in questions:
        pair = kept.get(question, [])[:2]
        while len(pair) < 2:
            taken = {whose[each] for each in pair}
            one = min((each for each in whose if each not in pair), key=lambda each: (whose[each] in taken, load[each]))
            pair.append(one)
            load[one] += 1
        found[question] = (pair[0], pair[1])
    return found


def saved(joined: int, questions: int) -> int:
    """How many answers the supplier did not have to give again: each organisation but the first would have asked all."""
    return max(joined - 1, 0) * questions
