"""Whether we still reach anything: when nobody answers any more, wherever we go, it is our own network that is gone."""

import errno
from dataclasses import dataclass, field
from typing import Final

from dijkwacht.adapters.probing.pace import network_of

GONE: Final = 20
"""So many networks without an answer, one after another, and ours counts as gone, until anybody answers."""


class GoneError(OSError):
    """Our own network is gone: it says nothing of the other side."""

    def __init__(self) -> None:
        super().__init__(errno.ENETDOWN, "our network is gone")


@dataclass(slots=True)
class Outlook:
    """The networks (/24, /48) that were silent since the last answer."""

    _silent: set[str] = field(default_factory=set)

    def heard(self) -> None:
        """Somebody answered, if only with a refusal."""
        self._silent.clear()

    def silent(self, address: str) -> bool:
        """Nobody answered at an address; whether our network is gone."""
        if len(self._silent) < GONE:
            self._silent.add(network_of(address))
        return self.gone

    @property
    def gone(self) -> bool:
        """Whether our network is gone."""
        return len(self._silent) >= GONE
