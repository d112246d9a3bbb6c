"""The room of advisories: documents that come in from a folder, and whom one advisory touches. Prints figures; asserts nothing.

Usage: python -m bench.bench_advisories_room [documents] [CVE records] [EPSS scores]   (DATABASE_URL: a PostgreSQL database that
may be filled)
"""

import gzip
import os
import resource
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from bench.advisory_world import Market, cve_records, documents, registers

DOCUMENTS, RECORDS, SCORES = 5_000, 1_000, 280_000
ORGANISATIONS, ASSETS, ROUNDS = 342, 300, 50


def main() -> None:
    """Prints one line per figure."""
    given = [int(each) for each in sys.argv[1:]]
    numbers = [*given, *(DOCUMENTS, RECORDS, SCORES)[len(given) :]]
    with tempfile.TemporaryDirectory(prefix="bench-advisories-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        _measure(Path(folder), *numbers)


def _measure(folder: Path, count: int, records: int, scores: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    at, market = timezone.localtime(), Market()
    began = perf_counter()
    desk = _fill(market, at)
    spent = perf_counter() - began
    print(f"{connection.vendor}: {ORGANISATIONS} organisations x {ASSETS} assets, made in {spent:.0f} s")
    # a match in a registry that is filled with advisories too, then the intake itself
    _intake(folder / "csaf", "CSAF documents", documents(market, count, lines=5), desk, at)
    _intake(folder / "cve", "CVE records", cve_records(market, records), desk, at)
    _match(desk, at)
    _recount(at)
    if scores:
        _lists(desk, scores, at)


def _fill(market: Market, at: datetime) -> Any:
    """The organisations with their registers, all served by one desk; gives the desk."""
    from dijkwacht.apps.advisories.models import Asset, Line, Place, Service
    from dijkwacht.apps.advisories.models.columns import product_text, version_text
    from dijkwacht.apps.people.models import Organisation
    from dijkwacht.core.advisories.rows import places_of

    desk = Organisation.objects.create(slug="bench-csirt", name="Bench CSIRT", kind="csirt")
    rows = {
        f"gemeente-{n:03}": Organisation.objects.create(slug=f"bench-{n}", name=f"Bench {n}", kind="municipality")
        for n in range(ORGANISATIONS)
    }
    Service.objects.bulk_create([Service(organisation=each, desk=desk, since=at.date()) for each in rows.values()])
    things = registers(market, ORGANISATIONS, ASSETS)
    lines = Line.objects.bulk_create(
        [
            Line(
                organisation=rows[each.organisation], ident=each.id, kind="cmdb", vendor=each.vendor, product=each.product,
                version=each.version, since=at.date(), confirmed=at.date(),
            )
            for each in things
        ],
        batch_size=2000,
    )  # fmt: skip
    assets = Asset.objects.bulk_create(
        [Asset(organisation_id=each.organisation_id, line=each) for each in lines], batch_size=2000
    )
    Place.objects.bulk_create(
        [
            Place(asset=row, organisation_id=row.organisation_id, product=product_text(key), version=version_text(version))
            for row, thing in zip(assets, things, strict=True)
            for key, version in places_of(thing)
        ],
        batch_size=2000,
    )  # fmt: skip
    return desk


def _intake(folder: Path, what: str, bodies: Any, desk: Any, at: datetime) -> None:
    from dijkwacht.apps.advisories.models import Provider
    from dijkwacht.apps.advisories.services import fetching

    folder.mkdir()
    count = 0
    for count, body in enumerate(bodies, 1):
        (folder / f"d-{count:06}.json").write_bytes(body)
    if not count:
        return
    provider = Provider.objects.create(
        organisation=desk, name=what, kind="folder", url=str(folder), added_at=at, next_at=at
    )
    before, began, worked = _memory(), perf_counter(), process_time()
    done = fetching.pull(provider, at=at)
    spent, worked = perf_counter() - began, process_time() - worked
    print(f"  {what}: {done.new:,} in {spent:.0f} s, {spent / count * 1000:.1f} ms each, {worked / count * 1000:.1f} of them at "
          f"work here; memory {before:.0f} -> {_memory():.0f} MB at most")  # fmt: skip
    began = perf_counter()
    again = fetching.pull(provider, at=at + timedelta(hours=1))
    print(f"  again, nothing new ({again.new}): {perf_counter() - began:.2f} s")


def _memory() -> float:
    """The most that this process had at once, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _match(desk: Any, at: datetime) -> None:
    """One new advisory against all registers: the join alone, and all of it to whom it touches."""
    from django.db import connection, transaction

    from dijkwacht.apps.advisories.models import Advisory
    from dijkwacht.apps.advisories.queries.joins import of_advisory
    from dijkwacht.apps.advisories.queries.serving import served_by
    from dijkwacht.apps.advisories.services import matching
    from dijkwacht.apps.advisories.services.reading import content_of

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    served = served_by(desk, on=at.date())
    joined, whole, touched = [], [], []
    for row in Advisory.objects.filter(organisation=desk).select_related("document", "organisation")[:ROUNDS]:
        content = content_of(row.document)  # type: ignore[arg-type]
        began = perf_counter()
        of_advisory(row.pk, served)
        joined.append((perf_counter() - began) * 1000)
        began = process_time()
        with transaction.atomic():
            matching.refresh({row: content}, matching.side_of(desk, at=at))
        whole.append((process_time() - began) * 1000)
        touched.append(row.concerns.count())
    print(f"  one advisory to whom it touches (middle {median(touched):.0f} organisations, most {max(touched)}): "
          f"join {median(joined):.1f} ms middle, {max(joined):.1f} slowest; indexed, matched and "
          f"counted {median(whole):.1f} ms CPU here middle, {max(whole):.1f} slowest (budget 50 ms)")  # fmt: skip


def _recount(at: datetime) -> None:
    from dijkwacht.apps.advisories.models import Advisory
    from dijkwacht.apps.advisories.services import matching
    from dijkwacht.apps.people.models import Organisation

    numbers = list(Advisory.objects.values_list("pk", flat=True))
    began = perf_counter()
    matching.count(numbers)
    print(f"  recount of {len(numbers):,} advisories: {perf_counter() - began:.1f} s")
    spent = []
    for each in Organisation.objects.filter(kind="municipality")[:10]:
        began = perf_counter()
        matching.match_organisation(each, at=at)
        spent.append((perf_counter() - began) * 1000)
    print(f"  one register against all advisories: {median(spent):.0f} ms middle, {max(spent):.0f} slowest")


def _lists(desk: Any, count: int, at: datetime) -> None:
    from dijkwacht.apps.advisories.services import lists

    text = "".join(f"CVE-2026-{n:06},{(n % 1000) / 1000:.5f},0.5\n" for n in range(count))
    head = "#model_version:v2026.01.01,score_date:{day}T00:00:00+0000\ncve,epss,percentile\n"
    for day in (at.date(), at.date() + timedelta(days=1)):
        data = gzip.compress((head.format(day=day) + text).encode())
        began = perf_counter()
        done = lists.take_epss(data, desk=desk, person=None, actor="bench", at=at)
        print(f"  EPSS: {done.rows:,} scores, {done.changed:,} written, in {perf_counter() - began:.1f} s")
        text = text.replace("0.5\n", "0.6\n").replace(",0.1", ",0.2")


if __name__ == "__main__":
    main()
