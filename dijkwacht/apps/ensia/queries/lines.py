"""The lines of ENSIA, and what became of every answer of an organisation since last year."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dijkwacht.apps.ensia.models import Year
from dijkwacht.apps.ensia.queries.last_year import Pair, last_year
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.ledger.queries.verdicts import Line, demanded, judgement_of
from dijkwacht.apps.ledger.services.confirming import BY_WORD
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.catalog import Account
from dijkwacht.core.ensia import TO_DO, Change, Now, Progress, Then, change_of, confirmable
from dijkwacht.core.facts import Fact as CoreFact
from dijkwacht.core.facts import FactType, World
from dijkwacht.core.judge import lines_of
from dijkwacht.core.questions import next_questions
from dijkwacht.core.select import choices
from dijkwacht.core.verdict import SETTLED
from dijkwacht.norms.read import ensia_lines
from dijkwacht.web.terms import text_of


def line_named(line: str) -> Mapping[str, Any] | None:
    """What the packs say of a line; None when ENSIA has no such line."""
    return next((each for each in ensia_lines() if each["line"] == line), None)


def names_of(lines: Iterable[str]) -> dict[str, str]:
    """The names of lines in the language of the page."""
    known = {each["line"]: text_of(each["name"]) for each in ensia_lines()}
    return {line: known.get(line, line) for line in lines}


def account_of(line: str, *, on: date) -> Account | None:
    """The account that holds a line; None when the packs in force hold nothing of it."""
    found = line_named(line)
    return packs_on(on).norms.accounts.get((found or {}).get("account") or "")


def requirements_of(line: str, *, theme: str = "", on: date) -> tuple[str, ...] | None:
    """The requirements of a line, or of one theme of it (``catalog.theme``); None when there is no such line or theme."""
    if line_named(line) is None:
        return None
    account = account_of(line, on=on)
    if account is None:
        return None if theme else ()
    if not theme:
        return account.requirements
    rules = packs_on(on).norms.requirements
    found = tuple(name for name in account.requirements if f"{rules[name].catalog}.{rules[name].theme}" == theme)
    return found or None


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of a line: what was answered last year, what stands now, and what became of it.

    ``fact``: the row number of what counts now, when that can be confirmed as unchanged.
    """

    subject: str
    fact_type: FactType
    then: Then | None
    now: Now
    change: Change
    fact: int | None
    settles: int

    @property
    def pair(self) -> Pair:
        """The question."""
        return self.subject, self.fact_type.id


@dataclass(frozen=True, slots=True)
class LineState:
    """How a line is: its verdicts as its addressee takes them, and its answers."""

    line: str
    account: Account | None
    counts: Mapping[str, int]
    answers: Sequence[Answer]

    @property
    def progress(self) -> Progress:
        """How far it is."""
        settled = sum(self.counts.get(status, 0) for status in SETTLED)
        return Progress(sum(self.counts.values()), settled, Counter(each.change for each in self.answers))

    @property
    def open(self) -> int:
        """How many questions must be answered."""
        return sum(each.change in TO_DO for each in self.answers)

    @property
    def to_confirm(self) -> int:
        """How many answers of last year wait to be confirmed."""
        return sum(each.fact is not None for each in self.answers)


def states(year: Year, *, on: date, only: Collection[str] | None = None) -> list[LineState]:
    """Every line of a year (or only these) on a day; judged on the spot, nothing is written."""
    packs = packs_on(on)
    lines = [each["line"] for each in ensia_lines() if only is None or each["line"] in only]
    accounts = {line: account_of(line, on=on) for line in lines}
    held = [each.id for each in accounts.values() if each is not None]
    judged = _Judged.of(year, packs, held, on=on) if held else None
    return [
        LineState(line, account, *(judged.line(account) if judged and account else ({}, ())))
        for line, account in accounts.items()
    ]


def open_lines(year: Year, *, on: date, only: Collection[str] | None = None) -> list[str]:
    """The lines in which something must still be answered; of which nothing is known here counts as open."""
    return [each.line for each in states(year, on=on, only=only) if each.account is None or each.open]


@dataclass(frozen=True, slots=True)
class _Judged:
    """An organisation judged for some requirements, beside what it knew last year."""

    packs: Packs
    lines: Mapping[str, Sequence[Line]]
    answers: Sequence[Answer]

    @classmethod
    def of(cls, year: Year, packs: Packs, accounts: Collection[str], *, on: date) -> "_Judged":
        organisation = year.organisation
        held = (packs.norms.accounts[name] for name in accounts)
        names = tuple(dict.fromkeys(name for account in held for name in account.requirements))
        judgement = judgement_of(organisation, on=on, known_at=on, requirements=names)
        pairs = lines_of(judgement.norms, judgement.world, names)
        lines: dict[str, list[Line]] = {}
        for name, key in pairs:
            rule = judgement.norms.requirements[name]
            lines.setdefault(name, []).append(Line(rule, key, judgement.verdict(name, key), on))
        asked = {(each.subject, each.fact_type): each.settles for each in next_questions(judgement, pairs)}
        before = last_year(
            organisation, year=year.year, packs=packs, fact_types=packs.needs(frozenset(names)), accounts=accounts
        )
        known = _Known(packs, judgement.world, before, asked, year.opened_on, on)
        return cls(packs, lines, _by_word(organisation, known.answers()))

    def line(self, account: Account) -> tuple[Mapping[str, int], Sequence[Answer]]:
        """The verdicts of an account counted as its addressee takes them, and the answers that it rests on."""
        found = [line for name in account.requirements for line in self.lines.get(name, ())]
        facts = self.packs.account_facts[account.id]
        counts = Counter(str(each.verdict.status) for each in demanded(found, account))
        return counts, [each for each in self.answers if each.fact_type.id in facts]


@dataclass(frozen=True, slots=True)
class _Known:
    packs: Packs
    world: World
    last: Mapping[Pair, Then]
    asked: Mapping[Pair, int]
    opened: date
    on: date

    def answers(self) -> list[Answer]:
        """Every question with an answer now or last year, or that still decides something; of subjects that are there."""
        pairs = dict.fromkeys([*self.asked, *self.world.facts, *self.last])
        found = [self._answer(pair) for pair in pairs if pair[0] in self.world.kind_of]
        return [each for each in found if each.change not in TO_DO or each.pair in self.asked]

    def _answer(self, pair: Pair) -> Answer:
        kind = self.packs.fact_type(pair[1])
        choice = choices(self.world.facts.get(pair, ()), kind, on=self.on, known_at=self.on)[0][1]
        then = self.last.get(pair)
        now = Now(why=choice.why)
        if choice.winner is not None:
            fact = choice.winner
            now = Now(fact.value, "", fact.said_by, _seen(fact), fact.inherited_from is None)
        change = change_of(then, now, opened=self.opened)
        pk = int(choice.winner.id) if choice.winner is not None and confirmable(change, now) else None
        return Answer(pair[0], kind, then, now, change, pk, self.asked.get(pair, 0))


def _seen(fact: CoreFact) -> date:
    return max(fact.observations, default=fact.valid_from)


def _by_word(organisation: Organisation, answers: list[Answer]) -> list[Answer]:
    """The answers, of which only those that rest on somebody's word can be confirmed by word."""
    wanted = [each.fact for each in answers if each.fact is not None]
    rows = Fact.objects.filter(organisation=organisation, pk__in=wanted, origin__in=BY_WORD, valid_to__isnull=True)
    known = set(rows.values_list("pk", flat=True))
    return [
        each
        if each.fact is None or each.fact in known
        else Answer(each.subject, each.fact_type, each.then, each.now, each.change, None, each.settles)
        for each in answers
    ]
