"""Route origin validation of RFC 6811, and what it makes of the addresses of a name."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.checks import rpki
from dijkwacht.core.checks.observed import NameServerAddress, Route, Routing
from tests.core.checks.names_world import POLICY, seen, words

ROA = ("192.0.2.0/24", 24, 64500)


@pytest.mark.parametrize(
    ("route", "state"),
    [
        (Route("192.0.2.0/24", 64500, (ROA,)), "valid"),
        (Route("192.0.2.0/24", 64501, (ROA,)), "invalid"),
        (Route("192.0.2.0/25", 64500, (ROA,)), "invalid"),  # longer than allowed
        (Route("192.0.2.0/25", 64500, (("192.0.2.0/24", 25, 64500),)), "valid"),
        (Route("192.0.2.0/24", 64501, (ROA, ("192.0.2.0/24", 24, 64501))), "valid"),  # one that allows is enough
        (Route("192.0.2.0/24", 64500, ()), "not_found"),
        (Route("192.0.0.0/16", 64500, (ROA,)), "not_found"),  # a ROA for a part does not cover the whole
        (Route("198.51.100.0/24", 64500, (ROA,)), "not_found"),
        (Route("192.0.2.0/24", 0, (("192.0.2.0/24", 24, 0),)), "invalid"),  # AS 0 never allows
        (Route("2001:db8::/48", 64500, (("2001:db8::/32", 48, 64500),)), "valid"),
        (Route("2001:db8::/48", 64500, (("0.0.0.0/0", 32, 64500),)), "not_found"),
        (Route("onzin", 64500, (ROA,)), "not_found"),
        (Route("192.0.2.0/24", 64500, (("onzin", 24, 64500),)), "not_found"),
    ],
)  # fmt: skip
def test_validity(route: Route, state: str) -> None:
    assert rpki.validity(route) == state


NETS = st.builds(
    lambda n, length: str(ip_network((n, length), strict=False)), st.integers(0, 2**32 - 1), st.integers(0, 32)
)
ROAS = st.lists(st.tuples(NETS, st.integers(0, 32), st.integers(0, 4)), max_size=5)


@given(NETS, st.integers(0, 4), ROAS, ROAS)
def test_laws(prefix: str, asn: int, one: list[tuple[str, int, int]], more: list[tuple[str, int, int]]) -> None:
    """More ROAs never make a valid route anything else, nor a covered one not found; the order does not matter."""
    before = rpki.validity(Route(prefix, asn, tuple(one)))
    after = rpki.validity(Route(prefix, asn, tuple(one + more)))
    assert after == rpki.validity(Route(prefix, asn, tuple(more + one)))
    assert before != "valid" or after == "valid"
    assert before == "not_found" or after != "not_found"


def _routing(address: str, asn: int, *, roas: tuple[tuple[str, int, int], ...] = (ROA,)) -> Routing:
    return Routing(address, (Route("192.0.2.0/24", asn, roas),) if asn else (), bool(roas))


def test_words_per_address() -> None:
    zone = {
        "dijkstad.nl A": ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"], "dijkstad.nl MX": ["1 mx.dijkstad.nl"],
        "dijkstad.nl NS": ["ns.dijkstad.nl"], "ns.dijkstad.nl A": ["192.0.2.53"], "mx.dijkstad.nl A": ["192.0.2.25"],
    }  # fmt: skip
    routing = {
        "192.0.2.1": _routing("192.0.2.1", 64500), "192.0.2.2": _routing("192.0.2.2", 64999),
        "192.0.2.3": _routing("192.0.2.3", 64500, roas=()), "192.0.2.25": _routing("192.0.2.25", 0),
        "192.0.2.53": _routing("192.0.2.53", 64500),
    }  # fmt: skip
    servers = (NameServerAddress("ns.dijkstad.nl", "192.0.2.53", "open"),)
    found = words(rpki.findings(seen(zone, routing=routing, name_servers=servers), POLICY))
    assert found == {
        "web_rpki_exists 192.0.2.1": "passed", "web_rpki_valid 192.0.2.1": "passed",
        "web_rpki_exists 192.0.2.2": "passed", "web_rpki_valid 192.0.2.2": "failed",
        "web_rpki_exists 192.0.2.3": "warning", "web_rpki_valid 192.0.2.3": "failed",
        "web_rpki_exists 192.0.2.4": "not_tested", "web_rpki_valid 192.0.2.4": "not_tested",
        "ns_rpki_exists 192.0.2.53": "passed", "ns_rpki_valid 192.0.2.53": "passed",
        "mail_rpki_exists 192.0.2.25": "passed", "mail_rpki_valid 192.0.2.25": "not_tested",
        "mail_mx_ns_rpki_exists 192.0.2.53": "passed", "mail_mx_ns_rpki_valid 192.0.2.53": "passed",
    }  # fmt: skip


def test_without_tables_nothing_is_tested() -> None:
    found = words(rpki.findings(seen({"dijkstad.nl A": ["192.0.2.1"]}), POLICY))
    assert len(found) == 8
    assert set(found.values()) == {"not_tested"}
