"""The lines of an account with everything that they rest on, at one entry of the trail: for a draft, a freeze and a replay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.ledger.packs import Packs
from dijkwacht.apps.ledger.queries import facts
from dijkwacht.apps.ledger.queries.pinned import Pin, Pinned, claims_at, evidence_of, pinned
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.catalog import Account
from dijkwacht.core.facts import Fact, World
from dijkwacht.core.statement import EvidenceMark, OrganisationMark, StatementLine, UsedFact
from dijkwacht.core.statement_exceptions import exceptions_on
from dijkwacht.core.statement_world import judged
from dijkwacht.core.verdict import Verdict

# How much a line tells. 1: as statements did at first; 2: with the exceptions that hold, and the names of other organisations.
# A statement keeps its own, so that it is made again as it was.
FULLEST = 2


class NoAccount(LookupError):
    """No such account in the packs of that day (``account``), or no such subject for it (``subject``)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which account, for which subject (a key, or the organisation's slug for all), on which day, known on which day."""

    organisation: Organisation
    account: str
    subject: str
    on: date
    known_at: date


@dataclass(frozen=True, slots=True)
class Composed:
    """The lines, the world on which they were judged, and the names that were used."""

    account: Account
    lines: tuple[StatementLine, ...]
    world: World
    called: Mapping[str, str]
    owners: Mapping[str, str]


def compose(
    asked: Asked, *, packs: Packs, pin: Pin, owners: Mapping[str, str] | None = None, telling: int = FULLEST
) -> Composed:
    """The lines at a pin. ``owners``: who looked after which requirement; None: who does so now. Raises NoAccount.

    ``telling``: how much a line tells (FULLEST above).
    """
    organisation, account = asked.organisation, packs.norms.accounts.get(asked.account)
    if account is None:
        raise NoAccount("account")
    needed = packs.account_facts[account.id]
    at_pin = pinned(organisation, packs=packs, known_at=asked.known_at, fact_types=needed, pin=pin)
    if asked.subject != organisation.slug and asked.subject not in at_pin.world.subjects.get(account.per, ()):
        raise NoAccount("subject")
    if owners is None:
        owners = {name: str(person) for name, person in facts.owners(organisation).items()}
    verdicts = list(
        judged(
            packs.norms, at_pin.world, account=account, subject=asked.subject, on=asked.on, known_at=asked.known_at
        )
    )  # fmt: skip
    claims = claims_at(organisation, known_at=asked.known_at, pin=pin)
    excepted = [_excepted(asked, packs, at_pin, verdict) if telling >= FULLEST else () for verdict in verdicts]
    marks = _marks(at_pin, verdicts, excepted)
    lines = tuple(
        StatementLine(
            verdict.requirement, verdict.subject, at_pin.names.get(verdict.subject, verdict.subject), verdict.status,
            verdict.assurance, verdict.shown, verdict.stale_at, verdict.reasons, _used(verdict, at_pin, marks),
            claims.get((verdict.requirement, verdict.subject), ""), owners.get(verdict.requirement, ""),
            tuple(_fact(each, at_pin, marks.get(each.id, ())) for each in made),
            _others(verdict, made, at_pin) if telling >= FULLEST else {},
        )
        for verdict, made in zip(verdicts, excepted, strict=True)
    )  # fmt: skip
    kept = {line.requirement: line.owner for line in lines if line.owner}
    return Composed(account, lines, at_pin.world, at_pin.called, kept)


def _excepted(asked: Asked, packs: Packs, at_pin: Pinned, verdict: Verdict) -> tuple[Fact, ...]:
    return exceptions_on(
        packs.norms, at_pin.world, verdict.requirement, verdict.subject, on=asked.on, known_at=asked.known_at
    )


def _marks(
    at_pin: Pinned, verdicts: Sequence[Verdict], excepted: Sequence[tuple[Fact, ...]]
) -> dict[str, tuple[EvidenceMark, ...]]:
    """The files on which the facts rest that the lines tell of, as far as they are our own."""
    told = {each for verdict in verdicts for each in _fact_ids(verdict)} | {
        each.id for made in excepted for each in made
    }
    own = [int(each) for each in told if at_pin.rows[each].own]
    return {
        str(pk): tuple(EvidenceMark(e.sha256, e.name, e.media_type, e.size, e.made_on) for e in found)
        for pk, found in evidence_of(own).items()
    }


def _others(verdict: Verdict, made: tuple[Fact, ...], at_pin: Pinned) -> dict[str, str]:
    """What the other organisations were called of which the line tells, as known then."""
    named = {each.params.get(key) for each in verdict.reasons for key in ("inherited_from", "organisation")}
    named |= {each.inherited_from for each in made}
    return {slug: at_pin.called[name] for slug in named if slug and (name := f"organisation:{slug}") in at_pin.called}


def _fact_ids(verdict: Verdict) -> list[str]:
    return list(dict.fromkeys(reason.fact_id for reason in verdict.reasons if reason.fact_id))


def _used(verdict: Verdict, at_pin: Pinned, marks: Mapping[str, tuple[EvidenceMark, ...]]) -> tuple[UsedFact, ...]:
    """The facts that the reasons of a verdict name, each once, in their order."""
    named = dict.fromkeys((each.fact_id, each.subject, each.fact_type) for each in verdict.reasons if each.fact_id)
    found = []
    for pk, subject, fact_type in named:
        held = at_pin.world.facts.get((subject or at_pin.world.organisation, fact_type or ""), [])
        fact = next((each for each in held if each.id == pk), None)
        if fact is not None and pk is not None:
            found.append(_fact(fact, at_pin, marks.get(pk, ())))
    return tuple(found)


def _fact(fact: Fact, at_pin: Pinned, evidence: tuple[EvidenceMark, ...]) -> UsedFact:
    row = at_pin.rows[fact.id]
    return UsedFact(
        fact.id, fact.subject, at_pin.names.get(fact.subject, fact.subject), fact.fact, row.value, fact.valid_from,
        fact.valid_to, fact.recorded_at, max(fact.observations, default=None), fact.assurance, row.origin, fact.said_by,
        row.act, fact.inherited_from or "", row.explanation, evidence if row.own else (),
    )  # fmt: skip


def mark_of(organisation: Organisation) -> OrganisationMark:
    """An organisation as a statement names it."""
    return OrganisationMark(
        organisation.slug,
        organisation.name,
        organisation.kind,
        organisation.cbs_code or "",
        organisation.tooi_code or "",
    )
