"""How an address is looked at, by a scan and by a worker that measures: no deeper than consent for that address allows."""

from collections.abc import Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass

from dijkwacht.adapters.probing.certificates import Trust
from dijkwacht.adapters.probing.gate import Gate
from dijkwacht.adapters.probing.ports import look_at_ports
from dijkwacht.adapters.probing.smtp import look_at_mail
from dijkwacht.adapters.probing.talk import Patience
from dijkwacht.adapters.probing.web import look_at_web
from dijkwacht.core.checks.observed import Certificate, MailAddress, OpenPort, WebAddress
from dijkwacht.core.consent import Allowed

VISITOR, DETECTABLE = 2, 3
NO_IPV6 = "no_ipv6"
"""Why an address was not tried: this machine has no IPv6."""

Follow = Callable[[str, str], Awaitable[str]]
"""The address to visit for another host, of the family of a given address if it has one. Raises Denied or OSError."""
WebLook = Callable[[str, str, Follow, Patience], Awaitable[tuple[WebAddress, dict[str, Certificate], bytes]]]
"""A look at a web address for a name: name, address."""
MailLook = Callable[[str, str, Patience], Awaitable[tuple[MailAddress, dict[str, Certificate]]]]  # host, address
PortLook = Callable[[str, str], Awaitable[tuple[OpenPort, ...]]]  # host, address
Place = Callable[[str], AbstractAsyncContextManager[None]]
"""What is held while a web address is looked at."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How an address is looked at. `ports`: None where no port is asked for."""

    web: WebLook
    mail: MailLook
    ports: PortLook | None = None


def nowhere(_address: str) -> AbstractAsyncContextManager[None]:
    """Nothing is held: whoever runs alone leaves the pace to the gate."""
    return nullcontext()


def looks_through(
    gate: Gate, trust: Trust, *, deepest: int = VISITOR, ports: Collection[int] = (), place: Place = nowhere
) -> Looks:
    """Looks at addresses through a gate. `deepest`: the level that was asked for; from `DETECTABLE` on `ports` are tried too."""

    def level(host: str, address: str) -> int:
        deep = deepest >= DETECTABLE and isinstance(gate.decision(host, address, level=DETECTABLE), Allowed)
        return DETECTABLE if deep else VISITOR

    async def web(
        name: str, address: str, follow: Follow, patience: Patience
    ) -> tuple[WebAddress, dict[str, Certificate], bytes]:
        async with place(address):
            deep = level(name, address)
            return await look_at_web(
                gate, name=name, address=address, trust=trust, level=deep, follow=follow, patience=patience
            )

    async def mail(host: str, address: str, patience: Patience) -> tuple[MailAddress, dict[str, Certificate]]:
        deep = level(host, address)
        return await look_at_mail(gate, host=host, address=address, trust=trust, level=deep, patience=patience)

    async def tried(host: str, address: str) -> tuple[OpenPort, ...]:
        async with place(address):
            return await look_at_ports(gate, host=host, address=address, ports=tuple(sorted(ports)))

    return Looks(web, mail, tried if deepest >= DETECTABLE else None)
