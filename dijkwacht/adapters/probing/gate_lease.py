"""A turn at the gate: given for one connection, and given back when that has ended."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dijkwacht.adapters.probing.gate_log import Event
from dijkwacht.core.consent import Allowed

if TYPE_CHECKING:
    from dijkwacht.adapters.probing.gate import Gate

_Protocol = TypeVar("_Protocol", bound=asyncio.BaseProtocol)


@dataclass(slots=True)
class Lease:
    """A turn that was given: for one connection, and ended once, whatever happens."""

    gate: "Gate"
    asked: Event
    allowed: Allowed
    done: list[Callable[[], None]]

    def around(self, factory: Callable[[], _Protocol]) -> Callable[[], _Protocol]:
        """The factory, of protocols whose `connection_lost` also ends the turn."""

        def made() -> _Protocol:
            protocol = factory()
            lost = protocol.connection_lost

            def connection_lost(error: Exception | None) -> None:
                try:
                    lost(error)
                finally:
                    self.end()

            vars(protocol)["connection_lost"] = connection_lost
            return protocol

        return made

    def opened(self) -> None:
        """The connection was made."""
        if not self.gate.logs:
            return
        path = " > ".join(f"{step.code} {step.about} {step.level}" for step in self.allowed.path)
        self.gate.tell(self.asked._replace(why=path, organisation=self.allowed.organisation))

    def failed(self, error: BaseException) -> None:
        """It was not: the turn ends."""
        self.end()
        self.gate.counts.failed += 1
        if not self.gate.logs:
            return
        why = f"{type(error).__name__}: {error}"[:200]
        self.gate.tell(self.asked._replace(outcome="failed", why=why, organisation=self.allowed.organisation))

    def end(self) -> None:
        """Gives the turn back; once more does nothing."""
        while self.done:
            self.done.pop()()
