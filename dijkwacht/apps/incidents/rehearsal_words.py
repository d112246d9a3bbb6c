"""Rehearsals in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.incidents.models import Alert, IncidentState, Rehearsal
from dijkwacht.apps.incidents.overview_words import kept_word
from dijkwacht.apps.incidents.queries.rehearsals import AGAIN
from dijkwacht.apps.incidents.services.rehearsing import Ran
from dijkwacht.apps.incidents.term_words import rule_name
from dijkwacht.core.incident_statistics import Year
from dijkwacht.norms.read import incidents
from dijkwacht.web.moments import moment_words
from dijkwacht.web.term_row import span_words
from dijkwacht.web.terms import text_of


def played(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is played: the texts of the scenario where one was chosen, else one's own."""
    known = incidents().scenarios.get(data["scenario"])
    goal = data["goal"] or (text_of(known.goal) if known else "")
    if known is None:
        return {"title": data["title"], "what": data["what"], "goal": goal}
    return {"title": text_of(known.title), "what": text_of(known.what), "goal": goal, "scenario": known.id}


def list_answer(rows: Sequence[Rehearsal]) -> str:
    """When it was last rehearsed."""
    done = [each for each in rows if each.incident.state == IncidentState.CLOSED]
    if not done:
        return _("Not yet: no rehearsal was closed here.")
    return _("The last one that was closed began on %(moment)s.") % {"moment": moment_words(done[0].began_at)}


def answer(row: Rehearsal, *, at: datetime) -> str:
    """What its clock shows, and how far that is ahead."""
    if row.incident.state == IncidentState.CLOSED:
        return _("This exercise is over.")
    now = moment_words(row.moment(at))
    if not row.ahead:
        return _("The clock of this exercise shows %(now)s, as the real one does.") % {"now": now}
    return _("The clock of this exercise shows %(now)s: %(ahead)s ahead of the real one.") % {
        "now": now, "ahead": span_words(row.ahead),
    }  # fmt: skip


def warned(rows: Sequence[Alert]) -> list[tuple[Alert, str, str]]:
    """Who was warned, of which term, and how near its end."""
    marks = {"overdue": _("too late"), "started": _("began")}
    return [(each, rule_name(each.clock.rule), marks.get(each.mark, _("warning before the end"))) for each in rows]


def stop(code: str) -> str:
    """What happens at a moment to which the clock can run."""
    if code == AGAIN:
        return _("the weighing is asked for again")
    return rule_name(code) if code else _("something happens")


def ran(done: Ran) -> str:
    """The receipt of letting the clock run."""
    parts = []
    if done.events:
        parts.append(ngettext("%(n)d event happened", "%(n)d events happened", done.events) % {"n": done.events})
    if done.warnings:
        parts.append(
            ngettext("%(n)d warning went out", "%(n)d warnings went out", done.warnings) % {"n": done.warnings}
        )
    if done.receipts:
        parts.append(ngettext("%(n)d reply came in", "%(n)d replies came in", done.receipts) % {"n": done.receipts})
    if done.asked:
        parts.append(_("the weighing is asked for again"))
    said = ", ".join(parts) or _("nothing happened")
    return _("The clock ran on: %(what)s.") % {"what": said}


def report_answer(row: Rehearsal, found: Year) -> str:
    """What was in time, as a sentence."""
    said = kept_word(found)
    if row.incident.state != IncidentState.CLOSED:
        return _("So far: %(said)s. The exercise still runs.") % {"said": said}
    return _("In this exercise %(said)s.") % {"said": said}
