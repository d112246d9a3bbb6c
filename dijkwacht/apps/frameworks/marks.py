"""Which rows of this room the trail tells of, and how. Lines and texts are marked with the framework or copy they are of."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Model

from dijkwacht.apps.frameworks.models import Brought, Framework, Line, LinkChoice, MappingSet, OwnText, TextSet
from dijkwacht.apps.trail.marks import Marks, marks, table

LINE = ("position", "key", "number", "title", "text", "group", "parent", "withdrawn")


def _lines(frameworks: Collection[Any]) -> Mapping[Any, list[Any]]:
    rows = Line.objects.filter(framework__in=frameworks).order_by("framework", "position", "pk")
    return _by_first(rows.values_list("framework_id", *LINE).iterator(chunk_size=2000))


def _texts(sets: Collection[Any]) -> Mapping[Any, list[Any]]:
    rows = OwnText.objects.filter(text_set__in=sets).order_by("text_set", "requirement", "pk")
    return _by_first(rows.values_list("text_set_id", "requirement", "title", "text").iterator(chunk_size=2000))


def _by_first(rows: Iterable[tuple[Any, ...]]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for first, *rest in rows:
        found.setdefault(first, []).append(rest)
    return found


TABLES = (
    table("brought", Brought),
    table("framework", Framework, parts={"lines": _lines}),
    table("mapping_set", MappingSet),
    table("link_choice", LinkChoice),
    table("text_set", TextSet, parts={"texts": _texts}),
)


def marked(rows: Iterable[Model]) -> Marks:
    """What the entry of an act tells of the rows that it made or changed."""
    return marks(TABLES, rows)
