"""Names below a name, names that point to nothing, and open ports."""

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.checks import dangling, dmarc, ports, spf, subdomains
from dijkwacht.core.checks.asked import is_name, within
from dijkwacht.core.checks.observed import Lookup, OpenPort
from tests.core.checks.names_world import POLICY, Zone, codes, lookup, seen, words


def _seen(zone: Zone, *names: str, **more: object):
    found = seen(zone)
    lookups = dict(found.lookups) | {(name, "A"): lookup((name, "A"), zone) for name in names}
    return type(found)(
        found.name, found.at, lookups, organisational="dijkstad.nl", subdomains=dict.fromkeys(names, ("list",)), **more
    )


def test_subdomains_are_an_inventory() -> None:
    zone = {"vpn.dijkstad.nl A": ["192.0.2.1"], f"{subdomains.PROBE}.dijkstad.nl A": ["192.0.2.9"]}
    found = list(
        subdomains.findings(
            _seen(zone, "vpn.dijkstad.nl", "oud.dijkstad.nl", f"{subdomains.PROBE}.dijkstad.nl"), POLICY
        )
    )
    assert words(found) == {"subdomains": "info/not_tested"}
    assert codes(found) == ["subdomains_found", "subdomains_gone", "subdomains_wildcard"]
    assert found[0].why[1].params["names"] == ["oud.dijkstad.nl"]
    assert words(subdomains.findings(seen({}), POLICY)) == {"subdomains": "not_tested"}


@given(st.lists(st.text(max_size=20), max_size=10), st.lists(st.text(max_size=30), max_size=10))
def test_candidates_are_names_below_the_name(listed: list[str], certificates: list[str]) -> None:
    found = subdomains.candidates("dijkstad.nl", listed, [*certificates, "*.loket.dijkstad.nl", "andere.nl"])
    assert all(is_name(name) and within(name, "dijkstad.nl") and name != "dijkstad.nl" for name in found)
    assert "ct" in found["loket.dijkstad.nl"]


def test_candidates_know_where_they_come_from() -> None:
    found = subdomains.candidates(
        "dijkstad.nl", ["vpn", "www"], ["WWW.dijkstad.nl", "dijkstad.nl", "mail.dijkstad.nl."]
    )
    assert found == {"vpn.dijkstad.nl": ("list",), "www.dijkstad.nl": ("list", "ct"), "mail.dijkstad.nl": ("ct",)}


def test_ipv6_is_asked_only_where_ipv4_gave_nothing() -> None:
    known = {("a.nl", "A"): Lookup("a.nl", "A", "NOERROR"), ("b.nl", "A"): Lookup("b.nl", "A", "NXDOMAIN")}
    assert subdomains.wanted(known, ["a.nl", "b.nl", "c.nl"]) == {("a.nl", "AAAA"), ("c.nl", "A")}


def _alias(target: str, rcode: str = "NXDOMAIN", records: tuple[str, ...] = ()) -> dict[str, object]:
    return {"rcode": rcode, "aliases": [target], "records": list(records)}


def test_dangling_aliases() -> None:
    zone = {
        "oud.dijkstad.nl A": _alias("verlopen.weg.test"), "app.dijkstad.nl A": _alias("dijkstad-app.azurewebsites.net"),
        "eigen.dijkstad.nl A": _alias("nergens.dijkstad.nl"),
        "git.dijkstad.nl A": _alias("dijkstad.github.io", "NOERROR", ("192.0.2.1",)),
        "goed.dijkstad.nl A": _alias("cdn.leverancier.nl", "NOERROR", ("192.0.2.1",)), "leeg.dijkstad.nl A": "NXDOMAIN",
        "stil.dijkstad.nl A": {"rcode": "SERVFAIL", "aliases": ["x.weg.test"]},
    }  # fmt: skip
    names = [key.partition(" ")[0] for key in zone]
    found = list(dangling.findings(_seen(zone, *names), POLICY))
    assert {each.target: (each.word, each.why[0].code) for each in found} == {
        "oud.dijkstad.nl": ("failed", "dangling_alias"),
        "app.dijkstad.nl": ("failed", "dangling_claimable"),
        "eigen.dijkstad.nl": ("warning", "dangling_own"),
        "git.dijkstad.nl": ("info", "dangling_to_look_at"),
    }


def test_dangling_hosts_and_none() -> None:
    zone = {
        "dijkstad.nl NS": ["ns1.weg.test", "ns2.dns.nl"], "dijkstad.nl MX": ["1 mx.dijkstad.nl"], "ns2.dns.nl A": ["192.0.2.53"],
    }  # fmt: skip
    found = list(dangling.findings(seen(zone), POLICY))
    assert {each.target: (each.word, each.why[0].code) for each in found} == {
        "ns1.weg.test": ("failed", "dangling_name_server"),
        "mx.dijkstad.nl": ("warning", "dangling_mail_host"),
    }
    assert words(dangling.findings(seen({"dijkstad.nl A": ["192.0.2.1"]}), POLICY)) == {"dangling": "passed/not_tested"}


def _port(port: int, reach: str = "open") -> OpenPort:
    return OpenPort("beheer.dijkstad.nl", "192.0.2.30", port, reach)


def test_open_ports() -> None:
    found = words(
        ports.findings(seen({}, ports=(_port(443), _port(3389), _port(22), _port(64999), _port(80, "closed"))), POLICY)
    )
    assert found == {
        "open_ports beheer.dijkstad.nl:443": "info/not_tested",
        "open_ports beheer.dijkstad.nl:3389": "failed/not_tested",
        "open_ports beheer.dijkstad.nl:22": "warning/not_tested",
        "open_ports beheer.dijkstad.nl:64999": "info/not_tested",
    }


def test_ports_that_were_not_tried_are_not_closed() -> None:
    assert codes(ports.findings(seen({}), POLICY)) == ["ports_not_tried"]
    assert codes(ports.findings(seen({}, ports=(_port(22, "denied"), _port(23, "not_tried"))), POLICY)) == [
        "ports_denied"
    ]
    assert codes(ports.findings(seen({}, ports=(_port(22, "denied"), _port(23, "closed"))), POLICY)) == ["ports_closed"]


def test_texts_of_strangers_can_be_kept() -> None:
    """No control characters and no megabytes in what a finding says."""
    bad = "\x00\x1b[31m" + "\x85" * 70_000
    zone = {
        "dijkstad.nl TXT": [f"v=spf1 {bad} -all"],
        "_dmarc.dijkstad.nl TXT": [f"v=DMARC1; p=none; x{bad}; rua=mailto:a@b{bad}"],
    }
    for module in (spf, dmarc):
        for each in module.findings(seen(zone), POLICY):
            text = str([list(map(str, why.params.values())) for why in each.why])
            assert text.isprintable()
            assert len(text) < 2_000
