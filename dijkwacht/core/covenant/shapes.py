"""The packs of the covenant as values: its challenges, what was agreed, the needs in public papers, and the accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Texts = Mapping[str, str]
AREAS = ("1", "2", "3", "4", "all")
PHASES = ("proactie", "preventie", "preparatie", "respons", "nazorg")
CONFIDENCE = ("A", "B", "C", "D")


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
