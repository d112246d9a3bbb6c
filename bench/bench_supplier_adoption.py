"""A joint review that 300 municipalities adopt, one after the other. Prints figures, and whether every line is right.

Usage: python -m bench.bench_supplier_adoption [municipalities]   (DATABASE_URL: a PostgreSQL database that may be filled)
"""

import os
import random
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter, process_time
from typing import Any

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
BEFORE = ON - timedelta(days=3)  # the day on which everything was judged
UNTIL = ON + timedelta(days=365)
MUNICIPALITIES, SUPPLIERS, ANSWERS = 300, 25, 120
KVK = "90001234"
FOUND = {
    "supplier.assurance.received_on": (ON - timedelta(days=40)).isoformat(), "supplier.assurance.scope_covers": True,
    "supplier.chain_changes.reported": True, "supplier.changes.risk_weighed": True, "supplier.cloud": True,
    "supplier.risks.treated": True, "supplier.subcontractors": "accepted",
}  # fmt: skip


def main() -> None:
    """Prints one line per figure."""
    with tempfile.TemporaryDirectory(prefix="bench-adoption-") as folder:
        os.environ["DIJKWACHT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
        import django

        django.setup()
        import dijkwacht.wsgi  # noqa: F401 - as a process that serves pages begins

        _measure(int(sys.argv[1]) if len(sys.argv) > 1 else MUNICIPALITIES)


def _measure(count: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    start = perf_counter()
    review, suppliers = fill(count)
    print(f"{connection.vendor}: {count} municipalities with {SUPPLIERS} suppliers each, recorded and judged in "
          f"{perf_counter() - start:.0f} s")  # fmt: skip
    _queries(review, suppliers.pop())
    spent, turned = adopt_all(review, suppliers)
    print(f"adopted by {len(spent)}: {sum(spent):.2f} s together (budget 2 s), median {median(spent) * 1000:.1f} ms, "
          f"slowest {max(spent) * 1000:.1f} ms, {median(turned):.0f} lines turned each")  # fmt: skip
    wrong = check(suppliers, on=ON)
    print(f"lines that are not what the facts give: {wrong}")
    _turn(review, suppliers)


def fill(count: int) -> tuple[Any, list[Any]]:
    """A concluded review and the municipalities that joined it, each with its supplier of that number."""
    from django.db import transaction

    from dijkwacht.apps.people.models import Organisation

    chance = random.Random(300)
    holder = Organisation.objects.create(slug="bench-holder", name="Bench holder", kind="other")
    portal = Organisation.objects.create(slug="bench-supplier", name="Bench supplier", kind="supplier")
    with transaction.atomic():
        review = _review(holder, portal)
    municipalities = Organisation.objects.bulk_create(
        [Organisation(slug=f"bench-{n}", name=f"Bench {n}", kind="municipality") for n in range(count + 1)]
    )
    found = []
    for each in municipalities:
        with transaction.atomic():
            found.append(_municipality(each, review, chance))
    return review, found


def _review(holder: Any, portal: Any) -> Any:
    from dijkwacht.apps.ledger.services.subjects import register_subject
    from dijkwacht.apps.suppliers.models import Business, Question, Review

    Business.objects.create(organisation=portal, kvk=KVK, invited_by=holder, invited_at=AT)
    subject = register_subject(
        holder, kind="joint_review", name="Bench", key="bench-review", person=None, actor="bench", on=BEFORE, at=AT
    )
    _record(holder, subject, FOUND)
    review = Review.objects.create(
        organisation=holder, portal=portal, subject=subject, title="Bench", service="Bench", kind="saas",
        question_set="saas_full", version="1", phase="concluded", answer_before=BEFORE, judge_before=BEFORE,
        opened_at=AT - timedelta(days=90), concluded_at=AT, until=UNTIL,
    )  # fmt: skip
    for n, fact in enumerate(FOUND):
        Question.objects.create(review=review, key=f"q-{n}", order=n, theme="x", text={}, verify={}, fact=fact)
    return review


def _municipality(organisation: Any, review: Any, chance: random.Random) -> Any:
    """Its own answers, a complete register of suppliers of which all is known but for what the review tells, and verdicts."""
    from bench.bench_ledger import value_for
    from dijkwacht.apps.ledger.models import Subject
    from dijkwacht.apps.ledger.packs import packs_on
    from dijkwacht.apps.ledger.services.judging import judge_all, own_subject
    from dijkwacht.apps.suppliers.models import Party, Supplier

    types = packs_on(ON).norms.fact_types.values()
    own = own_subject(organisation, on=BEFORE)
    asked = [kind for kind in types if kind.subject == "organisation" and kind.value != "exception"]
    answers = {kind.id: value_for(kind, chance) for kind in chance.sample(asked, ANSWERS)}
    for kind in asked:
        if kind.value == "date" and kind.id in answers:  # of a day that had come when it was recorded
            answers[kind.id] = (BEFORE - timedelta(days=chance.randrange(500))).isoformat()
    _record(organisation, own, {**answers, "register.supplier.complete": True})
    subjects = Subject.objects.bulk_create(
        [
            Subject(organisation=organisation, kind="supplier", key=f"supplier-{n}", name=f"S {n}", recorded_at=BEFORE)
            for n in range(SUPPLIERS)
        ]
    )
    for n, subject in enumerate(subjects):
        known = {kind.id: _good(kind) for kind in types if kind.subject == "supplier"}
        _record(organisation, subject, {name: each for name, each in known.items() if n or name not in FOUND})
    judge_all(organisation, on=BEFORE)
    Party.objects.create(review=review, organisation=organisation, role="joined", since=BEFORE)
    return Supplier.objects.create(
        organisation=organisation, subject=subjects[0], name="Bench", kvk=KVK, added_on=BEFORE
    )


def _good(kind: Any) -> object:
    """A value with which lines are met, as far as there is one."""
    if kind.value == "date":
        return (ON - timedelta(days=60)).isoformat()
    wanted = {
        "supplier.terms": "weighed",
        "supplier.network_access": "weighed_and_registered",
        "supplier.subcontractors": "none",
    }
    return wanted.get(kind.id, True)


def _record(organisation: Any, subject: Any, facts: dict[str, Any]) -> None:
    from dijkwacht.apps.ledger import runs
    from dijkwacht.apps.ledger.models import Fact

    Fact.objects.bulk_create(
        Fact(
            organisation=organisation, subject=subject, fact_type=name, value=value, valid_from=BEFORE, recorded_at=BEFORE,
            observed=runs.of(BEFORE), assurance=2, origin="person", said_by="Bench", act=1,
        )
        for name, value in facts.items()
    )  # fmt: skip


def _queries(review: Any, supplier: Any) -> None:
    """One beforehand, so that packs are read; and how many queries it takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from dijkwacht.apps.suppliers.services.adopting import adopt

    with CaptureQueriesContext(connection) as found:
        adopt(review, supplier=supplier, person=None, actor="bench", at=AT)
    print(f"one adoption: {len(found)} queries")
    if os.environ.get("BENCH_QUERIES"):
        for each in found:
            print(f"   {each['time']} {each['sql'][:150]}")


def adopt_all(review: Any, suppliers: list[Any]) -> tuple[list[float], list[int]]:
    """Everybody adopts; per adoption the seconds, and the lines that turned."""
    from dijkwacht.apps.suppliers.services.adopting import adopt

    spent, turned, begun = [], [], process_time()
    for supplier in suppliers:
        start = perf_counter()
        done = adopt(review, supplier=supplier, person=None, actor="bench", at=AT)
        spent.append(perf_counter() - start)
        turned.append(len(done.judged.changes))
    print(
        f"   of which this process worked {process_time() - begun:.2f} s; yardstick, 2,000,000 squares: {_yardstick():.3f} s"
    )
    return spent, turned


def _yardstick() -> float:
    """How fast this machine is at this moment, in seconds."""
    begun = process_time()
    sum(number * number for number in range(2_000_000))
    return process_time() - begun


def check(suppliers: list[Any], *, on: date) -> int:
    """How many stored lines differ from what the facts give when everything is judged anew."""
    from dijkwacht.apps.ledger.queries.verify_verdicts import verify_verdicts

    return sum(len(verify_verdicts(each.organisation, on=on)) for each in suppliers)


def _turn(review: Any, suppliers: list[Any]) -> None:
    """A finding: one fact of the review becomes no, and everybody who adopted sees one line turn."""
    from dijkwacht.apps.ledger.services import due
    from dijkwacht.apps.ledger.services.facts import answer

    start = perf_counter()
    answer(
        review.organisation, person=None, actor="bench", subject=review.subject, fact_type="supplier.risks.treated",
        value=False, on=ON, at=AT,
    )  # fmt: skip
    middle = perf_counter()
    done = due.tick(on=ON, at=AT)
    print(f"a finding: recorded in {(middle - start) * 1000:.0f} ms; the tick after it judged {done.organisations} "
          f"organisations, {done.turned} lines turned, {perf_counter() - middle:.2f} s; "
          f"wrong: {check(suppliers, on=ON)}")  # fmt: skip


if __name__ == "__main__":
    main()
