"""From words to the answers of the ledger."""

import pytest

from dijkwacht.core.checks.facts import FactRule, Words, answers, certificate_kind, has_mail, has_web
from dijkwacht.core.checks.observed import Certificate, DomainSeen, Handshake, Lookup, WebAddress


def keys(*checks):
    return tuple(("web", check) for check in checks)


GOOD = frozenset({"passed", "info", "warning"})
RULE = FactRule("domain.https", "own", keys("https_exists", "https_hsts"), GOOD, frozenset(), (), "s")
TLS = FactRule(
    "domain.tls",
    "norm",
    keys("tls_version", "ems"),
    frozenset({"passed"}),
    frozenset({"not_tested"}),
    keys("https_exists"),
    "s",
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
    assert has_web(seen(web=(WebAddress("192.0.2.1", "timeout", "closed"),))) is None
    assert has_web(seen(web=(WebAddress("192.0.2.1", "denied", "denied"),))) is None
    assert has_web(seen(lookups=lookup("A", rcode="SERVFAIL"))) is None


def test_mail_is_received_unless_there_is_no_host_or_a_null_mx():
    assert has_mail(seen(lookups=lookup("MX", "10 mx.a.test"))) is True
    assert has_mail(seen(lookups=lookup("MX", "0 ."))) is False
    assert has_mail(seen(lookups=lookup("MX"))) is False
    assert has_mail(seen(lookups=lookup("MX", rcode="TIMEOUT"))) is None
    assert has_mail(seen()) is None


@pytest.mark.parametrize(
    ("policies", "qualified", "kind"),
    [
        (("2.23.140.1.2.1",), False, "dv"), (("1.2.3", "2.23.140.1.2.2"), False, "ov"), (("2.23.140.1.1",), False, "ev"),
        (("2.23.140.1.2.2",), True, "qwac"), ((), False, None),
    ],
)  # fmt: skip
def test_the_kind_of_certificate_is_in_its_policies(policies, qualified, kind):
    leaf = Certificate(
        "ff", b"", b"", "CN=a", "CN=b", "1", "2026-01-01", "2027-01-01", ("a.test",), "ec", 256, "secp256r1", "sha256",
        False, False, policies=policies, qualified=qualified,
    )  # fmt: skip
    web = WebAddress("192.0.2.1", "open", "open", handshake=Handshake(True, chain=("ff",)))
    assert certificate_kind(seen(web=(web,), certificates={"ff": leaf})) == kind
