"""The municipality of the demo world and its shared service, without what the higher rooms add to it."""

from datetime import date

from dijkwacht.apps.people.services import create_organisation
from dijkwacht.demo import world as demo
from dijkwacht.demo.world import CAST, ORGANISATIONS, World

MADE = ("dijkstad", "de-meren")


def house(*, on: date) -> World:
    """Two organisations that have answered by that day, through the same services as the site."""
    world = World(on)
    start = on - demo.STARTED
    for slug, name, kind, fields in ORGANISATIONS:
        if slug in MADE:
            world.organisations[slug] = create_organisation(
                slug=slug, name=name, kind=kind, at=demo._at(start), actor=demo.ACTOR, **fields
            )
    for player in CAST:
        if player.organisation in MADE:
            demo._add(world, player, start)
    demo._shared_service(world)
    demo._dijkstad(world)
    return world
