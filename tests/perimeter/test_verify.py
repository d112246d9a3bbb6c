"""`dijkwacht trail verify` over the rows of this room: whatever somebody did to them is named."""

from datetime import timedelta

import pytest

from dijkwacht.apps.perimeter.marks import TABLES
from dijkwacht.apps.perimeter.models import Consent, Domain, Issue, IssueEvent, Run
from dijkwacht.apps.perimeter.queries.verify import verify_perimeter
from dijkwacht.apps.perimeter.queries.versions import versions as known_versions
from dijkwacht.apps.perimeter.services import comparing, consents, issues, names, notices, public, runs, versions
from dijkwacht.apps.trail.held import Fault
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.models import Entry
from dijkwacht.commands.verifying import TABLES as WORDS
from dijkwacht.commands.verifying import verify
from tests.perimeter.conftest import ADVISED, HSTS, NOW, QUARTER, TARGETS, TODAY, measure
from tests.tampering import gone_and_put_there, unseen

GIVEN = {
    "kind": "own", "scope": ["*.dijkstad.test"], "exclude": ["a.dijkstad.test"], "level": 3, "since": TODAY,
    "until": TODAY + timedelta(days=300), "signatory": "E. Kade", "mandate": "M4", "text": "We agree.", "text_version": "1",
    "window": [],
}  # fmt: skip


@pytest.fixture
def busy(organisation, make_organisation, domain, issue, people, by) -> Domain:
    """At least one row in every table, most of them changed by a second act."""
    ours = {"person": people("ciso"), "at": NOW}
    _said(organisation, by)
    names.give_owner(domain, owner=people("process_owner"), **ours)
    (found,) = names.add(organisation, names=["old.test"], state="proposed", found_by="ct", **by("ciso")).new
    names.decide(found, state="not_ours", note="of a club", **by("ciso"))
    agreed = consents.give(organisation, given=consents.Given(**GIVEN), **ours)
    consents.confirm(agreed, person=people("college"), at=NOW)
    consents.revoke(agreed, reason="moved", **ours)
    consents.give(organisation, given=consents.Given(**{**GIVEN, "level": 2}), **ours)
    issues.assign(issue, assignee=people("respondent"), term=TODAY, note="please", **by("ciso"))
    issues.explain(issue, explanation="moving", until=TODAY + timedelta(days=9), **by("ciso"))
    issues.reopen(issue, **ours)
    issues.note(issue, text="tomorrow", **ours)
    run = issues.measure_again(issue, **ours)
    for deed in (runs.pause, runs.resume, runs.stop):
        deed(run, **ours)
    for deed in (public.show_in_public, public.hide, public.show_in_public, public.subscribe, public.unsubscribe):
        deed(organisation, **ours)
    public.subscribe(organisation, **ours)
    for deed in (comparing.join, comparing.leave, comparing.join):
        deed(organisation, **ours)
    asked = {"asked_by": "A keeper", "reason": "old", "organisation": organisation, **ours}
    for days in (4, 2):
        left = public.leave_alone("a.test", on=TODAY - timedelta(days=days), **asked)
        public.measure_anew(left, on=TODAY - timedelta(days=days - 1), **ours)
    _told(organisation, make_organisation("csirt", kind="csirt"), people, by)
    return domain


def _said(organisation, by) -> None:
    """What the owner of another name said of a version there, twice."""
    (shown,) = names.add(organisation, names=["shown.test"], **by("ciso")).new
    measure(shown, {ADVISED: "warning"}, targets=TARGETS)
    for runs_here in (True, False):
        versions.say(
            shown,
            key=known_versions(shown)[0].key,
            runs=runs_here,
            text="release 12",
            person=by("ciso")["person"],
            at=NOW,
        )


def _told(organisation, csirt, people, by) -> None:
    """What a CSIRT told of a name of ours, and that we took note of it."""
    (theirs,) = names.add(csirt, names=["seen.test"], whose=organisation, **by("ciso")).new
    Domain.objects.exclude(pk=theirs.pk).update(due=None)
    for at in (NOW, NOW + QUARTER):
        measure(theirs, {HSTS: "failed"}, at=at)
        Domain.objects.exclude(pk=theirs.pk).update(due=None)
    notice = notices.tell(Issue.objects.get(domain=theirs), text="look", person=people("ciso"), at=NOW)
    notices.take_note(notice, person=people("ciso"), at=NOW)


def test_what_the_verbs_leave_is_what_the_trail_says(organisation, busy) -> None:
    held = verify_perimeter(organisation)
    assert (held.faulty, held.uncovered) == ([], [])


def test_what_measurements_go_on_to_do_is_told_too(organisation, busy) -> None:
    for n, word in enumerate(("passed", "failed", "failed", "warning"), 1):
        measure(busy, {HSTS: word}, at=NOW + n * QUARTER)
    held = verify_perimeter(organisation)
    assert (held.faulty, held.uncovered) == ([], [])


def test_a_planned_run_is_no_act_and_stays_out(organisation, domain, people) -> None:
    run = measure(domain, {HSTS: "passed"}, ends=False)
    assert run.kind == "planned"
    runs.pause(run, person=people("ciso"), at=NOW)
    assert verify_perimeter(organisation).faulty == []


def test_a_run_on_request_that_is_made_a_planned_one_is_missed(organisation, busy) -> None:
    run = Run.objects.get(kind="asked")
    Run.objects.filter(pk=run.pk).update(kind="planned")
    (found,) = verify_perimeter(organisation).faulty
    assert (found.table, found.row, found.fault) == ("asked_run", str(run.pk), Fault.MISSING)


def test_every_table_has_a_word() -> None:
    assert {each.name for each in TABLES} <= set(WORDS)
    assert len({each.name for each in TABLES}) == len(TABLES)


def test_every_column_of_every_table(organisation, other_organisation, busy) -> None:
    assert unseen(organisation, TABLES, verify_perimeter) == []


@pytest.mark.parametrize("model", [Consent, IssueEvent])
def test_a_row_that_is_gone_and_one_that_nobody_made(organisation, busy, model) -> None:
    of = next(each for each in TABLES if each.model is model)
    rows = model.objects.filter(**{of.within: organisation})
    gone_and_put_there(organisation, rows.order_by("pk").last(), of.name, verify_perimeter)


def test_the_command_names_table_row_and_what_differs(organisation, busy) -> None:
    issue = Issue.objects.get(organisation=organisation, check_id="https_hsts")
    Issue.objects.filter(pk=issue.pk).update(term=TODAY + timedelta(days=99))
    found = verify(organisation, on=TODAY, at=NOW)
    assert not found.well
    (line,) = [each for each in found.lines if "issue on the outside" in each]
    assert f"{issue.pk} is not what the trail says (altered: term)" in line


def test_every_act_of_the_room_marks(organisation, busy) -> None:
    entries = Entry.objects.filter(act__startswith="perimeter.")
    assert [each.act for each in entries if ROWS not in each.detail] == []
