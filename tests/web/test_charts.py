"""Charts: shapes that add up, and nothing inline that the pages forbid."""

import itertools
from datetime import date, timedelta

from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.web import charts
from dijkwacht.web.terms import STATUSES

counts = st.fixed_dictionaries({}, optional={status: st.integers(0, 100_000) for status in STATUSES})


@settings(max_examples=60, deadline=None)
@given(counts)
def test_the_parts_fill_the_bar_in_order_and_none_is_too_small_to_see(given_counts: dict[str, int]) -> None:
    parts = charts.parts_of(given_counts)
    assert [part.status for part in parts] == [status for status in STATUSES if given_counts.get(status)]
    assert all(part.width >= charts.SMALLEST for part in parts)
    if parts:
        assert abs(parts[-1].x + parts[-1].width - charts.WIDTH) < 0.1
        assert all(abs(a.x + a.width + charts.GAP - b.x) < 0.1 for a, b in itertools.pairwise(parts))


def test_a_drawing_has_a_name_and_a_description_and_no_inline_style() -> None:
    with translation.override("nl"):
        drawing = charts.stacked_bar({"met": 3, "unknown": 1}, key="b1", title="<ENSIA>")
    assert '<title id="b1-t">&lt;ENSIA&gt;</title>' in drawing
    assert "3 op orde, 1 onbekend" in drawing
    assert 'fill="url(#b1-h)"' in drawing
    assert "style=" not in drawing


def test_a_line_needs_two_points() -> None:
    day = date(2026, 1, 1)
    assert charts.step_line([(day, 1.0)], key="l", title="x") == ""
    drawing = charts.step_line([(day, 1.0), (day + timedelta(days=10), 1.0)], key="l", title="x")
    assert "<path" in drawing
    assert "NaN" not in drawing


def test_a_small_bar_stays_within_its_track() -> None:
    assert 'width="1000.0"' in charts.small_bar(5, of=2, key="s", title="x")
    assert 'width="0"' in charts.small_bar(5, of=0, key="s", title="x")
