"""What an incident says for a form: the attributes that `norms/incidents/forms` names, as far as they are known."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from dijkwacht.apps.incidents.models import (
    Answer,
    Delivery,
    DutyRole,
    EntityRole,
    Hit,
    Incident,
    Message,
    Registration,
    Report,
    ReportState,
    Weighing,
)
from dijkwacht.apps.incidents.queries.duty import on_duty
from dijkwacht.core import chain
from dijkwacht.norms.read import incidents
from dijkwacht.web.moments import day_of

ANSWERS = {Answer.YES: "yes", Answer.NO: "no"}


def attributes(incident: Incident, *, at: datetime) -> Mapping[str, Any]:
    """By name; what was said in an earlier report counts where the incident itself is silent. Moments as ISO texts."""
    own = {
        **_of_organisation(incident, at=at), **_of_reporter(incident, at=at), **_of_incident(incident),
        **_of_handling(incident),
    }  # fmt: skip
    known = {name: value for name, value in own.items() if value not in (None, "", [])}
    plain: Mapping[str, Any] = chain.plain({**_of_earlier(incident), **known})
    return plain


def _of_earlier(incident: Incident) -> dict[str, Any]:
    """What earlier reports of this incident said, the last one first believed."""
    found: dict[str, Any] = {}
    forms = incidents().forms
    for report in Report.objects.filter(incident=incident, state=ReportState.SENT).order_by("sent_at", "pk"):
        for each in forms[report.form].fields if report.form in forms else ():
            if each.from_attribute and report.values.get(each.id) not in (None, ""):
                found[each.from_attribute] = report.values[each.id]
    return found


def _of_organisation(incident: Incident, *, at: datetime) -> dict[str, Any]:
    organisation = incident.organisation
    told = Registration.objects.filter(organisation=organisation).first()
    values = told.values if told else {}
    roles = EntityRole.objects.filter(organisation=organisation, since__lte=day_of(at)).exclude(until__lte=day_of(at))
    others = [row.role for row in roles if row.role not in ("government", "joint_body", "controller")]
    names = incidents().roles
    return {
        "organisation_name": organisation.name, "organisation_number": organisation.tooi_code,
        "organisation_address": values.get("address"), "organisation_sector": values.get("sector"),
        "other_sectors": ", ".join(names[each]["nl"] for each in others if each in names),
    }  # fmt: skip


def _of_reporter(incident: Incident, *, at: datetime) -> dict[str, Any]:
    reporters = [row for row in on_duty(incident.organisation, on=day_of(at)) if row.role == DutyRole.REPORTER]
    if not reporters:
        return {}
    first = reporters[0]
    contact = ", ".join(part for part in (str(first.person), first.phone, first.person.email) if part)
    return {
        "reporter_name": str(first.person), "reporter_mail": first.person.email, "reporter_phone": first.phone,
        "officer_contact": contact,
    }  # fmt: skip


def _of_incident(incident: Incident) -> dict[str, Any]:
    return {
        "title": incident.title, "summary": incident.what, "consequences": incident.effects,
        "measures_taken": incident.measures, "root_cause": incident.root_cause, "indicators": incident.indicators,
        "started_at": incident.began_at, "discovered_at": incident.noticed_at or incident.known_at,
        "known_at": incident.significant_at or incident.known_at, "over_at": incident.recovered_at,
        "recovery_expected_at": incident.recovery_expected_at, "malicious": incident.unlawful,
        "cross_border": incident.cross_border, "cross_border_facts": incident.cross_border_text,
        "rsit_type": incident.rsit, "cause": incident.cause, "people_hit": incident.people_hit,
        "records_count": incident.records_hit, "data_breach": ANSWERS.get(Answer(incident.personal_data)),
        "status": str(incident.get_state_display()),
    }  # fmt: skip


def _of_handling(incident: Incident) -> dict[str, Any]:
    weighed = Weighing.objects.filter(incident=incident).order_by("-at", "-pk").first()
    hits = list(Hit.objects.filter(incident=incident).select_related("subject"))
    receipts = Delivery.objects.filter(report__incident=incident).exclude(receipt="").order_by("-receipt_at")
    told = set(Message.objects.filter(incident=incident).exclude(audience="").values_list("audience", flat=True))
    return {
        "voluntary": "no" if incident.significant_at else "yes",
        "significance": _why(weighed),
        "services": _names(each for each in hits if each.subject.kind == "process"),
        "systems": _names(each for each in hits if each.subject.kind != "process"),
        "reference": receipts.values_list("receipt", flat=True).first(),
        "recipients_informed": "yes" if "recipients" in told else "no",
        "subjects_informed": "yes" if "persons" in told else "no",
    }  # fmt: skip


def _names(hits: Iterable[Hit]) -> str:
    return ", ".join(dict.fromkeys(each.subject.name for each in hits))


def _why(weighed: Weighing | None) -> str:
    """The thresholds that were reached, by their Dutch names: the authority reads Dutch."""
    if weighed is None:
        return ""
    names = {each.id: each.name["nl"] for each in incidents().significance.thresholds}
    reached = [
        names[each["threshold"]]
        for each in weighed.reasons
        if each["code"].endswith("reached") and not each["code"].endswith("not_reached") and each["threshold"] in names
    ]
    return "; ".join(dict.fromkeys(reached)) or weighed.because
