"""The plan: actions with how they stand, and the questions that finishing one can settle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dijkwacht.apps.isms.models import Action
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.ledger.queries.questions import open_questions
from dijkwacht.apps.ledger.services.judging import own_subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.facts import FactType
from dijkwacht.core.isms_cycle import Pressing, pressing

MOST_QUESTIONS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """An action with how its term stands."""

    action: Action
    pressing: Pressing


def actions(organisation: Organisation) -> QuerySet[Action]:
    """All actions with their links, the first due first."""
    rows = Action.objects.filter(organisation=organisation)
    return rows.select_related("owner", "done_by", "risk", "finding__audit", "review", "subject", "organisation")


def open_rows(organisation: Organisation, *, on: date) -> list[Row]:
    """What still has to be done."""
    rows = actions(organisation).filter(done_on__isnull=True, dropped_on__isnull=True)
    return [Row(each, pressing(each.due, done=False, on=on)) for each in rows]


def by_owner(rows: Iterable[Row], *, nobody: str) -> list[tuple[str, list[Row]]]:
    """Rows under the name of who does it; what nobody has comes last, under ``nobody``."""
    groups: dict[str, list[Row]] = {}
    for each in sorted(rows, key=lambda each: (each.action.owner is None, str(each.action.owner or ""))):
        groups.setdefault(str(each.action.owner or nobody), []).append(each)
    return list(groups.items())


def closed_rows(organisation: Organisation, *, limit: int = 50) -> list[Action]:
    """What was done or dropped, the last first."""
    rows = actions(organisation).exclude(done_on__isnull=True, dropped_on__isnull=True)
    return list(rows.order_by("-done_on", "-dropped_on", "-number")[:limit])


def action(organisation: Organisation, pk: int) -> Action | None:
    """One action; None when it is another's."""
    return actions(organisation).prefetch_related("evidence").filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that finishing an action can settle."""

    subject: Subject
    fact_type: FactType


def settles(found: Action, *, on: date) -> list[Ask]:
    """The questions that finishing this action can settle: its own, or the open ones of its requirement.

    A requirement that is not in order has answers that say so: then all of its questions are offered, so that they can be
    answered anew.
    """
    packs = packs_on(on)
    if found.fact_type and found.subject is not None:
        return [Ask(found.subject, packs.fact_type(found.fact_type))]
    if found.requirement not in packs.norms.requirements:
        return []
    organisation = found.organisation
    asked = open_questions(organisation, on=on, requirements=[found.requirement])
    pairs = [(each.subject, each.fact_type) for each in asked]
    if not pairs:
        needs = sorted(packs.needs(frozenset([found.requirement])))
        pairs = [(organisation.slug, name) for name in needs if packs.fact_type(name).subject == "organisation"]
    by_key = {each.key: each for each in subjects.subjects(organisation)}
    by_key[organisation.slug] = own_subject(organisation, on=on)
    wanted = [(by_key[key], name) for key, name in pairs if key in by_key][:MOST_QUESTIONS]
    return [Ask(subject, packs.fact_type(name)) for subject, name in wanted]
