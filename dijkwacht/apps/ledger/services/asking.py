"""Asking: a question for a colleague, a requirement for its owner, and *I do not know*."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dijkwacht.apps.ledger.models import Assignment, Deferral, Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.services.act import about, acting
from dijkwacht.apps.ledger.services.recording import Refusal, Unknown
from dijkwacht.apps.people.models import Organisation, Person, Role
from dijkwacht.apps.people.queries import in_period


def ask(
    organisation: Organisation,
    *,
    of: Person,
    person: Person | None,
    on: date,
    at: datetime,
    subject: Subject | None = None,
    fact_type: str = "",
    requirement: str = "",
    note: str = "",
    due: date | None = None,
    actor: str = "",
) -> Assignment:
    """Asks a colleague one question, or to look after a requirement; who was asked before stays asked, once.

    Raises Refusal: what (not one thing), subject, colleague (no role here on that day); Unknown for what no pack knows.
    """
    _check(organisation, subject, fact_type, requirement, on)
    if not Role.objects.filter(in_period(on), person=of, organisation=organisation).exists():
        raise Refusal("colleague")
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        assignment, is_new = Assignment.objects.get_or_create(
            organisation=organisation,
            subject=subject,
            fact_type=fact_type,
            requirement=requirement,
            person=of,
            done_on=None,
            defaults={"asked_by": person, "note": note.replace("\0", ""), "asked_on": on, "due": due},
        )
        if is_new:
            what = about(subject.key, fact_type) if subject else requirement
            act.write("ask", about=what, detail={"of": of.pk, "assignment": assignment.pk, **_before(due)})
    return assignment


def ask_many(
    organisation: Organisation,
    *,
    of: Person,
    requirements: Sequence[str],
    about: str,
    person: Person | None,
    on: date,
    at: datetime,
    note: str = "",
    due: date | None = None,
    actor: str = "",
    more: Mapping[str, Any] | None = None,
) -> list[Assignment]:
    """Asks a colleague to look after many requirements in one act; those that were asked of him already stay as they are.

    ``about`` names what they are together, ``more`` goes into the entry. Raises as ``ask`` does.
    """
    known = packs_on(on).norms.requirements
    for name in requirements:
        if name not in known:
            raise Unknown(name)
    if not Role.objects.filter(in_period(on), person=of, organisation=organisation).exists():
        raise Refusal("colleague")
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        asked = Assignment.objects.filter(organisation=organisation, person=of, done_on__isnull=True)
        held = set(asked.exclude(requirement="").values_list("requirement", flat=True))
        made = Assignment.objects.bulk_create(
            Assignment(
                organisation=organisation, requirement=name, person=of, asked_by=person, note=note.replace("\0", ""),
                asked_on=on, due=due,
            )
            for name in dict.fromkeys(requirements)
            if name not in held
        )  # fmt: skip
        told = {str(each.pk): each.requirement for each in made}
        detail = {"of": of.pk, "count": len(made), "asked": told, **_before(due), **(more or {})}
        act.write("ask_many", about=about, detail=detail)
    return made


def finish_many(organisation: Organisation, *, of: Person, requirements: Sequence[str], on: date) -> int:
    """Closes what was asked of a colleague about these requirements; how many. In the act of the caller."""
    rows = Assignment.objects.filter(organisation=organisation, person=of, done_on__isnull=True)
    return rows.filter(requirement__in=requirements).update(done_on=on)


def finish(assignment: Assignment, *, person: Person | None, on: date, at: datetime, actor: str = "") -> Assignment:
    """Says that what was asked is done, or need no longer be done. An answer does this by itself."""
    with acting(assignment.organisation, person=person, actor=actor, on=on, at=at) as act:
        if Assignment.objects.filter(pk=assignment.pk, done_on__isnull=True).update(done_on=on):
            assignment.done_on = on
            subject = assignment.subject
            what = about(subject.key, assignment.fact_type) if subject else assignment.requirement
            act.write("asked_done", about=what, detail={"assignment": assignment.pk})
    return assignment


def defer(
    organisation: Organisation, *, subject: Subject, fact_type: str, person: Person, on: date, at: datetime
) -> Deferral:
    """*I do not know*: the question goes to the end of the list for this person, until somebody answers it."""
    _check(organisation, subject, fact_type, "", on)
    with acting(organisation, person=person, on=on, at=at) as act:
        deferral, _ = Deferral.objects.update_or_create(
            organisation=organisation, subject=subject, fact_type=fact_type, person=person, defaults={"on": on}
        )
        act.write("defer", about=about(subject.key, fact_type), detail={})
    return deferral


def _before(due: date | None) -> dict[str, date]:
    return {} if due is None else {"due": due}


def _check(organisation: Organisation, subject: Subject | None, fact_type: str, requirement: str, on: date) -> None:
    packs = packs_on(on)
    if bool(subject and fact_type) is bool(requirement):
        raise Refusal("what")
    if requirement and requirement not in packs.norms.requirements:
        raise Unknown(requirement)
    if subject is not None:
        try:
            kind = packs.fact_type(fact_type).subject
        except KeyError:
            raise Unknown(fact_type) from None
        if subject.organisation_id != organisation.pk or subject.kind != kind:
            raise Refusal("subject", kind=kind)
