"""When nobody answers anywhere, it is our own network that is gone; and what was silent then was not measured."""

import asyncio
import errno

import pytest

from dijkwacht.adapters.probing.gate import reach_of
from dijkwacht.adapters.probing.outlook import GONE, GoneError, Outlook
from dijkwacht.adapters.probing.trouble import unconfirmed
from dijkwacht.core.checks.observed import DomainSeen, MailAddress, MailHost, NameServerAddress, WebAddress
from tests.adapters.probing.world import Silent, gate


def test_many_networks_in_a_row_must_be_silent() -> None:
    outlook = Outlook()
    assert not any(outlook.silent(f"192.0.2.{n}") for n in range(200))  # one network
    assert not any(outlook.silent(f"198.51.{n}.1") for n in range(GONE - 2))
    assert outlook.silent("2001:db8::1")
    outlook.heard()
    assert not outlook.gone
    assert not outlook.silent("203.0.113.1")


def test_that_our_network_is_gone_says_nothing_of_anybody() -> None:
    assert reach_of(GoneError()) == "not_tried"


@pytest.mark.parametrize("answers", [False, True])
def test_the_gate_notices_and_goes_on_trying(monkeypatch: pytest.MonkeyPatch, answers: bool) -> None:
    made = gate(
        {
            "organisation": "dijkstad",
            "scope": ["*.example", "0.0.0.0/0"],
            "level": 2,
            "kind": "csirt",
            "article": "Cbw 17",
        }
    )
    said = {"error": OSError(errno.ENETUNREACH, "no route")}

    async def connected(factory, address, port):  # type: ignore[no-untyped-def]
        raise said["error"]

    monkeypatch.setattr(made, "_connected", connected)

    async def reach(address: str) -> str:
        try:
            await made.connect(Silent, address, 443, host="a.example", level=2, purpose="tls")
        except OSError as error:
            return reach_of(error)
        return "open"

    async def test() -> None:
        found = [await reach(f"127.1.{n}.1") for n in range(GONE + 5)]
        assert found == ["unreachable"] * (GONE - 1) + ["not_tried"] * 6
        assert made.gone
        said["error"] = ConnectionRefusedError() if answers else TimeoutError()
        assert await reach("127.2.0.1") == ("closed" if answers else "not_tried")
        assert made.gone is not answers

    asyncio.run(test())


def test_silence_that_could_not_be_measured_twice_is_taken_out() -> None:
    seen = DomainSeen(
        "a.example", "", {},
        web=(WebAddress("192.0.2.1", "timeout", "timeout"), WebAddress("192.0.2.2", "open", "timeout")),
        mail=(MailHost("mx", (MailAddress("192.0.2.3", "unreachable"), MailAddress("192.0.2.4", "closed"))),),
        name_servers=(NameServerAddress("ns", "192.0.2.5", "timeout"), NameServerAddress("ns", "192.0.2.6", "open")),
    )  # fmt: skip
    found = unconfirmed(seen)
    assert [(each.https, each.reason) for each in found.web] == [("not_tried", "network_gone"), ("open", "")]
    assert [each.smtp for each in found.mail[0].addresses] == ["not_tried", "closed"]
    assert [each.reach for each in found.name_servers] == ["not_tried", "open"]
