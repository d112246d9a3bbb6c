"""Processes and systems: how they are classified, and what leans on what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dijkwacht.apps.isms.models import Classified, Leaning
from dijkwacht.apps.isms.services.doing import Doing, Refused, doing
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.people.models import Person

KINDS = ("process", "system")


@dataclass(frozen=True, slots=True)
class Grading:
    """What is filled in. ``recovery``, ``loss``: hours; ``critical``: None says nothing about it."""

    levels: Mapping[str, int]
    recovery: int | None = None
    loss: int | None = None
    critical: bool | None = None
    reason: str = ""


def classify(subject: Subject, *, grading: Grading, person: Person, on: date, at: datetime) -> Classified:
    """Adds a classification; the one before stays to be looked back at. What the ledger asks of it is recorded there.

    Raises Refused (kind, closed).
    """
    if subject.kind not in KINDS:
        raise Refused("kind")
    if subject.archived_at is not None:
        raise Refused("closed")
    with doing(subject.organisation, person=person, on=on, at=at) as deed:
        standing = Classified.objects.filter(subject=subject, superseded_on__isnull=True)
        before = list(standing)
        standing.update(superseded_on=on)
        found = Classified.objects.create(
            organisation=subject.organisation, subject=subject, recovery=grading.recovery, loss=grading.loss,
            reason=grading.reason, on=on, person=person, **grading.levels,
        )  # fmt: skip
        deed.settle(_facts(deed, subject, grading))
        levels = "-".join(str(each) for each in found.levels.values())
        deed.write(
            "classified", about=subject.key, rows=[found, *before], name=subject.name, levels=levels,
            recovery=grading.recovery, loss=grading.loss, critical=grading.critical, reason=grading.reason,
        )  # fmt: skip
    return found


def _facts(deed: Doing, subject: Subject, grading: Grading) -> list[Said]:
    said = []
    if subject.kind == "process":
        if grading.critical is not None:
            said.append(deed.fact("process_critical", grading.critical, subject=subject))
        return said
    said.append(deed.fact("system_classified", True, subject=subject))
    if grading.critical is not None:
        said.append(deed.fact("system_critical", grading.critical, subject=subject))
    if subject.owner_id is not None:
        said.append(deed.fact("system_owner", True, subject=subject))
    if grading.recovery is not None and grading.loss is not None:
        said.append(deed.fact("system_recovery", True, subject=subject))
    return said


def lean(process: Subject, *, systems: Collection[Subject], person: Person, on: date, at: datetime) -> None:
    """Says on which systems a process leans: which of its systems are critical was looked at today.

    Raises Refused (kind): not a process, or not systems of the same organisation.
    """
    ours = all(each.kind == "system" and each.organisation_id == process.organisation_id for each in systems)
    if process.kind != "process" or not ours:
        raise Refused("kind")
    wanted = {each.pk for each in systems}
    with doing(process.organisation, person=person, on=on, at=at) as deed:
        standing = Leaning.objects.filter(process=process, ended_on__isnull=True)
        there = set(standing.values_list("system_id", flat=True))
        ended = list(standing.exclude(system__in=wanted))
        standing.exclude(system__in=wanted).update(ended_on=on)
        made = Leaning.objects.bulk_create(
            Leaning(organisation=process.organisation, process=process, system=each, added_on=on)
            for each in systems
            if each.pk not in there
        )
        deed.settle([deed.fact("process_reviewed", on, subject=process)])
        deed.write(
            "leaning_set",
            about=process.key,
            rows=[*ended, *made],
            name=process.name,
            systems=", ".join(sorted(each.name for each in systems)),
        )
