"""Issues: given to someone with a term, explained until a day, noted, measured again. Only a measurement mends one."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import EventKind, Issue, IssueEvent, IssueState, Run
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.perimeter.services.runs import ask
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.checks.deeper import asked_by

LONGEST = timedelta(days=366)
"""An explanation ends: whoever wants longer explains again."""


def assign(
    issue: Issue, *, assignee: Person | None, term: date | None, note: str, person: Person, on: date, at: datetime
) -> Issue:
    """Gives an issue to someone, before a day, or takes it back. Raises Refused: fixed, term (past)."""
    if term is not None and term < on:
        raise Refused("term")
    with transaction.atomic():
        fresh = _locked(issue)
        before = {"assignee": fresh.assignee_id, "term": fresh.term}
        fresh.assignee, fresh.term = assignee, term if assignee else None
        fresh.save(update_fields=["assignee", "term"])
        told = " ".join(note.split())[:1000]
        text = ": ".join(filter(None, (str(assignee or ""), told)))
        event = _event(fresh, EventKind.ASSIGNED, person=person, at=at, text=text)
        detail = {
            "before": before, "assignee": assignee and assignee.pk, "to": str(assignee or ""), "term": fresh.term,
            "note": told,
        }  # fmt: skip
        _trail(fresh, "issue_assigned", event, person=person, at=at, detail=detail)
    return fresh


def explain(issue: Issue, *, explanation: str, until: date, person: Person, on: date, at: datetime) -> Issue:
    """Says why it stays so for now; it does not count as open before `until`. Raises Refused: fixed, explanation, until."""
    explanation = explanation.strip()[:4000]
    if not explanation:
        raise Refused("explanation")
    if not on < until <= on + LONGEST:
        raise Refused("until")
    with transaction.atomic():
        fresh = _locked(issue)
        fresh.state, fresh.explanation, fresh.explained_until = IssueState.EXPLAINED, explanation, until
        fresh.save(update_fields=["state", "explanation", "explained_until"])
        event = _event(fresh, EventKind.EXPLAINED, person=person, at=at, text=explanation)
        detail = {"explanation": explanation, "until": until}
        _trail(fresh, "issue_explained", event, person=person, at=at, detail=detail)
    return fresh


def reopen(issue: Issue, *, person: Person | None, at: datetime, actor: str = "") -> Issue:
    """An explained issue counts again. Raises Refused (state)."""
    with transaction.atomic():
        fresh = _locked(issue)
        if fresh.state != IssueState.EXPLAINED:
            raise Refused("state")
        fresh.state, fresh.explained_until = IssueState.OPEN, None
        fresh.save(update_fields=["state", "explained_until"])
        event = _event(fresh, EventKind.REOPENED, person=person, at=at)
        _trail(fresh, "issue_reopened", event, person=person, actor=actor, at=at, detail={})
    return fresh


def note(issue: Issue, *, text: str, person: Person, at: datetime) -> IssueEvent:
    """Writes something beside an issue. Raises Refused (text)."""
    text = text.strip()[:4000]
    if not text:
        raise Refused("text")
    with transaction.atomic():
        lock(issue.organisation)
        event = _event(issue, EventKind.NOTED, person=person, at=at, text=text)
        _trail(issue, "issue_noted", event, person=person, at=at, detail={"text": text})
    return event


def measure_again(issue: Issue, *, person: Person, at: datetime) -> Run:
    """Asks for a new measurement of the name, to see whether it is mended. Raises Refused: none, waiting."""
    with transaction.atomic():
        deep = asked_by(issue.check_id, looked=issue.domain.deep_at is not None)
        run = ask(issue.organisation, domains=[issue.domain], person=person, at=at, deep=deep)
        event = _event(issue, EventKind.REMEASURE, person=person, at=at)
        _trail(issue, "issue_remeasured", event, person=person, at=at, detail={"run": run.pk})
    return run


def reopen_ended(*, on: date, at: datetime) -> int:
    """What was explained until today counts again; for `tick`. Returns how many."""
    ended = Issue.objects.filter(state=IssueState.EXPLAINED, explained_until__lte=on).select_related("organisation")
    counted = 0
    for issue in list(ended):
        try:
            reopen(issue, person=None, actor="tick", at=at)
        except Refused:  # another tick was first, or a person changed it meanwhile
            continue
        counted += 1
    return counted


def _locked(issue: Issue) -> Issue:
    lock(issue.organisation)
    fresh = Issue.objects.select_for_update().select_related("organisation", "domain").get(pk=issue.pk)
    if fresh.state == IssueState.FIXED:
        raise Refused("fixed")
    return fresh


def _event(issue: Issue, kind: str, *, person: Person | None, at: datetime, text: str = "") -> IssueEvent:
    return IssueEvent.objects.create(issue=issue, kind=kind, at=at, person=person, text=text)


def _trail(
    issue: Issue,
    act: str,
    event: IssueEvent,
    *,
    person: Person | None,
    at: datetime,
    detail: Mapping[str, object],
    actor: str = "",
) -> None:
    told = {"name": issue.domain.name, "check": issue.check_id, **detail, ROWS: marked([issue, event])}
    record(
        issue.organisation, person=person, actor=actor, act=f"perimeter.{act}", at=at, about=f"issue:{issue.pk}",
        detail=told,
    )  # fmt: skip
