"""The page of cybercrime against its budget: 300 ms from 1 million stored figures. Prints figures; asserts nothing.

Usage: python -m bench.bench_crime
"""

import json
import os
import random
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

TOWNS = [f"GM{number:04}" for number in range(1, 343)]
OURS, TOPICS, EDITIONS, MONTHS, NEWEST = "GM0200", ("3.7.4", "3.9.1"), 8, 180, 2026 * 12 + 9
ROUNDS, BUDGET = 15, 300
AT = datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


def main() -> None:
    """Fills a database of its own, then looks at the pages over a warm process."""
    with tempfile.TemporaryDirectory(prefix="bench-crime-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _bench()


def _police(edition: int, dice: random.Random) -> bytes:
    """One edition of the registrations, as the source stores it: a month more than the one before."""
    newest = NEWEST - EDITIONS + 1 + edition
    rows = [
        {"SoortMisdrijf": topic, "WijkenEnBuurten": f"{town}    ", "Perioden": f"{month // 12}MM{month % 12 + 1:02}",
         "GeregistreerdeMisdrijven_1": None if dice.random() < 0.1 else dice.randrange(60)}
        for town in TOWNS
        for topic in TOPICS
        for month in range(newest - MONTHS + 1, newest + 1)
    ]  # fmt: skip
    return json.dumps({"odata.metadata": "x/47022NED/$metadata#TypedDataSet", "value": rows}).encode()


def _tables(dice: random.Random) -> Iterator[bytes]:
    for edition in range(EDITIONS):
        yield _police(edition, dice)
    years = range(2011, 2027)
    rows: list[dict[str, Any]] = [
        {"RegioS": town, "Perioden": f"{year}MM01", "BevolkingAanHetBeginVanDePeriode_1": 20_000 + 157 * place}
        for place, town in enumerate(TOWNS)
        for year in years
    ]
    yield json.dumps({"odata.metadata": "x/37230NED/$metadata#TypedDataSet", "value": rows}).encode()


def _bench() -> None:
    from django.test import Client

    from dijkwacht.apps.crime.models.figures import Figure
    from dijkwacht.apps.crime.services import editions, own
    from dijkwacht.apps.people.models import Organisation, Person, Role

    organisation = Organisation.objects.create(slug="dijkstad", name="Dijkstad", kind="municipality")
    person = Person.objects.create_user("bench@voorbeeld.test", name="Bench")
    Role.objects.create(person=person, organisation=organisation, role="safety_adviser", valid_from=date(2020, 1, 1))
    own.choose_place(organisation, {"municipality": OURS}, person=person, at=AT)
    read, kept = [], []
    for number, data in enumerate(_tables(random.Random(7)), start=1):
        begin = perf_counter()
        found = editions.read(data)
        read.append(perf_counter() - begin)
        editions.bring(organisation, found, fetched_on=date(2026, 11, number), name="bench", person=person, at=AT)
        kept.append(perf_counter() - begin - read[-1])
    count = Figure.objects.count()
    print(f"{count} figures in {EDITIONS + 1} editions; one of {len(TOWNS) * len(TOPICS) * MONTHS}: "
          f"read {median(read[:-1]):.1f} s, kept {median(kept[:-1]):.1f} s")  # fmt: skip
    browser = Client(headers={"host": "localhost"})
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    for page in ("", "bronnen/", "beeld.json"):
        took = []
        for _round in range(ROUNDS):
            begin = perf_counter()
            answer = browser.get(f"/o/dijkstad/cybercrime/{page}")
            took.append(1000 * (perf_counter() - begin))
            assert answer.status_code == 200, page
        print(f"{page or 'picture':<12} {median(took):8.1f} ms, slowest {max(took):8.1f} ms   budget {BUDGET} ms")
        if not page:
            first = median(took)
    begin = perf_counter()
    rows = Figure.objects.values_list("edition", "area", "topic", "period", "value").iterator(chunk_size=5_000)
    own_rows = sum(area == OURS for _edition, area, _topic, _period, _value in rows)
    naive = 1000 * (perf_counter() - begin)
    print(
        f"reading all figures and choosing ours ({own_rows}) {naive:8.0f} ms: {naive / first:.0f} times the whole page"
    )


if __name__ == "__main__":
    main()
