"""Public figures, shared by all organisations: which edition is shown, and what an area says in it."""

from collections.abc import Collection, Iterable, Mapping

from dijkwacht.apps.crime.models.figures import AreaName, Edition, Figure
from dijkwacht.core.crime.periods import parse_period
from dijkwacht.core.crime.picture import Cell

VICTIMS, POLICE, PEOPLE = "85472NED", "47022NED", "37230NED"
Cells = dict[tuple[str, str], dict[str, list[Cell]]]  # by measure and topic, then by area


def current() -> dict[str, Edition]:
    """The edition of each table that is shown: the one fetched last; an invented one only where there is no other."""
    found: dict[str, Edition] = {}
    rows = Edition.objects.filter(withdrawn_at=None).select_related("organisation")
    for row in rows.order_by("table", "made_up", "-fetched_on", "-pk"):
        found.setdefault(row.table, row)
    return found


def all_editions() -> list[Edition]:
    """Every edition, also of those withdrawn, newest first per table."""
    return list(Edition.objects.select_related("organisation", "by").order_by("table", "-fetched_on", "-pk"))


def cells_of(edition: Edition | None, areas: Collection[str]) -> Cells:
    """All that these areas say in an edition."""
    found: Cells = {}
    if edition is None:
        return found
    rows = Figure.objects.filter(edition=edition, area__in=list(areas)).values_list(
        "measure", "topic", "area", "period", "value", "lower", "upper"
    )
    for measure, topic, area, period, value, lower, upper in rows:
        cell = Cell(parse_period(period), value, lower, upper)
        found.setdefault((measure, topic), {}).setdefault(area, []).append(cell)
    return found


def counts_of(edition: Edition, topic: str, periods: Collection[str]) -> dict[str, tuple[int, int, int]]:
    """Per municipality how much was registered of a topic in these periods, how many have a figure, how many are hidden."""
    rows = Figure.objects.filter(
        edition=edition, measure="registered", topic=topic, period__in=list(periods)
    ).values_list("area", "value")
    found: dict[str, tuple[int, int, int]] = {}
    for area, value in rows:
        if area.startswith("GM"):
            total, answered, hidden = found.get(area, (0, 0, 0))
            found[area] = (
                (total, answered, hidden + 1) if value is None else (total + round(value), answered + 1, hidden)
            )
    return found


def people_of(edition: Edition | None, year: int) -> dict[str, int]:
    """Inhabitants of each municipality at the start of a year; of the year nearest to it that the edition has."""
    if edition is None:
        return {}
    rows = Figure.objects.filter(edition=edition, measure="inhabitants", topic="")
    starts = [
        code for code in rows.order_by().values_list("period", flat=True).distinct() if code[4:] in ("JJ00", "MM01")
    ]
    nearest = min(starts, key=lambda code: (abs(int(code[:4]) - year), code), default=None)
    if nearest is None:
        return {}
    found = rows.filter(period=nearest, value__isnull=False).values_list("area", "value")
    return {area: round(value or 0) for area, value in found if area.startswith("GM")}


def by_year(cells: Iterable[Cell]) -> dict[int, int]:
    """Inhabitants by year, from what an area says of them at the start of it."""
    return {
        each.period.year: round(each.value)
        for each in cells
        if each.value is not None and each.period.code[4:] in ("JJ00", "MM01")
    }


def names_of(editions: Collection[Edition], codes: Collection[str]) -> Mapping[str, str]:
    """What these areas are called in these editions."""
    rows = AreaName.objects.filter(edition__in=list(editions), code__in=list(codes)).order_by("-edition")
    return {code: name for code, name in rows.values_list("code", "name") if name}


def areas_in(editions: Collection[Edition]) -> list[tuple[str, str]]:
    """All areas that these editions know by name, to choose from: code and name, by name."""
    rows = AreaName.objects.filter(edition__in=list(editions)).exclude(name="").values_list("code", "name")
    return sorted(set(rows), key=lambda each: (each[1].casefold(), each[0]))
