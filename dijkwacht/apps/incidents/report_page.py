"""What the pages of a report show: its lines, what changed, what lacks, and who got it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.adapters.incidents.shared import indicators
from dijkwacht.apps.incidents.forms.reports import ReportForm
from dijkwacht.apps.incidents.models import Delivery, Incident, Report, ReportState
from dijkwacht.apps.incidents.queries import reports as queries
from dijkwacht.apps.incidents.report_words import Part, parts, road, turned, value_words
from dijkwacht.apps.incidents.services.papers import copy_text
from dijkwacht.apps.incidents.services.reports import tenant
from dijkwacht.apps.incidents.term_words import form_name
from dijkwacht.apps.incidents.words import refusal
from dijkwacht.core.reporting import Form, Receivers
from dijkwacht.norms.read import clocks, incidents
from dijkwacht.web.moments import moment_words
from dijkwacht.web.terms import text_of

__all__ = [
    "edit_page",
    "listed",
    "receivers_page",
    "refusal",
    "reports_sentence",
    "sent_sentence",
    "shared_rows",
    "whole_page",
]


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in a list."""

    report: Report
    name: str
    sent: bool
    deliveries: Sequence[tuple[Delivery, str]]


def gone(rows: Iterable[Delivery]) -> list[tuple[Delivery, str]]:
    """Who got it, each with the road in words."""
    return [(each, road(each)) for each in rows]


def listed(report: Report) -> Listed:
    """A report with its name and who got it."""
    return Listed(report, named(report), report.state == ReportState.SENT, gone(report.deliveries.all()))


def named(report: Report) -> str:
    """What it is called: with its number when it is not the first."""
    name = form_name(report.form)
    return name if report.number == 1 else _("%(name)s, number %(n)s") % {"name": name, "n": report.number}


def reports_sentence(rows: Sequence[Report]) -> str:
    """How many went out and how many are still being written."""
    gone = sum(each.state == ReportState.SENT for each in rows)
    drafts = len(rows) - gone
    if not rows:
        return _("Nothing was reported yet.")
    told = [ngettext("%(n)s report was sent", "%(n)s reports were sent", gone) % {"n": gone}] if gone else []
    if drafts:
        told.append(ngettext("%(n)s is being written", "%(n)s are being written", drafts) % {"n": drafts})
    return f"{'; '.join(told)}."


def whole_page(report: Report, form: Form) -> dict[str, Any]:
    """The report section by section, what changed since the stage before, and the text to paste."""
    short, before = queries.short_of(report, form), queries.stage_before(report)
    changed = turned(form, queries.changes_since(report, before)) if before else []
    return {
        "report": report, "name": named(report), "sent": report.state == ReportState.SENT,
        "parts": parts(form, report.values, lacking=short), "short": len(short), "before": before,
        "before_name": named(before) if before else "",
        "turned": [each for each in changed if not each.fresh], "fresh": [each for each in changed if each.fresh],
        "doubt": text_of(form.uncertain), "source": form.source, "copy": copy_text(report),
        "deliveries": gone(report.deliveries.select_related("organisation", "seen_by", "by")),
        "answer": state_sentence(report, len(short)),
    }  # fmt: skip


def state_sentence(report: Report, short: int) -> str:
    """Where the report is, in a sentence."""
    if report.state == ReportState.SENT and report.sent_at is not None:
        names = ", ".join(report.deliveries.values_list("name", flat=True)) or "–"
        return _("Sent on %(at)s to %(who)s.") % {"at": moment_words(report.sent_at), "who": names}
    if short:
        return ngettext(
            "Not sent yet. %(n)s field that an article asks for is empty.",
            "Not sent yet. %(n)s fields that an article asks for are empty.",
            short,
        ) % {"n": short}
    return _("Not sent yet. Everything that an article asks for is filled in.")


def edit_page(report: Report, shape: Form, form: ReportForm, *, at: datetime) -> dict[str, Any]:
    """The form by section, each field with its article, and what the incident says otherwise by now."""
    fields = {each.id: each for each in shape.fields}
    sections = [
        (text_of(part.name), [(form[each.id], each.required_by) for each in part.fields]) for part in shape.sections
    ]
    otherwise = [
        (text_of(fields[name].label), value_words(fields[name], value))
        for name, value in queries.differs(report, at=at).items()
    ]
    rule = clocks().rules.get(shape.clock)
    return {
        "report": report, "name": named(report), "form": form, "sections": sections, "otherwise": otherwise,
        "doubt": text_of(shape.uncertain), "source": shape.source, "rule": text_of(rule.name) if rule else "",
        "answer": state_sentence(report, len(queries.short_of(report, shape))),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class To:
    """A receiver: its name, in which capacity, its channels, what is doubtful, and whether it reads along here."""

    name: str
    capacity: str
    channels: Sequence[tuple[str, str]]
    doubts: Sequence[str]
    here: bool


def receivers_page(to: Receivers) -> dict[str, Any]:
    """Who must get it by law, and for which roles nobody is named."""
    parties, roles = clocks().parties, incidents().roles
    return {
        "to": [
            To(
                text_of(each.party.name), text_of(parties.get(each.as_what)) or each.as_what,
                [(channel.address, text_of(channel.what)) for channel in each.party.channels],
                [text_of(doubt) for doubt in each.doubts], tenant(each.as_what, each.party.id) is not None,
            )
            for each in to.found
        ],
        "missing": [
            _("The packs name nobody as %(what)s for %(role)s on this day. Find out who it is.")
            % {"what": text_of(parties.get(what)) or what, "role": text_of(roles.get(role)) or role}
            for what, role in to.missing
        ],
    }  # fmt: skip


def sent_sentence(report: Report) -> str:
    """The receipt of a sending."""
    report.refresh_from_db()
    names = ", ".join(report.deliveries.values_list("name", flat=True))
    moment = moment_words(report.sent_at) if report.sent_at else ""
    if report.incident.exercise:
        return _("Exercise: recorded as sent on %(at)s to %(who)s. Nobody received anything.") % {
            "at": moment,
            "who": names,
        }
    return _("Recorded: sent on %(at)s to %(who)s. Note the receipt when it comes.") % {"at": moment, "who": names}


def shared_rows(incident: Incident) -> dict[str, Any]:
    """What a file for others would hold."""
    try:
        found = indicators(incident.indicators)
    except ValueError:
        return {"many": True}
    return {"indicators": found, "text": incident.what, "plain": sum(each.kind == "text" for each in found)}


def delivery_parts(delivery: Delivery) -> list[Part]:
    """What was sent, as it was, section by section; nothing when the packs no longer have the form."""
    form = incidents().forms.get(delivery.report.form)
    return parts(form, queries.frozen_values(delivery.report)) if form else []
