"""What is played in a scenario session: six building blocks, injects on a clock, decision points. Pure.

The six building blocks (cause, source, actors, domain hit, area hit, way out) are those of the Nationaal Crisisplan Digitaal
of 2020; our own words. Packs: `norms/scenarios`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

BLOCKS = ("cause", "source", "actors", "domain", "area", "way_out")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Words = Mapping[str, str]
"""A text per language; Dutch always stands there."""


@dataclass(frozen=True, slots=True)
class DecisionPoint:
    """A decision that an inject asks. ``who``: the roles that take it; ``powers``, ``clocks``: ids of what plays a part.

    ``not_allowed``: powers that do not fit here, whatever one would like; ``expected``: what a good team does.
    """

    question: Words
    who: tuple[str, ...]
    powers: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    not_allowed: tuple[str, ...] = ()
    expected: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Inject:
    """Something that comes in ``at`` so many minutes after the start, for the roles ``to``, by some road (``via``)."""

    id: str
    at: int
    to: tuple[str, ...]
    text: Words
    via: Words = field(default_factory=dict)
    known: tuple[Words, ...] = ()
    unknown: tuple[Words, ...] = ()
    decisions: tuple[DecisionPoint, ...] = ()

    @property
    def audience(self) -> frozenset[str]:
        """Who sees it: whom it is for, and who must decide on it. Nobody else."""
        return frozenset(self.to).union(*(each.who for each in self.decisions))


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole script. ``roles``: id to name; ``minutes``: how long the story lasts; ``blocks``: texts per building block.

    ``begins``: day of the week and hour at which the story starts. ``inspired_by``: cases that gave the tone; persons and
    details are invented. ``doubt``: what is not certain, shown with it.
    """

    id: str
    title: Words
    goal: Words
    minutes: int
    roles: Mapping[str, Words]
    blocks: Mapping[str, tuple[Words, ...]]
    injects: tuple[Inject, ...]
    evaluation: tuple[Words, ...] = ()
    inspired_by: tuple[str, ...] = ()
    begins: tuple[str, str] = ("", "")
    doubt: Words = field(default_factory=dict)

    def inject(self, name: str) -> Inject | None:
        """The inject with this id, or None."""
        return next((each for each in self.injects if each.id == name), None)


def assemble(
    *,
    title: Words,
    goal: Words,
    minutes: int,
    blocks: Mapping[str, tuple[Words, ...]],
    parts: Iterable[tuple[Scenario, Inject]],
    evaluation: Iterable[Words] = (),
) -> Scenario:
    """A new scenario from building blocks, and injects of scenarios that stand (each with the scenario it comes from).

    Injects keep their minute as far as it lies within the story, are put in order and numbered anew; the roles are those
    that the injects name. Raises ValueError when a building block or every inject is missing.
    """
    if missing := [name for name in BLOCKS if not blocks.get(name)]:
        raise ValueError(f"building blocks are missing: {', '.join(missing)}")
    chosen = list(parts)
    if not chosen:
        raise ValueError("a scenario has injects")
    roles = {
        name: words for scenario, each in chosen for name, words in scenario.roles.items() if name in each.audience
    }
    injects = [replace(each, at=min(each.at, minutes)) for _, each in chosen]
    return Scenario(
        "", title, goal, minutes, roles, {name: blocks[name] for name in BLOCKS}, numbered(injects),
        evaluation=tuple(evaluation),
        inspired_by=tuple(dict.fromkeys(name for scenario, _ in chosen for name in scenario.inspired_by)),
    )  # fmt: skip


def numbered(injects: Iterable[Inject]) -> tuple[Inject, ...]:
    """The injects in the order in which they happen, called i01, i02 and so on."""
    rows = sorted(injects, key=lambda each: each.at)
    return tuple(replace(each, id=f"i{number:02}") for number, each in enumerate(rows, start=1))


def with_inject(scenario: Scenario, inject: Inject, *, instead_of: str = "") -> Scenario:
    """The scenario with an inject more, or with another in the place of the one with that id."""
    others = [each for each in scenario.injects if each.id != instead_of]
    return replace(scenario, injects=numbered([*others, inject]))


def without_inject(scenario: Scenario, name: str) -> Scenario:
    """The scenario without this inject."""
    return replace(scenario, injects=numbered(each for each in scenario.injects if each.id != name))


def pointed_to(scenario: Scenario) -> tuple[frozenset[str], frozenset[str]]:
    """All powers, and all clocks, that the decision points name."""
    points = [point for each in scenario.injects for point in each.decisions]
    powers = frozenset(name for point in points for name in (*point.powers, *point.not_allowed))
    return powers, frozenset(name for point in points for name in point.clocks)


def unknown_roles(scenario: Scenario, names: Collection[str]) -> list[str]:
    """Of these roles those that are not in the script."""
    return [name for name in names if name not in scenario.roles]
