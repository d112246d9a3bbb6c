"""What a file with suppliers is held against, and the steps that it comes to: the values. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dijkwacht.core.sheets import Place, Problem

Values = Mapping[str, Any]
Kind = Literal["supplier", "service", "contract", "use", "sub"]


@dataclass(frozen=True, slots=True)
class HeldSupplier:
    """A supplier in our register. ``into``: the number of the one that it was merged into; None: not merged."""

    id: int
    values: Values  # name, kvk, own_id, domain, country, direct (whether it is in the ledger)
    into: int | None = None


@dataclass(frozen=True, slots=True)
class HeldService:
    """A service in our register. ``values``: name, what, kind, personal_data, admin_access, owner (an address)."""

    id: int
    supplier: int
    values: Values


@dataclass(frozen=True, slots=True)
class HeldContract:
    """A contract in our register; ``ended``: it was ended here, so that a file does not bring it back."""

    id: int
    supplier: int
    services: frozenset[int]
    values: Values
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Our register. ``uses``: hours by (service, kind, plain name), with the number; ``subs``: (supplier, service, on)."""

    suppliers: Sequence[HeldSupplier] = ()
    services: Sequence[HeldService] = ()
    contracts: Sequence[HeldContract] = ()
    uses: Mapping[tuple[int, str, str], tuple[int, int | None]] = field(default_factory=dict)
    subs: frozenset[tuple[int, int | None, int]] = frozenset()
    owners: frozenset[str] = frozenset()  # addresses of the people here


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one row of the file. ``id``: what it is in our register; None: it is new.

    ``supplier``, ``service``: positions in the plan. ``after``: the values to write; ``before``: what stands there now.
    ``services``: of a contract, positions of those that come under it. ``kind_of``: of a use, process or system.
    """

    kind: Kind
    row: int
    name: str
    id: int | None
    after: Values
    before: Values = field(default_factory=dict)
    supplier: int = -1
    service: int | None = None
    services: tuple[int, ...] = ()
    kind_of: str = ""

    @property
    def state(self) -> Literal["added", "changed", "unchanged"]:
        """What becomes of it."""
        return "added" if self.id is None else "changed" if self.after or self.services else "unchanged"


@dataclass(frozen=True, slots=True)
class SubStep:
    """A sub-supplier. ``to``: a position in the plan; ``held``: a number in our register; neither: new, by name."""

    row: int
    supplier: int
    service: int | None
    name: str
    to: int | None = None
    held: int | None = None
    there: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a file changes. A contract or use that cannot be taken over is None at its place, with a remark."""

    suppliers: tuple[Step, ...] = ()
    services: tuple[Step, ...] = ()
    contracts: tuple[Step | None, ...] = ()
    uses: tuple[Step, ...] = ()
    subs: tuple[SubStep, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()

    @property
    def steps(self) -> list[Step]:
        """Every step but those about sub-suppliers."""
        return [*self.suppliers, *self.services, *(each for each in self.contracts if each), *self.uses]

    def count(self, state: str) -> int:
        """How many rows are added, changed or unchanged, sub-suppliers included."""
        subs = sum(each.there is (state == "unchanged") for each in self.subs) if state != "changed" else 0
        return sum(each.state == state for each in self.steps) + subs


class Noted:
    """Collects problems, which stand in the way of taking anything over, and remarks, which do not."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []

    def remark(self, code: str, row: int, **params: str) -> None:
        """Something to know of a row of the file."""
        self.remarks.append(Problem(code, Place(row=row), params))

    def problem(self, code: str, row: int, **params: str) -> None:
        """Something that stands in the way, at a row of the file."""
        self.problems.append(Problem(code, Place(row=row), params))
