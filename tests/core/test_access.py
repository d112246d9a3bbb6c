"""Who may do what: the table, what it must never give, and what a share covers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.access import CONTAINED, GUEST, TABLE, Right, RoleName, covers, rights


def test_every_role_has_a_line_in_the_table():
    assert set(TABLE) == set(RoleName)


def test_every_right_is_given_to_somebody():
    assert frozenset().union(GUEST, *(rights([role]) for role in RoleName)) == set(Right)


@pytest.mark.parametrize(
    ("role", "has", "lacks"),
    [
        ("ciso", {"see", "answer", "correct", "assign", "import", "share"}, {"sign", "audit", "manage_people"}),
        ("process_owner", {"see", "answer", "assign"}, {"correct", "import", "share", "sign", "read_trail"}),
        ("respondent", {"see_assigned", "answer_assigned"}, {"see", "answer", "see_shared", "assign"}),
        ("coordinator", {"see", "assign", "import", "prepare"}, {"answer", "sign", "share", "keep_isms"}),
        ("college", {"see", "sign"}, {"answer", "manage_people", "audit"}),
        ("secretary", {"see", "sign"}, {"answer", "prepare", "manage_people", "audit"}),
        ("coach", {"receive", "see_assigned"}, {"see", "see_shared", "sign"}),
        ("auditor", {"see", "audit", "read_trail"}, {"answer", "correct", "sign", "share"}),
        ("csirt_analyst", {"receive", "see_assigned"}, {"see", "see_shared", "answer_assigned"}),
        ("supervisor", {"receive", "see_assigned"}, {"see", "see_shared", "sign"}),
        ("administrator", {"manage_people", "see"}, {"answer", "answer_assigned", "share", "sign", "import"}),
    ],
)
def test_what_a_role_may_and_may_not(role, has, lacks):
    assert has <= rights([role])
    assert not lacks & rights([role])


def test_nobody_both_makes_and_signs_or_audits_by_one_role():
    for role in RoleName:
        assert not {Right.ANSWER, Right.SIGN} <= rights([role]), role
        assert not {Right.PREPARE, Right.SIGN} <= rights([role]), role
        assert not {Right.ANSWER, Right.AUDIT} <= rights([role]), role
        assert not {Right.MANAGE_PEOPLE, Right.SHARE} <= rights([role]), role


def test_a_guest_sees_what_was_shared_and_nothing_else():
    assert {Right.SEE_SHARED} == GUEST


def test_no_roles_no_rights():
    assert rights([]) == frozenset()


def test_an_unknown_role_is_refused():
    with pytest.raises(ValueError, match="alderman"):
        rights(["alderman"])


@given(st.lists(st.sampled_from(RoleName)), st.lists(st.sampled_from(RoleName)))
def test_roles_add_up_and_a_wide_right_contains_the_narrow_one(some, more):
    both = rights([*some, *more])
    assert both == rights(some) | rights(more)
    for right in both:
        assert CONTAINED.get(right, frozenset()) <= both


@pytest.mark.parametrize(
    ("what", "subject", "fact_type", "covered"),
    [
        ("dijkstad|backup.offline", "dijkstad", "backup.offline", True),
        ("dijkstad|backup.offline", "dijkstad", "backup.offline_since", False),
        ("dijkstad|backup.*", "dijkstad", "backup.offline", True),
        ("dijkstad|backup.*", "dijkstad", "backup", False),
        ("dijkstad|backup.*", "dijkstad", "backups.offline", False),
        ("dijkstad|*", "dijkstad", "anything.at.all", True),
        ("dijkstad|*", "zaaksysteem", "anything.at.all", False),
        ("*|system.critical", "zaaksysteem", "system.critical", True),
        ("*|system.critical", "zaaksysteem", "system.owner", False),
        ("dijkstad|", "dijkstad", "backup.offline", False),
        ("", "", "", True),
        ("dijkstad", "dijkstad", "backup.offline", False),
    ],
)
def test_what_a_share_covers(what, subject, fact_type, covered):
    assert covers(what, subject=subject, fact_type=fact_type) is covered
