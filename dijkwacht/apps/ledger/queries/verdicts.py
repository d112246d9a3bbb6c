"""Verdicts as they stand, as they were, and how they turned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from dijkwacht.apps.ledger import reasons_json
from dijkwacht.apps.ledger.counting import COUNTS, answered, count
from dijkwacht.apps.ledger.models import ALL, Tally, Turn, Verdict
from dijkwacht.apps.ledger.packs import Packs, Stored, packs_on
from dijkwacht.apps.ledger.queries.world import gather
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core import verdict as core
from dijkwacht.core.catalog import Account, Requirement
from dijkwacht.core.facts import Assurance, Shows
from dijkwacht.core.judge import Judgement, lines_of
from dijkwacht.core.verdict import Reason, Status, under_demand

COLUMNS = (
    "requirement",
    "subject__key",
    "status",
    "assurance",
    "shown",
    "stale_at",
    "judged_on",
    "nothing_happened",
    "reasons",
)
EVENTLESS = Reason("nothing_happened")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a requirement for a subject, with its verdict and the day on which that was given."""

    requirement: Requirement
    subject: str
    verdict: core.Verdict
    judged_on: date

    def out_of_date(self, on: date) -> bool:
        """Whether this is no longer, or not yet, the verdict of that day."""
        return self.judged_on > on or (self.verdict.stale_at is not None and self.verdict.stale_at <= on)


def lines(organisation: Organisation, *, requirements: Iterable[str], on: date, reasons: bool = False) -> list[Line]:
    """The lines of these requirements in their order, as stored; reasons only if asked, for they are the largest part.

    What is stored for another day than ``on`` (it ran out since, or was judged later), with other packs, or not at all, is
    judged on the spot, and nothing is written.
    """
    packs = packs_on(on)
    names = [name for name in requirements if name in packs.norms.requirements]
    if not _complete(organisation, packs):
        return judged(organisation, requirements=names, on=on, known_at=on)
    rows = Verdict.objects.filter(organisation=organisation)
    if len(names) * 2 < len(packs.norms.requirements):
        rows = rows.filter(requirement__in=names)
    found: dict[str, list[Line]] = {}
    columns = COLUMNS if reasons else COLUMNS[:-1]
    for row in rows.order_by("subject_id").values_list(*columns):
        if rule := packs.norms.requirements.get(row[0]):
            found.setdefault(row[0], []).append(_line(rule, row))
    old = [name for name in names if any(each.out_of_date(on) for each in found.get(name, ()))]
    for each in judged(organisation, requirements=old, on=on, known_at=on) if old else ():
        if each.requirement.id in old:
            old.remove(each.requirement.id)
            found[each.requirement.id] = []
        found[each.requirement.id].append(each)
    return [line for name in names for line in found.get(name, ())]


def line(organisation: Organisation, *, requirement: str, subject: str = "", on: date) -> Line | None:
    """One line with its reasons; None when there is no such line. ``subject``: a key, by default the organisation."""
    key = subject or organisation.slug
    found = lines(organisation, requirements=[requirement], on=on, reasons=True)
    return next((each for each in found if each.subject == key), None)


def account_lines(organisation: Organisation, *, account: Account, on: date, reasons: bool = False) -> list[Line]:
    """The lines of an account as its addressee takes them: met with too little behind it is unknown."""
    return demanded(lines(organisation, requirements=account.requirements, on=on, reasons=reasons), account)


def demanded(found: Iterable[Line], account: Account) -> list[Line]:
    """Lines under the demand of an account."""
    return [
        Line(
            each.requirement,
            each.subject,
            under_demand(each.verdict, requirement=each.requirement, demand=account.demand),
            each.judged_on,
        )
        for each in found
    ]


def replay(organisation: Organisation, *, requirements: Iterable[str], on: date, known_at: date) -> list[Line]:
    """The lines as they were on a day, as known on a day, with their reasons, by the packs in force on the day judged."""
    return judged(organisation, requirements=requirements, on=on, known_at=known_at)


def judged(organisation: Organisation, *, requirements: Iterable[str], on: date, known_at: date) -> list[Line]:
    """Lines judged on the spot; nothing is written."""
    judgement = judgement_of(organisation, on=on, known_at=known_at, requirements=requirements)
    rules = judgement.norms.requirements
    names = [name for name in requirements if name in rules]
    return [
        Line(rules[name], key, judgement.verdict(name, key), on)
        for name, key in lines_of(judgement.norms, judgement.world, names)
    ]


def judgement_of(
    organisation: Organisation, *, on: date, known_at: date, requirements: Iterable[str] | None = None
) -> Judgement:
    """The engine over an organisation's world; with ``requirements`` only the facts that those rest on are fetched."""
    packs = packs_on(on)
    known = packs.norms.requirements
    needs = None if requirements is None else packs.needs(frozenset(each for each in requirements if each in known))
    world = gather(organisation, packs=packs, known_at=known_at, fact_types=needs).world
    return Judgement(packs.norms, world, on=on, known_at=known_at)


def turns(
    organisation: Organisation, *, requirement: str = "", subject: str = "", since: date | None = None
) -> QuerySet[Turn]:
    """Verdicts that turned, the latest first: of one line, or of all since a day."""
    rows = Turn.objects.filter(organisation=organisation).select_related("subject")
    rows = rows.filter(requirement=requirement) if requirement else rows
    rows = rows.filter(subject__key=subject) if subject else rows
    return rows.filter(on__gte=since) if since else rows


def running_out(organisation: Organisation, *, until: date) -> QuerySet[Verdict]:
    """Verdicts that time alone changes by that day if nobody does anything, the soonest first."""
    rows = Verdict.objects.filter(organisation=organisation, stale_at__lte=until).defer("reasons")
    return rows.select_related("subject").order_by("stale_at", "requirement")


def tallies(organisation: Organisation, *, on: date | None = None) -> dict[str, Tally]:
    """The counts per account; under ALL those of every line once.

    With ``on`` always those of that day, counted on the spot where what is stored is of another day. Without it as they
    were stored; empty for an organisation that was never judged.
    """
    stored = {row.account: row for row in Tally.objects.filter(organisation=organisation)}
    if on is None or _up_to_date(organisation, stored.get(ALL), on):
        return stored
    packs = packs_on(on)
    found: dict[str, list[Stored]] = {}
    for each in judged(organisation, requirements=packs.norms.requirements, on=on, known_at=on):
        verdict = each.verdict
        eventless = any(reason.code == EVENTLESS.code for reason in verdict.reasons)
        row = str(verdict.status), verdict.assurance, verdict.shown, eventless
        found.setdefault(each.requirement.id, []).append(row)
    counted = count(packs, found, answered(organisation, on=on))
    return {
        account: Tally(
            organisation=organisation, account=account, judged_on=on, packs=packs.fingerprint,
            **dict(zip(COUNTS, counts, strict=True)),
        )
        for account, counts in counted.items()
    }  # fmt: skip


def _up_to_date(organisation: Organisation, stored: Tally | None, on: date) -> bool:
    if stored is None or stored.judged_on > on or stored.packs != packs_on(on).fingerprint:
        return False
    return not Verdict.objects.filter(organisation=organisation, stale_at__lte=on).exists()


def overview(*, account: str = ALL, organisations: Sequence[int] | None = None) -> list[Tally]:
    """The counts of one account over organisations (row numbers; None: all), each with its organisation, by name."""
    rows = Tally.objects.filter(account=account).select_related("organisation").order_by("organisation__name")
    return list(rows if organisations is None else rows.filter(organisation__in=organisations))


def resting_on(fact_types: Iterable[str], *, on: date) -> list[Requirement]:
    """All requirements that these fact types can touch, in the order of the packs: what one answer counts for."""
    packs = packs_on(on)
    names = packs.dependencies.touched(fact_types)
    return [rule for name, rule in packs.norms.requirements.items() if name in names]


def _complete(organisation: Organisation, packs: Packs) -> bool:
    return Tally.objects.filter(organisation=organisation, account=ALL, packs=packs.fingerprint).exists()


def _line(rule: Requirement, row: Sequence[Any]) -> Line:
    name, key, status, assurance, shown, stale_at, judged_on, eventless, *stored = row
    # without its reasons a verdict still tells whether nothing happened: an addressee may ask for more than that
    reasons = reasons_json.load(stored[0]) if stored else (EVENTLESS,) if eventless else ()
    found = core.Verdict(
        name,
        key,
        Status(status),
        None if assurance is None else Assurance(assurance),
        None if shown is None else Shows(shown),
        reasons,
        stale_at,
    )
    return Line(rule, key, found, judged_on)
