"""The landscape against its budgets: matrix page 100 ms, findings of 10,000 cells 1 s. Prints figures; asserts nothing.

Usage: python -m bench.bench_landscape
"""

import os
import random
import tempfile
from dataclasses import replace
from datetime import date
from statistics import median
from time import perf_counter

from dijkwacht.core.landscape.findings import gaps, overlaps, stale
from dijkwacht.norms.landscape import landscape_pack

ON, ROUNDS, MANY = date(2026, 11, 25), 15, 10_000


def main() -> None:
    """Prints the findings first, then the pages over a warm process."""
    _findings()
    with tempfile.TemporaryDirectory(prefix="bench-landscape-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _pages()


def _findings() -> None:
    held, dice = landscape_pack().landscape, random.Random(7)
    known = list(held.cells.values())
    cells = {
        f"c{number}": replace(
            dice.choice(known), id=f"c{number}", area=dice.choice([*held.areas]), phase=dice.choice([*held.phases]),
            layer=dice.choice([*held.layers]), actor=dice.choice([*held.actors]), together=dice.choice(["", "", *held.chains]),
        )
        for number in range(MANY)
    }  # fmt: skip
    many = replace(held, cells=cells)
    begin = perf_counter()
    found = len(gaps(many)), len(overlaps(many)), len(stale(many, on=ON))
    print(f"findings of {MANY} cells {1000 * (perf_counter() - begin):8.1f} ms   budget 1000 ms   {found}")


def _pages() -> None:
    from django.test import Client

    from dijkwacht.apps.landscape.models import LocalCell
    from dijkwacht.apps.people.models import Organisation, Person, Role

    organisation = Organisation.objects.create(slug="dijkstad", name="Dijkstad", kind="municipality")
    person = Person.objects.create_user("bench@voorbeeld.test", name="Bench")
    Role.objects.create(person=person, organisation=organisation, role="safety_adviser", valid_from=date(2020, 1, 1))
    browser = Client(headers={"host": "localhost"})
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    for words in ("pack alone", "with 20 own changes"):
        for page, budget in (("", "100 ms"), ("gaten/", "-"), ("actoren/", "-"), ("cel/council_frames/", "-")):
            url, took = f"/o/dijkstad/landschap/{page}", []
            for _round in range(ROUNDS):
                begin = perf_counter()
                answer = browser.get(url)
                took.append(1000 * (perf_counter() - begin))
                assert answer.status_code == 200, url
            print(f"{words:<20} {page or 'matrix':<20} {median(took):8.1f} ms   budget {budget}")
        for cell in list(landscape_pack().landscape.cells)[:20]:
            LocalCell.objects.get_or_create(
                organisation=organisation, cell=cell, doing="change", because="x", since=ON, fields={"basis": "eigen"}
            )


if __name__ == "__main__":
    main()
