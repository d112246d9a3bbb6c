"""Processes and systems with their classification and what leans on what."""

from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.isms.models import Classified, Leaning
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.subjects import subjects
from dijkwacht.apps.ledger.queries.world import gather
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.days import add
from dijkwacht.core.isms_cycle import Pressing, pressing
from dijkwacht.core.isms_risk import TooLow, too_low
from dijkwacht.core.select import choices
from dijkwacht.norms.read import isms_on

CRITICAL = {"process": "process.critical", "system": "system.critical"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A process or system. ``critical``: as the ledger knows it, None when it does not; ``others``: on what it leans (a
    process) or what leans on it (a system); ``again``: before when it is classified again.
    """

    subject: Subject
    classified: Classified | None
    critical: bool | None
    others: tuple[Subject, ...]
    too_low: tuple[TooLow, ...]
    again: date | None
    pressing: Pressing


@dataclass(frozen=True, slots=True)
class Things:
    """All of them."""

    processes: tuple[Thing, ...]
    systems: tuple[Thing, ...]

    @property
    def all(self) -> tuple[Thing, ...]:
        """Processes, then systems."""
        return self.processes + self.systems


def things(organisation: Organisation, *, on: date) -> Things:
    """All processes and systems that are registered; six queries."""
    rows = [each for each in subjects(organisation) if each.kind in CRITICAL]
    standing = Classified.objects.filter(organisation=organisation, superseded_on__isnull=True).select_related("person")
    classified = {each.subject_id: each for each in standing}
    leanings = Leaning.objects.filter(organisation=organisation, ended_on__isnull=True)
    pairs = list(leanings.values_list("process_id", "system_id"))
    by_pk, critical = {each.pk: each for each in rows}, _critical(organisation, on)
    within = isms_on(on).classification.within
    found = []
    for each in rows:
        mine = [b if each.pk == a else a for a, b in pairs if each.pk in (a, b)]
        others = tuple(by_pk[pk] for pk in mine if pk in by_pk)
        own = classified.get(each.pk)
        again = add(own.on, within) if own else None
        lower: tuple[TooLow, ...] = ()
        if own and each.kind == "system":
            asked = {other.name: classified[other.pk].levels for other in others if other.pk in classified}
            lower = too_low(own.levels, asked)
        state = pressing(again, done=False, on=on)
        found.append(Thing(each, own, critical.get(each.key), others, lower, again, state))
    processes = tuple(each for each in found if each.subject.kind == "process")
    return Things(processes, tuple(each for each in found if each.subject.kind == "system"))


def _critical(organisation: Organisation, on: date) -> dict[str, bool]:
    """What the ledger knows of which is critical, by subject key."""
    packs = packs_on(on)
    names = [name for name in CRITICAL.values() if name in packs.norms.fact_types]
    world = gather(organisation, packs=packs, known_at=on, fact_types=names).world
    found = {}
    for (key, name), facts in world.facts.items():
        winner = choices(facts, packs.fact_type(name), on=on, known_at=on)[0][1].winner
        if winner is not None and isinstance(winner.value, bool):
            found[key] = winner.value
    return found


def history(subject: Subject) -> list[Classified]:
    """All classifications of one, the last first."""
    return list(Classified.objects.filter(subject=subject).select_related("person"))
