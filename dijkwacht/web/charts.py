"""Charts as inline SVG: shapes by attributes only (the pages allow no inline style), with title, description and table.

Pure: numbers in, safe markup out. Colours come from classes in ``dijkwacht.css``; unknown is hatched, so that a chart
says the same in grey. Every drawing takes ``key``, unique on the page, for the ids that tie it to its title.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dijkwacht.core.benchmark import Figure
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import STATUSES, status_word

WIDTH = 1000.0  # units of a bar; the page decides how wide that is
GAP = 3.0
SMALLEST = 6.0  # a part that is there is seen


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: ``x`` and ``width`` in units."""

    status: str
    count: int
    x: float
    width: float


def parts_of(counts: Mapping[str, int]) -> list[Part]:
    """The parts of a five-verdict bar in fixed order, each at least SMALLEST wide, together exactly WIDTH."""
    present = [(status, int(counts.get(status, 0))) for status in STATUSES if counts.get(status, 0)]
    total = sum(count for _status, count in present)
    if not total:
        return []
    room = WIDTH - GAP * (len(present) - 1) - SMALLEST * len(present)
    parts, x = [], 0.0
    for status, count in present:
        width = SMALLEST + room * count / total
        parts.append(Part(status, count, round(x, 2), round(width, 2)))
        x += width + GAP
    return parts


def _frame(key: str, *, title: str, text: str, height: int, kind: str, body: SafeString) -> SafeString:
    """The SVG element with its name and description. The body's shapes lie in a box of WIDTH by ``height``."""
    return format_html(
        '<svg class="chart chart--{}" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img"'
        ' aria-labelledby="{}-t {}-d" focusable="false"><title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        kind, int(WIDTH), height, key, key, key, title, key, text, body,
    )  # fmt: skip


def counts_words(counts: Mapping[str, int]) -> str:
    """``12 op orde, 3 deels, 5 onbekend``: only what is there."""
    return ", ".join(f"{counts[status]} {status_word(status)}" for status in STATUSES if counts.get(status, 0))


def stacked_bar(counts: Mapping[str, int], *, key: str, title: str) -> SafeString:
    """The five-verdict bar. Empty counts give an empty track."""
    shapes = format_html_join(
        "",
        '<rect class="fill fill--{}" x="{}" y="0" width="{}" height="24"{}></rect>',
        ((p.status, p.x, p.width, _hatch(key, p.status)) for p in parts_of(counts)),
    )
    body = format_html('{}<rect class="track" x="0" y="0" width="1000" height="24"></rect>{}', _pattern(key), shapes)
    return _frame(key, title=title, text=counts_words(counts) or _("nothing yet"), height=24, kind="bar", body=body)


def row_bar(counts: Mapping[str, int], *, key: str) -> SafeString:
    """The same bar for a row that says its numbers itself; ``key`` is that of a ``hatch`` elsewhere on the page."""
    shapes = format_html_join(
        "",
        '<rect class="fill fill--{}" x="{}" y="0" width="{}" height="24"{}></rect>',
        ((p.status, p.x, p.width, _hatch(key, p.status)) for p in parts_of(counts)),
    )
    return format_html(
        '<svg class="chart chart--bar" viewBox="0 0 {} 24" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        int(WIDTH),
        shapes,
    )


def hatch(key: str) -> SafeString:
    """The hatch of *unknown* for the row bars of a page, once."""
    return format_html('<svg class="hidden" width="1" height="1" aria-hidden="true">{}</svg>', _pattern(key))


def _pattern(key: str) -> SafeString:
    return format_html(
        '<defs><pattern id="{}-h" width="10" height="6" patternUnits="userSpaceOnUse" patternTransform="skewX(-45)">'
        '<rect class="hatch-ground" width="10" height="6"></rect><rect class="hatch-line" width="4" height="6"></rect>'
        "</pattern></defs>",
        key,
    )


def _hatch(key: str, status: str) -> SafeString | str:
    return format_html(' fill="url(#{}-h)"', key) if status == "unknown" else ""


def step_line(points: Sequence[tuple[date, float]], *, key: str, title: str, least: float = 0.0) -> SafeString:
    """A line that holds its value until the next point, over time. Fewer than two points give an empty text."""
    if len(points) < 2:
        return SafeString("")
    first, days = points[0][0], max((points[-1][0] - points[0][0]).days, 1) * 1.05  # the last value is seen to hold
    low, high = min(least, *(v for _d, v in points)), max(v for _d, v in points)
    scale = 110 / ((high - low) or 1)
    path, previous = [], None
    for day, number in points:
        x, y = round((day - first).days / days * WIDTH, 1), round(115 - (number - low) * scale, 1)
        path.append(f"M{x} {y}" if previous is None else f"H{x}V{y}")
        previous = y
    drawn = "".join(path) + f"H{WIDTH:.0f}"
    body = format_html('<path class="area" d="{}V120H0Z"></path><path class="drawn-line" d="{}"></path>', drawn, drawn)
    text = _("from %(first)s on %(start)s to %(last)s on %(end)s") % {
        "first": _plain(points[0][1]),
        "start": day_words(points[0][0]),
        "last": _plain(points[-1][1]),
        "end": day_words(points[-1][0]),
    }
    return _frame(key, title=title, text=text, height=120, kind="line", body=body)


def small_bar(value: float, *, of: float, key: str, title: str) -> SafeString:
    """One bar of ``value`` in ``of``."""
    width = round(WIDTH * min(max(value / of, 0), 1), 1) if of else 0
    body = format_html(
        '<rect class="track" x="0" y="0" width="1000" height="24"></rect>'
        '<rect class="fill fill--accent" x="0" y="0" width="{}" height="24"></rect>',
        width,
    )
    text = _("%(value)s of %(of)s") % {"value": _plain(value), "of": _plain(of)}
    return _frame(key, title=title, text=text, height=24, kind="small", body=body)


def table(headings: Sequence[str], rows: Sequence[Sequence[object]], *, caption: str) -> SafeString:
    """The numbers behind a chart; the first column names the row."""
    head = format_html_join("", '<th scope="col" class="utrecht-table__header-cell">{}</th>', ((h,) for h in headings))
    body = format_html_join(
        "",
        '<tr class="utrecht-table__row"><th scope="row" class="utrecht-table__cell">{}</th>{}</tr>',
        (
            (row[0], format_html_join("", '<td class="utrecht-table__cell">{}</td>', ((c,) for c in row[1:])))
            for row in rows
        ),
    )
    return format_html(
        '<table class="utrecht-table utrecht-table--html-table"><caption class="utrecht-table__caption">{}</caption>'
        '<thead class="utrecht-table__header"><tr class="utrecht-table__row">{}</tr></thead>'
        '<tbody class="utrecht-table__body">{}</tbody></table>',
        caption, head, body,
    )  # fmt: skip


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else f"{number:.1f}"


def quarters(found: Figure | None, *, own: int | None) -> SafeString:
    """The middle half of a group as a band with its middle, and our own part as a mark; its row says the numbers."""
    band = SafeString("")
    if found is not None:
        band = format_html(
            '<rect class="band" x="{}" y="4" width="{}" height="16"></rect>'
            '<rect class="middle" x="{}" y="2" width="10" height="20"></rect>',
            found.low * 10, max((found.high - found.low) * 10, 4), min(max(found.middle * 10 - 5, 0), 990),
        )  # fmt: skip
    mark = SafeString("")
    if own is not None:
        mark = format_html(
            '<rect class="own" x="{}" y="0" width="30" height="24"></rect>', min(max(own * 10 - 15, 0), 970)
        )
    return format_html(
        '<svg class="chart chart--range" viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="track" x="0" y="10" width="1000" height="4"></rect>{}{}</svg>',
        band, mark,
    )  # fmt: skip
