"""One requirement for one subject as its page shows it: the verdict, what it rests on, what else rests on that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from dijkwacht.apps.ledger import words
from dijkwacht.apps.ledger.forms.answers import AnswerForm
from dijkwacht.apps.ledger.models import Claim, Evidence, Fact
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.ledger.queries import facts, subjects, verdicts
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.access import Right
from dijkwacht.core.catalog import Account, Requirement
from dijkwacht.core.facts import FactType
from dijkwacht.core.judge import Judgement, lines_of
from dijkwacht.core.questions import next_questions
from dijkwacht.core.text import capital
from dijkwacht.core.verdict import Reason, Status, Verdict, under_demand
from dijkwacht.web.criterion_words import Check, checklist, counted_in, truth_word
from dijkwacht.web.terms import norm_word, status_word
from dijkwacht.web.words import verdict_sentence

MOST_OTHERS, MOST_OPEN = 12, 6
WORST = (Status.NOT_MET, Status.PARTLY, Status.UNKNOWN, Status.MET, Status.NOT_APPLICABLE)
MARKS = {True: "met", False: "not_met", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the checklist with what goes with it on the page. ``answer_url``: where its answer can be changed."""

    check: Check
    mark: str
    word: str
    url: str
    answer_url: str
    evidence: tuple[Evidence, ...]
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A question that still decides something, to be answered on the spot."""

    text: str
    url: str
    post: str
    form: AnswerForm
    fact_type: FactType
    settles: bool


@dataclass(frozen=True, slots=True)
class Other:
    """Another line that rests on the same facts."""

    rule: Requirement
    norm: str
    verdict: Verdict
    shared: int
    url: str

    @property
    def status(self) -> Status:
        """Its status."""
        return self.verdict.status


@dataclass(frozen=True, slots=True)
class Taken:
    """The verdict as the addressee of an account takes it, and what it misses."""

    account: Account
    status: Status
    missing: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One line, judged on a day with what was known on a day."""

    organisation: Organisation
    packs: Packs
    rule: Requirement
    subject: str
    judgement: Judgement
    statuses: tuple[tuple[str, Status], ...]  # of every subject of this requirement
    names: Mapping[str, str]

    @property
    def verdict(self) -> Verdict:
        """The verdict of the line."""
        return self.judgement.verdict(self.rule.id, self.subject)

    @property
    def sentence(self) -> str:
        """The verdict in one sentence."""
        return verdict_sentence(self.verdict, self.packs.norms, self.names)


def look(organisation: Organisation, *, requirement: str, subject: str, on: date, known_at: date) -> Look | None:
    """A line; None when no pack in force on that day has it. Without a subject: that with the worst verdict."""
    packs = packs_on(on)
    rule = packs.norms.requirements.get(requirement)
    if rule is None:
        return None
    judgement = verdicts.judgement_of(organisation, on=on, known_at=known_at, requirements=[requirement])
    pairs = lines_of(packs.norms, judgement.world, [requirement])
    statuses = tuple((key, judgement.status(requirement, key)) for _name, key in pairs)
    if subject and subject not in dict(statuses):
        return None
    chosen = subject or min(statuses, key=lambda pair: WORST.index(pair[1]))[0]
    names = subjects.names(organisation) | {organisation.slug: organisation.name}
    names |= subjects.owners(organisation)
    return Look(organisation, packs, rule, chosen, judgement, statuses, names)


def address_of(organisation: Organisation, requirement: str, subject: str = "", **more: str) -> str:
    """The address of a line's page."""
    url = reverse("ledger:requirement", args=(organisation.slug, requirement))
    query = {"onderwerp": subject} if subject and subject != organisation.slug else {}
    query |= more
    return f"{url}?{urlencode(query)}" if query else url


def fact_address(organisation: Organisation, subject: str, fact_type: str) -> str:
    """The address of a fact's page."""
    return reverse("ledger:fact", args=(organisation.slug, subject, fact_type))


def why(found: Look) -> list[tuple[Reason, str]]:
    """The reasons, each with the page of its fact, if that is ours to show."""
    return [(each, _page_of(found, each)) for each in found.verdict.reasons]


def _page_of(found: Look, reason: Reason) -> str:
    if reason.fact_type and reason.subject:
        return fact_address(found.organisation, reason.subject, reason.fact_type)
    return address_of(found.organisation, reason.requirement) if reason.requirement else ""


def checklists(found: Look, *, back: str = "") -> dict[str, Part | None]:
    """The criterion as a checklist, and the condition under which it applies.

    ``back``: the page to return to after an answer; without it nothing can be answered from here.
    """
    j, rule = found.judgement, found.rule
    if rule.subject != "organisation" and found.subject == found.organisation.slug:
        return {"applies": None, "met": None}  # nothing of this kind is registered
    proof = _evidence(found)
    parts = {}
    for name, node in (("applies", rule.applies_if), ("met", rule.met_if)):
        parts[name] = _part(found, checklist(j, node, found.subject, found.names), proof, back) if node else None
    return parts


def counted(parts: Mapping[str, Part | None]) -> list[Check]:
    """The groups over subjects in the criterion: for whom it is so and for whom not."""
    met = parts["met"]
    return counted_in(met.check) if met else []


def _evidence(found: Look) -> dict[str, tuple[Evidence, ...]]:
    """The evidence of our own facts that play a part, by the fact's id."""
    names = sorted(found.packs.needs(frozenset({found.rule.id})))
    rows = Fact.objects.filter(organisation=found.organisation, fact_type__in=names, evidence__isnull=False)
    return {str(row.pk): tuple(row.evidence.all()) for row in rows.prefetch_related("evidence").distinct()}


def _part(found: Look, check: Check, proof: Mapping[str, tuple[Evidence, ...]], back: str) -> Part:
    url = answer_url = ""
    if check.fact_type:
        url = fact_address(found.organisation, check.subject, check.fact_type)
        if back and not (check.fact and check.fact.inherited_from):
            answer_url = _answer_address(found.organisation, check.subject, check.fact_type, back)
    elif check.requirement:
        url = address_of(found.organisation, check.requirement, check.subject)
    evidence = proof.get(check.fact.id, ()) if check.fact else ()
    parts = tuple(_part(found, part, proof, back) for part in check.parts)
    mark = "not_applicable" if check.apart else MARKS[check.truth]
    return Part(check, mark, truth_word(check.truth), url, answer_url, evidence, parts)


def _answer_address(organisation: Organisation, subject: str, fact_type: str, back: str) -> str:
    """Where a question is answered; from there one comes back."""
    return f"{reverse('ledger:question', args=(organisation.slug, subject, fact_type))}?{urlencode({'back': back})}"


def open_questions(found: Look, seat: Seat, *, on: date, back: str) -> list[Open]:
    """What still decides this line, most deciding first, each with its form."""
    asked = next_questions(found.judgement, [(found.rule.id, found.subject)])[:MOST_OPEN]
    types = {each.fact_type for each in asked}
    rows = Fact.objects.filter(organisation=found.organisation, superseded_at__isnull=True, fact_type__in=types)
    tokens: dict[tuple[str, str], int] = {}
    for key, name, pk in rows.order_by("pk").values_list("subject__key", "fact_type", "pk"):
        tokens[key, name] = pk
    out = []
    for number, each in enumerate(asked, start=1):
        kind = found.packs.fact_type(each.fact_type)
        registered = subjects.subjects(found.organisation, kind=kind.refers_to) if kind.refers_to else ()
        form = AnswerForm(
            initial={"seen": tokens.get((each.subject, each.fact_type), 0)},
            auto_id=f"q{number}_%s",
            fact_type=kind,
            on=on,
            subjects=[(row.key, row.name) for row in registered],
            may_register=bool(kind.refers_to) and seat.may(Right.REGISTER),
        )
        post = _answer_address(found.organisation, each.subject, each.fact_type, back)
        text = words.asked(kind, each.subject, found.names)
        url = fact_address(found.organisation, each.subject, each.fact_type)
        out.append(Open(text, url, post, form, kind, bool(each.settles)))
    return out


def others(found: Look, *, replayed: bool) -> tuple[list[Other], int]:
    """Other lines that rest on the same facts, those that share most first; and how many more there are."""
    rests = found.packs.dependencies
    mine = rests.facts[found.rule.id]
    shared = {name: len(mine & rests.facts[name]) for name in rests.touched(mine) if name != found.rule.id}
    order = list(found.packs.norms.requirements)
    ranked = sorted(shared, key=lambda name: (-shared[name], order.index(name)))
    first = ranked[:MOST_OTHERS]
    on, known_at = found.judgement.on, found.judgement.known_at
    if replayed:
        lines = verdicts.replay(found.organisation, requirements=first, on=on, known_at=known_at)
    else:
        lines = verdicts.lines(found.organisation, requirements=first, on=on)
    worst: dict[str, verdicts.Line] = {}
    for line in lines:
        best = worst.setdefault(line.requirement.id, line)
        if WORST.index(line.verdict.status) < WORST.index(best.verdict.status):
            worst[line.requirement.id] = line
    out = [
        Other(
            line.requirement,
            norm_word(found.packs.norms, line.requirement.catalog),
            line.verdict,
            shared[name],
            address_of(found.organisation, name),
        )
        for name, line in worst.items()
    ]
    return out, max(0, len(ranked) - MOST_OTHERS)


def taken(found: Look) -> list[Taken]:
    """How each addressee takes this verdict."""
    out = []
    for account in found.packs.norms.accounts.values():
        if found.rule.id in account.requirements:
            seen = under_demand(found.verdict, requirement=found.rule, demand=account.demand)
            missing = tuple(reason for reason in seen.reasons if reason.code == "not_shown")
            out.append(Taken(account, seen.status, missing))
    return out


def afterwards(found: Look) -> str:
    """What this verdict becomes by time alone; empty when it never does."""
    stale = found.verdict.stale_at
    if stale is None:
        return ""
    then = Judgement(found.packs.norms, found.judgement.world, on=stale, known_at=found.judgement.known_at)
    return capital(status_word(then.status(found.rule.id, found.subject)))


def claim_of(found: Look) -> Claim | None:
    """What the self-assessment says of this line."""
    rows = facts.claims(found.organisation, found.rule.id).filter(subject__key=found.subject)
    return rows.first()


def subjects_of(found: Look, extra: Mapping[str, str]) -> Sequence[dict[str, Any]]:
    """The subjects for which this requirement is judged one by one; empty when it is about the organisation."""
    rows: Iterable[tuple[str, Status]] = found.statuses if found.rule.subject != "organisation" else ()
    return [
        {
            "name": found.names.get(key, key),
            "status": status,
            "url": address_of(found.organisation, found.rule.id, key, **extra),
            "current": key == found.subject,
        }
        for key, status in rows
        if key != found.organisation.slug
    ]
