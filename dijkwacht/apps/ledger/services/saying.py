"""One answer with all that comes with it: files as evidence, and a subject that is registered on the way. All or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db import transaction

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.ledger.services.facts import Receipt, answer
from dijkwacht.apps.ledger.services.subjects import register_subject, register_subjects
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.recording import Origin


class File(Protocol):
    """An upload."""

    name: str | None

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody filled in. ``new_name``: the answer is a subject that is not registered yet."""

    value: Any
    seen: int | None = None
    since: date | None = None
    correction: bool = False
    explanation: str = ""
    files: tuple[File, ...] = ()
    made_on: date | None = None
    new_name: str = ""
    origin: Origin = Origin.PERSON


def say(subject: Subject, *, fact_type: str, spoken: Spoken, person: Person, on: date, at: datetime) -> Receipt:
    """Records an answer with its evidence. Raises what ``answer``, ``add_evidence`` and ``register_subject`` raise."""
    organisation = subject.organisation
    with transaction.atomic():
        value = spoken.value
        if spoken.new_name:
            kind = packs_on(on).fact_type(fact_type).refers_to or ""
            value = register_subject(organisation, kind=kind, name=spoken.new_name, person=person, on=on, at=at).key
        evidence = [
            add_evidence(
                organisation, file=file, name=file.name or "", person=person, on=on, at=at, made_on=spoken.made_on
            )
            for file in spoken.files
        ]
        return answer(
            organisation, person=person, subject=subject, fact_type=fact_type, value=value, on=on, at=at,
            seen=spoken.seen, since=spoken.since, correction=spoken.correction, explanation=spoken.explanation,
            evidence=evidence, origin=spoken.origin,
        )  # fmt: skip


def register_many(
    organisation: Organisation, *, kind: str, names: Iterable[str], person: Person, on: date, at: datetime
) -> list[Subject]:
    """Registers several subjects of a kind at once, all of them or none. Raises as ``register_subject`` does."""
    wanted = list(dict.fromkeys(names))
    return register_subjects(organisation, kind=kind, names=wanted, person=person, on=on, at=at)
