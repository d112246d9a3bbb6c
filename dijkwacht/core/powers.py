"""What an office holder may do on these facts, and what not: facts in, lawful options out. Pure.

Truth has three values (strong Kleene): a fact that nobody answered is unknown, which is never no. `norms/powers` holds the rules;
what is weighed here has no assurance, so a plain bool or None does, and not the numbers of `kleene`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Texts = Mapping[str, str]
Answers = Mapping[str, str]
"""By fact: ``yes``, ``no`` or an option. What is not in it, or ``unknown``, is not known."""
Status = Literal["in_force", "bill", "practice"]
State = Literal["allowed", "allowed_if", "not_allowed"]
STATUSES: tuple[Status, ...] = get_args(Status)
YES, NO, UNKNOWN = "yes", "no", "unknown"
NOT_IN_FORCE, NOT_VALID, NOT_MET = "not_in_force", "not_valid_on_date", "needs_not_met"
BY_RULE = (NOT_MET, NOT_IN_FORCE, NOT_VALID)
"""Reasons that follow from the rule itself and so have no expression."""
NO_TEXT: Texts = {}


@dataclass(frozen=True, slots=True)
class Is:
    """A fact has one of these answers."""

    fact: str
    answers: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class All:
    """Every part; none is always."""

    parts: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """One part at least."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The other way round."""

    part: "Expression"


Expression = Is | All | Any | Not
ALWAYS = All()


@dataclass(frozen=True, slots=True)
class Question:
    """A fact of the wizard. ``options`` empty: yes or no. ``answered_by``: a party who knows."""

    id: str
    group: str
    ask: Texts
    answered_by: str
    help: Texts = field(default_factory=dict)
    options: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be answered, unknown not among them."""
        return tuple(self.options) or (YES, NO)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a power is refused. ``when`` None: it follows from the rule. ``never``: no departure from it, with reasons either."""

    id: str
    text: Texts
    source: str
    when: Expression | None = None
    never: bool = False
    uncertain: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What must be done afterwards. ``clock``: its legal term; it falls away when ``unless`` is true."""

    duty: Texts
    clock: str = ""
    basis: str = ""
    unless: Expression | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How far it reaches: how long, where, who signs, and whether another may do it for him."""

    duration: Texts
    territory: Texts
    signed_by: tuple[str, ...]
    mandate: str
    before: Texts = field(default_factory=dict)
    deviates_from_law: bool = False


@dataclass(frozen=True, slots=True)
class Power:
    """A power or a route. Days are included; None is no limit. ``state`` and ``checked_on``: of a bill, where it stood when."""

    id: str
    name: Texts
    kind: str
    holder: str
    basis: str
    status: Status
    needs: Expression
    forbids: tuple[str, ...]
    limits: Limits
    addressee: Texts
    source: str
    valid_from: date | None = None
    valid_to: date | None = None
    follow_up: tuple[FollowUp, ...] = ()
    rights: tuple[str, ...] = ()
    lighter: tuple[str, ...] = ()
    disputed: bool = False
    note: Texts = field(default_factory=dict)
    uncertain: Texts = field(default_factory=dict)
    checked_on: date | None = None
    state: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether it may. ``reasons``: why not, as codes; ``missing``: facts that are not known and still matter.

    ``failing``: where a condition is not met, the facts whose answers make it so.
    """

    outcome: State
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()


def outcome(power: Power, reasons: Mapping[str, Reason], answers: Answers, *, on: date) -> Outcome:
    """Whether this power may be used on these facts that day. A bill never; an unknown fact never makes it allowed."""
    if power.status == "bill":
        return Outcome("not_allowed", (NOT_IN_FORCE,))
    if (power.valid_from and on < power.valid_from) or (power.valid_to and on > power.valid_to):
        return Outcome("not_allowed", (NOT_VALID,))
    whens = {code: reasons[code].when or ALWAYS for code in power.forbids}
    told = {code: truth(when, answers) for code, when in whens.items()}
    if hit := tuple(code for code, found in told.items() if found):
        return Outcome("not_allowed", hit)
    met = truth(power.needs, answers)
    if met is False:
        return Outcome("not_allowed", (NOT_MET,), failing=_leaves([power.needs], answers, False))
    open_parts = [whens[code] for code, found in told.items() if found is None]
    open_parts += [power.needs] if met is None else []
    if open_parts:
        return Outcome("allowed_if", missing=_leaves(open_parts, answers, None))
    return Outcome("allowed")


def outcomes(
    powers: Mapping[str, Power], reasons: Mapping[str, Reason], answers: Answers, *, on: date
) -> dict[str, Outcome]:
    """The same of every power, in their order."""
    return {name: outcome(power, reasons, answers, on=on) for name, power in powers.items()}


def truth(expression: Expression, answers: Answers) -> bool | None:
    """True, false or unknown."""
    match expression:
        case Is(fact, wanted):
            found = answers.get(fact, UNKNOWN)
            return None if found == UNKNOWN else found in wanted
        case Not(part):
            inner = truth(part, answers)
            return None if inner is None else not inner
        case All(parts):
            return _joined((truth(each, answers) for each in parts), stops=False)
        case Any(parts):
            return _joined((truth(each, answers) for each in parts), stops=True)


def duties(power: Power, answers: Answers) -> tuple[FollowUp, ...]:
    """What must be done afterwards on these facts; one that may fall away stays as long as that is not certain."""
    return tuple(each for each in power.follow_up if each.unless is None or truth(each.unless, answers) is not True)


def barred(reasons: Mapping[str, Reason], found: Outcome) -> tuple[str, ...]:
    """The reasons from which no departure is possible, with or without an explanation."""
    return tuple(code for code in found.reasons if reasons[code].never)


def wrong_answers(questions: Mapping[str, Question], answers: Answers) -> list[tuple[str, str, str]]:
    """What cannot be taken: ``fact`` or ``answer``, the fact, and what was answered. Nothing when all is well."""
    found = []
    for fact, answer in answers.items():
        if fact not in questions:
            found.append(("fact", fact, answer))
        elif answer != UNKNOWN and answer not in questions[fact].answers:
            found.append(("answer", fact, answer))
    return found


def facts_of(expression: Expression) -> frozenset[str]:
    """Every fact that it asks."""
    match expression:
        case Is(fact):
            return frozenset({fact})
        case Not(part):
            return facts_of(part)
        case All(parts) | Any(parts):
            return frozenset().union(*map(facts_of, parts))


def _joined(found: Iterable[bool | None], *, stops: bool) -> bool | None:
    """*All* stops at the first false, *any* at the first true; otherwise one unknown makes it unknown."""
    unknown = False
    for each in found:
        if each is stops:
            return stops
        unknown = unknown or each is None
    return None if unknown else not stops


def _leaves(parts: Iterable[Expression], answers: Answers, wanted: bool | None) -> tuple[str, ...]:
    """The facts in the parts with this truth that make it so, in the order in which they are asked."""
    found: dict[str, None] = {}
    for part in parts:
        _leaf(part, answers, wanted, found)
    return tuple(found)


def _leaf(part: Expression, answers: Answers, wanted: bool | None, found: dict[str, None]) -> None:
    if truth(part, answers) is not wanted:
        return
    match part:
        case Is(fact):
            found.setdefault(fact)
        case Not(inner):
            _leaf(inner, answers, wanted if wanted is None else not wanted, found)
        case All(parts) | Any(parts):
            for each in parts:
                _leaf(each, answers, wanted, found)
