"""A measurement: kept once, suspected before it counts, followed by issues, told to the ledger once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.perimeter.models import (
    Domain,
    EventKind,
    Issue,
    IssueEvent,
    IssueState,
    Job,
    JobState,
    Observation,
    Reading,
)
from dijkwacht.apps.perimeter.services import ending, measuring, names, runs, settling
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.checks.observed import DomainSeen, WebAddress
from dijkwacht.norms.read import fact_rules
from tests.perimeter.conftest import FORCED, HSTS, HTTPS, NOW, QUARTER, RHYTHM, SPF, TODAY, judged, measure

GOOD = {HTTPS: "passed", FORCED: "passed", HSTS: "passed"}
BAD = {**GOOD, HSTS: "failed"}
CERTIFICATE = ("cert_trust", "cert_hostmatch", "certificate_expiry")
SURE = {**GOOD, **{("web", check): "passed" for check in CERTIFICATE}}


def words(domain):
    rows = Reading.objects.filter(domain=domain, until__isnull=True)
    return {(row.area, row.check_id): (row.word, row.confirmed) for row in rows}


def at(n: int):
    return NOW + n * QUARTER


def events() -> list[str]:
    return list(IssueEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_an_unchanged_name_costs_no_row(domain) -> None:
    for n in range(3):
        measure(domain, GOOD, at=at(n))
    assert Reading.objects.count() == 3
    domain.refresh_from_db()
    assert (domain.seen_at, domain.web_score, domain.trouble) == (at(2), 80, "")
    assert domain.due > at(2)


def test_of_an_unchanged_name_the_first_and_the_newest_observation_are_kept(domain) -> None:
    for n in range(4):
        measure(domain, GOOD, at=at(n))
    assert [each.at for each in Observation.objects.order_by("at")] == [at(0), at(3)]


def test_what_is_wrong_counts_when_it_was_measured_twice(domain) -> None:
    measure(domain, BAD, at=at(0))
    assert words(domain)[HSTS] == ("failed", False)
    assert not Issue.objects.exists()
    domain.refresh_from_db()
    assert domain.due == at(0) + QUARTER
    second = measure(domain, BAD, at=at(1))
    assert second.kind == "confirm"
    assert words(domain)[HSTS] == ("failed", True)
    found = Issue.objects.get()
    assert (found.check_id, found.word, found.state, found.first_seen) == ("https_hsts", "failed", "open", at(1))
    assert events() == [EventKind.FOUND]


def test_a_false_alarm_leaves_nothing(domain) -> None:
    measure(domain, GOOD, at=at(0))
    measure(domain, BAD, at=at(1))
    measure(domain, GOOD, at=at(2))
    assert words(domain)[HSTS] == ("passed", True)
    assert not Issue.objects.exists()


def test_mended_comes_back_and_is_mended_again(domain) -> None:
    for n, said in enumerate((BAD, BAD, GOOD, BAD, BAD)):
        measure(domain, said, at=at(n))
    issue = Issue.objects.get()
    assert (issue.state, issue.regressions, issue.fixed_at) == (IssueState.OPEN, 1, None)
    assert events() == [EventKind.FOUND, EventKind.FIXED, EventKind.REGRESSED]
    measure(domain, GOOD, at=at(5))
    issue.refresh_from_db()
    assert (issue.state, issue.fixed_at) == (IssueState.FIXED, at(5))


def test_worse_and_less_bad(domain) -> None:
    for n, word in enumerate(("warning", "failed", "failed", "warning")):
        measure(domain, {HSTS: word}, at=at(n))
    assert events() == [EventKind.FOUND, EventKind.WORSENED, EventKind.EASED]


@pytest.mark.parametrize("word", ["not_tested", "error"])
def test_what_was_not_measured_mends_nothing(domain, issue, word) -> None:
    measure(domain, {HTTPS: "passed", HSTS: word}, at=at(1))
    issue.refresh_from_db()
    assert issue.state == IssueState.OPEN
    assert events() == [EventKind.FOUND]


def test_two_workers_with_one_job_give_one_outcome(domain) -> None:
    domain.refresh_from_db()
    (run,) = runs.plan(at=NOW).runs
    (job,) = runs.claim(worker="one", at=NOW, limit=1)
    (same,) = runs.claim(worker="two", at=NOW + runs.LEASE + timedelta(seconds=1), limit=1)
    kept = {"rules": fact_rules(), "rhythm": RHYTHM}
    assert measuring.record_measured(job, judged=judged(domain.name, BAD), at=NOW, **kept) is None
    assert measuring.record_measured(same, judged=judged(domain.name, GOOD), at=NOW, **kept)
    assert measuring.record_measured(same, judged=judged(domain.name, BAD), at=NOW, **kept) is None
    assert not measuring.record_failed(job, reason="resolver", rhythm=RHYTHM, at=NOW)
    assert words(domain)[HSTS] == ("passed", True)
    assert (ending.end(run, at=NOW), ending.end(run, at=NOW)) == (True, False)


def test_a_measurement_is_told_to_the_ledger_once(organisation, domain) -> None:
    run = measure(domain, SURE, at=NOW)
    told = Entry.objects.filter(act="ledger.observe").count()
    assert told == 1
    assert settling.settle(run, on=TODAY, at=NOW) is None
    assert settling.settle_all(on=TODAY, at=NOW) == 0
    assert Entry.objects.filter(act="ledger.observe").count() == told
    fact = Fact.objects.get(subject=domain.subject, fact_type="domain.https", superseded_at=None)
    assert (fact.value, fact.origin) == (True, "measurement")


def test_what_a_killed_worker_left_is_told_by_tick(domain) -> None:
    run = measure(domain, SURE, at=NOW, ends=False)
    assert not Entry.objects.filter(act="ledger.observe").exists()
    assert runs.close_if_done(run, at=NOW)
    assert settling.settle_all(on=TODAY, at=NOW) == 1
    assert settling.settle_all(on=TODAY, at=NOW) == 0


def test_what_is_suspected_says_nothing_in_the_ledger(domain) -> None:
    facts = Fact.objects.filter(subject=domain.subject, fact_type="domain.https", superseded_at=None)
    measure(domain, BAD, at=at(0))
    assert not facts.exists()
    measure(domain, BAD, at=at(1))
    assert facts.get().value is False


def test_a_site_that_does_not_answer_is_down_and_not_gone(domain) -> None:
    """A no to the question whether there is a site takes the name out of what must be secured."""
    closed = DomainSeen(domain.name, NOW.isoformat(), {}, web=(WebAddress("192.0.2.1", "closed", "closed"),))

    def answers(word: str) -> dict:
        found = replace(judged(domain.name, {HTTPS: word}), seen=closed)
        return measuring._answers(domain, found, fact_rules())

    assert answers("failed") == {"domain.web": False, "domain.certificate": "none", "domain.https": False}
    measure(domain, {HTTPS: "passed"}, at=at(0))
    measure(domain, {HTTPS: "failed"}, at=at(1))
    assert answers("failed") == {}
    measure(domain, {HTTPS: "failed"}, at=at(2))
    assert answers("failed") == {"domain.https": False}


def test_a_site_that_is_suspected_to_be_gone_is_not_told(domain) -> None:
    closed = DomainSeen(domain.name, NOW.isoformat(), {}, web=(WebAddress("192.0.2.1", "closed", "closed"),))
    measure(domain, {HTTPS: "failed"}, at=at(0))
    assert measuring._answers(domain, replace(judged(domain.name, {HTTPS: "failed"}), seen=closed), fact_rules()) == {}


def test_a_name_that_is_no_longer_ours_is_not_told(domain, by) -> None:
    run = measure(domain, SURE, at=NOW, ends=False)
    names.decide(domain, state="ended", note="closed", **by("ciso"))
    ending.end(run, at=NOW)
    assert not Entry.objects.filter(act="ledger.observe").exists()


def test_what_could_not_be_measured_touches_nothing(domain) -> None:
    measure(domain, GOOD, at=at(0))
    dues = []
    for n in (1, 2, 3):
        Domain.objects.update(due=at(n))
        runs.plan(at=at(n))
        (job,) = runs.claim(worker="w", at=at(n), limit=1)
        assert measuring.record_failed(job, reason="resolver", rhythm=RHYTHM, at=at(n))
        domain.refresh_from_db()
        dues.append(domain.due - at(n))
    assert dues == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=4)]
    assert (domain.trouble, domain.seen_at) == ("resolver", at(0))
    assert words(domain) == dict.fromkeys(GOOD, ("passed", True))
    assert Job.objects.filter(state=JobState.FAILED).count() == 3


def test_a_check_that_is_no_longer_made_ends(domain) -> None:
    measure(domain, {HTTPS: "passed", SPF: "passed"}, at=at(0))
    measure(domain, {HTTPS: "passed"}, at=at(1))
    assert words(domain) == {HTTPS: ("passed", True)}
    assert Reading.objects.get(check_id="spf").until == at(1)
