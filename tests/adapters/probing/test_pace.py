"""The quick way in and the slow way in keep to the same rates."""

import asyncio
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters.probing.pace import Pace, Rates, Room, network_of

ADDRESSES = st.lists(st.sampled_from(["192.0.2.1", "192.0.2.2", "198.51.100.1", "2001:db8::1"]), max_size=30)


@given(addresses=ADDRESSES, cancelled=st.sets(st.integers(0, 29)), total=st.integers(1, 4), each=st.integers(1, 3))
def test_nobody_comes_in_beyond_the_rates(addresses: list[str], cancelled: set[int], total: int, each: int) -> None:
    async def go() -> None:
        pace = Pace(Rates(total, each + 1, each, 0.0))
        here: Counter[str] = Counter()

        async def visit(address: str) -> None:
            if not pace.entered(address):
                await pace.enter(address)
            here.update((address, network_of(address), ""))
            try:
                assert here[""] <= total
                assert here[address] <= each
                assert here[network_of(address)] <= each + 1
                await asyncio.sleep(0)
            finally:
                here.subtract((address, network_of(address), ""))
                pace.leave(address)

        visits = [asyncio.ensure_future(visit(address)) for address in addresses]
        await asyncio.sleep(0)
        for number in cancelled:
            if number < len(visits):
                visits[number].cancel()
        done = await asyncio.gather(*visits, return_exceptions=True)
        assert all(one is None or isinstance(one, asyncio.CancelledError) for one in done), done
        assert pace.busy == 0
        assert pace.entered("203.0.113.1")

    asyncio.run(go())


def test_whoever_waits_comes_before_who_comes_later() -> None:
    async def go() -> None:
        room, order = Room(1), []

        async def take(name: str) -> None:
            await room.take()
            order.append(name)

        assert room.taken()
        waiting = [asyncio.ensure_future(take(name)) for name in "ab"]
        await asyncio.sleep(0)
        room.give()
        assert not room.taken()
        await asyncio.sleep(0)
        room.give()
        await asyncio.gather(*waiting)
        assert order == ["a", "b"]

    asyncio.run(go())


def test_a_place_given_to_who_was_just_broken_off_is_not_lost() -> None:
    async def go() -> None:
        room = Room(1)
        assert room.taken()
        waiting = asyncio.ensure_future(room.take())
        await asyncio.sleep(0)
        room.give()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert room.free == 1

    asyncio.run(go())
