"""One question with everything that was ever recorded of it, who else knows it, and which lines rest on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.ledger import words
from dijkwacht.apps.ledger.forms.answers import AnswerForm
from dijkwacht.apps.ledger.models import Inheritance, Subject
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.ledger.queries import facts, subjects, verdicts
from dijkwacht.apps.ledger.queries.facts import QuestionState, Saying
from dijkwacht.apps.ledger.requirement_page import WORST, address_of
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Share, ShareKind
from dijkwacht.apps.people.queries import in_period
from dijkwacht.core.access import Right, covers
from dijkwacht.core.catalog import Requirement
from dijkwacht.core.days import parse_day
from dijkwacht.core.facts import NEVER, FactType
from dijkwacht.core.recording import REPLACES, Origin
from dijkwacht.core.select import NOTHING
from dijkwacht.core.text import capital
from dijkwacht.core.verdict import Status
from dijkwacht.web.moments import day_words
from dijkwacht.web.sentences import statement
from dijkwacht.web.terms import assurance_word, language, norm_word, origin_word, text_of, value_words

Names = Mapping[str, str]
NO_ANSWER = {
    "not_asked": gettext_lazy("Nobody has answered this yet."),
    "expired": gettext_lazy("The last answer has expired: it says nothing about today any more."),
    "contradicted": gettext_lazy("The answers contradict each other, so none of them counts."),
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One fact as a row. ``runs``: periods in which it was seen; ``rival``: contradicts what counts or another."""

    saying: Saying
    value: str
    origin: str
    runs: tuple[tuple[date, date], ...]
    counts: bool
    rival: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """A requirement that rests on this question, with its verdict (of several subjects: the worst)."""

    rule: Requirement
    norm: str
    status: Status
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """A question. ``inherits``: whose facts count too; ``shares``: with whom it is shared today."""

    subject: Subject
    fact_type: FactType
    state: QuestionState
    names: Names
    text: str
    answer: str
    rows: tuple[Recorded, ...]
    reached: tuple[Reached, ...]
    shares: tuple[Share, ...]
    inherits: Inheritance | None
    points: tuple[tuple[date, float], ...]

    @property
    def contradicted(self) -> bool:
        """Whether facts that stand contradict each other."""
        return any(row.rival for row in self.rows) or self.state.choice.why == "contradicted"

    @property
    def own_winner(self) -> Saying | None:
        """The answer that counts, when it is our own: to which evidence can be added."""
        winner = self.state.choice.winner
        found = (row.saying for row in self.rows if row.counts and winner is not None and not winner.inherited_from)
        return next(found, None)


def state_of(seat: Seat, subject: str, fact_type: str, *, on: date) -> QuestionState | None:
    """What stands for a question; None when there is no such subject or fact type, or they do not belong together.

    The organisation itself is a subject before anything was recorded about it.
    """
    found = subjects.subject(seat.organisation, subject)
    try:
        kind = packs_on(on).fact_type(fact_type)
    except KeyError:
        return None
    if found is None and subject == seat.organisation.slug and kind.subject == "organisation":
        own = Subject(organisation=seat.organisation, kind="organisation", key=subject, name=seat.organisation.name)
        return QuestionState(own, kind, (), NOTHING, None, 0)
    if found is None or found.kind != kind.subject:
        return None
    return facts.question(found, fact_type, on=on)


def page(seat: Seat, state: QuestionState, *, on: date) -> Page:
    """The page of a question on a day."""
    packs, subject, kind = packs_on(on), state.subject, state.fact_type
    names = subjects.names(seat.organisation) | {seat.organisation.slug: seat.organisation.name}
    inherits = subjects.inheritances(seat.organisation).get(subject.key) if subject.pk else None
    names |= subjects.owners(seat.organisation)
    recorded = facts.history(subject, kind.id, on=on) if subject.pk else ()
    return Page(
        subject=subject,
        fact_type=kind,
        state=state,
        names=names,
        text=words.asked(kind, subject.key, names),
        answer=_answer(state, names),
        rows=tuple(_row(state, each, names) for each in recorded),
        reached=_reached(seat, packs, kind.id, on=on),
        shares=_shares(seat, state, on=on),
        inherits=inherits,
        points=_points(recorded, kind),
    )


def _answer(state: QuestionState, names: Names) -> str:
    """What counts now, in one sentence."""
    kind, choice = state.fact_type, state.choice
    if choice.winner is None:
        return str(NO_ANSWER[choice.why])
    winner = choice.winner
    value = value_words(kind, winner.value, names)
    said = statement(text_of(kind.question), value, language()) if winner.value != NEVER else None
    parts = {
        "said": said or capital(value),
        "sure": assurance_word(winner.assurance),
        "day": day_words(winner.valid_from),
    }
    return _("%(said)s. That is %(sure)s, since %(day)s.") % parts


def _row(state: QuestionState, saying: Saying, names: Names) -> Recorded:
    fact, winner = saying.fact, state.choice.winner
    key = str(fact.pk)
    rivals = {each.id for each in state.choice.rivals} if state.choice.why == "contradicted" else set()
    current = saying.stands and fact.valid_to is None
    rival = key in rivals or (current and winner is not None and winner.id != key and winner.value != saying.value)
    return Recorded(
        saying,
        value_words(state.fact_type, saying.value, names),
        origin_word(fact.origin),
        tuple((parse_day(first), parse_day(last)) for first, last in fact.observed),
        winner is not None and winner.id == key,
        rival,
    )


def _reached(seat: Seat, packs: Packs, fact_type: str, *, on: date) -> tuple[Reached, ...]:
    rules = verdicts.resting_on([fact_type], on=on)
    found: dict[str, Status] = {}
    for line in verdicts.lines(seat.organisation, requirements=[rule.id for rule in rules], on=on):
        status = line.verdict.status
        found[line.requirement.id] = min(status, found.get(line.requirement.id, status), key=WORST.index)
    return tuple(
        Reached(
            rule,
            norm_word(packs.norms, rule.catalog),
            found.get(rule.id, Status.UNKNOWN),
            address_of(seat.organisation, rule.id),
        )
        for rule in rules
    )


def _shares(seat: Seat, state: QuestionState, *, on: date) -> tuple[Share, ...]:
    rows = Share.objects.filter(in_period(on), owner=seat.organisation, kind=ShareKind.FACT, revoked_at__isnull=True)
    subject, fact_type = state.subject.key, state.fact_type.id
    found = rows.select_related("recipient")
    return tuple(each for each in found if covers(each.what, subject=subject, fact_type=fact_type))


def _points(recorded: Iterable[Saying], kind: FactType) -> tuple[tuple[date, float], ...]:
    """A number over time, as it is known now; empty for what is no number."""
    if kind.value not in ("count", "percentage"):
        return ()
    numbers = (int, float, Decimal)
    stands = [each for each in recorded if each.stands and isinstance(each.value, numbers)]
    by_day = {each.fact.valid_from: float(each.value) for each in sorted(stands, key=lambda each: each.fact.pk)}
    return tuple(sorted(by_day.items()))


@dataclass(frozen=True, slots=True)
class Changing:
    """One way to change an answer: it changed, or it was wrong."""

    wrong: str
    text: str
    post: str
    form: AnswerForm
    fact_type: FactType


def changing(seat: Seat, page: Page, *, on: date, post: str) -> list[Changing]:
    """The forms to change what stands: two when something does, one when nothing does yet; sent to ``post``."""
    state = page.state
    kind = state.fact_type
    stands = any(Origin(each.fact.origin) in REPLACES[Origin.PERSON] for each in state.standing)
    ways: Sequence[str] = ("changed", "wrong") if stands else ("",)
    if "wrong" in ways and not seat.may(Right.CORRECT):
        ways = ("changed",)
    registered = subjects.subjects(seat.organisation, kind=kind.refers_to) if kind.refers_to else ()
    options = [(each.key, each.name) for each in registered]
    return [
        Changing(
            way,
            page.text,
            post,
            AnswerForm(
                initial={"seen": state.token}, auto_id=f"{way or 'answer'}_%s", fact_type=kind, on=on, subjects=options,
                may_register=bool(kind.refers_to) and seat.may(Right.REGISTER), answered=bool(way),
            ),
            kind,
        )
        for way in ways
    ]  # fmt: skip
