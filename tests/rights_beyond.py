"""For the test of rights: the rooms about what lies beyond the own walls. A new one: a file beside these, and a name here."""

from tests import rights_crime, rights_crisis, rights_exercises, rights_landscape, rights_order
from tests.rights_table import Room
from tests.world import World

ROOMS: tuple[Room, ...] = (
    rights_crime.ROOM,
    rights_crisis.ROOM,
    rights_order.ROOM,
    rights_exercises.ROOM,
    rights_landscape.ROOM,
)


def beyond(world: World, slug: str) -> None:
    """Something for every address of these rooms."""
    for room in ROOMS:
        room.make(world, slug)
