"""Tags of this room's pages: its drawings, and the names of lines."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from dijkwacht.apps.ensia import drawing
from dijkwacht.apps.ensia.pages import TermRow
from dijkwacht.apps.ensia.queries.lines import names_of
from dijkwacht.apps.ensia.queries.via import Reach
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.words import asked
from dijkwacht.web.terms import value_words

register = template.Library()


@register.simple_tag
def year_line(terms: Iterable[TermRow], today: int) -> SafeString:
    """The year as a line with its terms and today."""
    return drawing.year_line([(term.at, term.past) for term in terms], today=today, key="year-line")


@register.simple_tag
def line_names(lines: Iterable[str]) -> str:
    """The names of lines, with commas."""
    return ", ".join(names_of(lines).values())


@register.simple_tag
def question_of(each: Reach, subject: Subject) -> str:
    """The question that an answer that reaches elsewhere is about."""
    return asked(each.fact_type, subject.key, {subject.key: subject.name})


@register.simple_tag
def value_of(each: Reach) -> str:
    """What that answer says."""
    return value_words(each.fact_type, each.value)
