"""Frameworks, mappings and own texts of an organisation, and the verdict that reaches each line of a framework."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from dijkwacht.apps.frameworks.models import Framework, Line, MappingSet, OwnText, TextSet
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.carry import Carried
from dijkwacht.core.framework import Map, Roads, converse, together
from dijkwacht.core.verdict import Status


@dataclass(frozen=True, slots=True)
class Reached:
    """A line of a framework, and the verdict that reaches it over mappings, with its road."""

    line: Line
    carried: Carried


def frameworks(organisation: Organisation) -> QuerySet[Framework]:
    """The frameworks that stand, each with its number of lines (``size``), without their documents."""
    rows = Framework.objects.filter(organisation=organisation, ended_at__isnull=True).defer("document")
    return rows.select_related("brought").annotate(size=Count("lines"))


def framework(organisation: Organisation, pk: int) -> Framework | None:
    """One framework, also one that has ended; None when it is not this organisation's."""
    return Framework.objects.filter(organisation=organisation, pk=pk).select_related("brought", "replaces").first()


def mapping_sets(organisation: Organisation) -> QuerySet[MappingSet]:
    """The mappings that stand."""
    rows = MappingSet.objects.filter(organisation=organisation, ended_at__isnull=True)
    return rows.select_related("brought", "source", "target").defer("source__document", "target__document")


def mapping_set(organisation: Organisation, pk: int) -> MappingSet | None:
    """One mapping; None when it is not this organisation's."""
    return MappingSet.objects.filter(organisation=organisation, pk=pk).select_related("brought").first()


def text_sets(organisation: Organisation) -> QuerySet[TextSet]:
    """The own copies of texts that stand, each with its number of texts (``size``)."""
    rows = TextSet.objects.filter(organisation=organisation, ended_at__isnull=True)
    return rows.select_related("brought").annotate(size=Count("texts"))


def text_set(organisation: Organisation, pk: int) -> TextSet | None:
    """One own copy; None when it is not this organisation's."""
    return TextSet.objects.filter(organisation=organisation, pk=pk).select_related("brought").first()


def own_text(organisation: Organisation, requirement: str) -> OwnText | None:
    """The text of a requirement in the organisation's own copy of the norm; None when it brought none."""
    rows = OwnText.objects.filter(text_set__organisation=organisation, text_set__ended_at__isnull=True)
    return rows.filter(requirement=requirement).select_related("text_set__brought").order_by("-pk").first()


def maps_to(found: Framework) -> list[Map]:
    """All maps from our norms to a framework; a mapping the other way round is turned, which says no more and no less."""
    sets = mapping_sets(found.organisation).filter(
        (Q(target=found) & ~Q(source_norm="")) | (Q(source=found) & ~Q(target_norm=""))
    )
    maps: list[Map] = []
    for each in sets:
        maps += each.read_maps if each.target_id == found.pk else (converse(one) for one in each.read_maps)
    return maps


def statuses(organisation: Organisation, requirements: Iterable[str], *, on: date) -> dict[str, Status]:
    """One status per requirement of ours, over all its lines, on a day."""
    found: dict[str, list[Status]] = {}
    for each in verdicts.lines(organisation, requirements=requirements, on=on):
        found.setdefault(each.requirement.id, []).append(each.verdict.status)
    return {name: together(every) for name, every in found.items()}


def reached(found: Framework, lines: Sequence[Line], *, on: date) -> list[Reached]:
    """Lines of a framework with what reaches them on a day."""
    roads = Roads.of(maps_to(found))
    wanted = dict.fromkeys(source for line in lines for source, _ in roads.pairs.get(line.key, ()))
    known = statuses(found.organisation, wanted, on=on) if wanted else {}
    return [Reached(line, roads.carried(line.key, known)) for line in lines]


def source_names(each: Iterable[Reached], *, on: date) -> Mapping[str, str]:
    """How the sources on these roads are called: ``BIO2 8.13.04``."""
    norms = packs_on(on).norms
    names = {source.requirement for one in each for source in one.carried.road}
    found = {}
    for name in names:
        catalog, _, number = name.partition(":")
        held = norms.catalogs.get(catalog)
        short = (held.short.get("nl") if held else "") or catalog.upper()
        found[name] = f"{short} {number}"
    return found
