"""Answering, correcting, observing, withdrawing, undoing: all that can happen to a fact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from dijkwacht.apps.ledger.models import Assignment, Deferral, Evidence, Fact, Subject
from dijkwacht.apps.ledger.services import judging, sharing
from dijkwacht.apps.ledger.services.act import Act, about, acting
from dijkwacht.apps.ledger.services.judging import Change, Judged
from dijkwacht.apps.ledger.services.recording import (
    Recorded,
    Refusal,
    Said,
    Written,
    again,
    close,
    end_all,
    evidence_ids,
    insert,
    record_all,
)
from dijkwacht.apps.ledger.services.tallying import Move
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin, Outcome

UNDOABLE = ("answer", "correct", "withdraw", "undo")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an answer came to. ``fact`` now says it (None: nothing was recorded); ``unseen``: facts that others recorded
    meanwhile, with another value, and that still stand; ``act``: the number in the trail, for ``undo``.
    """

    fact: Fact | None
    outcome: Outcome
    verdicts_changed: tuple[Change, ...]
    accounts_moved: tuple[Move, ...]
    unseen: tuple[int, ...]
    act: int


@dataclass(frozen=True, slots=True)
class Observed:
    """What a round of observations came to."""

    recorded: tuple[Recorded, ...]
    verdicts_changed: tuple[Change, ...]
    accounts_moved: tuple[Move, ...]
    act: int

    @property
    def unchanged(self) -> int:
        """How many were as they were known."""
        return sum(each.decision.outcome is Outcome.UNCHANGED for each in self.recorded)


def answer(
    organisation: Organisation,
    *,
    person: Person | None,
    subject: Subject,
    fact_type: str,
    value: Any,
    on: date,
    at: datetime,
    actor: str = "",
    seen: int | None = None,
    since: date | None = None,
    correction: bool = False,
    explanation: str = "",
    evidence: Iterable[Evidence] = (),
    assurance: Assurance | None = None,
    origin: Origin = Origin.PERSON,
    said_by: str = "",
) -> Receipt:
    """Records an answer and judges again what it touches.

    ``value``: as the engine has it, or in its plain form. ``seen``: the token of the question as the person had it before
    him (``queries.facts.question(...).token``); None: do not look. ``since``: the first day on which it is so.
    Raises recording.Unknown, recording.Refusal (subject, future, reference, evidence) and values.ValueFormError.
    """
    proof = tuple(evidence)
    if any(each.organisation_id != organisation.pk for each in proof):
        raise Refusal("evidence")
    said = Said(
        subject, fact_type, value, Origin(origin), assurance, since, None, correction, seen, said_by, explanation, proof
    )
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        judging.ensure_judged(organisation, on=on)
        written = record_all(act, [said])
        judged = after(act, written, [(subject, fact_type)])
        (recorded,) = written.recorded
        detail = {
            "outcome": recorded.decision.outcome, "value": recorded.fact and recorded.fact.value, "since": since,
            "turned": len(judged.changes),
            **written.detail(organisation.slug),
        }  # fmt: skip
        verb = "correct" if correction else "answer"
        act.write(verb, about=about(subject.key, fact_type), detail=_without_none(detail))
    return Receipt(
        recorded.fact, recorded.decision.outcome, judged.changes, judged.moves, recorded.decision.unseen, act.number
    )


def observe(
    organisation: Organisation,
    *,
    observations: Sequence[Said],
    source: str,
    on: date,
    at: datetime,
    person: Person | None = None,
    ended: Sequence[Fact] = (),
) -> Observed:
    """Records one round of observations of a source (a scan, a register). What is unchanged costs one touched row.

    Each observation says its own origin; MEASUREMENT is the usual one. ``ended``: facts of this source that stand (read under
    `act.lock`) and that it no longer sees; from this day on they do not hold. One entry in the trail for the round. Raises as
    ``answer`` does, and then nothing of the round is recorded.
    """
    with acting(organisation, person=person, actor=source, on=on, at=at) as act:
        judging.ensure_judged(organisation, on=on)
        gone = end_all(act, ended)
        written = _together(gone, record_all(act, observations))
        questions = [(each.subject, each.fact_type) for each in observations]
        judged = after(act, written, questions + [(each.subject, each.fact_type) for each in ended], asked=not ended)
        if ended and observations:
            _settle_asked(act, questions)  # what ended is no answer
        detail = {"observations": len(observations), "turned": len(judged.changes), **written.detail(organisation.slug)}
        act.write("observe", about=source[:250], detail=detail)
    return Observed(written.recorded, judged.changes, judged.moves, act.number)


def _together(one: Written, other: Written) -> Written:
    return Written(
        one.recorded + other.recorded, one.made + other.made, one.closed + other.closed, one.touched + other.touched
    )


def withdraw(
    fact: Fact, *, person: Person | None, on: date, at: datetime, actor: str = "", reason: str = ""
) -> Receipt:
    """Takes a fact back: from now on it is as if it was never said, and what was known before stays to be told.

    Raises Refusal (closed) when it no longer stands.
    """
    organisation = fact.organisation
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        judging.ensure_judged(organisation, on=on)
        fact = Fact.objects.select_related("subject").get(pk=fact.pk)
        if fact.superseded_at is not None:
            raise Refusal("closed")
        close(act, [fact.pk])
        written = Written((), (), (fact.pk,), ())
        judged = after(act, written, [(fact.subject, fact.fact_type)])
        detail = {"reason": reason, "turned": len(judged.changes), **written.detail(organisation.slug)}
        act.write("withdraw", about=about(fact.subject.key, fact.fact_type), detail=detail)
    return Receipt(None, Outcome.RECORDED, judged.changes, judged.moves, (), act.number)


def undo(organisation: Organisation, *, act: int, person: Person, on: date, at: datetime) -> Receipt:
    """Undoes an answer, correction or withdrawal of the same person on the same day: what stood before stands again.

    Raises Refusal: not_yours, not_today, not_undoable (another kind of act, or nothing was recorded), moved_on (somebody
    has built on it since).
    """
    with acting(organisation, person=person, on=on, at=at) as now:
        judging.ensure_judged(organisation, on=on)
        _may_undo(organisation, act, person, on)
        made = list(Fact.objects.filter(organisation=organisation, act=act).select_related("subject"))
        closed = list(
            Fact.objects.filter(organisation=organisation, superseded_act=act).select_related("subject").order_by("pk")
        )
        if not made and not closed:
            raise Refusal("not_undoable")
        if any(fact.superseded_at is not None for fact in made) or _later(made + closed, act):
            raise Refusal("moved_on")
        close(now, [fact.pk for fact in made])
        back = [again(fact, now, valid_to=fact.valid_to, observed=fact.observed) for fact in closed]
        proof = evidence_ids([fact.pk for fact in closed])
        insert(back, [(new, proof.get(old.pk, ())) for new, old in zip(back, closed, strict=True)])
        written = Written((), tuple(back), tuple(fact.pk for fact in made), ())
        first = (made + closed)[0]
        judged = after(now, written, [(fact.subject, fact.fact_type) for fact in made + closed], asked=False)
        detail = {"undone": act, "turned": len(judged.changes), **written.detail(organisation.slug)}
        now.write("undo", about=about(first.subject.key, first.fact_type), detail=detail)
    return Receipt(back[-1] if back else None, Outcome.RECORDED, judged.changes, judged.moves, (), now.number)


def after(act: Act, written: Written, questions: Sequence[tuple[Subject, str]], *, asked: bool = True) -> Judged:
    """What follows from facts that were written: verdicts, those of heirs, and questions that are no longer open."""
    if not (written.made or written.closed or written.touched):
        return Judged()
    sharing.queue_heirs(act.organisation, questions, on=act.on, at=act.at)
    if asked:
        _settle_asked(act, questions)
    names = frozenset(fact_type for _, fact_type in questions)
    return judging.touched(act.organisation, fact_types=names, on=act.on, act=act.number)


def _settle_asked(act: Act, questions: Sequence[tuple[Subject, str]]) -> None:
    """Who was asked is done, and who did not know need not be asked again."""
    names = sorted({fact_type for _, fact_type in questions})
    pairs = {(subject.pk, fact_type) for subject, fact_type in questions}
    asked = Assignment.objects.filter(organisation=act.organisation, fact_type__in=names, done_on__isnull=True)
    if done := [row[0] for row in asked.values_list("pk", "subject_id", "fact_type") if row[1:] in pairs]:
        Assignment.objects.filter(pk__in=done).update(done_on=act.on)
    deferred = Deferral.objects.filter(organisation=act.organisation, fact_type__in=names)
    if over := [row[0] for row in deferred.values_list("pk", "subject_id", "fact_type") if row[1:] in pairs]:
        Deferral.objects.filter(pk__in=over).delete()


def _may_undo(organisation: Organisation, act: int, person: Person, on: date) -> None:
    entry = Entry.objects.filter(organisation=organisation, seq=act).first()
    if entry is None or entry.act not in {f"ledger.{verb}" for verb in UNDOABLE}:
        raise Refusal("not_undoable")
    if entry.person_id != person.pk:
        raise Refusal("not_yours")
    if entry.detail.get("day") != on.isoformat():
        raise Refusal("not_today")


def _later(facts: Sequence[Fact], act: int) -> bool:
    """Whether a later act changed anything about the same questions."""
    condition = Q()
    for fact in facts:
        condition |= Q(subject=fact.subject_id, fact_type=fact.fact_type)
    later = Q(act__gt=act) | Q(superseded_act__gt=act)
    return Fact.objects.filter(condition, later, organisation=facts[0].organisation_id).exists()


def _without_none(detail: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in detail.items() if value is not None}
