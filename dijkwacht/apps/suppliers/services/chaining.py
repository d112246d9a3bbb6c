"""Whom a supplier leans on. Circles happen and are kept as they are told; on itself nobody leans."""

from datetime import datetime
from typing import Any

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import Answer, Service, SubSupplier, Supplier
from dijkwacht.apps.suppliers.services import telling
from dijkwacht.apps.suppliers.services.doing import Refused, doing
from dijkwacht.apps.suppliers.services.keeping import MOST_HOURS, end_rows, now, one_of, put, text, whole
from dijkwacht.apps.suppliers.services.registering import identified, not_known
from dijkwacht.core.suppliers.identity import folded
from dijkwacht.web.moments import day_of


def add_sub(
    supplier: Supplier, *, name: str, person: Person | None, at: datetime, kvk: str = "", service: Service | None = None,
    does: str = "", hours: int | None = None, group: str = "", personal_data: str = Answer.UNKNOWN, country: str = "",
) -> SubSupplier:  # fmt: skip
    """A supplier leans on another one, for a service or for all that it does. Who is not in the register yet comes in it.

    Raises Refused (sub_self, sub_twice, sub_several, another, empty, too_long, odd, not_a_kvk, not_a_country, kvk_known, gone).
    """
    who = identified(name=name, kvk=kvk, country=country)
    told = _told(does, hours, group, personal_data, who["country"])
    on = day_of(at)
    with doing(supplier.organisation, person=person, at=at) as deed:
        whose = now(supplier)
        if service is not None and not whose.services.filter(pk=service.pk, ended_on__isnull=True).exists():
            raise Refused("another", field="service")
        other = _known(supplier.organisation, who)
        made = []
        if other is None:
            not_known(supplier.organisation, who)
            other = Supplier.objects.create(
                organisation=supplier.organisation,
                added_on=on,
                name=who["name"],
                kvk=who["kvk"],
                country=who["country"],
            )
            made = [other]
        if other.pk == whose.pk:
            raise Refused("sub_self", field="name")
        links = SubSupplier.objects.filter(supplier=whose, service=service, on=other, ended_on__isnull=True)
        if links.exists():
            raise Refused("sub_twice", field="name")
        row = SubSupplier.objects.create(
            organisation=supplier.organisation, supplier=whose, service=service, on=other, since=on, **told
        )
        deed.write(
            "sub_added", about=f"supplier:{whose.pk}", rows=[row, *made], name=whose.name, other=other.name,
            service=service.name if service else "",
        )  # fmt: skip
        telling.settle(supplier.organisation, at=at, suppliers=[whose.pk])
    return row


def change_sub(
    link: SubSupplier, *, person: Person | None, at: datetime, does: str = "", hours: int | None = None, group: str = "",
    personal_data: str = Answer.UNKNOWN, country: str = "",
) -> SubSupplier:  # fmt: skip
    """What is known of such a link now. Raises Refused (too_long, odd, not_a_country, gone)."""
    told = _told(does, hours, group, personal_data, identified(name=".", country=country)["country"])
    with doing(link.organisation, person=person, at=at) as deed:
        row = now(link)
        if changed := put(row, told):
            deed.write(
                "sub_changed", about=f"supplier:{row.supplier_id}", rows=[row], name=row.supplier.name, other=row.on.name,
                changed=changed,
            )  # fmt: skip
            telling.settle(link.organisation, at=at, suppliers=[row.supplier_id])
    return row


def end_sub(link: SubSupplier, *, person: Person | None, at: datetime) -> SubSupplier:
    """It does not lean on the other any more. Raises Refused (gone)."""
    with doing(link.organisation, person=person, at=at) as deed:
        (row,) = end_rows([now(link)], day_of(at))
        deed.write(
            "sub_ended", about=f"supplier:{row.supplier_id}", rows=[row], name=row.supplier.name, other=row.on.name
        )
        telling.settle(link.organisation, at=at, suppliers=[row.supplier_id])
    return row


def _known(organisation: Organisation, who: dict[str, str]) -> Supplier | None:
    """Who of the register is meant: by number, else by name. Raises Refused (sub_several)."""
    rows = Supplier.objects.filter(organisation=organisation, merged_into__isnull=True, ended_on__isnull=True)
    if who["kvk"] and (found := rows.filter(kvk=who["kvk"]).first()):
        return found
    fits = [each for each in rows if folded(each.name) == folded(who["name"]) and not (each.kvk and who["kvk"])]
    same = [each for each in fits if each.name.casefold() == who["name"].casefold()] or fits
    if len(same) > 1:
        raise Refused("sub_several", field="name")
    return same[0] if same else None


def _told(does: str, hours: int | None, group: str, personal_data: str, country: str) -> dict[str, Any]:
    return {
        "does": text(does, "does", 200), "hours": whole(hours, "hours", MOST_HOURS), "group": text(group, "group", 40),
        "personal_data": one_of(personal_data, "personal_data", Answer.values), "country": country,
    }  # fmt: skip
