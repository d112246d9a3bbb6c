"""The plan: actions with an owner and a term. Done with evidence becomes a fact, and the fact turns the verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from dijkwacht.apps.isms.models import Action, Finding, Review, Risk
from dijkwacht.apps.isms.services.doing import Doing, Refused, doing
from dijkwacht.apps.ledger.models import Evidence, Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.ledger.services.judging import Change
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.ledger.services.saying import File
from dijkwacht.apps.people.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class ActionText:
    """What is filled in about an action."""

    title: str
    due: date
    text: str = ""
    owner: Person | None = None
    cost: int | None = None
    requirement: str = ""
    subject: Subject | None = None
    fact_type: str = ""
    risk: Risk | None = None
    finding: Finding | None = None
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """What finishing an action came to. ``act``: the act in the ledger, None when nothing was answered."""

    action: Action
    changes: tuple[Change, ...]
    act: int | None


def add_action(organisation: Organisation, *, text: ActionText, person: Person, on: date, at: datetime) -> Action:
    """A new action, with the next number. Raises Refused (requirement, question, closed: of a review that was signed)."""
    _check(organisation, text, on)
    with doing(organisation, person=person, on=on, at=at) as deed:
        if text.review is not None and Review.objects.filter(pk=text.review.pk, signed_on__isnull=False).exists():
            raise Refused("closed")  # its decisions were signed as they stood
        return _add(deed, text)


def _add(deed: Doing, text: ActionText) -> Action:
    rows = Action.objects.filter(organisation=deed.organisation)
    action = Action.objects.create(
        organisation=deed.organisation, number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1, title=text.title,
        text=text.text, owner=text.owner, due=text.due, cost=text.cost, requirement=text.requirement,
        subject=text.subject, fact_type=text.fact_type, risk=text.risk, finding=text.finding, review=text.review,
        opened_on=deed.on,
    )  # fmt: skip
    deed.write("action_added", about=f"action:{action.pk}", rows=[action], **_told(text))
    return action


def change_action(action: Action, *, text: ActionText, person: Person, on: date, at: datetime) -> Action:
    """Another owner, term, cost or words; what it is meant to settle too. Raises Refused (closed, requirement, question)."""
    _check(action.organisation, text, on)
    with doing(action.organisation, person=person, on=on, at=at) as deed:
        _open(action)
        before = action.due
        action.title, action.text, action.owner, action.due = text.title, text.text, text.owner, text.due
        action.cost, action.requirement = text.cost, text.requirement
        action.save(update_fields=["title", "text", "owner", "due", "cost", "requirement"])
        deed.write("action_changed", about=f"action:{action.pk}", rows=[action], before=before, **_told(text))
    return action


def finish_action(
    action: Action,
    *,
    answers: Sequence[tuple[Subject, str, Any]],
    result: str,
    person: Person,
    on: date,
    at: datetime,
    files: Iterable[File] = (),
    made_on: date | None = None,
) -> Finished:
    """The action is done: its evidence is kept, its answers are recorded with it, and the verdicts are judged again.

    Raises Refused (closed), what ``record_all`` raises, and what ``add_evidence`` raises; then nothing has happened.
    """
    organisation = action.organisation
    with doing(organisation, person=person, on=on, at=at) as deed:
        _open(action)
        kept = [
            add_evidence(organisation, file=file, name=file.name or "", person=person, on=on, at=at, made_on=made_on)
            for file in files
        ]
        deed.settle([_said(subject, name, value, kept, result) for subject, name, value in answers])
        action.done_on, action.done_by, action.result, action.act = on, person, result, deed.act
        action.save(update_fields=["done_on", "done_by", "result", "act"])
        action.evidence.set(kept)
        about = [f"{subject.key}|{name}" for subject, name, _ in answers]
        deed.write(
            "action_done", about=f"action:{action.pk}", rows=[action], result=result, answers=about, turned=len(deed.changes),
            evidence=[each.sha256 for each in kept],
        )  # fmt: skip
    return Finished(action, deed.changes, deed.act)


def _said(subject: Subject, fact_type: str, value: Any, kept: Sequence[Evidence], result: str) -> Said:
    return Said(subject, fact_type, value, explanation=result, evidence=tuple(kept))


def drop_action(action: Action, *, reason: str, person: Person, on: date, at: datetime) -> Action:
    """It will not be done. Raises Refused (closed)."""
    with doing(action.organisation, person=person, on=on, at=at) as deed:
        _open(action)
        action.dropped_on, action.result = on, reason
        action.save(update_fields=["dropped_on", "result"])
        deed.write("action_dropped", about=f"action:{action.pk}", rows=[action], reason=reason)
    return action


def discuss_plan(organisation: Organisation, *, person: Person, on: date, at: datetime) -> int:
    """Progress was discussed with the owners today; returns how many verdicts turned. Raises Refused (empty)."""
    rows = Action.objects.filter(organisation=organisation, done_on__isnull=True, dropped_on__isnull=True)
    if not rows.exists():
        raise Refused("empty")
    with doing(organisation, person=person, on=on, at=at) as deed:
        followed = not rows.filter(owner__isnull=True).exists()  # an action without an owner is followed by nobody
        deed.settle([deed.fact("plan_discussed", on), deed.fact("corrections_tracked", followed)])
        late = rows.filter(due__lt=on).count()
        deed.write("plan_discussed", about="plan", open=rows.count(), late=late)
    return len(deed.changes)


def approve_plan(organisation: Organisation, *, person: Person, on: date, at: datetime) -> int:
    """Who has the mandate approves the plan as it stands; returns how many verdicts turned. Raises Refused (empty)."""
    rows = Action.objects.filter(organisation=organisation, done_on__isnull=True, dropped_on__isnull=True)
    if not rows.exists():
        raise Refused("empty")
    with doing(organisation, person=person, on=on, at=at) as deed:
        deed.settle([deed.fact("plan_approved", True)])
        deed.write("plan_approved", about="plan", actions=sorted(rows.values_list("number", flat=True)))
    return len(deed.changes)


def _open(action: Action) -> None:
    rows = Action.objects.filter(pk=action.pk, done_on__isnull=True, dropped_on__isnull=True)
    if not rows.exists():
        raise Refused("closed")


def _check(organisation: Organisation, text: ActionText, on: date) -> None:
    packs = packs_on(on)
    if text.requirement and text.requirement not in packs.norms.requirements:
        raise Refused("requirement")
    if text.fact_type:
        try:
            kind = packs.fact_type(text.fact_type).subject
        except KeyError:
            raise Refused("question") from None
        subject = text.subject
        if subject is None or subject.organisation_id != organisation.pk or subject.kind != kind:
            raise Refused("question")


def _told(text: ActionText) -> dict[str, Any]:
    question = f"{text.subject.key}|{text.fact_type}" if text.subject and text.fact_type else ""
    return {
        "title": text.title, "due": text.due, "owner": text.owner and text.owner.pk, "cost": text.cost,
        "requirement": text.requirement, "question": question, "risk": text.risk and text.risk.pk,
        "finding": text.finding and text.finding.pk, "review": text.review and text.review.pk,
    }  # fmt: skip
