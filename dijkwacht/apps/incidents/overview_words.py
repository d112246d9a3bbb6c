"""The year of incidents in words: the sentence above it, and its figures as rows."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.incidents.models import IncidentKind
from dijkwacht.apps.incidents.term_words import article, rule_name
from dijkwacht.apps.incidents.words import cause_word, detection_word, rsit_word
from dijkwacht.core.incident_statistics import Count, Kept, Span, Year
from dijkwacht.web.term_row import span_words

Row = tuple[str, int]


def answer(found: Year, year: int) -> str:
    """The sentence under the title: how many, how many significant, and whether terms were kept."""
    if not found.total:
        return _("Nothing was recorded in %(year)s.") % {"year": year}
    said = ngettext("%(n)d was recorded", "%(n)d were recorded", found.total) % {"n": found.total}
    heavy = ngettext("%(n)d of them is significant", "%(n)d of them are significant", found.significant) % {
        "n": found.significant
    }
    return _("%(said)s, %(heavy)s; %(kept)s.") % {"said": said, "heavy": heavy, "kept": kept_word(found)}


def kept_word(found: Year) -> str:
    """Whether legal terms were kept, in a few words."""
    ended = found.in_time + found.late
    running = sum(each.running for each in found.terms)
    if not ended:
        return (
            ngettext("%(n)d legal term runs", "%(n)d legal terms run", running) % {"n": running}
            if running
            else _("no legal term ran")
        )
    said = ngettext(
        "%(kept)d of %(n)d legal term was kept in time", "%(kept)d of %(n)d legal terms were kept in time", ended
    ) % {"kept": found.in_time, "n": ended}
    if not running:
        return said
    still = ngettext("%(n)d still runs", "%(n)d still run", running) % {"n": running}
    return _("%(said)s, %(still)s") % {"said": said, "still": still}


def decided_word(significant: bool | None) -> str:
    """What was decided; nobody having weighed it is not no."""
    if significant is None:
        return _("not weighed")
    return _("yes") if significant else _("no")


def kinds(found: Year) -> list[Row]:
    """By kind: incident, near miss, threat."""
    return [(str(IncidentKind(each.code).label), each.number) for each in found.kinds]


def tables(found: Year) -> list[tuple[str, list[Row]]]:
    """What is counted by code: cause, what it is, how it came to light."""
    return [
        (_("By cause"), _rows(found.causes, cause_word)),
        (_("By what it is"), _rows(found.sorts, rsit_word)),
        (_("By how it came to light"), _rows(found.detections, detection_word)),
    ]


def _rows(counts: Sequence[Count], word: Callable[[str], str]) -> list[Row]:
    return [(word(each.code) if each.code else _("not filled in"), each.number) for each in counts]


def span(found: Span) -> tuple[str, str]:
    """The middle length, and over how many it is taken with the longest."""
    if found.middle is None or found.longest is None:
        return "–", _("no incident says both moments")
    over = ngettext("over %(n)d of %(of)d incident", "over %(n)d of %(of)d incidents", found.of) % {
        "n": found.number, "of": found.of,
    }  # fmt: skip
    return _length(found.middle), _("%(over)s; the longest %(longest)s") % {
        "over": over,
        "longest": _length(found.longest),
    }


def _length(length: timedelta) -> str:
    return span_words(length)


def terms(found: Year) -> list[tuple[str, str, Kept]]:
    """Each legal term with its article and how it was kept."""
    return [(rule_name(each.rule), article(each.rule), each) for each in found.terms]
