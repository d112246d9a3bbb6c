"""The picture of cybercrime in one municipality: rows gathered, `core/crime/picture` asked. Never a ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dijkwacht.apps.crime.models.figures import Edition, LocalCounts, Place
from dijkwacht.apps.crime.queries import figures
from dijkwacht.apps.crime.queries.figures import PEOPLE, POLICE, VICTIMS
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.crime.periods import Kind, Period, month_of, parse_period
from dijkwacht.core.crime.picture import (
    YEAR,
    Area,
    Cell,
    Like,
    Other,
    Registered,
    Step,
    Surveyed,
    alike,
    beside,
    registered,
    surveyed,
)
from dijkwacht.norms.crime_packs import Figures, crime_packs

COUNTRY = "NL01"
MEASURES = ("victim", "notified", "declared")
PARTS = {
    Step.MUNICIPALITY: "municipality", Step.TEAM: "team", Step.DISTRICT: "district", Step.UNIT: "unit",
    Step.PROVINCE: "province",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """Which municipality, and the areas that may speak for it, from small to large. ``people``: inhabitants, if it told them."""

    codes: Mapping[Step, str]
    name: str
    people: int | None = None

    @property
    def municipality(self) -> str:
        """Its code; empty when nobody told it."""
        return self.codes.get(Step.MUNICIPALITY, "")


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is told of a municipality. ``told``: the edition by table; ``packed``: survey measures that come from the pack.

    ``months``: per topic every month that the table has of it, the newest left out. ``like`` per topic.
    """

    where: Where
    inhabitants: int | None
    survey: Mapping[str, Surveyed]
    packed: frozenset[str]
    registered: Mapping[str, Registered]
    months: Mapping[str, Sequence[Cell]]
    like: Mapping[str, Like]
    told: Mapping[str, Edition]


def place_of(organisation: Organisation) -> Place | None:
    """Which areas it said that it lies in."""
    return Place.objects.filter(organisation=organisation).first()


def where_is(organisation: Organisation) -> Where:
    """Where an organisation lies: as it said, else by its own code."""
    place = place_of(organisation)
    codes = {step: getattr(place, part) for step, part in PARTS.items()} if place else {}
    codes = {step: code for step, code in codes.items() if code}
    if not place and (organisation.cbs_code or "").startswith("GM"):
        codes = {Step.MUNICIPALITY: organisation.cbs_code or ""}
    return Where(codes, organisation.name, organisation.inhabitants)


def local_counts(organisation: Organisation) -> list[LocalCounts]:
    """The counts that an organisation brought and did not withdraw, newest first."""
    return list(LocalCounts.objects.filter(organisation=organisation, withdrawn_at=None).select_related("by"))


def picture_of(where: Where) -> Picture:
    """What the editions that are shown tell of a municipality."""
    told, pack = figures.current(), crime_packs().figures
    ladder = _ladder(where, told)
    people = _people(where, told.get(PEOPLE))
    newest = people[max(people)] if people else where.people
    survey, packed = _survey(ladder, told.get(VICTIMS), newest, pack)
    years = people or ({0: where.people} if where.people else {})
    counted, months = _registered(where, told.get(POLICE), years, pack)
    like = {topic: _like(topic, each, where, told, pack) for topic, each in counted.items()}
    return Picture(where, newest, survey, packed, counted, months, like, told)


def _ladder(where: Where, told: Mapping[str, Edition]) -> list[Area]:
    named = figures.names_of(
        [told[each] for each in (VICTIMS, POLICE) if each in told], [*where.codes.values(), COUNTRY]
    )
    ladder = [Area(code, named.get(code, code), step) for step, code in where.codes.items()]
    return [*ladder, Area(COUNTRY, named.get(COUNTRY, "Nederland"), Step.COUNTRY)]


def _people(where: Where, edition: Edition | None) -> dict[int, int]:
    cells = figures.cells_of(edition, [where.municipality] if where.municipality else [])
    return figures.by_year(cells.get(("inhabitants", ""), {}).get(where.municipality, ()))


def _survey(
    ladder: Sequence[Area], edition: Edition | None, people: int | None, pack: Figures
) -> tuple[dict[str, Surveyed], frozenset[str]]:
    """The measures of the survey; where no edition has any figure for us, what the pack knows of the country."""
    cells, found, packed = figures.cells_of(edition, [each.code for each in ladder]), {}, set()
    for measure in MEASURES:
        said = surveyed(measure, ladder, cells.get((measure, ""), {}), inhabitants=people, least=pack.survey_least)
        if said is None:
            known = {COUNTRY: [each.cell for each in pack.national if each.measure == measure]}
            said = surveyed(measure, ladder, known, inhabitants=people, least=pack.survey_least)
            packed.add(measure)
        if said is not None:
            found[measure] = said
    return found, frozenset(packed)


def _registered(
    where: Where, edition: Edition | None, people: Mapping[int, int], pack: Figures
) -> tuple[dict[str, Registered], dict[str, Sequence[Cell]]]:
    if edition is None or not where.municipality:
        return {}, {}
    cells, newest = figures.cells_of(edition, [where.municipality]), parse_period(edition.newest)
    found: dict[str, Registered] = {}
    months: dict[str, Sequence[Cell]] = {}
    for topic in pack.shapes[POLICE].topics:
        own = cells.get(("registered", topic), {}).get(where.municipality, [])
        said = registered(topic, own, newest=newest, inhabitants=people)
        if said is not None:
            found[topic] = said
            kept = (each for each in own if each.period.kind is Kind.MONTH and each.period.month < newest.month)
            months[topic] = sorted(kept, key=lambda each: each.period.month)
    return found, months


def _like(topic: str, own: Registered, where: Where, told: Mapping[str, Edition], pack: Figures) -> Like:
    """Municipalities of the same size together, over the same twelve months; never one of them by itself."""
    people, mine = figures.people_of(told.get(PEOPLE), own.now.last.year), own.now.inhabitants
    if mine is None or not people:
        return beside(None, (), least=pack.group_least)
    counts = figures.counts_of(told[POLICE], topic, [each.code for each in span(own.now.first)])
    others = [
        Other(people[code], *counts[code])
        for code in alike(people, where.municipality, mine, pack.sizes) & counts.keys()
    ]
    return beside(own.now, others, least=pack.group_least)


def span(first: Period) -> list[Period]:
    """The twelve months from one on."""
    return [month_of(first.month + each) for each in range(YEAR)]
