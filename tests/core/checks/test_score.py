"""Points for half a success, as internet.nl gives them, over the real packs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.checks.finding import ORDER, Area, Finding, Why, Word
from dijkwacht.core.checks.fold import fold
from dijkwacht.core.checks.score import score
from tests.core.checks.names_world import POLICY

EDITIONS = [each.id for each in POLICY.editions]


def said(
    area: Area, check: str, word: Word, *codes: str, host: str = "", target: str = "", **params: object
) -> Finding:
    return Finding(check, area, target, word, word, tuple(Why(code, params) for code in codes), host=host)


def earned(part: str, category: str, *findings: Finding) -> tuple[int, int] | None:
    return score(fold(findings, POLICY), POLICY, part).categories.get(category)  # type: ignore[arg-type]


@pytest.mark.parametrize(("code", "points"), [("hsts_short", 2), ("hsts_none", 0), ("hsts_unreadable", 0)])
def test_hsts_that_is_too_short_earns_a_little(code: str, points: int) -> None:
    assert earned("web", "tls", said("web", "https_hsts", "failed", code)) == (points, 10)
    beside = said("web", "https_hsts", "failed", "hsts_short", target="2001:db8::1")
    assert earned("web", "tls", said("web", "https_hsts", "failed", code), beside) == (points, 10)
    assert earned("web", "tls", said("web", "https_hsts", "passed"), beside) == (2, 10)


@pytest.mark.parametrize(
    ("codes", "points"),
    [
        (["spf_open"], 2),
        (["spf_lookups"], 2),
        (["spf_no_end"], 2),
        (["spf_syntax"], 0),
        (["spf_open", "spf_syntax"], 0),
    ],
)
def test_an_spf_policy_that_is_open_earns_a_little_and_one_that_cannot_be_read_nothing(
    codes: list[str], points: int
) -> None:
    exists = said("mail", "spf", "passed")
    assert earned("mail", "auth", exists, said("mail", "spf_policy", "failed", *codes)) == (10 + points, 20)


@pytest.mark.parametrize(
    ("code", "points"), [("dmarc_monitors", 2), ("dmarc_no_p", 2), ("dmarc_testing", 2), ("dmarc_syntax", 0)]
)
def test_a_dmarc_policy_that_only_watches_earns_a_little(code: str, points: int) -> None:
    exists = said("mail", "dmarc", "passed")
    assert earned("mail", "auth", exists, said("mail", "dmarc_policy", "failed", code)) == (10 + points, 20)


@pytest.mark.parametrize(
    ("word", "code", "points"),
    [("not_tested", "dnssec_none", 2), ("failed", "dnssec_bogus", 0), ("not_tested", "x", 0)],
)
def test_an_unsigned_name_earns_a_little_and_a_broken_signature_nothing(word: Word, code: str, points: int) -> None:
    exists: Word = "passed" if word == "failed" else "failed"
    found = (said("names", "dnssec_exists", exists), said("names", "dnssec_valid", word, code))
    assert earned("web", "dnssec", *found) == (points, 10)


def reach(area: Area, check: str, hosts: dict[str, str]) -> list[Finding]:
    """Findings of hosts whose addresses answer (+), do not (-), or were not tried (?)."""
    words: dict[str, Word] = {"+": "passed", "-": "failed", "?": "not_tested"}
    return [
        said(area, check, words[each], host=host, target=f"{host}{n}")
        for host, answers in hosts.items()
        for n, each in enumerate(answers)
    ]


@pytest.mark.parametrize(
    ("hosts", "bare", "points"),
    [
        ({"mx1": "+", "mx2": "++"}, 0, 10),
        ({"mx1": "+-", "mx2": "+"}, 0, 6),  # (2 + 10) / 2
        ({"mx1": "-", "mx2": "+"}, 0, 5),
        ({"mx1": "+-"}, 0, 2),
        ({"mx1": "--"}, 0, 0),
        ({"mx1": "+"}, 1, 5),  # another has no IPv6 address
        ({"mx1": "+"}, 2, 3),
        ({"mx1": "+", "mx2": "?"}, 0, 10),  # what was not tried counts neither way
    ],
)
def test_mail_hosts_over_ipv6_earn_their_mean(hosts: dict[str, str], bare: int, points: int) -> None:
    exists = [said("mail", "mx_aaaa", "failed", "mail_host_no_ipv6", target=f"no{n}") for n in range(bare)]
    exists += [said("mail", "mx_aaaa", "passed", target=host) for host in hosts]
    assert earned("mail", "ipv6", *exists, *reach("mail", "mx_reach", hosts)) == (points, 10)


@pytest.mark.parametrize(
    ("hosts", "of", "points"),
    [
        ({"ns1": "+", "ns2": "+"}, 4, 10),  # two are enough: those without are left out
        ({"ns1": "+", "ns2": "-"}, 2, 5),
        ({"ns1": "++", "ns2": "+-", "ns3": "--"}, 3, 4),
        ({"ns1": "+"}, 3, 3),  # one of three
        ({"ns1": "+"}, 1, 5),  # one and no other: half at most
        ({"ns1": "+-"}, 1, 2),
    ],
)
def test_name_servers_over_ipv6_earn_their_mean(hosts: dict[str, str], of: int, points: int) -> None:
    enough: Word = "passed" if len(hosts) > 1 else "failed"
    exists = said("names", "ns_aaaa", enough, "ns_few_ipv6", count=len(hosts), of=of)
    assert earned("web", "ipv6", exists, *reach("names", "ns_reach", hosts)) == (points, 10)


def test_without_any_ipv6_a_name_server_earns_nothing() -> None:
    exists = said("names", "ns_aaaa", "failed", "ns_few_ipv6", count=0, of=2)
    assert earned("web", "ipv6", exists, said("names", "ns_reach", "not_tested", "ns_no_ipv6")) == (0, 10)


@pytest.mark.parametrize(
    ("addresses", "same", "points"), [("++", "", 12), ("+-", "", 4), ("--", "", 2), ("++", "other_ports", 2)]
)
def test_a_web_site_over_ipv6(addresses: str, same: str, points: int) -> None:
    """Some addresses are dead, or less is open over IPv6 than over IPv4: a little, and nothing for being the same."""
    twin = said("web", "web_ipv46", "failed" if same else "passed", *([same] if same else []))
    found = (said("web", "web_aaaa", "passed"), *reach("web", "web_reach", {"": addresses}), twin)
    assert earned("web", "ipv6", *found) == (points, 12)


def test_a_site_without_https_earns_nothing_for_tls() -> None:
    """Whatever stands beside it: a closed port 80 is no secured connection."""
    found = [said("web", "https_exists", "error"), said("web", "https_forced", "passed", "http_closed")]
    found += [said("web", check, "not_tested", "no_tls") for check in ("https_hsts", "tls_version", "cert_trust")]
    assert earned("web", "tls", *found) == (0, 40)


def test_what_does_not_apply_is_no_loss() -> None:
    found = [said("web", "https_exists", "passed"), said("web", "extended_master_secret", "not_tested", "no_tls12")]
    assert earned("web", "tls", *found) == (10, 10)
    routes = [said("web", "web_rpki_exists", "passed"), said("web", "web_rpki_valid", "not_tested", "rpki_not_routed")]
    assert earned("web", "rpki", *routes) == (15, 15)
    untold = [said("web", "web_rpki_exists", "not_tested", "rpki_no_tables")]
    assert earned("web", "rpki", *untold) is None  # not measured by us is not earned


CHECKS = sorted(tuple(key.split(".")) for key, rule in POLICY.rules.items() if rule.points)
CODES = sorted({code for rule in POLICY.rules.values() for code in rule.codes} | {"x"})
FINDINGS = st.lists(
    st.builds(
        lambda key, word, code, host, editions: Finding(
            key[1], key[0], host, word, word, (Why(code),), editions, host=host
        ),  # type: ignore[arg-type]
        st.sampled_from(CHECKS), st.sampled_from(sorted(ORDER)), st.sampled_from(CODES), st.sampled_from("ab"),
        st.dictionaries(st.sampled_from(EDITIONS), st.sampled_from(sorted(ORDER)), max_size=2),
    ),
    max_size=12,
)  # fmt: skip


@given(FINDINGS)
def test_nobody_earns_more_than_there_is(found: list[Finding]) -> None:
    folded = fold(found, POLICY)
    for part in ("web", "mail"):
        for by in ("peer", "word", "law", "norm"):
            made = score(folded, POLICY, part, by=by)  # type: ignore[arg-type]
            assert all(0 <= got <= most for got, most in made.categories.values())
            assert made.percent is None or 0 <= made.percent <= 100
