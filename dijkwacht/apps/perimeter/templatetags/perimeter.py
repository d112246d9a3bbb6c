"""What only this room shows: the word of a check as a chip, and its course over time. ``{% load perimeter %}``."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dijkwacht.apps.perimeter import verdict_words, words
from dijkwacht.apps.perimeter.bands import Piece, band
from dijkwacht.core.text import capital
from dijkwacht.web.moments import moment_words
from dijkwacht.web.templatetags.icons import icon
from dijkwacht.web.templatetags.ui import unique

register = template.Library()
MARKS = {
    "passed": "met", "info": "info", "warning": "partly", "failed": "not_met", "not_tested": "not_applicable",
    "error": "unknown", "suspected": "unknown",
}  # fmt: skip


@register.simple_tag
def said(word: str, suspected: bool = False, late: bool = False) -> SafeString:
    """The word of a check, with its mark. ``suspected``: measured once and counting nowhere yet; ``late``: red."""
    kind = "suspected" if suspected else word
    text = verdict_words.word(kind)
    mark = "late" if late else MARKS.get(kind, "unknown")
    return format_html(
        '<span class="said said--{}"><span class="said__mark">{}</span>{}</span>',
        "late" if late else kind, icon(mark), capital(text),
    )  # fmt: skip


@register.simple_tag
def said_count(word: str, number: int) -> SafeString | str:
    """How often a bad word is said, with its mark; nothing for none."""
    if not number:
        return ""
    return format_html(
        '<span class="said said--{}"><span class="said__mark">{}</span>{}</span>',
        word, icon(MARKS[word]), verdict_words.counted(word, number),
    )  # fmt: skip


@register.simple_tag
def plain_word(word: str) -> str:
    """The word of a check without a chip."""
    return capital(verdict_words.word(word))


@register.filter
def check_title(check: str) -> str:
    """The name of a check."""
    return words.title(check)


@register.filter
def trouble_word(code: str) -> str:
    """Why a name could not be measured."""
    return verdict_words.trouble(code)


@register.simple_tag(takes_context=True)
def course(context: Context, readings: Sequence[Any], *, start: datetime, end: datetime) -> SafeString:
    """The words of one check over time as a band; a text for who does not see it."""
    pieces = [Piece(each.word, not each.confirmed, each.since, each.until) for each in readings]
    told = (f"{verdict_words.word(each.word)}: {moment_words(each.since)}" for each in pieces)
    name = words.title(readings[0].check_id)
    return band(pieces, start=start, end=end, key=unique(context, "band"), title=name, text="; ".join(told))


@register.simple_tag
def area_word(area: str) -> str:
    """The name of what a group of checks is about: web site, mail, or the name itself."""
    return str(verdict_words.AREAS.get(area, area))
