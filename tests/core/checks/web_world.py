"""A web site and its mail hosts in a few lines of YAML: what was seen of them, as a probe would write it down."""

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256, sha512
from typing import Any

from dijkwacht.core.checks.observed import (
    Certificate,
    DomainSeen,
    Handshake,
    HelloSeen,
    Likeness,
    MailAddress,
    MailHost,
    Page,
    Response,
    SecurityTxt,
    WebAddress,
)
from tests.core.checks.names_world import POLICY, lookup

NAME = "dijkstad.nl"
AT = "2026-11-30T09:00:00+00:00"
VERSIONS = {"1.3": 0x0304, "1.2": 0x0303, "1.1": 0x0302, "1.0": 0x0301, "ssl3": 0x0300, "ssl2": 0x0002}
SUITES = {name: int(number, 16) for number, name in POLICY.names["suite"].items()}
GROUPS = {name: int(number, 16) for number, name in POLICY.names["group"].items()}
PRIMES = {name: digest for digest, name in POLICY.names["dh_prime"].items()}
SOUND = Certificate(
    sha256="", der=b"", spki=b"", subject="", issuer="CN=Issuing", serial="1", not_before="2026-10-01T00:00:00+00:00",
    not_after="2027-06-01T00:00:00+00:00", names=(NAME,), key="ec", bits=256, curve="secp256r1", signature_hash="sha256",
    self_issued=False, ca=False,
)  # fmt: skip


def hello(data: Any) -> HelloSeen:
    """`tls11 alert`, or a mapping: probe, version, suite, group, dh, and fields of HelloSeen."""
    if isinstance(data, str):
        probe, answer = data.split()
        return HelloSeen(probe, answer)  # type: ignore[arg-type]
    given = dict(data)
    made: dict[str, Any] = {"answer": "hello", "version": VERSIONS[str(given.pop("version", "1.2"))]}
    made["suite"] = SUITES[given.pop("suite", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")]
    if group := given.pop("group", ""):
        made["group"] = GROUPS[group]
    if prime := given.pop("dh", ""):
        made |= {"dh_bits": int(re.sub(r"\D", "", prime)), "dh_prime": PRIMES.get(prime, "ab" * 32)}
    return HelloSeen(**{"probe": "tls12", "secure_renegotiation": True, "ems": True, **made, **_tuples(given)})


def handshake(data: Any) -> Handshake:
    """A mapping of fields of Handshake; version, suite and group by name."""
    given = {"version": "1.3", "suite": "TLS_AES_256_GCM_SHA384", "group": "x25519", "ok": True, **data}
    named = {"version": VERSIONS[str(given.pop("version"))], "suite": SUITES[given.pop("suite")]}
    return Handshake(**named, group=GROUPS.get(given.pop("group"), 0), **_tuples(given))


def response(data: Any, url: str = f"https://{NAME}/") -> Response:
    """A status, or a mapping with status, url, and headers by name: one value or a list."""
    given = {"status": data} if isinstance(data, int) else dict(data)
    sent = [
        (key, value)
        for key, values in given.pop("headers", {}).items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return Response(**{"url": url, "status": 200, **given}, headers=tuple(sent))


def web(data: Mapping[str, Any]) -> WebAddress:
    """A web address; without a word about it HTTPS is open and port 80 closed."""
    given = {"address": "192.0.2.1", "https": "open", "http": "closed", **data}
    makers = {
        "hellos": lambda each: tuple(map(hello, each)),
        "handshake": handshake,
        "front": response,
        "hops": lambda each: tuple(map(response, each)),
        "plain": lambda each: response(each, f"http://{NAME}/"),
        "page": lambda each: Page(**_tuples(each)),
        "security_txt": lambda each: SecurityTxt(**_tuples(each)),
    }
    return WebAddress(**{key: makers[key](value) if key in makers else value for key, value in given.items()})


def mail(data: Mapping[str, Any]) -> MailHost:
    """A mail host with its addresses; without a word about it port 25 is open."""
    addresses = []
    for each in data["addresses"]:
        given = {"smtp": "open", "starttls": "yes", **each}
        if "hellos" in given:
            given["hellos"] = tuple(map(hello, given["hellos"]))
        if "handshake" in given:
            given["handshake"] = handshake(given["handshake"])
        addresses.append(MailAddress(**given))
    return MailHost(data["name"], tuple(addresses))


def certificate(name: str, data: Mapping[str, Any]) -> Certificate:
    """A certificate that is sound but for what is given; its octets follow from its name."""
    return replace(SOUND, sha256=name, der=f"der {name}".encode(), spki=f"spki {name}".encode(), **_tuples(data))


def _tlsa(record: str) -> str:
    """`3 1 1 @leaf`: the digest of that certificate in place of `@leaf`."""
    selector, matching = record.split()[1:3]

    def fill(found: re.Match[str]) -> str:
        octets = f"{'spki' if selector == '1' else 'der'} {found[1]}".encode()
        return {"0": octets.hex(), "1": sha256(octets).hexdigest(), "2": sha512(octets).hexdigest()}[matching]

    return re.sub(r"@(\w+)", fill, record)


def seen(case: Mapping[str, Any]) -> DomainSeen:
    """What was seen in a case."""
    zone = {}
    for question, answer in case.get("dns", {}).items():
        signs = question.endswith(" TLSA") and isinstance(answer, dict)
        zone[question] = {**answer, "records": [_tlsa(each) for each in answer["records"]]} if signs else answer
    known = {(question[0], question[1]): lookup((question[0], question[1]), zone) for question in map(str.split, zone)}
    given = case.get("web", [])
    hosts = tuple(map(mail, case.get("mail", ())))
    if hosts and (NAME, "MX") not in known:
        exchanges = [f"{10 * n} {host.name}" for n, host in enumerate(hosts, 1)]
        known[NAME, "MX"] = lookup((NAME, "MX"), {f"{NAME} MX": {"records": exchanges, "secure": True}})
    return DomainSeen(
        NAME, AT, known, web=tuple(map(web, given if isinstance(given, list) else [given])), mail=hosts,
        likeness=Likeness(case["likeness"]) if "likeness" in case else None, organisational=NAME,
        certificates={name: certificate(name, data or {}) for name, data in case.get("certificates", {}).items()},
    )  # fmt: skip


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
