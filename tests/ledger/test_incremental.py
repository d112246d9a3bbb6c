"""Whatever is done in whatever order: what is stored equals a judgement from scratch, and the facts match the trail."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dijkwacht.apps.ledger.models import ALL, Fact, Subject, Tally, Verdict
from dijkwacht.apps.ledger.packs import packs_of
from dijkwacht.apps.ledger.queries import facts as reads
from dijkwacht.apps.ledger.queries import subjects as registered
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.ledger.queries.verify import verify_facts
from dijkwacht.apps.ledger.queries.verify_register import verify_register
from dijkwacht.apps.ledger.queries.verify_verdicts import verify_verdicts
from dijkwacht.apps.ledger.reasons_json import load
from dijkwacht.apps.ledger.services import due, evidence, facts, judging, subjects
from dijkwacht.apps.ledger.services.recording import Refusal, Said
from dijkwacht.apps.people import services as people
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.held import verify_people
from dijkwacht.apps.trail.models import Entry, Head
from dijkwacht.core.recording import Origin
from dijkwacht.core.verdict import under_demand
from tests.ledger.small import NORMS, TODAY

VALUES: dict[str, list[Any]] = {
    "house.policy": [True, False], "house.mfa": [True, False], "house.tested_on": [date(2026, 1, 31), date(2025, 12, 1), "never"],
    "house.count": [0, 3], "house.share": [50, 95], "house.kind": ["none", "all"],
    "house.exception": [{"reason": "r", "owner": "o", "until": date(2027, 1, 31)}],
    "system.critical": [True, False], "system.restored_on": [date(2026, 2, 28), "never"], "supplier.certified": [True, False],
    "register.system.complete": [True, False], "register.supplier.complete": [True],
}  # fmt: skip
DAYS = st.integers(0, 40)


@st.composite
def acts(draw: Any) -> list[tuple[Any, ...]]:
    """A sequence of acts, each after some days, or some days earlier than the one before it."""
    found: list[tuple[Any, ...]] = []
    for _ in range(draw(st.integers(1, 9))):
        verb = draw(
            st.sampled_from(
                ["answer"] * 6 + ["observe", "undo", "withdraw", "register", "archive", "refer", "share", "tick"]
            )
        )
        name = draw(st.sampled_from(sorted(VALUES)))
        more = {
            "since": draw(st.none() | DAYS), "correction": draw(st.booleans()),
            "seen": draw(st.sampled_from(["token", "old", None])),
        }  # fmt: skip
        found.append(
            (
                draw(st.sampled_from([0, 0, 0, 1, 29, -1, -20])),
                verb,
                name,
                draw(st.sampled_from(VALUES[name])),
                more,
                draw(DAYS),
            )
        )
    return found


class Life:
    """An organisation to which things happen."""

    def __init__(self, organisation: Organisation, other: Organisation, person: Person, at: datetime) -> None:
        self.organisation, self.other, self.person, self.at, self.on = organisation, other, person, at, TODAY
        self.last, self.latest = 0, TODAY
        self.given = {"person": person, "at": at}
        self.source = subjects.register_subject(other, kind="supplier", name="S", on=TODAY, **self.given)
        own = judging.own_subject(organisation, on=TODAY)
        self.subjects: dict[str, list[Subject]] = {"organisation": [own], "system": [], "supplier": []}
        for kind in ("system", "supplier"):
            self.do_register(kind + ".x", None, {}, 0)

    def do(self, step: tuple[Any, ...]) -> None:
        days, verb, *rest = step
        self.on += timedelta(days=days)
        self.latest = max(self.latest, self.on)
        try:
            getattr(self, f"do_{verb}")(*rest)
        except Refusal:
            pass

    def subject(self, name: str, number: int) -> Subject:
        kind = name.partition(".")[0]
        pool = self.subjects["organisation" if kind in ("house", "register") else kind]
        return pool[number % len(pool)]

    def do_answer(self, name: str, value: Any, more: dict[str, Any], number: int) -> None:
        subject = self.subject(name, number)
        token = reads.question(subject, name, on=self.on).token if more["seen"] else None
        seen = max((token or 0) - 1, 0) if more["seen"] == "old" else token
        since = None if more["since"] is None else self.on - timedelta(days=more["since"])
        self.last = facts.answer(
            self.organisation, subject=subject, fact_type=name, value=value, on=self.on, since=since, seen=seen,
            correction=more["correction"], **self.given,
        ).act  # fmt: skip

    def do_observe(self, name: str, value: Any, more: dict[str, Any], number: int) -> None:
        said = Said(self.subject(name, number), name, value, Origin.MEASUREMENT)
        facts.observe(self.organisation, observations=[said], source="scan", on=self.on, at=self.at)

    def do_undo(self, *_: Any) -> None:
        facts.undo(self.organisation, act=self.last, on=self.on, **self.given)

    def do_withdraw(self, name: str, *_: Any) -> None:
        fact = Fact.objects.filter(organisation=self.organisation, superseded_at=None).order_by("-pk").first()
        if fact is not None:
            self.last = facts.withdraw(fact, on=self.on, **self.given).act

    def do_register(self, name: str, *_: Any) -> None:
        kind = name.partition(".")[0] if name.partition(".")[0] in self.subjects else "system"
        made = subjects.register_subject(self.organisation, kind=kind, name=f"{kind} x", on=self.on, **self.given)
        self.subjects[kind].append(made)

    def do_archive(self, name: str, value: Any, more: dict[str, Any], number: int) -> None:
        subjects.archive_subject(self.subject(name, number), on=self.on, **self.given)

    def do_refer(self, name: str, value: Any, more: dict[str, Any], number: int) -> None:
        system, supplier = self.subject("system.x", number), self.subject("supplier.x", number)
        facts.answer(
            self.organisation, subject=system, fact_type="system.supplier", value=supplier.key, on=self.on, **self.given
        )

    def do_share(self, name: str, value: Any, more: dict[str, Any], number: int) -> None:
        moment = self.at + (self.on - TODAY)
        subjects.inherit_from(self.subject("supplier.x", number), source=self.source, on=self.on, **self.given)
        given = self.other.shares_given.filter(revoked_at=None).first()
        if given is not None:
            people.revoke_share(given, at=moment, by=self.person)
        else:
            ends = {"valid_to": self.on + timedelta(days=20)} if more["correction"] else {}
            people.share(
                self.other, recipient=self.organisation, kind="fact", what="*|*", tlp="RED", valid_from=self.on, at=moment,
                by=self.person, **ends,
            )  # fmt: skip
        facts.answer(
            self.other,
            subject=self.source,
            fact_type="supplier.certified",
            value=more["correction"],
            on=self.on,
            **self.given,
        )

    def do_tick(self, *_: Any) -> None:
        self.settle()

    def settle(self) -> None:
        due.tick(on=self.on, at=self.at)


def check(life: Life) -> None:
    """What is stored, against a judgement from scratch."""
    life.on = life.latest
    life.settle()
    packs = packs_of(NORMS)
    fresh = verdicts.judged(life.organisation, requirements=NORMS.requirements, on=life.on, known_at=life.on)
    expected = {
        (line.requirement.id, line.subject): (
            line.verdict.status,
            line.verdict.assurance,
            line.verdict.shown,
            line.verdict.stale_at,
        )
        for line in fresh
    }
    rows = Verdict.objects.filter(organisation=life.organisation).select_related("subject")
    stored = {(row.requirement, row.subject.key): (row.status, row.assurance, row.shown, row.stale_at) for row in rows}
    assert stored == expected
    today = {(row.requirement, row.subject.key): load(row.reasons) for row in rows}
    for line in fresh:
        assert today[line.requirement.id, line.subject] == line.verdict.reasons
    assert verify_verdicts(life.organisation, on=life.on) == []
    for name, account in NORMS.accounts.items():
        taken = [
            under_demand(line.verdict, requirement=line.requirement, demand=account.demand).status
            for requirement in account.requirements
            for line in fresh
            if line.requirement.id == requirement
        ]
        tally = Tally.objects.get(organisation=life.organisation, account=name)
        assert {each: getattr(tally, each) for each in set(map(str, taken))} == {
            str(each): taken.count(each) for each in set(taken)
        }
        assert tally.lines == len(taken)
    assert Tally.objects.get(organisation=life.organisation, account=ALL).packs == packs.fingerprint
    for each in (life.organisation, life.other):
        assert verify_facts(each) == []
        assert verify_register(each) == []
        assert [fault for fault in verify_people(each) if fault.table != "role"] == []
        assert Head.objects.get(organisation=each).seq == Entry.objects.filter(organisation=each).count()
    assert set(registered.names(life.organisation)) >= {life.organisation.slug}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=acts())
def test_stored_verdicts_equal_a_judgement_from_scratch(
    steps: list[tuple[Any, ...]], make_organisation: Callable[..., Organisation], ciso: Person, at: datetime
) -> None:
    life = Life(make_organisation(), make_organisation(kind="supplier"), ciso, at)
    for step in steps:
        life.do(step)
    check(life)


def test_the_past_stays_what_it_was(
    make_organisation: Callable[..., Organisation],
    ciso: Person,
    at: datetime,
    say: Callable[..., facts.Receipt],
    own: Subject,
) -> None:
    """Whatever is done later, what was known on a day stays what was known on that day."""
    say("house.policy", True, since=date(2026, 1, 1))
    say("house.mfa", True)
    proof = evidence.add_evidence(own.organisation, file=BytesIO(b"x"), name="x", person=ciso, on=TODAY, at=at)

    def told() -> list[Any]:
        found = verdicts.replay(own.organisation, requirements=NORMS.requirements, on=TODAY, known_at=TODAY)
        return [(line.requirement.id, line.subject, line.verdict.status, line.verdict.assurance) for line in found]

    before, later = told(), TODAY + timedelta(days=3)
    say("house.policy", False, on=later, since=date(2026, 6, 1))
    say("house.mfa", False, on=later, correction=True)
    say("house.count", 0, on=later, since=date(2025, 1, 1), evidence=[proof])
    subjects.register_subject(own.organisation, kind="supplier", name="S", person=ciso, on=later, at=at)
    assert told() == before
