"""Audits, findings, reviews, policies and training, each with how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from dijkwacht.apps.isms.models import (
    Action,
    Audit,
    Circumstance,
    CircumstanceKind,
    Finding,
    Policy,
    PolicyEvent,
    Review,
    Risk,
    Training,
)
from dijkwacht.apps.ledger.models import ALL, Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.ledger.queries.subjects import subjects
from dijkwacht.apps.ledger.queries.world import gather
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.days import Duration, add
from dijkwacht.core.isms import Group, PolicyTemplate
from dijkwacht.core.isms_cycle import Pressing, pressing, review_due, term_end
from dijkwacht.core.select import choices
from dijkwacht.core.verdict import STATUSES, Status
from dijkwacht.norms.read import isms_on


def audits(organisation: Organisation) -> QuerySet[Audit]:
    """The programme and what came of it, with the number of findings and of those still open."""
    still = Count("findings", filter=Q(findings__closed_on__isnull=True))
    rows = Audit.objects.filter(organisation=organisation, cancelled_on__isnull=True)
    return rows.annotate(found=Count("findings"), still_open=still).order_by("planned_on", "pk")


def audit(organisation: Organisation, pk: int) -> Audit | None:
    """One audit with its findings; None when it is another's."""
    findings = Finding.objects.select_related("found_by", "closed_by").prefetch_related("actions")
    rows = Audit.objects.filter(organisation=organisation, pk=pk).select_related("organisation", "finished_by")
    return rows.prefetch_related(Prefetch("findings", findings)).first()


def finding(organisation: Organisation, pk: int) -> Finding | None:
    """One finding with its audit; None when it is another's."""
    rows = Finding.objects.filter(audit__organisation=organisation, pk=pk)
    return rows.select_related("audit__organisation").first()


def open_findings(organisation: Organisation) -> QuerySet[Finding]:
    """What audits found and nobody closed yet, the first due first."""
    rows = Finding.objects.filter(audit__organisation=organisation, closed_on__isnull=True)
    return rows.select_related("audit").prefetch_related("actions").order_by("due", "pk")


def reviews(organisation: Organisation) -> QuerySet[Review]:
    """All management reviews, the last first."""
    return Review.objects.filter(organisation=organisation).select_related("signed_by")


def review(organisation: Organisation, pk: int) -> Review | None:
    """One review with its actions; None when it is another's."""
    rows = Review.objects.filter(organisation=organisation, pk=pk).select_related("organisation", "signed_by")
    return rows.prefetch_related(Prefetch("actions", Action.objects.select_related("owner"))).first()


def figures(organisation: Organisation, *, on: date) -> dict[str, Any]:
    """The counts that stand beside the agenda of a review, as of a day."""
    open_actions = Q(done_on__isnull=True, dropped_on__isnull=True)
    from_reviews = Action.objects.filter(organisation=organisation, review__isnull=False)
    circumstances = Circumstance.objects.filter(organisation=organisation, closed_on__isnull=True)
    parties = circumstances.filter(kind=CircumstanceKind.PARTY).count()
    findings = open_findings(organisation)
    actions = Action.objects.filter(open_actions, organisation=organisation)
    tally = verdicts.tallies(organisation).get(ALL)
    yearly = Audit.objects.filter(organisation=organisation, cancelled_on__isnull=True, planned_on__year=on.year)
    return {
        "decisions": {"open": from_reviews.filter(open_actions).count(), "all": from_reviews.count()},
        "context": {"count": circumstances.count() - parties},
        "parties": {"count": parties},
        "findings": {"open": findings.count(), "late": findings.filter(due__lt=on).count()},
        "verdicts": {str(each): getattr(tally, each) for each in STATUSES} if tally else {},
        "audits": {"done": yearly.filter(finished_on__isnull=False).count(), "all": yearly.count()},
        "risks": {"count": Risk.objects.filter(organisation=organisation, closed_on__isnull=True).count()},
        "costs": {
            "cost": sum(cost or 0 for cost in actions.values_list("cost", flat=True)), "open": actions.count(),
        },
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A policy with its last events. ``due``: before when it is looked at again, None when it was never adopted."""

    policy: Policy
    template: PolicyTemplate | None
    adopted: PolicyEvent | None
    reviewed: PolicyEvent | None
    due: date | None
    pressing: Pressing


def policies(organisation: Organisation, *, on: date) -> list[PolicyRow]:
    """The list of policies, those to look at first first; two queries."""
    events = Prefetch("events", PolicyEvent.objects.select_related("evidence"))
    rows = Policy.objects.filter(organisation=organisation, closed_on__isnull=True).select_related("owner")
    found = [policy_row(each, on=on) for each in rows.prefetch_related(events)]
    return sorted(found, key=lambda each: (each.due is not None, each.due or on, each.policy.title))


def policy_row(policy: Policy, *, on: date) -> PolicyRow:
    """One policy as it stands."""
    last: dict[str, PolicyEvent] = {}
    for each in policy.events.all():
        last.setdefault(each.kind, each)
    adopted, reviewed = last.get("adopted"), last.get("reviewed")
    days = [each.on if each else None for each in (adopted, reviewed)]
    due = review_due(*days, within=Duration(policy.months, 0))
    return PolicyRow(
        policy, isms_on(on).policies.get(policy.known_as), adopted, reviewed, due, pressing(due, done=False, on=on)
    )


def policy(organisation: Organisation, pk: int) -> Policy | None:
    """One policy; None when it is another's."""
    rows = Policy.objects.filter(organisation=organisation, pk=pk).select_related("owner", "organisation")
    return rows.prefetch_related(Prefetch("events", PolicyEvent.objects.select_related("evidence"))).first()


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with its last training. ``due``: before when the next one is held."""

    group: Group
    last: Training | None
    due: date | None
    pressing: Pressing


def groups(organisation: Organisation, *, on: date) -> list[GroupRow]:
    """Every group of the packs; one query."""
    last: dict[str, Training] = {}
    for each in Training.objects.filter(organisation=organisation):
        last.setdefault(each.group, each)
    found = []
    for group in isms_on(on).groups.values():
        held = last.get(group.id)
        due = add(held.held_on, group.within) if held and group.within and group.within.months >= 12 else None
        found.append(GroupRow(group, held, due, pressing(due, done=False, on=on)))
    return found


@dataclass(frozen=True, slots=True)
class Member:
    """A board member. ``before``: the last day by which there must be a certificate, None while no start is known."""

    subject: Subject
    appointed: date | None
    certified: date | None
    trained: date | None
    before: date | None
    status: Status
    pressing: Pressing


def members(organisation: Organisation, *, on: date) -> list[Member]:
    """The board members that are registered, with what the ledger knows of them; the terms come from the norm."""
    packs = packs_on(on)
    wanted = isms_on(on).board_requirement
    rule = packs.norms.requirements.get(wanted)
    rows = list(subjects(organisation, kind="board_member"))
    names = {name for name in packs.norms.fact_types if name.startswith(("board_member.", "cbw.applies"))}
    world = gather(organisation, packs=packs, known_at=on, fact_types=names).world
    known: dict[str, dict[str, date]] = {}
    for (key, name), found in world.facts.items():
        winner = choices(found, packs.fact_type(name), on=on, known_at=on)[0][1].winner
        if winner is not None and isinstance(winner.value, date):
            known.setdefault(key, {})[name] = winner.value
    given = {each.subject: each.verdict.status for each in verdicts.lines(organisation, requirements=[wanted], on=on)}
    ours, found_members = known.get(organisation.slug, {}), []
    for each in rows:
        own = known.get(each.key, {})
        before = term_end(rule.applies_if, {**ours, **own}) if rule else None
        found_members.append(_member(each, own, before=before, status=given.get(each.key, Status.UNKNOWN), on=on))
    return found_members


def _member(subject: Subject, own: Mapping[str, date], *, before: date | None, status: Status, on: date) -> Member:
    certified = own.get("board_member.certificate.issued_on")
    return Member(
        subject, own.get("board_member.appointed_on"), certified, own.get("board_member.knowledge.updated_on"), before,
        status, pressing(before, done=certified is not None, on=on),
    )  # fmt: skip
