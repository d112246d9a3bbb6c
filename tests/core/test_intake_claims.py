"""What a claim says about facts: never more than it says, and never against itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.criteria import Leaf, walk
from dijkwacht.core.criterion_form import parse
from dijkwacht.core.facts import Fact, FactType, Subject, World
from dijkwacht.core.intake_claims import answers_from_claim, answers_from_claims
from dijkwacht.core.intake_plan import Claim, Derived
from dijkwacht.core.intake_values import Claimed
from dijkwacht.core.judge import Judgement, Status
from tests.core import strategies

ON = date(2026, 11, 25)
RECENT = date(2026, 9, 1)
ORG = "dijkstad"


def _types(**kinds: Any) -> dict[str, FactType]:
    found = {}
    for name, value in kinds.items():
        kind, choices = (value, ()) if isinstance(value, str) else ("choice", value)
        subject, _, rest = name.partition("_")
        found[f"{subject}.{rest}"] = FactType(
            f"{subject}.{rest}", {"org": "organisation"}.get(subject, subject), kind, choices=choices
        )
    return found


TYPES = _types(
    org_a="yes_no",
    org_b="yes_no",
    org_on="date",
    org_since="date",
    org_years="count",
    org_part="percentage",
    org_kind=("none", "some", "all"),
    org_two=("in", "out"),
    org_term="duration",
    system_critical="yes_no",
    system_safe="yes_no",
    system_tested="date",
    supplier_ict="yes_no",
)
BOTH = [Subject("s1", "system"), Subject("s2", "system")]
CRITICAL = [
    Fact("1", "s1", "system.critical", True, RECENT, RECENT),
    Fact("2", "s2", "system.critical", False, RECENT, RECENT),
]
EACH = {"each": {"subject": "system", "where": {"fact": "system.critical"}, "that": {"fact": "system.safe"}}}


def judgement(
    met_if: Any, applies_if: Any = None, *, subjects: Any = (), facts: Any = (), complete: Any = (), more: Any = None
) -> Judgement:
    criteria = {"n:1": (met_if, applies_if), **(more or {})}
    requirements = {
        key: Requirement(key, parse(met), None if applies is None else parse(applies))
        for key, (met, applies) in criteria.items()
    }
    world = World.of(ORG, subjects=subjects, facts=facts, complete=complete)
    return Judgement(Norms(TYPES, requirements), world, on=ON, known_at=ON)


def derive(answer: str, met_if: Any, applies_if: Any = None, *, day: date | None = None, **more: Any) -> Derived:
    return answers_from_claim(judgement(met_if, applies_if, **more), Claim("n:1", Claimed(answer), 2, day=day))


def answers(derived: Derived) -> list[tuple[str, str, Any]]:
    return [(each.subject, each.fact_type, each.value) for each in derived.answers]


def left(derived: Derived) -> list[tuple[str | None, str, str]]:
    return sorted((each.subject or "", each.fact_type, each.why) for each in derived.open)


@pytest.mark.parametrize(
    ("met_if", "values"),
    [
        ({"fact": "org.a"}, [("org.a", True)]),
        ({"not": {"fact": "org.a"}}, [("org.a", False)]),
        ({"fact": "org.a", "is": False}, [("org.a", False)]),
        ({"all": [{"fact": "org.a"}, {"fact": "org.b"}]}, [("org.a", True), ("org.b", True)]),
        ({"any": [{"fact": "org.a"}]}, [("org.a", True)]),
        ({"not": {"any": [{"fact": "org.a"}, {"fact": "org.b"}]}}, [("org.a", False), ("org.b", False)]),
        ({"at_least": {"n": 2, "of": [{"fact": "org.a"}, {"fact": "org.b"}]}}, [("org.a", True), ("org.b", True)]),
        ({"fact": "org.kind", "is": "all"}, [("org.kind", "all")]),
        ({"fact": "org.kind", "one_of": ["all"]}, [("org.kind", "all")]),
        ({"not": {"fact": "org.two", "is": "in"}}, [("org.two", "out")]),
        ({"fact": "org.part", "min": 100}, [("org.part", 100)]),
        ({"fact": "org.years", "max": 0}, [("org.years", 0)]),
        ({"fact": "org.years", "min": 2, "max": 2}, [("org.years", 2)]),
    ],
)
def test_yes_where_one_value_fits(met_if: Any, values: list[tuple[str, Any]]) -> None:
    derived = derive("yes", met_if)
    assert answers(derived) == [(ORG, *each) for each in values]
    assert not derived.open


@pytest.mark.parametrize(
    ("met_if", "open_"),
    [
        ({"any": [{"fact": "org.a"}, {"fact": "org.b"}]}, [("org.a", "choice"), ("org.b", "choice")]),
        (
            {"at_least": {"n": 1, "of": [{"fact": "org.a"}, {"fact": "org.b"}]}},
            [("org.a", "choice"), ("org.b", "choice")],
        ),
        ({"fact": "org.years", "min": 3}, [("org.years", "value")]),
        ({"fact": "org.part", "min": 90}, [("org.part", "value")]),
        ({"fact": "org.kind", "one_of": ["some", "all"]}, [("org.kind", "value")]),
        ({"known": "org.years"}, [("org.years", "value")]),
        ({"fact": "org.on", "within": "P1Y"}, [("org.on", "date")]),
        ({"all": [{"fact": "org.a"}, {"not": {"fact": "org.a"}}]}, [("org.a", "choice")]),
    ],
)
def test_yes_makes_nothing_up(met_if: Any, open_: list[tuple[str, str]]) -> None:
    derived = derive("yes", met_if)
    assert answers(derived) == []
    assert left(derived) == [(ORG, *each) for each in open_]


def test_the_date_of_the_row_counts_if_it_can_only_mean_one_thing_and_fits() -> None:
    within = {"fact": "org.on", "within": "P1Y"}
    assert answers(derive("yes", within, day=RECENT)) == [(ORG, "org.on", RECENT)]
    assert derive("yes", within, day=RECENT).answers[0].basis == "date"
    assert left(derive("yes", within, day=ON - timedelta(days=400))) == [(ORG, "org.on", "other_date")]
    assert left(derive("yes", within, day=ON + timedelta(days=1))) == [(ORG, "org.on", "other_date")]
    two = {"all": [within, {"fact": "org.since", "within": "P1Y"}]}
    assert left(derive("yes", two, day=RECENT)) == [(ORG, "org.on", "which_date"), (ORG, "org.since", "which_date")]
    assert answers(derive("yes", {"fact": "org.on", "after": "2026-01-01"}, day=RECENT)) == [(ORG, "org.on", RECENT)]


def test_each_registered_subject_that_is_meant() -> None:
    derived = derive("yes", EACH, subjects=BOTH, facts=CRITICAL, complete=["system"])
    assert answers(derived) == [("s1", "system.safe", True)]
    assert not derived.open
    derived = derive("yes", EACH, subjects=BOTH, facts=CRITICAL[1:])
    assert answers(derived) == []
    assert left(derived) == [(ORG, "register.system.complete", "register"), ("s1", "system.critical", "subjects")]
    assert answers(derive("yes", EACH)) == []  # an empty register: nothing


def test_a_register_is_never_declared_complete_by_a_list_from_elsewhere() -> None:
    derived = derive("yes", {"fact": "register.supplier.complete"})
    assert answers(derived) == []
    assert left(derived) == [(ORG, "register.supplier.complete", "register")]


def test_what_leans_on_other_lines_is_left_to_them() -> None:
    more = {"n:2": ({"fact": "org.b"}, None)}
    derived = derive("yes", {"all": [{"fact": "org.a"}, {"verdict": "n:2"}]}, more=more)
    assert answers(derived) == [(ORG, "org.a", True)]
    assert derived.leans == ("n:2",)


def test_no_says_something_only_about_a_single_fact() -> None:
    assert answers(derive("no", {"fact": "org.a"})) == [(ORG, "org.a", False)]
    assert answers(derive("no", {"not": {"fact": "org.a"}})) == [(ORG, "org.a", True)]
    assert answers(derive("no", {"all": [{"fact": "org.a"}, {"fact": "org.b"}]})) == []
    assert answers(derive("no", {"fact": "org.kind", "is": "all"})) == []
    assert answers(derive("no", {"fact": "org.on", "within": "P1Y"}, day=RECENT)) == []
    assert answers(derive("partly", {"fact": "org.a"})) == []


def test_not_applicable_is_no_choice() -> None:
    yes = {"fact": "org.a"}
    assert answers(derive("not_applicable", yes)) == []
    assert answers(derive("not_applicable", yes, {"fact": "org.b"})) == [(ORG, "org.b", False)]
    assert answers(derive("not_applicable", yes, {"not": {"fact": "org.kind", "is": "none"}})) == [
        (ORG, "org.kind", "none")
    ]
    assert answers(derive("not_applicable", yes, {"all": [{"fact": "org.b"}, {"fact": "org.a"}]})) == []
    alone = answers_from_claims(judgement(yes), [Claim("n:1", Claimed.NOT_APPLICABLE, 2)])
    assert (alone.answers, alone.decided_by) == ((), {"n:1": ()})


def test_one_line_does_not_switch_off_its_neighbours() -> None:
    applies = {"fact": "org.b"}
    about = judgement({"fact": "org.a"}, applies, more={"n:2": ({"fact": "org.kind", "is": "all"}, applies)})
    first, second = Claim("n:1", Claimed.NOT_APPLICABLE, 2), Claim("n:2", Claimed.NOT_APPLICABLE, 3)
    assert answers_from_claims(about, [first]).decided_by == {"n:1": ("org.b",)}
    assert answers(answers_from_claims(about, [first, second])) == [(ORG, "org.b", False)]
    assert answers_from_claims(about, [first, Claim("n:2", Claimed.YES, 3)]).answers[0].fact_type != "org.b"


def test_two_lines_that_disagree_imply_nothing() -> None:
    about = judgement({"fact": "org.a"}, more={"n:2": ({"fact": "org.a"}, None), "n:3": ({"fact": "org.a"}, None)})
    same = answers_from_claims(about, [Claim("n:1", Claimed.YES, 2), Claim("n:2", Claimed.YES, 3)])
    assert same.answers[0].requirements == ("n:1", "n:2")
    split = answers_from_claims(about, [Claim("n:1", Claimed.YES, 2), Claim("n:2", Claimed.NO, 3)])
    assert split.answers == ()
    assert (split.conflicts[0].fact_type, split.conflicts[0].requirements) == ("org.a", ("n:1", "n:2"))


@settings(max_examples=250, deadline=None)
@given(strategies.situations(), st.booleans())
def test_a_claim_never_speaks_against_itself(situation: strategies.Situation, dated: bool) -> None:
    """In a world where nothing else is known, *yes* never makes a requirement false; with nothing open it makes it true."""
    always = {key: {k: v for k, v in raw.items() if k != "applies_if"} for key, raw in situation.requirements.items()}
    pack = situation.norms(always)
    for requirement, subject in situation.lines():
        empty = Judgement(pack, situation.world(()), on=situation.on, known_at=situation.on)
        claim = Claim(
            requirement, Claimed.YES, 1, day=situation.on - timedelta(days=20) if dated else None, subject=subject
        )
        used = [each.fact for each in walk(pack.requirements[requirement].met_if) if isinstance(each, Leaf)]
        if len(used) > len(set(used)):
            continue  # may ask that a fact is so and that it is not
        derived = answers_from_claim(empty, claim)
        facts = tuple(
            Fact(str(i), each.subject, each.fact_type, each.value, situation.on, situation.on)
            for i, each in enumerate(derived.answers)
        )
        after = Judgement(pack, situation.world(facts), on=situation.on, known_at=situation.on).verdict(
            requirement, subject
        )
        before = empty.verdict(requirement, subject).status  # an empty register can decide by itself
        if not derived.leans and before in (Status.MET, Status.UNKNOWN):
            assert after.status in (Status.MET, Status.UNKNOWN)
            if not derived.open:
                assert after.status is Status.MET
