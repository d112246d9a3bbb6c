"""Frameworks, mappings and own texts of an organisation, and the verdict that reaches each line of a framework."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from dijkwacht.apps.frameworks.models import Framework, Line, MappingSet, OwnText, TextSet
from dijkwacht.apps.frameworks.queries import choices, shared
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.carry import Carried
from dijkwacht.core.framework import Map, Roads, converse, link_key, single, together
from dijkwacht.core.verdict import Status


@dataclass(frozen=True, slots=True)
class Led:
    """A link that counts, turned towards the framework, and the mapping that has it."""

    mapping: MappingSet
    one: Map


@dataclass(frozen=True, slots=True)
class Reached:
    """A line of a framework, the verdict that reaches it over mappings with its road, and by whose mappings."""

    line: Line
    carried: Carried
    by: tuple[MappingSet, ...] = ()


def frameworks(organisation: Organisation) -> QuerySet[Framework]:
    """The frameworks that stand, each with its number of lines (``size``), without their documents."""
    rows = Framework.objects.filter(organisation=organisation, ended_at__isnull=True).defer("document")
    return rows.select_related("brought").annotate(size=Count("lines"))


def framework(organisation: Organisation, pk: int) -> Framework | None:
    """One framework, also one that has ended; None when it is not this organisation's."""
    rows = Framework.objects.filter(organisation=organisation, pk=pk)
    return rows.select_related("brought__person", "replaces", "organisation").first()


def readable(organisation: Organisation, pk: int, *, today: date) -> Framework | None:
    """One framework that the organisation has, or that another shares with it today; None otherwise."""
    own = framework(organisation, pk)
    if own is not None:
        return own
    return next((each.framework for each in shared.received(organisation, on=today) if each.framework.pk == pk), None)


def mapping_sets(organisation: Organisation) -> QuerySet[MappingSet]:
    """The mappings that stand."""
    rows = MappingSet.objects.filter(organisation=organisation, ended_at__isnull=True)
    related = rows.select_related("brought", "source", "target", "organisation")
    return related.defer("source__document", "target__document")


def mappings_of(found: Framework) -> QuerySet[MappingSet]:
    """The mappings from and to a framework that stand: those of whoever brought the framework in."""
    return mapping_sets(found.organisation).filter(Q(target=found) | Q(source=found))


def mapping_set(organisation: Organisation, pk: int) -> MappingSet | None:
    """One mapping; None when it is not this organisation's."""
    rows = MappingSet.objects.filter(organisation=organisation, pk=pk)
    return rows.select_related("brought", "source", "target", "organisation").first()


def readable_mapping(organisation: Organisation, pk: int, *, today: date) -> MappingSet | None:
    """One mapping that stands, of the organisation or of a framework that is shared with it today; None otherwise."""
    own = mapping_set(organisation, pk)
    if own is not None:
        return own if own.ended_at is None else None
    given = (each.framework for each in shared.received(organisation, on=today))
    return next((each for one in given for each in mappings_of(one) if each.pk == pk), None)


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


def links_to(found: Framework, *, of: Organisation) -> list[Led]:
    """The links from our norms to a framework that count for an organisation.

    A mapping the other way round is turned, which says no more and no less. One step: a mapping between two frameworks
    carries nothing on.
    """
    sets = mappings_of(found).filter(
        (Q(target=found) & ~Q(source_norm="")) | (Q(source=found) & ~Q(target_norm=""))
    )  # fmt: skip
    off = choices.off(of, owner=found.organisation)
    return [
        Led(each, one if each.target_id == found.pk else converse(one))
        for each in sets
        for one in each.read_maps
        if not off or (each.ref, link_key(one)) not in off
    ]


def statuses(organisation: Organisation, requirements: Iterable[str], *, on: date) -> dict[str, Status]:
    """One status per requirement of ours, over all its lines, on a day."""
    found: dict[str, list[Status]] = {}
    for each in verdicts.lines(organisation, requirements=requirements, on=on):
        found.setdefault(each.requirement.id, []).append(each.verdict.status)
    return {name: together(every) for name, every in found.items()}


def reached(found: Framework, lines: Sequence[Line], *, on: date, of: Organisation | None = None) -> list[Reached]:
    """Lines of a framework with what reaches them on a day. ``of``: whose verdicts; who has the framework otherwise."""
    whose = of or found.organisation
    led = links_to(found, of=whose)
    roads = Roads.of(each.one for each in led)
    wanted = dict.fromkeys(source for line in lines for source, _ in roads.pairs.get(line.key, ()))
    known = statuses(whose, wanted, on=on) if wanted else {}
    by = _by_pair(led)
    return [_reached(line, roads.carried(line.key, known), by) for line in lines]


Pairs = Mapping[tuple[str, str, str], Mapping[int, MappingSet]]


def _by_pair(led: Iterable[Led]) -> Pairs:
    """Which mappings say of a source and a target how they relate."""
    found: dict[tuple[str, str, str], dict[int, MappingSet]] = {}
    for each in led:
        relation = str(single(each.one))
        for source in each.one.sources:
            for target in each.one.targets:
                found.setdefault((source, target, relation), {})[each.mapping.pk] = each.mapping
    return found


def _reached(line: Line, carried: Carried, by: Pairs) -> Reached:
    held: dict[int, MappingSet] = {}
    for source in carried.road:
        held |= by.get((source.requirement, line.key, str(source.relation)), {})
    return Reached(line, carried, tuple(held.values()))


@dataclass(frozen=True, slots=True)
class CarriedTo:
    """A framework to which the verdict of a requirement leads, with the lines there that it reaches."""

    framework: Framework
    lines: Sequence[Reached]


def carried_from(organisation: Organisation, requirement: str, *, on: date, today: date) -> list[CarriedTo]:
    """Where a requirement of ours counts too: in frameworks of the organisation, and those shared with it today."""
    found = []
    for each in (*frameworks(organisation), *(one.framework for one in shared.received(organisation, on=today))):
        keys = {
            target
            for led in links_to(each, of=organisation)
            if requirement in led.one.sources and led.one.relation != "no-relationship"
            for target in led.one.targets
        }
        if lines := list(each.lines.filter(key__in=keys, withdrawn=False)):
            found.append(CarriedTo(each, reached(each, lines, on=on, of=organisation)))
    return found


def source_names(each: Iterable[Reached], *, on: date) -> Mapping[str, str]:
    """How the sources on these roads are called: ``BIO2 8.13.04``."""
    return names_of((source.requirement for one in each for source in one.carried.road), on=on)


def names_of(requirements: Iterable[str], *, on: date) -> Mapping[str, str]:
    """How requirements of ours are called: ``BIO2 8.13.04``."""
    norms = packs_on(on).norms
    found = {}
    for name in dict.fromkeys(requirements):
        catalog, _, number = name.partition(":")
        held = norms.catalogs.get(catalog)
        short = (held.short.get("nl") if held else "") or catalog.upper()
        found[name] = f"{short} {number}"
    return found
