"""For the test of rights: the rows of public order, and a decision that was taken and a signal, here and in Waterveen."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from dijkwacht.apps.order.models import DecisionFile, Signal
from dijkwacht.apps.order.services import signals
from dijkwacht.core.access import Right
from dijkwacht.norms.powers import powers_pack
from tests.rights_table import Room, asks
from tests.world import World

POWER = "gemw_174_orders"


def make(world: World, slug: str) -> None:
    """Rows that the pages need: what is asked before a decision is no part of who may do what."""
    organisation, at = world.organisations[slug], timezone.now()
    person = world.person("ciso", slug)
    DecisionFile.objects.create(
        organisation=organisation, name=f"B-{at.year}-1", title="Onrust", power=POWER, on=world.on, state="decided",
        made_at=at, made_by=person, decided_at=at, decided_as="mayor", begins_at=at, ends_at=at + timedelta(hours=9),
        outcome={"outcome": "allowed"}, pack=powers_pack().version,
    )  # fmt: skip
    said = signals.Said(
        "Toezicht",
        "Er is een oproep",
        "Gemeentewet 172",
        "Waar",
        "Plaats volstaat",
        "open",
        world.on + timedelta(days=9),
    )
    signals.keep(organisation, said=said, confirmed=False, person=person, at=at)


def words(_name: str, _slug: str) -> dict[str, Any]:
    """A question, a lighter way and a step that the packs have."""
    return {"name": "weapons", "power": POWER, "code": "duty:0"}


NEEDS = {
    **asks(Right.SEE, "order home not_built"),
    **asks(Right.ORDER, "order files file_add file fact texts alternative hearing step look_back paper paper_public signals "
                        "signal_add"),
    **asks(Right.ORDER, "order drop close erase", posts=True),
    **asks(Right.DECIDE, "order decide"),
    **asks(Right.PRIVACY, "order checks check"),
    **asks((Right.ORDER, Right.PRIVACY), "order signal"),
}  # fmt: skip
ROOM = Room(
    "order", NEEDS, make,
    {DecisionFile: "file fact texts alternative hearing drop decide step look_back close paper paper_public",
     Signal: "signal erase check"},
    words=words,
)  # fmt: skip
