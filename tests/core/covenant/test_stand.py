"""How far what was agreed has come."""

from datetime import date, timedelta

import pytest

from dijkwacht.core.covenant.needs import Status
from dijkwacht.core.covenant.shapes import Agreed
from dijkwacht.core.covenant.stand import SOON, Come, Course, Judged, Running, come_of, course, standing

ON = date(2026, 11, 30)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        (Running("a", started=ON + DAY), Course.PLANNED),
        (Running("a", started=ON), Course.RUNNING),
        (Running("a", ends=ON - DAY), Course.LAPSED),
        (Running("a", ends=ON), Course.LAPSING),
        (Running("a", ends=ON + SOON), Course.LAPSING),
        (Running("a", ends=ON + SOON + DAY), Course.RUNNING),
        (Running("a", ends=ON - DAY, done=True), Course.DONE),
        (Running("a", known=False), Course.UNKNOWN),
        (Running("a", ends=ON - DAY, known=False), Course.LAPSED),
        (Running("a", ends=ON + DAY, known=False), Course.UNKNOWN),
    ],
)
def test_where_something_is(each: Running, expected: Course) -> None:
    assert course(each, on=ON) is expected


def agreed(*, due: date | None = None, needs: tuple[str, ...] = (), initiatives: tuple[str, ...] = ()) -> Agreed:
    return Agreed("x", "1", {}, due, "B", needs, initiatives, "source")


def judged(item: Agreed, **known: object) -> Judged:
    needs = {key: each for key, each in known.items() if isinstance(each, Status)}
    running = {key: each for key, each in known.items() if isinstance(each, Course)}
    return come_of(item, needs=needs, running=running, on=ON)


def test_met_needs_meet_it_and_one_open_one_does_not() -> None:
    item = agreed(needs=("a", "b"))
    assert judged(item, a=Status.MET, b=Status.MET).come is Come.MET
    assert judged(item, a=Status.MET, b=Status.RAISED).come is Come.UNKNOWN
    assert judged(item, a=Status.MET, b=Status.RUNNING).come is Come.RUNNING
    assert judged(item, a=Status.MET, b=Status.DROPPED).come is Come.UNKNOWN


def test_what_ran_and_stopped_stands_still() -> None:
    item = agreed(needs=("a",), initiatives=("i", "j"))
    assert judged(item, a=Status.AGREED, i=Course.LAPSED, j=Course.DONE).come is Come.STILL
    assert judged(item, a=Status.AGREED, i=Course.LAPSED, j=Course.RUNNING).come is Come.RUNNING
    assert judged(item, a=Status.AGREED, i=Course.LAPSED).come is Come.UNKNOWN


def test_without_needs_done_initiatives_meet_it() -> None:
    item = agreed(initiatives=("i",))
    assert judged(item, i=Course.DONE).come is Come.MET
    assert judged(item).come is Come.UNKNOWN


def test_its_day_makes_it_late_unless_met() -> None:
    late, today = agreed(due=ON - DAY, needs=("a",)), agreed(due=ON, needs=("a",))
    assert judged(late, a=Status.RUNNING).come is Come.LATE
    assert judged(late, a=Status.MET).come is Come.MET
    assert judged(today, a=Status.RUNNING).come is Come.RUNNING
    assert judged(late).reasons[0] == ("past_due", ("2026-11-29",))


def test_nothing_known_says_so() -> None:
    assert judged(agreed()) == Judged(Come.UNKNOWN, (("nothing_found", ()),))


def test_a_challenge_is_counted() -> None:
    found = standing("1", needs=[Status.MET, Status.RAISED, Status.RAISED], running=[], agreed=[Come.LATE], gaps=3)
    assert (found.needs[Status.RAISED], found.agreed[Come.LATE], found.gaps) == (2, 1, 3)
    assert Come.MET not in found.agreed
