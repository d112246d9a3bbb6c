"""What a name that was confirmed or ended touches, done anew: at once where that is little, the rest by `tick`, in portions.

Advisories of the desk that know the product by that name are indexed and matched; registers that have it are matched; then each
organisation for which that turned anything is looked at again. What is still to be done stands in `Anew`: a portion is done and
taken off in one deed, which also puts down what follows from it. Killed, run twice or on two machines, nothing is left out.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from dijkwacht.apps.advisories.models import Advisory, Alias, Anew, Concern, Line, Place, Warned
from dijkwacht.apps.advisories.models.columns import product_text
from dijkwacht.apps.advisories.queries.serving import served_by
from dijkwacht.apps.advisories.services import looking, matching
from dijkwacht.apps.advisories.services.doing import doing
from dijkwacht.apps.advisories.services.guarding import Faults
from dijkwacht.apps.advisories.services.looking import TOLD
from dijkwacht.apps.advisories.services.reading import content_of
from dijkwacht.apps.advisories.services.registering import rematched
from dijkwacht.apps.people.models import Organisation, OrganisationKind
from dijkwacht.core.advisories.naming import Aliases, fold_product, fold_vendor
from dijkwacht.core.advisories.register_lines import Line as Said
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.web.moments import day_of

ACTOR = "names"
AT_ONCE = 5  # advisories and registers that are done while a person waits
PORTION = 25  # advisories in one deed
ADVISORIES = Q(advisory__isnull=False, organisation__isnull=True)
REGISTERS = Q(advisory__isnull=True, organisation__isnull=False)


def ask(alias: Alias, before: Aliases, *, at: datetime) -> None:
    """Puts down what an alias touches that was just made or ended. ``before``: the aliases of its organisation before that."""
    desk, condition = alias.organisation, _condition(alias, before)
    served = set(served_by(desk, on=day_of(at)))
    if desk.kind != OrganisationKind.CSIRT:
        served.add(desk.pk)
    advisories = set(
        Advisory.objects.filter(condition("rows__product"), organisation=desk).values_list("pk", flat=True)
    )
    advisories |= set(Advisory.objects.filter(condition("told__key"), organisation=desk).values_list("pk", flat=True))
    held = Place.objects.filter(condition("product"), organisation__in=served)
    lines = Line.objects.filter(condition("key"), organisation__in=served)
    owners = {*_owners(held.order_by()), *_owners(lines.order_by())}
    Anew.objects.bulk_create([Anew(alias=alias, advisory_id=pk) for pk in sorted(advisories)])
    Anew.objects.bulk_create([Anew(alias=alias, organisation_id=pk) for pk in sorted(owners)])


def _owners(rows: "QuerySet[Place] | QuerySet[Line]") -> Iterable[int]:
    return rows.values_list("organisation", flat=True).distinct()


def _condition(alias: Alias, before: Aliases) -> Callable[[str], Q]:
    """Of a column, the condition that it has the key of a product that an alias changes: one that led to its name until now."""
    vendor = fold_vendor(alias.vendor)
    name = vendor, fold_product(alias.product, alias.vendor) if alias.product else ""
    ends = {name, before.resolved(*name)}
    starts = [] if alias.product else [f"n|{each}|" for each, _product in ends]
    if not alias.product:  # names of this vendor that an alias of their own leads on
        vendors = {each for each, _product in ends}
        ends = {before.resolved(*each) for each in before.products if each[0] in vendors}
    keys = [product_text(f"n|{each[0]}|{each[1]}") for each in ends if all(each)]

    def condition(column: str) -> Q:
        found = Q(**{f"{column}__in": keys})
        for start in starts:
            found |= Q(**{f"{column}__startswith": start})
        return found

    return condition


def carry_on(*, at: datetime, alias: Alias | None = None, most: int | None = None, faults: Faults | None = None) -> int:
    """Does what is to be done anew, of ``alias`` only if given; how many registers were matched. What a register that changed
    turned is looked at too, where that was cut off.

    ``most``: each kind of work is left to `tick` where it is more than that. Safe to repeat.
    """
    rows = Anew.objects.all() if alias is None else Anew.objects.filter(alias=alias)

    def little(kind: Q) -> bool:
        return most is None or rows.filter(kind)[: most + 1].count() <= most

    if little(ADVISORIES):
        _index(rows.filter(ADVISORIES), at=at)
    registers = _match(rows.filter(REGISTERS), at=at) if little(REGISTERS) else 0
    if little(TOLD):
        looking.of_rows(rows, at=at, faults=faults)
    return registers


def _index(rows: QuerySet[Anew], *, at: datetime) -> None:
    """Indexes and matches advisories, of each desk some in one deed."""
    for desk in Organisation.objects.filter(pk__in=rows.values("advisory__organisation")).order_by("pk"):
        mine = rows.filter(advisory__organisation=desk).select_related("advisory__document", "advisory__organisation")
        while True:
            with doing(desk, person=None, at=at, actor=ACTOR):
                some = list(mine[:PORTION])
                turned = dict(_read(each.advisory for each in some))
                touched = _touched(turned)
                matching.refresh(turned, matching.side_of(desk, at=at))
                names = {each.advisory_id: each.alias_id for each in some}
                _put(((names[pk], pk, whose) for pk, whose in touched | _touched(turned)), some)
            if len(some) < PORTION:
                break


def _read(advisories: Iterable[Advisory | None]) -> Iterator[tuple[Advisory, Content]]:
    """What these advisories say."""
    for each in advisories:
        if each is not None and each.document is not None:
            yield each, content_of(each.document)


def _touched(advisories: Iterable[Advisory]) -> set[tuple[int, int]]:
    """Whom these advisories touch, and who was told of them: advisory and organisation, by number."""
    numbers = [each.pk for each in advisories]
    return {
        pair
        for model in (Concern, Warned)
        for pair in model._default_manager.filter(advisory__in=numbers)
        .order_by()
        .values_list("advisory", "organisation")
    }


def _put(due: Iterable[tuple[int | None, int, int]], done: Iterable[Anew]) -> None:
    """Puts down who is to be looked at again (alias, advisory, organisation), and takes off what was done."""
    Anew.objects.bulk_create(
        Anew(alias_id=alias, advisory_id=advisory, organisation_id=organisation)
        for alias, advisory, organisation in due
    )
    Anew.objects.filter(pk__in=[each.pk for each in done]).delete()


def _match(rows: QuerySet[Anew], *, at: datetime) -> int:
    """Matches registers by what names say now, each in a deed of its own; how many."""
    done = 0
    for holder in Organisation.objects.filter(pk__in=rows.values("organisation")).order_by("pk"):
        with doing(holder, person=None, at=at, actor=ACTOR):
            some = list(rows.filter(organisation=holder).select_related("alias"))
            if not some:
                continue  # another machine was here
            turned = rematched(holder, lines=(), said=_said([each.alias for each in some if each.alias]), at=at)
            _put(((some[0].alias_id, pk, holder.pk) for pk in turned), some)
            done += 1
    return done


def _said(aliases: Iterable[Alias]) -> list[Said] | None:
    """The names that are matched again; None for everything, where a whole vendor is called otherwise."""
    said: list[Said] = []
    for each in aliases:
        if not each.product:
            return None
        said += [Said(0, each.vendor, each.product), Said(0, each.to_vendor, each.to_product)]
    return said
