"""A report as a file, and an incident for others: gathered here, written by `adapters/incidents`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from dijkwacht.adapters.incidents import misp, paper, stix
from dijkwacht.adapters.incidents.shared import TLPS, Shared, Tlp, indicators
from dijkwacht.apps.incidents.models import Incident, Report, ReportState
from dijkwacht.apps.incidents.report_words import Part, parts, road, whole
from dijkwacht.apps.incidents.services.doing import Refused
from dijkwacht.apps.incidents.services.reports import form_of, frozen
from dijkwacht.apps.incidents.term_words import form_name
from dijkwacht.core.reporting import lacking
from dijkwacht.norms.read import incidents
from dijkwacht.web.moments import local, moment_words
from dijkwacht.web.terms import text_of

LANGUAGE = "nl"
"""Reports go to Dutch authorities, whatever language the page has."""
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name, what it is, and its bytes."""

    name: str
    media_type: str
    content: bytes


def as_json(report: Report) -> Made:
    """What was sent, to the byte; of a draft what would be sent now."""
    sent = bytes(report.frozen) if report.frozen is not None else frozen(report, sent_at=report.sent_at)
    return Made(_named(report, "json"), JSON, sent)


def as_text(report: Report) -> Made:
    """The whole report as plain text."""
    return Made(_named(report, "txt"), "text/plain; charset=utf-8", copy_text(report).encode())


def as_pdf(report: Report, *, at: datetime) -> Made:
    """The report on paper, with the JSON inside. Raises Refused (form)."""
    with translation.override(LANGUAGE):
        made = _paper(report, at=at)
    return Made(_named(report, "pdf"), "application/pdf", paper.write(made, json=as_json(report).content))


def copy_text(report: Report) -> str:
    """The whole report to paste, in the language of the authority. Raises Refused (form)."""
    with translation.override(LANGUAGE):
        return whole(report, _parts(report), name=form_name(report.form))


def _parts(report: Report) -> list[Part]:
    form = form_of(report.form)
    return parts(form, report.values, lacking=lacking(form, report.values))


def _named(report: Report, ending: str) -> str:
    return f"{report.incident.organisation.slug}-{report.incident.name}-{report.form}-{report.number}.{ending}"


def _paper(report: Report, *, at: datetime) -> paper.Paper:
    incident, form = report.incident, form_of(report.form)
    sent = report.state == ReportState.SENT and report.sent_at is not None
    warning = [_("EXERCISE")] if incident.exercise else []
    warning += [] if sent else [_("DRAFT, not sent")]
    sections = [
        paper.Section(each.name, [(one.label, one.article, one.value) for one in each.lines]) for each in _parts(report)
    ]
    return paper.Paper(
        title=text_of(form.name), organisation=incident.organisation.name, language=LANGUAGE,
        at=(report.sent_at or at).astimezone(UTC).replace(microsecond=0),
        facts=_facts(report), sections=sections, labels=_labels(),
        sent=_receipts(report), sent_heads=(_("Receiver"), _("Road and moment"), _("Receipt")),
        doubts=[text_of(form.uncertain)] if form.uncertain else [],
        marks=f"{incident.name}{f' · SHA-256 {report.digest[:32]}…' if report.digest else ''}",
        warning=" · ".join(warning), secret=_("Confidential"),
    )  # fmt: skip


def _facts(report: Report) -> list[tuple[str, str]]:
    incident = report.incident
    facts = [(_("Incident"), f"{incident.name} {incident.title}"), (_("Organisation"), incident.organisation.name)]
    if report.sent_at is not None:
        facts.append((_("Sent"), f"{moment_words(report.sent_at)}, {report.sent_by or '–'}"))
    if report.asked_by and report.asked_at:
        facts.append((_("Asked"), f"{moment_words(report.asked_at)}, {report.asked_by}"))
    if report.voluntary:
        facts.append((_("Kind"), _("Voluntary report")))
    return facts


def _labels() -> paper.Labels:
    return paper.Labels(
        page=_("page {page} of {pages}"), asked=_("Asked for"), filled=_("Filled in"), article=_("Article"),
        sent=_("Sent to"), file=_("This report as data"), doubt=_("Not certain"),
    )  # fmt: skip


def _receipts(report: Report) -> Sequence[tuple[str, str, str]]:
    rows = report.deliveries.select_related("organisation") if report.state == ReportState.SENT else ()
    return [(each.name, f"{road(each)}, {moment_words(each.at)}", each.receipt or "–") for each in rows]


def as_misp(incident: Incident, *, tlp: str, at: datetime) -> Made:
    """The incident as a MISP event. Raises Refused (tlp, indicators)."""
    return Made(f"{incident.organisation.slug}-{incident.name}-misp.json", JSON, misp.event(_shared(incident, tlp, at)))


def as_stix(incident: Incident, *, tlp: str, at: datetime) -> Made:
    """The incident as a STIX 2.1 bundle. Raises Refused (tlp, indicators)."""
    made = stix.bundle(_shared(incident, tlp, at))
    return Made(f"{incident.organisation.slug}-{incident.name}-stix.json", "application/stix+json;version=2.1", made)


def _shared(incident: Incident, tlp: str, at: datetime) -> Shared:
    label: Tlp | None = next((each for each in TLPS if each == tlp), None)
    if label is None:
        raise Refused("tlp", field="tlp")
    try:
        found = indicators(incident.indicators)
    except ValueError:
        raise Refused("indicators", field="indicators") from None
    group, _slash, kind = incident.rsit.partition("/")
    return Shared(
        organisation=incident.organisation.name, organisation_key=incident.organisation.slug, key=incident.name,
        title=incident.title, text=incident.what, began_at=local(incident.began_at or incident.known_at),
        told_at=incident.told_at, at=at, tlp=label, exercise=incident.exercise, open=incident.open,
        significant=incident.significant_at is not None, rsit=incident.rsit,
        rsit_tag=incidents().taxonomy.tag(group, kind) if kind else "", indicators=found,
    )  # fmt: skip
