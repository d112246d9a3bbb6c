"""A second engine, for tests only: slow, without memory, without shortcuts, written from the specification alone.

It judges criteria as they stand in a pack (plain mappings and lists) and knows nothing of the real engine. Every
function quotes the sentence it implements; the sentences are those of docs/algorithms/engine.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from dijkwacht.core.days import Duration, parse_duration
from dijkwacht.core.facts import Assurance, Fact, FactType, Shows, World, register_type

Raw = Mapping[str, Any]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Truth:
    """Three-valued (strong Kleene): True, False, or None for unknown; with the assurance and what it shows."""

    value: bool | None
    assurance: Assurance | None = None
    shown: Shows | None = None


UNKNOWN = Truth(None)


@dataclass(frozen=True)
class Judged:
    """What the oracle says of one requirement for one subject. ``status`` in the words of the table in section 3."""

    status: str
    assurance: Assurance | None = None
    shown: Shows | None = None


def lowest(values: Iterable[Any]) -> Any:
    """The least, leaving out what rests on no fact: that cannot weaken the others."""
    return min((each for each in values if each is not None), default=None)


def highest(values: Iterable[Any]) -> Any:
    """The greatest, leaving out what rests on no fact."""
    return max((each for each in values if each is not None), default=None)


def best(assurances: Iterable[Assurance | None]) -> Assurance | None:
    """The best part alone suffices; best of all is a part that rests on no fact, for nothing can take it away."""
    found = list(assurances)
    return None if None in found else max(each for each in found if each is not None)


def later(day: date, duration: Duration) -> date:
    """*Durations are calendar: a month after 31 January is the last day of February.* Months first, then days."""
    month = day.month - 1 + duration.months
    year, month = day.year + month // 12, month % 12 + 1
    for number in (day.day, 30, 29, 28):
        try:
            moved = date(year, month, number)
        except ValueError:
            continue
        return moved + timedelta(days=duration.days)
    raise AssertionError("every month has a 28th day")


# Kleene -------------------------------------------------------------------------------------------------------------


def not_(part: Truth) -> Truth:
    """A falsehood has the assurance that its truth would have had; unknown stays unknown."""
    return part if part.value is None else Truth(not part.value, part.assurance, part.shown)


def all_(parts: list[Truth]) -> Truth:
    """*`all` is false as soon as one part is false, unknown if none is false and one is unknown.*

    *`all` true: its lowest part, false: its best false part.* What is shown: the most that one of these parts shows.
    """
    false = [part for part in parts if part.value is False]
    if false:
        return Truth(False, best(part.assurance for part in false), highest(part.shown for part in false))
    if any(part.value is None for part in parts):
        return UNKNOWN
    return Truth(True, lowest(part.assurance for part in parts), highest(part.shown for part in parts))


def any_(parts: list[Truth]) -> Truth:
    """*`any` true: its best true part, false: its lowest*: the mirror image of `all`."""
    return not_(all_([not_(part) for part in parts]))


def at_least(n: int, parts: list[Truth]) -> Truth:
    """At least n parts are true: some choice of n parts is true as a whole (*`at_least` true: the n-th best*)."""
    return any_([all_(list(chosen)) for chosen in combinations(parts, n)])


# Facts --------------------------------------------------------------------------------------------------------------


def usable(fact: Fact, fact_type: FactType, on: date, known_at: date) -> bool:
    """*Usable for a judgement at moment `on`, as known at `known_at`, if it was recorded by then and not superseded by
    then, is valid on `on`, and its shelf life has not run out.* *`valid_from` and `recorded_at` inclusive, `valid_to`
    and `superseded_at` exclusive.*
    """
    if fact.recorded_at > known_at:
        return False
    if fact.superseded_at is not None and fact.superseded_at <= known_at:
        return False
    if fact.valid_from > on:
        return False
    if fact.valid_to is not None and fact.valid_to <= on:
        return False
    return fact_type.shelf_life is None or on <= last_day(fact, fact_type.shelf_life, known_at)


def last_day(fact: Fact, shelf_life: Duration, known_at: date) -> date:
    """*Shelf life runs from the last observation known at `known_at`, else from `valid_from`; the last usable day is
    that day plus the duration.*
    """
    start = fact.valid_from
    observed = [day for day in fact.observations if day <= known_at]
    if observed:
        start = max(observed)
    return later(start, shelf_life)


def winner(facts: Iterable[Fact]) -> Fact | None:
    """*Which fact counts, when several are usable: the highest assurance, then the latest `valid_from`. If several that
    tie on both differ in value: unknown, because contradicted.* None if there is none, or a contradiction.
    """
    usable_facts = list(facts)
    if not usable_facts:
        return None
    first = max((fact.assurance, fact.valid_from) for fact in usable_facts)
    tied = [fact for fact in usable_facts if (fact.assurance, fact.valid_from) == first]
    if any(fact.value != tied[0].value for fact in tied):
        return None
    return tied[0]


@dataclass(frozen=True)
class Read:
    """A value as the criterion sees it, with the assurance and showing power of the facts it took to get there."""

    value: Any
    assurance: Assurance | None
    shown: Shows | None

    def truth(self, holds: bool) -> Truth:
        """This value makes something true, or false."""
        return Truth(holds, self.assurance, self.shown)

    def with_(self, other: "Read") -> "Read":
        """The same value, resting on the facts of the other as well (the lowest assurance among them)."""
        return Read(self.value, lowest([self.assurance, other.assurance]), highest([self.shown, other.shown]))


def nothing_happened(value: Any) -> tuple[date, date] | None:
    """The period in which nothing happened, if that is the answer."""
    if isinstance(value, Mapping) and "nothing_happened" in value:
        first, last = value["nothing_happened"]
        return first, last
    return None


# Criteria -----------------------------------------------------------------------------------------------------------


class Oracle:
    """Judges raw requirements ``{id: {met_if, applies_if, subject, shows}}`` over a world, at one (on, known_at)."""

    def __init__(
        self,
        fact_types: Mapping[str, FactType],
        requirements: Mapping[str, Raw],
        world: World,
        *,
        on: date,
        known_at: date,
    ) -> None:
        self.fact_types = fact_types
        self.requirements = requirements
        self.world = world
        self.on = on
        self.known_at = known_at

    # facts in a scope

    def type_of(self, fact_id: str) -> FactType:
        """The fact type; *completeness is itself a fact of the organisation (`register.<kind>.complete`, shelf life one
        year)*, also when the pack does not define it.
        """
        if fact_id in self.fact_types:
            return self.fact_types[fact_id]
        prefix, kind, complete = fact_id.split(".")
        assert (prefix, complete) == ("register", "complete"), f"no fact type {fact_id}"
        return register_type(kind)

    def read_on(self, subject: str, fact_id: str) -> Read | None:
        """The value that counts of one fact type on one subject; None is unknown."""
        fact_type = self.type_of(fact_id)
        facts = self.world.facts.get((subject, fact_id), [])
        fact = winner(each for each in facts if usable(each, fact_type, self.on, self.known_at))
        if fact is None:
            return None
        shown = max(fact_type.shows, default=None)
        if shown is not None and fact.assurance == Assurance.STATED:
            shown = min(shown, Shows.EXISTENCE)  # what is only stated is never shown in operation
        return Read(fact.value, fact.assurance, shown)

    def read(self, scope: str, fact_id: str) -> Read | None:
        """*A fact type about the organisation is read on the organisation everywhere; any other on the subject in scope.*"""
        if self.type_of(fact_id).subject == "organisation":
            return self.read_on(self.world.organisation, fact_id)
        assert self.type_of(fact_id).subject == self.world.kind_of[scope], f"{fact_id} read on {scope}"
        return self.read_on(scope, fact_id)

    def read_leaf(self, scope: str, node: Raw, fact_id: str) -> Read | None:
        """*`{fact, via: reference, operator}` goes one step; an unknown or dangling reference is unknown; the
        reference's assurance counts too.* Without `via` simply the fact in scope.
        """
        if "via" not in node:
            return self.read(scope, fact_id)
        reference = self.read(scope, node["via"])
        if reference is None or reference.value not in self.world.kind_of:
            return None
        about = self.type_of(fact_id).subject
        if about == self.world.kind_of[reference.value]:
            target = self.read_on(reference.value, fact_id)
        elif about == "organisation":
            target = self.read_on(self.world.organisation, fact_id)
        else:
            target = None
        return None if target is None else target.with_(reference)

    # one node

    def truth(self, node: Raw, scope: str) -> Truth:
        """Section 2: the truth of a criterion for the subject in scope."""
        if "fact" in node:
            return self.leaf(node, scope)
        if "where_possible" in node:
            return any_([self.truth(node["where_possible"], scope), self.excepted(node["exception"], scope)])
        ((operator, body),) = node.items()
        inner: dict[str, Callable[[Any, str], Truth]] = {
            "all": lambda parts, at: all_([self.truth(part, at) for part in parts]),
            "any": lambda parts, at: any_([self.truth(part, at) for part in parts]),
            "not": lambda part, at: not_(self.truth(part, at)),
            "at_least": lambda part, at: at_least(part["n"], [self.truth(each, at) for each in part["of"]]),
            "each": self.each,
            "some": self.some,
            "verdict": self.leaning,
            "due": self.due,
        }
        return inner[operator](body, scope)

    def register(self, kind: str) -> list[Truth]:
        """*A register not declared complete counts as one more subject about which nothing is known.*

        As a part that says "and there is nothing more": declared outright it rests on no fact and adds nothing; declared
        by a fact, that fact's assurance counts as one more part.
        """
        if kind in self.world.complete:
            return []
        declared = self.read_on(self.world.organisation, f"register.{kind}.complete")
        if declared is None or declared.value is not True:
            return [UNKNOWN]
        return [declared.truth(True)]

    def linked(self, body: Raw, subject: str, scope: str) -> Truth | None:
        """*`linked_by: fact` in `each` and `some`: only subjects whose reference fact points to the subject in scope.*"""
        if "linked_by" not in body:
            return None
        reference = self.read(subject, body["linked_by"])
        return UNKNOWN if reference is None else reference.truth(reference.value == scope)

    def chosen(self, body: Raw, subject: str, scope: str) -> list[Truth]:
        """The conditions under which a subject takes part: `linked_by` and `where`, if they are there."""
        conditions = [self.linked(body, subject, scope)]
        if "where" in body:
            conditions.append(self.truth(body["where"], subject))
        return [each for each in conditions if each is not None]

    def subject_parts(self, body: Raw, scope: str) -> list[Truth]:
        """The subjects of an `each`: any(not where, that), one by one."""
        return [
            any_([*map(not_, self.chosen(body, subject, scope)), self.truth(body["that"], subject)])
            for subject in self.world.subjects.get(body["subject"], ())
        ]

    def each(self, body: Raw, scope: str) -> Truth:
        """*`each` is all(any(not where, that))* over the registered subjects and what the register leaves out."""
        return all_([*self.subject_parts(body, scope), *self.register(body["subject"])])

    def some(self, body: Raw, scope: str) -> Truth:
        """*`some` is any(all(where, that))* over the registered subjects and what the register leaves out."""
        parts = [
            all_([*self.chosen(body, subject, scope), self.truth(body["that"], subject)])
            for subject in self.world.subjects.get(body["subject"], ())
        ]
        return any_([*parts, *map(not_, self.register(body["subject"]))])

    def leaning(self, requirement: str, scope: str) -> Truth:
        """*Leaning on `verdict:`: met and not_applicable are true, partly and not_met false, unknown is unknown; judged
        without demand, for the subject in scope if the kinds agree, else for the organisation.*
        """
        kind = self.requirements[requirement].get("subject", "organisation")
        subject = scope if kind == self.world.kind_of[scope] else self.world.organisation
        judged = self.judge(requirement, subject)
        value = {"met": True, "not_applicable": True, "partly": False, "not_met": False, "unknown": None}[judged.status]
        return UNKNOWN if value is None else Truth(value, judged.assurance, judged.shown)

    def due(self, body: Raw, scope: str) -> Truth:
        """*`due: {fact: date, plus: P2Y}`*: true from the day that lies that much later on; never is never due."""
        fact = self.read_leaf(scope, body, body["fact"])
        if fact is None:
            return UNKNOWN
        if nothing_happened(fact.value):
            return fact.truth(True)
        return fact.truth(fact.value != "never" and self.on >= later(fact.value, parse_duration(body["plus"])))

    def excepted(self, fact_id: str, scope: str) -> Truth:
        """*"Where possible": a reasoned exception with end date and owner satisfies*: as long as it is usable and its end
        date has not passed; contradicted it is unknown. Otherwise there is none: false, and that rests on no fact.
        """
        subject = self.world.organisation if self.type_of(fact_id).subject == "organisation" else scope
        facts = self.world.facts.get((subject, fact_id), [])
        usable_facts = [each for each in facts if usable(each, self.type_of(fact_id), self.on, self.known_at)]
        made = self.read_on(subject, fact_id)
        if usable_facts and made is None:
            return UNKNOWN  # contradicted
        if made is None or made.value["until"] < self.on:
            return Truth(False)
        return made.truth(True)

    # one fact

    def leaf(self, node: Raw, scope: str) -> Truth:
        """An operator on one fact; without an operator: it is yes."""
        operators = set(node) - {"fact", "via"}
        if operators & {"before", "after"}:
            return self.compared(node, scope)
        fact = self.read_leaf(scope, node, node["fact"])
        if operators == {"within"}:
            return self.within(node, fact, scope)
        if fact is None:
            return UNKNOWN
        if operators == {"known"}:
            return fact.truth(True)  # the fact has a usable value, whatever it is
        if nothing_happened(fact.value):
            return fact.truth(True)  # it satisfies the criterion
        if not operators:
            return fact.truth(fact.value is True)
        if operators == {"is"}:
            wanted = node["is"]
            if isinstance(fact.value, date) and isinstance(wanted, str):
                wanted = date.fromisoformat(wanted)
            return fact.truth(fact.value == wanted)
        if operators == {"one_of"}:
            return fact.truth(fact.value in node["one_of"])
        assert operators <= {"min", "max"}, operators
        enough = "min" not in node or fact.value >= node["min"]
        not_too_much = "max" not in node or fact.value <= node["max"]
        return fact.truth(enough and not_too_much)  # `min` and `max` inclusive

    def within(self, node: Raw, fact: Read | None, scope: str) -> Truth:
        """*`within: D`: value <= on <= value + D; a date in the future is false.* With `{fact, at_most}`: all of value <=
        on, on <= value + own interval, on <= value + upper bound. Of a period in which nothing happened the first day
        opens it and the last day starts the count.
        """
        if fact is None:
            return UNKNOWN
        if fact.value == "never":
            return fact.truth(False)
        first, last = nothing_happened(fact.value) or (fact.value, fact.value)
        term = node["within"]
        if isinstance(term, str):
            return fact.truth(first <= self.on <= later(last, parse_duration(term)))
        parts = [
            fact.truth(first <= self.on),
            fact.truth(self.on <= later(last, parse_duration(term["at_most"]))),
        ]
        own = self.read_other(node, scope, term["fact"])
        if own is None:
            parts.append(UNKNOWN)
        else:
            parts.append(fact.with_(own).truth(self.on <= later(last, own.value)))
        return all_(parts)

    def read_other(self, node: Raw, scope: str, fact_id: str) -> Read | None:
        """*Otherwise a fact on the same subject*: the second fact of a comparison."""
        return self.read_leaf(scope, node, fact_id)

    def compared(self, node: Raw, scope: str) -> Truth:
        """*`before` and `after` are strict; a string that reads as an ISO date is a date, otherwise a fact on the same
        subject.* *`after: {fact: id, or_never: true}`: later than another date, or that date never came, said
        explicitly*: any of the two. A date that never came is neither before nor after anything.
        """
        operator = "before" if "before" in node else "after"
        other, or_never = node[operator], False
        if isinstance(other, Mapping):
            or_never = bool(other.get("or_never", False))
            other = other["fact"]
        fact = self.read_leaf(scope, node, node["fact"])
        if (fixed := as_date(other)) is not None:
            bound: Read | None = Read(fixed, None, None)
        else:
            bound = self.read_other(node, scope, other)
        if or_never and bound is not None and bound.value == "never":
            return bound.truth(True)
        if fact is not None and nothing_happened(fact.value):
            return fact.truth(True)  # it satisfies the criterion, whatever the other date
        if fact is not None and fact.value == "never" and not or_never:
            return fact.truth(False)  # so does never the opposite
        if fact is None or bound is None:
            return UNKNOWN
        if "never" in (fact.value, bound.value):
            return fact.with_(bound).truth(False)
        return fact.with_(bound).truth(fact.value < bound.value if operator == "before" else fact.value > bound.value)

    # the verdict

    def judge(self, requirement: str, subject: str | None = None) -> Judged:
        """Section 3, the table: met, partly, not_met, not_applicable, unknown."""
        raw = self.requirements[requirement]
        scope = subject or self.world.organisation
        if "applies_if" in raw:
            applies = self.truth(raw["applies_if"], scope)
            if applies.value is None:
                return Judged("unknown")  # `applies_if` unknown makes the status unknown
            if applies.value is False:
                return Judged("not_applicable", applies.assurance, applies.shown)
        met = self.truth(raw["met_if"], scope)
        if met.value is None:
            return Judged("unknown")
        if met.value:
            return Judged("met", met.assurance, met.shown)
        progress = any(part.value is True for part in self.parts(raw["met_if"], scope))
        return Judged("partly" if progress else "not_met", met.assurance, met.shown)

    def parts(self, met_if: Raw, scope: str) -> Iterator[Truth]:
        """*`partly` looks at `met_if` and its direct parts only (parts of `all`, `any`, `at_least`, and the subjects of an
        `each` there); `not` and `some` have no parts.*
        """
        if "each" in met_if:
            yield from self.subject_parts(met_if["each"], scope)
            return
        direct = met_if.get("all") or met_if.get("any") or met_if.get("at_least", {}).get("of", [])
        for part in direct:
            yield self.truth(part, scope)
            if "each" in part:
                yield from self.subject_parts(part["each"], scope)


def as_date(value: Any) -> date | None:
    """*A string that reads as an ISO date is a date.*"""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None


def demanded(judged: Judged, *, least: Assurance, shows: Shows) -> str:
    """*A true criterion with too little assurance is `unknown`, with the reason not shown.* The status under a demand."""
    if judged.status != "met":
        return judged.status
    if judged.assurance is not None and judged.assurance < least:
        return "unknown"
    if judged.shown is not None and judged.shown < shows:
        return "unknown"
    return "met"


# Time ---------------------------------------------------------------------------------------------------------------


def stale_at(judge: Callable[[date], Judged], on: date, days: Iterable[date]) -> date | None:
    """*`stale_at` is the first day after `on` on which status, assurance or what is shown differs with `known_at` held still;
    empty if none.* Looks at the given days only: every day up to a horizon, or the days of ``turning_days``.
    """
    now = judge(on)
    for day in sorted(set(days)):
        if day > on:
            then = judge(day)
            if (then.status, then.assurance, then.shown) != (now.status, now.assurance, now.shown):
                return day
    return None


def turning_days(fact_types: Mapping[str, FactType], requirements: Mapping[str, Raw], world: World) -> set[date]:
    """Every day on which anything could turn: each date that occurs anywhere, alone or moved by each duration that
    occurs anywhere, and the day after it. Far more days than needed; that none is missed is tested day by day.
    """
    dates: set[date] = set()
    durations = {Duration(0, 0)} | {each.shelf_life for each in fact_types.values() if each.shelf_life}
    if world.facts:
        durations.add(parse_duration("P1Y"))  # of a register declared complete
    for facts in world.facts.values():
        for fact in facts:
            collect([fact.valid_from, fact.valid_to, *fact.observations, fact.value], dates, durations)
    collect(list(requirements.values()), dates, durations)
    return {later(day, duration) + extra for day in dates for duration in durations for extra in (0 * ONE_DAY, ONE_DAY)}


def collect(value: Any, dates: set[date], durations: set[Duration]) -> None:
    """Gathers every date and duration out of a nested value."""
    if isinstance(value, date):
        dates.add(value)
    elif isinstance(value, Duration):
        durations.add(value)
    elif isinstance(value, str):
        if (day := as_date(value)) is not None:
            dates.add(day)
        try:
            durations.add(parse_duration(value))
        except ValueError:
            pass
    elif isinstance(value, Mapping):
        for each in value.values():
            collect(each, dates, durations)
    elif isinstance(value, list | tuple):
        for each in value:
            collect(each, dates, durations)
