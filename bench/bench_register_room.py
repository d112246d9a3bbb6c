"""The product register in a database: one asset, a register, an SBOM, the pages, names. Prints figures; asserts nothing.

Usage: python -m bench.bench_register_room [advisories [parts]]   (DATABASE_URL: a PostgreSQL database that may be filled)
"""

import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter, process_time
from typing import Any

ADVISORIES, PARTS, LINES, SERVED, ROUNDS = 300, 50_000, 300, 20, 20


def main() -> None:
    """Prints one line per figure."""
    with tempfile.TemporaryDirectory(prefix="bench-register-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        numbers = [int(each) for each in sys.argv[1:]]
        _measure(*(numbers + [ADVISORIES, PARTS][len(numbers) :]))


def _measure(advisories: int, parts: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    at = timezone.localtime()
    world = _World(advisories, at)
    print(f"{connection.vendor}: {advisories:,} advisories of a desk that serves {SERVED + 1} organisations")
    world.registers()
    world.one_line(LINES)
    world.one_line(3_000)
    world.sbom(parts)
    world.names()
    world.pages()


def timed(name: str, work: Callable[[], Any], budget: str = "") -> Any:
    """Does it and prints wall and CPU time."""
    wall, cpu = perf_counter(), process_time()
    done = work()
    wall, cpu = perf_counter() - wall, process_time() - cpu
    print(
        f"  {name}: {wall * 1000:,.0f} ms, of which {cpu * 1000:,.0f} ms CPU here{f' (budget {budget})' if budget else ''}"
    )
    return done


class _World:
    """A desk with advisories, and organisations with registers of the same products."""

    def __init__(self, advisories: int, at: Any) -> None:
        from bench.advisory_world import Market, documents
        from dijkwacht.apps.advisories.models import Service
        from dijkwacht.apps.advisories.services import intake
        from dijkwacht.apps.people.models import Organisation, Person, Role

        self.at, self.day, self.market = at, at.date(), Market()
        self.desk = Organisation.objects.create(slug="bench-csirt", name="Bench CSIRT", kind="csirt")
        self.organisations = [
            Organisation.objects.create(slug=f"bench-{n}", name=f"Bench {n}", kind="municipality")
            for n in range(SERVED + 1)
        ]
        self.person = Person.objects.create(email="bench@bench.example", name="Bench")
        for each in self.organisations:
            Service.objects.create(organisation=each, desk=self.desk, basis="Bench", since=date(2020, 1, 1))
        for each, role in ((self.organisations[0], "ciso"), (self.desk, "csirt_analyst")):
            Role.objects.create(person=self.person, organisation=each, role=role, valid_from=date(2020, 1, 1))
        came = [intake.Came(each, f"{n}.json") for n, each in enumerate(documents(self.market, advisories))]
        for start in range(0, len(came), 100):
            intake.take_in(self.desk, came[start : start + 100], provider=None, person=self.person, at=at)

    def lines(self, count: int) -> Any:
        """A register out of the market."""
        from dijkwacht.core.advisories.register_lines import Line, Lines

        dice = self.market.dice
        found = [
            Line(row, vendor=vendor, product=product, version=dice.choice((*versions, "")), raw="x" * 60)
            for row, (vendor, product, versions) in enumerate(self.market.pick(count), 1)
        ]
        return Lines("cmdb", tuple(found), as_of=self.at.date())

    def take_over(self, organisation: Any, lines: Any, kind: str = "cmdb", label: str = "") -> Any:
        """Takes it over."""
        from dijkwacht.apps.advisories.services import registering
        from dijkwacht.core.advisories.register_lines import Source

        return registering.take_over(
            organisation, lines, Source(kind, label), name="bench", person=self.person, at=self.at
        )

    def registers(self) -> None:
        """Everybody has a register; of one the time."""
        lines = self.lines(LINES)
        timed(
            f"a register of {LINES} lines taken over", lambda: self.take_over(self.organisations[0], lines), "1,000 ms"
        )
        timed("the same file once more", lambda: self.take_over(self.organisations[0], lines), "1,000 ms")
        for each in self.organisations[1:]:
            self.take_over(each, self.lines(LINES))

    def one_line(self, count: int) -> None:
        """One product more, in a register of so many lines; with the entry in the trail and the digest, and without."""
        from dijkwacht.apps.advisories.models import Line
        from dijkwacht.apps.advisories.services import lines, registering
        from dijkwacht.apps.advisories.services.assets import standing_of

        whose = self.organisations[0]
        if count > LINES:
            self.take_over(whose, self.lines(count))
        told = [
            {"vendor": v, "product": p, "version": f"{n}.0"} for n, (v, p, _) in enumerate(self.market.pick(2 * ROUNDS))
        ]
        whole, bare = [], []
        for each in told[:ROUNDS]:
            cpu = process_time()
            lines.add(whose, told=each, person=self.person, at=self.at)
            whole.append((process_time() - cpu) * 1000)
        for each in told[ROUNDS:]:
            row = Line.objects.create(
                organisation=whose, ident=f"b{len(bare)}-{count}", kind="hand", since=self.day, confirmed=self.day, **each
            )  # fmt: skip
            cpu = process_time()
            registering.rematched(whose, lines=[row.pk], said=[standing_of(row).line], at=self.at)
            bare.append((process_time() - cpu) * 1000)
        print(f"  one product more among {count:,} lines: {median(bare):.1f} ms CPU to match it (budget 10 ms); "
              f"{median(whole):.1f} ms with checks, digest and entry in the trail")  # fmt: skip

    def sbom(self, parts: int) -> None:
        """A large SBOM, read and taken over; and a newer one of the same application."""
        from dijkwacht.apps.advisories.services import register_file

        whose = self.organisations[1]
        for name, version in (("an SBOM", "1.0"), ("a newer one", "1.1")):
            data = _sbom(parts, version)
            read = timed(
                f"{name} of {parts:,} parts read ({len(data) / 1e6:.0f} MB)",
                lambda data=data: register_file.look(data, "bom.json", on=self.at.date()),
            )
            timed(
                f"{name} taken over",
                lambda read=read: self.take_over(whose, read.lines, "cyclonedx", "Bench"),
                "60,000 ms",
            )
        print(f"  most memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")

    def names(self) -> None:
        """A name that a desk confirms for all that it serves; and the proposals."""
        from dijkwacht.apps.advisories.queries import proposals
        from dijkwacht.apps.advisories.services import naming, renaming

        vendor, product, _versions = self.market.products[0]
        told = {"vendor": vendor, "product": product, "to_vendor": "Bench", "to_product": "Heel anders"}
        deed = {"person": self.person, "at": self.at}
        made = timed(
            "a desk confirms the name of the product that most have",
            lambda: naming.confirm(self.desk, names=told, **deed),
        )
        timed("and what it touches, by tick", lambda: renaming.carry_on(at=self.at))
        timed("it ends that", lambda: naming.end(made, **deed))
        timed("and what that touches", lambda: renaming.carry_on(at=self.at))
        found = timed("names proposed to the desk", lambda: proposals.for_desk(self.desk, self.person, at=self.at))
        print(f"  {len(found):,} names proposed")

    def pages(self) -> None:
        """The pages through the whole site, signed in; the first round is left out, since it reads packs and templates."""
        from django.test import Client
        from django.urls import reverse

        from dijkwacht.apps.advisories.models import Line

        browser = Client(SERVER_NAME="localhost")
        browser.force_login(self.person, backend="allauth.account.auth_backends.AuthenticationBackend")
        row = Line.objects.filter(organisation=self.organisations[0], asset__isnull=False).first()
        assert row is not None
        slug = self.organisations[0].slug
        for name, args in (
            ("register", [slug]), ("register_csv", [slug]), ("product", [slug, row.pk]), ("names", [slug]), ("following", [slug]),
            ("register_for", [self.desk.slug, self.organisations[1].pk]),
        ):  # fmt: skip
            spent = []
            for _round in range(4):
                start = perf_counter()
                answer = browser.get(reverse(f"advisories:{name}", args=args))
                spent.append((perf_counter() - start) * 1000)
                assert answer.status_code == 200, (name, answer.status_code)
            print(f"  page {name}: {median(spent[1:]):.0f} ms")


def _sbom(parts: int, version: str) -> bytes:
    components = [
        {
            "type": "library", "name": f"onderdeel-{n}", "group": f"example.groep{n % 500}", "version": f"{n % 9}.{version}",
            "purl": f"pkg:maven/example.groep{n % 500}/onderdeel-{n}@{n % 9}.{version}",
        }
        for n in range(parts)
    ]  # fmt: skip
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": components}).encode()


if __name__ == "__main__":
    main()
