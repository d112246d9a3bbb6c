"""The days of a proof as a bar: its period, what letters bridge, until when it counts, and today. Only shapes.

Pure: days in, safe markup out. What letters bridge is hatched, so that it shows in grey as well.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dijkwacht.core.days import add
from dijkwacht.core.suppliers.assurance import Proof as Core
from dijkwacht.core.suppliers.assurance import Span, counts_until, within
from dijkwacht.web.moments import day_words

WIDTH = 1000
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that are shown alike. ``name``: a class and a code; ``end``: the first day after."""

    name: str
    word: str
    first: date
    end: date

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.end - DAY


def stretches(proof: Core, *, on: date) -> list[Stretch]:
    """What is to be drawn, in order: the period itself, what letters bridge, and the days that nothing speaks of."""
    shown = {"period": _("looked at"), "day": _("looked at"), "validity": _("certificate valid")}[proof.kind.shows]
    first, end = proof.days
    found = [Stretch("shown", shown, first, end)]
    until = counts_until(proof)
    stop = min(until, on + DAY)
    if proof.kind.works and end < stop:
        rest = Span(end, stop)
        bridged = within(rest, proof.letters)
        allowed = [Span(max(each.first, end), min(each.end, _reach(proof))) for each in bridged]
        found += [Stretch("letter", _("bridged by a letter"), *each) for each in allowed if each.first < each.end]
        at = max([end, *(each.end for each in allowed)])
        if at < stop:
            found.append(Stretch("gap", _("nothing speaks of these days"), at, stop))
    return found


def _reach(proof: Core) -> date:
    """Until when letters may bridge."""
    return add(proof.days.end, proof.kind.bridge) if proof.kind.bridge else proof.days.end


def drawing(proof: Core, *, on: date, key: str) -> SafeString:
    """The bar from the first day to when it stops counting, or today if that is later."""
    rows, until = stretches(proof, on=on), counts_until(proof)
    first, end = min(proof.days.first, on), max(until, proof.days.end, on + DAY)
    days = max((end - first).days, 1)

    def at(day: date) -> float:
        return round((day - first).days / days * WIDTH, 1)

    shapes = format_html_join(
        "", '<rect class="proof-bar__{}" x="{}" y="6" width="{}" height="16"{}></rect>',
        ((each.name, at(each.first), max(at(each.end) - at(each.first), 4), _fill(key, each.name)) for each in rows),
    )  # fmt: skip
    counts = format_html('<rect class="proof-bar__counts" x="{}" y="24" width="{}" height="4"></rect>', at(proof.days.first),
                         max(at(until) - at(proof.days.first), 4))  # fmt: skip
    today = format_html(
        '<rect class="proof-bar__today" x="{}" y="0" width="3" height="30"></rect>', min(at(on), WIDTH - 3)
    )
    words = "; ".join(f"{each.word}: {day_words(each.first)} – {day_words(each.last)}" for each in rows)
    return format_html(
        '<svg class="chart proof-bar" viewBox="0 0 {} 30" preserveAspectRatio="none" role="img" aria-label="{}"'
        ' focusable="false">{}<rect class="track" x="0" y="6" width="{}" height="16"></rect>{}{}{}</svg>',
        WIDTH, words, _hatch(key), WIDTH, shapes, counts, today,
    )  # fmt: skip


def _hatch(key: str) -> SafeString:
    """The pattern of what letters bridge; `#key-h`."""
    return format_html(
        '<defs><pattern id="{}-h" width="10" height="6" patternUnits="userSpaceOnUse" patternTransform="skewX(-45)">'
        '<rect class="hatch-ground" width="10" height="6"></rect><rect class="hatch-line" width="4" height="6"></rect>'
        "</pattern></defs>",
        key,
    )


def _fill(key: str, name: str) -> SafeString | str:
    return format_html(' fill="url(#{}-h)"', key) if name == "letter" else ""
