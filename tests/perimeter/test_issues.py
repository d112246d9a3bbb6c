"""Issues: given to somebody, explained until a day, noted, measured again; only a measurement mends one."""

from datetime import timedelta

import pytest

from dijkwacht.apps.perimeter.models import EventKind, Issue, IssueEvent, IssueState, Run
from dijkwacht.apps.perimeter.queries import issues as queries
from dijkwacht.apps.perimeter.services import issues
from dijkwacht.apps.perimeter.services.names import Refused
from tests.perimeter.conftest import FORCED, HSTS, HTTPS, NOW, QUARTER, TODAY, measure

TOMORROW = TODAY + timedelta(days=1)


def kinds() -> list[str]:
    return list(IssueEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_given_to_somebody_before_a_day_and_taken_back(issue, people, by) -> None:
    given = issues.assign(issue, assignee=people("respondent"), term=TOMORROW, note="please ", **by("ciso"))
    assert (given.assignee, given.term) == (people("respondent"), TOMORROW)
    assert IssueEvent.objects.latest("pk").text == "A respondent: please"
    taken = issues.assign(issue, assignee=None, term=TOMORROW, note="", **by("ciso"))
    assert (taken.assignee, taken.term) == (None, None)


def test_a_term_in_the_past_is_refused(issue, people, by) -> None:
    with pytest.raises(Refused, match="term"):
        issues.assign(issue, assignee=people("ciso"), term=TODAY - timedelta(days=1), note="", **by("ciso"))


def test_explained_until_a_day_and_then_it_counts_again(organisation, issue, by) -> None:
    issues.explain(issue, explanation="moving", until=TOMORROW, **by("ciso"))
    assert not queries.open_issues(organisation).exists()
    assert issues.reopen_ended(on=TODAY, at=NOW) == 0
    assert issues.reopen_ended(on=TOMORROW, at=NOW) == 1
    assert issues.reopen_ended(on=TOMORROW, at=NOW) == 0
    issue.refresh_from_db()
    assert (issue.state, issue.explained_until) == (IssueState.OPEN, None)
    assert kinds()[-2:] == [EventKind.EXPLAINED, EventKind.REOPENED]


@pytest.mark.parametrize(("text", "days", "code"), [(" ", 1, "explanation"), ("x", 0, "until"), ("x", 400, "until")])
def test_an_explanation_says_something_and_ends(issue, by, text, days, code) -> None:
    with pytest.raises(Refused, match=code):
        issues.explain(issue, explanation=text, until=TODAY + timedelta(days=days), **by("ciso"))


def test_what_is_explained_and_gets_worse_counts_again(domain, by) -> None:
    measure(domain, {HSTS: "warning"}, at=NOW - 3 * QUARTER)
    issues.explain(Issue.objects.get(), explanation="moving", until=TOMORROW, **by("ciso"))
    for n in (2, 1):
        measure(domain, {HSTS: "failed"}, at=NOW - n * QUARTER)
    assert Issue.objects.get().state == IssueState.OPEN


def test_what_is_mended_takes_no_more_but_a_note(domain, issue, people, by) -> None:
    measure(domain, {HTTPS: "passed", FORCED: "passed", HSTS: "passed"}, at=NOW)
    with pytest.raises(Refused, match="fixed"):
        issues.assign(issue, assignee=people("ciso"), term=None, note="", **by("ciso"))
    with pytest.raises(Refused, match="fixed"):
        issues.explain(issue, explanation="x", until=TOMORROW, **by("ciso"))
    with pytest.raises(Refused, match="fixed"):
        issues.reopen(issue, person=people("ciso"), at=NOW)
    assert issues.note(issue, text="well done", person=people("ciso"), at=NOW).kind == EventKind.NOTED


def test_what_is_not_explained_cannot_count_again(issue, people) -> None:
    with pytest.raises(Refused, match="state"):
        issues.reopen(issue, person=people("ciso"), at=NOW)


def test_an_empty_note_is_none(issue, people) -> None:
    with pytest.raises(Refused, match="text"):
        issues.note(issue, text=" ", person=people("ciso"), at=NOW)


def test_measured_again_on_request(issue, people) -> None:
    run = issues.measure_again(issue, person=people("respondent"), at=NOW)
    assert (run.kind, run.jobs_total, kinds()[-1]) == ("asked", 1, EventKind.REMEASURE)
    with pytest.raises(Refused, match="waiting"):
        issues.measure_again(issue, person=people("respondent"), at=NOW)
    assert Run.objects.filter(kind="asked").count() == 1
