"""Lines of a framework as they stand in a list: narrowed, a page at a time, grouped, with verdict and road in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from dijkwacht.apps.frameworks.models import Framework, Line
from dijkwacht.apps.frameworks.queries import frameworks
from dijkwacht.apps.frameworks.queries.frameworks import Reached
from dijkwacht.apps.frameworks.words import according_to
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.verdict import STATUSES, Status
from dijkwacht.web.framework_words import road_sentence

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A line with the verdict that reaches it, how that came, and where its first source can be looked at."""

    line: Line
    status: Status
    road: str
    sources: tuple[tuple[str, str], ...]  # requirement and what it is called
    by: tuple[str, ...] = ()  # whose mappings say so


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines of one page by group, the counts over all lines, and how many fit the filter."""

    groups: Sequence[tuple[str, Sequence[Row]]]
    page: Page[Reached]
    counts: Mapping[str, int]
    found: int


def listed(found: Framework, chosen: Mapping[str, Any], *, of: Organisation, page: str, on: date) -> Listed:
    """The lines that fit the filter, with the verdicts of an organisation.

    Lines that were withdrawn do not count, and are shown only when they are looked for.
    """
    text = str(chosen.get("text") or "")
    every = frameworks.reached(found, list(found.lines.filter(withdrawn=False)), on=on, of=of)
    counts = {str(each): sum(1 for one in every if one.carried.status is each) for each in STATUSES}
    if text:
        words = Q(number__icontains=text) | Q(title__icontains=text) | Q(text__icontains=text)
        every = frameworks.reached(found, list(found.lines.filter(words)), on=on, of=of)
    wanted = chosen.get("verdict")
    fits = [each for each in every if not wanted or each.carried.status == wanted]
    shown = Paginator(fits, PER_PAGE).get_page(page)
    names = frameworks.source_names(shown.object_list, on=on)
    rows = [row_of(each, names) for each in shown.object_list]
    groups = [(group, list(inner)) for group, inner in groupby(rows, key=lambda row: row.line.group)]
    return Listed(groups, shown, counts, len(fits))


def row_of(each: Reached, names: Mapping[str, str]) -> Row:
    """A line as it stands in a list."""
    road = each.carried.road
    sources = tuple((source.requirement, names[source.requirement]) for source in road[:3])
    by = tuple(according_to(mapping) for mapping in each.by)
    return Row(each.line, each.carried.status, road_sentence(each.carried, names), sources, by)
