"""How far the accounts are: ours with everything behind them, those of others only as counts and as far as shared."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from dijkwacht.apps.ledger.counting import ANSWERED
from dijkwacht.apps.ledger.models import ALL, Fact, Tally
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.ledger.queries.verdicts import Line, demanded, judgement_of
from dijkwacht.apps.ledger.queries.world import known
from dijkwacht.apps.people.models import Organisation, Share, ShareKind
from dijkwacht.apps.people.queries import shares_to
from dijkwacht.core.catalog import Account
from dijkwacht.core.judge import lines_of
from dijkwacht.core.questions import Question, next_questions
from dijkwacht.core.verdict import SETTLED, Status


@dataclass(frozen=True, slots=True)
class State:
    """How far a set of lines is. ``questions``: what can still be asked for it; ``not_shown``: lines that are in order
    but not as sure as the addressee asks; ``exceptions``: lines that rest on a reasoned exception.
    """

    counts: Mapping[str, int]
    questions: int
    answered: int
    not_shown: int = 0
    exceptions: int = 0

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return sum(self.counts.values())

    @property
    def settled(self) -> int:
        """How many of them are decided."""
        return sum(self.counts.get(status, 0) for status in SETTLED)

    @property
    def reuse(self) -> float | None:
        """Lines settled per fact that a person answered; None while nobody answered anything."""
        return self.settled / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Every line of an organisation on a day, with the questions that still decide something."""

    packs: Packs
    lines: Mapping[str, Sequence[Line]]
    questions: Sequence[Question]
    asked: frozenset[tuple[int, str]] = field(default_factory=frozenset)

    def of(self, account: Account) -> State:
        """The state of one account, as its addressee takes it."""
        found = [line for name in account.requirements for line in self.lines.get(name, ())]
        facts = self.packs.account_facts[account.id]
        return self._state(demanded(found, account), sum(fact_type in facts for _, fact_type in self.asked))

    def of_catalog(self, catalog: str) -> State:
        """The state of one norm, without anybody's demand."""
        names = frozenset(name for name in self.lines if self.packs.norms.requirements[name].catalog == catalog)
        facts = self.packs.needs(names)
        found = [line for name in names for line in self.lines[name]]
        return self._state(found, sum(fact_type in facts for _, fact_type in self.asked))

    @property
    def whole(self) -> State:
        """Every line once, without anybody's demand."""
        return self._state([line for found in self.lines.values() for line in found], len(self.asked))

    def _state(self, found: Sequence[Line], answered: int) -> State:
        names = {line.requirement.id for line in found}
        questions = sum(any(name in names for name, _ in question.lines) for question in self.questions)
        return state_of(found, questions=questions, answered=answered)


def state_of(lines: Iterable[Line], *, questions: int = 0, answered: int = 0) -> State:
    """How far these lines are."""
    found = list(lines)
    codes = [{reason.code for reason in line.verdict.reasons} for line in found]
    return State(
        Counter(str(line.verdict.status) for line in found),
        questions,
        answered,
        sum("not_shown" in each for each in codes),
        sum("exception" in each for each in codes),
    )


def standing(organisation: Organisation, *, on: date) -> Standing:
    """How an organisation stands on a day, with what is known that day; judged on the spot, nothing is written."""
    packs = packs_on(on)
    judgement = judgement_of(organisation, on=on, known_at=on)
    lines: dict[str, list[Line]] = {}
    pairs = lines_of(packs.norms, judgement.world, packs.norms.requirements)
    for name, key in pairs:
        verdict = judgement.verdict(name, key)
        lines.setdefault(name, []).append(Line(packs.norms.requirements[name], key, verdict, on))
    rows = Fact.objects.filter(known(on, "superseded_at"), organisation=organisation, origin__in=ANSWERED)
    asked = frozenset(rows.order_by().values_list("subject_id", "fact_type").distinct())
    return Standing(packs, lines, next_questions(judgement, pairs), asked)


@dataclass(frozen=True, slots=True)
class Shared:
    """An account of another organisation that is shared with us; ``tally`` None: it was never judged there."""

    share: Share
    tally: Tally | None

    @property
    def counts(self) -> Mapping[str, int]:
        """Its lines by status; empty when there is no tally."""
        return {} if self.tally is None else {str(each): getattr(self.tally, each) for each in Status}

    @property
    def numbers(self) -> list[int]:
        """Its counts in the order of the verdicts."""
        return list(self.counts.values())

    @property
    def url(self) -> str:
        """Where to read it: on the page of its owner, as a guest."""
        return reverse("accountability:account", args=(self.share.owner.slug, self.share.what))

    @property
    def met(self) -> float:
        """The part of its lines, those that do not apply left out, that is in order: 0 to 1."""
        counts = self.counts
        asked = sum(counts.values()) - counts.get(Status.NOT_APPLICABLE, 0)
        return counts.get(Status.MET, 0) / asked if asked else 0.0


def shared_accounts(organisation: Organisation, *, on: date, account: str = "") -> list[Shared]:
    """The accounts that others share with an organisation on a day, by name, each with its counts; two queries.

    Of two shares of the same account the one that runs longest counts.
    """
    shares = shares_to(organisation, on=on).filter(kind=ShareKind.ACCOUNT).exclude(what=ALL)
    if account:
        shares = shares.filter(what=account)
    rows = sorted(shares, key=lambda share: (share.owner.name, share.what, share.valid_to or date.max))
    latest = {(share.owner_id, share.what): share for share in rows}
    tallies = Tally.objects.filter(account__in={what for _, what in latest})
    found = {(tally.organisation_id, tally.account): tally for tally in tallies}
    return [Shared(share, found.get(key)) for key, share in latest.items()]
