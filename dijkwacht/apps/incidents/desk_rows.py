"""Rows of the desk's pages: incidents with what presses, and the terms of one with where to do what they ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dijkwacht.apps.incidents.models import Clock, ClockState, Incident, ReportState
from dijkwacht.apps.incidents.queries.desk import last_weighings, next_terms, to_weigh
from dijkwacht.apps.incidents.services.terms import AUDIENCES, HELD, reckoned, with_events
from dijkwacht.apps.incidents.term_words import form_of_rule, running_row, term_row
from dijkwacht.core.clocks import Running
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
class ToDo:
    """A term that runs, with what to do for it, in words; ``loud``: the first of them, which is done first."""

    row: TermRow
    action: str
    loud: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an incident as they stand: first due first, those that may still come, those that are over."""

    running: Sequence[ToDo]
    waiting: Sequence[TermRow]
    past: Sequence[TermRow]

    @property
    def rows(self) -> list[TermRow]:
        """Those that run, as rows."""
        return [each.row for each in self.running]

    @property
    def held(self) -> list[TermRow]:
        """All but those that no longer hold."""
        return [*self.rows, *self.waiting, *(each for each in self.past if each.done)]


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


def terms_of(incident: Incident, *, at: datetime, handles: bool) -> Terms:
    """The terms of one incident as they stand at that moment, also when `tick` has not come by yet.

    ``handles``: each that runs with where to do what it asks.
    """
    with_events([incident])
    kept = list(Clock.objects.filter(incident=incident).order_by("due_at", "pk"))
    found = sorted(reckoned(incident, at=at), key=lambda each: (each.due.due is None, each.due.due or each.due.start))
    running = [each for each in found if each.standing.state in HELD]
    done = [each for each in found if each.standing.state.startswith("done")]
    met_by = {(row.rule, row.key): row.met_by_id for row in kept if row.state == ClockState.MET}
    return Terms(
        running=_to_do(incident, running) if handles else [ToDo(_plain(incident, each), "", False) for each in running],
        waiting=[running_row(each) for each in found if each.standing.state == "waiting"],
        past=[
            *(running_row(each, url=_report(incident, met_by.get((each.rule.id, each.key)))) for each in done),
            *(term_row(row, at=at) for row in kept if row.state == ClockState.VOID),
        ],
    )


def _plain(incident: Incident, found: Running, url: str = "") -> TermRow:
    """A term that runs; of a request, who asked."""
    asked = (each.asked_by for each in incident.reports.all() if found.key == str(each.number) and each.asked_at)
    return running_row(found, url=url, about=next(asked, ""))


def _to_do(incident: Incident, running: Iterable[Running]) -> list[ToDo]:
    rows: list[ToDo] = []
    for each in running:
        url, action = _where(incident, each)
        rows.append(ToDo(_plain(incident, each, url), action, bool(action) and not any(row.loud for row in rows)))
    return rows


def _where(incident: Incident, found: Running) -> tuple[str, str]:
    """Where to do what a term asks, and what the button says; nothing where no act of ours ends it."""
    slug, rule = incident.organisation.slug, found.rule
    audience = next((name for name, event in AUDIENCES.items() if event in rule.ends_on), "")
    if audience:
        url = reverse("incidents:message_add", args=[slug, incident.pk])
        return f"{url}?voor={audience}", _("Note that they were told")
    form = form_of_rule(rule.id)
    drafts = (each for each in incident.reports.all() if each.form == form and each.state == ReportState.DRAFT)
    if form and (draft := next(drafts, None)) is not None:
        return reverse("incidents:report_edit", args=[slug, draft.pk]), _("Go on writing")
    if form and clocks().rules[rule.id].to != ("requester",):
        return f"{reverse('incidents:report_begin', args=[slug, incident.pk])}?soort={form}", _("Write this report")
    return "", ""


def _report(incident: Incident, number: int | None) -> str:
    """The address of the report that ended a term, if one did."""
    return address("incidents:report", organisation=incident.organisation.slug, pk=str(number)) if number else ""
