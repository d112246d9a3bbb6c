"""What a measurement of the demo's names would have seen, built in code: no name of it exists and nothing was sent anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from dijkwacht.core.checks import wanted
from dijkwacht.core.checks.asked import Question
from dijkwacht.core.checks.observed import (
    Certificate,
    DomainSeen,
    Handshake,
    HelloSeen,
    Likeness,
    Lookup,
    MailAddress,
    MailHost,
    NameServerAddress,
    Page,
    Response,
    SecurityTxt,
    WebAddress,
)

HOME, SERVERS, MAIL = "dijkstad.example", ("ns1.dijkdns.example", "ns2.dijkdns.example"), "mx.dijkpost.example"
TLS13, TLS12, TLS11 = 0x0304, 0x0303, 0x0302
AES256_13, ECDHE_AES256, ECDHE_AES256_SHA = 0x1302, 0xC02C, 0xC014
X25519 = 29
REFUSING = ("weak", "weak_hash", "weak_groups", "ccm8", "tls11")
POLICY = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"


@dataclass(frozen=True, slots=True)
class Site:
    """A name as it was on a day. ``number``: the last part of its addresses; ``until``: the last day of its certificate."""

    name: str
    number: int
    until: str = "2027-09-01T00:00:00+00:00"
    expired: bool = False
    hsts: bool = True
    csp: bool = True
    ipv6: bool = True
    tls11: bool = False
    mail: bool = False
    dmarc: str = "reject"


def look(site: Site, at: datetime) -> DomainSeen:
    """What would have been seen of it at a moment."""
    certificate = _certificate(site, at)
    addresses = [f"192.0.2.{site.number}", *([f"2001:db8::{site.number:x}"] if site.ipv6 else [])]
    certificates = {certificate.sha256: certificate}
    hosts: tuple[MailHost, ...] = ()
    if site.mail:
        of_mail = _certificate(Site(MAIL, 25), at)
        certificates[of_mail.sha256] = of_mail
        hosts = (MailHost(MAIL, tuple(_mail(each, of_mail) for each in ("198.51.100.25", "2001:db8:25::25"))),)
    servers = tuple(
        NameServerAddress(host, address, "open")
        for number, host in enumerate(SERVERS, 1)
        for address in (f"198.51.100.{number}", f"2001:db8:53::{number}")
    )
    return DomainSeen(
        site.name, at.isoformat(), _ask(site), servers, tuple(_web(site, each, certificate) for each in addresses),
        likeness=Likeness(1.0) if site.ipv6 else None, mail=hosts, certificates=certificates, organisational=HOME,
    )  # fmt: skip


def _ask(site: Site) -> dict[Question, Lookup]:
    """Every question that a measurement asks, and its answer."""
    zone, known = _zone(site), dict[Question, Lookup]()
    todo = wanted.base(site.name)
    while todo:
        known |= {question: _answer(question, zone) for question in todo}
        todo = wanted.follow(known, site.name, HOME, LIMITS)
    return known


LIMITS: Mapping[str, int] = {
    "name_servers": 6, "mail_hosts": 10, "spf_lookups": 20, "dmarc_lookups": 2, "dmarc_report_hosts": 10, "caa_climb": 6,
    "zone_climb": 6,
}  # fmt: skip


def _answer(question: Question, zone: Mapping[Question, tuple[str, ...]]) -> Lookup:
    name, kind = question
    here = any(other == name or other.endswith(f".{name}") for other, _kind in zone)
    return Lookup(name, kind, "NOERROR" if here else "NXDOMAIN", zone.get(question, ()), secure=True)


def _zone(site: Site) -> dict[Question, tuple[str, ...]]:
    name = site.name
    zone: dict[Question, tuple[str, ...]] = {
        (HOME, "SOA"): (f"{SERVERS[0]} hostmaster.{HOME} 2026110101 7200 3600 1209600 3600",),
        (HOME, "NS"): SERVERS,
        (HOME, "CAA"): ("0 issue ca.example", f"0 iodef mailto:beveiliging@{HOME}"),
        (f"_dmarc.{HOME}", "TXT"): (f"v=DMARC1; p={site.dmarc}; rua=mailto:dmarc@{HOME}",),
        (name, "A"): (f"192.0.2.{site.number}",),
        (name, "TXT"): ("v=spf1 mx -all" if site.mail else "v=spf1 -all",),
        (name, "MX"): (f"10 {MAIL}",) if site.mail else ("0 .",),
        (f"s1._domainkey.{name}", "TXT"): ("v=DKIM1; k=rsa",),
        (MAIL, "A"): ("198.51.100.25",),
        (MAIL, "AAAA"): ("2001:db8:25::25",),
        (MAIL, "CAA"): ("0 issue ca.example",),
    }
    if site.ipv6:
        zone[name, "AAAA"] = (f"2001:db8::{site.number:x}",)
    for number, host in enumerate(SERVERS, 1):
        zone[host, "A"], zone[host, "AAAA"] = (f"198.51.100.{number}",), (f"2001:db8:53::{number}",)
    return zone


def _certificate(site: Site, at: datetime) -> Certificate:
    der = f"certificate of {site.name} until {site.until}".encode()
    return Certificate(
        sha256=sha256(der).hexdigest(), der=der, spki=b"key " + der, subject=f"CN={site.name}", issuer="CN=Voorbeeld CA",
        serial="01", not_before=(at - timedelta(days=60)).isoformat(), not_after=site.until, names=(site.name,), key="ec",
        bits=256, curve="secp256r1", signature_hash="sha256", self_issued=False, ca=False, policies=("2.23.140.1.2.2",),
    )  # fmt: skip


def _hellos(*, tls11: bool = False) -> tuple[HelloSeen, ...]:
    chosen = HelloSeen(
        "tls12", "hello", TLS12, ECDHE_AES256, X25519, hash="sha256", ems=True, secure_renegotiation=True
    )
    refused = [HelloSeen(each, "alert", alert=40) for each in REFUSING if not (tls11 and each == "tls11")]
    old = HelloSeen("tls11", "hello", TLS11, ECDHE_AES256_SHA, X25519, ems=True, secure_renegotiation=True)
    return (chosen, *refused, *([old, HelloSeen("tls10", "alert", alert=70)] if tls11 else []))


def _handshake(certificate: Certificate, trust: tuple[str, ...] = ()) -> Handshake:
    return Handshake(
        True, TLS13, AES256_13, X25519, (certificate.sha256,), trust, renegotiation="refused"
    )  # fmt: skip


def _web(site: Site, address: str, certificate: Certificate) -> WebAddress:
    trust = ("expired",) if site.expired else ()
    headers = [
        ("content-type", "text/html; charset=utf-8"), ("x-frame-options", "DENY"), ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ]  # fmt: skip
    if site.hsts:
        headers.append(("strict-transport-security", "max-age=31536000; includeSubDomains"))
    if site.csp:
        headers.append(("content-security-policy", POLICY))
    url = f"https://{site.name}/"
    return WebAddress(
        address, "open", "open", _hellos(tls11=site.tls11), _handshake(certificate, trust),
        front=Response(url, 200, tuple(headers), 4210), plain=Response(f"http://{site.name}/", 301, (("location", url),)),
        plain_hops=(Response(url, 200, tuple(headers), 4210),), page=Page(),
        security_txt=SecurityTxt(
            f"{url}.well-known/security.txt", 200, "text/plain; charset=utf-8",
            contacts=(f"mailto:beveiliging@{HOME}",), expires="2027-06-01T00:00:00Z",
        ),
    )  # fmt: skip


def _mail(address: str, certificate: Certificate) -> MailAddress:
    return MailAddress(
        address, "open", f"220 {MAIL} ESMTP", ("SIZE", "STARTTLS"), "yes", _hellos(), _handshake(certificate)
    )
