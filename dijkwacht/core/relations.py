"""Mappings between our own norms, as their criteria give them: nobody has to keep them up, and none says more than holds."""

from collections.abc import Iterator, Mapping

from dijkwacht.core.carry import Relation
from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.criteria import All, Any_, Node, VerdictOf
from dijkwacht.core.dependencies import Dependencies
from dijkwacht.core.framework import CONVERSE, Map


def derived(norms: Norms, *, source: str, target: str) -> list[Map]:
    """The maps from one catalog to another, a line for each pair that has to do with each other.

    The target is the verdict of the source and nothing else: equivalent. Its criterion wants the source among other
    things: the source is a subset. The source is one way to meet it: a superset. They read the same facts, or the one is
    somewhere in the other: they intersect, and the remark names the facts they share.
    """
    if source == target:
        return []
    needs, rules = Dependencies(norms).facts, norms.requirements.values()
    leans = {rule.id: _leaning(rule) for rule in rules}
    found = []
    for rule in (each for each in rules if each.catalog == target):
        for other in (each for each in rules if each.catalog == source):
            shared = sorted(needs[other.id] & needs[rule.id])
            if relation := _relation(rule, other, leans):
                found.append(Map(relation, (other.id,), (rule.id,)))
            elif shared:
                found.append(Map(Relation.INTERSECTS, (other.id,), (rule.id,), None, ", ".join(shared)))
    return found


def _relation(rule: Requirement, other: Requirement, leans: Mapping[str, Mapping[str, Relation]]) -> Relation | None:
    """What the other is of the rule, where the one leans on the other directly, about the same kind of subject."""
    if other.subject != rule.subject:
        return None
    back = leans[other.id].get(rule.id)
    return leans[rule.id].get(other.id) or (CONVERSE.get(back, back) if back else None)


def _leaning(rule: Requirement) -> dict[str, Relation]:
    """The requirements on which one leans directly, with what each is of it; only where nothing else decides."""
    if rule.applies_if is not None:  # it may not apply where the other does: they only meet
        return {}
    if isinstance(rule.met_if, VerdictOf):
        return {rule.met_if.requirement: Relation.EQUIVALENT}
    if isinstance(rule.met_if, All):
        return dict.fromkeys(_verdicts(rule.met_if.parts), Relation.SUBSET)
    if isinstance(rule.met_if, Any_):
        return dict.fromkeys(_verdicts(rule.met_if.parts), Relation.SUPERSET)
    return {}


def _verdicts(parts: tuple[Node, ...]) -> Iterator[str]:
    return (part.requirement for part in parts if isinstance(part, VerdictOf))
