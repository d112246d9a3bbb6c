"""Pages against their budgets, with 342 organisations x 120 answers in the database. Prints figures; asserts nothing.

Usage: python -m bench.bench_pages [organisations]   (DATABASE_URL: a PostgreSQL database that may be filled)
"""

import os
import sys
import tempfile
from statistics import median
from time import perf_counter

from bench.bench_ledger import ON, fill

ROUNDS = 15


def main() -> None:
    """Prints one line per page: the median over a warm process, request to response, without a network."""
    with tempfile.TemporaryDirectory(prefix="bench-pages-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _measure(fill(int(sys.argv[1]) if len(sys.argv) > 1 else 342))


def _measure(organisations: list) -> None:
    from django.test import Client

    from dijkwacht.apps.people.models import Organisation, Person, Role, Share
    from dijkwacht.web import clock

    clock.today = lambda _request: ON
    clock.real_today = lambda: ON
    csirt = Organisation.objects.create(slug="csirt", name="CSIRT", kind="csirt")
    person = Person.objects.create_user("bench@voorbeeld.test", name="Bench")
    for organisation, role in ((organisations[0], "ciso"), (csirt, "csirt_analyst")):
        Role.objects.create(person=person, organisation=organisation, role=role, valid_from=ON)
    Share.objects.bulk_create(
        Share(
            owner=each,
            recipient=csirt,
            kind="account",
            what="ensia-council",
            valid_from=ON,
            granted_at=clock.timezone.now(),
        )
        for each in organisations
    )
    browser = Client(headers={"host": "localhost"})
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    own = f"/o/{organisations[0].slug}"
    for name, url, budget in (
        ("norm of 119 lines", f"{own}/kader/bio2/", "200 ms"),
        ("overview of all organisations", "/o/csirt/overzicht/", "500 ms"),
        ("one requirement", f"{own}/eis/bio2:8.13.04/", "50 ms"),
        ("one fact", f"{own}/gegeven/{organisations[0].slug}/policy.approved/", "-"),
        ("all accounts", f"{own}/verantwoording/", "-"),
        ("one account", f"{own}/verantwoording/bio2-soa/", "-"),
    ):
        _one(browser, name, url, budget)
    _answers(browser, organisations[0].slug)


def _answers(browser, slug: str) -> None:
    """Answers to different questions as the page sends them, and the page to which each leads: receipt and next question."""
    from dijkwacht.apps.ledger.packs import packs_on

    types = packs_on(ON).norms.fact_types.values()
    kinds = [each.id for each in types if each.subject == "organisation" and each.value == "yes_no"][: 2 * ROUNDS]
    sent, led = [], []
    for kind in kinds:
        start = perf_counter()
        response = browser.post(f"/o/{slug}/vragen/{slug}/{kind}/", {"value": "yes"})
        sent.append(perf_counter() - start)
        if response.status_code != 302:
            raise SystemExit(f"{kind}: {response.status_code}")
        start = perf_counter()
        browser.get(response["Location"])
        led.append(perf_counter() - start)
    print(f"one answer: {median(sent) * 1000:.0f} ms (budget 50 ms; most {max(sent) * 1000:.0f} ms)")
    print(f"the page to which it leads: {median(led) * 1000:.0f} ms (budget -; most {max(led) * 1000:.0f} ms)")


def _one(browser, name: str, url: str, budget: str) -> None:
    times, size = [], 0
    for _ in range(ROUNDS):
        start = perf_counter()
        response = browser.get(url)
        times.append(perf_counter() - start)
        if response.status_code != 200:
            raise SystemExit(f"{url}: {response.status_code}")
        size = len(response.content)
    print(
        f"{name}: {median(times) * 1000:.0f} ms (budget {budget}; most {max(times) * 1000:.0f} ms; {size / 1024:.0f} kB)"
    )


if __name__ == "__main__":
    main()
