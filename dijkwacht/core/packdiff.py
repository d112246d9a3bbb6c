"""What another version of a norm changes: its lines, the facts behind them, and which verdicts would turn.

Answers belong to fact types, not to numbers of a norm: as long as a fact type stays, its answer counts for the new version
too. Explained in docs/norms.md.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dijkwacht.core.catalog import Catalog, Norms, Requirement
from dijkwacht.core.dependencies import Dependencies
from dijkwacht.core.facts import FactType
from dijkwacht.core.judge import Judgement, lines_of
from dijkwacht.core.verdict import Status, Verdict

# what of a fact type makes an old answer of no use, and what only changes how it counts
_FORM = ("subject", "value", "choices", "refers_to")
_WEIGHT = ("shelf_life", "proof", "shows", "may_not_happen")
_WORDS = ("question", "help")  # an old answer counts on, but it was given to other words
_PARTS: Mapping[str, Callable[[Requirement], Any]] = {
    "criterion": lambda rule: rule.met_if,
    "situation": lambda rule: rule.applies_if,
    "subject": lambda rule: rule.subject,
    "shows": lambda rule: rule.shows,
    "title": lambda rule: dict(rule.title),
    "basis": lambda rule: rule.basis,
    "doubt": lambda rule: dict(rule.uncertain),
    "theme": lambda rule: rule.theme,
}
_WORDS_ONLY = frozenset(("title", "basis", "doubt", "theme"))


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a requirement: ``added``, ``moved``, ``withdrawn`` or ``changed`` (``what`` names the parts)."""

    requirement: str
    kind: str
    title: Mapping[str, str]
    what: tuple[str, ...] = ()
    moved_to: str | None = None

    @property
    def number(self) -> str:
        """The number within the norm."""
        return self.requirement.partition(":")[2]

    @property
    def moved_to_number(self) -> str:
        """The number to which it moved; empty when it did not."""
        return (self.moved_to or "").partition(":")[2]

    @property
    def words_only(self) -> bool:
        """Whether only its words changed, so that nothing has to be looked at again."""
        return self.kind == "changed" and set(self.what) <= _WORDS_ONLY


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact type that another version uses differently.

    ``new``, ``gone``, ``form`` (old answers do not fit), ``weight``, or ``words``: only asked in other words.
    """

    fact_type: str
    kind: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackDiff:
    """The difference between two versions of one catalog. ``stays``: the fact types whose answers are carried."""

    catalog: str
    before: str | None
    after: str | None
    valid_from: date | None
    changes: tuple[Change, ...]
    unchanged: int
    stays: tuple[str, ...]
    facts: tuple[FactChange, ...]
    look_again: tuple[str, ...]

    def of(self, kind: str) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(each for each in self.changes if each.kind == kind)


@dataclass(frozen=True, slots=True)
class Turning:
    """A line whose verdict would be another. None: there is, or was, no such line. ``was``: its number before, if moved."""

    requirement: str
    subject: str
    before: Verdict | None
    after: Verdict | None
    was: str = ""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would turn if the new version counted: the lines that turn, and how many stay as they are."""

    turns: tuple[Turning, ...]
    same: int
    moved: Mapping[tuple[Status | None, Status | None], int] = field(default_factory=dict)


def diffs(old: Norms, new: Norms) -> list[PackDiff]:
    """The difference of every catalog that is not the same in both."""
    names = dict.fromkeys([*new.catalogs, *old.catalogs])
    needs = Dependencies(old).facts, Dependencies(new).facts
    found = [_diff(old, new, name, needs) for name in names]
    return [each for each in found if each.changes or each.facts or each.before != each.after]


def diff(old: Norms, new: Norms, *, catalog: str) -> PackDiff:
    """The difference of one catalog. Raises KeyError when neither has it."""
    if catalog not in old.catalogs and catalog not in new.catalogs:
        raise KeyError(catalog)
    return _diff(old, new, catalog, (Dependencies(old).facts, Dependencies(new).facts))


Needs = Mapping[str, frozenset[str]]


def _diff(old: Norms, new: Norms, catalog: str, needs: tuple[Needs, Needs]) -> PackDiff:
    before, after = old.catalogs.get(catalog), new.catalogs.get(catalog)
    was, now = _requirements(before), _requirements(after)
    changes = [*_changed(was, now), *_gone(was, now, after)]
    needed, wanted = (
        {fact for name in names for fact in of[name]} for names, of in zip((was, now), needs, strict=True)
    )
    facts = _facts(old.fact_types, new.fact_types, needed, wanted)
    touched = {each.fact_type for each in facts if each.kind in ("form", "weight")}
    look = {each.requirement for each in changes if each.kind in ("added", "changed") and not each.words_only}
    look |= {each.moved_to for each in changes if each.moved_to and each.moved_to in now}
    look |= {name for name in now if touched & needs[1][name]}
    return PackDiff(
        catalog, before.version if before else None, after.version if after else None,
        after.valid_from if after else None, tuple(changes),
        sum(1 for name in now if name in was) - sum(1 for each in changes if each.kind == "changed"),
        tuple(sorted(needed & wanted - {each.fact_type for each in facts if each.kind == "form"})), tuple(facts),
        tuple(name for name in now if name in look),
    )  # fmt: skip


def _requirements(catalog: Catalog | None) -> Mapping[str, Requirement]:
    return catalog.requirements if catalog is not None else {}


def _changed(was: Mapping[str, Requirement], now: Mapping[str, Requirement]) -> Iterable[Change]:
    for name, rule in now.items():
        if name not in was:
            yield Change(name, "added", rule.title)
        elif what := tuple(key for key, of in _PARTS.items() if of(was[name]) != of(rule)):
            yield Change(name, "changed", rule.title, what)


def _gone(was: Mapping[str, Requirement], now: Mapping[str, Requirement], after: Catalog | None) -> Iterable[Change]:
    withdrawn = after.withdrawn if after is not None else {}
    for name, rule in was.items():
        if name not in now:
            moved_to = withdrawn[name].moved_to if name in withdrawn else None
            yield Change(name, "moved" if moved_to else "withdrawn", rule.title, moved_to=moved_to)


def _facts(
    old: Mapping[str, FactType], new: Mapping[str, FactType], needed: set[str], wanted: set[str]
) -> list[FactChange]:
    found = []
    for name in sorted(needed | wanted):
        before, after = old.get(name), new.get(name)
        if name not in needed:
            found.append(FactChange(name, "new"))
        elif name not in wanted:
            found.append(FactChange(name, "gone"))
        elif before is not None and after is not None:  # completeness of a register is built in, and never changes
            form = tuple(key for key in _FORM if getattr(before, key) != getattr(after, key))
            weight = tuple(key for key in _WEIGHT if getattr(before, key) != getattr(after, key))
            words = tuple(key for key in _WORDS if getattr(before, key) != getattr(after, key))
            if what := form or weight or words:
                found.append(FactChange(name, "form" if form else "weight" if weight else "words", what))
    return found


def dry_run(old: Judgement, new: Judgement, changes: Iterable[Change]) -> DryRun:
    """Judges one organisation by both, and says which lines would turn; in every norm, for norms lean on each other.

    A requirement that moved is held against what it was under its old number.
    """
    came_from = {each.moved_to: each.requirement for each in changes if each.kind == "moved" and each.moved_to}
    before, after = _verdicts(old), _verdicts(new)
    turns: list[Turning] = []
    moved: dict[tuple[Status | None, Status | None], int] = {}
    same, met = 0, set()
    for (name, subject), verdict in after.items():
        was = name if (name, subject) in before else came_from.get(name, name)
        earlier = before.get((was, subject))
        met.add((was, subject))
        if earlier is not None and earlier.status is verdict.status:
            same += 1
            continue
        turns.append(Turning(name, subject, earlier, verdict, "" if was == name else was))
    turns += [
        Turning(name, subject, each, None) for (name, subject), each in before.items() if (name, subject) not in met
    ]
    for turn in turns:
        key = (turn.before and turn.before.status, turn.after and turn.after.status)
        moved[key] = moved.get(key, 0) + 1
    return DryRun(tuple(turns), same, moved)


def _verdicts(judgement: Judgement) -> dict[tuple[str, str], Verdict]:
    names = list(judgement.norms.requirements)
    lines = lines_of(judgement.norms, judgement.world, names)
    return {(name, subject): judgement.verdict(name, subject) for name, subject in lines}
