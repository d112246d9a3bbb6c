"""What the owner says of a version that software shows: it runs here, or whoever packs it mended it without a new number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnerSaid:
    """One word of the owner. ``runs``: this version runs here. Otherwise it is mended, as far as ``advisories`` (ids) go."""

    runs: bool
    advisories: frozenset[str] = frozenset()

    def mended(self, advisories: Iterable[str]) -> bool:
        """Whether it says that all of these are mended. One that came later is not covered: nobody looked at that."""
        return not self.runs and self.advisories.issuperset(advisories)


SaidOf = Mapping[tuple[str, str], OwnerSaid]
"""By product (vendor:product) and version."""
