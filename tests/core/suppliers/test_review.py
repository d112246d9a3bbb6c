"""A joint review: what counts when, and what keeps it from being concluded."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.suppliers.review import (
    NEXT,
    Finding,
    Item,
    Judged,
    Phase,
    against_concluding,
    divided,
    outcome,
    saved,
    settled,
)

ON, DAY = date(2026, 11, 30), timedelta(days=1)
ONE, TWO = Judged("anna", "dijkstad", "holds", ON), Judged("bob", "polderveen", "holds", ON)
GOOD = Item("q1", "service.mfa", True, "sam", (ONE, TWO))
OPEN = Finding("f1", ON + 30 * DAY)


@pytest.mark.parametrize(
    ("item", "code", "counts"),
    [
        (GOOD, "holds", True),
        (replace(GOOD, value=None), "not_answered", False),
        (replace(GOOD, judged=()), "not_judged", False),
        (replace(GOOD, judged=(ONE,)), "one_pair_of_eyes", False),
        (replace(GOOD, judged=(ONE, replace(ONE, day=ON + DAY))), "one_pair_of_eyes", False),
        (replace(GOOD, judged=(ONE, replace(TWO, person="sam"))), "one_pair_of_eyes", False),
        (replace(GOOD, judged=(ONE, replace(TWO, word="not_shown"))), "disputed", False),
        (replace(GOOD, judged=(ONE, replace(TWO, word="not_shown"), replace(TWO, day=ON + DAY))), "holds", True),
        (replace(GOOD, judged=tuple(replace(each, word="not_shown") for each in (ONE, TWO))), "not_shown", False),
        (replace(GOOD, findings=(OPEN,)), "finding", False),
        (replace(GOOD, findings=(replace(OPEN, until=ON),)), "finding_late", False),
        (replace(GOOD, findings=(replace(OPEN, mended_on=ON),)), "holds", True),
        (replace(GOOD, findings=(replace(OPEN, mended_on=ON + DAY),)), "finding", False),
        (replace(GOOD, findings=(replace(OPEN, accepted=True),)), "holds", True),
    ],
)
def test_how_a_question_stands(item: Item, code: str, counts: bool) -> None:
    found = settled(item, on=ON)
    assert (found.code, found.counts) == (code, counts)


def test_what_comes_out() -> None:
    items = [
        GOOD,
        replace(GOOD, id="q2", fact="service.logs", findings=(OPEN,)),
        replace(GOOD, id="q3", fact="service.tested_on", value=date(2026, 5, 1)),
        replace(GOOD, id="q4", fact="service.unseen", judged=()),
        replace(GOOD, id="q5", fact="service.patched_on", value=date(2026, 5, 1), findings=(OPEN,)),
    ]
    assert outcome(items, on=ON) == {"service.mfa": True, "service.logs": False, "service.tested_on": date(2026, 5, 1)}
    mended = [replace(each, findings=tuple(replace(one, mended_on=ON) for one in each.findings)) for each in items]
    assert outcome(mended, on=ON)["service.logs"] is True


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_questions_the_one_that_is_not_in_order_decides(turned: bool) -> None:
    for other, value in ((replace(GOOD, id="q2", findings=(OPEN,)), False), (replace(GOOD, id="q2", judged=()), None)):
        items = [other, GOOD] if turned else [GOOD, other]
        assert outcome(items, on=ON).get("service.mfa") is value


def test_what_keeps_it_from_being_concluded() -> None:
    wrong = tuple(replace(each, word="does_not_hold") for each in (ONE, TWO))
    items = [
        GOOD,
        replace(GOOD, id="q2", findings=(OPEN,)),
        replace(GOOD, id="q3", judged=(ONE,)),
        replace(GOOD, id="q4", judged=wrong),
        replace(GOOD, id="q5", judged=wrong, findings=(OPEN,)),
    ]
    assert [(each.item, each.code) for each in against_concluding(items, on=ON)] == [
        ("q3", "one_pair_of_eyes"),
        ("q4", "does_not_hold"),
    ]


def test_from_every_phase_but_the_last_one_may_stop() -> None:
    assert all(Phase.WITHDRAWN in NEXT[each] for each in Phase if each is not Phase.WITHDRAWN)
    assert not NEXT[Phase.WITHDRAWN]


def test_questionnaires_saved() -> None:
    assert (saved(0, 40), saved(1, 40), saved(30, 40)) == (0, 0, 1160)


words = st.sampled_from(["holds", "not_shown", "does_not_hold"])
judged = st.lists(
    st.builds(Judged, st.sampled_from(["anna", "bob", "sam"]), st.just("x"), words, st.just(ON)), max_size=4
)


@given(judged, st.sampled_from([True, date(2026, 1, 1), 3]))
def test_nothing_counts_that_two_others_did_not_see(rows: list[Judged], value: object) -> None:
    item = Item("q", "f", value, "sam", tuple(rows))
    if settled(item, on=ON).counts:
        assert {each.person for each in rows if each.word == "holds"} >= {"anna", "bob"}
    assert outcome([item], on=ON).get("f") in (value, False, None)


WRONG = tuple(replace(each, word="does_not_hold") for each in (ONE, TWO))


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ((), "does_not_hold"),
        ((replace(OPEN, mended_on=ON),), "holds"),
        ((replace(OPEN, mended_on=ON), OPEN), "finding"),
        ((replace(OPEN, accepted=True),), "does_not_hold"),
        ((replace(OPEN, mended_on=ON - DAY),), "does_not_hold"),
    ],
)
def test_judged_as_wrong_is_overtaken_when_it_was_seen_to_be_mended_since(findings, code) -> None:
    assert settled(replace(GOOD, judged=WRONG, findings=findings), on=ON).code == code


@given(
    st.integers(0, 30),
    st.lists(
        st.tuples(st.integers(0, 20).map(str), st.sampled_from("abc")), min_size=2, max_size=9, unique_by=lambda p: p[0]
    ),
)
def test_the_work_is_divided_over_two_persons_each_and_evenly(count: int, persons: list[tuple[str, str]]) -> None:
    questions = [f"q{n}" for n in range(count)]
    found = divided(questions, persons)
    assert found == divided(questions, persons), "the same every time"
    assert list(found) == questions
    whose, load = dict(persons), Counter[str]()
    for first, second in found.values():
        assert first != second
        if len(set(whose.values())) > 1:
            assert whose[first] != whose[second]
        load.update((first, second))
    if len(set(whose.values())) == 1 and count:
        counts = [load[each] for each in whose]
        assert max(counts) - min(counts) <= 1


def test_who_looks_already_goes_on_and_who_may_not_any_more_does_not() -> None:
    persons = [("anna", "a"), ("bob", "b"), ("cas", "a")]
    found = divided(["q1", "q2"], persons, held={"q1": ("bob", "gone"), "q2": ("cas", "bob")})
    assert found == {"q1": ("bob", "anna"), "q2": ("cas", "bob")}
    with pytest.raises(ValueError, match="two persons"):
        divided(["q1"], [("anna", "a"), ("anna", "b")])
