"""Forty players of an exercise that ask every three seconds whether anything changed. Prints figures; asserts nothing.

Usage: python -m bench.bench_exercise [players]   (DATABASE_URL: a PostgreSQL database that may be filled)
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

PLAYERS, ROUNDS, SCRIPT = 40, 5, "telecom_112_outage"
BUDGET = 50  # ms per request


def main() -> None:
    """Prints one line per figure."""
    with tempfile.TemporaryDirectory(prefix="bench-exercise-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _measure(int(sys.argv[1]) if len(sys.argv) > 1 else PLAYERS)


def _measure(players: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from dijkwacht.apps.exercises.services import planning, running
    from dijkwacht.apps.people.models import Organisation, Person, Role
    from dijkwacht.core.exercises import What
    from dijkwacht.norms.scenarios import scenarios

    at = timezone.now() - timedelta(minutes=40)
    organisation = Organisation.objects.create(slug="bench", name="Bench", kind="municipality")
    lead = Person.objects.create_user("bench@voorbeeld.test", name="Bench")
    Role.objects.create(person=lead, organisation=organisation, role="safety_adviser", valid_from=at.date())
    scenario = scenarios()[SCRIPT]
    plan = planning.Plan("Bench", at.date(), "", tuple(scenario.roles))
    row = planning.plan(organisation, scenario=scenario, name=SCRIPT, text=plan, person=lead, at=at)
    keys = _join(row, lead, players, at)
    running.steer(row, what=What.START, factor=10, person=lead, at=at)
    print(
        f"{connection.vendor}: {players} players, half of them guests, {len(scenario.injects)} injects, 400 minutes in"
    )
    pages = _browsers(row, lead, keys)
    url = f"/o/bench/oefeningen/{row.pk}"
    _timed("whole page of a player", [lambda b=b, p=p: b.get(p) for b, p in pages])
    _timed("poll, the minute changed", [lambda b=b, p=p: b.get(f"{p}nu/?was=0") for b, p in pages])
    running.steer(row, what=What.PAUSE, person=lead, at=timezone.now())
    marks = [_mark(b.get(p).content.decode()) for b, p in pages]
    _timed("poll, nothing changed", [lambda b=b, m=m: b.get(m) for (b, _p), m in zip(pages, marks, strict=True)])
    leads = _signed_in(lead)
    _timed("page of the facilitator", [lambda: leads.get(f"{url}/leiden/")] * players)


def _join(row: Any, lead: Any, players: int, at: Any) -> list[str]:
    from dijkwacht.apps.exercises.services import planning, playing

    code, roles = planning.renew_code(row, person=lead, at=at), list(row.guest_roles)
    return [
        playing.join(row, code=code, function=f"Functie {n}", roles=[roles[n % len(roles)]], at=at)
        for n in range(players // 2)
    ]


def _browsers(row: Any, lead: Any, keys: list[str]) -> list[tuple[Any, str]]:
    """A browser and an address per player: guests, and as many people of the house."""
    from django.test import Client

    from dijkwacht.apps.exercises.services import planning
    from dijkwacht.apps.people.models import Person, Role

    found = [(Client(headers={"host": "localhost"}), f"/oefening/mee/{key}/") for key in keys]
    at = row.participants.first().joined_at
    for n in range(len(keys)):
        person = Person.objects.create_user(f"speler{n}@voorbeeld.test", name=f"Speler {n}")
        Role.objects.create(person=person, organisation=row.organisation, role="college", valid_from=at.date())
        roles = [list(row.guest_roles)[n % len(row.guest_roles)]]
        planning.add_player(row, who=person, roles=roles, person=lead, at=at)
        found.append((_signed_in(person), f"/o/bench/oefeningen/{row.pk}/spelen/"))
    return found


def _signed_in(person: Any) -> Any:
    from django.test import Client

    browser = Client(headers={"host": "localhost"})
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def _mark(page: str) -> str:
    return page.split('hx-get="')[1].split('"', maxsplit=1)[0]


def _timed(name: str, asks: list[Callable[[], Any]]) -> None:
    """Each once to warm up, then in rounds: median and most over all, and the queries of the last."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times, statuses = [], {ask().status_code for ask in asks}
    for _ in range(ROUNDS):
        for ask in asks:
            start = perf_counter()
            ask()
            times.append(perf_counter() - start)
    counts = []
    for ask in (asks[0], asks[-1]):
        with CaptureQueriesContext(connection) as seen:
            ask()
        counts.append(len(seen))
    ranked = sorted(times)
    print(
        f"  {name} ({', '.join(map(str, sorted(statuses)))}): {median(times) * 1000:.1f} ms, 95% within "
        f"{ranked[int(len(ranked) * 0.95)] * 1000:.1f} ms, most {ranked[-1] * 1000:.1f} ms; queries {counts[0]} to {counts[1]} "
        f"(budget {BUDGET} ms)"
    )


if __name__ == "__main__":
    main()
