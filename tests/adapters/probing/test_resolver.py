"""Asking our own resolver: what it says, what it does not say, and what others say in its name."""

import asyncio
import struct

import dns.edns
import dns.message
import pytest

from dijkwacht.adapters.probing import resolver as resolver_module
from dijkwacht.adapters.probing.resolver import Resolver
from dijkwacht.adapters.probing.servers import look_at_server
from tests.adapters.probing.test_dns_wire import answer_to
from tests.adapters.probing.world import gate, name_server

ZONE = "www.example. 60 IN A 192.0.2.1"


def resolving(answer, ask, *, over_tcp=None, trusted=True, waits=(0.05,), through=None):
    """Runs `ask(resolver, name server)` against a name server that answers so."""

    async def go():
        async with name_server(answer, over_tcp=over_tcp) as (server, port):
            made = Resolver(through or gate(resolver=("127.0.0.1", port)), trusted=trusted, waits=waits)
            try:
                return await ask(made, server)
            finally:
                made.close()

    return asyncio.run(go())


def one(answer, **more):
    async def ask(resolver, _server):
        return await resolver.ask("www.example", "A"), resolver.asked

    return resolving(answer, ask, **more)


def checked(sent: bytes) -> bool:
    return not struct.unpack_from(">H", sent, 2)[0] & 0x10


@pytest.mark.parametrize("trusted", [True, False])
def test_ad_counts_only_where_the_resolver_is_trusted(trusted: bool) -> None:
    found, _ = one(lambda sent: answer_to(sent, ZONE, ad=True), trusted=trusted)
    assert found.records == ("192.0.2.1",)
    assert found.secure is trusted


def test_servfail_with_an_answer_unchecked_is_bogus() -> None:
    def answer(sent: bytes) -> bytes:
        return answer_to(sent, "", rcode=2) if checked(sent) else answer_to(sent, ZONE, ad=True)

    found, asked = one(answer)
    assert found.bogus
    assert not found.secure
    assert (found.rcode, found.records, asked.questions) == ("NOERROR", ("192.0.2.1",), 2)


def test_servfail_both_ways_is_servfail_and_keeps_why() -> None:
    def answer(sent: bytes) -> bytes:
        response = dns.message.make_response(dns.message.from_wire(sent))
        response.set_rcode(2)
        response.use_edns(0, options=[dns.edns.EDEOption(22, "no reachable authority")])
        return response.to_wire()

    found, _ = one(answer)
    assert (found.rcode, found.bogus, found.reason) == ("SERVFAIL", False, "EDE 22 no reachable authority")
    assert not found.answered


def test_silence_is_a_timeout_after_all_tries() -> None:
    found, asked = one(lambda sent: None, waits=(0.01, 0.01, 0.01))
    assert (found.rcode, found.reason) == ("TIMEOUT", "timeout")
    assert (asked.questions, asked.repeats, asked.silent) == (1, 2, 1)


def test_an_answer_to_the_second_try_counts() -> None:
    tries: list[bytes] = []

    def answer(sent: bytes) -> bytes | None:
        tries.append(sent)
        return answer_to(sent, ZONE) if len(tries) > 1 else None

    found, _ = one(answer, waits=(0.02, 2.0))
    assert found.records == ("192.0.2.1",)
    assert tries[0][2:] == tries[1][2:]


def test_what_was_not_asked_is_dropped() -> None:
    """Another id, another name, another kind, a question, noise; and then the real one."""

    def answer(sent: bytes) -> list[bytes]:
        other = dns.message.make_query("evil.example", "A", id=struct.unpack_from(">H", sent)[0]).to_wire()
        forged = answer_to(other, "evil.example. 60 IN A 192.0.2.66")
        wrong_id = (
            struct.pack(">H", struct.unpack_from(">H", sent)[0] ^ 1)
            + answer_to(sent, "www.example. 60 IN A 192.0.2.66")[2:]
        )
        return [wrong_id, forged, sent, b"\0", answer_to(sent, ZONE)]

    found, asked = one(answer, waits=(2.0,))
    assert found.records == ("192.0.2.1",)
    assert asked.dropped == 4


def test_an_answer_from_another_address_is_not_heard() -> None:
    async def ask(resolver, server):
        loop = asyncio.get_running_loop()
        asking = asyncio.ensure_future(resolver.ask("www.example", "A"))
        while not server.asked:
            await asyncio.sleep(0)
        sent, back = server.asked[0]
        forger, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=("127.0.0.2", 0))
        forger.sendto(answer_to(sent, "www.example. 60 IN A 192.0.2.66"), back)
        found = await asking
        forger.close()
        return found

    assert resolving(lambda sent: None, ask).rcode == "TIMEOUT"


def test_a_cut_off_answer_is_asked_over_tcp() -> None:
    def cut(sent: bytes) -> bytes:
        whole = answer_to(sent, "")
        return whole[:2] + struct.pack(">H", struct.unpack_from(">H", whole, 2)[0] | 0x200) + whole[4:]

    many = "\n".join(f"www.example. 60 IN A 10.1.{n // 256}.{n % 256}" for n in range(3000))
    found, asked = one(cut, over_tcp=lambda sent: answer_to(sent, many), waits=(2.0,))
    assert len(found.records) == 3000
    assert asked.over_tcp == 1


def test_a_tcp_answer_to_something_else_or_none_is_an_error() -> None:
    def cut(sent: bytes) -> bytes:
        whole = answer_to(sent, "")
        return whole[:2] + struct.pack(">H", 0x8380) + whole[4:]

    for over_tcp in (lambda sent: answer_to(sent, ZONE)[:-3], lambda sent: b"nonsense", lambda sent: None):
        found, _ = one(cut, over_tcp=over_tcp, waits=(0.5,))
        assert found.rcode == "ERROR"
        assert found.reason


@pytest.mark.parametrize("tail", [b"\xc0\x0c" * 20, b"\xff" * 40, b""])
def test_a_malformed_answer_is_an_error_with_a_reason(tail: bytes) -> None:
    def answer(sent: bytes) -> bytes:
        whole = bytearray(answer_to(sent, ""))
        whole[6:8] = b"\0\5"
        return bytes(whole[: 12 + len(b"\3www\7example\0") + 4]) + tail

    found, _ = one(answer, waits=(0.2,))
    assert found.rcode == "ERROR"
    assert "Malformed" in found.reason


def test_a_resolver_that_is_gone_does_not_keep_us_waiting() -> None:
    async def go():
        async with name_server(lambda sent: None) as (_, port):
            pass
        made = Resolver(gate(resolver=("127.0.0.1", port)), trusted=True, waits=(30.0, 30.0))
        async with asyncio.timeout(5):
            found = await made.ask("www.example", "A")
        made.close()
        return found

    found = asyncio.run(go())
    assert found.rcode == "ERROR"
    assert "refused" in found.reason.lower()


def test_nothing_is_asked_without_consent_for_the_name() -> None:
    async def go():
        async with name_server(lambda sent: answer_to(sent, "")) as (server, port):
            through = gate({"organisation": "a", "scope": ["a.example"], "level": 1}, resolver=("127.0.0.1", port))
            made = Resolver(through, trusted=True)
            refused = await made.ask("b.example", "A")
            allowed = await made.ask("spf.other.test", "TXT", host="a.example")
            made.close()
            return refused, allowed, len(server.asked), through.counts.refused

    refused, allowed, count, counted = asyncio.run(go())
    assert (refused.rcode, refused.reason) == ("DENIED", "no_consent")
    assert allowed.rcode == "NOERROR"
    assert (count, counted) == (1, {"no_consent": 1})


def test_the_same_question_goes_out_once_and_silence_is_not_kept() -> None:
    async def ask(resolver, server):
        found = await asyncio.gather(*(resolver.ask("WWW.example.", "A") for _ in range(20)))
        again = await resolver.ask("www.example", "A")
        silent = await resolver.ask("silent.example", "A")
        before = len(server.asked)
        await resolver.ask("silent.example", "A")
        return found, again, silent, before, len(server.asked)

    def answer(sent: bytes) -> bytes | None:
        return None if b"silent" in sent else answer_to(sent, ZONE)

    found, again, silent, before, after = resolving(answer, ask)
    assert {each.records for each in (*found, again)} == {("192.0.2.1",)}
    assert silent.rcode == "TIMEOUT"
    assert (before, after) == (2, 3)


def test_sockets_are_made_anew_and_what_is_kept_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(resolver_module, "QUESTIONS_PER_SOCKET", 3)
    monkeypatch.setattr(resolver_module, "SOCKETS", 2)
    monkeypatch.setattr(resolver_module, "KEPT", 16)

    async def ask(resolver, server):
        for start in range(0, 60, 6):
            await asyncio.gather(*(resolver.ask(f"n{n}.example", "A") for n in range(start, start + 6)))
        return len(resolver._kept), len({addr[1] for _, addr in server.asked}), len(server.asked)

    kept, ports, asked = resolving(lambda sent: answer_to(sent, ""), ask)
    assert kept <= 16
    assert ports >= 10
    assert asked == 60


def test_a_resolver_that_stays_silent_costs_one_try_until_it_answers(monkeypatch) -> None:
    monkeypatch.setattr(resolver_module, "GONE", 3)
    mute = [True]

    async def ask(resolver, server):
        for n in range(5):
            await resolver.ask(f"n{n}.example", "A")
        before = resolver.asked.repeats
        mute[0] = False
        await resolver.ask("a.example", "A")
        mute[0] = True
        await resolver.ask("b.example", "A")
        return before, resolver.asked.repeats

    before, after = resolving(lambda sent: None if mute[0] else answer_to(sent, ""), ask, waits=(0.01, 0.01))
    assert (before, after) == (3, 4)


def test_ids_are_not_to_be_guessed() -> None:
    async def ask(resolver, server):
        await asyncio.gather(*(resolver.ask(f"n{n}.example", "A") for n in range(64)))
        return {struct.unpack_from(">H", sent)[0] for sent, _ in server.asked}

    ids = resolving(lambda sent: answer_to(sent, ""), ask)
    assert len(ids) > 60
    assert max(ids) - min(ids) > 1000


def test_a_name_that_is_none_is_an_error_and_not_asked() -> None:
    async def ask(resolver, server):
        found = await resolver.ask("a..example", "A", host="a.example")
        return found, len(server.asked)

    found, asked = resolving(lambda sent: answer_to(sent, ""), ask)
    assert found.rcode == "ERROR"
    assert asked == 0


@pytest.mark.parametrize(
    ("answer", "reach"),
    [
        (lambda sent: answer_to(sent, "", rcode=5), "open"),
        (lambda sent: b"noise", "timeout"),
        (lambda sent: None, "timeout"),
    ],
)
def test_a_name_server_that_answers_anything_to_the_question_is_reached(answer, reach, monkeypatch) -> None:
    async def go():
        async with name_server(answer) as (_, port):
            through = gate()
            real = through.datagram
            monkeypatch.setattr(
                through, "datagram", lambda factory, address, _, **more: real(factory, address, port, **more)
            )
            return await look_at_server(
                through, host="ns1.else.test", address="127.0.0.1", zone="a.example", waits=(0.05,)
            )

    assert asyncio.run(go()).reach == reach


def test_a_name_server_that_is_not_there_is_closed_and_one_without_consent_denied() -> None:
    async def go():
        gone = await look_at_server(gate(), host="ns1.else.test", address="127.0.0.1", zone="a.example", waits=(2.0,))
        through = gate({"organisation": "a", "scope": ["b.example"], "level": 1})
        denied = await look_at_server(through, host="ns1.else.test", address="127.0.0.1", zone="a.example")
        return gone.reach, denied.reach, through.counts.datagrams

    assert asyncio.run(go()) == ("closed", "denied", 0)
