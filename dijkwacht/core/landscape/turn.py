"""Whose turn it is for a kind of incident in a phase: the actors in order, each with what they do and by what basis."""

from dataclasses import dataclass

from dijkwacht.core.landscape.cells import EVERY, Cell, Kind, Landscape, Status

DONE = (
    "execution",
    "policy",
    "supervision",
)  # who does something comes before who decides on the long run, then who looks


@dataclass(frozen=True, slots=True)
class Turn:
    """``first``: in turn, in order; ``also``: others in the same area and phase; ``proposals``: not in force, never in turn.

    ``named``: the pack says who is in turn; otherwise it follows from area and phase alone.
    """

    kind: str
    phase: str
    first: tuple[Cell, ...]
    also: tuple[Cell, ...]
    proposals: tuple[Cell, ...]
    named: bool

    @property
    def nobody(self) -> bool:
        """Whether no actor was found: that is an answer too."""
        return not self.first


def whose_turn(landscape: Landscape, *, kind: str, phase: str) -> Turn:
    """Who is in turn. Raises KeyError for a kind or phase that the pack does not know."""
    of, _phase = landscape.kinds[kind], landscape.phases[phase]
    here = [each for each in landscape.cells.values() if each.phase == phase and each.area in (*of.areas, EVERY)]
    named = _named(landscape, of, phase)
    seen = {each.id for each in named}
    rest = sorted(
        (each for each in here if each.id not in seen and each.status is not Status.PROPOSAL and each.area != EVERY),
        key=lambda each: DONE.index(each.layer) if each.layer in DONE else len(DONE),
    )
    proposals = tuple(each for each in here if each.status is Status.PROPOSAL)
    if named:
        return Turn(kind, phase, tuple(named), tuple(rest), proposals, named=True)
    return Turn(kind, phase, tuple(rest), (), proposals, named=False)


def _named(landscape: Landscape, of: Kind, phase: str) -> list[Cell]:
    """What the pack puts in order, then what cells say of themselves, such as cells that were added here."""
    ids = of.turns.get(phase, ())
    known = [landscape.cells[each] for each in ids if each in landscape.cells]
    added = [
        each for each in landscape.cells.values()
        if of.id in each.kinds and each.phase == phase and each.id not in set(ids)
    ]  # fmt: skip
    return [each for each in (*known, *added) if each.status is not Status.PROPOSAL]
