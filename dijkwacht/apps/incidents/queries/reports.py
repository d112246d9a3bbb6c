"""Reports of an incident, with what each stage says otherwise; and what reached an organisation here."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from dijkwacht.apps.incidents.models import Delivery, Incident, Report, ReportState
from dijkwacht.apps.incidents.queries.attributes import attributes
from dijkwacht.apps.incidents.services.reports import INSIDE
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.reporting import Change, Form, FormField, changes, lacking, prefilled
from dijkwacht.norms.read import clocks, incidents


def reports_of(incident: Incident) -> Sequence[Report]:
    """Every report that was not dropped, in order, with who got it."""
    deliveries = Prefetch("deliveries", Delivery.objects.select_related("organisation", "by"))
    rows = Report.objects.filter(incident=incident).exclude(state=ReportState.DROPPED)
    return list(rows.select_related("incident", "made_by", "sent_by").prefetch_related(deliveries).order_by("pk"))


def form_known(report: Report) -> Form | None:
    """The form of a report; None when the packs no longer have it."""
    return incidents().forms.get(report.form)


def short_of(report: Report, form: Form) -> tuple[FormField, ...]:
    """What an article asks for and the report does not have."""
    return lacking(form, report.values)


def stage_before(report: Report) -> Report | None:
    """The last report under the same law that was sent before this one."""
    rows = Report.objects.filter(incident=report.incident, state=ReportState.SENT).exclude(pk=report.pk)
    if report.sent_at is not None:
        rows = rows.filter(sent_at__lte=report.sent_at, pk__lt=report.pk)
    same = [each for each in rows.order_by("sent_at", "pk") if _law(each) == _law(report) != ""]
    return same[-1] if same else None


def _law(report: Report) -> str:
    form = form_known(report)
    rule = clocks().rules.get(form.clock) if form else None
    return rule.law if rule else ""


def changes_since(report: Report, before: Report) -> tuple[Change, ...]:
    """What this report says otherwise than that one."""
    old, new = form_known(before), form_known(report)
    return changes(old, before.values, new, report.values) if old and new else ()


def differs(report: Report, *, at: datetime) -> dict[str, object]:
    """What the incident says now and the draft says otherwise, by field."""
    form = form_known(report)
    if form is None or report.state != ReportState.DRAFT:
        return {}
    known = prefilled(form, attributes(report.incident, at=at))
    return {name: value for name, value in known.items() if report.values.get(name) != value}


def readers() -> QuerySet[Organisation]:
    """Every CSIRT and supervisor that works with this installation."""
    return Organisation.objects.filter(kind__in=INSIDE.values()).order_by("name")


def received(organisation: Organisation) -> QuerySet[Delivery]:
    """What was sent to this organisation, newest first."""
    rows = Delivery.objects.filter(organisation=organisation, report__incident__exercise=False)
    return rows.select_related("report__incident__organisation", "seen_by").order_by("-at", "-pk")


def frozen_values(report: Report) -> dict[str, Any]:
    """What a sent report said when it was sent."""
    told = json.loads(bytes(report.frozen)) if report.frozen is not None else {}
    values = told.get("values", {})
    return values if isinstance(values, dict) else {}
