"""Which links of a mapping count for an organisation, by its own choice or that of whoever shares the mapping with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dijkwacht.apps.frameworks.models import LinkChoice, MappingSet
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.framework import Map, link_key

Key = tuple[str, str]  # ref of the mapping, key of the link


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a mapping: whether it counts, and the choice on which that rests (None: it counts, nobody chose)."""

    key: str
    one: Map
    counts: bool
    choice: LinkChoice | None = None


def latest(organisation: Organisation, *, refs: Iterable[str] | None = None) -> dict[Key, LinkChoice]:
    """The last choice of an organisation about each link, over all mappings or those of ``refs``."""
    rows = LinkChoice.objects.filter(organisation=organisation).select_related("person", "organisation")
    if refs is not None:
        rows = rows.filter(ref__in=list(refs))
    return {(each.ref, each.link): each for each in rows.order_by("act", "pk")}


def holding(of: Organisation, *, owner: Organisation, refs: Iterable[str] | None = None) -> Mapping[Key, LinkChoice]:
    """The choices that hold for ``of``: its own go before those of the owner of the mapping."""
    held = list(refs) if refs is not None else None
    own = latest(of, refs=held)
    return own if owner == of else latest(owner, refs=held) | own


def off(of: Organisation, *, owner: Organisation) -> set[Key]:
    """The links that do not count for ``of``."""
    return {key for key, each in holding(of, owner=owner).items() if not each.counts}


def links(mapping: MappingSet, *, of: Organisation) -> Sequence[Link]:
    """Every link of a mapping in its order, each once, with what holds of it for ``of``."""
    held = holding(of, owner=mapping.organisation, refs=[mapping.ref])
    found: dict[str, Link] = {}
    for one in mapping.read_maps:
        key = link_key(one)
        choice = held.get((mapping.ref, key))
        found.setdefault(key, Link(key, one, choice is None or choice.counts, choice))
    return list(found.values())
