"""What the commands do that need a database: rows in, an Outcome out. The clock and the printing are in cli/."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to tell: ``data`` for --json, ``lines`` for people. Not ``well``: exit status 1."""

    data: Any
    lines: Sequence[str]
    well: bool = True
