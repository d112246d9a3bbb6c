"""From one measurement to the next: what counts, what must be seen twice, what becomes of an issue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.checks.history import BAD, WRONG, Standing, issue_step, steps, to_confirm

WORDS = ("passed", "info", "warning", "failed", "not_tested", "error")
KEY = ("web", "https_hsts")
word = st.sampled_from(WORDS)
standing = st.none() | st.builds(Standing, word, st.booleans())


def step(old: Standing | None, new: str | None):
    (found,) = steps({KEY: old} if old else {}, {KEY: Standing(new)} if new else {})
    return found


@pytest.mark.parametrize(
    ("old", "new", "kind", "confirmed"),
    [
        (None, "passed", "turned", True),
        (None, "failed", "suspected", False),
        (Standing("passed"), "passed", "same", True),
        (Standing("passed"), "failed", "suspected", False),
        (Standing("warning"), "failed", "suspected", False),
        (Standing("failed", False), "failed", "confirmed", True),
        (Standing("failed", False), "passed", "false_alarm", True),
        (Standing("failed"), "failed", "same", True),
        (Standing("failed"), "passed", "turned", True),
        (Standing("failed"), "not_tested", "turned", True),
        (Standing("passed"), "warning", "turned", True),
        (Standing("passed"), "error", "turned", True),
    ],
)
def test_a_bad_word_is_measured_twice_before_it_counts(old, new, kind, confirmed):
    found = step(old, new)
    assert (found.kind, found.after.confirmed) == (kind, confirmed)


def test_what_is_no_longer_checked_is_gone():
    assert step(Standing("failed"), None).kind == "gone"


def test_other_reasons_with_the_same_word_are_a_detail():
    (found,) = steps({KEY: Standing("failed", True, "a")}, {KEY: Standing("failed", True, "b")})
    assert found.kind == "detail"


@given(standing, word)
def test_nothing_bad_counts_after_one_measurement_unless_it_counted_before(old, new):
    found = step(old, new)
    if new in BAD and found.after.confirmed:
        assert old is not None
        assert old.word in BAD


@given(standing, word)
def test_measuring_the_same_twice_comes_to_rest(old, new):
    first = step(old, new)
    second = step(first.after, new)
    third = step(second.after, new)
    assert third.kind == "same"
    assert third.after.confirmed
    assert to_confirm([second]) == ()


@given(st.sampled_from(["none", "open", "explained", "fixed"]), word, standing.filter(bool))
def test_only_what_was_measured_good_mends_and_only_what_counts_opens(state, was, now):
    found = issue_step(state, None if state == "none" else was, now)
    if found in ("found", "regressed", "worsened"):
        assert now.word in WRONG
        assert now.confirmed
    if found == "fixed":
        assert now.word in ("passed", "info")
        assert state in ("open", "explained")
    if now.word in ("not_tested", "error"):
        assert found in ("stands", "nothing")


@pytest.mark.parametrize(
    ("state", "was", "now", "becomes"),
    [
        ("none", None, Standing("failed"), "found"),
        ("none", None, Standing("failed", False), "nothing"),
        ("none", None, Standing("passed"), "nothing"),
        ("open", "failed", Standing("passed"), "fixed"),
        ("open", "failed", Standing("warning"), "eased"),
        ("open", "warning", Standing("failed"), "worsened"),
        ("open", "warning", Standing("failed", False), "stands"),
        ("open", "failed", Standing("not_tested"), "stands"),
        ("explained", "failed", Standing("failed"), "stands"),
        ("explained", "failed", Standing("passed"), "fixed"),
        ("fixed", "passed", Standing("failed"), "regressed"),
        ("fixed", "passed", Standing("passed"), "nothing"),
    ],
)
def test_what_becomes_of_an_issue(state, was, now, becomes):
    assert issue_step(state, was, now) == becomes
