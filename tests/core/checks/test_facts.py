"""From words to the answers of the ledger."""

from dataclasses import replace
from datetime import date

import pytest

from dijkwacht.core.checks import security_txt
from dijkwacht.core.checks.facts import FactRule, Words, answers, certificate_kind, has_mail, has_web
from dijkwacht.core.checks.fold import fold
from dijkwacht.core.checks.observed import (
    Certificate,
    DomainSeen,
    Handshake,
    Lookup,
    Response,
    SecurityTxt,
    WebAddress,
)
from dijkwacht.norms.read import fact_rules, policy_on


def keys(*checks):
    return tuple(("web", check) for check in checks)


GOOD = frozenset({"passed", "info", "warning"})
RULE = FactRule("domain.https", "own", keys("https_exists", "https_hsts"), GOOD, frozenset(), ())
TLS = FactRule(
    "domain.tls",
    "norm",
    keys("tls_version", "ems"),
    frozenset({"passed"}),
    frozenset({"not_tested"}),
    keys("https_exists"),
)


def said(rule, **words):
    made = {
        ("web", check): word if isinstance(word, Words) else Words(word, word, word) for check, word in words.items()
    }
    return dict(answers(made, [rule])).get(rule.fact)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ({"https_exists": "passed", "https_hsts": "passed"}, True),
        ({"https_exists": "passed", "https_hsts": "failed"}, False),
        ({"https_exists": "failed", "https_hsts": "not_tested"}, False),
        ({"https_exists": "passed", "https_hsts": "not_tested"}, None),
        ({"https_exists": "error", "https_hsts": "not_tested"}, None),
        ({"https_exists": "passed"}, None),
        ({}, None),
        ({"https_exists": "passed", "https_hsts": Words("failed", "failed", "failed", counts=False)}, None),
    ],
)
def test_all_must_be_good_and_one_that_is_bad_says_no(words, answer):
    assert said(RULE, **words) is answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ({"https_exists": "passed", "tls_version": "passed", "ems": "not_tested"}, True),
        ({"https_exists": "passed", "tls_version": "not_tested", "ems": "not_tested"}, None),
        ({"https_exists": "passed", "tls_version": "warning", "ems": "passed"}, False),
        ({"https_exists": "failed", "tls_version": "not_tested", "ems": "not_tested"}, None),
        ({"https_exists": "passed", "tls_version": Words("passed", "passed", "failed"), "ems": "passed"}, False),
    ],
)
def test_what_is_needed_first_and_what_may_be_left_out(words, answer):
    assert said(TLS, **words) is answer


def seen(**fields):
    return DomainSeen("a.test", "2026-11-30T12:00:00Z", fields.pop("lookups", {}), **fields)


def lookup(kind, *records, rcode="NOERROR"):
    return {("a.test", kind): Lookup("a.test", kind, rcode, records)}


def test_a_site_answers_or_the_name_has_no_address_or_it_is_not_known():
    nothing = {**lookup("A"), **lookup("AAAA")}
    assert has_web(seen(web=(WebAddress("192.0.2.1", "open", "closed"),))) is True
    assert has_web(seen(lookups=nothing)) is False
    assert has_web(seen(web=(WebAddress("192.0.2.1", "closed", "closed"),))) is False
    assert has_web(seen(web=(WebAddress("192.0.2.1", "closed", "closed"),)), known=True) is None
    assert has_web(seen(lookups=nothing), known=True) is False
    assert has_web(seen(web=(WebAddress("192.0.2.1", "timeout", "closed"),))) is None
    assert has_web(seen(web=(WebAddress("192.0.2.1", "denied", "denied"),))) is None
    assert has_web(seen(lookups=lookup("A", rcode="SERVFAIL"))) is None


def test_mail_is_received_unless_there_is_no_host_or_a_null_mx():
    assert has_mail(seen(lookups=lookup("MX", "10 mx.a.test"))) is True
    assert has_mail(seen(lookups=lookup("MX", "0 ."))) is False
    assert has_mail(seen(lookups=lookup("MX"))) is False
    assert has_mail(seen(lookups=lookup("MX", rcode="TIMEOUT"))) is None
    assert has_mail(seen()) is None


def certificate(*policies, names=("a.test",), qualified=False):
    return Certificate(
        "ff", b"", b"", "CN=a", "CN=b", "1", "2026-01-01", "2027-01-01", names, "ec", 256, "secp256r1", "sha256",
        False, False, policies=policies, qualified=qualified,
    )  # fmt: skip


DV, OV, EV = "2.23.140.1.2.1", "2.23.140.1.2.2", "2.23.140.1.1"


def kind(*leaves, trust=(), handshake=True, **known):
    """The kind of a site with an address per leaf."""
    done = [Handshake(True, chain=(str(i),), trust=trust) if handshake else None for i in range(len(leaves))]
    web = tuple(WebAddress(f"192.0.2.{i}", "open", "open", handshake=each) for i, each in enumerate(done))
    return certificate_kind(seen(web=web, certificates={str(i): leaf for i, leaf in enumerate(leaves)}), **known)


@pytest.mark.parametrize(
    ("policies", "qualified", "answer"),
    [
        ((DV,), False, "dv"),
        (("1.2.3", OV), False, "ov"),
        ((EV,), False, "ev"),
        ((OV,), True, "qwac"),
        ((), False, None),
    ],
)
def test_the_kind_of_certificate_is_in_its_policies(policies, qualified, answer):
    assert kind(certificate(*policies, qualified=qualified)) == answer


def test_of_several_addresses_the_weakest_certificate_counts():
    assert kind(certificate(OV), certificate(DV), certificate(EV)) == "dv"
    assert kind(certificate(OV), certificate()) is None


def test_a_certificate_that_nobody_vouches_for_or_of_another_name_proves_nothing():
    assert kind(certificate(OV, names=("b.test",))) is None
    assert kind(certificate(OV, names=("*.test",))) is None
    assert kind(certificate(OV), trust=("self_signed",)) is None
    assert kind(certificate(OV), handshake=False) is None


def test_without_a_site_there_is_no_certificate_and_one_that_is_down_has_an_unknown_one():
    down = seen(web=(WebAddress("192.0.2.1", "closed", "closed"),))
    assert (certificate_kind(down), certificate_kind(down, known=True)) == ("none", None)


RULES = {each.fact: each for each in fact_rules()}


def told(fact, by="own", **turned):
    """The answer when every check of a rule passes, but for those that are named: `web__tls_version="failed"`."""
    rule = RULES[fact]
    words = {key: Words("passed", "passed", "passed") for key in {*rule.all, *rule.needs}}
    for name, word in turned.items():
        area, _, check = name.partition("__")
        assert (area, check) in words, name
        words[area, check] = replace(words[area, check], **{by: word})
    return dict(answers(words, [rule])).get(fact)


def test_the_house_answers_yes_when_all_is_good():
    assert {fact: told(fact) for fact in RULES} == dict.fromkeys(RULES, True)


@pytest.mark.parametrize(
    ("fact", "turned", "answer"),
    [
        # HSTS does nothing on a connection that a browser does not trust
        ("domain.https", {"web__cert_trust": "failed"}, False),
        ("domain.https", {"web__cert_hostmatch": "failed"}, False),
        # one that expired fails here and not for trust; that it ends soon is no reason for a no
        ("domain.https", {"web__certificate_expiry": "failed"}, False),
        ("domain.https", {"web__certificate_expiry": "warning"}, True),
        ("domain.https", {"web__https_hsts": "not_tested"}, None),
        # DANE behind an MX that is not signed protects nobody
        ("domain.mail_transport", {"mail__dane_exists": "warning"}, False),
        ("domain.mail_transport", {"mail__starttls_exists": "not_tested"}, None),
        ("domain.mail_authentication", {"mail__dkim": "not_tested"}, True),
        ("domain.mail_authentication", {"mail__dmarc_policy": "warning"}, True),
        ("domain.mail_authentication", {"mail__spf_policy": "not_tested"}, None),
        ("domain.mail_authentication", {"mail__spf": "failed", "mail__spf_policy": "not_tested"}, False),
        ("domain.rpki", {"web__web_rpki_exists": "warning"}, False),
        ("domain.rpki", {"web__web_rpki_valid": "not_tested"}, None),
        ("domain.dnssec", {"names__dnssec_exists": "failed", "names__dnssec_valid": "not_tested"}, False),
        ("domain.dnssec", {"names__dnssec_exists": "error", "names__dnssec_valid": "error"}, None),
        ("domain.headers", {"web__http_csp": "warning"}, False),
        ("domain.security_txt", {"web__http_securitytxt": "warning"}, True),
    ],
)
def test_what_the_house_takes_for_an_answer_by_our_own_words(fact, turned, answer):
    assert told(fact, **turned) is answer


@pytest.mark.parametrize(
    ("fact", "turned", "answer"),
    [
        ("domain.security_txt", {"web__http_securitytxt": "warning"}, False),
        ("domain.tls_sufficient", {"web__cert_pubkey": "warning"}, False),
        ("domain.tls_sufficient", {"web__certificate_expiry": "failed"}, False),
        ("domain.tls_sufficient", {"web__extended_master_secret": "not_tested"}, True),
        ("domain.tls_sufficient", {"web__https_exists": "failed"}, None),
        # a server of which not everything was asked is not called sufficient, nor is it called insufficient
        *[
            ("domain.tls_sufficient", {f"web__{check}": "not_tested"}, None)
            for check in ("tls_version", "tls_ciphers", "fs_params", "kex_hash_func", "zero_rtt", "cert_trust")
        ],
        ("domain.tls_sufficient", {"web__kex_hash_func": "not_tested", "web__tls_version": "failed"}, False),
    ],
)
def test_what_the_house_takes_for_an_answer_by_the_newest_edition(fact, turned, answer):
    assert told(fact, "norm", **turned) is answer


def test_a_security_txt_that_ends_soon_still_counts_while_we_warn_of_it():
    file = SecurityTxt("https://a.test/.well-known/security.txt", 200, expires="2026-12-10T00:00:00Z")
    front = Response("https://a.test/", 200)
    name = seen(web=(WebAddress("192.0.2.1", "open", "open", front=front, security_txt=file),))
    policy = policy_on(date(2026, 11, 30))
    found = fold(security_txt.findings(name, policy), policy)["web", "http_securitytxt"]
    assert (found.word, found.norm) == ("warning", "passed")


def test_the_house_says_its_sources_and_doubts_in_both_languages():
    for each in RULES.values():
        assert set(each.source) == {"nl", "en"}
        assert each.source["nl"] != each.source["en"]
        assert set(each.uncertain) in (set(), {"nl", "en"})
