"""Whose a name is, when several organisations watch it: the first holds it, and what lies below it, until it is settled.

A claim is a name that an organisation watches and for which its own consent is in force. Settling is done by whoever runs the
installation, and goes before who was first. Where two were first at the same moment, nobody holds the name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """An organisation watches a name with its own consent, since a moment."""

    name: str
    organisation: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Names as one organisation sees them: True where another may hold the name. What lies below follows the nearest one."""

    names: Mapping[str, bool] = field(default_factory=dict)

    def names_it(self, name: str) -> str:
        """The name by which another may hold this one; "" when none does."""
        for each in and_above(name):
            if each in self.names:
                return each if self.names[each] else ""
        return ""


NOWHERE = Elsewhere()


def and_above(name: str) -> Iterator[str]:
    """A name and the names above it, the nearest first: a.b.nl, b.nl, nl."""
    while name:
        yield name
        name = name.partition(".")[2]


def holder(name: str, claims: Mapping[str, Iterable[Claim]], settled: Mapping[str, str]) -> str:
    """The organisation that holds a name; "" when nobody does, or two were first at once. `claims`: by name."""
    for each in and_above(name):
        if each in settled:
            return settled[each]
    found = [claim for each in and_above(name) for claim in claims.get(each, ())]
    first = min((claim.since for claim in found), default=None)
    holders = {claim.organisation for claim in found if claim.since == first}
    return holders.pop() if len(holders) == 1 else ""


def elsewhere(organisation: str, claims: Iterable[Claim], settled: Mapping[str, str]) -> Elsewhere:
    """What of all these names another than this organisation may hold."""
    by_name: dict[str, list[Claim]] = {}
    for claim in claims:
        by_name.setdefault(claim.name, []).append(claim)
    return Elsewhere({name: holder(name, by_name, settled) != organisation for name in {*by_name, *settled}})
