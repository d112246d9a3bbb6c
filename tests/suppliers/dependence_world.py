"""Rows of registers of suppliers, made directly and few at a time, for tests of what stops."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation, Share
from dijkwacht.apps.suppliers.models import Service, SubSupplier, Supplier, Use

SINCE = date(2026, 1, 1)
_numbers = count(1)


def subject(organisation: Organisation, name: str, kind: str = "process") -> Subject:
    """A process or system; the same again when it is there already."""
    found = Subject.objects.filter(organisation=organisation, kind=kind, name=name).first()
    return found or Subject.objects.create(
        organisation=organisation, kind=kind, key=f"x-{next(_numbers)}", name=name, recorded_at=SINCE
    )


def supplier(organisation: Organisation, name: str, kvk: str = "", **fields: Any) -> Supplier:
    """A supplier, the same again when this register has it already."""
    found = Supplier.objects.filter(organisation=organisation, name=name, kvk=kvk).first()
    return found or Supplier.objects.create(organisation=organisation, name=name, kvk=kvk, added_on=SINCE, **fields)


def service(of: Supplier, name: str = "Dienst", **fields: Any) -> Service:
    """A service of a supplier."""
    what = Subject.objects.create(
        organisation=of.organisation, kind="service", key=f"d-{next(_numbers)}", name=name, recorded_at=SINCE
    )
    return Service.objects.create(
        organisation=of.organisation, supplier=of, subject=what, name=name, added_on=SINCE, **fields
    )


def use(of: Service, by: str, hours: int | None = 0, group: str = "", **fields: Any) -> Use:
    """A process that leans on a service."""
    who = subject(of.organisation, by)
    return Use.objects.create(service=of, subject=who, hours=hours, group=group, **{"since": SINCE, **fields})


def link(of: Supplier | Service, on: Supplier, hours: int | None = 0, group: str = "", **fields: Any) -> SubSupplier:
    """A supplier, or one service of it, that leans on another."""
    whose, what = (of.supplier, of) if isinstance(of, Service) else (of, None)
    return SubSupplier.objects.create(
        organisation=on.organisation, supplier=whose, service=what, on=on, hours=hours, group=group,
        **{"since": SINCE, **fields},
    )  # fmt: skip


def shares(owner: Organisation, recipient: Organisation, **fields: Any) -> Share:
    """A register that is shared since the start of the year."""
    given = {
        "kind": "suppliers",
        "what": "suppliers",
        "valid_from": SINCE,
        "granted_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return Share.objects.create(owner=owner, recipient=recipient, **{**given, **fields})
