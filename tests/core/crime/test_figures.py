"""Periods, intervals, tables and the picture: what must always hold, and what others got wrong."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.crime.intervals import (
    Change,
    Interval,
    change,
    count_interval,
    difference,
    rate_interval,
    share_interval,
)
from dijkwacht.core.crime.local import LocalRow, period_said, revealing
from dijkwacht.core.crime.periods import Kind, month_of, parse_period
from dijkwacht.core.crime.picture import (
    Against,
    Area,
    Cell,
    Other,
    Step,
    Why,
    alike,
    beside,
    registered,
    surveyed,
)
from dijkwacht.core.crime.tables import Measure, Shape, WrongColumns, WrongRow, columns_of, observations

SHAPE = Shape(
    "T", {}, {}, "", ("Regio",), ("Perioden",), ("Soort",), ("Marges",), ("3.7.4",),
    (Measure("registered", ("Aantal_1",), ("Geregistreerde misdrijven",)),), "made up",
)  # fmt: skip
THERE = ("ID", "Regio", "Perioden", "Soort", "Marges", "Aantal_1")
OWN = Area("GM0001", "Own", Step.MUNICIPALITY)
LADDER = (OWN, Area("BT0001", "Team", Step.TEAM), Area("NL01", "Country", Step.COUNTRY))


def row(value, *, region="GM0001 ", period="2025MM01", topic="3.7.4 ", margin="MW00000"):
    return {"Regio": region, "Perioden": period, "Soort": topic, "Marges": margin, "Aantal_1": value}


def read(*records):
    return observations(SHAPE, columns_of(SHAPE, THERE, {}), records)


# -- periods -----------------------------------------------------------------------------------------
@given(st.integers(1990 * 12, 2100 * 12))
def test_a_month_counts_there_and_back(months):
    assert month_of(months).month == months
    assert parse_period(f" {month_of(months).code}  ") == month_of(months)


@pytest.mark.parametrize("code", ["2025", "2025MM13", "2025MM00", "2025JJ01", "2025KW05", "x025JJ00", "٢٠٢٥JJ00", ""])
def test_what_is_no_period(code):
    with pytest.raises(ValueError, match="not a period"):
        parse_period(code)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("2025", "2025JJ00"), ("2025-3", "2025MM03"), ("03-2025", "2025MM03"), ("Q1 2025", "2025KW01"),
        ("2025-03-01", "2025MM03"), ("2025mm03", "2025MM03"), ("maart", ""), ("2025-13", ""), ("1200", ""),
    ],
)  # fmt: skip
def test_a_period_as_a_person_writes_it(said, code):
    assert period_said(said) == code


# -- intervals ---------------------------------------------------------------------------------------
# The exact bounds that tables of the Poisson distribution give.
@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(0, 0, 3.689), (1, 0.025, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (100, 81.364, 121.627)],
)
def test_the_interval_of_a_count(count, lower, upper):
    found = count_interval(count)
    assert (found.lower, found.upper) == (pytest.approx(lower, abs=1e-3), pytest.approx(upper, abs=1e-3))


@given(st.integers(0, 100_000))
def test_an_interval_holds_its_count_and_rises_with_it(count):
    found, more = count_interval(count), count_interval(count + 1)
    assert 0 <= found.lower <= count <= found.upper
    assert found.lower < more.lower
    assert found.upper < more.upper


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_stays_between_zero_and_one(pair):
    found = share_interval(*pair)
    assert 0 <= found.lower <= found.value <= found.upper <= 1


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 10**6))
def test_a_difference_turns_round_with_its_sides(a, b, people):
    first, second = rate_interval(a, people), rate_interval(b, people)
    one, other = difference(first, second), difference(second, first)
    assert one.lower == pytest.approx(-other.upper)
    turned = {Change.HIGHER: Change.LOWER, Change.LOWER: Change.HIGHER, Change.TOO_SMALL: Change.TOO_SMALL}
    assert change(second, first) is turned[change(first, second)]


def test_the_national_figure_went_down():
    assert change(Interval(15.6, 15.4, 15.9), Interval(16.9, 16.7, 17.2)) is Change.LOWER
    assert change(rate_interval(12, 20_000), rate_interval(9, 20_000)) is Change.TOO_SMALL


def test_what_has_no_interval():
    for wrong in (lambda: count_interval(-1), lambda: rate_interval(1, 0), lambda: share_interval(2, 1)):
        with pytest.raises(ValueError, match=r"."):
            wrong()


# -- tables ------------------------------------------------------------------------------------------
def test_spaces_bounds_totals_and_neighbourhoods():
    found = read(
        row(12), row("10", margin="MOG0095"), row(14.5, margin="MBG0095 "), row(99, topic="0.0.0 "), row(3, region="BU00010001"),
        row(None, region="GM0002"), row("       .", region="GM0003"), row(0, region="GM0004"),
    )  # fmt: skip
    assert [(each.region, each.topic, each.value, each.lower, each.upper) for each in found] == [
        ("GM0001", "3.7.4", 12, 10, 14.5), ("GM0002", "3.7.4", None, None, None), ("GM0003", "3.7.4", None, None, None),
        ("GM0004", "3.7.4", 0, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("records", "code", "number"),
    [
        ([row(1), row(1)], "twice", 2), ([row(None), row(None)], "twice", 2), ([row("veel")], "bad_value", 1),
        ([row(True)], "bad_value", 1), ([row(-1)], "bad_value", 1), ([row(float("nan"))], "bad_value", 1),
        ([row(10**400)], "bad_value", 1), ([row([1])], "bad_value", 1), ([row(1), row(1, period="morgen")], "bad_period", 2),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_named(records, code, number):
    with pytest.raises(WrongRow) as wrong:
        read(*records)
    assert (wrong.value.code, wrong.value.row) == (code, number)


def test_other_columns_are_named():
    with pytest.raises(WrongColumns) as wrong:
        columns_of(SHAPE, ("ID", "Regio", "Perioden", "Delict", "Marges", "Aantal_9"), {})
    assert wrong.value.missing == ("Soort", "Aantal_1 / Geregistreerde misdrijven")
    assert wrong.value.new == ("Aantal_9", "Delict")


def test_a_column_is_found_by_title_or_pointed_out():
    there = (*(each for each in THERE if each != "Aantal_1"), "M1")
    assert columns_of(SHAPE, there, {"M1": "geregistreerde  Misdrijven"}).measures == {"M1": "registered"}
    assert columns_of(SHAPE, there, {}, {"registered": "M1"}).measures == {"M1": "registered"}


def test_a_long_table_says_its_measure_in_a_row():
    long = [{k: v for k, v in row(7).items() if k != "Aantal_1"} | {"Measure": "M1", "Value": 7}]
    there = ("Id", "Regio", "Perioden", "Soort", "Marges", "Measure", "Value")
    columns = columns_of(SHAPE, there, {"M1": "Geregistreerde misdrijven"})
    assert [each.value for each in observations(SHAPE, columns, long)] == [7]


# -- the picture -------------------------------------------------------------------------------------
def year(code, value, half=1.0):
    return Cell(parse_period(code), value, value - half, value + half)


def test_a_small_municipality_is_spoken_for_by_a_larger_area():
    cells = {"BT0001": [year("2021JJ00", 18.0), year("2023JJ00", 15.0)], "NL01": [year("2023JJ00", 15.6)]}
    found = surveyed("victim", LADDER, cells, inhabitants=21_400, least=70_000)
    assert found is not None
    assert (found.area.step, found.why, found.now.value, found.change) == (Step.TEAM, Why.TOO_FEW, 15.0, Change.LOWER)
    large = surveyed("victim", LADDER, cells, inhabitants=90_000, least=70_000)
    assert large is not None
    assert large.why is Why.NO_VALUE
    own = surveyed("victim", LADDER, {"GM0001": [year("2023JJ00", 14.0)]}, inhabitants=90_000, least=70_000)
    assert own is not None
    assert (own.why, own.before, own.change) == (Why.OWN, None, None)
    assert surveyed("victim", LADDER, {}, inhabitants=1, least=70_000) is None


def months(first, values):
    start = parse_period(first).month
    return [Cell(month_of(start + i), value) for i, value in enumerate(values)]


def test_the_last_month_is_left_out_and_a_suppressed_one_is_no_zero():
    cells = months("2024MM01", [2] * 12 + [None, None] + [4] * 10 + [900])
    total = Cell(parse_period("2025JJ00"), 940)  # the code of the year lies between those of the months
    found = registered("3.7.4", [*cells, total], newest=parse_period("2026MM01"), inhabitants={2025: 12_000})
    assert found is not None
    now = found.now
    assert (now.first.code, now.last.code, now.total, now.answered, now.suppressed) == (
        "2025MM01",
        "2025MM12",
        40,
        10,
        2,
    )
    assert now.rate is not None
    assert now.rate.value == pytest.approx(1000 * 40 / (12_000 * 10 / 12))
    assert (found.unlike, found.change) == (True, None)


def test_no_answer_is_no_zero():
    assert registered("3.7.4", [], newest=parse_period("2026MM01"), inhabitants={2025: 1}) is None
    cells = months("2020MM01", [1, 2])
    assert registered("3.7.4", cells, newest=parse_period("2026MM01"), inhabitants={}) is None
    assert registered("3.7.4", cells, newest=parse_period("2026JJ00"), inhabitants={}) is None


@given(st.lists(st.one_of(st.none(), st.integers(0, 200)), min_size=1, max_size=30))
def test_every_month_is_counted_once(values):
    cells = months("2024MM01", values)
    found = registered("3.7.4", cells, newest=cells[-1].period, inhabitants={2025: 30_000})
    for span in (found.now, found.before) if found else ():
        if span is not None:
            assert span.answered + span.suppressed + span.absent == 12
            assert span.last.kind is Kind.MONTH
            assert span.total == sum(
                each.value or 0 for each in cells if span.first.month <= each.period.month <= span.last.month
            )


def own_span(count, *, suppressed=0):
    cells = months("2025MM01", [count / 12] * (12 - suppressed) + [None] * suppressed + [1])
    return registered("t", cells, newest=parse_period("2026MM01"), inhabitants={2025: 20_000}).now


OTHERS = [Other(20_000, count, 12, 0) for count in (18, 20, 22, 24, 26)]


def test_beside_others_only_what_chance_and_their_spread_leave():
    assert beside(own_span(60), OTHERS, least=5).against is Against.HIGHER
    assert beside(own_span(24), OTHERS, least=5).against is Against.TOO_SMALL
    few = beside(own_span(60), OTHERS[:4], least=5)
    assert (few.against, few.rate, few.middle) == (Against.TOO_FEW, None, None)


def test_hidden_months_of_ours_are_never_compared():
    assert beside(own_span(60, suppressed=1), OTHERS, least=5).against is Against.TOO_SMALL


def test_lower_is_only_said_when_hidden_months_of_others_do_not_make_it():
    """Their hidden months are low: without them they look higher than they are, and we lower than all."""
    hide = [Other(20_000, 20, 4, 8) for _ in range(6)]  # 3 per 1,000 as it looks, 1 at least
    assert beside(own_span(24), hide, least=5).against is Against.TOO_SMALL
    plain = [Other(20_000, 60, 12, 0) for _ in range(6)]
    assert beside(own_span(24), plain, least=5).against is Against.LOWER
    silent = [Other(20_000, 0, 0, 12) for _ in range(20)]  # may well have had none at all
    assert beside(own_span(24), [*plain, *silent], least=5).against is Against.TOO_SMALL


def test_a_municipality_is_not_like_itself():
    people = {"GM0001": 30_000, "GM0002": 31_000, "GM0003": 300_000}
    assert alike(people, "GM0001", 30_000, (20_000, 50_000)) == {"GM0002"}


def test_years_that_miss_other_months_are_not_compared():
    cells = [
        each
        for each in months("2024MM01", [9] * 12 + [3] * 12 + [1])
        if each.period.code not in ("2024MM02", "2025MM11")
    ]
    found = registered("t", cells, newest=parse_period("2026MM01"), inhabitants={2025: 20_000})
    assert (found.now.answered, found.before.answered, found.unlike, found.change) == (11, 11, True, None)


def test_a_hidden_month_leaves_no_change_to_tell():
    cells = months("2024MM01", [9] * 11 + [None] + [3] * 11 + [None, 1])
    found = registered("t", cells, newest=parse_period("2026MM01"), inhabitants={2025: 20_000})
    assert (found.unlike, found.change) == (True, None)


@pytest.mark.parametrize("value", [100.1, 1e308, float("nan"), float("inf"), "-1", True])
def test_no_share_is_more_than_all(value):
    shape = replace(SHAPE, measures=(replace(SHAPE.measures[0], most=100),))
    with pytest.raises(WrongRow):
        observations(shape, columns_of(shape, THERE, {}), [row(value)])


# -- own counts -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("counts", "tells"),
    [
        ({"2025KW01": 12, "2025MM01": 5, "2025MM02": 5, "2025MM03": None}, True),
        ({"2025KW01": 12, "2025MM01": 5, "2025MM03": None}, False),  # February may be seven
        ({"2025JJ00": 40, "2025KW01": 38, "2025KW02": None, "2025KW03": 0, "2025KW04": None}, True),
        ({"2025KW01": None, "2025MM01": None}, False),
        ({"2025KW01": 15, "2025MM01": 5, "2025MM02": 5, "2025MM03": 5}, False),
        ({"2025KW01": 12, "2025MM04": None}, False),
    ],
)  # fmt: skip
def test_fewer_than_is_not_undone_by_a_total(counts, tells):
    rows = [LocalRow("Desk", period, "phishing", count) for period, count in counts.items()]
    assert (revealing(rows, bound=5) is not None) == tells
