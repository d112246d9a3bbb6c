"""The matrix of risks as inline SVG, with the same in a table. Pure: shapes by attributes, colours by classes."""

from collections.abc import Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dijkwacht.core.isms import Scale
from dijkwacht.core.isms_risk import band_at
from dijkwacht.web.charts import table
from dijkwacht.web.terms import text_of

Cell = tuple[int, int, int]  # number of the risk, likelihood, impact
LEFT, TOP, WIDE, HIGH, FOOT = 116, 4, 98, 78, 30
PER_LINE, LINES = 3, 2


def matrix(scale: Scale, cells: Sequence[Cell], *, urls: Mapping[int, str], key: str, title: str) -> SafeString:
    """The drawing: likelihood upwards, impact to the right, in each cell the numbers of the risks that lie there."""
    high, wide = len(scale.likelihood), len(scale.impact)
    found = _by_cell(cells)
    boxes = [
        _box(scale, found.get((row, column), []), row, column, urls)
        for row in range(high, 0, -1)
        for column in range(1, wide + 1)
    ]
    rows = format_html_join(
        "",
        '<text class="matrix__axis" x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (LEFT - 8, _y(scale, level.value) + HIGH / 2 + 5, text_of(level.name))
            for level in scale.likelihood
        ),
    )  # fmt: skip
    columns = format_html_join(
        "",
        '<text class="matrix__axis" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (LEFT + (level.value - 0.5) * WIDE, TOP + high * HIGH + 20, text_of(level.name))
            for level in scale.impact
        ),
    )  # fmt: skip
    return format_html(
        '<svg class="matrix" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d" focusable="false">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}{}</svg>',
        LEFT + wide * WIDE + 4, TOP + high * HIGH + FOOT, key, key, key, title, key, words(scale, cells),
        SafeString("".join(boxes)), rows, columns,
    )  # fmt: skip


def words(scale: Scale, cells: Sequence[Cell]) -> str:
    """How many risks lie in each band."""
    counts = {band.id: 0 for band in scale.bands}
    for _number, likelihood, impact in cells:
        counts[band_at(scale, likelihood, impact).id] += 1
    parts = [f"{text_of(band.name)}: {counts[band.id]}" for band in reversed(scale.bands)]
    return ", ".join(parts)


def as_table(scale: Scale, cells: Sequence[Cell], *, title: str) -> SafeString:
    """The same with words: per likelihood and impact the band and the numbers."""
    found = _by_cell(cells)
    rows = []
    for level in reversed(scale.likelihood):
        row: list[object] = [text_of(level.name)]
        for other in scale.impact:
            numbers = ", ".join(str(each) for each in found.get((level.value, other.value), []))
            band = text_of(band_at(scale, level.value, other.value).name)
            row.append(f"{band}: {numbers}" if numbers else band)
        rows.append(row)
    heads = [_("Likelihood"), *(text_of(each.name) for each in scale.impact)]
    return table(heads, rows, caption=title)


def _by_cell(cells: Sequence[Cell]) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for number, likelihood, impact in sorted(cells):
        found.setdefault((likelihood, impact), []).append(number)
    return found


def _y(scale: Scale, likelihood: int) -> int:
    return TOP + (len(scale.likelihood) - likelihood) * HIGH


def _box(scale: Scale, numbers: Sequence[int], row: int, column: int, urls: Mapping[int, str]) -> SafeString:
    x, y = LEFT + (column - 1) * WIDE, _y(scale, row)
    band = band_at(scale, row, column)
    shown, rest = list(numbers[: PER_LINE * LINES]), len(numbers) - PER_LINE * LINES
    if rest > 0:
        shown, rest = shown[:-1], rest + 1
    marks = [
        _mark(number, x + 19 + (place % PER_LINE) * 30, y + 24 + (place // PER_LINE) * 32, urls.get(number, ""))
        for place, number in enumerate(shown)
    ]
    if rest > 0:
        place = len(shown)
        at = (x + 19 + (place % PER_LINE) * 30, y + 29 + (place // PER_LINE) * 32)
        marks.append(format_html('<text class="matrix__more" x="{}" y="{}" text-anchor="middle">+{}</text>', *at, rest))
    return format_html(
        '<rect class="matrix__cell matrix__cell--{}" x="{}" y="{}" width="{}" height="{}" rx="3"></rect>{}',
        band.id, x + 1, y + 1, WIDE - 2, HIGH - 2, SafeString("".join(marks)),
    )  # fmt: skip


def _mark(number: int, x: int, y: int, url: str) -> SafeString:
    mark = format_html(
        '<circle class="matrix__mark" cx="{}" cy="{}" r="13"></circle>'
        '<text class="matrix__number" x="{}" y="{}" text-anchor="middle">{}</text>',
        x, y, x, y + 5, number,
    )  # fmt: skip
    return format_html('<a href="{}">{}</a>', url, mark) if url else mark
