"""Is this the document that the publisher released: the hash beside it, and the detached OpenPGP signature."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pysequoia import Cert, Sig, verify
from pysequoia.packet import Packet, PacketPile, SignatureType, Tag

Hashed = Literal["good", "bad", "none", "unreadable"]
Standing = Literal["good", "bad", "key_unknown", "none", "unreadable"]
MOST = 8  # signatures looked at in one file
_LENGTHS = {"sha256": 64, "sha512": 128}


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature says. ``fingerprint``: of the certificate when good, else of the key that claims to have signed."""

    standing: Standing
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """Certificates that we trust for one provider, by the fingerprints and key ids of all keys in them."""

    certificates: Mapping[str, Cert] = field(default_factory=dict)
    refused: int = 0  # given, and not readable as a certificate

    @classmethod
    def of(cls, armoured: Iterable[bytes]) -> "Keys":
        """Reads certificates, binary or armoured, several in one file allowed. Never raises; what is unreadable is counted."""
        held: dict[str, Cert] = {}
        refused = 0
        for each in armoured:
            try:
                for certificate in Cert.split_bytes(each):
                    held |= dict.fromkeys(_names(certificate), certificate)
            except Exception:
                refused += 1
        return cls(held, refused)


NO_KEYS = Keys()


def certificates(content: bytes, fingerprint: str) -> list[bytes]:
    """The certificates in a file whose own fingerprint this is; none when there is no such. Never raises."""
    try:
        return [bytes(each) for each in Cert.split_bytes(content) if each.fingerprint.lower() == fingerprint.lower()]
    except Exception:  # RuntimeError for anything that is no certificate
        return []


def hash_standing(data: bytes, hashes: Mapping[str, bytes]) -> Hashed:
    """Against the hash files that stood beside the document (`sha256`, `sha512` -> their content). One that differs is bad."""
    seen = []
    for name, content in hashes.items():
        text = content[:4096].decode("ascii", "replace").strip().removeprefix("\\")
        written = re.split(r"\s", text, maxsplit=1)[0].lower()
        if name not in _LENGTHS or not re.fullmatch(rf"[0-9a-f]{{{_LENGTHS[name]}}}", written):
            seen.append("unreadable")
            continue
        seen.append("good" if hashlib.new(name, data).hexdigest() == written else "bad")
    for each in ("bad", "unreadable", "good"):
        if each in seen:
            return each
    return "none"


def signature_standing(data: bytes, signature: bytes | None, keys: Keys) -> Signed:
    """Against a detached signature, with the keys that are trusted. Never raises.

    The library holds the certificate against the clock of this machine, so an expired or revoked key gives `bad`.
    """
    if signature is None:
        return Signed("none")
    try:
        packets = [each for each in PacketPile.from_bytes(signature) if _of_document(each)][:MOST]
        found = [Sig.from_bytes(bytes(each)) for each in packets]
    except Exception:
        return Signed("unreadable")
    if not found:
        return Signed("unreadable")
    said = [_one(data, each, keys) for each in found]
    for standing in ("good", "bad", "key_unknown"):
        for each in said:
            if each.standing == standing:
                return each
    return Signed("unreadable")


def _of_document(packet: Packet) -> bool:
    """A signature over a document; those in a certificate are over its keys and names."""
    return packet.tag == Tag.Signature and packet.signature_type in (SignatureType.Binary, SignatureType.Text)


def _one(data: bytes, signature: Sig, keys: Keys) -> Signed:
    issuer = (signature.issuer_fingerprint or signature.issuer_key_id or "").lower()
    certificate = keys.certificates.get(issuer)
    if certificate is None:
        return Signed("key_unknown", issuer)

    def store(_: list[str]) -> list[Cert]:
        return [certificate]

    try:
        verify(bytes=data, store=store, signature=signature)
    except Exception:
        return Signed("bad", issuer)
    return Signed("good", certificate.fingerprint)


def _names(certificate: Cert) -> Iterable[str]:
    """Fingerprints and key ids of the primary key and the subkeys."""
    packets: Any = PacketPile.from_bytes(bytes(certificate))
    for each in packets:
        if each.tag in (Tag.PublicKey, Tag.PublicSubkey):
            yield from (name.lower() for name in (each.fingerprint, each.key_id) if name)
