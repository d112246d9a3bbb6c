"""Proof of suppliers: added, changed, judged, withdrawn, and the letters that bridge the time since.

``until``: the first day after.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.people.queries import roles_on
from dijkwacht.apps.suppliers.models import Answer, Letter, Proof, Service, Supplier
from dijkwacht.apps.suppliers.services import telling
from dijkwacht.apps.suppliers.services.doing import Refused, doing
from dijkwacht.apps.suppliers.services.keeping import LONGEST_NOTE, end_rows, make_direct, now, one_of, own, put, text
from dijkwacht.core.access import RoleName
from dijkwacht.core.suppliers.assurance import Kind
from dijkwacht.norms.suppliers import supplier_rules
from dijkwacht.web.moments import day_of

JUDGES = (RoleName.PROCESS_OWNER, RoleName.CISO)
"""Who judges proof and accepts what was found: BIO2 5.22.01 names the process owner; the CISO may for him."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a proof says. ``until`` None: for a kind that shows one day. ``whole``: of all services, and then none is named."""

    kind: str
    title: str
    first: date
    received_on: date
    until: date | None = None
    issuer: str = ""
    scope: str = ""
    whole: bool = False
    services: tuple[Service, ...] = ()
    subs: str = Answer.UNKNOWN
    file: Evidence | None = None


def add_proof(supplier: Supplier, *, paper: Paper, person: Person | None, at: datetime) -> Proof:
    """What was received. Raises Refused (empty, too_long, odd, period, future, one_day, received_early, no_services,
    another, gone), with the field."""
    told = _told(paper, on=day_of(at))
    with doing(supplier.organisation, person=person, at=at) as deed:
        whose = now(supplier)
        changed = make_direct(deed, whose)
        own(paper.file, deed.organisation, "file")
        under = _services(whose, paper)
        row = Proof.objects.create(
            organisation=supplier.organisation, supplier=whose, received_by=person, file=paper.file, **told
        )
        row.services.set(under)
        deed.write("proof_added", about=f"proof:{row.pk}", rows=[row, *changed], name=row.title, supplier=whose.name)
        telling.settle(supplier.organisation, at=at, suppliers=[whose.pk])
    return row


def change_proof(proof: Proof, *, paper: Paper, person: Person | None, at: datetime) -> Proof:
    """What a proof says after all. Without a file it keeps the one that it has.

    What somebody made of it was about what it said before: when more than its title changed, it is judged again. Raises Refused
    as `add_proof` does, and letter_loose when a bridge letter would no longer begin where the period ends.
    """
    told = _told(paper, on=day_of(at))
    with doing(proof.organisation, person=person, at=at) as deed:
        row = now(proof)
        own(paper.file, deed.organisation, "file")
        under = _services(row.supplier, paper, kept=row)
        changed = put(row, told | ({"file": paper.file} if paper.file else {}))
        if {each.pk for each in under} != set(row.services.values_list("pk", flat=True)):
            row.services.set(under)
            changed.append("services")
        _check_letters(row)
        if set(changed) - {"title"}:
            changed += put(row, {"judged_on": None, "judged_by": None, "judgement": ""})
        if changed:
            deed.write("proof_changed", about=f"proof:{row.pk}", rows=[row], name=row.title, changed=changed)
            telling.settle(proof.organisation, at=at, suppliers=[row.supplier_id])
    return row


def withdraw_proof(
    proof: Proof, *, because: str, person: Person | None, at: datetime, ended_on: date | None = None
) -> Proof:
    """It was withdrawn, or the certificate suspended; ``ended_on`` (None: today) is the first day on which it no longer counts.

    Raises Refused (empty, too_long, future, before_start, gone).
    """
    on = day_of(at)
    why, day = text(because, "because", 300, needed=True), ended_on or on
    if day > on:
        raise Refused("future", field="ended_on")
    with doing(proof.organisation, person=person, at=at) as deed:
        row = now(proof)
        if day < row.first:
            raise Refused("before_start", field="ended_on")
        row.ended_on, row.ended_because = day, why
        row.save(update_fields=["ended_on", "ended_because"])
        deed.write("proof_withdrawn", about=f"proof:{row.pk}", rows=[row], name=row.title, because=why)
        telling.settle(proof.organisation, at=at, suppliers=[row.supplier_id])
    return row


def judge_proof(proof: Proof, *, judgement: str, person: Person, at: datetime) -> Proof:
    """Who read it says what he makes of it: what is in it, what is not, what must follow. A later judgement takes its place.

    Raises Refused (empty, too_long, not_a_judge, gone).
    """
    said = text(judgement, "judgement", LONGEST_NOTE, needed=True)
    with doing(proof.organisation, person=person, at=at) as deed:
        row = now(proof)
        if not may_judge(person, row.organisation, on=day_of(at)):
            raise Refused("not_a_judge")
        row.judged_on, row.judged_by, row.judgement = day_of(at), person, said
        row.save(update_fields=["judged_on", "judged_by", "judgement"])
        deed.write("proof_judged", about=f"proof:{row.pk}", rows=[row], name=row.title)
        telling.settle(proof.organisation, at=at, suppliers=[row.supplier_id])
    return row


def add_letter(
    proof: Proof, *, first: date, until: date, received_on: date, person: Person | None, at: datetime,
    file: Evidence | None = None,
) -> Letter:  # fmt: skip
    """The supplier's word that nothing changed since the period of a report.

    Raises Refused: no_letters (letters mean nothing for this kind), period, future, letter_ahead (it speaks of days after it
    was received), letter_loose (it does not begin where the period or the letter before it ends), another, gone.
    """
    if until <= first:
        raise Refused("period", field="last_day")
    if received_on > day_of(at):
        raise Refused("future", field="received_on")
    if until - DAY > received_on:
        raise Refused("letter_ahead", field="last_day")
    with doing(proof.organisation, person=person, at=at) as deed:
        row = now(proof)
        kind = supplier_rules().kinds.get(row.kind)
        if kind is None or kind.bridge is None:
            raise Refused("no_letters")
        letter = Letter.objects.create(
            proof=row, first=first, until=until, received_on=received_on, file=own(file, deed.organisation, "file")
        )
        _check_letters(row, field="first")
        deed.write("letter_added", about=f"proof:{row.pk}", rows=[letter], name=row.title)
        telling.settle(proof.organisation, at=at, suppliers=[row.supplier_id])
    return letter


def withdraw_letter(letter: Letter, *, person: Person | None, at: datetime) -> Letter:
    """It is taken back: wrong, or about another report. From today it bridges nothing.

    Raises Refused: gone, letter_loose (another letter begins where this one ends).
    """
    with doing(letter.proof.organisation, person=person, at=at) as deed:
        row = now(letter)
        (row,) = end_rows([row], day_of(at))
        _check_letters(now(row.proof), field="")
        deed.write("letter_withdrawn", about=f"proof:{row.proof_id}", rows=[row], name=row.proof.title)
        telling.settle(deed.organisation, at=at, suppliers=[row.proof.supplier_id])
    return row


def may_judge(person: Person | None, organisation: Organisation, *, on: date) -> bool:
    """Whether a person judges proof and may accept what was found, on a day."""
    return person is not None and roles_on(person, organisation, on).filter(role__in=JUDGES).exists()


def _told(paper: Paper, *, on: date) -> dict[str, object]:
    """What a proof says, checked. Raises Refused."""
    kind = supplier_rules().kinds[one_of(paper.kind, "kind", supplier_rules().kinds)]
    until = _until(kind, paper, on=on)
    if not (paper.whole or paper.services):
        raise Refused("no_services", field="services")
    return {
        "kind": kind.id, "title": text(paper.title, "title", 200, needed=True),
        "issuer": text(paper.issuer, "issuer", 200), "scope": text(paper.scope, "scope", LONGEST_NOTE),
        "first": paper.first, "until": until, "whole": paper.whole, "subs": one_of(paper.subs, "subs", Answer.values),
        "received_on": paper.received_on,
    }  # fmt: skip


def _until(kind: Kind, paper: Paper, *, on: date) -> date:
    """The first day after. Raises Refused for days that cannot be: a report tells of what was, and comes after it."""
    until = paper.until
    if kind.shows == "day":
        until = until or paper.first + DAY
        if until != paper.first + DAY:
            raise Refused("one_day", field="last_day")
    if until is None:
        raise Refused("empty", field="last_day")
    if until <= paper.first:
        raise Refused("period", field="last_day")
    if paper.received_on > on:
        raise Refused("future", field="received_on")
    if kind.shows == "validity":
        return until
    if until - DAY > on:
        raise Refused("future", field="first" if kind.shows == "day" else "last_day")
    if paper.received_on < until - DAY:
        raise Refused("received_early", field="received_on")
    return until


def _services(supplier: Supplier, paper: Paper, *, kept: Proof | None = None) -> list[Service]:
    """The services it is about: of this supplier, and running or named already. Raises Refused (another)."""
    before = set() if kept is None else set(kept.services.values_list("pk", flat=True))
    for each in () if paper.whole else paper.services:
        if each.supplier_id != supplier.pk or (each.ended_on is not None and each.pk not in before):
            raise Refused("another", field="services")
    return [] if paper.whole else list(paper.services)


def _check_letters(proof: Proof, *, field: str = "last_day") -> None:
    """Each letter begins no later than where the period, or the letter before it, ends, and says something after it."""
    reached: date = proof.until
    letters: Collection[Letter] = list(proof.letters.filter(ended_on__isnull=True).order_by("first", "until"))
    if letters and supplier_rules().kinds[proof.kind].bridge is None:
        raise Refused("no_letters", field="kind")
    for each in letters:
        if each.first > reached or each.until <= proof.until:
            raise Refused("letter_loose", field=field)
        reached = max(reached, each.until)
