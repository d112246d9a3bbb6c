"""Whatever a stranger writes in a header, record or file: nothing raises, nothing takes long, no control character gets out."""

import json
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.checks import cookies, csp, dmarc_record, https, spf_grammar
from dijkwacht.core.checks.finding import Finding
from dijkwacht.core.checks.judge import judge
from dijkwacht.core.checks.observed import DomainSeen, Handshake, Lookup, MailHost, Response, SecurityTxt, WebAddress
from tests.core.checks.names_world import POLICY

NAME = "www.dijkstad.example"
AT = "2026-11-30T12:00:00+00:00"
CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f]")
PIECES = st.sampled_from([
    "v=spf1 ", "include:", "redirect=", "a:", "mx ", "ip4:192.0.2.0/24 ", "ip6:2001:db8::/32 ", "exists:%{i}.x ", "-all", "?all",
    "v=DMARC1;", "p=none;", "p=reject;", "sp=", "rua=mailto:a@x.example!10m,", "pct=", "t=y;", "np=", "psd=n;",
    "default-src ", "'self' ", "'unsafe-inline' ", "'nonce-x' ", "https: ", "*", "script-src ", "frame-ancestors 'none'; ",
    "max-age=", "31536000", "includeSubDomains; ", "\"", ";", ",", "=", " ", "\t", "\r\n", "\0",
    "\x1b[31m", "\u202e", "é", "\ud800",
    "Secure; ", "HttpOnly; ", "SameSite=", "Domain=", "_ga=1; ", "0 issue \"x\"", "%", "%{", "}", "a" * 70 + ".", "." * 300,
])  # fmt: skip
TEXT = st.lists(PIECES | st.text(max_size=8), max_size=14).map("".join)


def seen_with(texts: list[str]) -> DomainSeen:
    """A name of which every text that others may write is one of these."""
    one = texts[0] if texts else ""
    kinds = [
        (NAME, "TXT"),
        (f"_dmarc.{NAME}", "TXT"),
        (NAME, "CAA"),
        (NAME, "MX"),
        (NAME, "NS"),
        (f"_443._tcp.{NAME}", "TLSA"),
    ]
    kinds += [(NAME, "SOA"), (NAME, "A"), (f"_domainkey.{NAME}", "TXT")]
    keys = ("content-security-policy", "set-cookie", "strict-transport-security", "referrer-policy", "x-frame-options", "server",
            "x-content-type-options", "location", "content-encoding")  # fmt: skip
    headers = tuple((key, text) for key in keys for text in texts)
    front = Response(f"https://{NAME}/", 301, headers)
    file = SecurityTxt(f"https://{NAME}/.well-known/security.txt", 200, one, (), (one,), expires=one)
    web = WebAddress(
        "192.0.2.1", "open", "open", handshake=Handshake(True, 0x0303, 0xC02F, reason=one), front=front,
        plain=Response(f"http://{NAME}/", 301, headers), security_txt=file, reason=one,
    )  # fmt: skip
    lookups = {key: Lookup(*key, "NOERROR", tuple(texts), reason=one) for key in kinds}
    return DomainSeen(NAME, AT, lookups, web=(web,), mail=(MailHost(one, ()),), organisational="dijkstad.example")


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, max_size=3))
def test_a_name_with_odd_texts_is_judged(texts: list[str]) -> None:
    found = judge(seen_with(texts), POLICY)
    assert found == judge(seen_with(texts), POLICY)
    assert all(isinstance(each, Finding) for each in found)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=3))
def test_reasons_about_records_hold_no_control_characters(texts: list[str]) -> None:
    """Headers and files were cleaned where they came in; records of the name system are cleaned where they are quoted."""
    records = ("spf", "spf_policy", "dmarc", "dmarc_policy", "web_caa")
    for each in judge(seen_with(texts), POLICY):
        if each.check in records:
            said = json.dumps([dict(why.params) for why in each.why], ensure_ascii=False, default=str)
            assert not CONTROL.search(said), (each.check, said)


LONG = 64 * 1024
HOSTILE = ["a", " ", ";", ",", "=", '"', "\\", "include:a.example ", "v=spf1 ", "a=b;", "max-age=1;", "'self' ", "%{i}", "0", "9",
           "mailto:a@b,", "*.", "https://a ", "\t", "ip4:1.2.3.4 "]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_texts_cost_little(piece: str) -> None:
    text = (piece * LONG)[:LONG]
    since = time.process_time()
    csp.judge((text,), NAME)
    cookie = cookies.parse(text)
    if cookie is not None:
        list(cookies.lacks(cookie, POLICY.lists["cookies_tracking"]))
    https.max_age(text)
    https.max_age(f"max-age={text}")
    spf_grammar.parse(f"v=spf1 {text}")
    dmarc_record.parse(f"v=DMARC1; p=none; {text}").hosts()
    judge(seen_with([text]), POLICY)
    assert time.process_time() - since < 10.0
