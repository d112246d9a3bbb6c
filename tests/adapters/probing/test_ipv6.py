"""A machine without IPv6: its IPv6 addresses are not tried, and nobody's IPv6 turns red."""

import asyncio
import errno
from typing import Any

import pytest

from dijkwacht.adapters.probing.gate import Gate
from tests.adapters.probing.test_scan import CONSENT, scanning
from tests.adapters.probing.world import gate


class Line:
    """A socket that was not opened, with the address that it would send from."""

    def __init__(self, ours: str) -> None:
        self.ours, self.closed = ours, False

    def get_extra_info(self, _name: str) -> tuple[str, int, int, int]:
        return self.ours, 40000, 0, 0

    def close(self) -> None:
        self.closed = True


def has_ipv6(
    monkeypatch: pytest.MonkeyPatch, answer: Line | OSError, *, lab: bool = False, times: int = 1
) -> tuple[bool, int]:
    """What the gate says, and how often it looked."""
    asked: list[Any] = []

    async def go() -> bool:
        async def endpoint(_factory: Any, *, remote_addr: Any) -> tuple[Any, None]:
            asked.append(remote_addr)
            if isinstance(answer, OSError):
                raise answer
            return answer, None

        monkeypatch.setattr(asyncio.get_running_loop(), "create_datagram_endpoint", endpoint, raising=False)
        made = gate(lab=lab)
        return [await made.has_ipv6() for _ in range(times)][-1]

    return asyncio.run(go()), len(asked)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Line("2a02:1234::5"), True),
        (Line("fd00::2"), False),  # an address that nobody outside can answer to
        (Line("fe80::1%eth0"), False),
        (OSError(errno.ENETUNREACH, "no route"), False),
        (OSError(errno.EAFNOSUPPORT, "no such family"), False),
    ],
)
def test_the_machine_is_asked_once(monkeypatch: pytest.MonkeyPatch, answer: Line | OSError, expected: bool) -> None:
    assert has_ipv6(monkeypatch, answer, times=3) == (expected, 1)
    assert not isinstance(answer, Line) or answer.closed


def test_a_lab_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert has_ipv6(monkeypatch, OSError(errno.ENETUNREACH, "no route"), lab=True) == (True, 0)


def test_without_it_no_address_of_that_family_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    async def none(_gate: Gate) -> bool:
        return False

    monkeypatch.setattr(Gate, "has_ipv6", none)
    seen, eyes = scanning(lambda scanner: scanner.look("a.example"), row=CONSENT)
    assert [(each.address, each.https, each.reason) for each in seen.web if ":" in each.address] == [
        ("::1", "not_tried", "no_ipv6")
    ]
    assert [(each.smtp, each.reason) for host in seen.mail for each in host.addresses if ":" in each.address] == [
        ("not_tried", "no_ipv6")
    ]
    assert not [look for look in eyes.looked if look.endswith("::1")]
    assert eyes.looked["web a.example 127.0.0.11"] == 1


def test_what_we_lack_turns_nothing_red() -> None:
    """Held to the checks themselves: the words of internet.nl too say that it was not tested."""
    from datetime import date

    from dijkwacht.core.checks import https, ipv6
    from dijkwacht.core.checks.observed import DomainSeen, Lookup, WebAddress
    from dijkwacht.norms.read import policy_on

    address = "2001:db8::1"
    lookups = {("a.example", "AAAA"): Lookup("a.example", "AAAA", "NOERROR", (address,))}
    seen = DomainSeen("a.example", "", lookups, web=(WebAddress(address, "not_tried", "not_tried", reason="no_ipv6"),))
    policy = policy_on(date(2026, 11, 30))
    found = [*ipv6.findings(seen, policy), *https.findings(seen, policy)]
    assert {each.word for each in found if each.target == address} == {"not_tested"}
    assert {each.peer for each in found if each.target == address} == {"not_tested"}
