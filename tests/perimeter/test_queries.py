"""What the pages ask: how it stands, the worst first, what changed, and never what another organisation has."""

from datetime import timedelta

import pytest

from dijkwacht.apps.perimeter.models import Domain, Issue
from dijkwacht.apps.perimeter.queries import issues, names, readings
from dijkwacht.apps.perimeter.queries.requirements import requirements_of, rules_of
from dijkwacht.apps.perimeter.services import issues as services
from dijkwacht.apps.perimeter.services import names as name_services
from tests.perimeter.conftest import HSTS, HTTPS, NOW, QUARTER, SPF, TODAY, measure

DAY = timedelta(days=1)


def test_how_it_stands(organisation, domain, issue, people, by) -> None:
    measure(domain, {HTTPS: "passed", HSTS: "failed", SPF: "warning"}, at=NOW)
    found = issues.standing(organisation, on=TODAY)
    assert (found.wrong, found.attention, found.late, found.pressing, found.explained) == (1, 1, 0, 0, 0)
    assert found.oldest == issue.first_seen
    services.assign(issue, assignee=people("ciso"), term=TODAY, note="", **by("ciso"))
    assert issues.standing(organisation, on=TODAY).pressing == 1
    assert issues.standing(organisation, on=TODAY + DAY).late == 1
    services.explain(issue, explanation="x", until=TODAY + DAY, **by("ciso"))
    found = issues.standing(organisation, on=TODAY + DAY)
    assert (found.wrong, found.explained, found.late) == (0, 1, 0)


def test_what_is_suspected_is_told_apart(organisation, domain) -> None:
    measure(domain, {HSTS: "failed"}, at=NOW)
    found = issues.standing(organisation, on=TODAY)
    assert (found.wrong, found.suspected) == (0, 1)


@pytest.mark.parametrize(("state", "counts"), [("paused", 1), ("ended", 0), ("not_ours", 0)])
def test_what_is_not_measured_any_more_does_not_count(organisation, domain, issue, by, state, counts) -> None:
    measure(domain, {HTTPS: "passed", HSTS: "failed", SPF: "failed"}, at=NOW)
    name_services.decide(domain, state=state, note="moved", **by("ciso"))
    found = issues.standing(organisation, on=TODAY)
    assert (found.wrong, found.suspected) == (counts, counts)
    assert issues.open_issues(organisation).count() == counts
    assert issues.suspected(organisation).count() == counts
    assert [each.wrong for each in names.names(organisation)] == [counts]
    assert names.chosen(names.names(organisation), state="wrong").count() == counts
    rows = issues.issues(organisation)
    found = [issues.chosen(rows, state=each).count() for each in ("", "open", "fixed", "all")]
    assert found == [counts, counts, 0, 1]


def test_late_names_first_then_the_most_wrong(organisation, people, by) -> None:
    made = name_services.add(organisation, names=["a.test", "b.test", "c.test"], **by("ciso")).new
    Domain.objects.update(due=None)
    for each, said in zip(made, ({HSTS: "failed"}, {HSTS: "failed", HTTPS: "failed"}, {SPF: "warning"}), strict=True):
        for n in (2, 1):
            measure(each, said, at=NOW - n * QUARTER)
            Domain.objects.update(due=None)
    found, many = issues.by_name(organisation, on=TODAY, most=9)
    assert ([(each.domain.name, each.wrong, len(each.issues)) for each in found], many) == (
        [("b.test", 2, 2), ("a.test", 1, 1), ("c.test", 0, 1)], 3,
    )  # fmt: skip
    late = Issue.objects.get(domain=made[2])
    services.assign(late, assignee=people("ciso"), term=TODAY, note="", **by("ciso"))
    found, many = issues.by_name(organisation, on=TODAY + DAY, most=2)
    assert ([each.domain.name for each in found], many) == (["c.test", "b.test"], 3)


def test_filters_of_issues(organisation, domain, issue, people, by) -> None:
    rows = issues.issues(organisation)
    assert issues.chosen(rows, person=0).count() == 1
    services.assign(issue, assignee=people("ciso"), term=None, note="", **by("ciso"))
    assert issues.chosen(rows, person=0).count() == 0
    assert issues.chosen(rows, person=people("ciso").pk, check="https_hsts", text="DIJKSTAD").count() == 1
    assert issues.chosen(rows, check="spf").count() == 0
    measure(domain, {HSTS: "passed"}, at=NOW)
    assert [issues.chosen(rows, state=state).count() for state in ("", "open", "fixed", "all")] == [0, 0, 1, 1]
    assert issues.checks(organisation) == ["https_hsts"]


def test_names_with_what_is_wrong(organisation, issue, people, by) -> None:
    name_services.add(organisation, names=["quiet.test"], owner=people("ciso"), **by("ciso"))
    name_services.add(organisation, names=["found.test"], state="proposed", **by("ciso"))
    rows = names.names(organisation)
    assert [(each.name, each.wrong, each.attention) for each in rows] == [
        ("quiet.test", 0, 0), ("www.dijkstad.test", 1, 0),
    ]  # fmt: skip
    assert [each.name for each in names.chosen(rows, state="wrong")] == ["www.dijkstad.test"]
    assert [each.name for each in names.chosen(rows, owner=people("ciso").pk)] == ["quiet.test"]
    assert [each.name for each in names.chosen(rows, owner=0, text="WWW")] == ["www.dijkstad.test"]
    assert [each.name for each in names.chosen(rows, state="paused")] == []
    assert [each.name for each in names.proposals(organisation)] == ["found.test"]
    assert names.watched(organisation) == (2, NOW - QUARTER)


def test_what_another_has_is_not_there(organisation, other_organisation, domain, issue) -> None:
    assert names.name(other_organisation, domain.name) is None
    assert names.name(organisation, "www\0") is None
    assert issues.issue(other_organisation, issue.pk) is None
    assert not issues.suspected(other_organisation).exists()
    assert readings.changes(other_organisation, since=NOW - 9 * DAY) == ([], 0)
    assert names.watched(other_organisation) == (0, None)


def turned(organisation, since):
    found, new = readings.changes(organisation, since=since)
    return [(each.check_id, each.before, each.after, each.at) for each in found], new


def test_what_changed_since_a_moment(organisation, domain) -> None:
    measure(domain, {HSTS: "passed", SPF: "warning"}, at=NOW)
    measure(domain, {HSTS: "passed", SPF: "passed"}, at=NOW + QUARTER)
    assert turned(organisation, NOW + QUARTER) == ([("spf", "warning", "passed", NOW + QUARTER)], 0)
    assert turned(organisation, NOW) == ([], 1)
    assert turned(organisation, NOW + 2 * QUARTER) == ([], 0)


def test_what_a_false_alarm_came_between_did_not_change(organisation, domain) -> None:
    for n, said in enumerate(("passed", "failed", "passed")):
        measure(domain, {HSTS: said, SPF: "passed"}, at=NOW + n * QUARTER)
        Domain.objects.update(due=None)
    assert turned(organisation, NOW + 2 * QUARTER) == ([], 0)
    assert turned(organisation, NOW + QUARTER) == ([], 0)


def test_a_check_that_is_new_and_one_that_is_gone(organisation, domain) -> None:
    measure(domain, {SPF: "passed"}, at=NOW)
    measure(domain, {HSTS: "passed"}, at=NOW + QUARTER)
    at = NOW + QUARTER
    assert turned(organisation, at) == ([("spf", "passed", None, at), ("https_hsts", None, "passed", at)], 0)


def test_a_suspicion_is_no_change_and_a_confirmed_one_is(organisation, domain) -> None:
    for n, word in enumerate(("passed", "failed")):
        measure(domain, {HSTS: word}, at=NOW + n * QUARTER)
    assert turned(organisation, NOW + QUARTER) == ([], 0)
    measure(domain, {HSTS: "failed"}, at=NOW + 2 * QUARTER)
    assert turned(organisation, NOW + QUARTER) == ([("https_hsts", "passed", "failed", NOW + QUARTER)], 0)


def test_a_false_alarm_is_no_change(organisation, domain) -> None:
    for n, word in enumerate(("passed", "failed", "passed")):
        measure(domain, {HSTS: word}, at=NOW + n * QUARTER)
    assert turned(organisation, NOW + QUARTER) == ([], 0)


def test_checks_that_come_and_go(organisation, domain) -> None:
    measure(domain, {HSTS: "passed"}, at=NOW)
    measure(domain, {SPF: "passed"}, at=NOW + QUARTER)
    assert turned(organisation, NOW + QUARTER)[0] == [
        ("spf", None, "passed", NOW + QUARTER), ("https_hsts", "passed", None, NOW + QUARTER),
    ]  # fmt: skip


def test_only_what_turned_has_a_history(domain) -> None:
    for n, word in enumerate(("passed", "warning")):
        measure(domain, {HSTS: word, HTTPS: "passed"}, at=NOW + n * QUARTER)
    (rows,) = readings.turned(domain)
    assert [(row.check_id, row.word) for row in rows] == [("https_hsts", "passed"), ("https_hsts", "warning")]


def test_the_newest_observation(domain) -> None:
    assert readings.observation(domain) is None
    measure(domain, {HSTS: "passed"}, at=NOW)
    found = readings.observation(domain)
    assert found is not None
    assert found[1].startswith(b'{"at":')


@pytest.mark.parametrize(
    ("area", "check", "fact"), [*[(*HSTS, "domain.https")], ("mail", "spf", "domain.mail_authentication")]
)
def test_which_requirements_a_check_touches(area, check, fact) -> None:
    facts = {rule.fact for rule in rules_of(area, check)}
    assert fact in facts
    assert requirements_of(facts, on=TODAY)
    assert rules_of(area, "nothing") == []
    assert requirements_of([], on=TODAY) == []
