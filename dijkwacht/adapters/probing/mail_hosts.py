"""Mail hosts in one run: each is visited once, its addresses one after another, with one patience for the host."""

from collections.abc import Callable, Sequence
from functools import partial

from dijkwacht.adapters.probing.gate import Gate
from dijkwacht.adapters.probing.looks import NO_IPV6, VISITOR, MailLook
from dijkwacht.adapters.probing.silence import Silence
from dijkwacht.adapters.probing.trouble import is_mail_mute, is_mail_troubled
from dijkwacht.adapters.probing.visits import MailSeen, Once, Sharing
from dijkwacht.core.checks.observed import Certificate, MailAddress, MailHost
from dijkwacht.core.consent import Allowed


class MailHosts:
    """Visits mail hosts. `fault` writes down what goes wrong with us."""

    def __init__(
        self, gate: Gate, look: MailLook, sharing: Sharing, fault: Callable[[str, BaseException], str]
    ) -> None:
        self._gate, self._look, self._sharing, self._fault = gate, look, sharing, fault
        self._seen: Once[MailSeen] = Once()
        self._twice: Once[MailSeen] = Once()
        self._silence: Silence[MailAddress] = Silence(1)

    async def of(self, host: str, found: Sequence[str]) -> MailSeen:
        """What a host showed, whoever asked first; what we could not ask, the next one asks again."""
        seen = await self._seen.of(host, partial(self._visited, host, found))
        if any(map(_is_ours, seen[0].addresses)):
            self._seen.forget(host)
        return seen

    async def again(self, host: str, address: str) -> bool:
        """Visits an address that was in trouble once more; whether that is over. Once per run: many names share it."""
        seen, _ = await self._twice.of(f"{host} {address}", partial(self._visited, host, [address], first=False))
        mended = not any(map(is_mail_troubled, seen.addresses))
        if mended:
            self._seen.forget(host)
            self._sharing.forget(host)
        return mended

    async def _visited(self, host: str, found: Sequence[str], *, first: bool = True) -> MailSeen:
        try:
            return await self._in_turn(host, found, first=first)
        except Exception as error:  # what workers share could not be read or written
            reason = self._fault("mail", error)
            return MailHost(host, tuple(MailAddress(each, "not_tried", reason=reason) for each in found)), {}

    async def _in_turn(self, host: str, found: Sequence[str], *, first: bool) -> MailSeen:
        """One host, its addresses one after another, whoever else wants to."""
        async with self._sharing.held([host, *found]):
            if first and (recalled := self._sharing.recalled(host)) is not None:
                return recalled
            self._silence.patience(host, 2 * len(found))
            seen: list[MailAddress] = []
            certificates: dict[str, Certificate] = {}
            for address in found:
                one, sent = await self._address(host, address)
                seen.append(one)
                certificates |= sent
            visit = MailHost(host, tuple(seen)), certificates
            if first and not any(map(_is_ours, seen)):
                self._sharing.remember(host, visit)
            if not any(map(is_mail_troubled, seen)):
                self._silence.answered(host)
            return visit

    async def _address(self, host: str, address: str) -> tuple[MailAddress, dict[str, Certificate]]:
        try:
            if not await self._gate.speaks(address):
                return MailAddress(address, "not_tried", reason=NO_IPV6), {}
            async with self._silence.place(address) as known:
                if known is not None and isinstance(self._gate.decision(host, address, level=VISITOR), Allowed):
                    return known, {}
                seen, sent = await self._look(host, address, self._silence.patience(host, 2))
                self._silence.told(address, seen, mute=is_mail_mute(seen))
                return seen, sent
        except Exception as error:
            return MailAddress(address, "not_tried", reason=self._fault("mail", error)), {}


def _is_ours(seen: MailAddress) -> bool:
    """Whether it was for want of something of ours that an address was not tried."""
    return seen.smtp == "not_tried" and seen.reason != NO_IPV6
