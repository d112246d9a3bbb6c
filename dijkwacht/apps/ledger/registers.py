"""Registers as the pages show them: what is in one, whether that is all of it, and what is known about a subject."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dijkwacht.apps.ledger import words
from dijkwacht.apps.ledger.models import Inheritance, Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.ledger.queries.world import gather
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.facts import COMPLETE, SUBJECT_KINDS
from dijkwacht.core.select import Choice, choices, expiry
from dijkwacht.core.text import capital
from dijkwacht.web.terms import kind_words, value_words

KINDS = tuple(kind for kind in SUBJECT_KINDS if kind != "organisation")


@dataclass(frozen=True, slots=True)
class Register:
    """A register. ``choice``: what is stated about its being complete; ``until``: the first day that no longer holds.

    ``lines``: how many requirements its being complete plays a part in.
    """

    kind: str
    name: str
    count: int
    choice: Choice
    until: date | None
    lines: int
    subjects: tuple[Subject, ...] = ()
    archived: tuple[Subject, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether it is stated that all are registered."""
        return self.choice.winner is not None and self.choice.winner.value is True


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One question about a subject, with the answer that counts, or why none does. ``owner``: whose answer it is, if not ours."""

    fact_type: str
    text: str
    answer: str
    why: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One subject with what is known about it, and from where it can take facts."""

    known: tuple[KnownFact, ...]
    unknown: int
    inherits: Inheritance | None
    sources: tuple[Subject, ...]


def overview(organisation: Organisation, *, on: date) -> list[Register]:
    """All registers of which the packs ask something, or in which something stands."""
    counts = Counter(subjects.subjects(organisation).values_list("kind", flat=True))
    kinds = [kind for kind in KINDS if counts[kind] or _asked(kind, on)]
    stated = _stated(organisation, kinds, on=on)
    return [_register(kind, counts[kind], stated[kind], on=on) for kind in kinds]


def register(organisation: Organisation, kind: str, *, on: date) -> Register:
    """One register with its subjects."""
    rows = tuple(subjects.subjects(organisation, kind=kind))
    gone = tuple(subjects.subjects(organisation, kind=kind, archived=True))
    choice = _stated(organisation, [kind], on=on)[kind]
    return replace(_register(kind, len(rows), choice, on=on), subjects=rows, archived=gone)


def page(organisation: Organisation, subject: Subject, *, on: date) -> Page:
    """What is known about a subject, in the order of the packs."""
    packs = packs_on(on)
    names = subjects.names(organisation)
    kinds = [each for each in packs.norms.fact_types.values() if each.subject == subject.kind]
    world = gather(organisation, packs=packs, known_at=on, fact_types={each.id for each in kinds}).world
    known: list[KnownFact] = []
    for each in kinds:
        choice = choices(world.facts.get((subject.key, each.id), ()), each, on=on, known_at=on)[0][1]
        if choice.why != "not_asked":
            answer = value_words(each, choice.winner.value, names) if choice.winner else ""
            owner = choice.winner.said_by if choice.winner and choice.winner.inherited_from else ""
            known.append(KnownFact(each.id, words.asked(each, subject.key, names), answer, choice.why, owner))
    return Page(
        tuple(known),
        len(kinds) - len(known),
        subjects.inheritances(organisation).get(subject.key),
        tuple(subjects.sources(organisation, kind=subject.kind)),
    )


def _asked(kind: str, on: date) -> bool:
    """Whether the packs ask anything about this kind of subject."""
    return any(each.subject == kind for each in packs_on(on).norms.fact_types.values())


def _stated(organisation: Organisation, kinds: Sequence[str], *, on: date) -> dict[str, Choice]:
    """Per kind what is stated about its register being complete."""
    packs = packs_on(on)
    names = {kind: COMPLETE.format(kind=kind) for kind in kinds}
    facts = gather(organisation, packs=packs, known_at=on, fact_types=set(names.values())).world.facts
    return {
        kind: choices(facts.get((organisation.slug, name), ()), packs.fact_type(name), on=on, known_at=on)[0][1]
        for kind, name in names.items()
    }


def _register(kind: str, count: int, choice: Choice, *, on: date) -> Register:
    packs = packs_on(on)
    name = COMPLETE.format(kind=kind)
    until = expiry(choice, packs.fact_type(name), on)
    lines = len(packs.dependencies.touched([name]))
    return Register(kind, capital(kind_words(kind)), count, choice, until, lines)
