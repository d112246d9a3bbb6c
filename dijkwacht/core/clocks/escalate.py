"""Who is warned at which point of a term: the nearer its end, the more people. Our choice, no law."""

from typing import Literal

__all__ = ["Point", "Role", "called"]

Point = Literal["started", "warned", "due_soon", "overdue"]
Role = Literal["handler", "reporter", "deputy", "decider", "board"]
_FIRST: tuple[Role, ...] = ("handler", "reporter")


def called(point: Point) -> tuple[Role, ...]:
    """Whom to warn: at the start and the first warnings who does it, at the last also his deputies and who decides; too late: the
    board too, since it answers for it (Cbw 24)."""
    if point == "overdue":
        return (*_FIRST, "deputy", "decider", "board")
    return (*_FIRST, "deputy", "decider") if point == "due_soon" else _FIRST
