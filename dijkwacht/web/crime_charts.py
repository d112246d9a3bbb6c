"""Counts per month and figures with bounds as inline SVG. Suppressed is hatched, what is not there is left open. Pure."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 1000, 120
_FLOOR, _TOP = 116, 6


def month_bars(values: Sequence[float | str | None], *, key: str, title: str, text: str) -> SafeString:
    """A bar per month. None: suppressed; an empty text: the month is not in the table. ``text``: the same in words."""
    known = [each for each in values if isinstance(each, int | float)]
    scale, step = (_FLOOR - _TOP) / (max(known, default=0) or 1), WIDTH / max(len(values), 1)
    shapes = []
    for place, value in enumerate(values):
        if isinstance(value, str):
            continue
        tall = _FLOOR - _TOP if value is None else max(round(value * scale, 1), 1.0)
        box = round(place * step + step * 0.1, 1), round(_FLOOR - tall, 1), round(step * 0.8, 1), tall
        fill = format_html('fill="url(#{}-h)"', key) if value is None else SafeString('class="fill fill--accent"')
        shapes.append(format_html('<rect {} x="{}" y="{}" width="{}" height="{}"></rect>', fill, *box))
    return format_html(
        '<svg class="chart chart--line" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-labelledby="{}-t {}-d"'
        ' focusable="false"><title id="{}-t">{}</title><desc id="{}-d">{}</desc><defs><pattern id="{}-h" width="10" height="6"'
        ' patternUnits="userSpaceOnUse" patternTransform="skewX(-45)"><rect class="hatch-ground" width="10" height="6"></rect>'
        '<rect class="hatch-line" width="4" height="6"></rect></pattern></defs>{}'
        '<rect class="middle" x="0" y="{}" width="{}" height="1"></rect></svg>',
        WIDTH, HEIGHT, key, key, key, title, key, text, key, format_html_join("", "{}", ((each,) for each in shapes)), _FLOOR,
        WIDTH,
    )  # fmt: skip


def bounds(value: float, lower: float | None, upper: float | None, *, of: float, title: str) -> SafeString:
    """A figure as a mark on a line from zero to ``of``, its interval as a band. ``title``: the same in words."""

    def x(number: float) -> float:
        return round(min(max(number / of, 0), 1) * 1000, 1)

    band = SafeString("")
    if lower is not None and upper is not None:
        band = format_html(
            '<rect class="band" x="{}" y="4" width="{}" height="16"></rect>',
            x(lower),
            max(round(x(upper) - x(lower), 1), 4),
        )
    return format_html(
        '<svg class="chart chart--range" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label="{}"'
        ' focusable="false"><rect class="track" x="0" y="10" width="1000" height="4"></rect>{}'
        '<rect class="own" x="{}" y="0" width="6" height="24"></rect></svg>',
        title, band, min(max(x(value) - 3, 0), 994),
    )  # fmt: skip
