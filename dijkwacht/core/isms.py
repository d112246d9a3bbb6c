"""What the packs say about running a management system: scales, rules, templates and steps. Values only, no decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dijkwacht.core.days import Duration

Texts = Mapping[str, str]  # one text per language


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a scale, from 1 up, and when it is that one."""

    value: int
    name: Texts
    meaning: Texts


@dataclass(frozen=True, slots=True)
class Area:
    """An area in which damage is weighed, with what each level of impact means there."""

    id: str
    name: Texts
    uncertain: Texts
    levels: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """How serious a risk is. ``act_within``: before when a treatment is chosen; ``accepted_by``: the roles with the
    mandate to accept it; ``at_most``: for how long.
    """

    id: str
    rank: int
    name: Texts
    act_within: Duration
    accepted_by: tuple[str, ...]
    at_most: Duration


@dataclass(frozen=True, slots=True)
class Scale:
    """How risks are weighed. ``matrix``: by likelihood, then by impact, the band; both from 1."""

    likelihood: tuple[Level, ...]
    impact: tuple[Level, ...]
    areas: tuple[Area, ...]
    bands: tuple[Band, ...]
    matrix: tuple[tuple[str, ...], ...]
    source: str
    uncertain: Texts


@dataclass(frozen=True, slots=True)
class Aspect:
    """One side of a classification: availability, integrity or confidentiality, with its levels from 1."""

    id: str
    name: Texts
    question: Texts
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Classification:
    """How processes and systems are classified. ``critical_from``: the availability from which one is thought critical."""

    aspects: tuple[Aspect, ...]
    critical_from: int
    within: Duration
    source: str
    uncertain: Texts


@dataclass(frozen=True, slots=True)
class DeviationRule:
    """What may be done when a requirement is not met. ``match``: requirements by pattern; the first rule that fits holds.

    ``allowed``: may be deviated from for a time, with a risk analysis; ``unless_measured``: not where the norm named
    there has a live measure under the same number.
    """

    id: str
    match: tuple[str, ...]
    allowed: bool
    at_most: Duration | None
    unless_measured: str
    text: Texts
    source: str
    uncertain: Texts


@dataclass(frozen=True, slots=True)
class KnownRisk:
    """A risk that municipalities run, as a start: causes and consequences in words, areas hit, measures that help."""

    id: str
    title: Texts
    cause: Texts
    consequence: Texts
    areas: tuple[str, ...]
    requirements: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A circumstance or an interested party, as a start. ``kind``: internal, external or party."""

    id: str
    kind: str
    title: Texts
    text: Texts
    source: str
    uncertain: Texts


@dataclass(frozen=True, slots=True)
class PolicyTemplate:
    """A policy that is expected. ``adopted`` and ``reviewed``: the fact types that adopting or reviewing it settles."""

    id: str
    title: Texts
    text: Texts
    requirements: tuple[str, ...]
    within: Duration
    adopted: tuple[str, ...]
    reviewed: tuple[str, ...]
    source: str
    uncertain: Texts


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A point of the management review. ``figure``: which count of ours stands beside it, empty for none."""

    id: str
    title: Texts
    text: Texts
    figure: str


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a training is for. ``fact``: the fact type that a training held for this group settles, empty for none."""

    id: str
    name: Texts
    text: Texts
    fact: str
    within: Duration | None
    source: str


@dataclass(frozen=True, slots=True)
class Phase:
    """One of the four: plan, do, check, act; with the requirements that tell how far it is."""

    id: str
    name: Texts
    text: Texts
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to arrange within a step. ``page``: the page of this room where it is done, empty for the questions."""

    id: str
    title: Texts
    why: Texts
    requirements: tuple[str, ...]
    page: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of the steps of a start."""

    id: str
    title: Texts
    text: Texts
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Isms:
    """All of it."""

    scale: Scale
    classification: Classification
    deviations: tuple[DeviationRule, ...]
    risks: Mapping[str, KnownRisk]
    circumstances: Mapping[str, Circumstance]
    policies: Mapping[str, PolicyTemplate]
    agenda: tuple[AgendaItem, ...]
    groups: Mapping[str, Group]
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    start_source: str
    start_uncertain: Texts
    board_requirement: str
    facts: Mapping[str, str] = field(default_factory=dict)  # what an act of this room settles: act to fact type
