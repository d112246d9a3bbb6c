"""Statements against their budgets, in the demo municipality. Prints figures; asserts nothing.

Usage: python -m bench.bench_statement   (DATABASE_URL: an empty PostgreSQL database)
"""

import os
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median
from time import perf_counter
from typing import Any

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
ACCOUNT = "ensia-council"
ROUNDS = 9


def main() -> None:
    """Prints one line per figure."""
    with tempfile.TemporaryDirectory(prefix="bench-statement-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _measure()


def _measure() -> None:
    from dijkwacht.adapters.checking import check
    from dijkwacht.adapters.disclosing import disclose
    from dijkwacht.adapters.rejudging import rejudge
    from dijkwacht.apps.accountability.queries import statements
    from dijkwacht.apps.accountability.services.freezing import freeze
    from dijkwacht.apps.accountability.services.reproducing import replayed, reproduce
    from dijkwacht.demo.world import build

    world = build(on=ON)
    dijkstad, college = world.organisations["dijkstad"], world.person("college")
    rows: list[Any] = []

    def sign(documents: bool) -> None:
        last = {"replaces": rows[-1].number, "why": "bench"} if rows else {}
        given = {"account": ACCOUNT, "on": ON, "at": AT, "person": college, "documents": documents, **last}
        rows.append(freeze(dijkstad, **given))

    say("draft with its lines", lambda: statements.live(dijkstad, account=ACCOUNT, on=ON, known_at=ON), "-")
    say("checked, frozen and signed, without documents", lambda: sign(False), "1 s")
    say("the same, with all documents", lambda: sign(True), "-", rounds=3)
    row = rows[-1]
    data = statements.package(row)
    print(f"  (package: {len(data) / 1024:.0f} KB, {sum(row.counts.values())} lines)")
    say("verify a package", lambda: check(data), "1 s")
    found = check(data)
    say("judge it again from what is in it", lambda: rejudge(found), "-")
    say("three lines disclosed", lambda: disclose(data, ["bio2:5.36.01", "bio2:8.13.04"]), "-")
    say("replay of a past day", lambda: replayed(rows[0]), "1 s")
    say("the same bytes made again", lambda: reproduce(rows[0]), "-")
    say("what would differ now", lambda: statements.would_differ(rows[0], on=ON, known_at=ON), "-")


def say(what: str, work: Callable[[], object], budget: str, *, rounds: int = ROUNDS) -> None:
    """Prints the median of some rounds, in milliseconds, beside its budget."""
    took = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        took.append(perf_counter() - start)
    print(f"{what:<48} {median(took) * 1000:8.1f} ms   budget {budget}")


if __name__ == "__main__":
    main()
