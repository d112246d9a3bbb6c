"""What must always hold, whatever a server sends: nothing raises, order changes nothing, worse never looks better."""

import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.checks import (
    caa,
    certificates,
    cookies,
    csp,
    https,
    security_txt,
    tls_exchange,
    tls_suites,
    tls_versions,
    tlsa,
    urls,
)
from dijkwacht.core.checks.finding import ORDER, Finding, Word
from dijkwacht.core.checks.fold import fold, own, result
from dijkwacht.core.checks.judge import judge
from dijkwacht.core.checks.observed import (
    DomainSeen,
    Handshake,
    HelloSeen,
    Likeness,
    Lookup,
    MailAddress,
    MailHost,
    Page,
    Response,
    SecurityTxt,
    WebAddress,
)
from dijkwacht.core.checks.score import score
from dijkwacht.web.perimeter_words import sentence
from tests.core.checks.names_world import POLICY
from tests.core.checks.web_world import AT, GROUPS, NAME, SOUND, SUITES, VERSIONS

TEXT = st.text(max_size=60) | st.text("'-;:,=*./\"@ abnoneselfdtahtpsunsafe-inline0123456789\x00\r\n", max_size=80)
REACH = st.sampled_from(["open", "closed", "timeout", "unreachable", "reset", "denied", "not_tried"])
PROBES = (
    "tls12", "good", "order", "weak", "weak_next", "weak_hash", "sha1", "weak_groups", "ccm8", "tls11", "ssl2",
)  # fmt: skip
HELLOS = st.builds(
    HelloSeen,
    probe=st.sampled_from(PROBES),
    answer=st.sampled_from(["hello", "hello", "alert", "closed", "timeout", "garbage", "denied", "not_tried"]),
    version=st.sampled_from([*VERSIONS.values(), 0, 0x7F1C]),
    suite=st.sampled_from([*SUITES.values(), 0xFFFF]),
    group=st.sampled_from([*GROUPS.values(), 0, 0xABCD]),
    dh_bits=st.integers(0, 9000),
    dh_prime=st.sampled_from(["", "00" * 32, *POLICY.names["dh_prime"]]),
    hash=st.sampled_from(["", "sha1", "sha224", "sha256", "md5-sha1", "ed25519"]),
    ems=st.booleans(),
    secure_renegotiation=st.booleans(),
    compression=st.integers(0, 1),
    certificates=st.sampled_from([(), ("leaf",), ("leaf", "gone"), ("odd", "leaf")]),
)
HANDSHAKES = st.none() | st.builds(
    Handshake,
    ok=st.booleans(),
    version=st.sampled_from(list(VERSIONS.values())),
    suite=st.sampled_from(list(SUITES.values())),
    group=st.sampled_from([0, 29, 0xABCD]),
    chain=st.sampled_from([(), ("leaf",), ("leaf", "odd"), ("gone",)]),
    trust=st.sampled_from([(), ("expired",), ("unknown_issuer", "weak_key")]),
    staple=st.sampled_from(["none", "good", "bad", "revoked", "unknown", "stale"]),
    early_data=st.sampled_from([0, 1 << 14]),
    renegotiation=st.sampled_from(["refused", "accepted", "not_tested"]),
)
HEADER_NAMES = (
    "content-security-policy", "content-security-policy-report-only", "strict-transport-security", "x-frame-options",
    "set-cookie",
    "x-content-type-options", "referrer-policy", "content-encoding", "location", "server", "x-powered-by",
)  # fmt: skip
RESPONSES = st.none() | st.builds(
    Response,
    url=st.sampled_from([f"https://{NAME}/", f"http://{NAME}/", "https://elders.nl/", "", "::"]),
    status=st.sampled_from([0, 200, 301, 302, 404, 500]),
    headers=st.lists(st.tuples(st.sampled_from(HEADER_NAMES), TEXT), max_size=6).map(tuple),
)
HELLO_LISTS = st.lists(HELLOS, max_size=8).map(tuple)
WEB = st.builds(
    WebAddress,
    address=st.sampled_from(["192.0.2.1", "192.0.2.2", "2001:db8::1"]),
    https=REACH,
    http=REACH,
    hellos=HELLO_LISTS,
    handshake=HANDSHAKES,
    front=RESPONSES,
    plain=RESPONSES,
    hops=st.lists(RESPONSES.filter(bool), max_size=2).map(tuple),
    page=st.none() | st.builds(Page, third_parties=st.lists(TEXT, max_size=2).map(tuple), insecure=st.just(())),
    security_txt=st.none()
    | st.builds(
        SecurityTxt, url=TEXT, status=st.sampled_from([0, 200, 404]), expires=TEXT | st.just("2026-12-24T00:00:00"),
        errors=st.sampled_from([(), ("no_contact",)]),
    ),
)  # fmt: skip
MAIL = st.builds(
    MailAddress,
    address=st.sampled_from(["198.51.100.1", "2001:db8::25"]),
    smtp=REACH,
    starttls=st.sampled_from(["yes", "no", "refused", "error", "not_tried"]),
    hellos=HELLO_LISTS,
    handshake=HANDSHAKES,
)
QUESTIONS = [
    *((NAME, kind) for kind in ("SOA", "NS", "A", "AAAA", "MX", "TXT", "CAA")),
    (f"_443._tcp.{NAME}", "TLSA"), (f"_25._tcp.mx.{NAME}", "TLSA"), (f"mx.{NAME}", "CAA"), (f"mx.{NAME}", "AAAA"),
    (f"_dmarc.{NAME}", "TXT"), (f"_domainkey.{NAME}", "TXT"),
]  # fmt: skip
RECORDS = TEXT | st.sampled_from(
    ["3 1 1 " + "ab" * 32, "2 0 0 aa", "0 issue ca.example", "10 mx.dijkstad.nl", "2001:db8::1"]
)
CERTIFICATES = {
    "leaf": replace(SOUND, sha256="leaf", der=b"leaf", spki=b"key"),
    "odd": replace(
        SOUND,
        sha256="odd",
        key="unknown",
        curve="",
        bits=0,
        not_before="",
        not_after="",
        names=(),
        signature_hash="1.2.3",
    ),
}


@st.composite
def observations(draw: Any) -> DomainSeen:
    lookups = {}
    for name, kind in draw(st.lists(st.sampled_from(QUESTIONS), unique=True)):
        lookups[name, kind] = Lookup(
            name, kind, draw(st.sampled_from(["NOERROR", "NXDOMAIN", "SERVFAIL", "TIMEOUT", "DENIED"])),
            tuple(draw(st.lists(RECORDS, max_size=3))), draw(st.booleans()), draw(st.booleans()),
        )  # fmt: skip
    hosts = draw(
        st.lists(
            st.builds(MailHost, name=st.just(f"mx.{NAME}"), addresses=st.lists(MAIL, max_size=2).map(tuple)), max_size=2
        )
    )
    return DomainSeen(
        NAME, AT, lookups, web=tuple(draw(st.lists(WEB, max_size=3))), mail=tuple(hosts),
        likeness=draw(st.none() | st.builds(Likeness, st.floats(0, 1))), certificates=CERTIFICATES, organisational=NAME,
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(observations(), st.randoms(use_true_random=False))
def test_every_observation_can_be_judged_and_told(seen: DomainSeen, dice: Any) -> None:
    found = judge(seen, POLICY)
    assert found == judge(seen, POLICY)
    for each in found:
        for why in each.why:
            text = sentence(why)
            assert text != why.code, f"{why.code} has no sentence"
    folded = fold(found, POLICY)
    mixed = list(found)
    dice.shuffle(mixed)
    again = fold(mixed, POLICY)
    assert {key: (f.word, f.peer, f.law, f.norm) for key, f in folded.items()} == {
        key: (f.word, f.peer, f.law, f.norm) for key, f in again.items()
    }
    assert set(result(folded)) == {"web", "mail"}
    for part in ("web", "mail"):
        for by in ("peer", "word", "law", "norm"):
            made = score(folded, POLICY, part, by=by)
            assert made.percent is None or 0 <= made.percent <= 100


@given(TEXT, TEXT)
def test_parsers_never_raise(text: str, other: str) -> None:
    csp.judge((text, other), NAME)
    tlsa.parse(text)
    https.max_age(text)
    urls.split(text)
    certificates.covers((text, other), NAME)
    security_txt._left(text, AT)
    caa.problems((text, f"0 issue {text}", f"0 iodef {other}"), caa._known(POLICY))
    if (cookie := cookies.parse(text)) is not None:
        list(cookies.lacks(cookie, POLICY.lists["cookies_tracking"]))


WORDS = st.sampled_from(list(ORDER))
FINDINGS = st.lists(
    st.builds(Finding, check=st.just("x"), area=st.just("web"), target=st.just(""), word=WORDS, peer=WORDS), min_size=1
)


@given(FINDINGS, WORDS)
def test_another_finding_never_makes_a_word_better(findings: list[Finding], word: Word) -> None:
    before = fold(findings, POLICY)["web", "x"]
    after = fold([*findings, Finding("x", "web", "", word, word)], POLICY)["web", "x"]
    assert ORDER[after.peer] <= ORDER[before.peer]
    if before.word != "not_tested":
        assert ORDER[after.word] <= ORDER[before.word]


def test_what_was_not_tested_hides_nothing_of_ours() -> None:
    assert own(["not_tested", "passed"]) == "passed"
    assert own(["not_tested", "failed", "passed"]) == "failed"
    assert own(["not_tested"]) == own([]) == "not_tested"


@settings(deadline=None)
@given(st.lists(HELLOS, min_size=1, max_size=6), HELLOS)
def test_an_agreement_more_never_makes_tls_better(hellos: list[HelloSeen], more: HelloSeen) -> None:
    """A server that agrees to one thing more is at best as good as before (the order of suites has its own hello)."""
    base = [replace(each, answer="hello") for each in hellos]
    one = replace(more, answer="hello", version=hellos[0].version)
    for module, checks in (
        (tls_versions, ["tls_version"]),
        (tls_suites, ["tls_ciphers"]),
        (tls_exchange, ["fs_params"]),
    ):
        for check in checks:
            before, after = (_words(module, check, each) for each in (base, [*base, one]))
            for was, now in zip(before, after, strict=True):
                assert "not_tested" in (was, now) or ORDER[now] <= ORDER[was]


def _words(module: Any, check: str, hellos: list[HelloSeen]) -> tuple[Word, ...]:
    seen = DomainSeen(NAME, AT, {}, web=(WebAddress("192.0.2.1", "open", "closed", hellos=tuple(hellos)),))
    found = next(each for each in module.findings(seen, POLICY) if each.check == check)
    return (found.word, *found.editions.values())


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_shorter_hsts_is_never_better(one: int, other: int) -> None:
    def word(age: int) -> int:
        front = Response(f"https://{NAME}/", 200, (("strict-transport-security", f"max-age={age}"),))
        seen = DomainSeen(NAME, AT, {}, web=(WebAddress("192.0.2.1", "open", "closed", front=front),))
        return ORDER[next(each.word for each in https.findings(seen, POLICY) if each.check == "https_hsts")]

    assert word(min(one, other)) <= word(max(one, other))


SOURCES = st.sampled_from(
    [
        "'self'",
        "'none'",
        "https://a.nl",
        "*",
        "data:",
        "'unsafe-eval'",
        "'unsafe-inline'",
        "http:",
        "x.nl",
        f"https://www.{NAME}",
    ]
)
POLICIES = st.dictionaries(
    st.sampled_from(["default-src", "script-src", "img-src", "base-uri", "form-action", "frame-ancestors"]),
    st.lists(SOURCES, max_size=3),
    min_size=1,
)  # fmt: skip


@given(POLICIES, POLICIES)
def test_a_second_policy_never_adds_a_lack(one: dict[str, list[str]], other: dict[str, list[str]]) -> None:
    """A browser enforces both, so a second one can only take away."""
    first, second = ("; ".join(" ".join([name, *sources]) for name, sources in each.items()) for each in (one, other))
    alone = {(each.why, each.directive) for each in csp.judge((first,), NAME)[0]}
    for sent in ((first, second), (f"{first}, {second}",)):
        both = {(each.why, each.directive) for each in csp.judge(sent, NAME)[0]}
        assert both <= alone


HOSTILE = (
    "mailto:a@" + "." * 60_000 + " x",
    "https://" + "a" * 60_000 + " ",
    "a." * 30_000 + "!",
    "'nonce-" + "a" * 60_000,
    "=" * 60_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_made_to_fail_costs_no_more(text: str) -> None:
    start = time.perf_counter()
    known = caa._known(POLICY)
    for record in (f"0 issue {text}", f"0 iodef {text}", f"0 contactemail {text}", f"0 contactphone {text}", text):
        caa.problems((record,), known)
    csp.judge((f"default-src {text}; {text}",), NAME)
    for parse in (tlsa.parse, https.max_age, urls.split, cookies.parse):
        parse(text)
    assert time.perf_counter() - start < 2
