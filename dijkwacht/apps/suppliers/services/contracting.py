"""Contracts with suppliers: added, changed, ended. ``until`` is the first day after."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from dijkwacht.apps.people.models import Person
from dijkwacht.apps.suppliers.models import Chain, Contract, Processing, Service, Supplier, Terms
from dijkwacht.apps.suppliers.services import telling
from dijkwacht.apps.suppliers.services.doing import Deed, Refused, doing
from dijkwacht.apps.suppliers.services.keeping import (
    LONGEST_NOTE,
    answers,
    end_rows,
    here,
    make_direct,
    now,
    one_of,
    own,
    put,
    text,
    whole,
)
from dijkwacht.web.moments import day_of

CLAUSES = (
    "security_requirements", "assurance_clause", "audit_right", "transparency", "exit", "flow_down", "termination_grounds",
    "dependency_weighed",
)  # fmt: skip
MOST_MONTHS = 240
_FIELDS = frozenset(
    ("number", "notice_months", "renews", *CLAUSES, "terms", "subcontractors", "processing", "processing_signed_on", "file",
     "owner", "note")
)  # fmt: skip


def add_contract(
    supplier: Supplier, *, title: str, starts_on: date, person: Person | None, at: datetime, until: date | None = None,
    services: Collection[Service] = (), **more: Any,
) -> Contract:  # fmt: skip
    """What was agreed. ``more``: other columns of `Contract`, by name.

    Raises Refused (empty, too_long, odd, period, future, another, gone).
    """
    told = _told(title, starts_on, until, at, more)
    with doing(supplier.organisation, person=person, at=at) as deed:
        whose = now(supplier)
        here(deed, told)
        changed = make_direct(deed, whose)
        under = _services(whose, services)
        row = Contract.objects.create(
            organisation=supplier.organisation, supplier=whose, added_by=person, added_at=at, **_ours(deed, told)
        )
        row.services.set(under)
        deed.write(
            "contract_added", about=f"contract:{row.pk}", rows=[row, *changed], name=row.title, supplier=whose.name
        )
        telling.settle(supplier.organisation, at=at, suppliers=[whose.pk])
    return row


def change_contract(
    contract: Contract, *, title: str, starts_on: date, person: Person | None, at: datetime, until: date | None = None,
    services: Collection[Service] = (), **more: Any,
) -> Contract:  # fmt: skip
    """What is known of a contract now. Columns that are not named stay. Raises Refused as `add_contract` does."""
    told = _told(title, starts_on, until, at, more)
    with doing(contract.organisation, person=person, at=at) as deed:
        row = now(contract)
        here(deed, told, row)
        under = _services(row.supplier, services, kept=row)
        changed = put(row, _ours(deed, told))
        if {each.pk for each in under} != set(row.services.values_list("pk", flat=True)):
            row.services.set(under)
            changed.append("services")
        if changed:
            deed.write("contract_changed", about=f"contract:{row.pk}", rows=[row], name=row.title, changed=changed)
            telling.settle(contract.organisation, at=at, suppliers=[row.supplier_id])
    return row


def end_contract(contract: Contract, *, person: Person | None, at: datetime, because: str = "") -> Contract:
    """It stopped before its end, or was never what it seemed: from today it does not count. Raises Refused (gone)."""
    with doing(contract.organisation, person=person, at=at) as deed:
        (row,) = end_rows([now(contract)], day_of(at))
        told = {"name": row.title, "because": text(because, "because", 300)}
        deed.write("contract_ended", about=f"contract:{row.pk}", rows=[row], **told)
        telling.settle(contract.organisation, at=at, suppliers=[row.supplier_id])
    return row


def _told(title: str, starts_on: date, until: date | None, at: datetime, more: dict[str, Any]) -> dict[str, Any]:
    """What a contract says, checked. Raises Refused, and TypeError on a column that there is not."""
    if unknown := set(more) - _FIELDS:
        raise TypeError(f"no column of a contract: {', '.join(sorted(unknown))}")
    if until is not None and until <= starts_on:
        raise Refused("period", field="last_day")
    signed = more.get("processing_signed_on")
    if signed is not None and signed > day_of(at):
        raise Refused("future", field="processing_signed_on")
    if signed is not None and more.get("processing") != Processing.SIGNED:
        raise Refused("not_signed", field="processing")
    codes: dict[str, Collection[str]] = {
        "terms": Terms.values, "subcontractors": ("", *Chain.values), "processing": Processing.values,
    }  # fmt: skip
    told: dict[str, Any] = {"title": text(title, "title", 200, needed=True), "starts_on": starts_on, "until": until}
    told |= {name: more[name] for name in ("file", "owner", "processing_signed_on") if name in more}
    told |= {
        name: text(more[name], name, most) for name, most in (("number", 80), ("note", LONGEST_NOTE)) if name in more
    }
    told |= {name: one_of(more[name], name, known) for name, known in codes.items() if name in more}
    if "notice_months" in more:
        told["notice_months"] = whole(more["notice_months"], "notice_months", MOST_MONTHS)
    return told | answers(more, ("renews", *CLAUSES))


def _ours(deed: Deed, told: dict[str, Any]) -> dict[str, Any]:
    own(told.get("file"), deed.organisation, "file")
    return told


def _services(supplier: Supplier, services: Collection[Service], *, kept: Contract | None = None) -> list[Service]:
    """The services that a contract is about: of this supplier, and running or already under it. Raises Refused (another)."""
    before = set() if kept is None else set(kept.services.values_list("pk", flat=True))
    for each in services:
        if each.supplier_id != supplier.pk or (each.ended_on is not None and each.pk not in before):
            raise Refused("another", field="services")
    return list(services)
