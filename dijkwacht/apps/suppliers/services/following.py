"""Findings at a supplier: found, changed, mended before another's eyes, accepted by who may, or open again."""

from datetime import date, datetime
from typing import Any

from dijkwacht.apps.people.models import Person
from dijkwacht.apps.suppliers.models import Finding, Proof, Severity, Supplier
from dijkwacht.apps.suppliers.services import telling
from dijkwacht.apps.suppliers.services.doing import Deed, Refused, doing
from dijkwacht.apps.suppliers.services.keeping import LONGEST_NOTE, here, make_direct, now, one_of, put, text
from dijkwacht.apps.suppliers.services.proving import may_judge
from dijkwacht.web.moments import day_of


def add_finding(
    supplier: Supplier, *, title: str, severity: str, due: date, owner: Person | None, found_on: date,
    person: Person | None, at: datetime, what: str = "", proof: Proof | None = None,
) -> Finding:  # fmt: skip
    """Something wrong, out of a proof or (without one) out of our own check; ``due``: the last day to mend it.

    Raises Refused (empty, too_long, odd, future, due_before, no_owner, another, gone), with the field.
    """
    told = _told(title, what, severity=severity, due=due, owner=owner, found_on=found_on, on=day_of(at))
    with doing(supplier.organisation, person=person, at=at) as deed:
        whose = now(supplier)
        _of(whose, proof)
        here(deed, told)
        changed = make_direct(deed, whose)
        row = Finding(organisation=supplier.organisation, supplier=whose, proof=proof, found_by=person, **told)
        row.hands = sorted(row.involved)
        row.save()
        _write(deed, "finding_added", row, changed, supplier=whose.name)
    return row


def change_finding(
    finding: Finding, *, title: str, severity: str, due: date, owner: Person | None, found_on: date,
    person: Person | None, at: datetime, what: str = "", proof: Proof | None = None,
) -> Finding:  # fmt: skip
    """What is known of an open finding now. Raises Refused as `add_finding` does, and closed."""
    told = _told(title, what, severity=severity, due=due, owner=owner, found_on=found_on, on=day_of(at))
    with doing(finding.organisation, person=person, at=at) as deed:
        row = _open(finding)
        _of(row.supplier, proof)
        here(deed, told, row)
        before = row.involved
        if changed := put(row, {**told, "proof": proof}):
            put(row, {"hands": sorted(before | row.involved | ({person.pk} if person else set()))})
            _write(deed, "finding_changed", row, changed=changed)
    return row


def mend(finding: Finding, *, how: str, person: Person, at: datetime) -> Finding:
    """Somebody who never owned or wrote it saw that it is mended, and how.

    Raises Refused (empty, too_long, four_eyes, closed).
    """
    said = text(how, "how", LONGEST_NOTE, needed=True)
    with doing(finding.organisation, person=person, at=at) as deed:
        row = _open(finding)
        if person.pk in row.involved:
            raise Refused("four_eyes")
        row.mended_on, row.mended_by, row.mended_how = day_of(at), person, said
        row.save(update_fields=["mended_on", "mended_by", "mended_how"])
        _write(deed, "finding_mended", row)
    return row


def accept(finding: Finding, *, because: str, person: Person, at: datetime) -> Finding:
    """It may stay so, and why. Raises Refused (empty, too_long, not_a_judge, closed)."""
    why = text(because, "because", LONGEST_NOTE, needed=True)
    with doing(finding.organisation, person=person, at=at) as deed:
        row = _open(finding)
        if not may_judge(person, row.organisation, on=day_of(at)):
            raise Refused("not_a_judge")
        row.accepted_on, row.accepted_by, row.accepted_because = day_of(at), person, why
        row.save(update_fields=["accepted_on", "accepted_by", "accepted_because"])
        _write(deed, "finding_accepted", row, because=why)
    return row


def reopen(finding: Finding, *, because: str, person: Person | None, at: datetime) -> Finding:
    """It was not mended, or may not stay so after all: somebody has to do something again. Raises Refused (empty, open)."""
    why = text(because, "because", LONGEST_NOTE, needed=True)
    with doing(finding.organisation, person=person, at=at) as deed:
        row = Finding.objects.get(pk=finding.pk)
        if row.open:
            raise Refused("still_open")
        nothing: dict[str, Any] = {
            "mended_on": None, "mended_by": None, "mended_how": "", "accepted_on": None, "accepted_by": None,
            "accepted_because": "",
        }  # fmt: skip
        put(row, nothing)
        _write(deed, "finding_reopened", row, because=why)
    return row


def late(finding: Finding, *, on: date) -> bool:
    """Whether it should have been mended by now."""
    return finding.open and finding.due < on


def _told(
    title: str, what: str, *, severity: str, due: date, owner: Person | None, found_on: date, on: date
) -> dict[str, Any]:
    if found_on > on:
        raise Refused("future", field="found_on")
    if due < found_on:
        raise Refused("due_before", field="due")
    if owner is None:
        raise Refused("no_owner", field="owner")
    return {
        "title": text(title, "title", 200, needed=True), "what": text(what, "what", LONGEST_NOTE),
        "severity": one_of(severity, "severity", Severity.values), "due": due, "owner": owner, "found_on": found_on,
    }  # fmt: skip


def _of(supplier: Supplier, proof: Proof | None) -> None:
    if proof is not None and proof.supplier_id != supplier.pk:
        raise Refused("another", field="proof")


def _open(finding: Finding) -> Finding:
    """The finding as it is now. Raises Refused (closed) when it was mended or accepted."""
    row = Finding.objects.get(pk=finding.pk)
    if not row.open:
        raise Refused("closed")
    return row


def _write(deed: Deed, act: str, row: Finding, changed_rows: list[Supplier] | None = None, **more: Any) -> None:
    """The entry in the trail, and what follows from it in the ledger."""
    deed.write(act, about=f"supplier:{row.supplier_id}", rows=[row, *(changed_rows or ())], name=row.title, **more)
    telling.settle(deed.organisation, at=deed.at, suppliers=[row.supplier_id])
