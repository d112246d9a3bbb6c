"""The register as a file is held against it."""

from collections import defaultdict
from datetime import date

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.apps.suppliers.models import Contract, Service, SubSupplier, Supplier, Use
from dijkwacht.core.intake_values import plain
from dijkwacht.core.suppliers.register_held import Held, HeldContract, HeldService, HeldSupplier

_CONTRACT = ("number", "title", "starts_on", "until", "notice_months", "processing", "audit_right", "exit")


def held_of(organisation: Organisation, *, on: date) -> Held:
    """All of it that runs; suppliers that were merged too, so that a file that names one comes out at the kept one."""
    return Held(
        _suppliers(organisation), _services(organisation), _contracts(organisation), _uses(organisation), _subs(organisation),
        frozenset(each.email.casefold() for each in persons_in(organisation, on=on)),
    )  # fmt: skip


def _suppliers(organisation: Organisation) -> list[HeldSupplier]:
    rows = Supplier.objects.filter(organisation=organisation, ended_on__isnull=True).order_by("pk")
    names = ("name", "kvk", "own_id", "domain", "country")
    return [
        HeldSupplier(pk, {**dict(zip(names, values, strict=True)), "direct": subject is not None}, into)
        for pk, into, subject, *values in rows.values_list("pk", "merged_into", "subject", *names)
    ]


def _services(organisation: Organisation) -> list[HeldService]:
    rows = Service.objects.filter(organisation=organisation, ended_on__isnull=True).order_by("pk")
    names = ("name", "what", "kind", "personal_data", "admin_access")
    return [
        HeldService(pk, supplier, {**dict(zip(names, values, strict=True)), "owner": (owner or "").casefold()})
        for pk, supplier, owner, *values in rows.values_list("pk", "supplier", "owner__email", *names)
    ]


def _contracts(organisation: Organisation) -> list[HeldContract]:
    rows = Contract.objects.filter(organisation=organisation).order_by("ended_on", "pk")
    under: dict[int, set[int]] = defaultdict(set)
    links = Contract.services.through._default_manager.filter(contract__organisation=organisation)
    for contract, service in links.values_list("contract_id", "service_id"):
        under[contract].add(service)
    found = [
        HeldContract(
            pk, supplier, frozenset(under[pk]),
            {**dict(zip(_CONTRACT, values, strict=True)), "owner": (owner or "").casefold()}, ended is not None,
        )
        for pk, supplier, ended, owner, *values in rows.values_list(
            "pk", "supplier", "ended_on", "owner__email", *_CONTRACT
        )
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.ended, each.id))


def _uses(organisation: Organisation) -> dict[tuple[int, str, str], tuple[int, int | None]]:
    rows = Use.objects.filter(service__organisation=organisation, ended_on__isnull=True).order_by("-pk")
    columns = rows.values_list("service_id", "subject__kind", "subject__name", "pk", "hours")
    return {(service, kind, plain(name)): (pk, hours) for service, kind, name, pk, hours in columns}


def _subs(organisation: Organisation) -> frozenset[tuple[int, int | None, int]]:
    rows = SubSupplier.objects.filter(organisation=organisation, ended_on__isnull=True)
    return frozenset(rows.values_list("supplier_id", "service_id", "on_id"))
