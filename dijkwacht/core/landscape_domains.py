"""Where physical and digital incidents differ: five axes, documented cases, and which of them are like this one. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dijkwacht.core.crisis import Likeness, Texts


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: how it is with a physical and with a digital incident, what to ask, and what it means for who acts."""

    id: str
    name: Texts
    physical: Texts
    digital: Texts
    ask: Texts
    means: Texts
    source: str
    uncertain: Texts


@dataclass(frozen=True, slots=True)
class Read:
    """How a case reads on an axis, and why."""

    like: Likeness
    why: Texts
    source: str


@dataclass(frozen=True, slots=True)
class Case:
    """A documented case. ``axes``: by axis; an axis of which the sources say nothing reads *unknown*."""

    id: str
    name: str
    sector: str
    when: str
    cause: Texts
    effects: Texts
    decisions: Texts
    source: str
    uncertain: Texts
    axes: Mapping[str, Read]


@dataclass(frozen=True, slots=True)
class Like:
    """A case beside an incident, by axis: where they agree, differ, and where one of both is not known."""

    case: Case
    same: tuple[str, ...]
    differ: tuple[str, ...]
    unsure: tuple[str, ...]


def like_cases(cases: Iterable[Case], answers: Mapping[str, str]) -> tuple[Like, ...]:
    """The cases that agree with these answers on one axis at least, those that agree most first; otherwise as they stood.

    What is not known on either side neither agrees nor differs. *Both* agrees only with *both*.
    """
    found = []
    for case in cases:
        same: list[str] = []
        differ: list[str] = []
        unsure: list[str] = []
        for axis, read in case.axes.items():
            said = answers.get(axis, "unknown")
            if "unknown" in (said, read.like):
                unsure.append(axis)
            else:
                (same if said == read.like else differ).append(axis)
        if same:
            found.append(Like(case, tuple(same), tuple(differ), tuple(unsure)))
    return tuple(sorted(found, key=lambda each: (-len(each.same), len(each.differ))))


def kind_of(
    answers: Mapping[str, str], axes: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The axes that behave as with a physical incident, as with a digital one (both counts for each), and those not known."""
    wanted = tuple(axes)
    physical = tuple(each for each in wanted if answers.get(each) in ("physical", "both"))
    digital = tuple(each for each in wanted if answers.get(each) in ("digital", "both"))
    return physical, digital, tuple(each for each in wanted if each not in physical and each not in digital)
