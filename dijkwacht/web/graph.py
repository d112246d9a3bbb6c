"""What depends on what, as inline SVG: shapes by attributes only (the pages allow no inline style), names as text.

Pure: things in, safe markup out; `core/suppliers/drawing.py` says where they go. What has stopped has a hatched edge, a cross and
a broken line, so that it shows in grey as well. With addresses the drawing is a group of links, without them one image: what
stands inside an image cannot be reached with the keyboard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.core.suppliers.drawing import Box, Drawing, Line, Node, Size, drawn
from dijkwacht.web.graph_text import plain, wrapped

PAD, ROW, HEAD, BULGE = 12, 18, 34, 26  # within a box, of a line of text, above the columns, of a line beside a column
LINES = 2  # of a name
SMALL = 14 / 12  # a note is that much smaller than a name
SIZE = Size(folded=2 * PAD + ROW)


@dataclass(frozen=True, slots=True)
class Thing:
    """A box. ``kind``: its column, from 0; ``note``: what stands small under its name, such as ``stopt na 4 uur``."""

    id: str
    kind: int
    name: str
    url: str = ""
    note: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn. ``kinds``: headings of the columns; ``pairs``: ids of what leans, on what; ``most``: boxes in a column."""

    title: str
    kinds: Sequence[str]
    things: Sequence[Thing]
    pairs: Sequence[tuple[str, str]]
    most: int = SIZE.most


def graph(picture: Picture, *, key: str) -> SafeString:
    """The drawing; nothing for a picture without things. ``key``: unique on the page.

    Raises ValueError on a thing that stands twice, a pair with something that is not there and a kind without a heading.
    """
    things = {each.id: each for each in picture.things}
    if len(things) < len(picture.things):
        raise ValueError("a thing is in the picture twice")
    if wrong := [each.id for each in picture.things if not 0 <= each.kind < len(picture.kinds)]:
        raise ValueError(f"{wrong[0]} is of a kind without a heading")
    if not things:
        return SafeString("")
    nodes = [Node(each.id, each.kind, _height(each), keep=each.stopped) for each in things.values()]
    size = Size(most=picture.most, folded=SIZE.folded + ROW * any(each.stopped for each in things.values()))
    drawing = drawn(nodes, picture.pairs, size=size)
    return _frame(picture, drawing, things, key)


def _height(thing: Thing) -> int:
    return 2 * PAD + ROW * (len(_name(thing)) + bool(thing.note))


def _name(thing: Thing) -> list[str]:
    """The lines of its name; beside the cross of what stopped there is less room."""
    return wrapped(thing.name, SIZE.width - 2 * PAD - (ROW if thing.stopped else 0), most=LINES)


def _frame(picture: Picture, drawing: Drawing, things: Mapping[str, Thing], key: str) -> SafeString:
    stopped = {box.id for box in drawing.boxes if any(things[name].stopped for name in box.holds)}
    linked = any(each.url for each in picture.things)
    lines = sorted(drawing.lines, key=lambda line: {line.what, line.on} <= stopped)  # what stopped lies on top
    body = (
        _headings(picture, drawing),
        format_html_join("", "{}", ((_line(line, stopped, key),) for line in lines)),
        format_html_join("", "{}", ((_box(box, things, key),) for box in drawing.boxes)),
    )
    width, height = drawing.width + 4, drawing.height + HEAD + 4
    return format_html(
        '<svg class="graph__drawing" width="{}" height="{}" viewBox="-2 0 {} {}" role="{}" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}{}{}</svg>',
        width, height, width, height, "group" if linked else "img", key, key, key, plain(picture.title), key,
        _told(picture, drawing), _marks(key), *body,
    )  # fmt: skip


def _told(picture: Picture, drawing: Drawing) -> str:
    """What there is to see, for who cannot see it; the table says the rest."""
    columns = ", ".join(plain(str(picture.kinds[layer])) for layer in drawing.layers)
    count, gone = len(picture.things), sum(each.stopped for each in picture.things)
    told = ngettext("%(count)d part in columns: %(columns)s.", "%(count)d parts in columns: %(columns)s.", count)
    told %= {"count": count, "columns": columns}
    if not gone:
        return told
    return told + " " + ngettext("%(count)d of them stops.", "%(count)d of them stop.", gone) % {"count": gone}


def _marks(key: str) -> SafeString:
    """The hatch of what stopped, and the two arrow heads."""
    heads = format_html_join(
        "",
        '<marker id="{}-{}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse"'
        ' orient="auto"><path class="graph__head graph__head--{}" d="M0 0.5 7 4 0 7.5z"></path></marker>',
        ((key, kind, kind) for kind in ("on", "stopped")),
    )
    return format_html(
        '<defs><pattern id="{}-h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="skewX(-45)">'
        '<rect class="graph__ground" width="6" height="6"></rect><rect class="graph__hatch" width="3" height="6"></rect>'
        "</pattern>{}</defs>",
        key,
        heads,
    )


def _headings(picture: Picture, drawing: Drawing) -> SafeString:
    step = SIZE.width + SIZE.between
    rows = (
        (at * step, wrapped(str(picture.kinds[layer]), SIZE.width, most=1)[0])
        for at, layer in enumerate(drawing.layers)
    )
    return format_html_join("", '<text class="graph__kind" x="{}" y="16">{}</text>', rows)


def _line(line: Line, stopped: set[str], key: str) -> SafeString:
    kind = "stopped" if {line.what, line.on} <= stopped else "on"
    return format_html(
        '<path class="graph__line graph__line--{}" d="{}" marker-end="url(#{}-{})"></path>',
        kind,
        _path(line),
        key,
        kind,
    )


def _path(line: Line) -> str:
    (x, y), *rest = ((x, y + HEAD) for x, y in line.points)
    drawn = [f"M{x} {y}"]
    if line.beside:
        ((_end, there),) = rest
        return f"M{x} {y}C{x + BULGE} {y} {x + BULGE} {there} {x} {there}"
    for at, (to, there) in enumerate(rest):
        half = (x + to) // 2
        drawn.append(f"H{to}" if at % 2 else f"C{half} {y} {half} {there} {to} {there}")
        x, y = to, there
    return "".join(drawn)


def _box(box: Box, things: Mapping[str, Thing], key: str) -> SafeString:
    thing = things[box.id] if len(box.holds) == 1 else _rest(box, things)
    title = format_html("<title>{}</title>", plain(thing.name + (f", {thing.note}" if thing.note else "")))
    names, y = _name(thing), box.y + HEAD
    spare = (box.height - _height(thing)) // 2  # of a folded rest without a note
    body = format_html(
        '<g class="graph__box{}">{}<rect class="graph__shape" x="{}" y="{}" width="{}" height="{}" rx="4"></rect>'
        "{}{}{}</g>",
        " graph__box--stopped" if thing.stopped else " graph__box--rest" if len(box.holds) > 1 else "",
        "" if thing.url else title,
        box.x, y, box.width, box.height, _cross(box, y, key) if thing.stopped else "", _names(names, box.x + PAD, y + spare),
        _note(thing.note, box, y + spare, len(names)),
    )  # fmt: skip
    if not thing.url:
        return body
    return format_html('<a class="graph__link" href="{}">{}{}</a>', thing.url, title, body)  # its title is its name


def _rest(box: Box, things: Mapping[str, Thing]) -> Thing:
    """The folded rest of a column."""
    count, gone = len(box.holds), sum(things[name].stopped for name in box.holds)
    note = ngettext("%(count)d of them stops", "%(count)d of them stop", gone) % {"count": gone} if gone else ""
    return Thing(box.id, box.layer, _("and %(count)d more") % {"count": count}, note=note, stopped=bool(gone))


def _cross(box: Box, y: int, key: str) -> SafeString:
    """The hatched edge and the cross of what stopped."""
    right = box.x + box.width - PAD - 8
    return format_html(
        '<rect class="graph__edge" x="{}" y="{}" width="6" height="{}" fill="url(#{}-h)"></rect>'
        '<path class="graph__cross" d="M{} {}l8 8m0-8l-8 8"></path>',
        box.x + 1, y + 1, box.height - 2, key, right, y + PAD + 1,
    )  # fmt: skip


def _names(names: Sequence[str], x: int, y: int) -> SafeString:
    rows = ((x, y + PAD + ROW * at + 14, name) for at, name in enumerate(names))
    spans = format_html_join("", '<tspan x="{}" y="{}">{}</tspan>', rows)
    return format_html('<text class="graph__name">{}</text>', spans)


def _note(note: str, box: Box, y: int, above: int) -> SafeString:
    if not note:
        return mark_safe("")
    (text,) = wrapped(note, (box.width - 2 * PAD) * SMALL, most=1)
    return format_html(
        '<text class="graph__note" x="{}" y="{}">{}</text>', box.x + PAD, y + PAD + ROW * above + 13, text
    )
