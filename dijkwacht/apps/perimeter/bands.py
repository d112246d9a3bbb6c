"""The words of checks over time as bands in an SVG. Pure: moments in, safe markup out; the table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 1000.0
LEAST = 4.0  # what lasted a moment is seen
HEIGHT = 18


@dataclass(frozen=True, slots=True)
class Piece:
    """From when to when a word stood; ``until`` None: it stands."""

    word: str
    suspected: bool
    since: datetime
    until: datetime | None


def band(pieces: Sequence[Piece], *, start: datetime, end: datetime, key: str, title: str, text: str) -> SafeString:
    """One band from ``start`` to ``end``. ``key``: unique on the page; ``text`` says in words what is drawn."""
    whole = max((end - start).total_seconds(), 1.0)

    def x(moment: datetime) -> float:
        return min(max((moment - start).total_seconds() / whole, 0.0), 1.0) * WIDTH

    shapes = format_html_join(
        "",
        '<rect class="band__piece band__piece--{}" x="{}" y="0" width="{}" height="{}"></rect>',
        (
            (
                "suspected" if each.suspected else each.word,
                round(min(x(each.since), WIDTH - LEAST), 1),
                round(max(x(each.until or end) - x(each.since), LEAST), 1),
                HEIGHT,
            )
            for each in pieces
        ),
    )
    return format_html(
        '<svg class="band" viewBox="0 0 1000 {}" preserveAspectRatio="none" role="img" aria-labelledby="{}-t {}-d"'
        ' focusable="false"><title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        HEIGHT, key, key, key, title, key, text, shapes,
    )  # fmt: skip
