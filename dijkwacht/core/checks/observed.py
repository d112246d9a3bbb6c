"""What the probes saw, as plain values: kept raw, judged later, replayed under another edition of a guideline.

*Not measured* is never *absent*: every place where nothing was seen says why (`Reach`, `Lookup.rcode`, `HelloSeen.answer`).
Times are ISO 8601 strings in UTC; addresses are text as `ipaddress` writes them; digests are lower-case hex.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Reach = Literal[
    "open",  # the connection was made
    "closed",  # refused by the other side (RST)
    "timeout",  # no answer in time
    "unreachable",  # no route, or an ICMP error
    "reset",  # made, then broken off before anything was said
    "denied",  # our own guard refused: consent or rate; nothing left this machine
    "not_tried",  # there was no reason to try (for example after `denied`, or a paused run)
]


@dataclass(frozen=True, slots=True)
class Lookup:
    """One question to the resolver. `records` in presentation form, TXT strings joined and read as latin-1.

    Forms: A/AAAA `address`; NS/CNAME/PTR `host`; MX `preference host` (host `.` for null MX); TXT the text; CAA
    `flags tag value`; TLSA `usage selector matching hex`; SOA `mname rname serial …`; SRV `priority weight port target`.
    Hosts are lower case, no final dot.
    """

    name: str
    kind: str
    rcode: str  # NOERROR NXDOMAIN SERVFAIL REFUSED …; TIMEOUT, ERROR, DENIED when there was no answer
    records: tuple[str, ...] = ()
    secure: bool = False  # AD, from a resolver whose AD is trusted by configuration
    bogus: bool = False  # SERVFAIL, but an answer with checking disabled
    aliases: tuple[str, ...] = ()  # CNAME targets followed, in order
    reason: str = ""

    @property
    def answered(self) -> bool:
        """Whether the name system said something: an answer or a firm no."""
        return self.rcode in ("NOERROR", "NXDOMAIN")


@dataclass(frozen=True, slots=True)
class HelloSeen:
    """The first flight that came back to one hello. `probe` names the hello (see `PROBES` in adapters/probing/hello.py)."""

    probe: str
    answer: Literal["hello", "alert", "closed", "timeout", "garbage", "denied", "unreachable", "not_tried"]
    version: int = 0  # 0x0304 TLS 1.3 … 0x0300 SSL 3.0, 0x0002 SSL 2.0
    suite: int = 0
    group: int = 0  # named group of the key exchange; 0: none seen
    dh_bits: int = 0  # bits of a DHE prime; 0: no DHE
    dh_prime: str = (
        ""  # sha256 of the prime, big-endian without leading zeros: tells the RFC 7919 groups apart from own ones
    )
    hash: str = ""  # hash that signs the key exchange: sha256, sha1, md5-sha1 … ; "" not seen
    ems: bool = False
    secure_renegotiation: bool = False
    compression: int = 0
    stapled: bool = False
    alert: int = -1  # alert description, or the warning that came before the hello
    certificates: tuple[str, ...] = ()  # sha256 of each certificate sent in clear, leaf first
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate as sent. `der` and `spki` are kept so that any TLSA record can be held against it."""

    sha256: str
    der: bytes = field(repr=False)
    spki: bytes = field(repr=False)
    subject: str
    issuer: str
    serial: str  # hex
    not_before: str
    not_after: str
    names: tuple[str, ...]  # DNS names of subjectAltName, lower case
    key: str  # rsa, ec, ed25519, ed448, dsa, unknown
    bits: int
    curve: str  # secp256r1 …; "" unless ec
    signature_hash: str  # sha256, sha1, md5 …; "" for ed25519 and ed448
    self_issued: bool  # subject equals issuer
    ca: bool
    ocsp: tuple[str, ...] = ()  # OCSP addresses
    policies: tuple[str, ...] = ()  # object identifiers of certificatePolicies
    qualified: bool = False  # qcStatements say: qualified, for web site authentication (ETSI EN 319 412-5)


@dataclass(frozen=True, slots=True)
class Handshake:
    """The one handshake that was finished. Trust is the chain alone, never the name: the name is a check of its own."""

    ok: bool
    version: int = 0
    suite: int = 0
    group: int = 0
    chain: tuple[str, ...] = ()  # sha256 of what was sent, leaf first
    trust: tuple[
        str, ...
    ] = ()  # errors of chain building; empty: trusted. expired, not_yet_valid, self_signed, unknown_issuer, weak_signature …
    staple: Literal["none", "good", "bad", "revoked", "unknown", "stale"] = "none"
    early_data: int = 0  # octets allowed by the session ticket; 0: none
    renegotiation: Literal["refused", "accepted", "not_tested"] = "not_tested"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP answer. Header names are lower case; values as sent, control characters replaced."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    size: int = 0  # octets of the body that were read
    body_sha256: str = ""
    truncated: bool = False
    reason: str = ""  # why there is no answer (status 0)

    def values(self, name: str) -> tuple[str, ...]:
        """All values of a header, in the order sent."""
        return tuple(value for key, value in self.headers if key == name)


@dataclass(frozen=True, slots=True)
class Page:
    """What the front page loads and says of itself."""

    third_parties: tuple[str, ...] = ()  # hosts outside the registrable domain, sorted
    scripts: tuple[str, ...] = ()  # src of scripts
    generator: str = ""
    insecure: tuple[str, ...] = ()  # http:// resources on an https page


@dataclass(frozen=True, slots=True)
class SecurityTxt:
    """security.txt as found. `errors`, `recommendations`, `notices` are the codes of sectxt."""

    url: str  # where it was in the end; "" not found
    status: int
    content_type: str = ""
    errors: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    expires: str = ""
    reason: str = ""  # not measured: why (for example a redirect that leads outside consent)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """One address of a web name."""

    address: str
    https: Reach
    http: Reach
    hellos: tuple[HelloSeen, ...] = ()
    handshake: Handshake | None = None
    front: Response | None = None  # GET / over TLS, the first answer
    hops: tuple[Response, ...] = ()  # answers after redirects of `front`
    plain: Response | None = None  # GET / on port 80, the first answer
    plain_hops: tuple[Response, ...] = ()
    page: Page | None = None
    security_txt: SecurityTxt | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much the front page over IPv6 is that over IPv4: 1.0 the same (difflib quick_ratio on at most 500 kB)."""

    ratio: float


@dataclass(frozen=True, slots=True)
class MailAddress:
    """One address of a mail host."""

    address: str
    smtp: Reach
    banner: str = ""
    capabilities: tuple[str, ...] = ()
    starttls: Literal["yes", "no", "refused", "error", "not_tried"] = "not_tried"
    hellos: tuple[HelloSeen, ...] = ()
    handshake: Handshake | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MailHost:
    """A mail host, measured once per run however many domains lead to it."""

    name: str
    addresses: tuple[MailAddress, ...] = ()


@dataclass(frozen=True, slots=True)
class NameServerAddress:
    """One address of a name server, asked for NS over UDP 53."""

    host: str
    address: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class Route:
    """An announced route that covers an address, and the ROAs that cover the route."""

    prefix: str
    asn: int
    roas: tuple[tuple[str, int, int], ...]  # prefix, longest length, AS


@dataclass(frozen=True, slots=True)
class Routing:
    """What the route tables say of one address. `covered`: some ROA covers the address."""

    address: str
    routes: tuple[Route, ...]
    covered: bool


@dataclass(frozen=True, slots=True)
class OpenPort:
    """A port that answered on a host, and the first octets it said (at most 256, latin-1, control characters replaced)."""

    host: str
    address: str
    port: int
    reach: Reach
    banner: str = ""


@dataclass(frozen=True, slots=True)
class DomainSeen:
    """All that was seen of one name in one run. `certificates` by sha256; `mail` in order of preference."""

    name: str
    at: str
    lookups: Mapping[tuple[str, str], Lookup]
    name_servers: tuple[NameServerAddress, ...] = ()
    web: tuple[WebAddress, ...] = ()
    likeness: Likeness | None = None
    mail: tuple[MailHost, ...] = ()
    routing: Mapping[str, Routing] | None = None  # by address; None: no route tables were given
    certificates: Mapping[str, Certificate] = field(default_factory=dict)
    ports: tuple[OpenPort, ...] = ()
    subdomains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # name -> where it was found: list, ct, dns
    organisational: str = ""  # registrable domain by the public suffix list

    def lookup(self, name: str, kind: str) -> Lookup | None:
        """The answer to a question, or None when it was not asked."""
        return self.lookups.get((name, kind))

    def records(self, name: str, kind: str) -> tuple[str, ...]:
        """The records of an answer; none when it was not asked or not answered."""
        found = self.lookups.get((name, kind))
        return found.records if found else ()
