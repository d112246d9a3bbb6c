"""Shows what a part of this room adds to the page of a supplier."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from dijkwacht.apps.suppliers.sections import Section

register = template.Library()


@register.simple_tag(takes_context=True)
def show_section(context: Context, found: Section) -> SafeString:
    """The section, with what it reads: each name by itself, and all of them as ``section``."""
    engine: Any = context.template.engine if context.template else None
    with context.push(**found.context, section=found.context):
        return SafeString(engine.get_template(found.template).render(context))
