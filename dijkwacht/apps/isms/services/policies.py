"""Policies and training: what was adopted, looked at again and held, on which day."""

from collections.abc import Iterable
from datetime import date, datetime

from dijkwacht.apps.isms.models import Policy, PolicyEvent, PolicyEventKind, Training
from dijkwacht.apps.isms.services.doing import Refused, doing
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.ledger.services.saying import File
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.norms.read import isms_on
from dijkwacht.web.terms import text_of


def add_policy(
    organisation: Organisation,
    *,
    title: str,
    person: Person,
    on: date,
    at: datetime,
    known_as: str = "",
    owner: Person | None = None,
    place: str = "",
    months: int = 12,
) -> Policy:
    """Puts a policy in the list. Raises Refused (twice)."""
    with doing(organisation, person=person, on=on, at=at) as deed:
        rows = Policy.objects.filter(organisation=organisation, closed_on__isnull=True)
        if known_as and rows.filter(known_as=known_as).exists():
            raise Refused("twice")
        policy = Policy.objects.create(
            organisation=organisation,
            known_as=known_as,
            title=title,
            owner=owner,
            place=place,
            months=months,
            added_on=on,
        )
        deed.write(
            "policy_added",
            about=f"policy:{policy.pk}",
            rows=[policy],
            title=title,
            owner=owner and owner.pk,
            place=place,
            months=months,
        )
    return policy


def take_over_policies(
    organisation: Organisation, *, known: Iterable[str], person: Person, on: date, at: datetime
) -> list[Policy]:
    """Puts policies of the packs in the list, those that are not there yet."""
    templates = isms_on(on).policies
    there = set(
        Policy.objects.filter(organisation=organisation, closed_on__isnull=True).values_list("known_as", flat=True)
    )
    return [
        add_policy(
            organisation, title=text_of(template.title), known_as=template.id, months=template.within.months or 12,
            person=person, on=on, at=at,
        )
        for each in dict.fromkeys(known)
        if (template := templates.get(each)) is not None and each not in there
    ]  # fmt: skip


def note_policy(
    policy: Policy,
    *,
    kind: str,
    day: date,
    by: str,
    person: Person,
    on: date,
    at: datetime,
    version: str = "",
    place: str = "",
    file: File | None = None,
) -> PolicyEvent:
    """Notes that a policy was adopted, or reviewed and found right, and records what that settles in the ledger.

    Raises Refused (closed, future), and what ``add_evidence`` raises.
    """
    organisation = policy.organisation
    if day > on:
        raise Refused("future")
    with doing(organisation, person=person, on=on, at=at) as deed:
        if not Policy.objects.filter(pk=policy.pk, closed_on__isnull=True).exists():
            raise Refused("closed")
        kept = None
        if file is not None:
            kept = add_evidence(organisation, file=file, name=file.name or "", person=person, on=on, at=at, made_on=day)
        template = isms_on(on).policies.get(policy.known_as)
        if template is not None and not policy.events.filter(on__gt=day).exists():
            names = dict.fromkeys((*template.adopted, *template.reviewed) if kind == "adopted" else template.reviewed)
            deed.settle([deed.answer(name, day, [kept] if kept else ()) for name in names])
        found = PolicyEvent.objects.create(
            policy=policy, kind=kind, on=day, by=by, version=version, evidence=kept, recorded_on=on
        )
        policy.version, policy.place = version or policy.version, place or policy.place
        policy.save(update_fields=["version", "place"])
        verb = "policy_adopted" if kind == PolicyEventKind.ADOPTED else "policy_reviewed"
        deed.write(
            verb, about=f"policy:{policy.pk}", rows=[found, policy], by=by, on=day, version=version,
            evidence=kept and kept.sha256,
        )  # fmt: skip
    return found


def close_policy(policy: Policy, *, person: Person, on: date, at: datetime) -> None:
    """Takes a policy out of the list. Raises Refused (closed)."""
    with doing(policy.organisation, person=person, on=on, at=at) as deed:
        if not Policy.objects.filter(pk=policy.pk, closed_on__isnull=True).update(closed_on=on):
            raise Refused("closed")
        deed.write("policy_closed", about=f"policy:{policy.pk}", rows=[policy], title=policy.title)


def note_training(
    organisation: Organisation,
    *,
    group: str,
    title: str,
    held_on: date,
    person: Person,
    on: date,
    at: datetime,
    invited: int | None = None,
    attended: int | None = None,
    provider: str = "",
) -> Training:
    """Notes a training for a group, and records it in the ledger where that asks for it. Raises Refused (group, future)."""
    known = isms_on(on).groups.get(group)
    if known is None:
        raise Refused("group")
    if held_on > on:
        raise Refused("future")
    with doing(organisation, person=person, on=on, at=at) as deed:
        found = Training.objects.create(
            organisation=organisation, group=group, title=title, held_on=held_on, invited=invited, attended=attended,
            provider=provider, recorded_on=on,
        )  # fmt: skip
        later = Training.objects.filter(organisation=organisation, group=group, held_on__gt=held_on)
        if known.fact and not later.exists():
            deed.settle([deed.answer(known.fact, held_on, ())])
        deed.write(
            "training_held", about="training", rows=[found], id=found.pk, group=group, title=title, held_on=held_on,
            invited=invited, attended=attended, provider=provider,
        )  # fmt: skip
    return found
