"""What is asked next: that it ends, stays within its bound on any answers at all, and never asks twice."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.checks import spf, wanted
from dijkwacht.core.checks.asked import Question, is_name
from dijkwacht.core.checks.observed import Lookup
from dijkwacht.core.checks.spf_tree import walk
from tests.core.checks.names_world import POLICY, ask

LIMITS = POLICY.limits
HOSTS = st.sampled_from(
    [f"h{i}.hostiel.nl" for i in range(40)] + ["nl", "x" * 70 + ".nl", "a b.nl", "192.0.2.1", "", "."]
)
SPF = st.lists(
    st.one_of(
        st.builds("include:{}".format, HOSTS), st.builds("a:{}".format, HOSTS), st.builds("redirect={}".format, HOSTS),
        st.builds("exists:{}".format, HOSTS), st.sampled_from(["mx", "a", "-all", "?all", "%{d}"]),
    ),
    max_size=14,
).map(lambda terms: "v=spf1 " + " ".join(terms))  # fmt: skip
DMARC = st.lists(HOSTS, max_size=20).map(
    lambda hosts: "v=DMARC1; p=none; rua=" + ",".join(f"mailto:a@{host}" for host in hosts)
)
RECORDS = {
    "NS": HOSTS, "MX": st.builds("{} {}".format, st.integers(0, 9), HOSTS), "TXT": st.one_of(SPF, DMARC, st.text(max_size=20)),
    "A": st.just("192.0.2.1"), "AAAA": st.just("2001:db8::1"), "CAA": st.just("0 issue ca.nl"), "TLSA": st.just("3 1 1 ab"),
    "SOA": st.just("a b 1"),
}  # fmt: skip
RCODES = st.sampled_from(["NOERROR", "NOERROR", "NOERROR", "NXDOMAIN", "SERVFAIL", "TIMEOUT", "DENIED"])


def test_the_first_round_is_ten_questions() -> None:
    assert len(wanted.base("dijkstad.nl")) == 10


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_it_ends_within_its_bound_whatever_the_answers(data: st.DataObject) -> None:
    known: dict[Question, Lookup] = {}
    todo = wanted.base("a.dijkstad.nl")
    while todo:
        assert not todo & known.keys()
        for name, kind in sorted(todo):
            assert is_name(name) or name == "nl"
            rcode = data.draw(RCODES)
            records = data.draw(st.lists(RECORDS[kind], max_size=3)) if rcode == "NOERROR" else []
            known[name, kind] = Lookup(name, kind, rcode, tuple(records))
        todo = wanted.follow(known, "a.dijkstad.nl", "dijkstad.nl", LIMITS)
    assert len(known) <= wanted.most(LIMITS)


def test_ten_thousand_records_stay_bounded() -> None:
    many = {
        "dijkstad.nl NS": [f"ns{i}.nl" for i in range(10_000)], "dijkstad.nl MX": [f"{i} mx{i}.nl" for i in range(10_000)],
        "dijkstad.nl TXT": [f"zomaar{i}" for i in range(10_000)] + ["v=spf1 " + "include:x.nl " * 5_000],
        "_dmarc.dijkstad.nl TXT": ["v=DMARC1; p=none; rua=" + ",".join(f"mailto:a@r{i}.nl" for i in range(49))],
    }  # fmt: skip
    known = ask("dijkstad.nl", many)
    assert len(known) <= wanted.most(LIMITS)
    assert sum(name.startswith("ns") for name, kind in known if kind == "A") == LIMITS["name_servers"]
    assert sum(name.startswith("_25._tcp") for name, _ in known) == LIMITS["mail_hosts"]
    assert sum("_report" in name for name, _ in known) == LIMITS["dmarc_report_hosts"]


def test_an_ordinary_name_costs_few_questions() -> None:
    zone = {
        "dijkstad.nl NS": ["ns1.dns.nl", "ns2.dns.nl"], "dijkstad.nl MX": ["10 mx.dijkstad.nl"],
        "dijkstad.nl TXT": ["v=spf1 mx -all"], "_dmarc.dijkstad.nl TXT": ["v=DMARC1; p=reject"],
        "dijkstad.nl CAA": ["0 issue ca.nl"], "mx.dijkstad.nl A": ["192.0.2.1"],
    }  # fmt: skip
    assert len(ask("dijkstad.nl", zone)) == 10 + 4 + 4  # name servers are shared; the mail host is its own


def _deep(fan: int, depth: int) -> Iterator[tuple[str, list[str]]]:
    for level in range(depth):
        for i in range(fan):
            includes = " ".join(f"include:l{level + 1}-{j}.nl" for j in range(fan))
            yield f"l{level}-{i}.nl TXT", [f"v=spf1 {includes} -all"]


@pytest.mark.parametrize(("fan", "depth"), [(1, 50), (2, 12), (9, 6), (10, 3)])
def test_a_tree_of_includes_costs_no_more_than_the_limit(fan: int, depth: int) -> None:
    zone = dict(_deep(fan, depth)) | {"dijkstad.nl TXT": ["v=spf1 include:l0-0.nl -all"]}
    known = ask("dijkstad.nl", zone)
    asked = [name for name, kind in known if kind == "TXT" and name.startswith("l")]
    assert len(asked) <= LIMITS["spf_lookups"]
    assert walk(known, "dijkstad.nl", zone["dijkstad.nl TXT"][0], LIMITS["spf_lookups"]).lookups > LIMITS["spf_lookups"]
    assert not spf.wanted(known, "dijkstad.nl", lookups=LIMITS["spf_lookups"])


@given(SPF, st.lists(SPF, max_size=6), st.integers(0, 5))
def test_knowing_more_never_makes_the_count_less(text: str, others: list[str], cut: int) -> None:
    full = {(f"h{i}.hostiel.nl", "TXT"): Lookup("", "TXT", "NOERROR", (other,)) for i, other in enumerate(others)}
    part = dict(list(full.items())[:cut])
    assert walk(part, "a.nl", text, 10).lookups <= walk(full, "a.nl", text, 10).lookups <= 11


def test_caa_climbs_to_the_first_that_has_any() -> None:
    known = ask("a.b.dijkstad.nl", {"dijkstad.nl CAA": ["0 issue ca.nl"]}, "dijkstad.nl")
    assert {name for name, kind in known if kind == "CAA"} == {"a.b.dijkstad.nl", "b.dijkstad.nl", "dijkstad.nl"}
    known = ask("b.dijkstad.nl", {"b.dijkstad.nl CAA": "SERVFAIL"}, "dijkstad.nl")
    assert {name for name, kind in known if kind == "CAA"} == {"b.dijkstad.nl"}


def test_name_servers_of_a_mail_host_are_those_of_its_zone() -> None:
    zone = {
        "dijkstad.nl MX": ["10 mx.eu.leverancier.nl"], "leverancier.nl NS": ["ns.dns.nl"], "ns.dns.nl A": ["192.0.2.53"],
        "nl NS": ["ns.nl"],
    }  # fmt: skip
    known = ask("dijkstad.nl", zone)
    assert known["ns.dns.nl", "A"].records == ("192.0.2.53",)
    assert ("nl", "NS") not in known
