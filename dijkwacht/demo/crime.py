"""Cybercrime in the demo: three tables as a source stores them, own counts, where Dijkstad lies. All invented and marked so."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dijkwacht.apps.crime.services import editions, own
from dijkwacht.core.crime.periods import month_of
from dijkwacht.demo import crime_help
from dijkwacht.web.moments import day_of

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

DAY = timedelta(days=1)
MONTHS = 36
OURS = {"municipality": "GM9901", "team": "BT9901", "district": "DI9901", "unit": "RE9901", "province": "PV99"}
TOWNS = (
    ("GM9901", "Dijkstad (verzonnen)", 21_400), ("GM9902", "Waterveen (verzonnen)", 48_100),
    ("GM9903", "Rietoever (verzonnen)", 23_900), ("GM9904", "Polderkamp (verzonnen)", 31_200),
    ("GM9905", "Zandsloot (verzonnen)", 26_700), ("GM9906", "Oudekreek (verzonnen)", 35_300),
    ("GM9907", "Hogeterp (verzonnen)", 41_800), ("GM9908", "Lageweide (verzonnen)", 22_600),
    ("GM9909", "Meerdam (verzonnen)", 112_500),
)  # fmt: skip
LARGER = (
    ("BT9901", "Basisteam Dijk en Veen (verzonnen)"), ("DI9901", "District De Meren (verzonnen)"),
    ("RE9901", "Eenheid Waterland (verzonnen)"), ("PV99", "Provincie in de demo (verzonnen)"),
)  # fmt: skip
COLUMNS = {"85472NED.json": {"victim": "Slachtoffer", "notified": "Gemeld", "declared": "Aangifte"}}
COUNTS = """bron;periode;fenomeen;aantal
Balie van de gemeente (verzonnen);{year}-08;phishing;9
Balie van de gemeente (verzonnen);{year}-09;phishing;3
Balie van de gemeente (verzonnen);{year}-09;helpdeskfraude;7
Ouderenbond Dijkstad (verzonnen);{year}-09;helpdeskfraude;12
"""


def play(world: World, *, at: datetime) -> None:
    """What Dijkstad brought until ``at``."""
    town = world.organisations["dijkstad"]
    does: dict[str, Any] = {"person": world.person("aov"), "at": at - 9 * DAY}
    on = day_of(at - 9 * DAY)
    for name, told in (("85472NED.json", _victims(on)), ("47022NED.json", _police(on)), ("37230NED.json", _people(on))):
        found = _named(editions.read(json.dumps(told).encode(), name=name, chosen=COLUMNS.get(name)))
        editions.bring(town, found, fetched_on=on - DAY, name=f"verzonnen-{name}", made_up=True, **does)
    own.choose_place(town, OURS, **does)
    counts = COUNTS.format(year=on.year if on.month > 9 else on.year - 1).encode()
    own.take_over(town, counts, name="verzonnen-meldingen.csv", made_up=True, **does)
    crime_help.play(world, at=at)


def _named(found: editions.Delivery) -> editions.Delivery:
    """With the names of the areas that are in it."""
    there = {each.region for each in found.observations}
    named = dict(LARGER) | {code: town for code, town, _people in TOWNS}
    names = {code: name for code, name in named.items() if code in there}
    return replace(found, title="Verzonnen voor de demo", names=names)


def _victims(on: date) -> dict[str, Any]:
    """The survey: Dijkstad is too small for it, so its police team is the smallest area that has figures."""
    newest = on.year - 2 + (on.year + 1) % 2  # it is held every other year, the odd ones
    years = [newest - 2, newest]
    shares = {
        "BT9901": ((16.4, 13.1, 20.2), (17.1, 13.9, 20.9)), "DI9901": ((16.1, 14.2, 18.2), (15.2, 13.4, 17.2)),
        "RE9901": ((16.6, 15.9, 17.4), (15.4, 14.7, 16.1)),
    }  # fmt: skip
    told = {"BT9901": ((44.0, 33.5, 55.0), (47.0, 36.8, 57.4)), "RE9901": ((46.1, 43.6, 48.6), (46.5, 44.0, 49.0))}
    declared = {"RE9901": ((18.2, 16.3, 20.2), (17.4, 15.6, 19.4))}
    measured: dict[str, Mapping[str, Sequence[Sequence[float]]]] = {
        "Slachtoffer": shares,
        "Gemeld": told,
        "Aangifte": declared,
    }
    rows = [
        {"RegioS": f"{area}  ", "Perioden": f"{year}JJ00", "Marges": margin}
        | {key: figures[area][place][bound] if area in figures else None for key, figures in measured.items()}
        for area in shares
        for place, year in enumerate(years)
        for bound, margin in enumerate(("MW00000", "MOG0095", "MBG0095"))
    ]
    return {"odata.metadata": "verzonnen/85472NED/$metadata#TypedDataSet", "value": rows}


def _police(on: date) -> dict[str, Any]:
    """Registrations per month, the newest one not whole; small numbers are empty."""
    newest = on.year * 12 + on.month - 2
    rows = []
    for place, (area, _name, people) in enumerate(TOWNS):
        for month in range(newest - MONTHS + 1, newest + 1):
            wave = (month * 7 + place * 5) % 11
            for topic, per in (("3.7.4", 2.2), ("3.9.1", 3.4)):
                count = round(
                    people * per / 12_000 * (0.7 + wave / 18) * (0.9 + place % 4 / 9) * (0.4 if month == newest else 1)
                )
                rows.append({
                    "SoortMisdrijf": f"{topic} ", "WijkenEnBuurten": f"{area}    ", "Perioden": month_of(month).code,
                    "GeregistreerdeMisdrijven_1": None if count < 3 else count,
                })  # fmt: skip
    return {"odata.metadata": "verzonnen/47022NED/$metadata#TypedDataSet", "value": rows}


def _people(on: date) -> dict[str, Any]:
    rows = [
        {"RegioS": area, "Perioden": f"{year}MM01", "BevolkingAanHetBeginVanDePeriode_1": people - (on.year - year) * 120}
        for area, _name, people in TOWNS
        for year in range(on.year - 3, on.year + 1)
    ]  # fmt: skip
    return {"odata.metadata": "verzonnen/37230NED/$metadata#TypedDataSet", "value": rows}
