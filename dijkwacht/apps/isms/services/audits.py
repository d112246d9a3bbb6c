"""Internal audits: a programme, findings with a term, and who did not judge his own work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dijkwacht.apps.isms.models import Audit, AuditKind, Finding
from dijkwacht.apps.isms.services.doing import Refused, doing
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class AuditText:
    """What is filled in about an audit."""

    title: str
    planned_on: date
    auditor: str
    kind: str = AuditKind.INTERNAL
    scope: str = ""
    requirements: tuple[str, ...] = ()


def plan_audit(organisation: Organisation, *, text: AuditText, person: Person, on: date, at: datetime) -> Audit:
    """Puts an audit in the programme. Raises Refused (requirement)."""
    if any(name not in packs_on(on).norms.requirements for name in text.requirements):
        raise Refused("requirement")
    with doing(organisation, person=person, on=on, at=at) as deed:
        audit = Audit.objects.create(
            organisation=organisation, title=text.title, kind=text.kind, scope=text.scope, auditor=text.auditor,
            requirements=list(text.requirements), planned_on=text.planned_on,
        )  # fmt: skip
        deed.write(
            "audit_planned", about=f"audit:{audit.pk}", rows=[audit], title=text.title, kind=text.kind,
            planned_on=text.planned_on, auditor=text.auditor, requirements=list(text.requirements),
        )  # fmt: skip
    return audit


def cancel_audit(audit: Audit, *, person: Person, on: date, at: datetime) -> None:
    """It will not be held. Raises Refused (closed)."""
    with doing(audit.organisation, person=person, on=on, at=at) as deed:
        _open(audit)
        audit.cancelled_on = on
        audit.save(update_fields=["cancelled_on"])
        deed.write("audit_cancelled", about=f"audit:{audit.pk}", rows=[audit], title=audit.title)


def adopt_programme(organisation: Organisation, *, person: Person, on: date, at: datetime) -> int:
    """The programme as it stands is adopted; returns how many verdicts turned. Raises Refused (empty)."""
    rows = Audit.objects.filter(organisation=organisation, finished_on__isnull=True, cancelled_on__isnull=True)
    if not rows.exists():
        raise Refused("empty")
    with doing(organisation, person=person, on=on, at=at) as deed:
        adopted = list(rows.order_by("pk"))
        numbers = [each.pk for each in adopted]
        rows.update(adopted_on=on)
        deed.settle([deed.fact("programme_adopted", on)])
        deed.write("programme_adopted", about="audits", rows=adopted, audits=len(numbers), ids=numbers)
    return len(deed.changes)


def add_finding(
    audit: Audit,
    *,
    severity: str,
    text: str,
    due: date,
    person: Person,
    on: date,
    at: datetime,
    requirement: str = "",
) -> Finding:
    """The auditor notes what he found. Raises Refused (closed, requirement)."""
    if requirement and requirement not in packs_on(on).norms.requirements:
        raise Refused("requirement")
    with doing(audit.organisation, person=person, on=on, at=at) as deed:
        _open(audit)
        found = Finding.objects.create(
            audit=audit, severity=severity, requirement=requirement, text=text, due=due, found_on=on, found_by=person
        )
        deed.write(
            "finding_added", about=f"audit:{audit.pk}", rows=[found], finding=found.pk, severity=severity,
            requirement=requirement, text=text, due=due,
        )  # fmt: skip
    return found


def close_finding(finding: Finding, *, reason: str, cause: str, person: Person, on: date, at: datetime) -> Finding:
    """The auditor is satisfied: the cause was found and taken away. Raises Refused (closed, open_actions)."""
    with doing(finding.audit.organisation, person=person, on=on, at=at) as deed:
        if finding.actions.filter(done_on__isnull=True, dropped_on__isnull=True).exists():
            raise Refused("open_actions")
        rows = Finding.objects.filter(pk=finding.pk, closed_on__isnull=True)
        if not rows.update(closed_on=on, closed_by=person, closed_because=reason, cause=cause):
            raise Refused("closed")
        finding.refresh_from_db()
        about = f"audit:{finding.audit_id}"
        deed.write("finding_closed", about=about, rows=[finding], finding=finding.pk, reason=reason, cause=cause)
    return finding


def finish_audit(audit: Audit, *, conclusion: str, independent: bool, person: Person, on: date, at: datetime) -> int:
    """The audit is done: a fact established by the auditor. Returns how many verdicts turned. Raises Refused (closed)."""
    with doing(audit.organisation, person=person, on=on, at=at) as deed:
        _open(audit)
        audit.finished_on, audit.finished_by = on, person
        audit.conclusion, audit.independent = conclusion, independent
        audit.save(update_fields=["finished_on", "finished_by", "conclusion", "independent"])
        said: Sequence[tuple[str, date | bool]] = [("audit_finished", on), ("audit_independent", independent)]
        if audit.kind == AuditKind.INTERNAL:
            deed.settle([deed.fact(name, value, audit=True) for name, value in said])
        found = audit.findings.count()
        deed.write(
            "audit_finished", about=f"audit:{audit.pk}", rows=[audit], conclusion=conclusion, independent=independent,
            findings=found,
        )  # fmt: skip
    return len(deed.changes)


def _open(audit: Audit) -> None:
    if not Audit.objects.filter(pk=audit.pk, finished_on__isnull=True, cancelled_on__isnull=True).exists():
        raise Refused("closed")
