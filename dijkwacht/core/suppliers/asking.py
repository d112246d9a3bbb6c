"""What the packs ask of suppliers: requirements for a tender, questions for a joint review, services for all together. Pure.

The words are data: ``norms/suppliers`` has ours, and an organisation may bring the official set of requirements into a private
copy of the same shape. Every text is per language, ``nl`` and ``en``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dijkwacht.core.days import Duration
from dijkwacht.core.suppliers.procurement import Requirement

Text = Mapping[str, str]
PartKind = Literal["always", "bought", "supplement"]
Extent = Literal["whole", "part"]


@dataclass(frozen=True, slots=True)
class Edition:
    """Which pack this is: its version, the day on which it was brought up to date, its licence, and what it is and is not."""

    version: str
    as_of: date
    licence: str
    name: Text
    about: Text


@dataclass(frozen=True, slots=True)
class Named:
    """A code with what it is called and what it says: a theme, a kind of service."""

    id: str
    name: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Part:
    """What is bought. ``always`` goes with every tender, a ``supplement`` goes beside what is bought."""

    id: str
    kind: PartKind
    name: Text
    text: Text


@dataclass(frozen=True, slots=True)
class ContextQuestion:
    """A yes-or-no question about the tender that leaves requirements out or makes them heavier."""

    id: str
    question: Text
    help: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement with its words. ``verify``: how one sees that an offer meets it, and by what proof.

    ``follow``: how often it is looked at again after the award; None: once is enough. ``uncertain``: empty without doubt.
    """

    requirement: Requirement
    theme: str
    text: Text
    verify: Text
    follow: Duration | None
    source: str
    uncertain: Text

    @property
    def id(self) -> str:
        """The id of the requirement."""
        return self.requirement.id


@dataclass(frozen=True, slots=True)
class RequirementSet:
    """A whole set, in the order in which it is asked."""

    edition: Edition
    parts: tuple[Part, ...]
    themes: tuple[Named, ...]
    context: tuple[ContextQuestion, ...]
    requirements: tuple[Asked, ...]

    @property
    def plain(self) -> tuple[Requirement, ...]:
        """The requirements without their words, as `stacked` takes them."""
        return tuple(each.requirement for each in self.requirements)

    @property
    def by_id(self) -> dict[str, Asked]:
        """Every requirement under its id."""
        return {each.id: each for each in self.requirements}

    @property
    def always(self) -> frozenset[str]:
        """The parts that go with every tender."""
        return frozenset(each.id for each in self.parts if each.kind == "always")


@dataclass(frozen=True, slots=True)
class ReviewQuestion:
    """A question to the supplier of a service. ``fact``: the fact type that its answer settles; its kind of value is the answer.

    ``services``: for which kinds of service it is asked, empty for all. ``choices``: of the answers of the fact type those that
    a supplier can give, empty for all. ``verify``: what proof convinces.
    """

    id: str
    theme: str
    services: frozenset[str]
    text: Text
    verify: Text
    fact: str
    choices: tuple[str, ...]
    links: tuple[str, ...]
    source: str
    uncertain: Text


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A named list of questions for one kind of service, in the order in which they are asked."""

    id: str
    service: str
    name: Text
    text: Text
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionPack:
    """All questions and the sets that a review picks from."""

    edition: Edition
    themes: tuple[Named, ...]
    services: tuple[Named, ...]
    questions: Mapping[str, ReviewQuestion]
    sets: tuple[QuestionSet, ...]

    def asked(self, name: str) -> tuple[ReviewQuestion, ...]:
        """The questions of a set in their order. Raises KeyError when there is no such set."""
        found = {each.id: each for each in self.sets}[name]
        return tuple(self.questions[each] for each in found.questions)


@dataclass(frozen=True, slots=True)
class Covered:
    """A requirement of a norm that a service helps to meet, and what the organisation must still do itself."""

    requirement: str
    extent: Extent
    remains: Text


@dataclass(frozen=True, slots=True)
class ServicePart:
    """A part of a collective service. ``ended``: the first day without it; None: not ended as far as is known."""

    id: str
    name: Text
    ended: date | None


@dataclass(frozen=True, slots=True)
class CollectiveService:
    """A service that organisations have together. ``since`` and ``ended`` None: not known.

    ``since`` is as exact as the source has it: a year, or a day. ``open_for``: who may take part.
    """

    id: str
    name: Text
    holder: str
    text: Text
    open_for: Text
    parts: tuple[ServicePart, ...]
    since: str
    ended: date | None
    covers: tuple[Covered, ...]
    source: str
    uncertain: Text


@dataclass(frozen=True, slots=True)
class CollectivePack:
    """All collective services that public sources name."""

    edition: Edition
    services: tuple[CollectiveService, ...]
