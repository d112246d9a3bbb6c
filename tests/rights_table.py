"""What the table of the test of rights is made of: what an address asks, and the rows of one room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dijkwacht.core.access import Right
from tests.world import World


@dataclass(frozen=True, slots=True)
class Asks:
    """What an address asks. ``rights``: one of these is enough; ``posts``: it takes only posts; ``guests``: also who
    looks at what was shared; ``owner``: the person who may do it to what is his, with the right to answer."""

    rights: tuple[Right, ...]
    posts: bool = False
    guests: bool = False
    owner: str = ""


def asks(right: Right | tuple[Right, ...], names: str, **more: Any) -> dict[str, Asks]:
    """Rows that ask the same. ``names``: the room, and after it its addresses."""
    room, *rest = names.split()
    held = right if isinstance(right, tuple) else (right,)
    return {f"{room}:{name}": Asks(held, **more) for name in rest}


def _nothing(_name: str, _slug: str) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Room:
    """The rows of one room, and what they need.

    ``needs``: per address what it asks. ``make``: something for every address, in the organisation with that slug.
    ``numbers``: per table the addresses of which ``pk`` is one of it; ``within``: the way from such a table to what belongs to
    an organisation. ``words``: what else stands in an address of an organisation, by its name and slug; ``named``: the
    addresses whose words only that organisation has. ``absent``: who may do it finds nothing here (404). ``closed``: for
    nobody without a key in the address (404, whoever is signed in). ``others``: what is otherwise for one visitor.
    """

    name: str
    needs: Mapping[str, Asks]
    make: Callable[[World, str], None]
    numbers: Mapping[Any, str] = field(default_factory=dict)
    within: Mapping[Any, str] = field(default_factory=dict)
    words: Callable[[str, str], Mapping[str, Any]] = _nothing
    named: str = ""
    absent: str = ""
    closed: str = ""
    others: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def full(self, names: str) -> list[str]:
        """These addresses of the room with its name before them."""
        return [f"{self.name}:{each}" for each in names.split()]

    @property
    def pk(self) -> dict[str, Any]:
        """Per address the table that its number is of."""
        return {name: model for model, names in self.numbers.items() for name in self.full(names)}
