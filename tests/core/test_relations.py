"""Mappings between our own norms, from their criteria: no more than those say."""

from dijkwacht.core.carry import Relation
from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.criterion_form import parse
from dijkwacht.core.dependencies import Dependencies
from dijkwacht.core.facts import FactType
from dijkwacht.core.framework import CONVERSE
from dijkwacht.core.relations import derived
from dijkwacht.norms.read import read_norms

RULES = {
    "a:1": ({"fact": "f.one"}, None, "organisation"),
    "a:2": ({"fact": "f.two"}, None, "organisation"),
    "b:same": ({"verdict": "a:1"}, None, "organisation"),
    "b:all": ({"all": [{"verdict": "a:1"}, {"fact": "f.three"}]}, None, "organisation"),
    "b:any": ({"any": [{"verdict": "a:1"}, {"fact": "f.three"}]}, None, "organisation"),
    "b:not": ({"not": {"verdict": "a:1"}}, None, "organisation"),
    "b:sometimes": ({"verdict": "a:1"}, {"fact": "f.three"}, "organisation"),
    "b:shared": ({"all": [{"fact": "f.two"}, {"fact": "f.three"}]}, None, "organisation"),
    "b:apart": ({"fact": "f.three"}, None, "organisation"),
}  # fmt: skip
NORMS = Norms(
    {name: FactType(name, "organisation", "yes_no") for name in ("f.one", "f.two", "f.three")},
    {
        name: Requirement(name, parse(met), parse(applies) if applies else None, subject)
        for name, (met, applies, subject) in RULES.items()
    },
)


def found(source: str, target: str) -> dict[tuple[str, str], Relation]:
    return {(each.sources[0], each.targets[0]): each.relation for each in derived(NORMS, source=source, target=target)}


def test_what_criteria_say() -> None:
    assert found("a", "b") == {
        ("a:1", "b:same"): Relation.EQUIVALENT,
        ("a:1", "b:all"): Relation.SUBSET,
        ("a:1", "b:any"): Relation.SUPERSET,
        ("a:1", "b:not"): Relation.INTERSECTS,
        ("a:1", "b:sometimes"): Relation.INTERSECTS,
        ("a:2", "b:shared"): Relation.INTERSECTS,
    }


def test_the_other_way_round_is_the_converse() -> None:
    there, back = found("a", "b"), found("b", "a")
    assert back == {(target, source): CONVERSE.get(each, each) for (source, target), each in there.items()}


def test_the_remark_names_what_is_shared() -> None:
    shared = next(each for each in derived(NORMS, source="a", target="b") if each.targets == ("b:shared",))
    assert shared.remarks == "f.two"


def test_in_the_packs_of_the_house_nothing_relates_without_reason() -> None:
    norms = read_norms()
    needs = Dependencies(norms).facts
    for source, target in (("bio2", "iso27002"), ("bio2", "cbw"), ("digid", "bio2")):
        for each in derived(norms, source=source, target=target):
            assert needs[each.sources[0]] & needs[each.targets[0]]
    assert derived(norms, source="bio2", target="bio2") == []
