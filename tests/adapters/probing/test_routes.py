"""Route tables from files: what covers an address, against a slow second opinion; and files that are none."""

import gzip
import json
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters.probing.routes import Tables, TablesError, read_tables
from dijkwacht.core.checks.observed import Route, Routing

ROUTES = [("192.0.2.0/24", 64500), ("192.0.0.0/16", 64501), ("0.0.0.0/0", 64499), ("2001:db8::/32", 64502)]
PAYLOADS = [("192.0.0.0/16", 24, 64500), ("192.0.2.128/25", 25, 64503), ("2001:db8:1::/48", 48, 64502)]


def test_all_routes_and_the_roas_that_cover_each() -> None:
    roa = ("192.0.0.0/16", 24, 64500)
    found = Tables(ROUTES, PAYLOADS).routing("192.0.2.1")
    assert found.covered
    assert set(found.routes) == {
        Route("0.0.0.0/0", 64499, ()),
        Route("192.0.0.0/16", 64501, (roa,)),
        Route("192.0.2.0/24", 64500, (roa,)),
    }


def test_covered_is_of_the_address_not_of_the_route() -> None:
    tables = Tables(ROUTES, PAYLOADS)
    assert tables.routing("2001:db8:1::1") == Routing("2001:db8:1::1", (Route("2001:db8::/32", 64502, ()),), True)
    assert tables.routing("2001:db8:2::1") == Routing("2001:db8:2::1", (Route("2001:db8::/32", 64502, ()),), False)
    assert Tables([], []).routing("192.0.2.1") == Routing("192.0.2.1", (), False)


def test_the_systems_are_those_of_the_most_specific_route() -> None:
    assert Tables([*ROUTES, ("192.0.2.0/24", 64555)], []).systems("192.0.2.1") == {64500, 64555}
    assert Tables(ROUTES, []).systems("2001:db9::1") == frozenset()


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="not an address"):
        Tables(ROUTES, []).routing("www.example")


_four = st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 32)).map(lambda each: ip_network(each, strict=False))
_six = st.tuples(st.integers(2**125, 2**126), st.integers(0, 128)).map(lambda each: ip_network(each, strict=False))
_networks = st.lists(_four | _six, max_size=12)


@given(_networks, _networks, st.data())
def test_as_a_slow_reader_finds_it(routes, payloads, data) -> None:
    rows = [(str(network), 64500 + n) for n, network in enumerate(routes)]
    roas = [(str(network), network.prefixlen, 64500 + n) for n, network in enumerate(payloads)]
    within = data.draw(st.sampled_from([*routes, *payloads, ip_network("192.0.2.0/24")]))
    address = within[data.draw(st.integers(0, within.num_addresses - 1))]
    found = Tables(rows, roas).routing(str(address))
    assert {(each.prefix, each.asn) for each in found.routes} == {row for row in rows if _holds(row[0], address)}
    assert found.covered == any(_holds(roa[0], address) for roa in roas)
    for route in found.routes:
        covering = {roa for roa in roas if _covers(roa[0], route.prefix)}
        assert set(route.roas) == covering


def _holds(prefix: str, address) -> bool:
    network = ip_network(prefix)
    return network.version == address.version and address in network


def _covers(prefix: str, route: str) -> bool:
    one, other = ip_network(prefix), ip_network(route)
    return one.version == other.version and other.subnet_of(one)


@pytest.fixture
def files(tmp_path):
    vrps = tmp_path / "vrps.json"
    vrps.write_text(json.dumps({"metadata": {"n": 1}, "roas": [
        {"prefix": "192.0.2.0/24", "maxLength": 24, "asn": "AS64500", "ta": "x"}, {"prefix": "2001:db8::/32", "asn": 64501},
    ]}))  # fmt: skip
    routes = tmp_path / "bgp.tsv"
    routes.write_text(
        "% remark\n192.0.2.0/24\t64500\t300\n64502\t192.0.2.0/24\t9\n{64503,64504}\t198.51.100.0/24\t10\n\n"
    )
    return vrps, routes


def test_files_of_validators_and_of_ris(files) -> None:
    tables = read_tables(*files)
    assert tables.routing("192.0.2.1").routes == (Route("192.0.2.0/24", 64500, (("192.0.2.0/24", 24, 64500),)),)
    assert tables.systems("198.51.100.1") == {64503, 64504}
    assert tables.routing("2001:db8::1").covered
    assert read_tables(*files, peers=9).systems("192.0.2.1") == {64500, 64502}


def test_gzipped_files_read_the_same(files, tmp_path) -> None:
    zipped = []
    for path in files:
        zipped.append(tmp_path / f"{path.name}.gz")
        zipped[-1].write_bytes(gzip.compress(path.read_bytes()))
    assert read_tables(*zipped).routing("192.0.2.1") == read_tables(*files).routing("192.0.2.1")


@pytest.mark.parametrize(
    ("which", "text", "message"),
    [
        (1, "192.0.2.0/24\t64500\n", "bgp.tsv, line 1"),
        (1, "# ok\nnonsense here 10\n", "bgp.tsv, line 2"),
        (1, "192.0.2.0/33\t64500\t300\n", "not a prefix"),
        (1, "192.0.2.0/24\t99999999999\t300\n", "not a prefix"),
        (0, "", "no validated payloads"),
        (0, '{"roas": []}', "no validated payloads"),
        (0, '{"roas": [{"prefix": "192.0.2.0/24"}]}', "not a validated payload"),
        (0, '{"roas": [{"prefix": "nonsense/24", "asn": 1}]}', "not a prefix"),
    ],
)
def test_files_that_are_none_say_where(files, which, text, message) -> None:
    files[which].write_text(text)
    with pytest.raises(TablesError, match=message):
        read_tables(*files)
