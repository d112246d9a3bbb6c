"""What the pack says of suppliers: kinds of proof, tiers, and the signs that make a service heavy."""

from collections.abc import Mapping
from dataclasses import dataclass

from dijkwacht.core.suppliers.assurance import Kind
from dijkwacht.core.suppliers.tier import Sign, Tier


@dataclass(frozen=True, slots=True)
class Told:
    """What a row of the pack is called and says to people, per language; where it comes from, and what is not sure of it."""

    name: Mapping[str, str]
    text: Mapping[str, str]
    source: str
    uncertain: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """All of it. ``said``: under ``kind:…``, ``tier:…`` and ``sign:…``."""

    kinds: Mapping[str, Kind]
    tiers: tuple[Tier, ...]
    signs: tuple[Sign, ...]
    said: Mapping[str, Told]
