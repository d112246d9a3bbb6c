"""The packs of the covenant as values: its challenges, what was agreed, the needs in public papers,
what runs, and the accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Texts = Mapping[str, str]
AREAS = ("1", "2", "3", "4", "all")
PHASES = ("proactie", "preventie", "preparatie", "respons", "nazorg")
CONFIDENCE = ("A", "B", "C", "D")
KINDS = (
    "law", "bill", "strategy", "frame", "agreement", "plan", "money", "cooperation", "service", "guide", "study", "monitor",
    "exercise", "pilot", "other",
)  # fmt: skip
STANDS = ("runs", "done", "announced")


@dataclass(frozen=True, slots=True)
class Challenge:
    """A system challenge of the covenant."""

    id: str
    title: Texts
    text: Texts


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something that was agreed or announced. ``due``: the day by which, if a source names one. ``needs`` and ``initiatives``:
    ids of what would meet it. ``confidence``: A law read, B government paper, C press, D unsure."""

    id: str
    challenge: str
    text: Texts
    due: date | None
    confidence: str
    needs: tuple[str, ...]
    initiatives: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PackNeed:
    """A need that public papers name. ``told``: what they say of how widely it is felt; empty when nothing."""

    id: str
    area: str
    challenge: str
    phases: tuple[str, ...]
    title: Texts
    needed: Texts
    told: Texts
    holder: str
    source: str
    uncertain: Texts


@dataclass(frozen=True, slots=True)
class PackInitiative:
    """Something that public sources say runs, ran or will come. ``since`` and ``until``: a day, a month or a year as far as a
    source tells, else empty. ``needs``: what it should meet; ``gaps``: places (area/phase/layer) where it should put somebody.
    """

    id: str
    area: str
    phase: str
    kind: str
    stands: str
    since: str
    until: str
    title: Texts
    text: Texts
    owner: str
    needs: tuple[str, ...]
    gaps: tuple[str, ...]
    source: str
    checked_on: date
    confidence: str
    uncertain: Texts

    @property
    def started(self) -> date | None:
        """The first day that ``since`` may mean."""
        return edge(self.since, last=False) if self.since else None

    @property
    def last_day(self) -> date | None:
        """The last day that ``until`` may mean."""
        return edge(self.until, last=True) if self.until else None


def edge(text: str, *, last: bool) -> date:
    """The first or last day of ``2025-06-01``, ``2025-06`` or ``2025``. Raises ValueError for anything else."""
    parts = text.split("-")
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(part.isdecimal() for part in parts):
        raise ValueError(f"{text!r} is no day, month or year")
    year, month, day = (*map(int, parts), *(0, 0))[:3]
    first = date(year, 1 if len(parts) < 2 else month, 1 if len(parts) < 3 else day)
    if len(parts) == 3 or not last:
        return first
    after = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


@dataclass(frozen=True, slots=True)
class Product:
    """An account that is asked of the covenant or of an office. ``basis``: article or paper."""

    id: str
    title: Texts
    audience: Texts
    basis: str
    rhythm: Texts
    uncertain: Texts


@dataclass(frozen=True, slots=True)
class NeedsPack:
    """The needs, with where they come from."""

    version: str
    as_of: date
    about: Texts
    needs: tuple[PackNeed, ...]


@dataclass(frozen=True, slots=True)
class InitiativesPack:
    """What runs by public sources, with where it comes from."""

    version: str
    as_of: date
    initiatives: tuple[PackInitiative, ...]


@dataclass(frozen=True, slots=True)
class CovenantPack:
    """The covenant: challenges, what was agreed, accounts."""

    version: str
    as_of: date
    name: Texts
    source: str
    uncertain: Texts
    challenges: tuple[Challenge, ...]
    agreed: tuple[Agreed, ...]
    products: tuple[Product, ...]
