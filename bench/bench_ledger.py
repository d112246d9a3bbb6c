"""The ledger against its budgets, with 342 organisations x 120 answers in the database. Prints figures; asserts nothing.

Usage: python -m bench.bench_ledger [organisations]   (DATABASE_URL: a PostgreSQL database that may be filled)
"""

import json
import os
import random
import resource
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ANSWERS, ROUNDS = 120, 50


def main() -> None:
    """Prints one line per figure."""
    with tempfile.TemporaryDirectory(prefix="bench-ledger-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        _measure(int(sys.argv[1]) if len(sys.argv) > 1 else 342, Path(folder))


def _measure(count: int, folder: Path) -> None:
    from django.core.management import call_command

    start = perf_counter()
    call_command("migrate", verbosity=0)
    _say("empty database made", perf_counter() - start, "20 s", unit="s")
    _size(folder, "empty database", "10 MB")
    start = perf_counter()
    organisations = fill(count)
    print(f"  ({count} organisations x {ANSWERS} answers recorded and judged in {perf_counter() - start:.1f} s)")
    _size(folder, "full database", "-")
    one_answer(organisations)
    over_http(organisations)
    reads(organisations)
    bring_in(organisations)
    clock()
    print(f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (budget 200)")


def fill(count: int) -> list:
    """Organisations with a subject, facts as if answered over the last year, and stored verdicts."""
    from django.db import transaction

    from dijkwacht.apps.ledger.models import Fact
    from dijkwacht.apps.ledger.packs import packs_on
    from dijkwacht.apps.ledger.services.judging import judge_all, own_subject
    from dijkwacht.apps.people.models import Organisation

    packs, chance = packs_on(ON), random.Random(342)
    types = [kind for kind in packs.norms.fact_types.values() if kind.subject == "organisation"]
    organisations = Organisation.objects.bulk_create(
        [Organisation(slug=f"gemeente-{n}", name=f"Gemeente {n}", kind="municipality") for n in range(count)]
    )
    for organisation in organisations:
        with transaction.atomic():
            own = own_subject(organisation, on=ON)
            chosen = chance.sample(types, min(ANSWERS, len(types)))
            Fact.objects.bulk_create(_fact(organisation, own, kind, chance) for kind in chosen)
            judge_all(organisation, on=ON)
    return organisations


def value_for(kind, chance: random.Random) -> object:
    """A likely value of a fact type, in its plain form."""
    match kind.value:
        case "yes_no":
            return chance.random() < 0.8
        case "date":
            return (ON - timedelta(days=chance.randrange(500))).isoformat()
        case "count":
            return chance.randrange(20)
        case "percentage":
            return chance.randrange(101)
        case "choice":
            return chance.choice(kind.choices)
        case "duration":
            return "P1Y"
        case "exception":
            return {"reason": "oud systeem", "owner": "it", "until": "2027-06-01"}
    return "een tekst"


def _fact(organisation, own, kind, chance: random.Random):
    from dijkwacht.apps.ledger import runs
    from dijkwacht.apps.ledger.models import Fact

    day = ON - timedelta(days=chance.randrange(300))
    return Fact(
        organisation=organisation, subject=own, fact_type=kind.id, value=value_for(kind, chance), valid_from=day,
        recorded_at=day, observed=runs.of(day), assurance=chance.choice((1, 1, 2, 3)), origin="person",
        said_by="Anna", act=1,
    )  # fmt: skip


def one_answer(organisations: list) -> None:
    """The service by itself."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from dijkwacht.apps.ledger.packs import packs_on
    from dijkwacht.apps.ledger.services.facts import answer
    from dijkwacht.apps.ledger.services.judging import own_subject

    packs, chance = packs_on(ON), random.Random(7)
    organisation = organisations[len(organisations) // 2]
    own = own_subject(organisation, on=ON)
    types = [kind for kind in packs.norms.fact_types.values() if kind.subject == "organisation"]
    spent, touched = [], []
    for round_ in range(ROUNDS + 5):
        kind = chance.choice(types)
        value = value_for(kind, chance)
        start = perf_counter()
        answer(organisation, person=None, actor="bench", subject=own, fact_type=kind.id, value=value, on=ON, at=AT)
        if round_ >= 5:
            spent.append(perf_counter() - start)
            touched.append(len(packs.dependencies.touched([kind.id])))
    _say(f"one answer saved, median {median(touched):.0f} lines touched", median(spent), "50 ms")
    _say("   slowest of 50", max(spent), "-")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer(organisation, person=None, actor="bench", subject=own, fact_type=types[3].id, value=value_for(types[3], chance),
               on=ON, at=AT)  # fmt: skip
    print(f"   queries: {len(queries)}")
    widest = max(types, key=lambda kind: len(packs.dependencies.touched([kind.id])))
    start = perf_counter()
    answer(
        organisation,
        person=None,
        actor="bench",
        subject=own,
        fact_type=widest.id,
        value=value_for(widest, chance),
        on=ON,
        at=AT,
    )
    _say(f"the widest answer, {len(packs.dependencies.touched([widest.id]))} lines", perf_counter() - start, "-")


def over_http(organisations: list) -> None:
    """The same as a request: session, seat, answer, a short page. Every layer of the site but the room's own template."""
    from django.test import Client
    from django.test.utils import override_settings
    from django.urls import path

    from dijkwacht.apps.ledger.packs import packs_on
    from dijkwacht.apps.people.models import Person, Role

    organisation, chance = organisations[len(organisations) // 3], random.Random(9)
    person = Person.objects.create_user("anna@voorbeeld.test", name="Anna")
    Role.objects.create(person=person, organisation=organisation, role="ciso", valid_from=ON - timedelta(days=9000))
    types = [kind for kind in packs_on(ON).norms.fact_types.values() if kind.subject == "organisation"]
    urls = type("urls", (), {"urlpatterns": [path("o/<slug:organisation>/<str:fact_type>/", _answer_page)]})
    with override_settings(ROOT_URLCONF=urls, ALLOWED_HOSTS=["*"]):
        browser = Client()
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        spent = []
        for _ in range(ROUNDS):
            kind = chance.choice(types)
            body = json.dumps(value_for(kind, chance))
            start = perf_counter()
            reply = browser.post(f"/o/{organisation.slug}/{kind.id}/", body, content_type="application/json")
            spent.append(perf_counter() - start)
            assert reply.status_code == 200, reply.status_code
    _say("one answer over HTTP", median(spent), "50 ms")


def _answer_page(request, organisation: str, fact_type: str):
    from django.http import HttpResponse

    from dijkwacht.apps.ledger.queries.subjects import subject
    from dijkwacht.apps.ledger.services.facts import answer
    from dijkwacht.apps.people.access import organisation_or_404
    from dijkwacht.core.access import Right

    seat = organisation_or_404(request, organisation, Right.ANSWER)
    own = subject(seat.organisation, organisation)
    receipt = answer(
        seat.organisation,
        person=seat.person,
        subject=own,
        fact_type=fact_type,
        value=json.loads(request.body),
        on=ON,
        at=AT,
    )
    return HttpResponse(f"{receipt.outcome} {len(receipt.verdicts_changed)}")


def reads(organisations: list) -> None:
    """What pages ask."""
    from dijkwacht.apps.ledger.packs import packs_on
    from dijkwacht.apps.ledger.queries import questions, verdicts, verify

    organisation = organisations[len(organisations) // 2]
    norms = packs_on(ON).norms
    bio2 = [name for name in norms.requirements if name.startswith("bio2:")]
    past = ON - timedelta(days=100)
    work = {
        ("read one requirement", "50 ms"): lambda: verdicts.line(organisation, requirement=bio2[60], on=ON),
        (f"a norm of {len(bio2)} lines", "200 ms"): lambda: verdicts.lines(organisation, requirements=bio2, on=ON),
        ("   with reasons", "-"): lambda: verdicts.lines(organisation, requirements=bio2, on=ON, reasons=True),
        (f"overview of {len(organisations)} organisations", "500 ms"): verdicts.overview,
        ("next questions, all norms", "-"): lambda: questions.open_questions(organisation, on=ON),
        ("the whole organisation at a past day", "50 ms"): lambda: verdicts.judgement_of(organisation, on=past, known_at=past),
        ("   every verdict with reasons then", "-"): lambda: verdicts.replay(
            organisation, requirements=norms.requirements, on=past, known_at=past),
        ("facts held against the trail", "-"): lambda: verify.verify_facts(organisation),
    }  # fmt: skip
    for (what, budget), call in work.items():
        _say(what, _median(call), budget)


def bring_in(organisations: list) -> None:
    """A self-assessment of 120 lines."""
    from dijkwacht.apps.ledger.packs import packs_on
    from dijkwacht.apps.ledger.services.claims import Source, record_claims
    from dijkwacht.core.intake_plan import Claim, Plan
    from dijkwacht.core.intake_values import Claimed

    names = list(packs_on(ON).norms.requirements)[:ANSWERS]
    plan = Plan(
        tuple(Claim(name, Claimed.YES, row + 2, "toelichting", "beleid.docx", ON, "Anna") for row, name in enumerate(names)),
        (), (), (), 0, "bio2",
    )  # fmt: skip
    start = perf_counter()
    done = record_claims(
        organisations[0],
        plan=plan,
        source=Source("zelf.xlsx", sha256(b"").hexdigest()),
        person=None,
        actor="bench",
        on=ON,
        at=AT,
    )
    _say(f"import of {len(names)} answers, {sum(done.outcomes.values())} facts", perf_counter() - start, "1000 ms")


def clock() -> None:
    """The nightly job."""
    from dijkwacht.apps.ledger.services.due import tick

    for days in (1, 30):
        start = perf_counter()
        done = tick(on=ON + timedelta(days=days), at=AT)
        spent = perf_counter() - start
        print(
            f"tick {days} day(s) later: {done.organisations} organisations, {done.turned} verdicts turned, {spent:.2f} s"
        )


def _median(call, times: int = 9) -> float:
    spent = []
    for _ in range(times):
        start = perf_counter()
        call()
        spent.append(perf_counter() - start)
    return median(spent)


def _size(folder: Path, what: str, budget: str) -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = sum(path.stat().st_size for path in folder.glob("db.sqlite3*"))
        print(f"{what}: {size / 1e6:.1f} MB (budget {budget})")


def _say(what: str, seconds: float, budget: str, *, unit: str = "ms") -> None:
    shown = f"{seconds:.2f} s" if unit == "s" else f"{seconds * 1000:.1f} ms"
    print(f"{what}: {shown} (budget {budget})", flush=True)


if __name__ == "__main__":
    main()
