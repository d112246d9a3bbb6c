"""The figures of a year: what is counted, over how many, and what is never guessed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.incident_statistics import Count, Happened, Kept, Legal, Span, figures

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KNOWN = AT - 10 * DAY


def one(**fields) -> Happened:
    return Happened(**{"kind": "incident", "known_at": KNOWN, **fields})


def terms_of(*terms: Legal) -> tuple[Kept, ...]:
    return figures([one(terms=terms)], at=AT).terms


class TestCounts:
    def test_an_empty_year_has_no_figures_to_speak_of(self) -> None:
        found = figures([], at=AT)
        assert (found.total, found.causes, found.recovery, found.terms) == (0, (), Span(0, 0), ())

    def test_what_was_not_weighed_is_not_no(self) -> None:
        found = figures([one(significant=True), one(significant=False), one(), one()], at=AT)
        assert (found.significant, found.not_significant, found.not_weighed) == (1, 1, 2)

    def test_only_an_incident_can_be_left_unweighed(self) -> None:
        found = figures([one(kind="near_miss"), one(kind="threat")], at=AT)
        assert (found.total, found.not_weighed) == (2, 0)

    def test_the_most_frequent_first_and_what_nobody_filled_in_last(self) -> None:
        found = figures([one(cause="human_error"), one(), one(), one(), one(cause="third_party_failure")], at=AT)
        assert found.causes == (Count("human_error", 1), Count("third_party_failure", 1), Count("", 3))

    def test_reports_by_choice_and_data_breaches(self) -> None:
        found = figures([one(voluntary=2), one(personal_data=True, open=True)], at=AT)
        assert (found.voluntary, found.personal_data, found.open) == (2, 1, 1)


class TestSpans:
    def test_the_middle_and_the_longest_over_those_that_say_it(self) -> None:
        rows = [one(began_at=KNOWN, recovered_at=KNOWN + hours * HOUR) for hours in (1, 3, 20)]
        assert figures([*rows, one()], at=AT).recovery == Span(3, 4, 3 * HOUR, 20 * HOUR)

    def test_without_its_beginning_it_counts_from_when_it_was_seen(self) -> None:
        row = one(noticed_at=KNOWN - HOUR, recovered_at=KNOWN + HOUR)
        assert figures([row], at=AT).recovery.middle == 2 * HOUR

    def test_noticed_is_from_its_beginning_only(self) -> None:
        rows = [
            one(began_at=KNOWN - 4 * HOUR, noticed_at=KNOWN - HOUR),
            one(began_at=KNOWN - HOUR),
            one(noticed_at=KNOWN),
        ]
        assert figures(rows, at=AT).notice == Span(2, 3, 2 * HOUR, 3 * HOUR)

    def test_what_ended_before_it_began_says_nothing(self) -> None:
        assert figures([one(began_at=KNOWN, recovered_at=KNOWN - HOUR)], at=AT).recovery == Span(0, 1)


class TestTerms:
    def test_in_time_is_up_to_the_last_moment(self) -> None:
        due = KNOWN + DAY
        assert terms_of(Legal("a", due, due)) == (Kept("a", in_time=1),)
        assert terms_of(Legal("a", due, due + timedelta(seconds=1))) == (Kept("a", late=1),)

    def test_what_was_not_done_is_late_once_its_end_has_passed(self) -> None:
        assert terms_of(Legal("a", AT - HOUR)) == (Kept("a", late=1),)
        assert terms_of(Legal("a", AT + HOUR)) == (Kept("a", running=1),)
        assert terms_of(Legal("a", AT)) == (Kept("a", running=1),)

    def test_without_a_last_moment_it_is_neither(self) -> None:
        found = terms_of(Legal("a", None), Legal("a", None, AT))
        assert found == (Kept("a", no_end=2),)
        assert found[0].ended == 0

    def test_they_stand_in_the_order_of_the_law(self) -> None:
        row = one(terms=(Legal("avg-33", None), Legal("x", None), Legal("cbw-26", None)))
        assert [each.rule for each in figures([row], at=AT, rules=["cbw-26", "avg-33"]).terms] == [
            "cbw-26",
            "avg-33",
            "x",
        ]


moments = st.none() | st.integers(-500, 500).map(lambda hours: AT + hours * HOUR)
legal = st.builds(Legal, st.sampled_from("abc"), moments, moments)
rows = st.lists(
    st.builds(
        Happened, st.sampled_from(["incident", "near_miss", "threat"]), st.just(KNOWN), st.sampled_from([None, True, False]),
        cause=st.sampled_from(["", "x", "y"]), began_at=moments, noticed_at=moments, recovered_at=moments, open=st.booleans(),
        terms=st.lists(legal, max_size=4).map(tuple),
    ),
    max_size=8,
)  # fmt: skip


@given(rows)
def test_nothing_is_lost_or_counted_twice(happened: list[Happened]) -> None:
    found = figures(happened, at=AT)
    assert sum(each.number for each in found.causes) == sum(each.number for each in found.kinds) == found.total
    incidents = sum(each.kind == "incident" for each in happened)
    assert found.significant + found.not_significant + found.not_weighed == incidents
    counted = sum(each.in_time + each.late + each.running + each.no_end for each in found.terms)
    assert counted == sum(len(each.terms) for each in happened)
    for span in (found.notice, found.recovery):
        assert span.number <= span.of == found.total
        assert (span.middle is None) == (span.number == 0)


@given(rows, st.integers(0, 200))
def test_time_alone_never_makes_a_term_kept(happened: list[Happened], hours: int) -> None:
    before, after = figures(happened, at=AT), figures(happened, at=AT + hours * HOUR)
    assert after.in_time == before.in_time
    assert after.late >= before.late
