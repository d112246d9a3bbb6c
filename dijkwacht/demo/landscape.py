"""The landscape in the demo: own cells, one left out, and discussions that run or are decided. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dijkwacht.apps.landscape.services import cells, talk
from dijkwacht.core.landscape.form import plain
from dijkwacht.norms.landscape import landscape_pack
from dijkwacht.web.moments import day_of

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

DAY = timedelta(days=1)
PHONE_TREE = {
    "area": "disruption", "phase": "prevention", "layer": "execution", "actor": "municipality", "role": "plans",
    "nl": "Houdt een telefoonketen zonder netwerk bij voor zorginstellingen en scholen",
    "en": "Keeps a telephone tree that works without network for care institutions and schools",
    "basis": "besluit van het crisisteam van Dijkstad", "source": "crisisplan Dijkstad", "status": "practice",
    "confidence": "B", "stale_after": "P1Y", "unread": "", "together": "", "kinds": ["telecom_out"],
}  # fmt: skip
GAP = "gap:disruption/response/supervision"
OVERLAP = "overlap:disruption/proaction/execution:coordinates"
DESK = "overlap:cybercrime/response/execution:helps"


def play(world: World, *, at: datetime) -> None:
    """What Dijkstad did to the landscape until ``at``."""
    town, adviser = world.organisations["dijkstad"], world.person("aov")
    does: dict[str, Any] = {"person": adviser, "at": at - 20 * DAY}
    cells.add_cell(
        town,
        fields={**PHONE_TREE, "as_of": day_of(at - 20 * DAY).isoformat()},
        because="Staat niet in het landelijke beeld.",
        **does,
    )
    desk = plain(landscape_pack().landscape.cells["ibd_helps_24x7"])
    cells.change_cell(
        town, "ibd_helps_24x7", fields={**desk, "basis": f"{desk['basis']}; piketrooster Dijkstad"},
        because="Bij ons belt de officier van dienst, niet de CISO.", **does,
    )  # fmt: skip
    talk.say(town, GAP, text="Wie kijkt tijdens een crisis mee of de opschaling klopt?", **does)
    talk.say(town, OVERLAP, text="Regio en burgemeester trekken hier allebei. Afspraak maken.", **does)
    talk.assign(town, OVERLAP, owner=adviser, due=day_of(at + 14 * DAY), person=adviser, at=at - 19 * DAY)
    talk.decide(
        town, DESK, decision="Wij verwijzen door; de Fraudehelpdesk helpt. Vastgelegd in de verwijshulp.", person=adviser,
        at=at - 5 * DAY,
    )  # fmt: skip
