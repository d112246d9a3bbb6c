"""Software that names itself, the advisories about it, and that a banner alone never makes anything red."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.checks import banners, software
from dijkwacht.core.checks.advisories import Advisory, Range, index, read, spans_of
from dijkwacht.core.checks.banners import Software
from dijkwacht.core.checks.observed import MailAddress, MailHost, OpenPort, Page, Response, WebAddress
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.software_said import OwnerSaid
from dijkwacht.core.checks.versions import key
from tests.core.checks.names_world import POLICY, codes, seen, words

RULES = POLICY.known.software
SHORT = [
    {
        "id": "CVE-2099-0001",
        "product": "apache:http_server",
        "from": "2.4.0",
        "fixed": "2.4.50",
        "severity": "critical",
    },
    {"id": "CVE-2099-0006", "product": "openbsd:openssh", "from": "6.0", "fixed": "9.8", "severity": "high"},
]


def _policy(*rows: dict[str, str]) -> Policy:
    return Policy(
        POLICY.on,
        POLICY.editions,
        POLICY.limits,
        POLICY.lists,
        POLICY.rules,
        known=POLICY.known,
        advisories=index(read(list(rows))),
    )


def _web(*headers: tuple[str, str], page: Page | None = None) -> tuple[WebAddress, ...]:
    front = Response("https://dijkstad.nl/", 200, headers)
    return (WebAddress("192.0.2.1", "open", "open", front=front, page=page),)


def _read(where: Any, text: str) -> list[tuple[str, str]]:
    return [(each.product, each.version) for each in banners.read(RULES, where, text, "x")]


@pytest.mark.parametrize(
    ("where", "text", "found"),
    [
        ("server", "nginx", [("f5:nginx", "")]),
        ("server", "nginx/1.14.2", [("f5:nginx", "1.14.2")]),
        ("server", "Apache/2.4.49 (Unix) OpenSSL/1.0.2k-fips PHP/7.4.3",
         [("apache:http_server", "2.4.49"), ("openssl:openssl", "1.0.2k"), ("php:php", "7.4.3")]),
        ("server", "Microsoft-IIS/10.0", [("microsoft:iis", "10.0")]),
        ("server", "Apache-Coyote/1.1", [("apache:tomcat", "")]),
        ("powered", "PHP/8.4.12", [("php:php", "8.4.12")]),
        ("generator", "WordPress 5.8.1", [("wordpress:wordpress", "5.8.1")]),
        ("generator", "Drupal 10 (https://www.drupal.org)", [("drupal:drupal", "10")]),
        ("generator", "TYPO3 CMS", [("typo3:typo3", "")]),
        ("script", "/static/jquery-1.12.4.min.js", [("jquery:jquery", "1.12.4")]),
        ("script", "/static/jquery.min.js?ver=3.6.0", []),
        ("script", "/static/jquery-ui-1.11.2.min.js", [("jqueryui:jquery_ui", "1.11.2")]),
        ("port", "SSH-2.0-OpenSSH_7.4\r\n", [("openbsd:openssh", "7.4")]),
        ("port", "220 (vsFTPd 2.3.4)\r\n", [("vsftpd:vsftpd", "2.3.4")]),
        ("port", "J???\n5.5.62?", [("oracle:mysql", "5.5.62")]),
        ("port", "j???\n5.5.5-10.6.12-MariaDB?", [("mariadb:mariadb", "10.6.12")]),
        ("smtp", "220 mx.dijkstad.nl ESMTP Postfix", [("postfix:postfix", "")]),
        ("server", "een eigen naam", []),
        ("generator", "nginx/1.14.2", []),  # a rule looks only where its product speaks
    ],
)  # fmt: skip
def test_rules(where: str, text: str, found: list[tuple[str, str]]) -> None:
    assert _read(where, text) == found


@given(st.text(max_size=2000), st.sampled_from(["server", "powered", "generator", "script", "smtp", "port"]))
def test_no_banner_breaks_a_rule(text: str, where: Any) -> None:
    for each in banners.read(RULES, where, text, "x"):
        assert len(each.version) <= 48
        assert len(each.evidence) <= banners.LONGEST


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.product)
@pytest.mark.parametrize(
    "text", ["1" * 10_000, "Apache/" * 2_000, "1." * 5_000, "nginx/1" + ".1" * 5_000 + "!", "-" * 10_000]
)
def test_hostile_banners_cost_nothing(rule: Any, text: str) -> None:
    list(banners.read([rule], next(iter(rule.where)), text, "x"))


@pytest.mark.parametrize(
    ("banner", "who"),
    [
        ("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u2", "debian"), ("SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.4", "ubuntu"),
        ("SSH-2.0-OpenSSH_7.4", ""), ("Apache/2.4.6 (CentOS)", "rhel"), ("Apache/2.4.6 (Red Hat Enterprise Linux)", "rhel"),
    ],
)  # fmt: skip
def test_distribution(banner: str, who: str) -> None:
    where: Any = "port" if banner.startswith("SSH") else "server"
    assert [each.distribution for each in banners.read(RULES, where, banner, "x")] == [who]


def test_every_place_where_software_speaks() -> None:
    page = Page(scripts=("/js/jquery-1.12.4.min.js",), generator="WordPress 5.8.1")
    mail = (MailHost("mx.dijkstad.nl", (MailAddress("192.0.2.25", "open", banner="220 mx ESMTP Exim 4.94.2"),)),)
    port = OpenPort("beheer.dijkstad.nl", "192.0.2.30", 22, "open", "SSH-2.0-OpenSSH_7.4")
    world = seen(
        {}, web=_web(("server", "nginx/1.14.2"), ("x-powered-by", "PHP/7.4.3"), page=page), mail=mail, ports=(port,)
    )
    assert {(each.product, each.version, each.target) for each in banners.software(world, RULES)} == {
        ("f5:nginx", "1.14.2", "192.0.2.1"), ("php:php", "7.4.3", "192.0.2.1"), ("wordpress:wordpress", "5.8.1", "192.0.2.1"),
        ("jquery:jquery", "1.12.4", "192.0.2.1"), ("exim:exim", "4.94.2", "mx.dijkstad.nl"),
        ("openbsd:openssh", "7.4", "beheer.dijkstad.nl:22"),
    }  # fmt: skip


def test_words() -> None:
    policy = _policy(*SHORT)
    found = list(software.findings(seen({}, web=_web(("server", "Apache/2.4.49"))), policy))
    assert words(found) == {
        "software_version 192.0.2.1": "warning/not_tested", "software_advisory 192.0.2.1": "warning/not_tested",
    }  # fmt: skip
    assert found[1].why[0].params["advisories"] == ["CVE-2099-0001"]
    assert words(software.findings(seen({}, web=_web(("server", "nginx"))), policy)) == {
        "software_version 192.0.2.1": "info/not_tested"
    }
    assert codes(software.findings(seen({}, web=_web()), policy)) == ["software_none"]
    assert codes(software.findings(seen({}), policy)) == ["software_not_measured"]


def test_a_package_of_a_distribution_is_told() -> None:
    port = OpenPort("beheer.dijkstad.nl", "192.0.2.30", 22, "open", "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u2")
    assert codes(software.findings(seen({}, ports=(port,)), _policy(*SHORT))) == [
        "software_exposed", "software_possible", "software_backports",
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_a_banner_never_makes_red(text: str) -> None:
    everything = [
        {"id": "X", "product": rule.product, "from": "", "fixed": "", "severity": "critical"} for rule in RULES
    ]
    world = seen({}, web=_web(("server", f"Apache/{text}"), ("server", text), ("x-powered-by", f"PHP/{text}")))
    assert all(each.word in ("info", "warning", "passed") for each in software.findings(world, _policy(*everything)))


def test_grades() -> None:
    known = Software("apache:http_server", "Apache", "2.4.49", "x", "server", "Apache/2.4.49")
    matches = (Advisory("X", "apache:http_server", (Range(),)),)
    assert software.grade(known, matches, "banner") == "possible"
    assert software.grade(known, matches, "owner") == software.grade(known, matches, "behaviour") == "confirmed"
    assert software.grade(known, (), "banner") == "exposed"
    assert software.grade(Software("x:y", "Y", "", "x", "server", "Y"), (), "banner") == "none"
    assert software.WORD["confirmed"] == "failed"


@pytest.mark.parametrize(
    ("version", "held"),
    [("2.3.9", False), ("2.4.0", True), ("2.4", True), ("2.4.49", True), ("2.4.50", False),
     ("2.4.50-rc1", True), ("", False), ("x", False)],
)  # fmt: skip
def test_edges_of_a_range(version: str, held: bool) -> None:
    assert Range("2.4.0", "2.4.50", below=True).holds(version) is held


@given(
    st.from_regex(r"[0-9]{1,2}(\.[0-9]{1,2}){0,3}", fullmatch=True),
    *[st.from_regex(r"[0-9]{1,2}(\.[0-9]{1,2}){0,3}", fullmatch=True)] * 2,
)
def test_a_range_holds_what_lies_between(low: str, version: str, high: str) -> None:
    assert Range(low, high).holds(version) == (key(low) <= key(version) <= key(high))
    assert Range(low, high, above=True, below=True).holds(version) == (key(low) < key(version) < key(high))


def _nvd(*matches: dict[str, Any]) -> dict[str, Any]:
    cve = {"id": "CVE-2099-1", "configurations": [{"nodes": [{"cpeMatch": list(matches)}]}],
           "metrics": {"cvssMetricV31": [{"cvssData": {"baseSeverity": "HIGH"}}]}}  # fmt: skip
    return {"vulnerabilities": [{"cve": cve}]}


def test_nvd() -> None:
    criteria = "cpe:2.3:a:php:php:*:*:*:*:*:*:*:*"
    data = _nvd(
        {"vulnerable": True, "criteria": criteria, "versionStartIncluding": "7.0", "versionEndExcluding": "8.1.0"},
        {"vulnerable": True, "criteria": "cpe:2.3:a:php:php:5.6.1:*:*:*:*:*:*:*"},
        {"vulnerable": False, "criteria": criteria}, {"vulnerable": True, "criteria": "cpe:2.3:a:x:y:-:*"}, {"vulnerable": True},
    )  # fmt: skip
    (found,) = read(data)
    assert (found.id, found.product, found.severity) == ("CVE-2099-1", "php:php", "high")
    assert [found.holds(each) for each in ("6.9", "7.0", "8.0.30", "8.1.0", "5.6.1")] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_csaf() -> None:
    def branch(category: str, name: str, **more: Any) -> dict[str, Any]:
        return {"category": category, "name": name, **more}

    versions = [
        branch("product_version_range", "vers:generic/>=2.4.0|<2.4.50", product={"product_id": "P1"}),
        branch("product_version", "2.2.15", product={"product_id": "P2"}),
        branch("product_version", "2.4.66", product={"product_id": "P3"}),
    ]
    tree = {
        "branches": [branch("vendor", "Apache", branches=[branch("product_name", "HTTP Server", branches=versions)])]
    }
    vulnerability = {"cve": "CVE-2099-2", "product_status": {"known_affected": ["P1", "P2", "P9", 5]}}
    (found,) = read({"document": {}, "product_tree": tree, "vulnerabilities": [vulnerability]})
    assert (found.id, found.product) == ("CVE-2099-2", "apache:http_server")
    assert [found.holds(each) for each in ("2.4.49", "2.2.15", "2.4.66")] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("vers:unknown/*", (Range(),)), ("vers:unknown/3.2", (Range("3.2", "3.2"),)),
        ("vers:unknown/<3.2", (Range("", "3.2", below=True),)),
        ("vers:x/>1|<=2|>=3|<4", (Range("1", "2", above=True), Range("3", "4", below=True))), ("vers:x/>=5", (Range("5"),)),
        ("1.2.3", (Range("1.2.3", "1.2.3"),)), ("vers:x/", ()), ("", ()), ("vers:x/!=3", ()),
    ],
)  # fmt: skip
def test_ranges_in_words(text: str, spans: tuple[Range, ...]) -> None:
    assert spans_of(text) == spans


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["vulnerabilities", "document", "cve", "id", "configurations", "nodes", "cpeMatch", "product_tree",
                         "branches",
                         "product_status", "known_affected", "name", "category", "product", "vulnerable", "criteria", "from"]),
        inner, max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@given(JSON)
def test_no_document_breaks_the_reader(data: Any) -> None:
    assert isinstance(read(data), tuple)


APACHE = "apache:http_server"


@pytest.mark.parametrize(
    ("said", "word", "code"),
    [
        (None, "warning", "software_possible"),
        (OwnerSaid(runs=True), "failed", "software_confirmed"),
        (OwnerSaid(runs=False, advisories=frozenset({"CVE-2099-0001"})), "info", "software_mended"),
        (OwnerSaid(runs=False, advisories=frozenset({"CVE-2000-0001"})), "warning", "software_possible"),  # a later one
    ],
)
def test_what_the_owner_says_of_a_version_counts(said: OwnerSaid | None, word: str, code: str) -> None:
    policy = replace(_policy(*SHORT), said={(APACHE, "2.4.49"): said} if said else {})
    found = [
        each
        for each in software.findings(seen({}, web=_web(("server", "Apache/2.4.49"))), policy)
        if each.check == "software_advisory"
    ]
    assert [(each.word, each.why[0].code) for each in found] == [(word, code)]


def test_what_is_said_of_another_version_counts_nowhere() -> None:
    policy = replace(_policy(*SHORT), said={(APACHE, "2.4.48"): OwnerSaid(runs=True)})
    found = software.findings(seen({}, web=_web(("server", "Apache/2.4.49"))), policy)
    assert {each.word for each in found} == {"warning"}
