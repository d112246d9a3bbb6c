"""How long hosts that say nothing, or say it slowly, keep a run: with hosts that waste our time, and time that passes at once."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.probing.lines import Authority
from dijkwacht.adapters.probing import run as run_module
from dijkwacht.adapters.probing import silence
from dijkwacht.adapters.probing.looks import Looks, looks_through
from dijkwacht.adapters.probing.mail_hosts import MailHosts
from dijkwacht.adapters.probing.run import Progress, run
from dijkwacht.adapters.probing.silence import Silence
from dijkwacht.adapters.probing.trouble import is_mail_troubled, is_web_troubled
from dijkwacht.adapters.probing.visits import Alone
from dijkwacht.adapters.probing.web_addresses import WebAddresses
from dijkwacht.core.checks.observed import DomainSeen, HelloSeen, MailAddress, WebAddress
from tests.adapters.probing.virtual import DEAD, TARPIT, Manner, VirtualLoop, Wasteland, virtually

AUTHORITY = Authority()
MOST = 10.0
"""Seconds that a host may keep a run waiting, whatever it does."""
QUICK = 8.0
"""Seconds of answers within a second each, which count for no silence."""
BANNER = b"220 mx.dijkstad.example\r\n"


def _fault(where: str, error: BaseException) -> str:
    raise error


def _looks(waste: Wasteland) -> Looks:
    return looks_through(waste, AUTHORITY.trust())  # type: ignore[arg-type]


def webs(waste: Wasteland) -> WebAddresses:
    async def nothing(host: str, name: str) -> dict[Any, Any]:
        return {}

    return WebAddresses(waste, _looks(waste).web, nothing, _fault)  # type: ignore[arg-type]


def mails(waste: Wasteland) -> MailHosts:
    return MailHosts(waste, _looks(waste).mail, Alone(), _fault)  # type: ignore[arg-type]


async def web_run(visits: WebAddresses, name: str = "www.dijkstad.example", address: str = "192.0.2.1") -> WebAddress:
    """An address as a run treats it: visited, and once more when it was in trouble."""
    seen, _, _ = await visits.of(name, address)
    if is_web_troubled(seen):
        await visits.again(name, address)
    return seen


async def mail_run(visits: MailHosts, addresses: list[str], host: str = "mx.dijkstad.example") -> list[MailAddress]:
    seen = list((await visits.of(host, addresses))[0].addresses)
    await asyncio.gather(*(visits.again(host, each.address) for each in seen if is_mail_troubled(each)))
    return seen


def lasted(monkeypatch: pytest.MonkeyPatch, manner: Any, go: Any) -> tuple[float, Any, Wasteland]:
    """Seconds of waiting, what was seen, and where we came."""
    waste = Wasteland(manner)

    async def test() -> tuple[float, Any]:
        loop = asyncio.get_running_loop()
        since = loop.time()
        found = await go(waste)
        return loop.time() - since, found

    seconds, found = virtually(monkeypatch, test)
    return seconds, found, waste


def test_a_web_tarpit_is_visited_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It took the connection, so there is no lack to be certain of: it was not measured, and a second try asks the same."""
    seconds, seen, waste = lasted(monkeypatch, lambda *_: TARPIT, lambda waste: web_run(webs(waste)))
    assert 8.0 <= seconds <= MOST
    assert (seen.https, seen.http) == ("open", "open")
    assert waste.came == [("192.0.2.1", 443), ("192.0.2.1", 443), ("192.0.2.1", 80)]


def test_a_dead_web_address_is_tried_twice_within_its_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """That nobody answers on port 443 is a lack: it takes two measurements."""
    seconds, seen, waste = lasted(monkeypatch, lambda *_: DEAD, lambda waste: web_run(webs(waste)))
    assert seconds <= MOST
    assert (seen.https, seen.http) == ("timeout", "timeout")
    assert [port for _, port in waste.came] == [443, 80, 443]


def test_a_dead_address_that_answers_the_second_time_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    def manner(address: str, port: int, visit: int) -> Manner:
        return DEAD if visit == 1 and port == 443 else Manner(closes=0.1)

    async def go(waste: Wasteland) -> bool:
        visits = webs(waste)
        seen, _, _ = await visits.of("www.dijkstad.example", "192.0.2.1")
        assert seen.https == "timeout"
        return await visits.again("www.dijkstad.example", "192.0.2.1")

    seconds, mended, _ = lasted(monkeypatch, manner, go)
    assert mended
    assert seconds <= MOST


@pytest.mark.parametrize("count", [1, 2, 3, 4, 8])
def test_a_dead_mail_host_costs_ten_seconds_however_many_addresses_it_has(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    addresses = [f"192.0.2.{n}" for n in range(1, count + 1)]
    seconds, seen, waste = lasted(monkeypatch, lambda *_: DEAD, lambda waste: mail_run(mails(waste), addresses))
    assert seconds <= MOST
    assert [each.smtp for each in seen] == ["timeout"] * count
    assert sorted(waste.came) == sorted([(each, 25) for each in addresses] * 2)


def test_a_mail_tarpit_leaves_something_for_its_other_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first says nothing; the second greets at once and hangs up, and is heard."""

    def manner(address: str, port: int, visit: int) -> Manner:
        return TARPIT if address.endswith(".1") else Manner(says=[(0.3, BANNER), (0.3, b"250 x\r\n")])

    seconds, seen, _ = lasted(monkeypatch, manner, lambda waste: mail_run(mails(waste), ["192.0.2.1", "192.0.2.2"]))
    assert seconds <= MOST + 1
    assert [(each.smtp, each.starttls) for each in seen] == [("open", "error"), ("open", "no")]


def test_a_mail_host_that_makes_a_stranger_wait_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    def manner(address: str, port: int, visit: int) -> Manner:
        return Manner(says=[(6.5, BANNER), (0.1, b"250 x\r\n")])

    _, seen, _ = lasted(monkeypatch, manner, lambda waste: mail_run(mails(waste), ["192.0.2.1"]))
    assert seen[0].starttls == "no"
    assert seen[0].banner == "mx.dijkstad.example"


def test_a_slow_connection_costs_as_much_as_a_slow_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each connection takes three seconds, and then all is refused at once."""
    slow = Manner(connects=3.0, says=[(0.0, bytes.fromhex("15030300020228"))], closes=0.0)
    seconds, seen, waste = lasted(monkeypatch, lambda *_: slow, lambda waste: web_run(webs(waste)))
    assert seconds <= MOST
    assert len(waste.came) <= 5
    assert seen.https == "open"


MANNERS = st.builds(
    Manner,
    connects=st.sampled_from([None, 0.0, 0.5, 1.5, 3.0, 3.9]),
    says=st.lists(
        st.tuples(
            st.sampled_from([0.0, 0.9, 1.1, 2.0, 3.9, 7.9]),
            st.sampled_from([b"", b"\x15\x03\x03\0\2\2\x28", b"\x16\x03\x03\xff\xff", BANNER, b"250-x\r\n",
                             b"250 STARTTLS\r\n", b"220 go\r\n", b"HTTP/1.1 302 x\r\nLocation: /a\r\n\r\n", b"x"]),
        ),
        max_size=5,
    ),
    closes=st.none() | st.sampled_from([0.0, 0.9, 3.5]),
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(manners=st.lists(MANNERS, min_size=1, max_size=12), mail=st.booleans(), count=st.integers(1, 8))
def test_no_host_keeps_a_run_longer(
    monkeypatch: pytest.MonkeyPatch, manners: list[Manner], mail: bool, count: int
) -> None:
    """Whatever it does on each connection: silent, dead, slow, by drops, or breaking off."""
    visits = iter(range(10_000))

    def manner(address: str, port: int, visit: int) -> Manner:
        return manners[next(visits) % len(manners)]

    async def go(waste: Wasteland) -> Any:
        addresses = [f"192.0.2.{n}" for n in range(1, count + 1)]
        return await (mail_run(mails(waste), addresses) if mail else web_run(webs(waste)))

    seconds, _, waste = lasted(monkeypatch, manner, go)
    # one answer may be waited for half a second more than there is patience left, in a tunnel that was just finished
    assert seconds <= MOST + QUICK + 0.5, waste.came


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=st.lists(st.sampled_from([DEAD, TARPIT, Manner(connects=1.2), Manner(connects=3.9)]), min_size=1))
@pytest.mark.parametrize("mail", [False, True])
def test_no_host_that_never_answers_keeps_a_run_longer_than_its_patience(
    monkeypatch: pytest.MonkeyPatch, choices: list[Manner], mail: bool
) -> None:
    visits = iter(range(10_000))

    def manner(address: str, port: int, visit: int) -> Manner:
        return choices[next(visits) % len(choices)]

    async def go(waste: Wasteland) -> Any:
        return await (mail_run(mails(waste), ["192.0.2.1", "2001:db8::1"]) if mail else web_run(webs(waste)))

    assert lasted(monkeypatch, manner, go)[0] <= MOST


def test_a_hundred_names_at_one_tarpit_wait_for_two_visits_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was silent for some is known for the others; four at once, as the pace allows."""

    async def go(waste: Wasteland) -> list[WebAddress]:
        visits = webs(waste)
        return await asyncio.gather(*(web_run(visits, f"n{n}.example") for n in range(100)))

    seconds, seen, waste = lasted(monkeypatch, lambda *_: TARPIT, go)
    assert seconds <= MOST
    assert len(waste.came) == 4 * 3
    assert {each.https for each in seen} == {"open"}


def test_ten_mail_hosts_at_one_dead_address_wait_for_two_visits_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def go(waste: Wasteland) -> list[list[MailAddress]]:
        visits = mails(waste)
        hosts = [f"mx{n}.example" for n in range(10)]
        return await asyncio.gather(*(mail_run(visits, ["192.0.2.1"], host) for host in hosts))

    seconds, seen, waste = lasted(monkeypatch, lambda *_: DEAD, go)
    assert seconds <= 2 * MOST
    assert len(waste.came) == 2
    assert all(each[0].smtp == "timeout" for each in seen)


def test_without_consent_nothing_is_told_of_what_others_saw(monkeypatch: pytest.MonkeyPatch) -> None:
    """The visit is made as ever, and the gate refuses it."""
    from dijkwacht.core.consent import Refused

    waste = Wasteland(lambda *_: TARPIT)
    waste.decision = lambda host, address, *, level: Refused("no_consent")  # type: ignore[assignment, method-assign]

    async def test() -> None:
        visits = webs(waste)
        for n in range(3):
            await web_run(visits, f"n{n}.example")

    virtually(monkeypatch, test)
    assert len(waste.came) == 9


def test_silence_is_known_for_a_while_and_forgotten_with_the_first_answer() -> None:
    known: list[str | None] = []

    async def test() -> None:
        kept: Silence[str] = Silence(2)

        async def look() -> None:
            async with kept.place("192.0.2.1") as found:
                known.append(found)

        for mute in (True, True, False, True, True):
            kept.told("192.0.2.1", "nothing", mute=mute)
            await look()
        await asyncio.sleep(silence.KNOWN + 1)
        await look()

    loop = VirtualLoop()
    loop.run_until_complete(test())
    loop.close()
    assert known == [None, "nothing", None, None, "nothing", None]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silence, "KEPT", 3)

    async def test() -> None:
        kept: Silence[str] = Silence(2)
        for n in range(10):
            kept.told(f"192.0.2.{n}", "nothing", mute=True)
            kept.patience(f"n{n}.example", 3).left = n
        assert (len(kept._mute), len(kept._patience), len(kept._places)) == (3, 3, 0)
        assert kept.patience("n9.example", 3).left == 9
        kept.answered("n9.example")
        assert kept.patience("n9.example", 3).left == 10

    asyncio.run(test())


@pytest.mark.parametrize(
    ("seen", "troubled"),
    [
        (WebAddress("192.0.2.1", "open", "open", hellos=(HelloSeen("tls12", "timeout"),)), False),
        (WebAddress("192.0.2.1", "open", "open", hellos=(HelloSeen("a", "hello"), HelloSeen("b", "timeout"))), True),
        (WebAddress("192.0.2.1", "open", "open", hellos=(HelloSeen("a", "timeout"), HelloSeen("b", "alert"))), True),
        (WebAddress("192.0.2.1", "timeout", "timeout"), True),
    ],
)
def test_who_says_nothing_at_all_is_not_asked_again(seen: WebAddress, troubled: bool) -> None:
    assert is_web_troubled(seen) is troubled


class _Slow:
    """A scanner to whom some names are slow; notes how many it has in hand."""

    def __init__(self, slow: set[str], seconds: float) -> None:
        self.slow, self.seconds = slow, seconds
        self.here = self.most = 0

    async def look(self, name: str) -> DomainSeen:
        self.here += 1
        self.most = max(self.most, self.here)
        await asyncio.sleep(self.seconds if name in self.slow else 0.1)
        self.here -= 1
        return DomainSeen(name, "", {}, web=(WebAddress("x", "timeout" if name in self.slow else "open", "open"),))

    async def mended(self, seen: DomainSeen) -> DomainSeen:
        await asyncio.sleep(self.seconds / 2)
        return seen


@pytest.mark.parametrize(("slow", "waits"), [(100, 3.0), (run_module.MOST_SLOW + 50, 15.0)])
def test_slow_names_hold_up_nobody(monkeypatch: pytest.MonkeyPatch, slow: int, waits: float) -> None:
    """They all come first: the others are seen before the first of them ends, as long as not too many are slow."""
    names = [f"n{n}.example" for n in range(600)]
    scanner, seen = _Slow(set(names[:slow]), 10.0), dict[str, float]()

    async def test() -> None:
        loop = asyncio.get_running_loop()
        since = loop.time()
        await run(
            scanner, names, lambda each: seen.setdefault(each.name, loop.time() - since), progress=Progress(600),
            at_once=20,
        )  # type: ignore[arg-type]  # fmt: skip

    virtually(monkeypatch, test)
    assert len(seen) == 600
    quick = [seen[name] for name in names[slow:]]
    assert max(quick) < waits + len(names) * 0.1 / 20 + slow / 20 * run_module.SLOW
    assert scanner.most <= 20 + run_module.MOST_SLOW


def test_what_fails_in_a_slow_name_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(each: DomainSeen) -> None:
        raise OSError("disk full")

    async def test() -> None:
        scanner = _Slow({"a.example"}, 5.0)
        with pytest.raises(ExceptionGroup) as group:
            await run(scanner, ["a.example"], fail, progress=Progress(1), at_once=1)  # type: ignore[arg-type]
        assert group.value.subgroup(OSError)

    virtually(monkeypatch, test)
