"""Which addresses serve whom: asked for before anything is visited, and written down before the first connection to each.

So it does not matter whose names are measured first: all names that are watched have been asked for by then.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import groupby
from typing import Any

from dijkwacht.adapters.probing.gate import Gate
from dijkwacht.adapters.probing.looks import Looks
from dijkwacht.adapters.probing.resolver import Resolver
from dijkwacht.apps.people.models import Organisation, OrganisationKind
from dijkwacht.apps.perimeter.models import Domain
from dijkwacht.apps.perimeter.services import serving
from dijkwacht.apps.perimeter.services.serving import Place
from dijkwacht.commands.watching_desk import Clock, Desk
from dijkwacht.core.checks import wanted
from dijkwacht.core.checks.asked import Question, addresses
from dijkwacht.core.checks.observed import Lookup
from dijkwacht.core.consent import Allowed

AT_ONCE = 100
"""Names that are asked for side by side."""
IN_A_ROUND = 500

Opened = Callable[[Organisation], Awaitable[Gate]]
"""Gives the gate of an organisation."""


class Places:
    """What one worker knows of addresses; what all know is in the database."""

    def __init__(self, desk: Desk, clock: Clock, *, trusted: bool) -> None:
        self._desk, self._clock, self._trusted = desk, clock, trusted
        self._noted: dict[int, set[Place]] = {}
        self._turn = asyncio.Lock()

    async def sound(self, opened: Opened, *, mail_hosts: int) -> bool:
        """Asks for the addresses of every name of which they are not known, of whomever; whether there was any."""
        asked = False
        async with self._turn:
            while found := await self._desk.do(serving.unsounded, at=self._clock(), most=IN_A_ROUND):
                asked = True
                for _number, group in groupby(found, key=lambda domain: domain.organisation_id):
                    names = list(group)
                    await self._sounded(names, await opened(names[0].organisation), mail_hosts)
        return asked

    async def _sounded(self, names: list[Domain], gate: Gate, mail_hosts: int) -> None:
        resolver, room = Resolver(gate, trusted=self._trusted), asyncio.Semaphore(AT_ONCE)

        async def one(domain: Domain) -> None:
            async with room:
                if isinstance(gate.decision(domain.name, "", level=1), Allowed):
                    places = await _places(resolver, domain.name, mail_hosts)
                    await self._desk.do(serving.note, domain.about or domain.organisation, places, at=self._clock())

        try:
            await asyncio.gather(*map(one, names))
        finally:
            resolver.close()
        await self._desk.do(serving.sounded, names, at=self._clock())

    def noting(self, organisation: Organisation, looks: Looks, fresh: Callable[[], Awaitable[None]]) -> Looks:
        """The same looks, each of which first writes down where it goes; `fresh` reads anew what that means."""

        async def first(name: str, address: str) -> None:
            if await self._note(organisation, name, address):
                await fresh()

        async def web(name: str, address: str, *more: Any) -> Any:
            await first(name, address)
            return await looks.web(name, address, *more)

        async def mail(host: str, address: str, *more: Any) -> Any:
            await first(host, address)
            return await looks.mail(host, address, *more)

        return replace(looks, web=web, mail=mail)

    def forget(self) -> None:
        """A new day: what was seen is written down again."""
        self._noted.clear()

    async def _note(self, organisation: Organisation, name: str, address: str) -> bool:
        known = self._noted.get(organisation.pk)
        if known is None:
            found = await self._desk.do(serving.noted, organisation, at=self._clock())
            known = self._noted.setdefault(organisation.pk, found)
        if (name, address) in known:
            return False
        known.add((name, address))
        owner: Organisation | None = organisation
        if organisation.kind == OrganisationKind.CSIRT:
            owner = await self._desk.do(serving.whose, organisation, name)
        if owner is not None:
            await self._desk.do(serving.note, owner, [(name, address)], at=self._clock())
        return True


async def _places(resolver: Resolver, name: str, mail_hosts: int) -> list[Place]:
    """Where the site of a name and the hosts of its mail are."""
    known: dict[Question, Lookup] = {}

    async def ask(*questions: Question) -> None:
        found = await asyncio.gather(*(resolver.ask(*each, host=name) for each in questions))
        known.update(zip(questions, found, strict=True))

    await ask((name, "A"), (name, "AAAA"), (name, "MX"))
    hosts = wanted.hosts(known, name, mail_hosts)
    await ask(*((host, kind) for host in hosts for kind in ("A", "AAAA") if (host, kind) not in known))
    return [(host, each) for host in dict.fromkeys((name, *hosts)) for each in addresses(known, host)]
