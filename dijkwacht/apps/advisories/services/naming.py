"""Names that a person said are one, or are not: confirmed, rejected, ended; `renaming` does what follows from it.

An alias of an organisation holds for its own register. One of a desk holds for the registers of all that it serves and for what
its advisories name.
"""

from datetime import datetime

from dijkwacht.apps.advisories.models import Alias, Rejected
from dijkwacht.apps.advisories.queries.names import aliases_of
from dijkwacht.apps.advisories.services import renaming
from dijkwacht.apps.advisories.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.naming import fold_product, fold_vendor
from dijkwacht.core.advisories.register_lines import LONGEST_OTHER

Names = dict[str, str]
"""vendor, product, to_vendor, to_product."""
FIELDS = ("vendor", "product", "to_vendor", "to_product")
MOST_OCTETS = 2_500
"""Of the four names together, because an index holds them: PostgreSQL refuses an entry of more than 2,700."""


def confirm(organisation: Organisation, *, names: Names, person: Person, at: datetime) -> Alias:
    """A person says that a registered name means what advisories call otherwise; both products empty: the whole vendor.

    Raises Refused (empty, long, half_alias, no_words, same_name, twice).
    """
    told = _checked(names)
    before = aliases_of([organisation.pk])
    with doing(organisation, person=person, at=at) as deed:
        if _folded(told["vendor"], told["product"]) in before.source:
            raise Refused("twice", field="product" if told["product"] else "vendor")
        row = Alias.objects.create(organisation=organisation, at=at, by=person, **told)
        renaming.ask(row, before, at=at)
        deed.write("alias_confirmed", about="names", rows=[row], name=_said(row), to=_said(row, to=True))
    renaming.carry_on(at=at, alias=row, most=renaming.AT_ONCE)
    return row


def reject(organisation: Organisation, *, names: Names, person: Person, at: datetime) -> Rejected:
    """A person says that two names are not one: they are not proposed again. Raises as `confirm` does, and Refused
    (long_together)."""
    told = _checked(names)
    if not told["product"]:
        raise Refused("half_alias")
    if sum(len(text.encode()) for text in told.values()) > MOST_OCTETS:
        raise Refused("long_together")
    with doing(organisation, person=person, at=at) as deed:
        row, made = Rejected.objects.get_or_create(organisation=organisation, **told, defaults={"at": at, "by": person})
        if not made:
            raise Refused("twice")
        deed.write("alias_rejected", about="names", rows=[row], name=_said(row), to=_said(row, to=True))
    return row


def end(row: Alias, *, person: Person, at: datetime) -> None:
    """A confirmed name is no longer taken for another. Raises Refused (ended)."""
    organisation = row.organisation
    before = aliases_of([organisation.pk])
    with doing(organisation, person=person, at=at) as deed:
        changed = Alias.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=at, ended_by=person)
        if not changed:
            raise Refused("ended")
        row.refresh_from_db()
        renaming.ask(row, before, at=at)
        deed.write("alias_ended", about="names", rows=[row], name=_said(row), to=_said(row, to=True))
    renaming.carry_on(at=at, alias=row, most=renaming.AT_ONCE)


def _checked(names: Names) -> Names:
    told = {field: " ".join(names.get(field, "").split()) for field in FIELDS}
    for field, text in told.items():
        if len(text) > LONGEST_OTHER:
            raise Refused("long", field=field, most=LONGEST_OTHER)
        if not text and field.endswith("vendor"):
            raise Refused("empty", field=field)
    if bool(told["product"]) != bool(told["to_product"]):
        raise Refused("half_alias", field="to_product" if told["product"] else "product")
    ours, theirs = _folded(told["vendor"], told["product"]), _folded(told["to_vendor"], told["to_product"])
    for field, text in zip(FIELDS, (*ours, *theirs), strict=True):
        if told[field] and not text:
            raise Refused("no_words", field=field)
    if ours == theirs:
        raise Refused("same_name", field="to_vendor")
    return told


def _folded(vendor: str, product: str) -> tuple[str, str]:
    return fold_vendor(vendor), fold_product(product, vendor) if product else ""


def _said(row: Alias | Rejected, *, to: bool = False) -> str:
    return " ".join(each for each in ((row.to_vendor, row.to_product) if to else (row.vendor, row.product)) if each)
