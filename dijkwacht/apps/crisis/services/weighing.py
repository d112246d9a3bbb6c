"""What is weighed, checked and handed over in a crisis; and an incident held against the five axes. Each is added."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from dijkwacht.apps.crisis.models import Comparison, Crisis, Informing, MayorCard, Weighing
from dijkwacht.apps.crisis.services.doing import Refused, doing, still_open
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.crisis import LIKENESSES, WEIGHTS
from dijkwacht.norms.crisis import crisis_pack

STATES = ("done", "busy", "not_now")
MOST_OPTIONS = 3
LIMITS = {
    "happens": 320, "residents": 320, "decides": 320, "asked": 200, "advice": 240, "unknown": 240, "speaks": 160,
    "next_what": 160, "what": 90, "then": 140,
}  # fmt: skip
"""So many characters each part of the mayor's card may have: together it stays one page."""
Answers = Mapping[str, Mapping[str, str]]


def weigh_crisis(crisis: Crisis, *, answers: Answers, conclusion: str, person: Person | None, at: datetime) -> Weighing:
    """How heavy the effect is, per criterion. Raises Refused (kind, closed)."""
    known = crisis_pack().weighing.criteria
    for name, each in answers.items():
        if name not in known or each.get("level") not in WEIGHTS:
            raise Refused("kind", field=name)
    with doing(crisis.organisation, person=person, at=at) as deed:
        still_open(crisis)
        kept = {name: dict(each) for name, each in answers.items()}
        row = Weighing.objects.create(crisis=crisis, answers=kept, conclusion=conclusion.strip(), at=at, by=person)
        deed.write("weighed", about=f"crisis:{crisis.pk}", rows=[row], number=crisis.name)
    return row


def inform(crisis: Crisis, *, item: str, state: str, person: Person | None, at: datetime, note: str = "") -> Informing:
    """What was done about a point of the duty to inform. Raises Refused (kind, why_not, closed)."""
    if item not in crisis_pack().weighing.informing or state not in STATES:
        raise Refused("kind", field="item")
    if state == "not_now" and not note.strip():
        raise Refused("why_not", field="note")
    with doing(crisis.organisation, person=person, at=at) as deed:
        still_open(crisis)
        row = Informing.objects.create(crisis=crisis, item=item, state=state, note=note.strip(), at=at, by=person)
        deed.write("informed", about=f"crisis:{crisis.pk}", rows=[row], number=crisis.name, item=item, state=state)
    return row


def write_card(
    crisis: Crisis, *, options: Sequence[Mapping[str, str]], person: Person | None, at: datetime, **texts: Any
) -> MayorCard:
    """A new mayor's card, with the rungs as they are now. Raises Refused (empty, long, options, closed)."""
    for name in ("happens", "residents", "decides", "unknown", "speaks"):
        if not str(texts.get(name, "")).strip():
            raise Refused("empty", field=name)
    _fits(texts, "")
    given = [{key: str(each.get(key, "")).strip() for key in ("what", "then")} for each in options]
    given = [each for each in given if each["what"]]
    if len(given) > MOST_OPTIONS or (texts.get("asked", "").strip() and len(given) < 2):
        raise Refused("options", field="option_1_what")
    for at_option, each in enumerate(given, 1):
        _fits(each, f"option_{at_option}_")
    with doing(crisis.organisation, person=person, at=at) as deed:
        now = still_open(crisis)
        last = crisis.cards.aggregate(n=Max("number"))["n"]
        row = MayorCard.objects.create(
            crisis=crisis, number=(last or 0) + 1, options=given, grip=now.grip, digital=now.digital, at=at, by=person,
            **{key: value.strip() if isinstance(value, str) else value for key, value in texts.items()},
        )  # fmt: skip
        deed.write("card_written", about=f"crisis:{crisis.pk}", rows=[row], number=crisis.name, card=row.number)
    return row


def _fits(texts: Mapping[str, Any], prefix: str) -> None:
    for name, most in LIMITS.items():
        value = texts.get(name)
        if isinstance(value, str) and (len(value.strip()) > most or value.strip().count("\n") > 1):
            raise Refused("long", field=f"{prefix}{name}", most=most)


def compare(
    organisation: Organisation, *, title: str, answers: Answers, person: Person | None, at: datetime,
    crisis: Crisis | None = None, incident: str = "",
) -> Comparison:  # fmt: skip
    """An incident held against the axes. Raises Refused (empty, kind)."""
    if not title.strip():
        raise Refused("empty", field="title")
    axes = crisis_pack().axes
    for name, each in answers.items():
        if name not in axes or each.get("like") not in LIKENESSES:
            raise Refused("kind", field=name)
    with doing(organisation, person=person, at=at) as deed:
        kept = {name: dict(each) for name, each in answers.items()}
        row = Comparison.objects.create(
            organisation=organisation, title=title.strip(), crisis=crisis, incident=incident.strip(), answers=kept, at=at,
            by=person,
        )  # fmt: skip
        deed.write("compared", about=f"crisis_comparison:{row.pk}", rows=[row], title=row.title)
    return row
