"""Rows of the desk's pages: incidents with what presses, and the terms of one with where to do what they ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dijkwacht.apps.incidents.models import Clock, Incident, ReportState
from dijkwacht.apps.incidents.queries.desk import Whole, last_weighings, next_terms, to_weigh
from dijkwacht.apps.incidents.services.terms import AUDIENCES
from dijkwacht.apps.incidents.term_words import form_of_rule, term_row
from dijkwacht.norms.read import clocks
from dijkwacht.web.context import address
from dijkwacht.web.term_row import TermRow


@dataclass(frozen=True, slots=True)
class Listed:
    """An incident in a list: the duty that falls due first, and whether it must be weighed."""

    incident: Incident
    term: TermRow | None
    weigh: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an incident as they stand: first due first, those that may still come, those that are over."""

    running: Sequence[TermRow]
    waiting: Sequence[TermRow]
    past: Sequence[TermRow]


def listed(found: Iterable[Incident], *, at: datetime) -> list[Listed]:
    """Rows for incidents, in the order given; two queries for all of them."""
    rows = list(found)
    terms, weighed = next_terms(rows), last_weighings(rows)
    return [
        Listed(
            each,
            term_row(terms[each.pk], at=at) if each.pk in terms else None,
            to_weigh(each, weighed.get(each.pk)),
        )
        for each in rows
    ]


def terms_of(found: Whole, *, at: datetime, handles: bool) -> Terms:
    """The terms of one incident; for who handles it each with where to do what it asks. No query."""
    return Terms(
        running=[_running(row, found, at=at, handles=handles) for row in found.running],
        waiting=[term_row(row, at=at) for row in found.waiting],
        past=[term_row(row, at=at, url=_met_url(row, found)) for row in found.past],
    )


def _running(row: Clock, found: Whole, *, at: datetime, handles: bool) -> TermRow:
    about = next(
        (each.asked_by for each in found.reports if row.key and row.key == str(each.number) and each.asked_at), ""
    )
    if not handles:
        return term_row(row, at=at, about=about)
    url, action = _to_do(row, found)
    return term_row(row, at=at, url=url, action=action if url else "", about=about)


def _to_do(row: Clock, found: Whole) -> tuple[str, str]:
    """Where to do what a term asks, and what the button says."""
    slug, pk = found.incident.organisation.slug, found.incident.pk
    ends = clocks().rules[row.rule].ends_on if row.rule in clocks().rules else ()
    audience = next((name for name, event in AUDIENCES.items() if event in ends), "")
    if audience:
        return f"{reverse('incidents:message_add', args=[slug, pk])}?voor={audience}", _("Note that they were told")
    form = form_of_rule(row.rule)
    if not form:
        return "", ""
    draft = next((each for each in found.reports if each.form == form and each.state == ReportState.DRAFT), None)
    if draft is not None:
        return address("incidents:report_edit", organisation=slug, pk=str(draft.pk)), _("Go on writing")
    return f"{address('incidents:report_begin', organisation=slug, pk=str(pk))}?soort={form}", _("Write this report")


def _met_url(row: Clock, found: Whole) -> str:
    if row.met_by_id is None:
        return ""
    return address("incidents:report", organisation=found.incident.organisation.slug, pk=str(row.met_by_id))
