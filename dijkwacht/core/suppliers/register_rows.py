"""What a supplier register in a file says: suppliers, services, contracts, uses and sub-suppliers, tied by their position.

``row`` is the first row of the file that told it. What the file does not say is None or "", never no.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dijkwacht.core.days import Duration
from dijkwacht.core.sheets import Problem

UseKind = Literal["process", "system"]
Processing = Literal["yes", "no", "not_applicable"]


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier, once. ``kvk``: eight digits. ``own_id``: the number in our own books. ``country``: two letters if recognised.

    ``also``: other names under which the file has it.
    """

    row: int
    name: str
    kvk: str = ""
    own_id: str = ""
    domain: str = ""
    country: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service of a supplier (its position). ``hours``: how long we can do without, where no process or system is named."""

    row: int
    supplier: int
    name: str
    what: str = ""
    cloud: bool | None = None
    personal: bool | None = None  # whether it processes personal data
    admin: bool | None = None  # whether the supplier has access as an administrator
    hours: float | None = None
    owner: str = ""  # an e-mail address


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract and the services under it. ``first`` and ``last``: its first and last day; ``endless``: without end."""

    row: int
    supplier: int
    services: tuple[int, ...] = ()
    number: str = ""
    title: str = ""
    first: date | None = None
    last: date | None = None
    endless: bool = False
    notice: Duration | None = None
    processing: Processing | None = None  # whether there is an agreement on processing personal data
    audit: bool | None = None
    exit: bool | None = None
    owner: str = ""  # an e-mail address


@dataclass(frozen=True, slots=True)
class UseRow:
    """That a process or system needs a service, and how many hours it can do without; None: not told."""

    row: int
    service: int
    kind: UseKind
    name: str
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class SubRow:
    """A sub-supplier by name. ``service``: for which service; None: for the supplier as a whole."""

    row: int
    supplier: int
    service: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Register:
    """What one file brought: all of it, or problems and nothing else. A remark does not stand in the way.

    ``ignored``: headers of columns that were not read. ``counts``: per code of problem or remark how often, as only the first
    hundred of each are listed.
    """

    form: str
    suppliers: tuple[SupplierRow, ...] = ()
    services: tuple[ServiceRow, ...] = ()
    contracts: tuple[ContractRow, ...] = ()
    uses: tuple[UseRow, ...] = ()
    subs: tuple[SubRow, ...] = ()
    ignored: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether it may be taken over."""
        return bool(self.suppliers) and not self.problems


def refused(form: str, problem: Problem) -> Register:
    """What is left of a file that cannot be opened: the one problem with it."""
    return Register(form, problems=(problem,), counts={problem.code: 1})
