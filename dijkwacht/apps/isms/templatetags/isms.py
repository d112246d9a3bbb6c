"""What only the pages of this room draw: ``{% load isms %}``."""

from typing import Any

from django import template
from django.template.context import Context

from dijkwacht.apps.isms import matrix, words
from dijkwacht.core.isms_cycle import Pressing
from dijkwacht.web.templatetags.ui import unique

register = template.Library()


@register.inclusion_tag("isms/matrix.html", takes_context=True)
def risk_matrix(context: Context, scale: Any, cells: Any, urls: Any, title: str) -> dict[str, Any]:
    """The matrix with its numbers in a table that opens."""
    return {
        "drawing": matrix.matrix(scale, cells, urls=urls, key=unique(context, "matrix"), title=title),
        "words": matrix.words(scale, cells), "table": matrix.as_table(scale, cells, title=title), "title": title,
        "bands": list(reversed(scale.bands)),
    }  # fmt: skip


@register.inclusion_tag("isms/term.html", takes_context=True)
def term(context: Context, due: Any, state: Any, said: str = "") -> dict[str, Any]:
    """A day with how it stands; red only when it has passed. ``said``: what comes before it."""
    return {
        "due": due,
        "state": str(state),
        "late": state == Pressing.LATE,
        "said": said,
        "request": context["request"],
    }


@register.inclusion_tag("isms/band.html")
def band(weight: Any, empty: str = "") -> dict[str, Any]:
    """How serious a risk is, as a word with a mark; nothing weighed says so."""
    return {"weight": weight, "empty": empty}


@register.simple_tag
def short_of(norms: Any, requirement: str) -> str:
    """``BIO2 8.13.04``."""
    return words.short(norms, requirement)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """A value of a mapping by a key that a template cannot write."""
    return mapping.get(key, "")
