"""Choosing which links of a mapping count. Nothing of the mapping changes: the choice stands beside it, with its reason."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Model

from dijkwacht.apps.frameworks.marks import marked
from dijkwacht.apps.frameworks.models import LinkChoice, MappingSet
from dijkwacht.apps.frameworks.queries import choices
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record


class UnknownLinkError(ValueError):
    """A link that the mapping does not have."""


def choose(
    organisation: Organisation,
    mapping: MappingSet,
    links: Collection[str],
    *,
    counts: bool,
    why: str,
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
) -> int:
    """Lets links (their keys) count for the organisation, or not; returns of how many that changed.

    One act, one entry. Links that stand so already are left alone; when all do, nothing is written. Raises
    UnknownLinkError, and ValueError without a reason.
    """
    why = why.strip()
    if not why:
        raise ValueError("a choice needs a reason")
    with acting(organisation, person=person, on=on, at=at, actor=actor) as act:
        held = {each.key: each for each in choices.links(mapping, of=organisation)}
        if unknown := set(links) - held.keys():
            raise UnknownLinkError(sorted(unknown)[0])
        changed = [held[key] for key in sorted(set(links)) if held[key].counts is not counts]
        if not changed:
            return 0
        rows: list[Model] = [
            LinkChoice.objects.create(
                organisation=organisation, ref=mapping.ref, link=each.key, counts=counts, why=why, act=act.number,
                at=at, person=person,
            )
            for each in changed
        ]  # fmt: skip
        detail = {
            "day": on, "mapping": mapping.title[:200], "ref": mapping.ref, "counts": counts, "why": why, "n": len(rows),
            "links": [[str(each.one.relation), list(each.one.sources), list(each.one.targets)] for each in changed],
            ROWS: marked(rows),
        }  # fmt: skip
        record(
            organisation, person=person, actor=actor, act=f"frameworks.links_{'on' if counts else 'off'}",
            about=f"mapping:{mapping.pk}", detail=detail, at=at,
        )  # fmt: skip
    return len(changed)
