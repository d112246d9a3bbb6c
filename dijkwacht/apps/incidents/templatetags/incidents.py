"""What only the pages of this room draw: ``{% load incidents %}``."""

from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.translation import gettext as _

from dijkwacht.apps.incidents import words
from dijkwacht.apps.incidents.term_words import form_name
from dijkwacht.web import clock
from dijkwacht.web.context import address
from dijkwacht.web.terms import number_words

register = template.Library()


@register.inclusion_tag("incidents/exercise_band.html")
def exercise_band(incident: Any) -> dict[str, Any]:
    """The band over every page of an exercise; nothing for what really happened, or when there is no incident."""
    return {"exercise": bool(getattr(incident, "exercise", False))}


@register.filter
def at(mapping: Any, key: Any) -> Any:
    """A value of a mapping by a key that a template cannot write; nothing when it is not there."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def rsit_word(code: str) -> str:
    """What a kind of incident is called."""
    return words.rsit_word(code) if code else ""


@register.filter
def cause_word(code: str) -> str:
    """What a cause is called."""
    return words.cause_word(code) if code else ""


@register.filter
def detection_word(code: str) -> str:
    """How it came to light, in words."""
    return words.detection_word(code) if code else ""


@register.filter
def form_word(form: str) -> str:
    """What a report is called."""
    return form_name(form)


@register.filter
def grouped(number: int) -> str:
    """A whole number with its thousands apart."""
    return number_words(number)


@register.inclusion_tag("incidents/marks.html")
def incident_marks(incident: Any) -> dict[str, Any]:
    """Where its handling is, and what sets it apart: an exercise, restricted, a near miss or a threat."""
    return {"incident": incident}


@register.inclusion_tag("incidents/no_later_than.html", takes_context=True)
def no_later_than(context: Context, at: datetime) -> dict[str, Any]:
    """A moment before which something of ours is done; red when it has passed."""
    request = context["request"]
    return {"at": at, "late": at < clock.now(request), "request": request}


@register.simple_tag(takes_context=True)
def room_url(context: Context, name: str, **parts: Any) -> str:
    """An address of this organisation; nothing where there is no such page."""
    return address(
        name, organisation=context["seat"].organisation.slug, **{key: str(part) for key, part in parts.items()}
    )


@register.simple_tag(takes_context=True)
def change_link(context: Context, name: str, what: str) -> str:
    """The link to change a part of what is known of the incident of this page."""
    url = address(name, organisation=context["seat"].organisation.slug, pk=str(context["incident"].pk))
    return format_html(
        '<a class="utrecht-link utrecht-link--html-a" href="{}">{}<span class="hidden">: {}</span></a>',
        url,
        _("Change"),
        what,
    )
