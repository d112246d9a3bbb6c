"""Plans against cybercrime and desks for victims in the demo. All invented: no number reaches anybody."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dijkwacht.apps.crime.services import desks, plans
from dijkwacht.web.moments import day_of

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

DAY = timedelta(days=1)
AGO = 400  # days before, so that the oldest desk is no longer fresh
DESKS: tuple[tuple[int, dict[str, str]], ...] = (
    (30, {"point": "municipality", "name": "Publieksbalie Dijkstad", "phone": "14 0999",
          "hours": "Maandag tot en met vrijdag, 9.00 tot 17.00 uur", "place": "Stadhuis, Marktplein 1, Dijkstad"}),
    (12, {"point": "social", "name": "Wijkteam Dijkstad", "phone": "0999-555 010",
          "hours": "Op werkdagen, 8.30 tot 17.00 uur", "site": "https://wijkteam.dijkstad.example/"}),
    (AGO, {"point": "ido", "name": "Bibliotheek Dijkstad", "phone": "0999-555 020",
           "hours": "Woensdag en vrijdag, 13.00 tot 16.00 uur", "place": "Kerkstraat 12, Dijkstad"}),
)  # fmt: skip


def play(world: World, *, at: datetime) -> None:
    """Plans, desks and the page for anybody as they stand on ``at``."""
    town, adviser = world.organisations["dijkstad"], world.person("aov")
    for days, told in DESKS:
        desks.add(town, told=desks.Told(**told), person=adviser, at=at - days * DAY, made_up=True)
    desks.open_page(town, person=adviser, at=at - 10 * DAY)
    _runs(world, at)
    _over(world, at)
    _learned(world, at)


def _told(on: date, **changed: Any) -> plans.Told:
    plain: dict[str, Any] = {
        "title": "", "phenomena": ["bank_helpdesk", "phishing"], "groups": ["seniors"], "goal": "", "indicator": "",
        "unit": "procent van de deelnemers", "key_person": "Voorzitter van de ouderenbond", "done_by": "Team veiligheid",
        "start": on - 150 * DAY, "evaluate_on": on + 60 * DAY,
    }  # fmt: skip
    return plans.Told(**{**plain, **changed})


def _runs(world: World, at: datetime) -> None:
    """A plan that runs and was measured twice."""
    town, who, on = world.organisations["dijkstad"], world.person("aov"), day_of(at)
    told = _told(
        on, title="Bel terug: ouderen en de nepbank", baseline=Decimal(38), target=Decimal(70), cost=12_500,
        goal="Ouderen die een telefoontje van hun bank krijgen, hangen op en bellen zelf het nummer op hun pas.",
        indicator="Deelnemers die bij een nagespeeld telefoontje ophangen en zelf terugbellen", last_day=on + 40 * DAY,
    )  # fmt: skip
    plan = plans.add(town, told=told, person=who, at=at - 160 * DAY)
    for days, value in ((90, 47), (20, 58)):
        source = "Nagespeeld gesprek bij 60 deelnemers, een maand na de bijeenkomst"
        plans.measure(
            plan, on=on - days * DAY, value=Decimal(value), source=source, person=who, at=at - days * DAY
        )  # fmt: skip


def _over(world: World, at: datetime) -> None:
    """A plan that ended and of which nothing was written down."""
    town, who, on = world.organisations["dijkstad"], world.person("aov"), day_of(at)
    told = _told(
        on, intervention="hackshield", title="HackShield op de basisscholen", phenomena=["general"], groups=["children"],
        goal="Kinderen van groep 7 en 8 vertellen thuis wat een sterk wachtwoord is.", unit="scholen", target=Decimal(14),
        indicator="Scholen die het spel hebben afgerond", key_person="Leerkracht van groep 8", done_by="Team jeugd",
        start=on - 300 * DAY, last_day=on - 25 * DAY, evaluate_on=on - 5 * DAY,
    )  # fmt: skip
    plans.add(town, told=told, person=who, at=at - 310 * DAY)


def _learned(world: World, at: datetime) -> None:
    """A plan that was evaluated: it did not do what it should, and that is worth knowing."""
    town, who, on = world.organisations["dijkstad"], world.person("aov"), day_of(at)
    told = _told(
        on, title="Inloopspreekuur digitale veiligheid op het bedrijventerrein", phenomena=["ransomware"],
        groups=["small_business"], goal="Ondernemers testen hun reservekopie voordat het misgaat.", baseline=Decimal(9),
        target=Decimal(40), unit="bedrijven", indicator="Bedrijven die dit jaar hun reservekopie terugzetten als proef",
        key_person="Parkmanager", done_by="Team economie", start=on - 380 * DAY, last_day=on - 60 * DAY,
        evaluate_on=on - 40 * DAY,
    )  # fmt: skip
    plan = plans.add(town, told=told, person=who, at=at - 390 * DAY)
    plans.measure(
        plan, on=on - 65 * DAY, value=Decimal(13), source="Telefonische ronde langs 52 bedrijven", person=who, at=at - 65 * DAY
    )  # fmt: skip
    learned = (
        "Een spreekuur trekt wie al bezig is. De parkmanager kwam wel overal binnen: de volgende keer gaan wij met hem mee "
        "langs de bedrijven. Of vier bedrijven meer door ons komt, weten wij niet: er liep ook een actie van de bank."
    )
    plans.evaluate(plan, on=on - 38 * DAY, helped="no", learned=learned, person=who, at=at - 38 * DAY)
