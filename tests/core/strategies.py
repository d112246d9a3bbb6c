"""Random packs and random facts for the laws: small worlds, few days, many coincidences.

Days come from a short pool around month ends and a leap day, so that borders are hit often. A pack leans only on
requirements drawn before it, so there are no cycles.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.criteria import facts_of, verdicts_of
from dijkwacht.core.criterion_form import parse
from dijkwacht.core.days import parse_duration
from dijkwacht.core.facts import Assurance, Fact, FactType, Shows, Subject, World, register_type

Draw = Callable[..., Any]

ORGANISATION = "dijkstad"
SUBJECTS = {"system": ("sys-1", "sys-2", "sys-3"), "supplier": ("sup-1", "sup-2")}
DANGLING = "nobody-knows"
DURATIONS = ("P1D", "P2W", "P1M", "P3M", "P6M", "P1Y")
_CORNERS = [
    date(2026, 1, 31), date(2026, 2, 28), date(2026, 8, 31), date(2026, 11, 30), date(2027, 1, 30), date(2027, 1, 31),
    date(2027, 2, 28), date(2027, 5, 31), date(2027, 8, 31), date(2028, 1, 31), date(2028, 2, 29),
]  # fmt: skip
POOL = sorted({day + timedelta(days=shift) for day in _CORNERS for shift in (-1, 0, 1)})
PAST = [day for day in POOL if day <= date(2027, 2, 1)]
MOMENTS = [day for day in POOL if date(2027, 1, 1) <= day <= date(2027, 9, 1)]


def _type(
    fact_id: str, subject: str, value: str, *, choices: tuple[str, ...] = (), refers_to: str | None = None
) -> FactType:
    return FactType(fact_id, subject, value, choices=choices, refers_to=refers_to)


TYPES: dict[str, FactType] = {
    each.id: each
    for each in (
        _type("house.yes", "organisation", "yes_no"),
        _type("house.also", "organisation", "yes_no"),
        _type("house.on", "organisation", "date"),
        _type("house.since", "organisation", "date"),
        _type("house.number", "organisation", "count"),
        _type("house.part", "organisation", "percentage"),
        _type("house.kind", "organisation", "choice", choices=("none", "some", "all")),
        _type("house.note", "organisation", "text"),
        _type("house.term", "organisation", "duration"),
        _type("house.exception", "organisation", "exception"),
        _type("house.main_system", "organisation", "reference", refers_to="system"),
        _type("system.yes", "system", "yes_no"),
        _type("system.critical", "system", "yes_no"),
        _type("system.on", "system", "date"),
        _type("system.since", "system", "date"),
        _type("system.number", "system", "count"),
        _type("system.kind", "system", "choice", choices=("none", "some", "all")),
        _type("system.term", "system", "duration"),
        _type("system.exception", "system", "exception"),
        _type("system.supplier", "system", "reference", refers_to="supplier"),
        _type("supplier.yes", "supplier", "yes_no"),
        _type("supplier.on", "supplier", "date"),
        _type("supplier.since", "supplier", "date"),
        _type("supplier.term", "supplier", "duration"),
        _type("supplier.main_system", "supplier", "reference", refers_to="system"),
    )
}
SECOND = {f"{kind}.{name}" for kind in ("house", "system", "supplier") for name in ("since", "term")}


@dataclass(frozen=True, repr=False)
class Situation:
    """A pack, a world and a moment: everything a judgement needs, with the criteria still in their raw form."""

    fact_types: dict[str, FactType]
    requirements: dict[str, dict[str, Any]]
    facts: tuple[Fact, ...]
    subjects: dict[str, tuple[str, ...]]
    complete: frozenset[str]
    on: date
    known_at: date

    def __repr__(self) -> str:
        """Only what differs from the default: a failing example should be readable."""
        facts = [
            f"{fact.id}: {fact.fact} of {fact.subject} = {fact.value!r}, {fact.assurance.name.lower()}, valid from"
            f" {fact.valid_from}"
            + (f" to {fact.valid_to}" if fact.valid_to else "")
            + (f", recorded {fact.recorded_at}" if fact.recorded_at != fact.valid_from else "")
            + (f", superseded {fact.superseded_at}" if fact.superseded_at else "")
            + (f", seen {[str(day) for day in fact.observations]}" if fact.observations else "")
            for fact in self.facts
        ]
        lives = {each.id: str(each.shelf_life) for each in self.fact_types.values() if each.shelf_life}
        shown = {each.id: [level.name for level in sorted(each.shows)] for each in self.fact_types.values()}
        return "\n  ".join(
            [
                f"Situation on {self.on}, known at {self.known_at}",
                *(f"{name}: {raw}" for name, raw in self.requirements.items()),
                *facts,
                f"subjects {self.subjects}, complete {sorted(self.complete)}",
                f"shelf lives {lives}, shows {shown}",
            ]
        )

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How Hypothesis writes it in a failing example."""
        printer.text(repr(self))

    def world(self, facts: tuple[Fact, ...] | None = None) -> World:
        """The world with these facts, by default all of them."""
        subjects = [Subject(each, kind) for kind, ids in self.subjects.items() for each in ids]
        return World.of(
            ORGANISATION, subjects=subjects, facts=self.facts if facts is None else facts, complete=self.complete
        )

    def norms(self, requirements: Mapping[str, Mapping[str, Any]] | None = None) -> Norms:
        """The pack as the engine takes it."""
        return norms_of(self.fact_types, self.requirements if requirements is None else requirements)

    def lines(self) -> list[tuple[str, str | None]]:
        """Every requirement with every subject that it is judged for."""
        found: list[tuple[str, str | None]] = []
        for requirement, raw in self.requirements.items():
            kind = raw.get("subject", "organisation")
            found += (
                [(requirement, None)] if kind == "organisation" else [(requirement, s) for s in self.subjects[kind]]
            )
        return found


def norms_of(fact_types: Mapping[str, FactType], requirements: Mapping[str, Mapping[str, Any]]) -> Norms:
    """Raw requirements as the engine takes them."""
    return Norms(
        fact_types=dict(fact_types),
        requirements={
            each: Requirement(
                each,
                met_if=parse(raw["met_if"]),
                applies_if=parse(raw["applies_if"], where="applies_if") if "applies_if" in raw else None,
                subject=raw.get("subject", "organisation"),
                shows=Shows[raw.get("shows", "existence").upper()],
            )
            for each, raw in requirements.items()
        },
    )


# criteria -----------------------------------------------------------------------------------------------------------


def _pick(draw: Draw, options: Iterable[Any]) -> Any:
    return draw(st.sampled_from(list(options)))


def _second(kind: str, name: str) -> str:
    return f"{'house' if kind == 'organisation' else kind}.{name}"


def _date_operator(draw: Draw, about: str) -> dict[str, Any]:
    """One operator on a date; the second fact is about the same kind of subject, or about the organisation."""
    other = _pick(draw, sorted({about, "organisation"}))
    since, term = _second(other, "since"), _second(other, "term")
    operator: dict[str, Any] = _pick(
        draw,
        [
            {"within": "P1Y"}, {"within": "P1M"}, {"within": "P6M"},
            {"within": {"fact": term, "at_most": "P6M"}},
            {"before": "2026-11-30"}, {"after": "2026-02-28"},
            {"is": "2027-01-31"}, {"after": {"fact": since, "or_never": True}},
            {"before": since}, {"after": since}, {"after": {"fact": since, "or_never": True}},
            {"known": True},
        ],
    )  # fmt: skip
    return operator


def _operator(draw: Draw, fact_type: FactType) -> dict[str, Any]:
    """One operator that fits the value kind."""
    if fact_type.value == "date":
        return _date_operator(draw, fact_type.subject)
    numbers: list[dict[str, Any]] = [{"min": 2}, {"max": 2}, {"min": 1, "max": 3}, {"known": True}]
    fitting: dict[str, list[dict[str, Any]]] = {
        "yes_no": [{}, {}, {}, {"is": False}, {"is": True}, {"known": True}],
        "count": [{"is": 2}, *numbers],
        "percentage": numbers,
        "choice": [{"is": "none"}, {"one_of": ["some", "all"]}, {"known": True}],
        "text": [{"is": "none"}, {"known": True}],
        "reference": [{"known": True}],
        "duration": [{"known": True}],
        "exception": [{"known": True}],
    }
    return dict(_pick(draw, fitting[fact_type.value]))


def _leaf(draw: Draw, scope: str) -> dict[str, Any]:
    """A fact under an operator, one time in five through a reference."""
    here = {scope, "organisation"}
    leaf: dict[str, Any] = {}
    references = [each for each in TYPES.values() if each.value == "reference" and each.subject in here]
    if references and draw(st.integers(0, 4)) == 4:
        reference = _pick(draw, references)
        leaf["via"] = reference.id
        here = {str(reference.refers_to), "organisation"}
    options = [each for each in TYPES.values() if each.subject in here and each.id not in SECOND]
    options += [each for each in options if each.value == "date"] * 3
    fact_type = _pick(draw, options)
    return {"fact": fact_type.id, **leaf, **_operator(draw, fact_type)}


def _over(draw: Draw, scope: str, depth: int, earlier: dict[str, str]) -> dict[str, Any]:
    """The body of `each` and `some`."""
    linked = scope == "supplier" and draw(st.booleans())
    kind = "system" if linked else _pick(draw, ("system", "system", "supplier"))
    body: dict[str, Any] = {"subject": kind, "that": _node(draw, kind, depth - 1, earlier)}
    if draw(st.booleans()):
        body["where"] = _node(draw, kind, min(depth - 1, 1), earlier)
    if linked:
        body["linked_by"] = "system.supplier"
    return body


def _node(draw: Draw, scope: str, depth: int, earlier: dict[str, str]) -> dict[str, Any]:
    """A criterion for a subject of the kind ``scope``. ``earlier``: requirement -> its kind, to lean on."""
    leaning = [each for each, kind in earlier.items() if kind in (scope, "organisation")]
    kinds = ["leaf"] * (2 if depth > 1 else 4 if depth > 0 else 12)
    kinds += ["verdict"] * bool(leaning) + ["due"]
    if depth > 0:
        kinds += ["all", "all", "all", "any", "not", "at_least", "at_least", "each", "each", "some", "where_possible"]
    kind = _pick(draw, kinds)
    if kind == "leaf":
        return _leaf(draw, scope)
    if kind == "verdict":
        return {"verdict": _pick(draw, leaning)}
    if kind == "due":
        since = _pick(draw, sorted({_second(scope, "since"), "house.since"}))
        return {"due": {"fact": since, "plus": _pick(draw, DURATIONS)}}
    if kind == "not":
        return {"not": _node(draw, scope, depth - 1, earlier)}
    if kind in ("each", "some"):
        return {kind: _over(draw, scope, depth, earlier)}
    if kind == "where_possible":
        exception = "system.exception" if scope == "system" else "house.exception"
        return {"where_possible": _node(draw, scope, depth - 1, earlier), "exception": exception}
    parts = [_node(draw, scope, depth - 1, earlier) for _ in range(draw(st.integers(1, 4)))]
    if kind == "at_least":
        return {"at_least": {"n": draw(st.integers(1, len(parts))), "of": parts}}
    return {kind: parts}


def _requirements(draw: Draw) -> dict[str, dict[str, Any]]:
    requirements: dict[str, dict[str, Any]] = {}
    earlier: dict[str, str] = {}
    for number in range(draw(st.integers(1, 3))):
        scope = _pick(draw, ("organisation", "organisation", "system", "supplier"))
        raw: dict[str, Any] = {"met_if": _node(draw, scope, 2, earlier)}
        if draw(st.integers(0, 3)) == 3:
            raw["applies_if"] = _node(draw, scope, 1, earlier)
        if scope != "organisation":
            raw["subject"] = scope
        requirements[f"test:{number}"] = raw
        earlier[f"test:{number}"] = scope
    return requirements


# facts --------------------------------------------------------------------------------------------------------------


def _value(draw: Draw, fact_type: FactType) -> Any:
    """A value of the right kind, now and then never, or nothing happened."""
    if fact_type.value == "date":
        odd = draw(st.integers(0, 7))
        if odd == 0:
            return "never"
        if odd == 1 and fact_type.may_not_happen:
            first, last = sorted((_pick(draw, PAST), _pick(draw, PAST)))
            return {"nothing_happened": (first, last)}
        return _pick(draw, PAST)
    if fact_type.value == "exception":
        return {"reason": "too old", "owner": "it_manager", "until": _pick(draw, MOMENTS)}
    values: dict[str, tuple[Any, ...]] = {
        "yes_no": (True, True, False),
        "count": (0, 1, 2, 3, 4),
        "percentage": (0, 1, 2, 2.5, 100),
        "choice": fact_type.choices,
        "text": ("none", "something"),
        "duration": (parse_duration("P1M"), parse_duration("P3M"), parse_duration("P1Y")),
    }
    if fact_type.value == "reference":
        return _pick(draw, (*SUBJECTS[str(fact_type.refers_to)] * 2, DANGLING))
    return _pick(draw, values[fact_type.value])


def _fact(draw: Draw, fact_id: str, fact_type: FactType, subject: str) -> Fact:
    """One fact: mostly usable at the moments that are drawn, sometimes not yet, no longer, corrected or observed again."""
    plain = draw(st.integers(0, 3)) < 3
    valid_from = _pick(draw, PAST if plain else POOL)
    fact = Fact(
        id=fact_id,
        subject=subject,
        fact=fact_type.id,
        value=_value(draw, fact_type),
        valid_from=valid_from,
        recorded_at=valid_from if plain else _pick(draw, POOL),
        assurance=_pick(draw, Assurance),
    )
    if plain:
        return fact
    later = [day for day in POOL if day > valid_from]
    ends = draw(st.sampled_from([None, *later])) if draw(st.booleans()) else None
    closed = [day for day in POOL if day > fact.recorded_at]
    superseded = draw(st.sampled_from([None, *closed])) if draw(st.booleans()) else None
    seen = draw(st.lists(st.sampled_from([valid_from, *later]), max_size=2, unique=True))
    return replace(fact, valid_to=ends, superseded_at=superseded, observations=tuple(sorted(seen)))


def used_types(requirements: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The fact types that the criteria read themselves."""
    nodes = [parse(raw[part]) for raw in requirements.values() for part in ("met_if", "applies_if") if part in raw]
    return sorted(set().union(*map(facts_of, nodes)))


def reach(requirements: Mapping[str, Mapping[str, Any]], requirement: str) -> set[str]:
    """The fact types that one requirement reads, itself and through the verdicts it leans on."""
    found: set[str] = set()
    for part in ("met_if", "applies_if"):
        if part in requirements[requirement]:
            node = parse(requirements[requirement][part])
            found |= facts_of(node).union(*(reach(requirements, each) for each in verdicts_of(node)))
    return found


def _fact_type(draw: Draw, fact_id: str) -> FactType:
    if fact_id.startswith("register."):
        return register_type(fact_id.split(".")[1])
    fact_type = TYPES[fact_id]
    shows = frozenset(_pick(draw, ((Shows.DESIGN,), (Shows.EXISTENCE,), (Shows.DESIGN, Shows.OPERATION))))
    if fact_type.value == "date":
        may = fact_id not in SECOND and draw(st.booleans())
        return replace(fact_type, shows=shows, may_not_happen=may)
    life = _pick(draw, (None, None, None, "P1Y", "P6M", "P1M"))
    return replace(fact_type, shows=shows, shelf_life=parse_duration(life) if life else None)


@st.composite
def situations(draw: Draw) -> Situation:
    """A random pack with random facts, at a random moment."""
    requirements = _requirements(draw)
    fact_types = {each: _fact_type(draw, each) for each in used_types(requirements)}
    subjects = {kind: ids[: _pick(draw, (2, 2, 1, 3, 0))] for kind, ids in SUBJECTS.items()}
    facts: list[Fact] = []
    complete: set[str] = set()
    for fact_id, fact_type in fact_types.items():
        if fact_id.startswith("register.") and draw(st.integers(0, 3)) < 3:
            complete.add(fact_id.split(".")[1])  # declared outright
            continue
        about = (ORGANISATION,) if fact_type.subject == "organisation" else subjects[fact_type.subject]
        for subject in about:
            for _ in range(_pick(draw, (1, 1, 1, 1, 2, 2, 3, 0))):
                facts.append(_fact(draw, f"f{len(facts)}", fact_type, subject))
    on = _pick(draw, MOMENTS)
    known_at = on if draw(st.integers(0, 2)) < 2 else _pick(draw, [day for day in POOL if day > date(2026, 10, 1)])
    return Situation(fact_types, requirements, tuple(facts), subjects, frozenset(complete), on, known_at)


@st.composite
def one_more_fact(draw: Draw, situation: Situation) -> Fact | None:
    """A fact that is usable at the moment of the situation, about something of which no usable value was known."""
    open_places = [
        (fact_type, subject)
        for fact_type in situation.fact_types.values()
        for subject in (
            (ORGANISATION,) if fact_type.subject == "organisation" else situation.subjects[fact_type.subject]
        )
        if not any(each.subject == subject and each.fact == fact_type.id for each in situation.facts)
    ]
    if not open_places:
        return None
    fact_type, subject = _pick(draw, open_places)
    value = _value(draw, fact_type)
    return Fact(
        id="new", subject=subject, fact=fact_type.id, value=value, valid_from=situation.on,
        recorded_at=min(situation.on, situation.known_at), assurance=_pick(draw, Assurance),
    )  # fmt: skip
