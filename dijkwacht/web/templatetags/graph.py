"""The picture of dependence in templates: ``{% load graph %}``; see ``dijkwacht.web.graph``."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from dijkwacht.web import graph as drawings
from dijkwacht.web.templatetags.ui import unique

register = template.Library()


@register.inclusion_tag("ui/graph.html", takes_context=True)
def graph(context: Context, picture: drawings.Picture, *, table: SafeString | str = "") -> dict[str, Any]:
    """What depends on what, drawn. ``table``: the same in rows (``charts.table``), which opens under it."""
    return {
        "drawing": drawings.graph(picture, key=unique(context, "graph")), "title": picture.title, "table": table,
        "stopped": any(each.stopped for each in picture.things),
    }  # fmt: skip
