"""How far one answer reaches: what `dijkwacht norms check` prints about packs that are right."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import mean, median

from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.dependencies import facts_of_requirement, verdicts_of_requirement

MOST_REUSED = 12


@dataclass(frozen=True, slots=True)
class Reach:
    """How many requirement lines rest on one fact type, by itself and through other verdicts, and account lines."""

    fact_type: str
    direct: int
    lines: int
    account_lines: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures over all packs in force on a day."""

    fact_types: int
    asked: int  # of a person; the others are measured
    per_subject: Mapping[str, int]
    per_role: Mapping[str, int]
    criteria: Mapping[str, int]
    account_lines: Mapping[str, int]
    uncertain: int
    reach: tuple[Reach, ...]  # most lines first

    @property
    def requirement_lines(self) -> int:
        """All requirements together."""
        return sum(self.criteria.values())

    @property
    def measured_share(self) -> float:
        """The share of fact types that a source can answer without a person, 0 to 1."""
        return 1 - self.asked / self.fact_types if self.fact_types else 0.0

    @property
    def reuse(self) -> float:
        """Requirement lines per fact type that is asked of a person."""
        return self.requirement_lines / self.asked if self.asked else 0.0

    def report(self) -> list[str]:
        """The figures as lines of English text."""
        direct, lines = [each.direct for each in self.reach], [each.lines for each in self.reach]
        text = [
            f"fact types: {self.fact_types}, of which {self.fact_types - self.asked} can be measured "
            f"({self.measured_share:.0%})",
            f"fact types per subject: {_counts(self.per_subject)}",
            f"fact types per role: {_counts(self.per_role)}",
            f"criteria: {self.requirement_lines} ({_counts(self.criteria)})",
            f"criteria marked uncertain: {self.uncertain}",
            f"lines per account: {_counts(self.account_lines)}",
        ]
        if self.reach:
            text += [
                f"lines per fact type, direct: mean {mean(direct):.2f}, median {median(direct):g}",
                f"lines per fact type, with verdicts: mean {mean(lines):.2f}, median {median(lines):g}",
                f"reuse factor (requirement lines / fact types asked of a person): {self.reuse:.2f}",
                "most reused:",
            ]
        text += [
            f"  {each.fact_type}: {each.direct} direct, {each.lines} with verdicts, {each.account_lines} account lines"
            for each in self.reach[:MOST_REUSED]
        ]
        return text


def statistics(norms: Norms) -> Statistics:
    """The figures of these packs."""
    types = norms.fact_types.values()
    return Statistics(
        fact_types=len(norms.fact_types),
        asked=sum(each.measured_by is None for each in types),
        per_subject=_most(Counter(each.subject for each in types)),
        per_role=_most(Counter(each.answered_by for each in types)),
        criteria=dict(Counter(each.catalog for each in norms.requirements.values())),
        account_lines={account.id: len(account.requirements) for account in norms.accounts.values()},
        uncertain=sum(bool(each.uncertain) for each in norms.requirements.values()),
        reach=_reach(norms),
    )


def _reach(norms: Norms) -> tuple[Reach, ...]:
    own = {name: facts_of_requirement(each) for name, each in norms.requirements.items()}
    with_verdicts = _with_verdicts(norms.requirements, own)
    direct = Counter(fact for facts in own.values() for fact in facts)
    lines = Counter(fact for facts in with_verdicts.values() for fact in facts)
    accounts = Counter(
        fact for account in norms.accounts.values() for name in account.requirements for fact in with_verdicts[name]
    )
    reach = [Reach(fact, direct[fact], lines[fact], accounts[fact]) for fact in norms.fact_types]
    return tuple(sorted(reach, key=lambda each: (-each.lines, each.fact_type)))


def _with_verdicts(requirements: Mapping[str, Requirement], own: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Per requirement every fact type on which it rests. Packs that are right hold no rings and no long chains."""
    found: dict[str, set[str]] = {}

    def facts(name: str) -> set[str]:
        if name not in found:
            found[name] = own[name].union(*map(facts, verdicts_of_requirement(requirements[name])))
        return found[name]

    return {name: facts(name) for name in requirements}


def _most(counts: Counter[str]) -> dict[str, int]:
    return dict(counts.most_common())


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
