"""Our own norms as this room needs them: which one a file means, which requirement a number is, and their versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from dijkwacht.adapters.oscal.parts import control_id, file_name, identity
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.core.catalog import Catalog, Norms
from dijkwacht.core.intake_numbers import Numbers
from dijkwacht.norms.read import versions

# how CISO Assistant calls frameworks whose numbers are those of one of our norms
LIBRARIES = {"bio2": "bio2", "iso27001-2022": "iso27002"}


@dataclass(frozen=True, slots=True)
class Ours:
    """The norms in force on a day, by the ways in which files name them."""

    norms: Norms
    numbers: Numbers
    by_control: Mapping[str, str]

    def norm_of(self, name: str) -> str:
        """The norm that a reference means: a file or uuid of ours, or a framework of CISO Assistant; empty for none."""
        last = PurePosixPath(name).name
        for each in self.norms.catalogs.values():
            if last == file_name(each) or identity("catalog", each.id, each.version) in name or name == each.id:
                return each.id
        return LIBRARIES.get(name.rpartition(":")[2], "") if name.startswith("urn:") else ""

    def requirement(self, norm: str, number: str) -> str:
        """The requirement of a norm that a number means; empty when there is none, or more than one."""
        if number in self.by_control:
            found = self.by_control[number]
            return found if found.startswith(f"{norm}:") else ""
        rest = number.removeprefix(f"{norm}:")
        exact = f"{norm}:{rest}"
        if exact in self.norms.requirements:
            return exact
        ids = self.numbers.find(exact).ids or self.numbers.find(rest).ids
        mine = [each for each in ids if each.startswith(f"{norm}:") and each in self.norms.requirements]
        return mine[0] if len(mine) == 1 else ""


_known: list[Ours] = []  # the last few


def ours(on: date) -> Ours:
    """The norms in force on a day."""
    norms = packs_on(on).norms
    for each in _known:
        if each.norms is norms:
            return each
    _known.insert(0, Ours(norms, Numbers(norms), {control_id(name): name for name in norms.requirements}))
    del _known[4:]
    return _known[0]


def versions_of(catalog: str) -> Sequence[Catalog]:
    """Every version of a norm in the packs of the house, the oldest first; also those that are still to come."""
    return sorted((each for each in versions() if each.id == catalog), key=lambda each: each.valid_from)
