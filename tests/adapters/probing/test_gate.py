"""The gate: what it refuses never leaves; what it lets through keeps to the pace, and to one at a time at a mail host."""

import asyncio
from datetime import timedelta

import pytest

from dijkwacht.adapters.probing import gate as gate_module
from dijkwacht.adapters.probing.fitness import unfit
from dijkwacht.adapters.probing.gate import Denied, Event, reach_of
from dijkwacht.adapters.probing.pace import OneAtATime, Pace, Rates, network_of
from dijkwacht.core.consent import Allowed, Refused
from dijkwacht.core.consent_scope import scope_of
from tests.adapters.probing.consenting import consent
from tests.adapters.probing.world import NOON, Silent, counting, gate

OWN = {"organisation": "dijkstad", "scope": ["*.example", "127.0.0.0/8"], "level": 2}


async def connected(through, port, *, host="www.example", level=2, address="127.0.0.1"):
    return await through.connect(Silent, address, port, host=host, level=level, purpose="test")


REFUSALS = [
    ("nobody agreed", {}, dict(OWN, scope=["*.other.example"]), "no_consent"),
    ("withdrawn", {}, dict(OWN, revoked="2026-05-04T12:00:00+01:00"), "revoked"),
    ("ended", {}, dict(OWN, until="2026-05-03"), "ended"),
    ("not yet", {}, dict(OWN, **{"from": "2026-05-05"}), "not_yet"),
    ("outside the window", {}, dict(OWN, window=["mon-fri 20:00-06:00"]), "window"),
    ("excluded name", {}, dict(OWN, exclude=["www.example"]), "excluded"),
    ("excluded address", {}, dict(OWN, exclude=["127.0.0.1"]), "excluded"),
    ("level too high", {"level": 3}, OWN, "level"),
    ("of another", {"host": "www.other.test"}, dict(OWN, scope=["*.example"]), "no_consent"),
    ("no address", {"address": "localhost"}, OWN, "malformed"),
]


@pytest.mark.parametrize(("_why", "asked", "row", "code"), REFUSALS, ids=[each[0] for each in REFUSALS])
def test_without_consent_not_one_packet_leaves(_why, asked, row, code) -> None:
    async def go() -> None:
        events: list[Event] = []
        async with counting() as (server, port):
            through = gate(row, log=events.append)
            for _ in range(3):
                with pytest.raises(Denied) as denied:
                    await connected(through, port, **asked)
                assert denied.value.code == code
            await asyncio.sleep(0)
            assert server.came == 0
        assert through.counts.connections == 0
        assert through.counts.refused == {code: 3}
        assert [each.outcome for each in events] == ["refused"] * 3
        assert events[0].why == code

    asyncio.run(go())


def test_what_the_gate_refuses_opens_no_socket(monkeypatch) -> None:
    """Held at the loop itself: no socket is made, of any kind."""

    async def go() -> None:
        loop = asyncio.get_running_loop()
        for verb in ("create_connection", "create_datagram_endpoint", "sock_connect"):
            monkeypatch.setattr(loop, verb, lambda *args, **more: pytest.fail("a socket was opened"))
        through = gate(dict(OWN, level=0))
        with pytest.raises(Denied):
            await connected(through, 443)
        with pytest.raises(Denied):
            await through.datagram(asyncio.DatagramProtocol, "127.0.0.1", 53, host="a.example", level=1, purpose="ns")
        with pytest.raises(Denied, match="no_resolver"):
            await through.to_resolver(asyncio.DatagramProtocol)

    asyncio.run(go())


def test_what_is_allowed_is_counted_and_logged_with_its_path() -> None:
    async def go() -> None:
        events: list[Event] = []
        async with counting() as (server, port):
            through = gate(log=events.append)
            transport, protocol = await connected(through, port)
            assert through.counts.open == 1
            transport.close()
            await protocol.lost
            assert server.came == 1
        assert through.counts.open == 0
        assert through.counts.purposes == {"test": 1}
        assert (events[0].outcome, events[0].organisation) == ("open", "dijkstad")
        assert events[0].why == "consent dijkstad 3 > name *.example 3 > network 127.0.0.0/8 3"

    asyncio.run(go())


def test_what_fails_gives_its_turn_back() -> None:
    async def go() -> None:
        async with counting() as (_, port):
            pass
        through = gate(pace=Pace(Rates(1, 1, 1, 0.0)))
        for _ in range(3):
            with pytest.raises(ConnectionRefusedError) as refused:
                await connected(through, port)
        assert reach_of(refused.value) == "closed"
        assert through.counts.failed == 3
        assert through.counts.open == 0
        assert through._pace.busy == 0

    asyncio.run(go())


def test_a_consent_withdrawn_while_we_waited_for_a_turn_counts() -> None:
    async def go() -> None:
        async with counting() as (server, port):
            through = gate(OWN, pace=Pace(Rates(1, 1, 1, 0.0)))
            first, protocol = await connected(through, port)
            waiting = asyncio.ensure_future(connected(through, port))
            await asyncio.sleep(0)
            through.replace([consent(**OWN, revoked="2026-05-04T11:00:00+01:00")])
            first.close()
            await protocol.lost
            with pytest.raises(Denied, match="revoked"):
                await waiting
            assert server.came == 1
            assert through._pace.busy == 0

    asyncio.run(go())


def test_who_opts_out_is_left_alone_at_once() -> None:
    """Without a consent that changed, and though an earlier decision was kept."""
    through = gate(OWN)
    name = "www.example"
    assert isinstance(through.decision(name, "", level=1), Allowed)
    through.replace([consent(**OWN)], opted_out=scope_of([name]))
    refused = through.decision(name, "", level=1)
    assert isinstance(refused, Refused)
    assert refused.code == "opted_out"
    through.replace([consent(**OWN)])  # only the consents: the wish stands
    assert isinstance(through.decision(name, "", level=1), Refused)


def test_a_consent_of_another_that_came_later_makes_an_address_shared() -> None:
    """The gate began with one organisation: what it notes of addresses must not depend on that."""
    through = gate(dict(OWN, scope=["*.example"]))
    both = [
        consent(**dict(OWN, scope=["*.example"])),
        consent(**dict(OWN, organisation="other", scope=["*.other.test"])),
    ]
    through.replace(both)
    through.serves("www.example", "127.0.0.9")
    through.serves("www.other.test", "127.0.0.9")
    refused = through.decision("www.example", "127.0.0.9", level=2)
    assert isinstance(refused, Refused)
    assert refused.code == "shared"


def test_a_decision_is_made_anew_when_time_may_have_turned_it() -> None:
    async def go() -> None:
        at = [NOON]
        through = gate(dict(OWN, until="2026-05-04T12:00:01+01:00"), clock=lambda: at[0])
        async with counting() as (server, port):
            transport, _ = await connected(through, port)
            transport.abort()
            at[0] += timedelta(seconds=1)
            with pytest.raises(Denied, match="ended"):
                await connected(through, port)
            assert server.came == 1

    asyncio.run(go())


def test_never_two_at_once_at_a_mail_host(monkeypatch) -> None:
    async def go() -> None:
        async with counting() as (server, port):
            monkeypatch.setattr(gate_module, "MAIL_PORTS", frozenset({port}))
            through = gate()

            async def visit(host: str) -> None:
                transport, protocol = await connected(through, port, host=host)
                await asyncio.sleep(0.001)
                transport.close()
                await protocol.lost

            # one host from many sides, and another host at the same address
            await asyncio.gather(*(visit(f"mx{n % 2}.example") for n in range(12)))
            assert (server.came, server.most) == (12, 1)
            assert through.counts.most_open == 1

    asyncio.run(go())


def test_a_name_of_two_organisations_makes_an_address_shared() -> None:
    async def go() -> None:
        rows = [dict(OWN, scope=["a.example"]), dict(OWN, organisation="waterveen", scope=["b.example"])]
        async with counting() as (server, port):
            through = gate(*rows)
            through.serves("a.example", "127.0.0.1")
            transport, _ = await connected(through, port, host="a.example")
            transport.abort()
            through.serves("b.example", "127.0.0.1")
            for host in ("a.example", "b.example"):
                with pytest.raises(Denied, match="shared"):
                    await connected(through, port, host=host)
            assert server.came == 1

    asyncio.run(go())


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "private"), ("10.1.2.3", "private"), ("192.168.1.1", "private"), ("169.254.169.254", "private"),
        ("100.64.0.1", "private"), ("0.0.0.0", "private"), ("224.0.0.1", "private"), ("255.255.255.255", "private"),
        ("::1", "private"), ("fe80::1", "private"), ("fe80::1%eth0", "malformed"), ("fd00::1", "private"),
        ("::ffff:127.0.0.1", "private"), ("::ffff:10.0.0.1", "private"), ("64:ff9b::a00:1", "private"),
        ("2002:a00:1::", "private"), ("2001:0:a00:1::", "private"), ("ff02::1", "private"),
        ("93.184.215.14", ""), ("2606:2800:21f:cb07::1", ""), ("www.example", "malformed"), ("", "malformed"),
        ("0x7f000001", "malformed"), ("127.1", "malformed"),
    ],
)  # fmt: skip
def test_private_addresses_in_every_dress_are_refused(address: str, why: str) -> None:
    assert unfit(address, 443, level=2, lab=False) == why
    if why != "malformed":
        assert unfit(address, 443, level=2, lab=True) == ""


def test_a_visitor_uses_no_other_ports() -> None:
    assert unfit("93.184.215.14", 8443, level=2, lab=False) == "port"
    assert unfit("93.184.215.14", 8443, level=3, lab=False) == ""
    assert unfit("93.184.215.14", 0, level=3, lab=False) == "malformed"


def test_outside_the_lab_loopback_is_refused_at_the_socket() -> None:
    async def go() -> None:
        async with counting() as (server, _):
            with pytest.raises(Denied, match="private"):
                await connected(gate(lab=False), 443)
            assert server.came == 0

    asyncio.run(go())


def test_the_pace_bounds_addresses_networks_and_all() -> None:
    async def go() -> None:
        pace = Pace(Rates(total=4, per_network=3, per_address=2, gap=0.0))
        here: list[str] = []
        most = {"all": 0, "127.0.0.1": 0, "127.0.0.*": 0}

        async def visit(address: str) -> None:
            await pace.enter(address)
            here.append(address)
            most["all"] = max(most["all"], len(here))
            most["127.0.0.1"] = max(most["127.0.0.1"], here.count("127.0.0.1"))
            most["127.0.0.*"] = max(most["127.0.0.*"], sum(network_of(each) == "127.0.0.*" for each in here))
            await asyncio.sleep(0)
            here.remove(address)
            pace.leave(address)

        addresses = ["127.0.0.1"] * 8 + ["127.0.0.2"] * 8 + ["127.9.0.1", "::1", "127.8.0.1"] * 4
        await asyncio.gather(*map(visit, addresses))
        assert most == {"all": 4, "127.0.0.1": 2, "127.0.0.*": 3}
        assert pace.busy == 0

    asyncio.run(go())


def test_workers_together_keep_to_the_rates() -> None:
    assert Rates(200, 24, 4, 0.05).shared(2) == Rates(100, 12, 2, 0.1)
    assert Rates(200, 24, 4, 0.0).shared(50) == Rates(4, 1, 1, 0.0)


def test_between_two_starts_at_an_address_lies_a_gap(monkeypatch) -> None:
    async def go() -> None:
        waited: list[float] = []
        now = [100.0]

        async def sleep(seconds: float) -> None:
            waited.append(round(seconds, 3))
            now[0] += seconds

        monkeypatch.setattr(asyncio, "sleep", sleep)
        pace = Pace(Rates(gap=0.5), now=lambda: now[0])
        for _ in range(3):
            await pace.enter("192.0.2.1")
            pace.leave("192.0.2.1")
        await pace.enter("192.0.2.2")
        assert waited == [0.5, 0.5]

    asyncio.run(go())


def test_whoever_is_broken_off_while_waiting_leaves_nothing_behind() -> None:
    async def go() -> None:
        pace, turns = Pace(Rates(1, 1, 1, 0.0)), OneAtATime()
        await pace.enter("192.0.2.1")
        done = await turns.enter("host")
        waiting = [asyncio.ensure_future(pace.enter("192.0.2.1")), asyncio.ensure_future(turns.enter("host"))]
        await asyncio.sleep(0)
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        pace.leave("192.0.2.1")
        done()
        assert pace.busy == 0
        assert turns._turns == {}
        await pace.enter("192.0.2.1")
        (await turns.enter("host"))()

    asyncio.run(go())


def test_a_connection_that_takes_too_long_is_a_timeout(monkeypatch) -> None:
    async def go() -> None:
        async def never(*args, **more):
            await asyncio.get_running_loop().create_future()

        through = gate()
        monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", never)
        with pytest.raises(TimeoutError) as late:
            await through.connect(Silent, "127.0.0.1", 9, host="a.example", level=2, purpose="test", timeout=0.001)
        assert reach_of(late.value) == "timeout"
        assert through.counts.open == 0

    asyncio.run(go())


def test_refusals_that_are_kept_are_bounded() -> None:
    through = gate(dict(OWN, level=0))
    for _ in range(gate_module.KEPT + 5):
        assert through.refuses_to_ask("a.example", "dns") == "level"
    assert len(through.refusals) == gate_module.KEPT
    assert through.counts.refused["level"] == gate_module.KEPT + 5
