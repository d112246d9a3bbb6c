"""The legal terms of an incident as rows to show, each with where to do what it asks."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dijkwacht.apps.incidents.models import Incident, Report, ReportState
from dijkwacht.apps.incidents.services.terms import reckoned
from dijkwacht.apps.incidents.term_words import form_of_rule, running_row
from dijkwacht.core.clocks.follow import Running
from dijkwacht.norms.read import clocks
from dijkwacht.web.term_row import TermRow

GONE = ("never", "replaced")


def term_rows(incident: Incident, *, at: datetime, handles: bool) -> Sequence[TermRow]:
    """Every term that runs, waits or was met, what presses first; ``handles``: with where to write the report."""
    drafts, asked = dict[str, int](), dict[str, str]()
    for report in Report.objects.filter(incident=incident).exclude(state=ReportState.DROPPED):
        if report.state == ReportState.DRAFT:
            drafts[report.form] = report.pk
        if report.asked_by:
            asked[str(report.number)] = report.asked_by
    rows = []
    for each in reckoned(incident, at=at):
        if each.standing.state not in GONE:
            url, action = _do(incident, each, drafts) if handles else ("", "")
            about = asked.get(each.key, "") if each.key else ""
            rows.append(running_row(each, url=url, action=action, about=about))
    return sorted(rows, key=lambda row: (not row.presses, row.tone == "done", row.due is None, row.due or row.started))


def _do(incident: Incident, found: Running, drafts: dict[str, int]) -> tuple[str, str]:
    """The address and the words of what to do for this term; nothing where no report of ours ends it."""
    form, slug = form_of_rule(found.rule.id), incident.organisation.slug
    if form and form in drafts:
        return reverse("incidents:report_edit", args=[slug, drafts[form]]), _("Go on writing")
    if form and clocks().rules[found.rule.id].to != ("requester",):
        return f"{reverse('incidents:report_begin', args=[slug, incident.pk])}?soort={form}", _("Write this report")
    return "", ""
