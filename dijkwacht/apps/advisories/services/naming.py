"""Names that a person said are one, or are not: confirmed, rejected, ended; then only what that changes is matched again.

An alias of an organisation holds for its own register. One of a desk holds for the registers of all that it serves and for what
its advisories name; each of those organisations is brought to now in a deed of its own.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from dijkwacht.apps.advisories.models import Advisory, Alias, Concern, Line, Rejected, Row, Told, Warned
from dijkwacht.apps.advisories.models.columns import product_text
from dijkwacht.apps.advisories.queries.names import aliases_of
from dijkwacht.apps.advisories.queries.serving import served_by
from dijkwacht.apps.advisories.services import matching, warning
from dijkwacht.apps.advisories.services.doing import Refused, doing
from dijkwacht.apps.advisories.services.reading import content_of
from dijkwacht.apps.advisories.services.registering import rematched
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.core.advisories.naming import Aliases, fold_product, fold_vendor
from dijkwacht.core.advisories.register_lines import LONGEST_OTHER
from dijkwacht.core.advisories.register_lines import Line as Said
from dijkwacht.web.moments import day_of

ACTOR = "names"
Names = dict[str, str]
"""vendor, product, to_vendor, to_product."""
FIELDS = ("vendor", "product", "to_vendor", "to_product")


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
        indexed = _index_again(organisation, before, row, at=at)
        deed.write("alias_confirmed", about="names", rows=[row], name=_said(row), to=_said(row, to=True))
    _follow(organisation, before, row, indexed, at=at)
    return row


def reject(organisation: Organisation, *, names: Names, person: Person, at: datetime) -> Rejected:
    """A person says that two names are not one: they are not proposed again. Raises as `confirm` does."""
    told = _checked(names)
    if not told["product"]:
        raise Refused("half_alias")
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
        indexed = _index_again(organisation, before, row, at=at)
        deed.write("alias_ended", about="names", rows=[row], name=_said(row), to=_said(row, to=True))
    _follow(organisation, before, row, indexed, at=at)


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


def _index_again(desk: Organisation, before: Aliases, row: Alias, *, at: datetime) -> list[Advisory]:
    """Indexes the desk's advisories that an alias gives another key, and matches them; those. Within the deed of the desk."""
    after = aliases_of([desk.pk])
    names = Told.objects.filter(advisory__organisation=desk).order_by().values_list("vendor", "product").distinct()
    changed = [name for name in names if before.name_key(*name) != after.name_key(*name)]
    found: set[int] = set()
    for vendor, product in changed:
        rows = Told.objects.filter(advisory__organisation=desk, vendor=vendor, product=product)
        found.update(rows.values_list("advisory", flat=True))
    found.update(_unnamed(desk, before, row))
    advisories = list(Advisory.objects.filter(pk__in=found).select_related("organisation", "document"))
    for each in advisories:
        if each.document is not None:
            content = content_of(each.document)
            matching.index(each, content, aliases=after)
            matching.match_advisory(each, content, at=at)
    return advisories


def _unnamed(desk: Organisation, before: Aliases, row: Alias) -> Iterable[int]:
    """The advisories that know the product by the words of its CPE only, which no name tells."""
    vendor, product = before.resolved(*_folded(row.vendor, row.product))
    rows = Row.objects.filter(advisory__organisation=desk)
    key = f"n|{vendor}|"
    rows = rows.filter(product=product_text(f"{key}{product}")) if row.product else rows.filter(product__startswith=key)
    told = Told.objects.filter(advisory=OuterRef("advisory"), key=OuterRef("product"))
    return rows.exclude(Exists(told)).order_by().values_list("advisory", flat=True).distinct()


def _follow(
    organisation: Organisation, before: Aliases, row: Alias, indexed: Iterable[Advisory], *, at: datetime
) -> None:
    """Brings every register that has the name to now, each in a deed of its own, and tells what that turns."""
    turned: dict[int, set[int]] = defaultdict(set)
    for advisory in indexed:
        for model in (Concern, Warned):
            for each in model.objects.filter(advisory=advisory).values_list("organisation", flat=True):
                turned[each].add(advisory.pk)
    said = None
    if row.product:
        said = [Said(0, row.vendor, row.product), Said(0, row.to_vendor, row.to_product)]
    holders = _holders(organisation, before, at=at)
    for holder in Organisation.objects.filter(pk__in=holders).order_by("pk"):
        with doing(holder, person=None, at=at, actor=ACTOR):
            turned[holder.pk].update(rematched(holder, lines=(), said=said, at=at))
    for told in Organisation.objects.filter(pk__in=[pk for pk, found in turned.items() if found]).order_by("pk"):
        warning.look_again(told, turned[told.pk], person=None, at=at)


def _holders(organisation: Organisation, before: Aliases, *, at: datetime) -> set[int]:
    """The organisations with a line that is now called otherwise: by its own name, or by an alias of its own that leads there."""
    after = aliases_of([organisation.pk])
    served = set(served_by(organisation, on=day_of(at)))
    if organisation.kind != OrganisationKind.CSIRT:
        served.add(organisation.pk)
    names = Line.objects.filter(Q(gone__isnull=True) | Q(asset__isnull=False), organisation__in=served)
    found = {
        owner
        for owner, vendor, product in names.order_by().values_list("organisation", "vendor", "product").distinct()
        if before.name_key(vendor, product) != after.name_key(vendor, product)
    }
    for each in Alias.objects.filter(organisation__in=served, ended_at__isnull=True):
        name = _folded(each.to_vendor, each.to_product)
        if before.resolved(*name) != after.resolved(*name):
            found.add(each.organisation_id)
    return found
