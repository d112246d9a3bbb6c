"""The covenant in the demo: voices and costs of needs, taking part in what runs, assumptions, one account made. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dijkwacht.apps.landscape.services import covenant, initiatives, needs
from dijkwacht.web.moments import day_of

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

DAY = timedelta(days=1)
BURDEN, ROLES, JOINT = "pack:supplier_burden", "pack:roles_in_disruption", "pack:samen_controleren"
BANDS = {
    BURDEN: {"once": (500, 1_000, 3_000), "yearly": (1_000, 2_000, 6_000)},
    ROLES: {"yearly": (2_000, 8_000, 15_000)},
}
"""Euros for a small municipality: low, likely, high. A middle one twice, a large one four times that."""


def play(world: World, *, at: datetime) -> None:
    """What Dijkstad and Waterveen said and made until ``at``."""
    town, other, adviser = world.organisations["dijkstad"], world.organisations["waterveen"], world.person("aov")
    does: dict[str, Any] = {"person": adviser, "at": at - 8 * DAY}
    needs.handle(town, need=BURDEN, told=needs.Handled(
        status="running", priority="high", realism="year", hours=[40, 120, 200], **_costs(BURDEN),
        benefit="Minder dubbele vragen aan leveranciers; minder werk voor inkoop en CISO. (verzonnen)",
        basis="Opgave van drie gemeenten, verzonnen voor de demo",
    ), **does)  # fmt: skip
    needs.handle(town, need=ROLES, told=needs.Handled(
        status="agreed", priority="high", basis="Schatting van de veiligheidsregio, verzonnen voor de demo", **_costs(ROLES),
    ), **does)  # fmt: skip
    for house, felt in ((town, "strong"), (other, "some")):
        needs.speak(house, need=BURDEN, felt=felt, because="", person=world.person("ciso", house.slug), at=at - 7 * DAY)
    needs.speak(town, need=ROLES, felt="strong", because="", **does)
    initiatives.take_part(town, initiative=JOINT, how="Wij toetsen mee", since=day_of(at - 8 * DAY), **does)
    initiatives.assume(
        town, years=4, municipalities={}, remark="Geen inflatie.",
        doubts="Kosten komen van drie gemeenten; kleine gemeenten ontbreken. (verzonnen)", **does,
    )  # fmt: skip
    covenant.make(town, product="investment", on=day_of(at - 2 * DAY), person=adviser, at=at - 2 * DAY)


def _costs(need: str) -> dict[str, Any]:
    sizes = (("small", 1), ("middle", 2), ("large", 4))
    return {
        kind: {size: [times * each for each in band] for size, times in sizes} for kind, band in BANDS[need].items()
    }
