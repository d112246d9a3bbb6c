"""The year: what the facts of the ledger, the accounts and this room put on which day."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Q
from django.urls import reverse

from dijkwacht.apps.accountability.words import deadline
from dijkwacht.apps.isms.models import Action, Audit, Deviation, FeedKey, Review, Treatment
from dijkwacht.apps.isms.queries import looking
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.ledger.queries.world import gather
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.dependencies import facts_of_requirement
from dijkwacht.core.isms_year import Event, Occasion, Year, from_facts
from dijkwacht.norms.read import isms_on
from dijkwacht.web.terms import text_of

_rests: list[tuple[Packs, Mapping[str, tuple[str, ...]]]] = []


def year(organisation: Organisation, *, on: date, until: date) -> Year:
    """Everything up to and with a day; what is late stays on the day it was due. About fifteen queries."""
    packs = packs_on(on)
    world = gather(organisation, packs=packs, known_at=on).world
    found = from_facts(packs.norms, world, rests=_rests_of(packs), on=on, until=until)
    events = [*found.events, *(each for each in _own(organisation, on) if each.day <= until)]
    for account in packs.norms.accounts.values():
        term = deadline(account, on=on)
        if term.day is not None and term.day <= until:
            key = f"{Occasion.ACCOUNT}|{account.id}"
            events.append(Event(term.day, Occasion.ACCOUNT, key, about=text_of(account.name), fact_type=account.id))
    return Year(tuple(sorted(events, key=lambda each: (each.day, each.occasion, each.key))), found.undated)


def _rests_of(packs: Packs) -> Mapping[str, tuple[str, ...]]:
    """Per fact type the requirements that name it themselves, in the order of the packs; worked out once per packs."""
    for known, found in _rests:
        if known is packs:
            return found
    rests: dict[str, list[str]] = {}
    for name, rule in packs.norms.requirements.items():
        for fact in facts_of_requirement(rule):
            rests.setdefault(fact, []).append(name)
    frozen = {fact: tuple(names) for fact, names in rests.items()}
    _rests.insert(0, (packs, frozen))
    del _rests[4:]
    return frozen


def _own(organisation: Organisation, on: date) -> Iterator[Event]:
    """What this room itself has with a day."""
    open_ones = Q(done_on__isnull=True, dropped_on__isnull=True)
    for action in Action.objects.filter(open_ones, organisation=organisation):
        yield Event(
            action.due,
            Occasion.ACTION,
            f"action|{action.pk}",
            action.requirement,
            about=action.title,
            reference=action.pk,
        )
    audits = Audit.objects.filter(organisation=organisation, finished_on__isnull=True, cancelled_on__isnull=True)
    for audit in audits:
        yield Event(audit.planned_on, Occasion.AUDIT, f"audit|{audit.pk}", about=audit.title, reference=audit.pk)
    for finding in looking.open_findings(organisation):
        yield Event(
            finding.due, Occasion.FINDING, f"finding|{finding.pk}", finding.requirement, about=finding.text[:120],
            reference=finding.audit_id,
        )  # fmt: skip
    for review in Review.objects.filter(organisation=organisation, signed_on__isnull=True):
        yield Event(review.planned_on, Occasion.REVIEW, f"review|{review.pk}", reference=review.pk)
    yield from _again(organisation, on)


def _again(organisation: Organisation, on: date) -> Iterator[Event]:
    """What was decided for a time, and must be decided or looked at again."""
    for row in looking.policies(organisation, on=on):
        if row.due is not None:
            rule = row.template.requirements[0] if row.template and row.template.requirements else ""
            key = f"policy|{row.policy.pk}"
            yield Event(row.due, Occasion.POLICY, key, rule, about=row.policy.title, reference=row.policy.pk)
    accepted = Treatment.objects.filter(risk__organisation=organisation, superseded_on__isnull=True, kind="accept")
    for treatment in accepted.filter(risk__closed_on__isnull=True).select_related("risk"):
        if treatment.until is not None:
            key = f"risk|{treatment.risk_id}"
            yield Event(
                treatment.until, Occasion.ACCEPTANCE, key, about=treatment.risk.title, reference=treatment.risk_id
            )
    for deviation in Deviation.objects.filter(organisation=organisation, ended_on__isnull=True).select_related("risk"):
        yield Event(
            deviation.until, Occasion.EXCEPTION, f"deviation|{deviation.pk}", deviation.requirement,
            about=deviation.risk.title, reference=deviation.risk_id,
        )  # fmt: skip
    for member in looking.members(organisation, on=on):
        if member.before is not None and member.certified is None:
            key = f"certificate|{member.subject.key}"
            yield Event(
                member.before, Occasion.CERTIFICATE, key, isms_on(on).board_requirement, subject=member.subject.key,
                about=member.subject.name,
            )  # fmt: skip


def address(event: Event, slug: str, *, answers: bool) -> str:
    """Where a person goes for this. ``answers``: he may answer questions; who may not looks at what was answered."""
    match event.occasion:
        case Occasion.RHYTHM | Occasion.EXPIRY:
            return question_address(slug, event.subject, event.fact_type, answers=answers)
        case Occasion.ACTION:
            return reverse("isms:action", args=[slug, event.reference])
        case Occasion.AUDIT | Occasion.FINDING:
            return reverse("isms:audit", args=[slug, event.reference])
        case Occasion.REVIEW:
            return reverse("isms:review", args=[slug, event.reference])
        case Occasion.POLICY:
            return reverse("isms:policy", args=[slug, event.reference])
        case Occasion.ACCEPTANCE | Occasion.EXCEPTION:
            return reverse("isms:risk", args=[slug, event.reference])
        case Occasion.CERTIFICATE:
            return reverse("isms:people", args=[slug])
        case _:
            return reverse("accountability:account", args=[slug, event.fact_type])


def question_address(slug: str, subject: str, fact_type: str, *, answers: bool) -> str:
    """Where a question is answered, or where its answer is read."""
    return reverse("ledger:question" if answers else "ledger:fact", args=[slug, subject, fact_type])


def feed_key(organisation: Organisation, person: Person) -> FeedKey | None:
    """The calendar address of a person that works."""
    return FeedKey.objects.filter(organisation=organisation, person=person, revoked_at__isnull=True).first()


def owner_of_key(key: str) -> FeedKey | None:
    """Whose calendar address this is; None for one that was never made or was revoked."""
    rows = FeedKey.objects.filter(key_hash=hashlib.sha256(key.encode()).hexdigest(), revoked_at__isnull=True)
    return rows.select_related("organisation", "person").first()
