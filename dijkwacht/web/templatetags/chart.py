"""Charts in templates: ``{% load chart %}``. Each shows the drawing with its words; see ``dijkwacht.web.charts``."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dijkwacht.web import charts
from dijkwacht.web.moments import day_words
from dijkwacht.web.templatetags.ui import unique
from dijkwacht.web.terms import number_words

register = template.Library()


@register.simple_tag(takes_context=True)
def step_line(context: Context, points: Sequence[tuple[date, float]], *, title: str) -> SafeString:
    """A value over time, with its numbers in a table that opens. Nothing for fewer than two points."""
    drawing = charts.step_line(points, key=unique(context, "line"), title=title)
    if not drawing:
        return drawing
    rows = [(day_words(day), number_words(number)) for day, number in points]
    return format_html(
        '<figure class="drawing">{}<figcaption><details class="more"><summary>{}</summary>'
        '<div class="scroll" tabindex="0" role="region" aria-label="{}">{}</div></details></figcaption></figure>',
        drawing,
        _("Show as a table"),
        title,
        charts.table((_("Day"), _("Value")), rows, caption=title),
    )


@register.simple_tag(takes_context=True)
def small_bar(context: Context, value: float, *, of: float, title: str) -> SafeString:
    """One bar of a value in a whole, with both numbers beside it."""
    said = _("%(value)s of %(of)s") % {"value": number_words(value), "of": number_words(of)}
    drawing = charts.small_bar(value, of=of, key=unique(context, "small"), title=title)
    return format_html('<div class="small-bar">{}<span class="small-bar__words">{}</span></div>', drawing, said)


@register.simple_tag
def hatch() -> SafeString:
    """Once on a page with row bars, before the first of them."""
    return charts.hatch("row")


@register.simple_tag
def row_bar(counts: Mapping[str, int]) -> SafeString:
    """The five-verdict bar without words, for a table row that says its numbers itself."""
    return charts.row_bar(counts, key="row")
