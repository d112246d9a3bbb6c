"""What keeps a verdict unknown: not asked, expired, contradicted, not shared, a register that is not complete."""

from typing import TYPE_CHECKING, Any

from dijkwacht.core.criteria import All, Any_, AtLeast, Due, Each, Leaf, Node, Not, Some, VerdictOf, WherePossible
from dijkwacht.core.facts import Assurance, Fact
from dijkwacht.core.kleene import TRUTH, UNKNOWN
from dijkwacht.core.leaves import place
from dijkwacht.core.select import NOTHING
from dijkwacht.core.verdict import Reason

if TYPE_CHECKING:
    from dijkwacht.core.judge import Judgement


def about(j: "Judgement", code: str, fact: Fact, subject: str, params: dict[str, Any]) -> Reason:
    """A reason that names a recorded fact; with when it was last seen, and whose it is if not our own."""
    seen = fact.last_seen(j.known_at)
    if seen is not None:
        params = {**params, "seen": seen}
    if fact.inherited_from:
        params = {**params, "inherited_from": fact.inherited_from}
    assurance = fact.assurance if type(fact.assurance) is Assurance else Assurance(fact.assurance)
    return Reason(code, fact.fact, fact.id, subject, None, fact.value, fact.valid_from, fact.said_by, assurance, params)


def why_unknown(j: "Judgement", requirement: str, subject: str) -> list[Reason]:
    """Why the verdict of a requirement is unknown."""
    rule = j.norms.requirements[requirement]
    if rule.applies_if is not None and TRUTH[j.value(rule.applies_if, subject)] is None:
        return blockers(j, rule.applies_if, subject)
    if rule.subject != "organisation" and subject == j.world.organisation:
        return [Reason("no_subjects", subject=subject, requirement=requirement, params={"kind": rule.subject})]
    return blockers(j, rule.met_if, subject)


def blockers(j: "Judgement", node: Node, subject: str) -> list[Reason]:
    """What keeps a criterion unknown: every undecided part, down to the facts."""
    if j.steps(node, subject)[0][1] != UNKNOWN:
        return []
    match node:
        case Leaf():
            return _leaf_blockers(j, node, subject)
        case VerdictOf(requirement):
            return [Reason("leans_on", subject=j.scope(requirement, subject), requirement=requirement)]
        case All(parts) | Any_(parts) | AtLeast(_, parts):
            return [reason for part in parts for reason in blockers(j, part, subject)]
        case Each() | Some():
            return _over_blockers(j, node, subject)
        case Not(part):
            return blockers(j, part, subject)
        case WherePossible(part, exception):
            return blockers(j, part, subject) or _missing(j, exception, place(j, j.fact_type(exception), subject))
        case Due(fact, _):
            return _missing(j, fact, place(j, j.fact_type(fact), subject))
    raise TypeError(node)


def _leaf_blockers(j: "Judgement", leaf: Leaf, subject: str) -> list[Reason]:
    where = place(j, j.fact_type(leaf.fact), subject)
    if leaf.via is not None:
        origin = place(j, j.fact_type(leaf.via), subject)
        choice = j.choices(origin, leaf.via)[0][1]
        if choice.winner is None:
            return _missing(j, leaf.via, origin)
        if choice.winner.value not in j.world.kind_of:
            return [about(j, "dangling", choice.winner, origin, {})]
        where = place(j, j.fact_type(leaf.fact), str(choice.winner.value), referred=True)
    missing = _missing(j, leaf.fact, where)
    return missing + _missing(j, leaf.other, place(j, j.fact_type(leaf.other), where)) if leaf.other else missing


def _missing(j: "Judgement", name: str, subject: str) -> list[Reason]:
    """Why a fact is unknown: not asked, expired, contradicted, or not shared."""
    choice = j.choices(subject, name)[0][1] if (subject, name) in j.world.facts else NOTHING
    if choice.winner is not None:
        return []
    if not choice.rivals:
        owner = j.world.inherits.get(subject)
        if owner:
            return [Reason("not_shared", name, None, subject, params={"organisation": owner})]
        return [Reason("not_asked", name, None, subject)]
    life = j.fact_type(name).shelf_life
    last_day = None if life is None else choice.rivals[0].last_usable_day(life, j.known_at)
    params = {} if life is None else {"last_day": last_day, "shelf_life": life}
    return [about(j, choice.why, fact, subject, params) for fact in choice.rivals]


def _over_blockers(j: "Judgement", node: Each | Some, subject: str) -> list[Reason]:
    out: list[Reason] = []
    for member in j.members(node.subject):
        if TRUTH[j.part(node, member, subject)[0][1]] is None:
            if node.linked_by is not None:
                out += blockers(j, j.link(node.linked_by, subject), member)
            out += blockers(j, node.where, member) if node.where is not None else []
            out += blockers(j, node.that, member)
    if TRUTH[j.register(node)[0][1]] is None:
        name = j.completeness(node.subject).fact
        kind = {"kind": node.subject}
        out.append(Reason("register_incomplete", fact_type=name, subject=j.world.organisation, params=kind))
    return out
