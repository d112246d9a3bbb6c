"""The laws of the specification, on random packs and random facts; and the engine against the oracle."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dijkwacht.core.bulk import Bulk
from dijkwacht.core.carry import Relation, Source, carry
from dijkwacht.core.catalog import Demand
from dijkwacht.core.days import Duration, add
from dijkwacht.core.facts import Assurance, Fact, Shows, World
from dijkwacht.core.judge import Judgement
from dijkwacht.core.verdict import Status, Verdict, under_demand
from tests.core import oracle
from tests.core.strategies import Situation, one_more_fact, reach, situations, used_types

# Derandomized: every run of the suite says the same. To search further, raise LOOK and set derandomize to False.
LOOK = 150
QUIET = settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
look = settings(QUIET, max_examples=LOOK)
look_less = settings(QUIET, max_examples=LOOK // 3)

SETTLED = {Status.MET, Status.PARTLY, Status.NOT_MET, Status.NOT_APPLICABLE}
FALSE = {Status.PARTLY, Status.NOT_MET}


def engine(s: Situation, facts: tuple[Fact, ...] | None = None, **changes: Any) -> Judgement:
    """The engine on a situation, or on other facts in the same situation."""
    return Judgement(
        changes.pop("norms", None) or s.norms(),
        s.world(facts),
        on=changes.get("on", s.on),
        known_at=changes.get("known_at", s.known_at),
    )


def by_oracle(s: Situation, world: World, requirement: str, subject: str | None) -> Callable[[date], oracle.Judged]:
    """What the oracle says of one line, on any day, with what is known held still."""

    def judge(day: date) -> oracle.Judged:
        return oracle.Oracle(s.fact_types, s.requirements, world, on=day, known_at=s.known_at).judge(
            requirement, subject
        )

    return judge


def essence(verdict: Verdict) -> tuple[Any, ...]:
    """What must not depend on how it was found; among equally good proofs the engine may choose."""
    return verdict.status, verdict.assurance, verdict.shown, verdict.stale_at


def named(verdict: Verdict) -> set[str]:
    """The facts that the reasons name."""
    return {reason.fact_id for reason in verdict.reasons if reason.fact_id is not None}


def without(facts: Iterable[Fact], dropped: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.id != dropped)


# the engine and the oracle ------------------------------------------------------------------------------------------


@look
@given(situations())
def test_the_engine_agrees_with_the_oracle(s: Situation) -> None:
    judgement, world = engine(s), s.world()
    for requirement, subject in s.lines():
        verdict = judgement.verdict(requirement, subject)
        expected = by_oracle(s, world, requirement, subject)(s.on)
        assert (verdict.status, verdict.assurance) == (expected.status, expected.assurance), (requirement, subject)


@look
@given(situations())
def test_what_is_shown_agrees_with_the_oracle(s: Situation) -> None:
    judgement, world = engine(s), s.world()
    for requirement, subject in s.lines():
        verdict = judgement.verdict(requirement, subject)
        # what an interval of one's own shows of the control is nowhere said
        if verdict.status is Status.MET and "at_most" not in str(s.requirements):
            assert verdict.shown == by_oracle(s, world, requirement, subject)(s.on).shown, (requirement, subject)


@look
@given(situations())
def test_stale_at_is_exact(s: Situation) -> None:
    """The first day after `on` on which status, assurance or what is shown differs; empty if none."""
    judgement, world = engine(s), s.world()
    days = oracle.turning_days(s.fact_types, s.requirements, world)
    for requirement, subject in s.lines():
        expected = oracle.stale_at(by_oracle(s, world, requirement, subject), s.on, days)
        assert judgement.verdict(requirement, subject).stale_at == expected, (requirement, subject)


@look_less
@given(situations())
def test_until_stale_at_the_engine_itself_says_the_same(s: Situation) -> None:
    now = engine(s)
    for requirement, subject in s.lines():
        verdict = now.verdict(requirement, subject)
        if verdict.stale_at is not None:
            assert verdict.stale_at > s.on
            before = engine(s, on=verdict.stale_at - timedelta(days=1)).verdict(requirement, subject)
            after = engine(s, on=verdict.stale_at).verdict(requirement, subject)
            told = verdict.status, verdict.assurance, verdict.shown
            assert (before.status, before.assurance, before.shown) == told
            assert (after.status, after.assurance, after.shown) != told


@settings(QUIET, max_examples=8)
@given(situations())
def test_the_oracle_misses_no_day(s: Situation) -> None:
    """Its turning days give the same as looking at every day for five years."""
    world = s.world()
    every_day = [s.on + timedelta(days=number) for number in range(5 * 366)]
    days = [day for day in oracle.turning_days(s.fact_types, s.requirements, world) if day <= every_day[-1]]
    for requirement, subject in s.lines()[-1:]:
        judge = by_oracle(s, world, requirement, subject)
        assert oracle.stale_at(judge, s.on, days) == oracle.stale_at(judge, s.on, every_day)


@look
@given(
    st.dates(date(1999, 1, 1), date(2101, 1, 1)),
    st.builds(Duration, st.integers(0, 60), st.integers(0, 400)),
)
def test_calendar_arithmetic_agrees_with_the_oracle(day: date, duration: Duration) -> None:
    assert add(day, duration) == oracle.later(day, duration)


# information --------------------------------------------------------------------------------------------------------


@look
@given(st.data())
def test_more_information_never_makes_the_known_unknown(data: st.DataObject) -> None:
    """Adding a fact to *unknown* never makes another *unknown* out of a known part; and true stays true, false false.

    An exception is left out: it is false until it is made, so making one can turn a no into a yes, or into *unknown*
    where another part is still unknown.
    """
    s = data.draw(situations())
    fact = data.draw(one_more_fact(s))
    assume(fact is not None)
    assert fact is not None
    assume(s.fact_types[fact.fact].value != "exception")
    before, after = engine(s), engine(s, (*s.facts, fact))
    for requirement, subject in s.lines():
        was, becomes = before.verdict(requirement, subject).status, after.verdict(requirement, subject).status
        if was in SETTLED:
            assert becomes in SETTLED, (requirement, subject, fact)
            assert becomes == was or (was, becomes) == (Status.NOT_MET, Status.PARTLY), (requirement, subject, fact)


@look
@given(situations())
def test_what_is_not_known_on_the_day_does_not_count(s: Situation) -> None:
    """Replay: facts recorded later, or corrected by then, and observations made later, can be left out."""
    told = tuple(
        replace(fact, observations=tuple(day for day in fact.observations if day <= s.known_at), superseded_at=None)
        for fact in s.facts
        if fact.recorded_at <= s.known_at and (fact.superseded_at is None or fact.superseded_at > s.known_at)
    )
    then, now = engine(s, told), engine(s)
    for requirement, subject in s.lines():
        assert then.verdict(requirement, subject) == now.verdict(requirement, subject)


# order, increments, bulk --------------------------------------------------------------------------------------------


def shuffled(node: Any, shuffle: Callable[[list[Any]], list[Any]]) -> Any:
    """The same criterion with the parts of every all, any and at_least in another order."""
    if isinstance(node, dict):
        return {key: shuffled(value, shuffle) for key, value in node.items()}
    if isinstance(node, list) and node and isinstance(node[0], dict):
        return shuffle([shuffled(part, shuffle) for part in node])
    return node


@look
@given(st.data())
def test_the_order_of_parts_facts_and_subjects_does_not_matter(data: st.DataObject) -> None:
    s = data.draw(situations())
    randomly = data.draw(st.randoms(use_true_random=False))

    def shuffle(parts: list[Any]) -> list[Any]:
        return randomly.sample(parts, len(parts))

    other = replace(
        s,
        requirements={name: shuffled(raw, shuffle) for name, raw in s.requirements.items()},
        facts=tuple(shuffle(list(s.facts))),
        subjects={kind: tuple(shuffle(list(ids))) for kind, ids in s.subjects.items()},
    )
    one, two = engine(s), engine(other)
    for requirement, subject in s.lines():
        assert essence(one.verdict(requirement, subject)) == essence(two.verdict(requirement, subject))


@look
@given(st.data())
def test_incremental_equals_from_scratch(data: st.DataObject) -> None:
    """One judgement asked for everything, in any order, says what a fresh one says of each line; and a new fact touches
    no verdict that does not rest, directly or through others, on its fact type.
    """
    s = data.draw(situations())
    norms, shared = s.norms(), engine(s)
    for requirement, subject in data.draw(st.permutations(s.lines())):
        assert shared.verdict(requirement, subject) == engine(s, norms=norms).verdict(requirement, subject)
    fact = data.draw(one_more_fact(s))
    if fact is not None:
        after = engine(s, (*s.facts, fact))
        for requirement, subject in s.lines():
            if fact.fact not in reach(s.requirements, requirement):
                assert after.verdict(requirement, subject) == shared.verdict(requirement, subject)


@look
@given(st.data())
def test_bulk_agrees_with_one_by_one(data: st.DataObject) -> None:
    """Several organisations at once: the same facts, and the same with some left out or another subject gone."""
    s = data.draw(situations())
    fewer = tuple(fact for fact in s.facts if data.draw(st.booleans()))
    smaller = replace(s, subjects={kind: ids[:1] for kind, ids in s.subjects.items()})
    norms, worlds = s.norms(), [s.world(), s.world(fewer), smaller.world(), s.world(())]
    bulk = Bulk(norms, worlds, on=s.on, known_at=s.known_at)
    for number, world in enumerate(worlds):
        judgement = Judgement(norms, world, on=s.on, known_at=s.known_at)
        for requirement, subject in s.lines():
            if subject is None or subject in world.kind_of:
                expected = judgement.verdict(requirement, subject).status
                assert bulk.status(number, requirement, subject) == expected, (number, requirement, subject)


# reasons ------------------------------------------------------------------------------------------------------------


@look
@given(situations())
def test_the_reasons_alone_give_the_same_status(s: Situation) -> None:
    """The reasons alone, fed back as the only facts, give the same status."""
    judgement = engine(s)
    for requirement, subject in s.lines():
        verdict = judgement.verdict(requirement, subject)
        proof = named(verdict)
        assert proof <= {fact.id for fact in s.facts}
        alone = engine(s, tuple(fact for fact in s.facts if fact.id in proof))
        assert alone.verdict(requirement, subject).status == verdict.status, (requirement, subject)


@look
@given(situations())
def test_the_reasons_are_the_smallest_set(s: Situation) -> None:
    """The smallest set of facts that by themselves force this status (a proof, not a dump): none can be missed."""
    judgement = engine(s)
    for requirement, subject in s.lines():
        verdict = judgement.verdict(requirement, subject)
        if verdict.status not in SETTLED or any(reason.code == "contradicts" for reason in verdict.reasons):
            continue
        proof = tuple(fact for fact in s.facts if fact.id in named(verdict))
        for fact in proof:
            less = engine(s, without(proof, fact.id)).verdict(requirement, subject)
            assert less.status != verdict.status, (requirement, subject, fact.id)


WHY_UNKNOWN = {"not_asked", "expired", "contradicted", "not_shared", "register_incomplete", "dangling", "leans_on"}


@look
@given(situations())
def test_an_unknown_verdict_says_why(s: Situation) -> None:
    """Unknown has no assurance, and a reason: of its own, or of the unknown verdict that it leans on."""
    judgement = engine(s)
    for requirement, subject in s.lines():
        verdict = judgement.verdict(requirement, subject)
        if verdict.status is Status.UNKNOWN:
            assert verdict.assurance is None
            assert {reason.code for reason in verdict.reasons} & WHY_UNKNOWN, verdict
            for reason in verdict.reasons:
                if reason.code == "leans_on":
                    assert reason.requirement is not None
                    other = s.requirements[reason.requirement].get("subject", "organisation")
                    leaned = judgement.verdict(reason.requirement, None if other == "organisation" else reason.subject)
                    assert leaned.status is Status.UNKNOWN, verdict


@look
@given(situations())
def test_a_reason_tells_the_truth_about_its_fact(s: Situation) -> None:
    """Each reason with its fact, source and date: the day it was so since, or was last seen as far as is known."""
    facts = {fact.id: fact for fact in s.facts}
    judgement = engine(s)
    for requirement, subject in s.lines():
        for reason in judgement.verdict(requirement, subject).reasons:
            if reason.fact_id is not None:
                fact = facts[reason.fact_id]
                assert (reason.fact_type, reason.subject, reason.value) == (fact.fact, fact.subject, fact.value)
                seen = [day for day in fact.observations if day <= s.known_at]
                assert reason.since in (fact.valid_from, *seen)
                assert reason.assurance == fact.assurance


@look
@given(situations())
def test_a_measurement_that_contradicts_is_shown_whatever_wins(s: Situation) -> None:
    """For every fact that a settled verdict rests on: a usable measurement that says otherwise is named too."""
    judgement = engine(s)
    facts = {fact.id: fact for fact in s.facts}
    for requirement, subject in s.lines():
        verdict = judgement.verdict(requirement, subject)
        if verdict.status not in SETTLED:
            continue
        for reason in verdict.reasons:
            if reason.fact_id is None or reason.code == "contradicts":
                continue
            fact = facts[reason.fact_id]
            others = {
                other.id
                for other in s.facts
                if (other.subject, other.fact) == (fact.subject, fact.fact)
                and other.assurance == Assurance.MEASURED
                and other.value != fact.value
                and oracle.usable(other, s.fact_types[fact.fact], s.on, s.known_at)
            }
            assert others <= named(verdict), (requirement, subject)


# demand -------------------------------------------------------------------------------------------------------------


@look
@given(situations(), st.sampled_from(Assurance), st.sampled_from(Shows))
def test_a_demand_only_makes_met_unknown(s: Situation, least: Assurance, shows: Shows) -> None:
    norms, world = s.norms(), s.world()
    judgement = engine(s, norms=norms)
    for requirement, subject in s.lines():
        verdict = judgement.verdict(requirement, subject)
        demand = Demand(least_assurance=least, shows=shows)
        asked = under_demand(verdict, requirement=norms.requirements[requirement], demand=demand)
        expected = oracle.demanded(by_oracle(s, world, requirement, subject)(s.on), least=least, shows=shows)
        assert asked.status == expected, (requirement, subject)
        if asked.status != verdict.status:
            assert (verdict.status, asked.status) == (Status.MET, Status.UNKNOWN)
            assert any(reason.code == "not_shown" for reason in asked.reasons)


@look_less
@given(situations())
def test_a_heavier_demand_is_never_met_sooner(s: Situation) -> None:
    norms, judgement = s.norms(), engine(s)
    for requirement, subject in s.lines():
        verdict = judgement.verdict(requirement, subject)
        met = [
            under_demand(
                verdict,
                requirement=norms.requirements[requirement],
                demand=Demand(least_assurance=least, shows=Shows.DESIGN),
            ).status
            is Status.MET
            for least in Assurance
        ]
        assert all(lighter or not heavier for lighter, heavier in pairwise(met))


# carrying -----------------------------------------------------------------------------------------------------------

PARTIAL = (Relation.SUBSET, Relation.INTERSECTS)


def sources(relations: Iterable[Relation]) -> st.SearchStrategy[list[Source]]:
    """Up to four sources, each requirement once."""
    one = st.builds(Source, st.sampled_from("abcd"), st.sampled_from(list(relations)), st.sampled_from(list(Status)))
    return st.lists(one, max_size=4, unique_by=lambda source: source.requirement)


@look
@given(sources([*PARTIAL, Relation.NONE]))
def test_carrying_over_a_subset_or_an_intersection_never_gives_met(found: list[Source]) -> None:
    carried = carry(found)
    assert carried.status in (Status.PARTLY, Status.UNKNOWN)
    if carried.status is Status.PARTLY:
        assert carried.road


@look
@given(sources(PARTIAL), st.sets(st.sampled_from("abcd"), min_size=1))
def test_several_sources_reach_met_only_where_they_are_said_to_cover_the_target(
    found: list[Source], together: set[str]
) -> None:
    met = {source.requirement for source in found if source.status is Status.MET}
    carried = carry(found, covered_by=[frozenset(together)])
    assert (carried.status is Status.MET) == (together <= met)


@look
@given(sources(list(Relation)))
def test_carrying_says_no_more_than_one_of_its_sources(found: list[Source]) -> None:
    """Met only from a source that is met and that the mapping calls equal, equivalent or larger; no source, no verdict."""
    carried = carry(found)
    if carried.status is Status.MET:
        whole = {Relation.EQUAL, Relation.EQUIVALENT, Relation.SUPERSET}
        assert any(source.status is Status.MET and source.relation in whole for source in carried.road)
    assert set(carried.road) <= set(found)
    assert all(source.relation is not Relation.NONE for source in carried.road)


@given(st.sampled_from(list(Status)), st.sampled_from([Relation.EQUAL, Relation.EQUIVALENT]))
def test_equal_is_carried_whole(status: Status, relation: Relation) -> None:
    assert carry([Source("a", relation, status)]).status == status


@given(st.sampled_from(list(Status)))
def test_a_larger_source_carries_met_and_nothing_else(status: Status) -> None:
    expected = Status.MET if status is Status.MET else Status.UNKNOWN
    assert carry([Source("a", Relation.SUPERSET, status)]).status == expected


# the strategies -----------------------------------------------------------------------------------------------------


def test_the_random_situations_are_worth_looking_at() -> None:
    """Every status and every operator occurs, and enough is settled for the laws to bite."""
    seen: dict[str, int] = dict.fromkeys(Status, 0)
    text: set[str] = set()

    @settings(QUIET, max_examples=150)
    @given(situations())
    def look_around(s: Situation) -> None:
        text.update(word for word in str(s.requirements).replace("'", " ").replace(":", " ").split())
        world = s.world()
        assert set(used_types(s.requirements)) == set(s.fact_types)
        for requirement, subject in s.lines():
            seen[by_oracle(s, world, requirement, subject)(s.on).status] += 1

    look_around()
    assert all(count >= 5 for count in seen.values()), seen
    assert seen["unknown"] < sum(seen.values()) / 2, seen
    for word in (
        "all", "any", "not", "at_least", "each", "some", "where", "linked_by", "via", "verdict", "is", "one_of", "min", "max",
        "within", "at_most", "before", "after", "or_never", "known", "due", "where_possible", "applies_if",
    ):  # fmt: skip
        assert word in text, word
