"""The hash of what a verdict rests on: the same hash means the same verdict, to the last reason; and no wider than needed."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.dependencies import Dependencies, Inputs
from dijkwacht.core.facts import Fact, FactType, Subject, World
from dijkwacht.core.judge import Judgement
from tests.core.strategies import ORGANISATION, SUBJECTS, Situation, norms_of, situations
from tests.core.test_laws import look

DAY = date(2026, 1, 1)
VERSIONS = {"packs": "1"}
CHANGES = ("gone", "renamed", "id", "source", "value", "subject", "complete", "owner")


def another(data: st.DataObject, s: Situation) -> World:
    """The world with one thing changed: in a fact, in a register, or in who answers for a subject."""
    facts, subjects, complete, inherits = list(s.facts), dict(s.subjects), set(s.complete), {}
    what = data.draw(st.sampled_from(CHANGES))
    if what == "owner":
        inherits = {data.draw(st.sampled_from(SUBJECTS["system"])): "gr"}
    elif what == "complete":
        complete ^= {data.draw(st.sampled_from(sorted(SUBJECTS)))}
    elif what == "subject":
        kind = data.draw(st.sampled_from(sorted(SUBJECTS)))
        subjects[kind] = SUBJECTS[kind][: data.draw(st.integers(0, 3))]
    elif facts:
        n = data.draw(st.integers(0, len(facts) - 1))
        fact = facts.pop(n)
        other = data.draw(st.sampled_from([each.value for each in s.facts if each.fact == fact.fact]))
        changed: dict[str, dict[str, Any]] = {
            "renamed": {"said_by": "Noor"}, "id": {"id": "new"}, "source": {"inherited_from": "gr"},
            "value": {"value": other},
        }  # fmt: skip
        if what != "gone":
            facts.insert(n, replace(fact, **changed[what]))
    world = replace(s, subjects=subjects, complete=frozenset(complete)).world(tuple(facts))
    world.inherits = inherits
    return world


@look
@given(st.data())
def test_the_same_hash_is_the_same_verdict(data: st.DataObject) -> None:
    s = data.draw(situations())
    norms, one, two = s.norms(), s.world(), another(data, s)
    dependencies = Dependencies(norms)
    before, after = Inputs(dependencies, one, VERSIONS), Inputs(dependencies, two, VERSIONS)
    then, now = (Judgement(norms, each, on=s.on, known_at=s.known_at) for each in (one, two))
    for requirement, subject in s.lines():
        where = subject or ORGANISATION
        if before.hash(requirement, where) == after.hash(requirement, where):
            assert then.verdict(requirement, where) == now.verdict(requirement, where), (requirement, where)


TYPES = {
    each.id: each
    for each in (
        FactType("house.yes", "organisation", "yes_no"),
        FactType("system.yes", "system", "yes_no"),
        FactType("system.supplier", "system", "reference", refers_to="supplier"),
        FactType("supplier.yes", "supplier", "yes_no"),
    )
}
NORMS = norms_of(
    TYPES,
    {
        "t:own": {"met_if": {"fact": "house.yes"}},
        "t:system": {"met_if": {"fact": "system.yes"}, "subject": "system"},
        "t:through": {"met_if": {"fact": "supplier.yes", "via": "system.supplier"}, "subject": "system"},
        "t:each": {"met_if": {"each": {"subject": "system", "that": {"fact": "system.yes"}}}},
        "t:leans": {"met_if": {"verdict": "t:each"}},
    },
)
SUBJECTS_HERE = [Subject("s1", "system"), Subject("s2", "system"), Subject("p1", "supplier"), Subject("p2", "supplier")]
FACTS = [
    Fact("1", "a", "house.yes", True, DAY, DAY, said_by="Noor"),
    Fact("2", "s1", "system.yes", True, DAY, DAY),
    Fact("3", "s1", "system.supplier", "p1", DAY, DAY),
    Fact("4", "p1", "supplier.yes", True, DAY, DAY),
    Fact("5", "p2", "supplier.yes", True, DAY, DAY),
]
LINES = [
    ("t:own", "a"), ("t:system", "s1"), ("t:system", "s2"), ("t:through", "s1"), ("t:through", "s2"), ("t:each", "a"),
    ("t:leans", "a"),
]  # fmt: skip


def differ(facts: list[Fact], more: tuple[Subject, ...] = (), packs: str = "1") -> set[str]:
    """The lines whose hash is another than that of the facts above."""
    dependencies = Dependencies(NORMS)
    was = Inputs(dependencies, World.of("a", subjects=SUBJECTS_HERE, facts=FACTS), VERSIONS)
    now = Inputs(dependencies, World.of("a", subjects=[*SUBJECTS_HERE, *more], facts=facts), {"packs": packs})
    return {" ".join(line) for line in LINES if was.hash(*line) != now.hash(*line)}


def swapped(n: int, **changes: Any) -> list[Fact]:
    """The facts with one of them changed."""
    return [replace(fact, **changes) if fact.id == str(n) else fact for fact in FACTS]


def test_only_what_is_read_counts() -> None:
    assert differ(FACTS) == set()
    assert differ(swapped(1, said_by="Ilse")) == {"t:own a"}
    assert differ(swapped(2, id="7")) == {"t:system s1", "t:each a", "t:leans a"}
    assert differ(swapped(4, value=False)) == {"t:through s1"}
    assert differ(swapped(5, value=False)) == set()
    assert differ(swapped(3, value="p2")) == {"t:through s1"}
    assert differ(FACTS, (Subject("p3", "supplier"),)) == set()
    assert differ(FACTS, (Subject("s3", "system"),)) == {"t:each a", "t:leans a"}
    assert len(differ(FACTS, packs="2")) == len(LINES)
