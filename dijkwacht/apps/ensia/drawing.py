"""Drawings of this room as inline SVG: the year as a line, the map. Shapes by attributes only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dijkwacht.core.shapes import Shapes

CLASSES = 5  # shades of the map: each a fifth of the way
HEIGHT = 24


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality on the map. ``part``: of what applies the part in order, 0 to 1; None: shared and not judged yet."""

    name: str
    part: float | None
    url: str


def year_line(places: Iterable[tuple[int, bool]], *, today: int, key: str) -> SafeString:
    """The terms of a year on a line (place 0 to 1000, whether it has passed), and where today is."""
    ticks = format_html_join(
        "",
        '<rect class="tick{}" x="{}" y="6" width="4" height="12"></rect>',
        ((" tick--past" if past else "", min(at, 996)) for at, past in places),
    )
    return format_html(
        '<svg class="chart chart--year" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img"'
        ' aria-labelledby="{key}-t"><title id="{key}-t">{title}</title>'
        '<rect class="track" x="0" y="10" width="1000" height="4"></rect>'
        '<rect class="run" x="0" y="10" width="{today}" height="4"></rect>{ticks}'
        '<rect class="today" x="{at}" y="0" width="6" height="24"></rect></svg>',
        key=key, title=_("The terms of this year, and where today is"), today=today, ticks=ticks, at=min(today, 994),
    )  # fmt: skip


def country(shapes: Shapes, places: Mapping[str, Place]) -> SafeString:
    """The map: each municipality that shares is coloured by how much is in order; the rest is only outlined."""
    drawn = format_html_join(
        "",
        '<path class="land land--{}" d="{}"><title>{}</title></path>',
        (
            (_shade(places.get(code)), path, _told(places.get(code), code))
            for code, path in shapes.paths.items()
            if code in places
        ),
    )
    rest = "".join(path for code, path in shapes.paths.items() if code not in places)
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" role="img" aria-labelledby="map-t map-d">'
        '<title id="map-t">{}</title><desc id="map-d">{}</desc><path class="land land--none" d="{}"></path>{}</svg>',
        shapes.width, shapes.height, _("Municipalities that share this account"),
        _("The table below says the same in numbers."), rest, drawn,
    )  # fmt: skip


def _shade(place: Place | None) -> str:
    if place is None or place.part is None:
        return "unknown"
    return str(min(int(place.part * CLASSES), CLASSES - 1) + 1)


def _told(place: Place | None, code: str) -> str:
    if place is None:
        return code
    if place.part is None:
        return _("%(name)s: not judged yet") % {"name": place.name}
    return _("%(name)s: %(part)s%% in order") % {"name": place.name, "part": round(100 * place.part)}
