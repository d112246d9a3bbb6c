"""Links of a mapping as they stand in a list: narrowed, a page at a time, with what both sides are called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from dijkwacht.apps.frameworks.models import Framework, Line, MappingSet
from dijkwacht.apps.frameworks.queries import choices
from dijkwacht.apps.frameworks.queries.choices import Link
from dijkwacht.apps.frameworks.queries.frameworks import names_of
from dijkwacht.apps.frameworks.words import choice_sentence
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import Organisation
from dijkwacht.web.framework_words import RELATIONS
from dijkwacht.web.terms import text_of

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A link in words. ``why``: who switched it on or off, and the reason; empty when nobody did."""

    link: Link
    sources: Sequence[tuple[str, str]]  # number and title
    targets: Sequence[tuple[str, str]]
    relation: str
    why: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The links of one page, how many fit the filter, and how many of all count."""

    page: Page[Row]
    found: int
    counting: int
    total: int
    keys: Sequence[str]


def listed(mapping: MappingSet, chosen: Mapping[str, Any], *, of: Organisation, page: str, on: date) -> Listed:
    """The links of a mapping that fit the filter, as they count for an organisation."""
    every = choices.links(mapping, of=of)
    sources, targets = (_named(mapping, side, every, on) for side in ("source", "target"))
    rows = [_row(each, sources, targets, of) for each in every]
    text, relation, counts = (str(chosen.get(key) or "") for key in ("text", "relation", "counts"))
    fits = [
        row
        for row in rows
        if (not relation or row.link.one.relation == relation)
        and (not counts or row.link.counts is (counts == "yes"))
        and (not text or text.lower() in _words(row))
    ]
    counting = sum(1 for each in every if each.counts)
    shown = Paginator(fits, PER_PAGE).get_page(page)
    return Listed(shown, len(fits), counting, len(every), [each.key for each in every])


Names = Mapping[str, tuple[str, str]]


def _row(link: Link, sources: Names, targets: Names, of: Organisation) -> Row:
    return Row(
        link, [sources[each] for each in link.one.sources], [targets[each] for each in link.one.targets],
        str(RELATIONS[link.one.relation]), choice_sentence(link.choice, of=of) if link.choice else "",
    )  # fmt: skip


def _words(row: Row) -> str:
    return " ".join(" ".join(each) for each in (*row.sources, *row.targets)).lower()


def _named(mapping: MappingSet, side: str, every: Iterable[Link], on: date) -> Names:
    """What the ids on one side are called: requirements of ours, lines of a framework, or just what stands there."""
    ids = dict.fromkeys(name for each in every for name in getattr(each.one, f"{side}s"))
    norm, framework = getattr(mapping, f"{side}_norm"), getattr(mapping, side)
    if norm:
        rules, numbers = packs_on(on).norms.requirements, names_of(ids, on=on)
        return {name: (numbers[name], text_of(rules[name].title) if name in rules else "") for name in ids}
    lines = _lines(framework, ids) if framework is not None else {}
    return {name: lines.get(name, (name, "")) for name in ids}


def _lines(framework: Framework, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    rows = Line.objects.filter(framework=framework, key__in=list(ids)).values_list("key", "number", "title")
    return {key: (number, title) for key, number, title in rows}
