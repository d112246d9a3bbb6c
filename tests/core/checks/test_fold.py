"""One word per check: ours, of each edition, of internet.nl with its rule for a dead address; and the percentages."""

from dataclasses import replace

import pytest

from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.fold import Folded, fold, result
from dijkwacht.core.checks.score import points, score
from tests.core.checks.names_world import POLICY

LAW, NORM = (POLICY.edition("law").id, POLICY.edition("norm").id)


def finding(check: str, word: Word, peer: Word | None = None, area: str = "web", **more: object) -> Finding:
    return Finding(check, area, "192.0.2.1", word, peer or word, **more)  # type: ignore[arg-type]


def test_one_dead_address_takes_what_the_others_passed_but_only_at_internet_nl() -> None:
    found = fold(
        [
            finding("https_exists", "passed"),
            finding("https_exists", "failed", "error"),
            finding("tls_version", "passed"),
            finding("tls_ciphers", "warning"),
            finding("http_csp", "passed"),
            finding("web_caa", "passed"),
            finding("web_aaaa", "passed"),
            finding("web_rpki_valid", "passed"),
            finding("cookies", "passed"),
            finding("dnssec_valid", "passed", area="names"),
            finding("tls_version", "passed", area="mail"),
        ],
        POLICY,
    )
    assert {key: each.peer for key, each in found.items()} == {
        ("web", "https_exists"): "error",
        ("web", "tls_version"): "not_tested",
        ("web", "tls_ciphers"): "warning",
        ("web", "http_csp"): "not_tested",
        ("web", "web_caa"): "not_tested",
        ("web", "web_aaaa"): "passed",
        ("web", "web_rpki_valid"): "passed",
        ("web", "cookies"): "passed",
        ("names", "dnssec_valid"): "passed",
        ("mail", "tls_version"): "passed",
    }
    assert found["web", "https_exists"].word == "failed"
    assert found["web", "tls_version"].word == "passed"


def test_each_edition_has_a_word_and_ours_stands_in_where_there_is_none() -> None:
    found = fold(
        [
            finding("tls_ciphers", "failed", editions={LAW: "passed", NORM: "failed"}),
            finding("tls_ciphers", "warning", editions={LAW: "passed", NORM: "warning"}),
            finding("https_hsts", "failed"),
        ],
        POLICY,
    )
    assert (found["web", "tls_ciphers"].law, found["web", "tls_ciphers"].norm) == ("passed", "failed")
    assert (found["web", "https_hsts"].law, found["web", "https_hsts"].norm) == ("failed", "failed")


def test_what_is_asked_of_the_name_stands_in_web_and_mail() -> None:
    made = result(
        fold([finding("dnssec_valid", "passed", area="names"), finding("spf", "failed", area="mail")], POLICY)
    )
    assert made == {"web": {"dnssec_valid": "passed"}, "mail": {"dnssec_valid": "passed", "spf": "failed"}}


def test_a_percentage_is_the_mean_of_its_categories() -> None:
    found = fold(
        [
            finding("https_forced", "passed"),
            finding("https_hsts", "failed"),
            finding("tls_ciphers", "warning"),
            finding("http_csp", "warning"),  # never counts
            finding("web_aaaa", "failed"),
            finding("web_reach", "not_tested"),
            finding("web_ipv46", "not_tested"),
            finding("dnssec_exists", "failed", area="names"),
            finding("dnssec_valid", "not_tested", area="names", why=(Why("dnssec_none"),)),
        ],
        POLICY,
    )
    made = score(found, POLICY, "web")
    assert made.categories == {"tls": (20, 30), "ipv6": (0, 12), "dnssec": (2, 10)}
    assert made.percent == int(100 * (20 / 30 + 0 + 0.2) / 3)
    assert score({}, POLICY, "mail").percent is None
    all_of_it = fold([finding("spf", "passed", area="mail"), finding("dnssec_valid", "passed", area="names")], POLICY)
    assert score(all_of_it, POLICY, "mail").percent == 100


@pytest.mark.parametrize(
    ("word", "earned"), [("passed", 10), ("warning", 10), ("failed", 2), ("error", 0), ("not_tested", None)]
)
def test_points_of_a_word(word: Word, earned: int | None) -> None:
    rule = POLICY.rule("mail", "spf_policy")
    assert rule is not None
    assert points(rule, word) == earned


def test_what_could_not_be_tested_for_want_of_something_earns_nothing() -> None:
    rule = POLICY.rule("mail", "spf_policy")
    assert rule is not None
    assert points(rule, "not_tested", lacking=True) == 0
    assert points(replace(rule, codes={"dnssec_none": 2}), "not_tested", lacking=True, codes={"dnssec_none"}) == 2
    assert points(replace(rule, after=""), "not_tested", lacking=True) is None


def test_the_score_can_follow_our_own_words() -> None:
    found = {("web", "https_forced"): Folded("passed", "not_tested", "failed", "passed", ())}
    assert [score(found, POLICY, "web", by=by).percent for by in ("peer", "word", "law", "norm")] == [None, 100, 0, 100]  # type: ignore[arg-type]
