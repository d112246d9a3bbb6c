"""A crisis in the demo: an adopted plan, whom to reach, a disruption that goes on, an exercise that was closed. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dijkwacht.apps.crisis.models import Contact, Crisis
from dijkwacht.apps.crisis.queries.plan import processes
from dijkwacht.apps.crisis.services import contacts, logging, planning, weighing
from dijkwacht.core.days import add
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.web.moments import day_of

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

MINUTE = timedelta(minutes=1)
CONTACTS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("own", "Burgemeester", "Gemeente Dijkstad", "088 555 0101", "", "Bij uitval: kamer 1.12, elk heel uur"),
    ("own", "Gemeentesecretaris", "Gemeente Dijkstad", "088 555 0102", "", ""),
    ("own", "Piket CISO", "Gemeente Dijkstad", "088 555 0103", "06 5550 0103", ""),
    ("own", "Teamleider klantcontact", "Gemeente Dijkstad", "088 555 0104", "", ""),
    ("region", "Piket veiligheidsregio", "Veiligheidsregio Laagland", "088 555 0200", "", "Gespreksgroep volgens regionaal plan"),
    ("region", "Teamchef politie", "Politie Laagland", "088 555 0210", "", ""),
    ("digital", "Noodlijn CSIRT", "Incidentendienst gemeenten", "088 555 0300", "", ""),
    ("digital", "Storingsdienst zaaksysteem", "Zaakzicht BV", "088 555 0310", "", "Contractnummer staat op de kaart"),
    ("chain", "Storingswacht netbeheer", "Netwerk Laagland", "088 555 0400", "", ""),
    ("state", "Loket crisiscentrum", "Rijk", "", "", "Via de veiligheidsregio"),
)  # fmt: skip


def play(world: World, *, at: datetime) -> None:
    """All of it, as it stands on ``at``."""
    organisation = world.organisations["dijkstad"]
    does: dict[str, Any] = {"person": world.person("aov"), "at": at}
    _plan(organisation, does)
    _contacts(organisation, does)
    _closed(organisation, {**does, "at": at - timedelta(days=40)})
    _goes_on(organisation, does, at)


def _plan(organisation: Any, does: dict[str, Any]) -> None:
    plan = planning.draft_plan(organisation, **does)
    for subject in processes(organisation)[:3]:
        planning.put_fallback(
            plan,
            subject=subject,
            way="Werk met de papieren lijst van gisteren; neem alles over zodra het systeem terug is.",
            needs="Lijst op papier, losse computer",
            first_hours=24,
            **does,
        )
    on = day_of(does["at"])
    planning.adopt_plan(plan, office="college", day=on, review_on=add(on, crisis_pack().plan.review), **does)


def _contacts(organisation: Any, does: dict[str, Any]) -> None:
    for rank, (circle, function, house, phone, second, more) in enumerate(CONTACTS, 1):
        row: Contact = contacts.add_contact(
            organisation, circle=circle, function=function, organisation_name=house, phone=phone, phone_second=second,
            radio="" if phone else more, remark=more if phone else "", rank=rank, **does,
        )  # fmt: skip
        if rank % 4:
            contacts.check_contact(row, **does)


def _closed(organisation: Any, does: dict[str, Any]) -> None:
    crisis = logging.open_crisis(
        organisation, title="Oefening: netwerk weg", what="Het netwerk van de gemeente valt een ochtend uit.", exercise=True,
        **does,
    )  # fmt: skip
    logging.write_line(
        crisis, kind="fact", text="Telefoon en balie werken niet.", certainty="known", source="KCC", **does
    )
    due = day_of(does["at"]) + timedelta(days=120)
    lessons = [logging.Wanted("Contactlijst op papier in elke auto van de wijkteams", "Teamleider klantcontact", due)]
    told = "Het beeld kwam laat bijeen. Bellen buiten het netwerk lukte. Niemand wist hoe lang het zou duren."
    logging.close_crisis(crisis, evaluation=told, lessons=lessons, **does)


def _goes_on(organisation: Any, does: dict[str, Any], at: datetime) -> None:
    crisis = logging.open_crisis(
        organisation, title="Zaaksysteem en telefonie uitgevallen", exercise=True, alarm_at=at - 20 * MINUTE,
        what="Sinds vanochtend werken het zaaksysteem en de telefoon van de gemeente niet. Ook de wijkteams kunnen niets zien.",
        **does,
    )  # fmt: skip
    _lines(crisis, does)
    reason = "Wijkteams kunnen niet zien wie vandaag hulp nodig heeft."
    logging.scale(crisis, ladder="digital", level="digital3", reason=reason, decided_by="Burgemeester", **does)
    answers = {name: {"level": "unknown", "why": ""} for name in crisis_pack().weighing.criteria}
    answers |= {
        "users": {"level": "heavy", "why": "Wie vandaag zorg verwacht"},
        "area": {"level": "notable", "why": "Dijkstad"},
    }
    weighing.weigh_crisis(crisis, answers=answers, conclusion="Zorg gaat voor. De duur is niet bekend.", **does)
    weighing.inform(crisis, item="behaviour", state="done", note="Via omroep en balie", **does)
    _card(crisis, does, at)
    like = {name: {"like": "digital", "why": ""} for name in crisis_pack().axes}
    like["chains"] = {"like": "both", "why": "Wijkteams en zorgaanbieders merken het"}
    weighing.compare(organisation, title=crisis.title, answers=like, crisis=crisis, **does)


def _lines(crisis: Crisis, does: dict[str, Any]) -> None:
    logging.write_line(
        crisis,
        kind="fact",
        certainty="known",
        source="Beheer",
        text="Zaaksysteem en telefonie zijn onbereikbaar.",
        **does,
    )
    logging.write_line(
        crisis, kind="fact", certainty="assumed", topic="cause", source="Leverancier",
        text="Een storing bij de leverancier; een aanval is niet uitgesloten.", **does,
    )  # fmt: skip
    logging.write_line(
        crisis, kind="question", text="Zijn andere gemeenten ook geraakt?", actor="Leverancierscontact", **does
    )
    logging.write_line(
        crisis, kind="decision", text="Wijkteams bellen de cliënten op de papieren lijst.", actor="Gemeentesecretaris",
        power_text="Leiding van de eigen organisatie", reasons="Wie hulp mist, mag niet wachten op herstel.",
        alternatives="Wachten tot het systeem terug is.", advice="Wijkteams: haalbaar voor 14.00 uur.", **does,
    )  # fmt: skip
    logging.write_line(
        crisis, kind="action", text="Papieren lijsten naar de wijkposten.", actor="Coördinator bevolkingszorg",
        due_at=does["at"] + 90 * MINUTE, **does,
    )  # fmt: skip


def _card(crisis: Crisis, does: dict[str, Any], at: datetime) -> None:
    weighing.write_card(
        crisis, happens="Het zaaksysteem en de telefoon van de gemeente werken niet. De oorzaak is nog niet bekend.",
        residents="Inwoners kunnen de gemeente niet bellen. Wijkteams zien niet wie vandaag hulp nodig heeft.",
        decides="U beslist over gevolgen buiten (Gemeentewet 172, Wvr 7). De secretaris beslist over de eigen organisatie. "
        "Niemand heeft een bevoegdheid om in te grijpen bij de leverancier.",
        asked="Komt het beleidsteam nu bijeen?",
        options=[
            {"what": "Ja, om 11.00 uur", "then": "De regio sluit aan; u heeft over een uur een gedeeld beeld."},
            {"what": "Nee, wacht tot 13.00 uur", "then": "Minder onrust, maar zorg die wegvalt blijft langer onbekend."},
        ],
        advice="Ja. Adviseur openbare orde en veiligheid.", speaks="U, met de wethouder zorg. Eerste bericht om 10.30 uur.",
        next_at=at + 60 * MINUTE, next_what="Nieuw beeld, met antwoord van de leverancier",
        unknown="Oorzaak, hoe lang het duurt, en of er gegevens weg zijn.", **does,
    )  # fmt: skip
