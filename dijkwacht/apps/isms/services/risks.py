"""Risks: added, weighed, treated, accepted by who has the mandate, closed. Weighings and treatments are only added."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, QuerySet

from dijkwacht.apps.isms.models import Deviation, Risk, Treatment, TreatmentKind, Weighing
from dijkwacht.apps.isms.queries.risks import weight_of
from dijkwacht.apps.isms.services import exceptions
from dijkwacht.apps.isms.services.doing import Refused, doing
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.verdicts import lines
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core import isms_risk
from dijkwacht.core.isms_risk import Weight
from dijkwacht.core.verdict import Status
from dijkwacht.norms.read import isms_on


@dataclass(frozen=True, slots=True)
class RiskText:
    """What is filled in about a risk."""

    title: str
    cause: str = ""
    consequence: str = ""
    owner: Person | None = None
    requirements: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    known_as: str = ""


def add_risk(organisation: Organisation, *, text: RiskText, person: Person, on: date, at: datetime) -> Risk:
    """A new risk, with the next number. Raises Refused (requirement, subject)."""
    _check(organisation, text, on)
    with doing(organisation, person=person, on=on, at=at) as deed:
        last = Risk.objects.filter(organisation=organisation).aggregate(last=Max("number"))["last"] or 0
        risk = Risk.objects.create(
            organisation=organisation, number=last + 1, title=text.title, cause=text.cause, owner=text.owner,
            consequence=text.consequence, known_as=text.known_as, requirements=list(text.requirements), opened_on=on,
        )  # fmt: skip
        risk.subjects.set(text.subjects)
        deed.write("risk_added", about=f"risk:{risk.pk}", rows=[risk], **_told(text))
    return risk


def change_risk(risk: Risk, *, text: RiskText, person: Person, on: date, at: datetime) -> Risk:
    """Other words, owner or links. Raises Refused (closed, requirement, subject, rules).

    What could not be accepted is not linked to a risk that was accepted already.
    """
    _check(risk.organisation, text, on)
    with doing(risk.organisation, person=person, on=on, at=at) as deed:
        _open(risk)
        linked = _again(risk).requirements
        added = [name for name in text.requirements if name not in linked]
        if added and _accepted(risk, on):
            refusals = isms_risk.unacceptable(isms_on(on).deviations, statuses(risk.organisation, added, on=on))
            if refusals:
                raise Refused("rules", refusals)
        risk.title, risk.cause, risk.consequence = text.title, text.cause, text.consequence
        risk.owner, risk.requirements = text.owner, list(text.requirements)
        risk.save(update_fields=["title", "cause", "consequence", "owner", "requirements"])
        risk.subjects.set(text.subjects)
        deed.write("risk_changed", about=f"risk:{risk.pk}", rows=[risk], **_told(text))
    return risk


def weigh(
    risk: Risk,
    *,
    kind: str,
    likelihood: int,
    impacts: Mapping[str, int],
    reason: str,
    person: Person,
    on: date,
    at: datetime,
) -> Weighing:
    """Adds a weighing; an acceptance of what was lighter ends by it. Raises Refused (closed), ValueError outside the scale."""
    weight = isms_risk.weigh(isms_on(on).scale, likelihood, impacts)
    with doing(risk.organisation, person=person, on=on, at=at) as deed:
        _open(risk)
        before = weight_of(_again(risk), on=on)
        found = Weighing.objects.create(
            risk=risk, kind=kind, likelihood=likelihood, impacts=dict(impacts), reason=reason, on=on, person=person
        )
        outgrown = _outgrown(risk, before, on=on)
        deed.write(
            "risk_weighed", about=f"risk:{risk.pk}", rows=[found, *outgrown], kind=kind, likelihood=likelihood,
            impacts=dict(impacts), band=weight.band.id, reason=reason, acceptance_ended=bool(outgrown),
        )  # fmt: skip
    return found


def _outgrown(risk: Risk, before: Weight | None, *, on: date) -> list[Treatment]:
    """Ends an acceptance that was for a lighter risk than this is now; who has the mandate must look again."""
    now = weight_of(_again(risk), on=on)
    if before is None or now is None or now.band.rank <= before.band.rank:
        return []
    ended = list(_standing(risk))
    _standing(risk).update(superseded_on=on)
    return ended


def _standing(risk: Risk) -> QuerySet[Treatment]:
    return Treatment.objects.filter(risk=risk, kind=TreatmentKind.ACCEPT, superseded_on__isnull=True)


def _accepted(risk: Risk, on: date) -> bool:
    return _standing(risk).filter(until__gte=on).exists()


def _again(risk: Risk) -> Risk:
    """The risk as it is now, without what was fetched with it before."""
    return Risk.objects.get(pk=risk.pk)


def treat(risk: Risk, *, kind: str, reason: str, person: Person, on: date, at: datetime) -> Treatment:
    """Chooses what is done about a risk. Accepting goes by ``accept``. Raises Refused (closed, accept)."""
    if kind == TreatmentKind.ACCEPT:
        raise Refused("accept")
    with doing(risk.organisation, person=person, on=on, at=at) as deed:
        _open(risk)
        found, before = _treated(risk, kind, reason=reason, until=None, person=person, on=on)
        deed.write("risk_treated", about=f"risk:{risk.pk}", rows=[found, *before], treatment=kind, reason=reason)
    return found


def accept(
    risk: Risk, *, until: date | None, reason: str, roles: Collection[str], person: Person, on: date, at: datetime
) -> Treatment:
    """Accepts what remains of a risk till and with a day. Raises Refused (closed, rules: with what the rules say)."""
    known = isms_on(on)
    with doing(risk.organisation, person=person, on=on, at=at) as deed:
        _open(risk)
        now = _again(risk)
        refusals = isms_risk.accept(
            known.deviations, weight_of(now, on=on), statuses=statuses(risk.organisation, now.requirements, on=on),
            roles=roles, until=until, on=on,
        )  # fmt: skip
        if refusals:
            raise Refused("rules", refusals)
        found, before = _treated(risk, TreatmentKind.ACCEPT, reason=reason, until=until, person=person, on=on)
        deed.settle([deed.fact("accepted_temporary", True)])
        deed.write("risk_accepted", about=f"risk:{risk.pk}", rows=[found, *before], until=until, reason=reason)
    return found


def close(risk: Risk, *, reason: str, person: Person, on: date, at: datetime) -> Risk:
    """The risk is no longer there. Raises Refused (closed, open_actions)."""
    with doing(risk.organisation, person=person, on=on, at=at) as deed:
        _open(risk)
        if risk.actions.filter(done_on__isnull=True, dropped_on__isnull=True).exists():
            raise Refused("open_actions")
        risk.closed_on, risk.closed_because = on, reason
        risk.save(update_fields=["closed_on", "closed_because"])
        deed.write("risk_closed", about=f"risk:{risk.pk}", rows=[risk], reason=reason)
    return risk


def confirm_register(organisation: Organisation, *, person: Person, on: date, at: datetime) -> int:
    """States that the register is current and every risk has an owner; returns how many verdicts turned.

    Raises Refused: empty, no_owner (a risk without an owner), not_weighed (one without a weighing).
    """
    rows = Risk.objects.filter(organisation=organisation, closed_on__isnull=True)
    if not rows.exists():
        raise Refused("empty")
    if rows.filter(owner__isnull=True).exists():
        raise Refused("no_owner")
    if rows.exclude(weighings__isnull=False).exists():
        raise Refused("not_weighed")
    with doing(organisation, person=person, on=on, at=at) as deed:
        deed.settle([deed.fact("register_confirmed", True), deed.fact("assessment_finished", on)])
        deed.write("register_confirmed", about="risks", risks=rows.count())
    return len(deed.changes)


def grant_deviation(
    risk: Risk,
    *,
    requirement: str,
    until: date | None,
    reason: str,
    instead: str,
    person: Person,
    on: date,
    at: datetime,
) -> Deviation:
    """Lets a guideline go unfollowed for a time. Raises Refused (closed, twice, rules: with what the rules say)."""
    organisation = risk.organisation
    with doing(organisation, person=person, on=on, at=at) as deed:
        _open(risk)
        refusals = isms_risk.deviate(
            isms_on(on).deviations, requirement, requirements=packs_on(on).norms.requirements,
            weighed=weight_of(_again(risk), on=on) is not None, until=until, on=on,
        )  # fmt: skip
        if refusals or until is None:
            raise Refused("rules", refusals)
        mandate = exceptions.mandate_of(person, organisation, on=on)
        standing = Deviation.objects.filter(organisation=organisation, requirement=requirement, ended_on__isnull=True)
        if standing.filter(until__gte=on).exists():
            raise Refused("twice")
        over = list(standing)  # its last day has passed: this one comes after it
        standing.update(ended_on=on)
        found = Deviation.objects.create(
            organisation=organisation, requirement=requirement, risk=risk, reason=reason, instead=instead, granted_on=on,
            granted_by=person, until=until,
        )  # fmt: skip
        deed.settle([deed.fact("exceptions_reasoned", True), exceptions.granted(deed, found, mandate=mandate)])
        deed.write(
            "deviation_granted", about=f"risk:{risk.pk}", rows=[found, *over], requirement=requirement, until=until,
            reason=reason, instead=instead, mandate=mandate,
        )  # fmt: skip
    return found


def end_deviation(found: Deviation, *, person: Person, on: date, at: datetime) -> None:
    """The guideline is followed again. Raises Refused (closed)."""
    with doing(found.organisation, person=person, on=on, at=at) as deed:
        if not Deviation.objects.filter(pk=found.pk, ended_on__isnull=True).update(ended_on=on):
            raise Refused("closed")
        exceptions.end(deed, found.requirement)
        deed.write("deviation_ended", about=f"risk:{found.risk_id}", rows=[found], requirement=found.requirement)


def statuses(organisation: Organisation, requirements: Iterable[str], *, on: date) -> dict[str, list[Status]]:
    """Per requirement the verdicts of its lines on a day; one without any line is unknown."""
    names = list(requirements)
    found: dict[str, list[Status]] = {name: [] for name in names}
    for line in lines(organisation, requirements=names, on=on):
        found[line.requirement.id].append(line.verdict.status)
    return {name: each or [Status.UNKNOWN] for name, each in found.items()}


def _treated(
    risk: Risk, kind: str, *, reason: str, until: date | None, person: Person, on: date
) -> tuple[Treatment, list[Treatment]]:
    """What was chosen, and what that took the place of."""
    standing = Treatment.objects.filter(risk=risk, superseded_on__isnull=True)
    before = list(standing)
    standing.update(superseded_on=on)
    made = Treatment.objects.create(risk=risk, kind=kind, reason=reason, until=until, decided_on=on, decided_by=person)
    return made, before


def _open(risk: Risk) -> None:
    if not Risk.objects.filter(pk=risk.pk, closed_on__isnull=True).exists():
        raise Refused("closed")


def _check(organisation: Organisation, text: RiskText, on: date) -> None:
    known = packs_on(on).norms.requirements
    if any(name not in known for name in text.requirements):
        raise Refused("requirement")
    if any(each.organisation_id != organisation.pk for each in text.subjects):
        raise Refused("subject")


def _told(text: RiskText) -> dict[str, object]:
    keys: Sequence[str] = [each.key for each in text.subjects]
    return {
        "title": text.title, "cause": text.cause, "consequence": text.consequence,
        "owner": text.owner and text.owner.pk, "requirements": list(text.requirements), "subjects": keys,
    }  # fmt: skip
