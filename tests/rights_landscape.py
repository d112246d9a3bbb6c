"""For the test of rights: the rows of the landscape, and a cell, a need and an initiative, here and in Waterveen."""

from typing import Any

from django.utils import timezone

from dijkwacht.apps.exercises.models import Lesson
from dijkwacht.apps.landscape.models import Initiative, Need, Paper
from dijkwacht.apps.landscape.services import cells, covenant, initiatives, needs
from dijkwacht.core.access import Right
from dijkwacht.demo.landscape import PHONE_TREE
from tests.rights_table import Room, asks
from tests.world import World

GAP, CELL = "gap:disruption/response/supervision", "local_{}_1"
ABOUT = "finding say assign decide"
OF_CELL = "cell cell_change cell_hide cell_restore"


def make(world: World, slug: str) -> None:
    """One of each that others may not see."""
    organisation, at = world.organisations[slug], timezone.now()
    who: dict[str, Any] = {"person": world.person("ciso", slug), "at": at}
    fields = {**PHONE_TREE, "as_of": world.on.isoformat()}
    cells.add_cell(organisation, fields=fields, because="Ontbreekt", **who)
    needs.raise_need(organisation, told=needs.Raised("Noodkanaal", "Iets dat werkt als alles weg is", "2"), **who)
    told = initiatives.Told("Belboom", "Zonder netwerk", "2", "project", "Veiligheidsregio", started=world.on)
    initiatives.add(organisation, told=told, **who)
    covenant.make(organisation, product="nlcs", on=world.on, **who)


def words(name: str, slug: str) -> dict[str, Any]:
    """What the packs have; of a cell the one that only this organisation has."""
    told = {
        "name": "roles_in_disruption",
        "area": "disruption",
        "actor": "ibd",
        "form": "csv",
        "cell": CELL.format(slug),
    }
    about = f"cell:{CELL.format(slug)}" if slug != "dijkstad" else GAP
    return {**told, "about": about}


NEEDS = {
    **asks(Right.SEE, "landscape beyond home area cell findings finding turn actors actor exchange exchange_open needs need "
                      "pack_need initiatives initiative pack_initiative covenant covenant_account covenant_paper "
                      "covenant_file"),
    **asks(Right.STEER, "landscape cell_add cell_change cell_hide say assign decide exchange_bring exchange_preview need_add "
                        "need_speak need_handle need_change pack_need_speak pack_need_handle initiative_add initiative_change "
                        "initiative_finish initiative_join pack_initiative_join covenant_assume"),
    **asks(Right.STEER, "landscape cell_restore exchange_make exchange_leave exchange_carry need_take_back initiative_leave "
                        "pack_initiative_leave covenant_make lesson_take_over",
             posts=True),
}  # fmt: skip
ROOM = Room(
    "landscape", NEEDS, make,
    {Need: "need need_speak need_handle need_change need_take_back",
     Initiative: "initiative initiative_change initiative_finish initiative_join initiative_leave",
     Paper: "covenant_paper covenant_file", Lesson: "lesson_take_over"},
    within={Lesson: "session"},
    words=words, named=f"{OF_CELL} {ABOUT}", absent="exchange_preview exchange_carry",
)  # fmt: skip
