"""What a hostile other side, or our own machine in need, must not bring about: red verdicts, hangs, a look that fails."""

import asyncio
import errno
import json
import ssl
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from adapters.probing.lines import Authority, LoopGate, answer, der, run, says, server
from dijkwacht.adapters.probing import certificates, talk
from dijkwacht.adapters.probing.fitness import unfit
from dijkwacht.adapters.probing.gate import Denied, reach_of
from dijkwacht.adapters.probing.http import Reader
from dijkwacht.adapters.probing.talk import Patience
from dijkwacht.adapters.probing.web import look_at_web
from dijkwacht.core.consent import Allowed, Refused
from dijkwacht.core.consent_scope import scope_of
from tests.adapters.probing.consenting import consent
from tests.adapters.probing.test_web import AUTHORITY, NAME, looked
from tests.adapters.probing.world import gate

SAN = x509.ObjectIdentifier("2.5.29.17")
OWN = {"organisation": "dijkstad", "scope": ["*.example", "192.0.2.0/24"], "level": 2}


@pytest.mark.parametrize(
    "number", ["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "EAFNOSUPPORT", "EADDRNOTAVAIL", "EACCES", "EPERM"]
)
def test_what_this_machine_lacks_says_nothing_of_the_other_side(number: str) -> None:
    """No descriptors left, no address of that family, a firewall of our own."""
    assert reach_of(OSError(getattr(errno, number), number)) == "not_tried"


@pytest.mark.parametrize(
    "address",
    ["::7f00:1", "::ffff:0:10.0.0.1", "64:ff9b:1::a00:1", "fec0::1", "4000::1", "5f00::1", "3fff::1", "::5efe:10.0.0.1",
     "2a02::5efe:a00:1", "168.63.129.16", "192.0.0.192", "192.88.99.1", "100.100.100.200", "fd00:ec2::254"],
)  # fmt: skip
def test_addresses_that_lead_home_or_nowhere_are_refused(address: str) -> None:
    assert unfit(address, 443, level=2, lab=False) == "private"


@pytest.mark.parametrize("entry", ["*.nl", "nl", "*.co.uk", "*", "0.0.0.0/0", "128.0.0.0/1", "::/0", "2000::/3"])
def test_nobody_can_consent_for_everybody(entry: str) -> None:
    with pytest.raises(ValueError, match="all names"):
        consent(organisation="dijkstad", scope=["dijkstad.example", entry], level=2)
    assert consent(organisation="csirt", scope=[entry], level=2, kind="csirt", article="Cbw 17").kind == "csirt"
    assert consent(organisation="dijkstad", scope=["*.dijkstad.nl", "10.0.0.0/8", "*.test"], level=2).level == 2


@pytest.mark.parametrize("where", ["exclude", "opted_out"])
def test_a_network_that_is_left_alone_by_its_number_is_left_alone(where: str) -> None:
    """An AS number in an exclusion or an opt-out counts, though no scope has any."""
    systems = {"192.0.2.1": frozenset({64500})}
    row = OWN | ({"exclude": ["AS64500"]} if where == "exclude" else {})
    more: dict[str, Any] = {"opted_out": scope_of(["AS64500"])} if where == "opted_out" else {}
    made = gate(row, systems=lambda address: systems.get(address, frozenset()), **more)
    decision = made.decision("a.example", "192.0.2.1", level=2)
    assert isinstance(decision, Refused)
    assert decision.code == ("excluded" if where == "exclude" else where)
    assert isinstance(made.decision("a.example", "192.0.2.2", level=2), Allowed)


def test_an_opt_out_that_comes_later_may_name_a_network() -> None:
    made = gate(OWN, systems=lambda _: frozenset({64500}))
    assert isinstance(made.decision("a.example", "192.0.2.1", level=2), Allowed)
    made.replace([consent(**OWN)], opted_out=scope_of(["AS64500"]))
    assert isinstance(made.decision("a.example", "192.0.2.1", level=2), Refused)


def test_without_tables_of_routes_nobody_who_is_left_alone_by_number_is_bothered() -> None:
    """Whether an address lies in that network cannot be known then: nothing is sent."""
    made = gate(OWN, opted_out=scope_of(["AS64500"]))
    decision = made.decision("a.example", "192.0.2.1", level=2)
    assert isinstance(decision, Refused)
    assert decision.code == "no_routes"
    assert isinstance(
        made.decision("a.example", "", level=1), Allowed
    )  # a question to our own resolver goes nowhere else


def test_decisions_are_made_anew_when_the_clock_goes_back_an_hour() -> None:
    """In the night that summer time ends a minute comes twice; the second time it is another moment."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("Europe/Amsterdam")
    moments = [datetime(2026, 10, 25, 0, 59, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 10, tzinfo=UTC)]
    now = iter(each.astimezone(zone) for each in moments)  # 02:59:30 in summer, then 02:10 in winter
    made = gate(OWN | {"window": ["sun 02:45-04:00"]}, clock=lambda: next(now))
    assert isinstance(made.decision("a.example", "192.0.2.1", level=2), Allowed)
    assert isinstance(made.decision("a.example", "192.0.2.1", level=2), Refused)


@pytest.mark.parametrize("octets", ["3004a3020c00", "3004a5020c00"])
def test_a_certificate_with_names_of_a_strange_kind_is_read(octets: str) -> None:
    """An X.400 address or an EDI party as a name: nobody knows them, and the rest is as it is."""
    authority = Authority()
    leaf, _ = authority.leaf(extra=[])
    made = authority.make(
        "x", authority.key, issuer=authority.certificate, issuer_key=authority.key,
        extra=[x509.UnrecognizedExtension(SAN, bytes.fromhex(octets))],
    )  # fmt: skip
    (sent,) = der(made)
    assert (certificates.read(sent).key, certificates.read(sent).names) == ("ec", ())
    assert isinstance(authority.trust().errors([sent]), tuple)
    assert leaf


def test_names_in_a_certificate_hold_no_control_characters() -> None:
    authority = Authority()
    made = authority.make(
        "a\0b", authority.key, issuer=authority.certificate, issuer_key=authority.key,
        extra=[x509.UnrecognizedExtension(SAN, b"\x30\x0b\x82\x09a.nl\0.b.c")],
    )  # fmt: skip
    read = certificates.read(der(made)[0])
    assert "\0" not in json.dumps([read.names, read.subject, read.issuer], ensure_ascii=False)
    assert read.names == ("a.nl\ufffd.b.c",)  # and so it is no name of a.nl


def test_large_certificates_are_not_remembered() -> None:
    """Thousands of certificates of a hundred kilobytes each would be all the memory that there is."""
    certificates.read(b"x" * 50_000)
    before = certificates.remembered()
    certificates.read(b"y" * 50_000)
    assert certificates.remembered() == before


def test_many_slow_answers_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that answers everything just in time keeps us no longer than one that is silent."""
    now = [0.0]
    monkeypatch.setattr(talk.time, "monotonic", lambda: now[0])
    patience, answers = Patience(), 0
    while patience.now() and answers < 100:
        since = now[0]
        now[0] += 0.95
        patience.spent(since)
        answers += 1
    assert answers <= 20


def test_quick_answers_do_not_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(talk.time, "monotonic", lambda: now[0])
    patience = Patience()
    for _ in range(100):
        since = now[0]
        now[0] += 0.05
        patience.spent(since)
    assert patience.now() == patience.each


@pytest.mark.parametrize("port", [25, 53])
def test_a_redirect_makes_us_speak_to_no_mail_host(tmp_path: Any, port: int) -> None:
    page = answer(b"", f"Location: http://{NAME}:{port}/", status="302 Found")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(page)

    found, made = looked(tmp_path, serve)
    assert port not in {each[1] for each in made.asked}
    assert found.address.hops[0].reason == "port"


@pytest.mark.parametrize(
    "changed", [(bytes.fromhex("a003020102"), bytes.fromhex("a003020109")), (b"\x17\x0d26", b"\x17\x0dX6")]
)
def test_a_certificate_that_we_cannot_read_leaves_the_rest_measured(
    tmp_path: Path, changed: tuple[bytes, bytes]
) -> None:
    """In TLS 1.3 it comes out of OpenSSL, which reads what other libraries refuse: version 10, a date that is none."""
    leaf, key = AUTHORITY.leaf(NAME)
    odd = der(leaf)[0].replace(*changed, 1)
    pem = serialization.Encoding.PEM
    file = tmp_path / "odd.pem"
    file.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + ssl.DER_cert_to_PEM_cert(odd).encode()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)

    async def test() -> Any:
        async with server(says(answer(b"hallo")), context) as port:
            return await look_at_web(
                LoopGate({443: port}), name=NAME, address="192.0.2.80", trust=AUTHORITY.trust(), level=2, follow=_nowhere,
            )  # type: ignore[arg-type]  # fmt: skip

    seen = run(test()).address
    assert seen.handshake.ok
    assert seen.handshake.trust == ("unreadable",)
    assert seen.front.status == 200


async def _nowhere(host: str, near: str) -> str:
    raise Denied("no_consent")


@pytest.mark.parametrize(
    ("first", "then", "reason"),
    [
        (b"", b"HTTP/1.1 100 \r\n\r\n", "head_too_long"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"a: b\r\n", ""),
    ],
)
def test_what_stands_beside_an_answer_has_an_end(first: bytes, then: bytes, reason: str) -> None:
    """Interim answers and trailers without end keep us no longer than headers without end do."""
    reader = Reader()
    reader.feed(first)
    assert any(reader.feed(then * 1000) for _ in range(100))
    assert (reader.reason, reader.reusable) == (reason, False)
