"""What the register says of a supplier, as facts for the ledger: what is agreed, what proof shows, what was found. Pure.

Only what the register can see. An answer that it cannot give is not given: a clause that nobody looked up is not a no, and a
service that nobody proved is not a no while there is no proof at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from dijkwacht.core.facts import Assurance
from dijkwacht.core.suppliers.assurance import Proof, Span, cover

CLAUSES = (
    "supplier.contract.security_requirements", "supplier.contract.assurance_clause", "supplier.contract.audit_right",
    "supplier.contract.transparency", "supplier.contract.exit", "supplier.contract.flow_down",
    "supplier.contract.termination_grounds", "supplier.dependency.weighed",
)  # fmt: skip
TERMS, CHAIN = "supplier.terms", "supplier.subcontractors"
ICT, CLOUD = "supplier.ict", "supplier.cloud"
RECEIVED, COVERS = "supplier.assurance.received_on", "supplier.assurance.scope_covers"
REVIEWED, TREATED = "supplier.assurance.reviewed_on", "supplier.risks.treated"
OWN_CHECK = "supplier.own_check.done_on"
REGISTERED = "suppliers.contracts.registered"
OF_SUPPLIER = (*CLAUSES, TERMS, CHAIN, ICT, CLOUD, RECEIVED, COVERS, REVIEWED, TREATED, OWN_CHECK)
_TERMS = ("not_weighed", "weighed", "excluded")
_CHAIN = ("unknown", "known", "accepted", "none")
_CHECKS = frozenset({"joint_review", "own_check"})
"""Kinds of proof that are research by the authorities themselves, alone or together (BIO2 5.20.04)."""

Why = Literal[
    "all_contracts", "a_contract", "services", "newest", "each_covered", "not_covered", "judged", "open_findings",
    "none_open", "own_check",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract that runs. ``clauses``: per fact type yes, no or None (not known). ``terms`` and ``chain``: "" when not
    known. ``file``: the number of the file that shows it, if there is one."""

    id: str
    clauses: Mapping[str, bool | None]
    terms: str = ""
    chain: str = ""
    file: int | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """A service that runs. ``ict`` and ``cloud`` None: its kind does not say."""

    id: str
    ict: bool | None
    cloud: bool | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A proof as it was received and read. ``judged_on`` None: nobody said yet what he makes of it."""

    proof: Proof
    received_on: date
    judged_on: date | None = None
    file: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """All that the register has of one supplier on a day. ``open_findings``: neither mended nor accepted."""

    agreements: tuple[Agreement, ...] = ()
    services: tuple[Delivered, ...] = ()
    papers: tuple[Paper, ...] = ()
    open_findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What follows, why, and from which rows. ``files`` show it; ``documented``: they do so whole."""

    value: Any
    why: Why
    rows: tuple[str, ...] = ()
    files: frozenset[int] = frozenset()
    documented: bool = False


def facts_of(known: Known, *, on: date) -> dict[str, Told]:
    """What the register says on a day, by fact type (`OF_SUPPLIER`); what it does not know is left out."""
    found: dict[str, Told | None] = {name: _clause(known.agreements, name) for name in CLAUSES}
    found[TERMS] = _weakest(known.agreements, _TERMS, failing=1, of=lambda each: each.terms)
    found[CHAIN] = _weakest(known.agreements, _CHAIN, failing=2, of=lambda each: each.chain)
    found[ICT], found[CLOUD] = _ict(known.services), _cloud(known.services)
    counted = _counted(known, on)
    independent = [each for each in counted if each.proof.kind.assurance > Assurance.STATED]
    if independent:
        last = max(independent, key=lambda each: (each.received_on, each.proof.id))
        found[RECEIVED] = _told(last.received_on, "newest", [(last.proof.id, last.file)])
    alone = found[CHAIN] is not None and found[CHAIN].value == "none"  # type: ignore[union-attr]
    found[COVERS] = _covers(known.services, independent, on, alone=alone)
    found[REVIEWED] = _reviewed(known, on)
    found[TREATED] = _treated(known, counted, on)
    found[OWN_CHECK] = _own_check(known, on)
    return {name: each for name, each in found.items() if each is not None}


def registered(direct: int, with_contract: int) -> bool | None:
    """Whether every supplier that we deal with has a contract that runs; None when there is nobody."""
    return direct == with_contract if direct else None


def _told(value: Any, why: Why, rows: Iterable[tuple[str, int | None]]) -> Told:
    """Documented when every row that it rests on has its file."""
    rows = list(rows)
    files = frozenset(file for _, file in rows if file is not None)
    return Told(value, why, tuple(name for name, _ in rows), files, bool(rows) and all(file for _, file in rows))


def _no(value: Any, why: Why, rows: Iterable[tuple[str, int | None]]) -> Told:
    """One row is enough to be a no, so those with a file show it by themselves."""
    rows = list(rows)
    return _told(value, why, [each for each in rows if each[1] is not None] or rows)


def _clause(agreements: Sequence[Agreement], name: str) -> Told | None:
    """Yes when it stands in every contract that runs, no when it is missing in one; else nobody knows."""
    answers = [(each, each.clauses.get(name)) for each in agreements]
    if wrong := [(each.id, each.file) for each, answer in answers if answer is False]:
        return _no(False, "a_contract", wrong)
    if answers and all(answer for _, answer in answers):
        return _told(True, "all_contracts", [(each.id, each.file) for each, _ in answers])
    return None


def _weakest(
    agreements: Sequence[Agreement], order: Sequence[str], *, failing: int, of: Callable[[Agreement], str]
) -> Told | None:
    """The weakest answer of the contracts that run. The first ``failing`` of the order hold whatever the others say."""
    filled = [(order.index(of(each)), each) for each in agreements if of(each) in order]
    if not filled:
        return None
    rank = min(rank for rank, _ in filled)
    weak = [(each.id, each.file) for where, each in filled if where == rank]
    if rank < failing:
        return _no(order[rank], "a_contract", weak)
    if len(filled) < len(agreements):
        return None
    return _told(order[rank], "all_contracts", [(each.id, each.file) for _, each in filled])


def _ict(services: Sequence[Delivered]) -> Told | None:
    """Yes when a service is ICT. Never a no: that it does not process our information either, no kind of service says."""
    found = [each.id for each in services if each.ict]
    return Told(True, "services", tuple(found)) if found else None


def _cloud(services: Sequence[Delivered]) -> Told | None:
    if found := [each.id for each in services if each.cloud]:
        return Told(True, "services", tuple(found))
    known = bool(services) and all(each.cloud is False for each in services)
    return Told(False, "services", tuple(each.id for each in services)) if known else None


def _counted(known: Known, on: date) -> list[Paper]:
    """The proof that counts on a day for a service that runs."""
    running = [each.id for each in known.services]
    return [
        each for each in known.papers
        if each.received_on <= on and any(cover(name, [each.proof], on=on, asked=_day(on)).proofs for name in running)
    ]  # fmt: skip


def _day(on: date) -> Span:
    return Span(on, on + timedelta(days=1))


def _covers(services: Sequence[Delivered], papers: Sequence[Paper], on: date, *, alone: bool) -> Told | None:
    """Whether independent proof covers each service whole. ``alone``: there are no sub-suppliers that it could leave out."""
    if not papers:
        return None
    covers = {each.id: cover(each.id, [paper.proof for paper in papers], on=on, asked=_day(on)) for each in services}
    files = {each.proof.id: each.file for each in papers}
    without = [name for name, found in covers.items() if not found.proofs]
    part = [name for name, found in covers.items() if found.proofs and not (alone or found.whole)]
    unsaid = [name for name in part if any(why.code == "subs_unsaid" for why in covers[name].reasons)]
    if without or len(part) > len(unsaid):
        return _told(False, "not_covered", files.items())
    if unsaid:
        return None
    whole = {
        name: next(each.proof.id for each in papers if each.proof.id in found.proofs and (alone or each.proof.subs))
        for name, found in covers.items()
    }
    return _told(True, "each_covered", [(name, files[name]) for name in dict.fromkeys(whole.values())])


def _valid(paper: Paper, known: Known, on: date) -> bool:
    """Whether it was not withdrawn, and is about something that is still delivered."""
    about = paper.proof.services
    runs = bool(known.services) if about is None else any(each.id in about for each in known.services)
    return runs and (paper.proof.ended_on is None or paper.proof.ended_on > on)


def _reviewed(known: Known, on: date) -> Told | None:
    """The last day on which somebody said what he makes of a proof. What was withdrawn is no longer proof."""
    judged = [each for each in known.papers if each.judged_on and each.judged_on <= on and _valid(each, known, on)]
    if not judged:
        return None
    last = max(judged, key=lambda each: (each.judged_on, each.proof.id))
    return _told(last.judged_on, "judged", [(last.proof.id, last.file)])


def _treated(known: Known, counted: Sequence[Paper], on: date) -> Told | None:
    """No while a finding is open. Yes when none is, and proof that counts was judged: else nobody looked for findings."""
    if known.open_findings:
        return Told(False, "open_findings", known.open_findings)
    judged = [each for each in counted if each.judged_on and each.judged_on <= on]
    return _told(True, "none_open", [(each.proof.id, each.file) for each in judged]) if judged else None


def _own_check(known: Known, on: date) -> Told | None:
    """The day of the last research of our own or with others, when we said ourselves what we make of it."""
    done = [
        (each.proof.days.end - timedelta(days=1), each)
        for each in known.papers
        if each.proof.kind.id in _CHECKS and each.judged_on and each.judged_on <= on and _valid(each, known, on)
    ]
    done = [(day, each) for day, each in done if day <= on]
    if not done:
        return None
    day, last = max(done, key=lambda row: (row[0], row[1].proof.id))
    return _told(day, "own_check", [(last.proof.id, last.file)])
