"""Texts of accounts on a page: every figure leads to where it comes from."""

import re
from collections.abc import Sequence

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from dijkwacht.core.covenant.papers import Figure

register = template.Library()
_MARK = re.compile(r"(\S+) \[(\d{1,3})\]")


@register.filter
def cited(text: str, figures: Sequence[Figure]) -> SafeString:
    """A text of an account in which ``14 [1]`` is the figure, telling its source when pointed at, with a link to it."""
    known = {str(each.number): each for each in figures}
    parts: list[str] = []
    at = 0
    for found in _MARK.finditer(text):
        figure = known.get(found[2])
        parts.append(conditional_escape(text[at : found.start()]))
        if figure is None:
            parts.append(conditional_escape(found[0]))
        else:
            parts.append(
                format_html(
                    '{} <sup><a class="utrecht-link utrecht-link--html-a" href="#figure-{}" title="{}">[{}]</a></sup>',
                    found[1], figure.number, f"{figure.what}: {figure.source}", figure.number,
                )
            )  # fmt: skip
        at = found.end()
    parts.append(conditional_escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308  # every part was escaped


@register.filter
def under(row: Sequence[str], heads: Sequence[str]) -> list[tuple[str, str]]:
    """The values of a row, each under its heading."""
    return list(zip(heads, row, strict=True))
