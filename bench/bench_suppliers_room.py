"""The room of suppliers over a country: the page of a supplier, what stops when one stops, on whom all lean. Asserts nothing.

Usage: python -m bench.bench_suppliers_room [organisations] [services each] [suppliers]   (DATABASE_URL: a PostgreSQL database
that may be filled)
"""

import os
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter, process_time
from typing import Any

ORGANISATIONS, SERVICES, SUPPLIERS = 342, 150, 2_000
PROCESSES, UNDER, TELLS, ROUNDS = 40, 60, 0.15, 7
ON = date(2026, 11, 25)
SINCE = ON - timedelta(400)
NAMES = [f"Proces {n}" for n in range(PROCESSES)]


def main() -> None:
    """Prints one line per figure."""
    given = [int(each) for each in sys.argv[1:]]
    numbers = [*given, *(ORGANISATIONS, SERVICES, SUPPLIERS)[len(given) :]]
    with tempfile.TemporaryDirectory(prefix="bench-suppliers-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        import dijkwacht.wsgi  # noqa: F401 - as a process that serves pages begins: packs read, and not walked again

        _measure(*numbers)


def _measure(organisations: int, services: int, suppliers: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    print(f"machine: a loop of ten million takes {_yardstick():.2f} s")
    call_command("migrate", verbosity=0)
    began = perf_counter()
    made = fill(organisations, services, suppliers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}: {organisations} organisations x {services} services, {suppliers} suppliers "
          f"({made} rows), made in {perf_counter() - began:.0f} s")  # fmt: skip
    scope, own = _scopes()
    _what_if(scope, own, suppliers)
    _concentration(scope, own)
    _page()


def _yardstick() -> float:
    began, total = perf_counter(), 0
    for n in range(10_000_000):
        total += n
    return perf_counter() - began


def fill(organisations: int, services: int, suppliers: int, *, seed: int = 1) -> int:
    """A country in the database, made of chance with a seed; how many rows. A few suppliers are everywhere, most hardly."""
    from dijkwacht.apps.people.models import Organisation

    chance = random.Random(seed)
    desk = Organisation.objects.create(slug="bench-csirt", name="Bench CSIRT", kind="csirt")
    weights = [1 / (n + 3) for n in range(suppliers)]
    under = {n: chance.sample(range(min(UNDER, suppliers)), k=chance.choice((0, 1, 1, 2))) for n in range(suppliers)}
    rows = 0
    for n in range(organisations):
        here = Organisation.objects.create(
            slug=f"bench-{n}",
            name=f"Bench {n}",
            kind="municipality",
            safety_region=f"Regio {n % 25}",
            province=f"P{n % 12}",
        )
        rows += _fill_one(here, desk, chance, (services, weights, under))
    return rows


def _fill_one(here: Any, desk: Any, chance: random.Random, made_up: Any) -> int:
    """One municipality with its register, shared with the desk. ``made_up``: services each, weights, who leans on whom."""
    from django.utils import timezone

    from dijkwacht.apps.people.models import Share
    from dijkwacht.apps.suppliers.models import Service, SubSupplier, Use

    services, weights, under = made_up
    Share.objects.create(
        owner=here, recipient=desk, kind="suppliers", what="suppliers", valid_from=SINCE,
        granted_at=timezone.now() - timedelta(days=400),
    )  # fmt: skip
    bought = chance.choices(range(len(weights)), weights, k=services)
    told = {n for n in sorted(set(bought)) if chance.random() < TELLS}
    by = _suppliers(here, bought, {other for n in told for other in under[n]})
    things = _subjects(here, "service", [f"Dienst {n}" for n in range(services)])
    made = Service.objects.bulk_create(
        [
            Service(organisation=here, supplier=by[n], subject=each, name=each.name, added_on=SINCE)
            for n, each in zip(bought, things, strict=True)
        ]
    )
    processes = _subjects(here, "process", NAMES)
    hours, words = (None, 0, 4, 8, 24, 72), ("",) * 8 + ("weg",)
    uses = Use.objects.bulk_create(
        [
            Use(service=service, subject=each, since=SINCE, hours=chance.choice(hours), group=chance.choice(words))
            for service in made
            for each in chance.sample(processes, chance.choice((1, 1, 2)))
        ]
    )
    chain = SubSupplier.objects.bulk_create(
        [
            SubSupplier(
                organisation=here, supplier=by[n], on=by[other], since=SINCE, hours=chance.choice((None, 4, 24))
            )
            for n in sorted(told)
            for other in under[n]
            if n != other
        ]
    )
    return len(by) + len(made) + len(uses) + len(chain)


def _suppliers(here: Any, bought: list[int], deeper: set[int]) -> dict[int, Any]:
    """The suppliers of one register by their number in the market; one in twenty has no KvK number."""
    from dijkwacht.apps.suppliers.models import Supplier

    known = sorted({*bought, *deeper})
    subjects = dict(zip(known, _subjects(here, "supplier", [f"Leverancier {n}" for n in known]), strict=True))
    rows = [
        Supplier(
            organisation=here, subject=subjects[n] if n in set(bought) else None, name=f"Leverancier {n}", added_on=SINCE,
            kvk=f"{90_000_000 + n}" if n % 20 else "",
        )
        for n in known
    ]  # fmt: skip
    return dict(zip(known, Supplier.objects.bulk_create(rows), strict=True))


def _subjects(here: Any, kind: str, names: list[str]) -> list[Any]:
    from dijkwacht.apps.ledger.models import Subject

    rows = [
        Subject(organisation=here, kind=kind, key=f"{kind}-{n}", name=name, recorded_at=SINCE)
        for n, name in enumerate(names)
    ]
    return Subject.objects.bulk_create(rows)


def _scopes() -> tuple[Any, Any]:
    from django.utils.timezone import localdate

    from dijkwacht.apps.people.models import Organisation
    from dijkwacht.apps.suppliers.queries import scope

    desk = Organisation.objects.get(slug="bench-csirt")
    own = scope.own(Organisation.objects.get(slug="bench-0"))
    return scope.shared_with(desk, on=localdate(), ours=False), own


def _timed(what: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, float, Any]:
    """Milliseconds: the middle and the slowest; and what came out."""
    spent, found = [], None
    for _ in range(rounds):
        began = process_time()  # of this process: a busy machine does not count
        found = what()
        spent.append((process_time() - began) * 1000)
    return median(spent), max(spent), found


def _what_if(scope: Any, own: Any, suppliers: int) -> None:
    from dijkwacht.apps.suppliers.queries import stops

    for place in (1, 5, 21, 201, suppliers - 1):
        node = f"k{90_000_000 + place}"
        middle, slowest, found = _timed(lambda node=node: stops.what_if(scope, [node], on=ON))
        print(f"  what if number {place} stops, country: {middle:.0f} ms, {slowest:.0f} slowest (budget 200): "
              f"{len(found.stopped):,} processes in {len(found.organisations)} organisations")  # fmt: skip
    middle, slowest, found = _timed(lambda: stops.what_if(own, ["k90000001"], on=ON))
    print(f"  the same in one register: {middle:.1f} ms, {slowest:.1f} slowest: {len(found.stopped)} processes")


def _concentration(scope: Any, own: Any) -> None:
    from dijkwacht.apps.suppliers.queries import concentration

    for said, where, process in (
        ("country", scope, ""),
        ("country, one process", scope, NAMES[3]),
        ("one register", own, ""),
    ):
        middle, slowest, found = _timed(
            lambda where=where, process=process: concentration.table(where, on=ON, process=process), 3
        )
        knot = f", a knot of {len(found.knot.suppliers)} suppliers" if found.knot else ""
        print(
            f"  concentration, {said}: {middle:.0f} ms, {slowest:.0f} slowest (budget 1,000): {len(found.rows):,} suppliers{knot}"
        )
    middle, _, found = _timed(lambda: concentration.alike(scope), 3)
    print(f"  perhaps the same: {middle:.0f} ms, {len(found)} names")


def _page() -> None:
    """The pages through the whole site, signed in: of one municipality, and of a coach who sees the country."""
    from django.test import Client

    from dijkwacht.apps.people.models import Organisation, Person, Role
    from dijkwacht.apps.suppliers.models import Supplier

    browsers = {}
    for slug, role in (("bench-0", "ciso"), ("bench-csirt", "coach")):
        person = Person.objects.create_user(f"{slug}@voorbeeld.example", name=slug)
        Role.objects.create(
            person=person, organisation=Organisation.objects.get(slug=slug), role=role, valid_from=date(2020, 1, 1)
        )
        browsers[slug] = Client(SERVER_NAME="localhost")
        browsers[slug].force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    heavy = Supplier.objects.filter(organisation__slug="bench-0", kvk="90000001").get()
    for said, slug, path in (
        ("page of a supplier", "bench-0", f"{heavy.pk}/"), ("page of what stops, one register", "bench-0", "wat-stopt/"),
        ("page of one that stops, one register, drawn", "bench-0", "wat-stopt/als/?wie=k90000001"),
        ("page of one that stops, country", "bench-csirt", "wat-stopt/als/?wie=k90000005&bereik=gedeeld"),
        ("page of on whom all lean, country", "bench-csirt", "concentratie/?bereik=gedeeld"),
    ):  # fmt: skip
        url = f"/o/{slug}/leveranciers/{path}"
        middle, slowest, answer = _timed(lambda browser=browsers[slug], url=url: browser.get(url), 5)
        print(
            f"  {said}: {middle:.0f} ms, {slowest:.0f} slowest, {len(answer.content) / 1024:.0f} kB, status {answer.status_code}"
        )


if __name__ == "__main__":
    main()
