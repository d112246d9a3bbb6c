"""For the test of rights: the rows of crisis, and a plan, a crisis and a network of its own, here and in Waterveen."""

from typing import Any

from django.utils import timezone

from dijkwacht.apps.crisis.models import (
    Card,
    CascadeChange,
    CascadeRun,
    Comparison,
    Contact,
    Crisis,
    Lesson,
    Line,
    MayorCard,
    Plan,
    Step,
)
from dijkwacht.apps.crisis.services import contacts, logging, planning
from dijkwacht.core.access import Right
from tests.rights_table import Room, asks
from tests.world import World


def make(world: World, slug: str) -> None:
    """A draft, a contact, a crisis with one of each thing that is kept in it, and a node and a line of our own."""
    organisation, at = world.organisations[slug], timezone.now()
    who: dict[str, Any] = {"person": world.person("ciso", slug), "at": at}
    planning.draft_plan(organisation, **who)
    contacts.add_contact(organisation, circle="own", function="Piket", phone="088 555 0101", **who)
    crisis = logging.open_crisis(organisation, title="Uitval", what="Alles ligt stil.", **who)
    logging.write_line(crisis, kind="question", text="Hoe lang nog?", **who)
    Lesson.objects.create(crisis=crisis, text="Les", owner="Piket", due=world.on)
    MayorCard.objects.create(
        crisis=crisis, number=1, happens="Uitval", residents="Geen loket", decides="Niets", unknown="Duur", speaks="U",
        grip="grip0", digital="digital0", at=at,
    )  # fmt: skip
    Comparison.objects.create(organisation=organisation, title="Uitval", at=at)
    CascadeRun.objects.create(
        organisation=organisation,
        title="Stroom weg",
        failed=["power_grid_local"],
        runs=10,
        seed=1,
        digest="0" * 64,
        at=at,
    )
    _network(organisation, slug, at)


def _network(organisation: Any, slug: str, at: Any) -> None:
    origin, target = f"bron_{slug}", f"pomp_{slug}"
    node = {"kind": "gemeente", "buffer_hours": [0, 0, 0], "recovery_hours": [1, 2, 3]}
    told = {"organisation": organisation, "source": "Beheer", "sourced_on": at.date(), "at": at}
    for name in (origin, target):
        CascadeChange.objects.create(kind="node", key=name, values={"id": name, "name": name, **node}, **told)
    line = {"from": origin, "to": target, "delay_hours": [0, 0, 0], "probability": [1, 1, 1]}
    CascadeChange.objects.create(kind="edge", key=f"{origin}>{target}", values=line, **told)


def words(name: str, slug: str) -> dict[str, Any]:
    """What the packs have; and nodes that only this organisation has."""
    told = {"kind": "fact", "ladder": "grip", "item": "sign_language", "name": "hof_van_twente_2020"}
    return {**told, "node": f"bron_{slug}", "origin": f"bron_{slug}", "target": f"pomp_{slug}"}


NEEDS = {
    **asks(Right.SEE, "crisis home crisis plan plan_print card_print contacts contacts_print contacts_html contacts_txt ladders "
                      "case comparison mayor_card mayor_card_pdf cascade cascade_run cascade_network cascade_export"),
    **asks(Right.STEER, "crisis crisis_open line_add line_correct line_answer scale clock crisis_close lesson_finish weigh "
                        "inform mayor_card_new compare card_add card_change step_change fallback_put plan_adopt contact_add "
                        "contact_change cascade_node_add cascade_node cascade_tie cascade_edge_add cascade_edge cascade_bring "
                        "cascade_preview"),
    **asks(Right.STEER, "crisis plan_draft plan_drop contact_check contact_end cascade_keep cascade_restore cascade_carry",
             posts=True),
}  # fmt: skip
ROOM = Room(
    "crisis", NEEDS, make,
    {Crisis: "crisis line_add scale clock crisis_close weigh inform mayor_card_new", Line: "line_correct line_answer",
     Lesson: "lesson_finish", MayorCard: "mayor_card mayor_card_pdf", Comparison: "comparison",
     Plan: "plan_print plan_drop plan_adopt card_add fallback_put", Card: "card_change card_print", Step: "step_change",
     Contact: "contact_change contact_check contact_end", CascadeRun: "cascade_run", CascadeChange: "cascade_restore"},
    within={Line: "crisis", Lesson: "crisis", MayorCard: "crisis", Card: "plan", Step: "plan"},
    words=words, named="cascade_node cascade_tie cascade_edge", absent="cascade_preview cascade_carry",
)  # fmt: skip
