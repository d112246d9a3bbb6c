"""Every reason that a check of names, mail, ports or software gives has a sentence, and every such check has words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from dijkwacht.core import checks
from dijkwacht.core.checks.finding import Finding, Why
from dijkwacht.core.checks.observed import (
    MailAddress,
    MailHost,
    NameServerAddress,
    OpenPort,
    Response,
    Route,
    Routing,
    WebAddress,
)
from dijkwacht.web.perimeter_names_reasons import REASONS, sentence
from dijkwacht.web.perimeter_names_words import CHECKS
from tests.core.checks.names_world import POLICY, seen

FOLDER = Path(checks.__file__).parent
MODULES = (
    "name_servers", "dnssec", "rpki", "mx", "spf", "dkim", "dmarc", "starttls", "subdomains", "dangling", "ports", "software",
)  # fmt: skip
FILES = (*MODULES, "asked", "spf_tree")
STATES = ("valid", "invalid", "not_found")


def _said(tree: ast.Module) -> Iterator[str]:
    """The codes in a module: first arguments of Why, and texts that are chosen between to be one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Why":
            for inner in ast.walk(node.args[0]):
                if isinstance(inner, ast.JoinedStr):
                    yield from (f"rpki_{state}" for state in STATES)
                elif isinstance(inner, ast.Constant) and isinstance(inner.value, str) and not inner.value.endswith("_"):
                    yield inner.value
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.Constant):
            code = node.elts[0].value  # a code with its word, or a host with its code
            if isinstance(code, str) and code.startswith("starttls_"):
                yield code
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("dangling_"):
            yield node.value


def codes() -> set[str]:
    return {
        code
        for name in FILES
        for code in _said(ast.parse((FOLDER / f"{name}.py").read_text()))
        if code in REASONS or "_" in code
    } - {"starttls_exists", "exposed"}


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert codes() - REASONS.keys() == set()
    assert REASONS.keys() - codes() == set()


def _world() -> list[Finding]:
    """A name with a bit of everything, so that sentences meet the parameters that checks give."""
    zone: dict[str, Any] = {
        "dijkstad.nl NS": ["ns1.weg.test", "ns2.dns.nl"], "dijkstad.nl A": ["192.0.2.1", "192.0.2.2"],
        "dijkstad.nl MX": ["0 .", "10 mx.dijkstad.nl"], "dijkstad.nl TXT": ["v=spf1 include:weg.nl include:stil.nl ptr mx: +all"],
        "stil.nl TXT": "TIMEOUT", "_dmarc.dijkstad.nl TXT": ["v=DMARC1; p=reject; sp=none; pct=20; t=y; rua=mailto:x@y.nl"],
        "dijkstad.nl SOA": {"records": ["x"], "bogus": True, "reason": "EDE 7"}, "mx.dijkstad.nl A": ["192.0.2.25"],
    }  # fmt: skip
    route = Route("192.0.2.0/24", 64500, (("192.0.2.0/24", 24, 64501),))
    world = seen(
        zone, name_servers=(NameServerAddress("ns2.dns.nl", "2001:db8::1", "timeout"),),
        routing={"192.0.2.1": Routing("192.0.2.1", (route,), True), "192.0.2.2": Routing("192.0.2.2", (), False)},
        mail=(MailHost("mx.dijkstad.nl", (MailAddress("192.0.2.25", "closed"), MailAddress("2001:db8::25", "timeout"))),),
        ports=(OpenPort("db.dijkstad.nl", "192.0.2.3", 3306, "open"), OpenPort("x.dijkstad.nl", "192.0.2.3", 999, "open")),
        web=(WebAddress("192.0.2.1", "open", "open", front=Response("", 200, (("server", "Apache/2.4.6 (CentOS)"),))),),
        subdomains={"vpn.dijkstad.nl": ("list", "ct")},
    )  # fmt: skip
    modules = [__import__(f"dijkwacht.core.checks.{name}", fromlist=["findings"]) for name in MODULES]
    return [finding for module in modules for finding in module.findings(world, POLICY)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sentences_meet_their_parameters(language: str) -> None:
    found = _world()
    assert {each.check for each in found} <= CHECKS.keys()
    with translation.override(language):
        for why in (why for each in found for why in each.why):
            text = sentence(why)
            assert text, why
            assert "%(" not in text
            assert "[" not in text


def test_lists_and_codes_come_in_words() -> None:
    with translation.override("en"):
        about = {"host": "mx.dijkstad.nl", "reaches": ["closed", "timeout"]}
        assert (
            sentence(Why("mail_host_silent", about))
            == "No address of mx.dijkstad.nl answers: refused, no answer in time."
        )
        assert sentence(Why("spf_macro", {"term": "redirect", "name": "open"})) is not None
        assert sentence(Why("of_another_part")) is None


def test_every_check_has_words_and_a_weight() -> None:
    ruled = {rule.id for rule in POLICY.rules.values()}
    assert CHECKS.keys() <= ruled
    for words in CHECKS.values():
        for text in (words.title, words.meaning, words.matters, words.mend):
            assert re.search(r"\w", str(text))
