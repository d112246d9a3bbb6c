"""TLSA records (RFC 6698, RFC 7671): read, and held against the certificates that a server sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256, sha512

from dijkwacht.core.checks.observed import Certificate, DomainSeen

_SIZES = {1: 64, 2: 128}  # hexadecimal digits of sha256 and sha512
TIME = frozenset({"expired", "not_yet_valid"})


@dataclass(frozen=True, slots=True)
class Tlsa:
    """Usage 0 to 3, selector 0 or 1, matching type 0 to 2, and the data as lower-case hex."""

    usage: int
    selector: int
    matching: int
    data: str


@lru_cache(maxsize=4096)
def parse(record: str) -> Tlsa | None:
    """A record `usage selector matching hex`; None for one that no client can use."""
    parts = record.split()
    if len(parts) < 4 or not all(each.isdecimal() and len(each) <= 3 for each in parts[:3]):
        return None
    usage, selector, matching = map(int, parts[:3])
    data = "".join(parts[3:]).lower()
    if usage > 3 or selector > 1 or matching > 2 or not data or set(data) - set("0123456789abcdef") or len(data) % 2:
        return None
    return Tlsa(usage, selector, matching, data) if _SIZES.get(matching, len(data)) == len(data) else None


def usable(seen: DomainSeen, name: str, usages: tuple[int, ...]) -> tuple[Tlsa, ...]:
    """The records of a name that count: the answer is secure, and they can be used, and have one of these usages."""
    found = seen.lookup(name, "TLSA")
    if found is None or not found.secure:
        return ()
    return tuple(each for record in found.records if (each := parse(record)) is not None and each.usage in usages)


def matches(record: Tlsa, chain: Sequence[Certificate], trust: Sequence[str]) -> bool:
    """Whether a record fits what was sent (leaf first). `trust`: what is wrong with the chain.

    Usage 3 looks at the leaf alone, and at no date (RFC 7671, 5.1). Usage 2 makes the certificate that fits the anchor: it does
    not matter who else trusts the chain, but dates do. Usages 0 and 1 ask for a trusted chain too.
    """
    looked_at = chain[:1] if record.usage in (1, 3) else chain
    if not any(_fits(record, each) for each in looked_at):
        return False
    return record.usage == 3 or not (TIME & set(trust) if record.usage == 2 else trust)


def _fits(record: Tlsa, certificate: Certificate) -> bool:
    return _digest(certificate.spki if record.selector else certificate.der, record.matching) == record.data


@lru_cache(maxsize=8192)
def _digest(octets: bytes, matching: int) -> str:
    return (
        sha256(octets).hexdigest() if matching == 1 else sha512(octets).hexdigest() if matching == 2 else octets.hex()
    )
