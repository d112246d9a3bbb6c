"""Name servers over IPv6, and STARTTLS of mail hosts: what reaches and what does not."""

from typing import Any

import pytest

from dijkwacht.core.checks import name_servers, starttls
from dijkwacht.core.checks.observed import Handshake, HelloSeen, MailAddress, MailHost, NameServerAddress
from tests.core.checks.names_world import POLICY, codes, seen, words

ZONE = {"dijkstad.nl NS": ["ns1.nl", "ns2.nl"]}


def _servers(*rows: tuple[str, str, Any]) -> tuple[NameServerAddress, ...]:
    return tuple(NameServerAddress(*row) for row in rows)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("ns1.nl", "2001:db8::1", "open"), ("ns2.nl", "2001:db8::2", "open")],
         {"ns_aaaa": "passed", "ns_reach 2001:db8::1": "passed", "ns_reach 2001:db8::2": "passed"}),
        ([("ns1.nl", "192.0.2.1", "open"), ("ns2.nl", "192.0.2.2", "open")], {"ns_aaaa": "failed", "ns_reach": "not_tested"}),
        ([("ns1.nl", "2001:db8::1", "open"), ("ns2.nl", "192.0.2.2", "open")],
         {"ns_aaaa": "failed", "ns_reach 2001:db8::1": "passed"}),
        ([("ns1.nl", "2001:db8::1", "open"), ("ns2.nl", "2001:db8::2", "timeout")],
         {"ns_aaaa": "passed", "ns_reach 2001:db8::1": "passed", "ns_reach 2001:db8::2": "failed"}),
        ([("ns1.nl", "2001:db8::1", "denied"), ("ns2.nl", "2001:db8::2", "not_tried")],
         {"ns_aaaa": "passed", "ns_reach 2001:db8::1": "not_tested", "ns_reach 2001:db8::2": "not_tested"}),
        ([("ns1.nl", "2001:db8::1", "open"), ("ns1.nl", "2001:db8::2", "open")],  # one server with two addresses
         {"ns_aaaa": "failed", "ns_reach 2001:db8::1": "passed", "ns_reach 2001:db8::2": "passed"}),
        ([("ns1.nl", "::ffff:192.0.2.1", "open"), ("ns2.nl", "192.0.2.2", "open")],
         {"ns_aaaa": "failed", "ns_reach": "not_tested"}),
    ],
)  # fmt: skip
def test_name_servers(rows: list[tuple[str, str, str]], expected: dict[str, str]) -> None:
    assert words(name_servers.findings(seen(ZONE, name_servers=_servers(*rows)), POLICY)) == expected


def test_too_few_is_an_error_where_an_answer_is_missing() -> None:
    zone = {**ZONE, "ns2.nl AAAA": "SERVFAIL"}
    found = words(name_servers.findings(seen(zone, name_servers=_servers(("ns1.nl", "2001:db8::1", "open"))), POLICY))
    assert found["ns_aaaa"] == "error/failed"


def test_name_servers_that_were_not_found_out() -> None:
    found = words(name_servers.findings(seen({"dijkstad.nl NS": "TIMEOUT"}), POLICY))
    assert found == {"ns_aaaa": "error/failed", "ns_reach": "not_tested"}


def _host(*addresses: MailAddress) -> tuple[MailHost, ...]:
    return (MailHost("mx.dijkstad.nl", addresses),)


HELLO = (HelloSeen("tls12", "hello", version=0x0303),)
FOUR, SIX = "192.0.2.25", "2001:db8::25"


@pytest.mark.parametrize(
    ("mail", "expected", "reasons"),
    [
        (_host(MailAddress(FOUR, "open", starttls="yes", hellos=HELLO)), {f"starttls_exists {FOUR}": "passed"}, ["starttls_yes"]),
        (_host(MailAddress(FOUR, "open", starttls="yes", handshake=Handshake(True))), {f"starttls_exists {FOUR}": "passed"},
         ["starttls_yes"]),
        (_host(MailAddress(FOUR, "open", starttls="no")), {f"starttls_exists {FOUR}": "failed/error"}, ["starttls_no"]),
        (_host(MailAddress(FOUR, "open", starttls="refused")), {f"starttls_exists {FOUR}": "failed/error"}, ["starttls_refused"]),
        (_host(MailAddress(FOUR, "open", starttls="error")), {f"starttls_exists {FOUR}": "error"}, ["starttls_unknown"]),
        (_host(MailAddress(FOUR, "open")), {f"starttls_exists {FOUR}": "not_tested"}, ["starttls_not_tried"]),
        (_host(MailAddress(FOUR, "open", starttls="yes", handshake=Handshake(False))),
         {f"starttls_exists {FOUR}": "failed/error"}, ["starttls_broken"]),
        (_host(MailAddress(FOUR, "open", starttls="yes", hellos=(HelloSeen("tls12", "closed"),))),
         {f"starttls_exists {FOUR}": "failed/error"}, ["starttls_broken"]),
        (_host(MailAddress(FOUR, "open", starttls="yes", hellos=(HelloSeen("tls12", "denied"),))),
         {f"starttls_exists {FOUR}": "passed"}, ["starttls_yes"]),
        (_host(MailAddress(FOUR, "closed"), MailAddress(SIX, "timeout")), {"starttls_exists mx.dijkstad.nl": "failed/error"},
         ["mail_host_silent"]),
        (_host(MailAddress(FOUR, "denied")), {"starttls_exists mx.dijkstad.nl": "not_tested"}, ["mail_host_not_tried"]),
        (_host(MailAddress(FOUR, "open", starttls="yes", hellos=HELLO), MailAddress(SIX, "unreachable")),
         {f"starttls_exists {FOUR}": "passed"}, ["starttls_yes"]),
        (_host(), {"starttls_exists mx.dijkstad.nl": "not_tested/error"}, ["mail_host_no_address"]),
        ((), {"starttls_exists": "not_tested"}, ["mail_no_hosts"]),
    ],
)  # fmt: skip
def test_starttls(mail: tuple[MailHost, ...], expected: dict[str, str], reasons: list[str]) -> None:
    found = list(starttls.findings(seen({}, mail=mail), POLICY))
    assert words(found) == expected
    assert codes(found) == reasons
