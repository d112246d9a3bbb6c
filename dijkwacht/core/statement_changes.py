"""What differs between two statements of one account: with last year's, or with the facts as they are now. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dijkwacht.core.statement import StatementLine


class Kind(StrEnum):
    """How a line differs."""

    ADDED = "added"  # was not in the earlier one
    GONE = "gone"  # is not in the later one
    TURNED = "turned"  # another verdict, or another assurance
    EVIDENCE = "evidence"  # the same verdict, on other facts or files


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that differs; ``before`` or ``after`` is None for a line that was added or is gone."""

    kind: Kind
    before: StatementLine | None
    after: StatementLine | None

    @property
    def line(self) -> StatementLine:
        """The line as it is now, or else as it was."""
        found = self.after or self.before
        if found is None:
            raise LookupError("a difference without a line")
        return found


def differences(before: Sequence[StatementLine], after: Sequence[StatementLine]) -> tuple[Difference, ...]:
    """The lines that differ, in the order of the later ones and then those that are gone."""
    old = {(line.requirement, line.subject): line for line in before}
    found = []
    for line in after:
        was = old.pop((line.requirement, line.subject), None)
        if (kind := _kind(was, line)) is not None:
            found.append(Difference(kind, was, line))
    return (*found, *(Difference(Kind.GONE, line, None) for line in old.values()))


def _kind(before: StatementLine | None, after: StatementLine) -> Kind | None:
    if before is None:
        return Kind.ADDED
    if (before.status, before.assurance, before.shown) != (after.status, after.assurance, after.shown):
        return Kind.TURNED
    if (before.reasons, before.facts, before.exceptions) != (after.reasons, after.facts, after.exceptions):
        return Kind.EVIDENCE
    return None
