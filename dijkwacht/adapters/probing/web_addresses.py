"""Web addresses in one run: each is visited for each name that leads to it, with one patience for all visits of that name."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from dijkwacht.adapters.probing import page
from dijkwacht.adapters.probing.gate import Denied, Gate
from dijkwacht.adapters.probing.looks import NO_IPV6, VISITOR, WebLook
from dijkwacht.adapters.probing.silence import Silence
from dijkwacht.adapters.probing.trouble import is_web_mute, is_web_troubled
from dijkwacht.core.checks.asked import Question, addresses
from dijkwacht.core.checks.observed import Certificate, Likeness, Lookup, WebAddress
from dijkwacht.core.consent import Allowed, Refused

TRIES = 3
"""First connections to a web address: port 443, that again when nobody answered, and port 80."""

Resolve = Callable[[str, str], Awaitable[Mapping[Question, Lookup]]]
"""The answers about the addresses of a host, asked on behalf of a name: host, name."""
Seen = tuple[WebAddress, dict[str, Certificate], bytes]


class WebAddresses:
    """Visits web addresses. `fault` writes down what goes wrong with us."""

    def __init__(self, gate: Gate, look: WebLook, resolve: Resolve, fault: Callable[[str, BaseException], str]) -> None:
        self._gate, self._look, self._resolve, self._fault = gate, look, resolve, fault
        self._silence: Silence[WebAddress] = Silence(gate.per_address)

    async def of(self, name: str, address: str) -> Seen:
        """What an address showed; an address that was silent twice is not visited again for this name or another."""
        self._gate.serves(name, address)
        if not await self._gate.speaks(address):
            return WebAddress(address, "not_tried", "not_tried", reason=NO_IPV6), {}, b""
        async with self._silence.place(address) as known:
            if known is not None and isinstance(self._gate.decision(name, address, level=VISITOR), Allowed):
                return known, {}, b""
            return await self._visited(name, address)

    async def again(self, name: str, address: str) -> bool:
        """Visits an address that was in trouble once more, with the patience that is left; whether that is over."""
        if not self._silence.patience(_key(name, address), TRIES).now():
            return False
        seen, _, _ = await self.of(name, address)
        return not is_web_troubled(seen)

    async def _visited(self, name: str, address: str) -> Seen:
        key = _key(name, address)
        patience = self._silence.patience(key, TRIES)
        try:
            found = await self._look(name, address, partial(self._follow, name), patience)
        except Exception as error:
            self._silence.answered(key)
            return WebAddress(address, "not_tried", "not_tried", reason=self._fault("web", error)), {}, b""
        self._silence.told(address, found[0], mute=is_web_mute(found[0]))
        if not is_web_troubled(found[0]):
            self._silence.answered(key)
        return found

    async def _follow(self, name: str, host: str, near: str) -> str:
        """Where a redirect of `name` leads: asked on behalf of that name, when the host lies within consent."""
        if isinstance(refused := self._gate.decision(host, "", level=VISITOR), Refused):
            raise Denied(refused.code, refused.params)
        found = addresses(await self._resolve(host, name), host)
        if not found:
            raise OSError(f"no address: {host[:100]}")
        return next((each for each in found if (":" in each) is (":" in near)), found[0])


def alike(looks: list[Seen]) -> Likeness | None:
    """How much the pages of the first address of either family are alike; None without two pages."""
    bodies: dict[bool, bytes] = {}
    for seen, _, body in looks:
        if seen.front is not None and seen.front.status:
            bodies.setdefault(":" in seen.address, body)
    return page.likeness(bodies[False], bodies[True]) if len(bodies) == 2 else None


def _key(name: str, address: str) -> str:
    return f"{name} {address}"
