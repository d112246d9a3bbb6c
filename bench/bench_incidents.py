"""Ten thousand legal terms that run, and the page of an incident, in a database. Prints figures; asserts nothing.

Usage: python -m bench.bench_incidents [terms]   (DATABASE_URL: a PostgreSQL database that may be filled)
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

TERMS, ORGANISATIONS, ROUNDS = 10_000, 342, 20
HOUR = timedelta(hours=1)
OUTAGE = {"service_down": "yes", "planned": "no", "outage_hours": "6", "outage_over": "no"}


def main() -> None:
    """Prints one line per figure."""
    with tempfile.TemporaryDirectory(prefix="bench-incidents-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        _measure(int(sys.argv[1]) if len(sys.argv) > 1 else TERMS)


def _measure(terms: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from dijkwacht.apps.incidents.services import ticking

    call_command("migrate", verbosity=0)
    at = timezone.localtime()
    start = perf_counter()
    _fill(terms, at)
    print(f"{connection.vendor}: {terms:,} terms of {terms // 2:,} incidents in {ORGANISATIONS} organisations, made in "
          f"{perf_counter() - start:.0f} s")  # fmt: skip
    _timed("the first round: every term begins, so all are due", lambda: ticking.fire(at=at))
    _timed("none due", lambda: ticking.fire(at=at))
    _timed("an hour later, one in a hundred is due a warning", lambda: ticking.fire(at=at + HOUR))
    _timed("none due any more", lambda: ticking.fire(at=at + HOUR))
    _pages(at)


def _timed(name: str, work: Callable[[], Any]) -> None:
    start = perf_counter()
    done = work()
    print(
        f"  {name}: {(perf_counter() - start) * 1000:,.0f} ms; {done.clocks:,} terms, {done.alerts:,} warnings (budget 1,000 ms)"
    )


def _fill(terms: int, at: datetime) -> None:
    from datetime import date

    from django.db import transaction

    from dijkwacht.apps.incidents.models import Duty, Incident, Weighing
    from dijkwacht.apps.incidents.services import terms as services
    from dijkwacht.apps.people.models import Organisation, Person, Role

    fresh, half = at - HOUR, at - 11.5 * HOUR  # of 24 hours: in half an hour the first warning
    with transaction.atomic():
        organisations = [
            Organisation.objects.create(slug=f"bench-{n}", name=f"Bench {n}", kind="municipality")
            for n in range(ORGANISATIONS)
        ]
        for organisation in organisations:
            for rank in (1, 2):
                person = Person.objects.create(email=f"p{rank}@{organisation.slug}.example", name=f"P {rank}")
                Role.objects.create(person=person, organisation=organisation, role="ciso", valid_from=date(2020, 1, 1))
                Duty.objects.create(
                    organisation=organisation, role="reporter", person=person, rank=rank, since=date(2020, 1, 1)
                )
        for n in range(terms // 2):
            organisation, known = organisations[n % ORGANISATIONS], half if n < terms // 100 else fresh
            row = Incident.objects.create(
                organisation=organisation, year=at.year, number=n // ORGANISATIONS + 1, title="Bench", what="Bench",
                known_at=known, known_by="Bench", significant_at=known, told_at=at,
            )  # fmt: skip
            Weighing.objects.create(
                incident=row, at=at, answers=OUTAGE, verdict="significant", decided=True, known_at=known,
                rules=at.date().isoformat(),
            )  # fmt: skip
            services.follow_facts(row, at=at)


def _pages(at: datetime) -> None:
    """The pages through the whole site, signed in; the first is left out, since it reads packs and templates."""
    from django.test import Client
    from django.urls import reverse

    from dijkwacht.apps.incidents.models import Incident, Moment
    from dijkwacht.apps.people.models import Person

    row = Incident.objects.select_related("organisation").earliest("pk")
    Moment.objects.bulk_create(
        [Moment(incident=row, at=row.known_at, text=f"Regel {n}", written_at=at) for n in range(60)]
    )
    browser = Client(SERVER_NAME="localhost")
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    browser.force_login(Person.objects.get(email=f"p1@{row.organisation.slug}.example"), backend=backend)
    slug = row.organisation.slug
    for name, args in (("incident", [slug, row.pk]), ("home", [slug]), ("overview", [slug]), ("duty", [slug])):
        spent = []
        for _ in range(ROUNDS + 1):
            start = perf_counter()
            answer = browser.get(reverse(f"incidents:{name}", args=args))
            spent.append((perf_counter() - start) * 1000)
            assert answer.status_code == 200, (name, answer.status_code)
        print(f"  page {name}: {median(spent[1:]):.0f} ms median, {max(spent[1:]):.0f} ms the slowest (budget 100 ms)")


if __name__ == "__main__":
    main()
