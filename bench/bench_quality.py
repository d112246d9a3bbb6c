"""The quality check, the map and the benchmark over the whole country, against their budgets. Prints figures; asserts nothing.

Usage: python -m bench.bench_quality [organisations]   (DATABASE_URL: a PostgreSQL database that may be filled)
"""

import os
import sys
import tempfile
from collections.abc import Callable
from statistics import median
from time import perf_counter

from bench.bench_ledger import AT, ON, fill

ACCOUNT = "ensia-council"


def main() -> None:
    """Prints one line per figure."""
    with tempfile.TemporaryDirectory(prefix="bench-quality-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        _measure(int(sys.argv[1]) if len(sys.argv) > 1 else 342)


def _measure(count: int) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    organisations = fill(count)
    office = _share(organisations)
    _claims(organisations)
    from dijkwacht.apps.ensia.queries.comparison import comparison
    from dijkwacht.apps.ensia.queries.quality import quality
    from dijkwacht.apps.ensia.queries.region import region

    found = quality(on=ON)
    print(f"  ({len(found.findings)} findings: {dict(found.by_kind)})")
    _say("quality check", lambda: quality(on=ON), "3 s (another tool: 77 s)")
    _say("who is stuck", lambda: region(office, on=ON, account=ACCOUNT), "1 s")
    _say("benchmark", lambda: comparison(organisations[0], account=ACCOUNT, on=ON), "1 s")
    client = _client(office)
    _say("map page", lambda: client.get("/o/regio/kaart/", headers={"host": "localhost"}), "0.5 s")
    _say("year of one organisation", lambda: _year(organisations[0]), "1 s")


def _share(organisations: list) -> object:
    from dijkwacht.apps.ensia.models import Consent
    from dijkwacht.apps.people.models import Organisation, Share
    from dijkwacht.norms.read import municipalities

    for each, row in zip(organisations, municipalities(), strict=False):
        each.cbs_code, each.inhabitants = row["cbs_code"], int(row["inhabitants"])
    Organisation.objects.bulk_update(organisations, ["cbs_code", "inhabitants"])
    office = Organisation.objects.create(slug="regio", name="Regio", kind="other")
    Share.objects.bulk_create(
        Share(owner=each, recipient=office, kind="account", what=ACCOUNT, valid_from=ON, tlp="AMBER", granted_at=AT)
        for each in organisations
    )
    Consent.objects.bulk_create(Consent(organisation=each, given_on=ON) for each in organisations)
    return office


def _claims(organisations: list) -> None:
    """Each says yes to sixty lines of BIO2, of which a third without proof."""
    from dijkwacht.apps.ledger.models import Claim, Subject
    from dijkwacht.apps.ledger.packs import packs_on

    names = [name for name in packs_on(ON).norms.requirements if name.startswith("bio2:")][:60]
    own = {each.organisation_id: each for each in Subject.objects.filter(kind="organisation")}
    Claim.objects.bulk_create(
        Claim(
            organisation=each, requirement=name, subject=own[each.pk], answer="yes", evidence_note="x" * (n % 3),
            answered_on=ON, source="bench", recorded_at=ON,
        )
        for each in organisations
        for n, name in enumerate(names)
    )  # fmt: skip


def _client(office: object) -> object:
    from django.test import Client

    from dijkwacht.apps.people.models import Person, Role

    person = Person.objects.create_user("coach@regio.example", name="Coach")
    Role.objects.create(person=person, organisation=office, role="coach", valid_from=ON.replace(year=2020))
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _year(organisation: object) -> object:
    from dijkwacht.apps.ensia.models import Year
    from dijkwacht.apps.ensia.pages import line_rows

    return line_rows(Year(organisation=organisation, year=ON.year, opened_on=ON, pk=0), on=ON)


def _say(what: str, run: Callable[[], object], budget: str, rounds: int = 5) -> None:
    run()
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        run()
        taken.append(perf_counter() - start)
    print(f"{what:<28} {median(taken):8.3f} s   worst {max(taken):.3f} s   (budget {budget})")


if __name__ == "__main__":
    main()
