"""One deed in this room: facts in the ledger first, then what this room holds, then one entry that tells of both."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from dijkwacht.apps.isms.marks import marked
from dijkwacht.apps.ledger.models import Evidence, Subject
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.act import acting, lock
from dijkwacht.apps.ledger.services.facts import after
from dijkwacht.apps.ledger.services.judging import Change
from dijkwacht.apps.ledger.services.recording import Said, record_all
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.facts import Assurance
from dijkwacht.core.isms_risk import No
from dijkwacht.core.recording import Origin
from dijkwacht.norms.read import isms_on, norms_on


class Refused(ValueError):
    """Something that may not be. ``code`` says why; ``refusals``: what the rules say."""

    def __init__(self, code: str, refusals: Sequence[No] = ()) -> None:
        super().__init__(code)
        self.code, self.refusals = code, tuple(refusals)


@dataclass(slots=True)
class Doing:
    """Who does something, and when. ``changes``: the verdicts that turned on the way; ``act``: the act in the ledger."""

    organisation: Organisation
    person: Person
    on: date
    at: datetime
    changes: tuple[Change, ...] = ()
    act: int | None = None
    _evidence: list[str] = field(default_factory=list)

    def fact(
        self,
        act: str,
        value: Any,
        *,
        subject: Subject | None = None,
        evidence: Iterable[Evidence] = (),
        audit: bool = False,
    ) -> Said:
        """What an act of this room says in the ledger. The record here is the paper, so it counts as documented."""
        about = subject or judging.own_subject(self.organisation, on=self.on)
        origin = Origin.AUDIT if audit else Origin.PERSON
        assurance = Assurance.AUDITED if audit else Assurance.DOCUMENTED
        return Said(about, isms_on(self.on).facts[act], value, origin, assurance, evidence=tuple(evidence))

    def answer(self, name: str, day: date, evidence: Iterable[Evidence]) -> Said:
        """A fact type of the organisation that a paper of that day settles: yes, or the day itself."""
        own = judging.own_subject(self.organisation, on=self.on)
        value: Any = day if norms_on(self.on).fact_types[name].value == "date" else True
        return Said(own, name, value, assurance=Assurance.DOCUMENTED, evidence=tuple(evidence))

    def settle(self, said: Sequence[Said]) -> None:
        """Records these answers as one act in the ledger. Raises as ``ledger.services.recording.record_all`` does."""
        if not said:
            return
        with acting(self.organisation, person=self.person, on=self.on, at=self.at) as act:
            judging.ensure_judged(self.organisation, on=self.on)
            written = record_all(act, said)
            judged = after(act, written, [(each.subject, each.fact_type) for each in said])
            detail = {"answers": len(said), "turned": len(judged.changes), **written.detail(self.organisation.slug)}
            act.write("answers", about=said[0].subject.key, detail=detail)
            self.act, self.changes = act.number, (*self.changes, *judged.changes)

    def write(self, act: str, *, about: str, rows: Iterable[Model] = (), **detail: Any) -> None:
        """Writes the entry. Call it last. ``rows``: all that were made or changed; what they hold now is marked in it."""
        told: Mapping[str, Any] = {"day": self.on, **detail, ROWS: marked(rows)}
        if self.act is not None:
            told = {**told, "ledger_act": self.act, "turned": len(self.changes)}
        record(self.organisation, person=self.person, act=f"isms.{act}", about=about, detail=told, at=self.at)


@contextmanager
def doing(organisation: Organisation, *, person: Person, on: date, at: datetime) -> Iterator[Doing]:
    """Begins a deed; everything in it happens, or nothing. The chain's head is locked from here on."""
    with transaction.atomic():
        lock(organisation)
        yield Doing(organisation, person, on, at)
