"""Suppliers and what they deliver: added, changed, ended. Each is one deed; what a verdict needs goes to the ledger with it.

A supplier that is only known further down the chain has no subject in the ledger until we have dealings with it.
"""

import re
from datetime import datetime
from typing import Any

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import Contract, Service, ServiceKind, SubSupplier, Supplier, Use
from dijkwacht.apps.suppliers.queries.register import free_subjects
from dijkwacht.apps.suppliers.services import adopting, telling
from dijkwacht.apps.suppliers.services.doing import Refused, doing
from dijkwacht.apps.suppliers.services.keeping import (
    LONGEST_NOTE,
    answers,
    archive,
    end_rows,
    here,
    make_direct,
    now,
    one_of,
    put,
    rename,
    subject_for,
    text,
)
from dijkwacht.core.intake_values import CellError
from dijkwacht.core.suppliers.identity import chamber_number
from dijkwacht.core.suppliers.register_words import domain as domain_of
from dijkwacht.web.moments import day_of

SIGNS = ("personal_data", "special_data", "admin_access", "key_register", "national_chain")
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)


def add_supplier(
    organisation: Organisation, *, name: str, person: Person | None, at: datetime, actor: str = "", kvk: str = "",
    own_id: str = "", domain: str = "", country: str = "", note: str = "", direct: bool = True,
) -> Supplier:  # fmt: skip
    """A new supplier. ``direct``: we have dealings with it ourselves.

    Raises Refused (empty, too_long, odd, not_a_kvk, not_a_domain, not_a_country, kvk_known, own_id_known).
    """
    told = identified(name=name, kvk=kvk, own_id=own_id, domain=domain, country=country, note=note)
    with doing(organisation, person=person, at=at, actor=actor) as deed:
        not_known(organisation, told)
        subject = subject_for(deed, "supplier", told["name"]) if direct else None
        row = Supplier.objects.create(organisation=organisation, subject=subject, added_on=day_of(at), **told)
        deed.write("supplier_added", about=f"supplier:{row.pk}", rows=[row], name=row.name, kvk=row.kvk)
        telling.settle(organisation, at=at, suppliers=[row.pk])
    return row


def take_over(organisation: Organisation, *, person: Person | None, at: datetime, actor: str = "") -> list[Supplier]:
    """The suppliers that stand in the records of the ledger and not here are here from now on, with the facts that they have."""
    with doing(organisation, person=person, at=at, actor=actor) as deed:
        rows = [
            Supplier.objects.create(organisation=organisation, subject=each, name=each.name, added_on=day_of(at))
            for each in free_subjects(organisation, "supplier")
        ]
        if rows:
            names = ", ".join(each.name for each in rows[:3])
            deed.write("suppliers_taken_over", about=organisation.slug, rows=rows, count=len(rows), names=names)
            telling.settle(organisation, at=at, suppliers=[each.pk for each in rows])
    return rows


def change_supplier(
    supplier: Supplier, *, name: str, person: Person | None, at: datetime, kvk: str = "", own_id: str = "",
    domain: str = "", country: str = "", note: str = "",
) -> Supplier:  # fmt: skip
    """What is known of a supplier now. Raises Refused as `add_supplier` does, gone, and kvk_adopted."""
    told = identified(name=name, kvk=kvk, own_id=own_id, domain=domain, country=country, note=note)
    with doing(supplier.organisation, person=person, at=at) as deed:
        row = now(supplier)
        not_known(supplier.organisation, told, but=row)
        adopting.check_number(row, told["kvk"])
        if changed := put(row, told):
            rename(deed, row)
            deed.write("supplier_changed", about=f"supplier:{row.pk}", rows=[row], name=row.name, changed=changed)
            telling.settle(supplier.organisation, at=at, suppliers=[row.pk])
    return row


def end_supplier(supplier: Supplier, *, person: Person | None, at: datetime) -> Supplier:
    """We have nothing more to do with it: its services, contracts and chain end too, from today, and what was adopted for it.

    Raises Refused (gone).
    """
    on, us = day_of(at), supplier.organisation
    keepers = [each.review.organisation for each in adopting.adopted_for(supplier)]
    with adopting.both(us, *keepers), doing(us, person=person, at=at) as deed:
        row = now(supplier)
        services = list(Service.objects.filter(supplier=row, ended_on__isnull=True).select_related("subject"))
        uses = list(Use.objects.filter(service__in=services, ended_on__isnull=True))
        contracts = list(Contract.objects.filter(supplier=row, ended_on__isnull=True))
        chain = list(SubSupplier.objects.filter(supplier=row, ended_on__isnull=True))
        adopted = adopting.end_with(deed, row)
        rows = [*end_rows(services, on), *end_rows(uses, on), *end_rows(contracts, on), *end_rows(chain, on), *adopted]
        for each in services:
            archive(deed, each.subject)
        end_rows([row], on)
        archive(deed, row.subject)
        deed.write(
            "supplier_ended", about=f"supplier:{row.pk}", rows=[row, *rows], name=row.name, services=len(services),
            contracts=len(contracts),
        )  # fmt: skip
        telling.settle(supplier.organisation, at=at, suppliers=[row.pk])
    return row


def add_service(
    supplier: Supplier, *, name: str, person: Person | None, at: datetime, kind: str = ServiceKind.OTHER, what: str = "",
    owner: Person | None = None, **signs: str,
) -> Service:  # fmt: skip
    """What a supplier delivers. ``signs``: of `SIGNS`, each yes, no or unknown. Raises Refused (empty, too_long, odd, gone)."""
    told = _told(name=name, kind=kind, what=what, owner=owner, **signs)
    with doing(supplier.organisation, person=person, at=at) as deed:
        whose = now(supplier)
        here(deed, told)
        changed = make_direct(deed, whose)
        row = Service.objects.create(
            organisation=supplier.organisation, supplier=whose, subject=subject_for(deed, "service", told["name"]),
            added_on=day_of(at), **told,
        )  # fmt: skip
        deed.write("service_added", about=f"service:{row.pk}", rows=[row, *changed], name=row.name, supplier=whose.name)
        telling.settle(supplier.organisation, at=at, suppliers=[whose.pk])
    return row


def change_service(
    service: Service, *, name: str, person: Person | None, at: datetime, kind: str, what: str = "",
    owner: Person | None = None, **signs: str,
) -> Service:  # fmt: skip
    """What is known of a service now. Raises Refused (empty, too_long, odd, gone)."""
    told = _told(name=name, kind=kind, what=what, owner=owner, **signs)
    with doing(service.organisation, person=person, at=at) as deed:
        row = now(service)
        here(deed, told, row)
        if changed := put(row, told):
            rename(deed, row)
            deed.write("service_changed", about=f"service:{row.pk}", rows=[row], name=row.name, changed=changed)
            telling.settle(service.organisation, at=at, suppliers=[row.supplier_id])
    return row


def end_service(service: Service, *, person: Person | None, at: datetime) -> Service:
    """It is no longer delivered; what leaned on it does so no more. Raises Refused (gone)."""
    on = day_of(at)
    with doing(service.organisation, person=person, at=at) as deed:
        row = now(service)
        uses = end_rows(Use.objects.filter(service=row, ended_on__isnull=True), on)
        chain = end_rows(SubSupplier.objects.filter(service=row, ended_on__isnull=True), on)
        end_rows([row], on)
        archive(deed, row.subject)
        deed.write("service_ended", about=f"service:{row.pk}", rows=[row, *uses, *chain], name=row.name)
        telling.settle(service.organisation, at=at, suppliers=[row.supplier_id])
    return row


def identified(
    *, name: str, kvk: str = "", own_id: str = "", domain: str = "", country: str = "", note: str = ""
) -> dict[str, str]:
    """Who a supplier is, checked. Raises Refused."""
    try:
        number = chamber_number(kvk) if kvk.strip() else ""
    except ValueError:
        raise Refused("not_a_kvk", field="kvk") from None
    try:
        site = domain_of(domain.strip())
    except CellError:
        raise Refused("not_a_domain", field="domain") from None
    land = country.strip().upper()
    if land and not _COUNTRY.fullmatch(land):
        raise Refused("not_a_country", field="country")
    return {
        "name": text(" ".join(name.split()), "name", 200, needed=True), "kvk": number,
        "own_id": text(own_id, "own_id", 80), "domain": text(site, "domain", 253), "country": land,
        "note": text(note, "note", LONGEST_NOTE),
    }  # fmt: skip


def not_known(organisation: Organisation, told: dict[str, str], *, but: Supplier | None = None) -> None:
    """Looks whether a number belongs to another supplier. Raises Refused (kvk_known, own_id_known)."""
    rows = Supplier.objects.filter(organisation=organisation, merged_into__isnull=True, ended_on__isnull=True)
    rows = rows.exclude(pk=but.pk) if but else rows
    for field in ("kvk", "own_id"):
        same = rows.filter(**{field: told[field]}).first() if told[field] else None
        if same is not None:
            raise Refused(f"{field}_known", field=field, name=same.name)


def _told(*, name: str, kind: str, what: str, owner: Person | None, **signs: str) -> dict[str, Any]:
    """What a service is, checked. Raises Refused (empty, too_long, odd)."""
    if unknown := set(signs) - set(SIGNS):
        raise TypeError(f"no sign of a service: {', '.join(sorted(unknown))}")
    return {
        "name": text(" ".join(name.split()), "name", 200, needed=True), "kind": one_of(kind, "kind", ServiceKind.values),
        "what": text(what, "what", LONGEST_NOTE), "owner": owner, **answers(signs, SIGNS),
    }  # fmt: skip
