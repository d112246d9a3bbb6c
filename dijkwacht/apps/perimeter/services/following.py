"""What a measurement does to issues: found, came back, got worse or less bad, mended. The core decides; this applies."""

from collections.abc import Sequence
from datetime import datetime

from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import Domain, EventKind, Issue, IssueEvent, IssueState, Run
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.checks.finding import Word
from dijkwacht.core.checks.history import IssueWord, Key, Step, issue_step

EVENTS: dict[IssueWord, str] = {
    "found": EventKind.FOUND,
    "regressed": EventKind.REGRESSED,
    "worsened": EventKind.WORSENED,
    "eased": EventKind.EASED,
    "fixed": EventKind.FIXED,
}


def follow(domain: Domain, run: Run, made: Sequence[Step], *, at: datetime) -> list[IssueEvent]:
    """Brings the issues of a name up to date, and tells the trail when any changed. In the transaction of the caller."""
    issues = {(row.area, row.check_id): row for row in Issue.objects.filter(domain=domain)}
    events = []
    for step in made:
        issue = issues.get(step.key)
        if step.after is None:  # no longer checked: whoever reads the issue sees when it was last seen
            continue
        state = issue.state if issue else "none"
        word = issue_step(state, issue.word if issue else None, step.after)  # type: ignore[arg-type]  # held by the table
        if word in EVENTS:
            events.append(_apply(domain, run, issue, word, key=step.key, now=step.after.word, at=at))
        elif word == "stands" and issue is not None:
            Issue.objects.filter(pk=issue.pk).update(last_seen=at)
    if events:
        record(
            domain.organisation, person=None, actor="perimeter", act="perimeter.turned", at=at,
            about=f"domain:{domain.name}"[:250],
            detail={
                "run": run.pk, "turns": ", ".join(f"{each.kind}:{each.issue.check_id}" for each in events),
                ROWS: marked([*events, *(each.issue for each in events)]),
            },
        )  # fmt: skip
    return events


def _apply(
    domain: Domain, run: Run, issue: Issue | None, what: IssueWord, *, key: Key, now: Word, at: datetime
) -> IssueEvent:
    if issue is None:
        issue = Issue(organisation=domain.organisation, domain=domain, area=key[0], check_id=key[1], first_seen=at)
    issue.word = now
    if what == "fixed":
        issue.state, issue.fixed_at, issue.explained_until = IssueState.FIXED, at, None
    else:
        issue.last_seen = at
    if what == "regressed":
        # A new term is for whoever sees it come back: the old one is past.
        issue.state, issue.fixed_at, issue.term = IssueState.OPEN, None, None
        issue.regressions += 1
    if what == "worsened":
        issue.state, issue.explained_until = IssueState.OPEN, None  # what was explained was less bad
    issue.save()
    return IssueEvent.objects.create(issue=issue, kind=EVENTS[what], at=at, run=run)
