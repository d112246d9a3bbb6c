"""Reasons: the smallest set of facts that by themselves force a status; and for *unknown* what stands in the way."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

from dijkwacht.core.catalog import Requirement
from dijkwacht.core.criteria import All, Any_, AtLeast, Due, Each, Leaf, Node, Not, Some, VerdictOf, WherePossible
from dijkwacht.core.facts import NOTHING_HAPPENED, Assurance, Fact, FactType
from dijkwacht.core.kleene import TRUTH
from dijkwacht.core.leaves import decides_alone, due_day, exception_steps, place, read
from dijkwacht.core.select import Choice, usable, won
from dijkwacht.core.unknown import about, why_unknown
from dijkwacht.core.verdict import Reason, Status
from dijkwacht.core.ways import LIMIT, Proof, Proofs, choose, cross, distinct, rank, shown_by

if TYPE_CHECKING:
    from dijkwacht.core.judge import Judgement


def reasons(j: "Judgement", requirement: str, subject: str, status: Status) -> tuple[Reason, ...]:
    """The reasons of the verdict of a requirement for a subject, of which the status is known."""
    rule = j.norms.requirements[requirement]
    if status is Status.UNKNOWN:
        return distinct(why_unknown(j, requirement, subject))
    excepted = bool(j.exceptions) and not j.exceptions.isdisjoint(j.norms.exceptions(requirement))
    if excepted and j.without_exceptions.status(requirement, subject) is status:  # it does not rest on them
        return reasons(j.without_exceptions, requirement, subject, status)
    if status is Status.NOT_APPLICABLE:
        proofs = _prove_not_applicable(j, rule, subject)
    else:
        proofs = prove(j, rule.met_if, subject, want=status is Status.MET)
        if status is Status.PARTLY:
            proofs = cross([proofs, choose(_true_parts(j, rule.met_if, subject))])
        if rule.applies_if is not None:
            proofs = cross([prove(j, rule.applies_if, subject, want=True), proofs])
    best = proofs[0] if len(proofs) == 1 else min(proofs, key=rank)
    if excepted:
        best = _lessened(j, requirement, subject, status, best)
    return distinct((*best.reasons, *_remarks(j, best)))


def _lessened(j: "Judgement", requirement: str, subject: str, status: Status, proof: Proof) -> Proof:
    """The proof without facts that are not needed after all; an exception is left out last, as it is never to be hidden.

    That no exception was made counts too. So without one the other facts may give the same status in another way, and
    some of them may then be too many.
    """
    exceptions = {reason.fact_id for reason in proof.reasons if reason.code == "exception"}
    for left_out in sorted(proof.ids, key=lambda each: (each in exceptions, each)):
        ids = proof.ids - {left_out}
        if j.resting_on(ids).status(requirement, subject) is status:
            less = shown_by(ids, tuple(reason for reason in proof.reasons if reason.fact_id != left_out))
            return _lessened(j, requirement, subject, status, less)
    return proof


def _prove_not_applicable(j: "Judgement", rule: Requirement, subject: str) -> Proofs:
    if rule.applies_if is not None and TRUTH[j.value(rule.applies_if, subject)] is False:
        return prove(j, rule.applies_if, subject, want=False)
    return _prove_register(j, rule.subject)


def _prove_register(j: "Judgement", kind: str) -> Proofs:
    """That there are no more subjects of a kind than are registered; and if so, that there are none at all."""
    where = j.world.organisation
    found = () if j.members(kind) else (Reason("no_subjects", subject=where, params={"kind": kind}),)
    if kind in j.world.complete:
        return (shown_by((), found),)
    fact = won(j.choices(where, j.completeness(kind).fact)[0][1])
    complete = about(j, "register_complete", fact, where, {"kind": kind})
    return (shown_by((fact.id,), (*found, complete)),)


def prove(j: "Judgement", node: Node, subject: str, *, want: bool) -> Proofs:
    """Alternative proofs that a criterion is true (or false), smallest first. The criterion must be so."""
    key, known = (id(node), subject, want), j.proofs_of(node)
    found: Proofs | None = known.get(key)
    if found is None:
        found = known[key] = _prove(j, node, subject, want=want)
    return found


def _prove(j: "Judgement", node: Node, subject: str, *, want: bool) -> Proofs:
    if isinstance(node, Leaf):  # by far the most
        return (_leaf_proof(j, node, subject),)
    match node:
        case Not(part):
            return prove(j, part, subject, want=not want)
        case All(parts) | Any_(parts):
            return _combine(j, [(part, subject) for part in parts], want=want, every=isinstance(node, All) is want)
        case AtLeast(n, parts):
            return _prove_at_least(j, parts, subject, n if want else len(parts) - n + 1, want=want)
        case Each() | Some():
            return _prove_over(j, node, subject, want=want)
        case VerdictOf(requirement):
            return _prove_verdict(j, requirement, j.scope(requirement, subject), want=want)
        case WherePossible():
            return _prove_where_possible(j, node, subject, want=want)
        case Due():
            return (_due_proof(j, node, subject),)
    raise TypeError(node)


def _combine(j: "Judgement", parts: list[tuple[Node, str]], *, want: bool, every: bool) -> Proofs:
    """Proofs of a conjunction: of every part, or of one of the parts that are as wanted."""
    if every:
        return cross([prove(j, part, subject, want=want) for part, subject in parts])
    return choose(prove(j, part, s, want=want) for part, s in parts if TRUTH[j.value(part, s)] is want)


def _prove_at_least(j: "Judgement", parts: tuple[Node, ...], subject: str, n: int, *, want: bool) -> Proofs:
    ready = [prove(j, part, subject, want=want) for part in parts if TRUTH[j.value(part, subject)] is want]
    ready.sort(key=lambda proofs: rank(proofs[0]))
    return choose(cross(list(some)) for some in _first(combinations(ready, n), LIMIT))


def _first(items: Iterable[Any], n: int) -> Iterator[Any]:
    for _, item in zip(range(n), items, strict=False):
        yield item


def _prove_over(j: "Judgement", node: Each | Some, subject: str, *, want: bool) -> Proofs:
    """An each is proved by all subjects and the register, disproved by one subject; a some the other way round."""
    each = isinstance(node, Each)
    members = j.members(node.subject)
    if want is each:
        proofs = [_prove_part(j, node, member, subject, want=want) for member in members]
        return cross([*proofs, _prove_register(j, node.subject)])
    hits = [member for member in members if TRUTH[j.part(node, member, subject)[0][1]] is want]
    return choose(_prove_part(j, node, member, subject, want=want) for member in hits)


def _prove_part(j: "Judgement", node: Each | Some, member: str, subject: str, *, want: bool) -> Proofs:
    """One subject: *not chosen, or that* (each), *chosen and that* (some)."""
    conditions: list[tuple[Node, str]] = [] if node.where is None else [(node.where, member)]
    if node.linked_by is not None:
        conditions.append((j.link(node.linked_by, subject), member))
    if not conditions:
        return prove(j, node.that, member, want=want)
    each = isinstance(node, Each)
    if want is not each:  # chosen, and that is as wanted
        return cross(
            [prove(j, part, s, want=True) for part, s in conditions] + [prove(j, node.that, member, want=want)]
        )
    ways = [prove(j, part, s, want=False) for part, s in conditions if TRUTH[j.value(part, s)] is False]
    if TRUTH[j.value(node.that, member)] is want:
        ways.append(prove(j, node.that, member, want=want))
    return choose(ways)


def _prove_verdict(j: "Judgement", requirement: str, subject: str, *, want: bool) -> Proofs:
    """A leaned-on verdict: met or not applicable (true), not met (false)."""
    rule = j.norms.requirements[requirement]
    if j.status(requirement, subject) is Status.NOT_APPLICABLE:
        return _prove_not_applicable(j, rule, subject)
    if rule.applies_if is None:
        return prove(j, rule.met_if, subject, want=want)
    return cross([prove(j, rule.applies_if, subject, want=True), prove(j, rule.met_if, subject, want=want)])


def _prove_where_possible(j: "Judgement", node: WherePossible, subject: str, *, want: bool) -> Proofs:
    ways = [prove(j, node.part, subject, want=want)] if TRUTH[j.value(node.part, subject)] is want else []
    if want and TRUTH[exception_steps(j, node, subject)[0][1]]:
        choice, where, _ = _chosen(j, node.exception, subject)
        ways.append((_of(about(j, "exception", won(choice), where, {}), won(choice)),))
    return choose(ways)


def _true_parts(j: "Judgement", node: Node, subject: str) -> list[Proofs]:
    """Proofs of each part that makes *not met* into *partly*."""
    match node:
        case All(parts) | Any_(parts) | AtLeast(_, parts):
            found = [prove(j, part, subject, want=True) for part in parts if TRUTH[j.value(part, subject)]]
            for part in parts:
                if isinstance(part, Each):
                    found += _true_parts(j, part, subject)
            return found
        case Each(kind):
            hits = [m for m in j.members(kind) if TRUTH[j.part(node, m, subject)[0][1]]]
            return [_prove_part(j, node, member, subject, want=True) for member in hits]
        case _:
            return []


# -- single facts ----------------------------------------------------------------------------------
def _chosen(j: "Judgement", name: str, subject: str) -> tuple[Choice, str, FactType]:
    fact_type = j.fact_type(name)
    where = place(j, fact_type, subject)
    return j.choices(where, name)[0][1], where, fact_type


def _leaf_proof(j: "Judgement", leaf: Leaf, subject: str) -> Proof:
    used: list[str] = []
    found: list[Reason] = []
    if leaf.via is not None:
        choice, where, _ = _chosen(j, leaf.via, subject)
        used.append(won(choice).id)
        found.append(about(j, "refers", won(choice), where, {}))
        target_type = j.fact_type(leaf.fact)
        where = place(j, target_type, str(won(choice).value), referred=True)
    else:
        where = place(j, j.fact_type(leaf.fact), subject)
    fact = won(j.choices(where, leaf.fact)[0][1])
    used.append(fact.id)
    truth = TRUTH[j.value(leaf, subject) if leaf.via is None else read(j, leaf, where)[0][1]]
    second = leaf.other
    other_at = place(j, j.fact_type(second), where) if second else where
    other = j.choices(other_at, second)[0][1].winner if second else None
    if other is not None and _needs_other(j, leaf, where):
        used.append(other.id)
        found.append(about(j, "compared_with", other, other_at, {}))
    params = {"op": leaf.op, "expected": leaf.value, "holds": truth}
    if other is not None:
        params["other"] = other.value
    if isinstance(fact.value, dict) and NOTHING_HAPPENED in fact.value and truth:
        found.append(about(j, "nothing_happened", fact, where, params))
    else:
        found.append(about(j, "shows_yes" if truth else "shows_no", fact, where, params))
    return shown_by(used, tuple(found))


def _needs_other(j: "Judgement", leaf: Leaf, where: str) -> bool:
    """Whether the second fact is needed: past its upper bound a date falls short whatever the own interval is."""
    if leaf.op != "within_fact":
        return not decides_alone(leaf, won(j.choices(where, leaf.fact)[0][1]).value)
    most = Leaf(leaf.fact, "within", leaf.value[1])
    return TRUTH[read(j, most, where)[0][1]] is not False


def _due_proof(j: "Judgement", node: Due, subject: str) -> Proof:
    choice, where, _ = _chosen(j, node.fact, subject)
    day = due_day(won(choice).value, node.plus)
    code = "due" if day is not None and day <= j.on else "not_due"
    return _of(about(j, code, won(choice), where, {"due": day, "plus": node.plus}), won(choice))


def _of(reason: Reason, *facts: Fact) -> Proof:
    return shown_by([fact.id for fact in facts], (reason,))


def _remarks(j: "Judgement", proof: Proof) -> tuple[Reason, ...]:
    """Measurements that contradict what won, and what won over by a measurement: always shown."""
    out: list[Reason] = []
    for reason in proof.reasons:
        if reason.fact_id is None or reason.fact_type is None or reason.subject is None:
            continue
        facts = j.world.facts.get((reason.subject, reason.fact_type), [])
        if len(facts) < 2:
            continue
        for fact in usable(facts, j.fact_type(reason.fact_type), on=j.on, known_at=j.known_at):
            measured = Assurance.MEASURED in (fact.assurance, reason.assurance)
            if measured and fact.id not in proof.ids and fact.value != reason.value:
                out.append(about(j, "contradicts", fact, reason.subject, {"wins": reason.fact_id}))
    return tuple(out)
