"""The network of dependencies in the demo: two bands replaced after a test, a node tied to a process, a run kept. Invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dijkwacht.apps.crisis.queries.cascade import subjects
from dijkwacht.apps.crisis.services import cascade
from dijkwacht.core.cascade.changes import Change, edge_key
from dijkwacht.web.moments import day_of

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

OWN = "dijkstad"
DAY = timedelta(days=1)


def play(world: World, *, at: datetime) -> None:
    """The network of Dijkstad as it stands on ``at``."""
    house, person = world.organisations[OWN], world.person("aov")
    tested = day_of(at - 40 * DAY)
    cascade.change(
        house, Change("node", "municipal_it", {"buffer_hours": [2.0, 6.0, 8.0]}),
        source="Proef met het aggregaat van het stadhuis", sourced_on=tested, person=person, at=at - 30 * DAY,
    )  # fmt: skip
    key = edge_key("power_grid_local", "sewer_pumps")
    cascade.change(
        house, Change("edge", key, {"probability": [0.5, 0.7, 0.9]}),
        source="Beheerder riolering: negen van de dertig gemalen hebben een eigen accu", sourced_on=tested,
        person=person, at=at - 29 * DAY,
    )  # fmt: skip
    if mine := subjects(house):
        cascade.tie(house, "social_domain", mine[0], person=person, at=at - 29 * DAY)
    cascade.keep(
        house, title="Stroom drie dagen weg", failed=["power_grid_local"], hours=72.0, seed=1, person=person,
        at=at - 28 * DAY,
    )  # fmt: skip
