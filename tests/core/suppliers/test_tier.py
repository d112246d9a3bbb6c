"""How much hangs on a service."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.suppliers.tier import Sign, Tier, grade, heaviest

BASIC, HIGH, CRITICAL = Tier("basic", 1), Tier("high", 2, ("isae3402_2",)), Tier("critical", 3, ("isae3402_2",))
TIERS = (HIGH, BASIC, CRITICAL)
SIGNS = (Sign("personal_data", "high"), Sign("admin_access", "high"), Sign("critical_process", "critical"))
ANSWERS = st.fixed_dictionaries({each.id: st.sampled_from([True, False, None]) for each in SIGNS})


def graded(**found: bool | None):
    return grade(found, signs=SIGNS, tiers=TIERS)


@pytest.mark.parametrize(
    ("found", "tier", "because", "at_most", "unknown"),
    [
        ({"critical_process": True, "personal_data": True}, CRITICAL, ("critical_process",), CRITICAL, ()),
        ({"personal_data": True, "critical_process": False}, HIGH, ("personal_data",), HIGH, ()),
        ({"personal_data": True}, HIGH, ("personal_data",), CRITICAL, ("critical_process",)),
        (dict.fromkeys(("personal_data", "admin_access", "critical_process"), False), BASIC, (), BASIC, ()),
        ({}, BASIC, (), CRITICAL, ("personal_data", "admin_access", "critical_process")),
        (
            {"personal_data": True, "admin_access": True, "critical_process": False},
            HIGH, ("personal_data", "admin_access"), HIGH, (),
        ),
    ],
)  # fmt: skip
def test_worked(found, tier, because, at_most, unknown) -> None:
    row = graded(**found)
    assert (row.tier, row.because, row.at_most, row.unknown) == (tier, because, at_most, unknown)
    assert row.settled is (tier == at_most)


def test_a_sign_of_no_tier() -> None:
    with pytest.raises(ValueError, match="no tier"):
        grade({}, signs=[Sign("x", "huge")], tiers=TIERS)


@given(ANSWERS, st.sampled_from([each.id for each in SIGNS]), st.booleans())
def test_an_answer_only_narrows(found, sign, answer) -> None:
    before = graded(**{**found, sign: None})
    after = graded(**{**found, sign: answer})
    assert before.tier.rank <= after.tier.rank <= after.at_most.rank <= before.at_most.rank


@given(st.lists(ANSWERS, max_size=4))
def test_a_supplier_is_as_heavy_as_the_heaviest_of_its_services(found) -> None:
    rows = [graded(**each) for each in found]
    all_ = heaviest(rows)
    if not rows:
        assert all_ is None
        return
    assert all_ is not None
    assert all_.tier.rank == max(each.tier.rank for each in rows)
    assert all_.at_most.rank == max(each.at_most.rank for each in rows)
    assert bool(all_.unknown) is (not all_.settled)
