"""A granted exception as a fact of its own in the ledger, from which the statement of applicability takes its annex."""

from datetime import date

from dijkwacht.apps.isms.models import Deviation
from dijkwacht.apps.isms.services.doing import Doing, Refused
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.act import about, acting
from dijkwacht.apps.ledger.services.facts import after
from dijkwacht.apps.ledger.services.recording import Said, end_all
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.people.queries import roles_on
from dijkwacht.core.access import Right, rights
from dijkwacht.core.facts import Assurance
from dijkwacht.core.isms_risk import No, Refusal, exception_type


def mandate_of(person: Person, organisation: Organisation, *, on: date) -> str:
    """The role in which this person may grant an exception on a day. Raises Refused (rules: no_mandate)."""
    held = sorted(role.role for role in roles_on(person, organisation, on))
    found = next((role for role in held if Right.SIGN in rights([role])), None)
    if found is None:
        raise Refused("rules", [No(Refusal.NO_MANDATE)])
    return found


def granted(deed: Doing, found: Deviation, *, mandate: str) -> Said:
    """What a granted exception says in the ledger. Who granted it is in the fact itself, so that a name can be erased.

    Raises Refused (requirement): no criterion knows an exception from it.
    """
    name = exception_type(packs_on(deed.on).norms, found.requirement)
    if name is None:
        raise Refused("requirement")
    value = {"reason": found.reason, "until": found.until, "mandate": mandate, "risk": str(found.risk.number)}
    if found.instead.strip():
        value["instead"] = found.instead
    own = judging.own_subject(deed.organisation, on=deed.on)
    return Said(own, name, value, assurance=Assurance.DOCUMENTED)


def end(deed: Doing, requirement: str) -> None:
    """Ends the exception from a requirement on this day: what it was before that stays to be told."""
    organisation, name = deed.organisation, exception_type(packs_on(deed.on).norms, requirement)
    if name is None:
        return
    with acting(organisation, person=deed.person, on=deed.on, at=deed.at) as act:
        own = judging.own_subject(organisation, on=deed.on)
        standing = list(
            Fact.objects.filter(subject=own, fact_type=name, superseded_at__isnull=True, valid_to__isnull=True)
        )
        if not standing:
            return
        judging.ensure_judged(organisation, on=deed.on)
        written = end_all(act, standing)
        judged = after(act, written, [(own, name)])
        detail = {"turned": len(judged.changes), **written.detail(organisation.slug)}
        act.write("ended", about=about(own.key, name), detail=detail)
        deed.act, deed.changes = act.number, (*deed.changes, *judged.changes)
