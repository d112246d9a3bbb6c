"""Orders to keep a supplier out: where it is in use, what becomes of each service, and what is late."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Order, Replacement, Service, SubSupplier, Supplier
from dijkwacht.apps.suppliers.queries import web
from dijkwacht.core.suppliers.identity import folded


@dataclass(frozen=True, slots=True)
class Place:
    """A service in which it is. ``path``: from the supplier of the service down to it, names; one name when we buy from it.

    ``sure``: by its KvK number; otherwise only the name is alike. ``running``: False when the service has ended.
    """

    service: Service
    path: tuple[str, ...]
    sure: bool
    plan: Replacement | None
    running: bool = True

    @property
    def direct(self) -> bool:
        """Whether we buy from it ourselves."""
        return len(self.path) == 1

    def late(self, order: Order, *, on: date) -> bool:
        """Whether it should be out by now."""
        days = [day for day in (self.plan and self.plan.due, order.until) if day]
        done = self.plan is not None and self.plan.done_on is not None
        return self.running and not done and any(day <= on for day in days)

    @property
    def contradicts(self) -> bool:
        """Whether it is said to be replaced, and yet the register has it in use."""
        return self.running and self.plan is not None and self.plan.done_on is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """An order and how far it is."""

    order: Order
    places: tuple[Place, ...]
    late: int
    unplanned: int
    left: int

    @property
    def unsure(self) -> int:
        """Places where only the name is alike."""
        return sum(not each.sure for each in self.places)


def orders(organisation: Organisation, *, on: date) -> list[Standing]:
    """All orders, those that hold first."""
    rows = Order.objects.filter(organisation=organisation, given_on__lte=on).order_by("ended_on", "-given_on", "pk")
    found = sorted(rows, key=lambda each: each.ended_on is not None)
    return [standing(each, on=on) for each in found]


def standing(order: Order, *, on: date) -> Standing:
    """One order with the places where the supplier is in use on a day."""
    places = _places(order, on=on)
    open_ = order.ended_on is None or order.ended_on > on
    left = [each for each in places if each.running and (each.plan is None or each.plan.done_on is None)]
    return Standing(
        order, tuple(places), sum(each.late(order, on=on) for each in places) if open_ else 0,
        sum(each.plan is None for each in left), len(left),
    )  # fmt: skip


def suppliers_of(order: Order) -> dict[int, bool]:
    """The suppliers in our register that an order means: True by KvK number, False when only the name is alike."""
    rows = Supplier.objects.filter(organisation=order.organisation, merged_into__isnull=True)
    found: dict[int, bool] = {}
    for pk, name, kvk in rows.order_by("pk").values_list("pk", "name", "kvk"):
        if order.kvk and kvk:
            if order.kvk == kvk:
                found[pk] = True
        elif folded(name) == folded(order.name):
            found[pk] = False
    return found


def numbers(pks: Collection[int]) -> list[tuple[int, str]]:
    """Of suppliers their row and KvK number."""
    return list(Supplier.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "kvk"))


def _places(order: Order, *, on: date) -> list[Place]:
    """Every service that leans on it, ways around or not, the direct ones first; and services with a plan that have ended."""
    meant = suppliers_of(order)
    names = dict(Supplier.objects.filter(organisation=order.organisation).values_list("pk", "name"))
    plans = {
        each.service_id: each
        for each in Replacement.objects.filter(order=order).select_related("service", "service__supplier", "owner")
    }
    running = Service.objects.filter(web.running(on, since="added_on"), organisation=order.organisation)
    down, of_service = _down(order.organisation, meant, on=on)
    found = []
    for each in running.select_related("supplier", "subject").order_by("name", "pk"):
        ways = [path for path in (down.get(each.supplier_id), of_service.get(each.pk)) if path]
        if ways:
            path = min(ways, key=lambda way: (not meant[way[-1]], len(way)))
            told = tuple(names[pk] for pk in (path if path[0] == each.supplier_id else (each.supplier_id, *path)))
            found.append(Place(each, told, meant[path[-1]], plans.pop(each.pk, None)))
    found.sort(key=lambda place: (not place.direct, len(place.path), place.service.name, place.service.pk))
    gone = [Place(plan.service, (plan.service.supplier.name,), True, plan, running=False) for plan in plans.values()]
    return found + gone


def _down(
    organisation: Organisation, meant: Mapping[int, bool], *, on: date
) -> tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]]:
    """The shortest ways down to those who are meant: of suppliers, and of services that have a link of their own.

    A way to one that is meant by its number goes before a shorter way to one that only has the name.
    """
    links = SubSupplier.objects.filter(web.running(on), organisation=organisation).order_by("pk")
    above: dict[int, list[int]] = defaultdict(list)
    own: dict[int, list[int]] = defaultdict(list)
    for supplier, service, other in links.values_list("supplier_id", "service_id", "on_id"):
        if not service:
            above[other].append(supplier)
        else:
            own[other].append(service)
    down: dict[int, tuple[int, ...]] = {}
    for sure in (True, False):
        level = [pk for pk, known in meant.items() if known == sure and pk not in down]
        down |= {pk: (pk,) for pk in level}
        while level:
            up = {each: (each, *down[pk]) for pk in reversed(level) for each in above[pk] if each not in down}
            down |= up
            level = list(up)
    of_service: dict[int, tuple[int, ...]] = {}
    for pk in sorted(down, key=lambda pk: (not meant[down[pk][-1]], len(down[pk]), pk)):
        for service in own[pk]:
            of_service.setdefault(service, down[pk])
    return down, of_service
