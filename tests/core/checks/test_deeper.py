"""What only a deeper look sees, and what an ordinary one leaves alone."""

import pytest

from dijkwacht.core.checks import deeper
from dijkwacht.core.checks.history import Standing
from dijkwacht.core.checks.observed import DomainSeen, Lookup, MailHost, OpenPort, Response, WebAddress
from dijkwacht.core.checks.subdomains import PROBE

NAME = "dijkstad.example"
PORTS, BELOW, SPF = ("names", "open_ports"), ("names", "subdomains"), ("mail", "spf")


def seen(*known: str, below: tuple[str, ...] = (), **more: object) -> DomainSeen:
    lookups = {(name, "A"): Lookup(name, "A", "NOERROR", ("192.0.2.1",)) for name in known}
    return DomainSeen(NAME, "2026-11-25T09:30:00+00:00", lookups, subdomains=dict.fromkeys(below, ("list",)), **more)  # type: ignore[arg-type]


def test_what_a_deeper_look_said_is_left_alone_by_an_ordinary_one() -> None:
    standing = {PORTS: Standing("failed"), BELOW: Standing("info"), SPF: Standing("failed")}
    assert deeper.left_alone(standing) == {PORTS, BELOW}
    assert deeper.left_alone({PORTS: Standing("not_tested"), BELOW: Standing("error")}) == frozenset()


def test_only_ports_that_answered_are_remembered() -> None:
    ports = tuple(OpenPort(NAME, "192.0.2.1", number, how) for number, how in ((22, "open"), (23, "denied")))  # type: ignore[arg-type]
    assert [each.port for each in deeper.with_ports(seen(), ports).ports] == [22]


def test_a_name_below_is_found_when_it_has_an_address() -> None:
    found = seen(f"vpn.{NAME}", below=(f"vpn.{NAME}", f"oud.{NAME}"))
    assert deeper.below(found) == (f"vpn.{NAME}",)


def test_where_every_name_answers_a_word_proves_nothing() -> None:
    assert deeper.below(seen(f"vpn.{NAME}", f"{PROBE}.{NAME}", below=(f"vpn.{NAME}",))) == ()


def test_hosts_that_came_up_are_told_with_how() -> None:
    answer = Response(f"https://{NAME}/", 301, (("location", "https://Loket.Dijkstad.Example:443/a"),))
    found = seen(
        mail=(MailHost(f"mail.{NAME}"), MailHost("bad name")),
        web=(WebAddress("192.0.2.1", "open", "open", front=answer),),
    )
    assert deeper.beside(found) == ((f"loket.{NAME}", "redirect"), (f"mail.{NAME}", "dns"))


@pytest.mark.parametrize(
    ("check", "looked", "deep"),
    [
        ("open_ports", False, True),
        ("software_version", False, False),
        ("software_version", True, True),
        ("spf", True, False),
    ],
)
def test_which_checks_ask_a_deeper_look_to_be_measured_again(check: str, looked: bool, deep: bool) -> None:
    assert deeper.asked_by(check, looked=looked) is deep
