"""The incident desk of Dijkstad in the demo: one that runs and is significant, one that is over, one exercise. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dijkwacht.apps.incidents.models import Incident
from dijkwacht.apps.incidents.queries.registration import record_of
from dijkwacht.apps.incidents.services import (
    calling,
    intake,
    keeping,
    registering,
    rehearsing,
    reports,
    weighing,
)
from dijkwacht.norms.read import incidents
from dijkwacht.web.moments import day_of

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PHONE = "06 00000000"  # nobody's
SENT = {"ncsc": "portal", "bzk_rdi": "portal"}
RUNNING: dict[str, Any] = {
    "title": "Zaaksysteem onbereikbaar na storing bij Zaakzicht",
    "what": "Niemand kan in het zaaksysteem. Zaakzicht heeft verbindingen verbroken en onderzoekt de oorzaak.",
    "known_by": "Servicedesk De Meren", "noticed_by": "Klantcontactcentrum", "personal_data": "unknown",
    "rsit": "availability/outage",
}  # fmt: skip
OVER: dict[str, Any] = {
    "title": "Bijlage met besmetting tegengehouden", "kind": "near_miss", "known_by": "ICT-samenwerking De Meren",
    "what": "Een medewerker opende een bijlage; de scanner hield de inhoud tegen. Er is niets geraakt.",
    "personal_data": "no", "rsit": "malicious-code/malware-distribution",
}  # fmt: skip
OUTAGE = {"service_down": "yes", "planned": "no", "outage_hours": "6", "outage_over": "no"}
NOTHING = {
    "service_down": "no", "planned": "no", "outage_may_be_long": "no", "loss_beyond_budget": "no", "loss_may_be_beyond": "no",
    "someone_hurt": "no", "someone_may_be_hurt": "no",
}  # fmt: skip


def play(world: World, *, at: datetime) -> None:
    """Who is on duty, what the register was told, and three that were recorded, up to ``at``."""
    _duty(world, at)
    _over(world, at - 40 * DAY)
    _exercise(world, at - 20 * DAY)
    _running(world, at)


def _by(world: World, at: datetime, who: str = "ciso") -> dict[str, Any]:
    return {"person": world.person(who), "at": at}


def _duty(world: World, at: datetime) -> None:
    """The register was told of all but the deputy, who came after: a term of two weeks runs."""
    organisation = world.organisations["dijkstad"]
    began = at - 60 * DAY
    people = (("reporter", "ciso", "EH3"), ("decider", "proces", ""), ("privacy", "ciso", ""), ("board", "college", ""))
    for role, who, level in people:
        calling.put_on_duty(
            organisation, who=world.person(who), role=role, phone=PHONE, eherkenning=level, **_by(world, began)
        )
    told = at - 10 * DAY
    values = {
        **record_of(organisation, on=day_of(told)).values,
        "address": "Markt 1, Dijkstad",
        "ip_ranges": ["192.0.2.0/24"],
    }
    registering.note_told(
        organisation, values=values, told_at=told, receipt="VOORBEELD-1001", **_by(world, told)
    )  # fmt: skip
    later = at - 4 * DAY
    calling.put_on_duty(
        organisation, who=world.person("proces"), role="reporter", phone=PHONE, eherkenning="EH2+", **_by(world, later)
    )
    registering.watch(organisation, at=later)


def _over(world: World, at: datetime) -> None:
    told = intake.Intake(**OVER, known_at=at - HOUR, began_at=at - 2 * HOUR)
    row = intake.tell(world.organisations["dijkstad"], intake=told, handler=world.person("ciso"), **_by(world, at))
    intake.change(
        row, values={"cause": "malicious_action", "detection": "monitoring", "recovered_at": at - HOUR},
        **_by(world, at + HOUR),
    )  # fmt: skip
    weighing.weigh(row, answers=NOTHING, decided=False, because="", **_by(world, at + 2 * HOUR))
    keeping.learn(
        row, text="De melding kwam laat bij ons aan.", improvement="Scanner koppelen aan de servicedesk",
        owner=world.person("proces"), due=day_of(at + 70 * DAY), **_by(world, at + DAY),
    )  # fmt: skip
    for state in ("handled", "closed"):
        intake.move_to(row, state=state, **_by(world, at + DAY))


def _exercise(world: World, at: datetime) -> None:
    """Rehearsed once, from the scenario to the end: the notification was late."""
    scenario, organisation = incidents().scenarios["ransomware"], world.organisations["dijkstad"]
    row = rehearsing.begin(
        organisation, title=scenario.title["nl"], what=scenario.what["nl"], goal=scenario.goal["nl"], scenario=scenario.id,
        **_by(world, at),
    )  # fmt: skip
    drill = row.incident
    weighing.weigh(drill, answers=OUTAGE, decided=True, because="", known_at=at, **_by(world, at + HOUR / 2))
    _sent(world, drill, "early_warning", at=at + 4 * HOUR)
    rehearsing.run_on(row, to=at + 74 * HOUR, **_by(world, at + HOUR / 2))
    _sent(world, drill, "notification", at=at + 74 * HOUR)
    rehearsing.run_on(row, to=at + 7 * DAY, **_by(world, at + HOUR))
    intake.move_to(drill, state="handled", **_by(world, at + 7 * DAY))
    _sent(world, drill, "final", at=at + 8 * DAY)
    rehearsing.run_on(row, to=at + 9 * DAY, **_by(world, at + 2 * HOUR))
    keeping.learn(drill, text="Niemand wist wie de melding mocht versturen.", **_by(world, at + 9 * DAY))
    intake.move_to(drill, state="closed", **_by(world, at + 9 * DAY))


def _running(world: World, at: datetime) -> None:
    known = at - 20 * HOUR
    told = intake.Intake(**RUNNING, known_at=known, began_at=known - HOUR, noticed_at=known - HOUR / 2)
    handler = world.person("ciso")
    row = intake.tell(
        world.organisations["dijkstad"], intake=told, handler=handler, **_by(world, known + HOUR / 4, "collega")
    )
    intake.hit(
        row,
        subject=world.subjects["zaaksysteem"],
        effect="availability",
        since=known - HOUR,
        **_by(world, known + HOUR / 2),
    )
    values = {
        "cause": "third_party_failure",
        "detection": "employee",
        "effects": "Balies werken op papier; uitkeringen wachten.",
    }
    intake.change(row, values=values, **_by(world, known + 5 * HOUR))
    weighing.weigh(
        row,
        answers=OUTAGE,
        decided=True,
        because="",
        known_at=known + 4 * HOUR,
        **_by(world, known + 6 * HOUR, "proces"),
    )
    keeping.add_contact(row, name="Wachtdienst Zaakzicht", phone=PHONE, **_by(world, known + 6 * HOUR))
    keeping.add_task(
        row, title="Noodprocedure burgerzaken uitvoeren", owner=world.person("proces"), due_at=at + 3 * HOUR,
        **_by(world, known + 6 * HOUR),
    )  # fmt: skip
    _sent(world, row, "early_warning", at=known + 9 * HOUR)


def _sent(world: World, row: Incident, form: str, *, at: datetime) -> None:
    draft = reports.begin(row, form=form, **_by(world, at))
    sent = reports.send(draft, to=SENT, lacks=True, also=[world.organisations["csirt"]], **_by(world, at))
    if not row.exercise:
        for number, delivery in enumerate(sent.deliveries.filter(receiver__in=SENT), 2001):
            reports.note_receipt(delivery, receipt=f"VOORBEELD-{number}", receipt_at=at, **_by(world, at))
