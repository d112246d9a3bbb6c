"""Tags and filters of this room."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import Context

from dijkwacht.apps.advisories import sort_words, telling_words
from dijkwacht.apps.advisories.models import WarningState
from dijkwacht.apps.advisories.queries.sorting import Sort
from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.advisories.shapes import Reason
from dijkwacht.web import advisory_words, tlp_words
from dijkwacht.web.context import address
from dijkwacht.web.csaf_words import flag_word, remedy_word
from dijkwacht.web.rating_words import GRADES

register = template.Library()
FIRST = 5  # ways to sort that are shown at once


@register.filter
def at(found: Mapping[str, Any] | None, key: str) -> Any:
    """What a mapping has under a key; nothing when it has not, or is not there."""
    return found.get(key, "") if found else ""


@register.filter
def level_name(number: int) -> str:
    """A level of the database as the core names it, for ``{% level %}``."""
    return LEVELS[number]


@register.filter
def dialled(phone: str) -> str:
    """A telephone number as a link takes it: digits, and a plus in front."""
    return ("+" if phone.lstrip().startswith("+") else "") + "".join(each for each in phone if each.isdigit())


STANDS = {
    "open": "not_met", "in_progress": "change", "done": "met", "not_affected": "not_applicable", "accepted": "clock",
    "lapsed": "not_applicable",
}  # fmt: skip


@register.inclusion_tag("advisories/sorts.html", takes_context=True)
def sorts(context: Context, found: Mapping[str, Sort], asked: str) -> dict[str, Any]:
    """Links that sort a list; the rest of the address stays, but for the page. The one in use turns it round."""
    links = sort_words.links(found, asked, context["request"].GET)
    return {"first": links[:FIRST], "more": links[FIRST:], "in_use": next((each for each in links if each.on), None)}


@register.inclusion_tag("advisories/stand.html")
def stand(state: str) -> dict[str, str]:
    """Where the handling of a warning, or of a weakness in it, stands: a mark and a word."""
    return {"name": state, "word": str(WarningState(state).label), "mark": STANDS[state]}


@register.simple_tag(takes_context=True)
def here_url(context: Context, name: str, **parts: Any) -> str:
    """An address of this organisation; nothing where there is no such page."""
    slug = context["seat"].organisation.slug
    return address(name, organisation=slug, **{key: str(part) for key, part in parts.items()})


register.filter("flag_sentence", flag_word)
register.filter("remedy_word", remedy_word)


@register.filter
def grade_word(grade: str) -> str:
    """Low, medium or high."""
    return str(GRADES.get(grade, grade))


@register.filter
def linked(url: str) -> str:
    """An address of the web that a document gives; nothing for any other, which is then not made a link."""
    return url if url.startswith(("https://", "http://")) else ""


@register.filter
def reason_sentence(reason: Reason) -> str:
    """Why an asset is touched."""
    return advisory_words.reason_sentence(reason)


@register.filter
def meaning(label: str) -> str:
    """To whom a text with this label may be passed on."""
    return tlp_words.tlp_meaning(label)


@register.filter
def why_called(reason: str) -> str:
    """Why somebody must be called."""
    return telling_words.why_called(reason)
