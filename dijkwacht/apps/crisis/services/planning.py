"""The crisis plan: a draft from the template or from the version before, changed, and adopted by an office on a day."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import get_language

from dijkwacht.apps.crisis.models import Card, Fallback, Plan, Step
from dijkwacht.apps.crisis.services.doing import Refused, doing
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.facts import answer
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.crisis import missing_roles, unfinished
from dijkwacht.core.facts import Assurance
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.web.moments import day_of
from dijkwacht.web.terms import text_of

ADOPTED = "crisis.plan.adopted"
NEEDED = ("first_minutes", "first_hour", "call", "replacement")
"""What a card cannot do without: nobody acts on an empty card."""
CARD_TEXTS = ("title", "purpose", "first_minutes", "first_hour", "decisions", "avoid", "call", "replacement")


def draft_plan(organisation: Organisation, *, person: Person | None, at: datetime) -> Plan:
    """A new draft: a copy of the version that stands, else from the template in the language of the page.

    Raises Refused (draft_there).
    """
    with doing(organisation, person=person, at=at) as deed:
        rows = Plan.objects.filter(organisation=organisation)
        if rows.filter(adopted_on__isnull=True).exists():
            raise Refused("draft_there")
        last = rows.first()
        language = last.language if last else (get_language() or "nl")[:2]
        plan = Plan.objects.create(
            organisation=organisation, number=last.number + 1 if last else 1, language=language, made_on=day_of(at),
            made_by=person,
        )  # fmt: skip
        parts = _copied(last, plan) if last else _from_template(plan)
        deed.write("plan_drafted", about=f"crisis_plan:{plan.pk}", rows=[plan, *parts], number=plan.number)
    return plan


def _from_template(plan: Plan) -> list[Any]:
    pack = crisis_pack().plan
    made: list[Any] = []
    for rank, role in enumerate(pack.roles.values(), 1):
        texts = {key: text_of(getattr(role, key)).strip() for key in CARD_TEXTS[1:]}
        made.append(Card.objects.create(plan=plan, rank=rank, role=role.id, title=text_of(role.name), **texts))
    steps = [
        Step(plan=plan, level=each.level, when=text_of(each.when).strip(), who=text_of(each.who)) for each in pack.steps
    ]
    for step in steps:
        step.save()
    return [*made, *steps]


def _copied(last: Plan, plan: Plan) -> list[Any]:
    made: list[Any] = []
    rows: list[Any] = [*last.cards.all(), *last.steps.all(), *last.fallbacks.all()]
    for row in rows:
        row.pk, row.plan = None, plan
        row._state.adding = True
        row.save()
        made.append(row)
    return made


def card_token(card: Card) -> str:
    """What a form shows of a card as it was read, so that two people do not overwrite each other."""
    return sha256("\x00".join(getattr(card, key) for key in CARD_TEXTS).encode()).hexdigest()[:16]


def change_card(card: Card, *, seen: str, person: Person | None, at: datetime, **texts: str) -> Card:
    """What a card of a draft says now. Raises Refused (adopted, gone, empty)."""
    with doing(card.plan.organisation, person=person, at=at) as deed:
        row: Card = _of_draft(Card, card.pk)
        if seen != card_token(row):
            raise Refused("gone")
        if not texts.get("title", "").strip():
            raise Refused("empty", field="title")
        for key in CARD_TEXTS:
            setattr(row, key, texts.get(key, getattr(row, key)).strip())
        row.save()
        deed.write("card_changed", about=f"crisis_plan:{row.plan_id}", rows=[row], title=row.title)
    return row


def add_card(plan: Plan, *, person: Person | None, at: datetime, **texts: str) -> Card:
    """A card for a role of our own. Raises Refused (adopted, empty)."""
    with doing(plan.organisation, person=person, at=at) as deed:
        _draft(plan)
        if not texts.get("title", "").strip():
            raise Refused("empty", field="title")
        last = plan.cards.order_by("-rank").first()
        row = Card.objects.create(plan=plan, rank=last.rank + 1 if last else 1, **texts)
        deed.write("card_added", about=f"crisis_plan:{plan.pk}", rows=[row], title=row.title)
    return row


def change_step(step: Step, *, when: str, who: str, person: Person | None, at: datetime) -> Step:
    """When a rung is reached, in a draft. Raises Refused (adopted)."""
    with doing(step.plan.organisation, person=person, at=at) as deed:
        row: Step = _of_draft(Step, step.pk)
        row.when, row.who = when.strip(), who.strip()
        row.save(update_fields=["when", "who"])
        deed.write("step_changed", about=f"crisis_plan:{row.plan_id}", rows=[row], level=row.level)
    return row


def put_fallback(plan: Plan, *, subject: Subject, person: Person | None, at: datetime, **what: Any) -> Fallback:
    """How a process goes on by another way, in a draft; replaces what stood there. Raises Refused (adopted, process)."""
    with doing(plan.organisation, person=person, at=at) as deed:
        _draft(plan)
        if subject.organisation_id != plan.organisation_id or subject.kind != "process":
            raise Refused("process", field="subject")
        row, _made = Fallback.objects.update_or_create(plan=plan, subject=subject, defaults=what)
        deed.write("fallback_put", about=f"crisis_plan:{plan.pk}", rows=[row], process=subject.name)
    return row


def adopt_plan(
    plan: Plan,
    *,
    office: str,
    day: date,
    review_on: date,
    person: Person | None,
    at: datetime,
    changes: str = "",
) -> Plan:
    """An office adopted the draft on a day; from now on it does not change, and the ledger knows.

    Raises Refused (adopted, office, future, review, before, unfinished).
    """
    organisation, on, pack = plan.organisation, day_of(at), crisis_pack().plan
    with doing(organisation, person=person, at=at) as deed:
        row = _draft(plan)
        _may_be_adopted(row, office=office, day=day, review_on=review_on, on=on)
        if person is not None:
            answer(
                organisation, person=person, subject=judging.own_subject(organisation, on=on), fact_type=ADOPTED,
                value=True, on=on, at=at, since=day, assurance=Assurance.DOCUMENTED,
            )  # fmt: skip
        row.adopted_on, row.review_on, row.changes = day, review_on, changes
        row.adopted_by = text_of(pack.offices[office])
        row.save()
        deed.write(
            "plan_adopted", about=f"crisis_plan:{row.pk}", rows=[row], number=row.number, by=row.adopted_by, on=day,
            review_on=review_on,
        )  # fmt: skip
    return row


def _may_be_adopted(plan: Plan, *, office: str, day: date, review_on: date, on: date) -> None:
    pack = crisis_pack().plan
    if office not in pack.offices:
        raise Refused("office", field="office")
    if day > on:
        raise Refused("future", field="day")
    if review_on <= day:
        raise Refused("review", field="review_on")
    before = Plan.objects.filter(organisation=plan.organisation, adopted_on__gt=day)
    if before.exists():
        raise Refused("before", field="day")
    cards = list(plan.cards.all())
    open_cards = unfinished([{key: getattr(each, key) for key in NEEDED} for each in cards], NEEDED)
    lacking = missing_roles(pack.roles, [each.role for each in cards])
    if open_cards or lacking:
        names = [cards[at].title for at in open_cards] + [text_of(pack.roles[each].name) for each in lacking]
        raise Refused("unfinished", cards=", ".join(names))


def drop_draft(plan: Plan, *, person: Person | None, at: datetime) -> None:
    """Throws a draft away; the trail remembers that it was there. Raises Refused (adopted)."""
    with doing(plan.organisation, person=person, at=at) as deed:
        row = _draft(plan)
        parts = [*row.cards.all(), *row.steps.all(), *row.fallbacks.all(), row]
        number, about = row.number, f"crisis_plan:{row.pk}"
        gone = [type(each)(pk=each.pk) for each in parts]
        row.delete()
        deed.write("plan_dropped", about=about, rows=gone, number=number)


def _draft(plan: Plan) -> Plan:
    row = Plan.objects.filter(pk=plan.pk, adopted_on__isnull=True).select_related("organisation").first()
    if row is None:
        raise Refused("adopted")
    return row


def _of_draft(model: Any, pk: int) -> Any:
    row = model.objects.filter(pk=pk, plan__adopted_on__isnull=True).first()
    if row is None:
        raise Refused("adopted")
    return row
