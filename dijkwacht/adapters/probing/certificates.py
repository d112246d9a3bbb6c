"""Certificates: read once however often they are sent, their chain judged without a name, and the OCSP answer that came along.

Nothing here raises for what a server sent: a certificate that cannot be read says so (`key` "unknown"), and is not trusted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID
from OpenSSL import SSL, crypto
from OpenSSL._util import lib

from dijkwacht.adapters.probing.der import public_key_info
from dijkwacht.adapters.probing.http import clean
from dijkwacht.core.checks.observed import Certificate

_NO_CHECK_TIME: Final = 0x200000  # X509_V_FLAG_NO_CHECK_TIME: time is judged apart, so that it hides no other error
_PURPOSE_SERVER: Final = 2  # X509_PURPOSE_SSL_SERVER
_WEAK_HASHES: Final = frozenset(("md2", "md4", "md5", "sha1"))
_LEAST_RSA: Final = 2048
"""Bits under which every browser refuses an RSA key, whatever a guideline says."""
_REMEMBERED: Final = 8192
_USUAL: Final = 8192
"""Octets of a certificate that is worth remembering; thousands of the largest that can be sent would fill the memory."""
_MOST_NAMES: Final = 1000
_LONGEST: Final = 1000
_QC_STATEMENTS: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
_QUALIFIED: Final = (bytes.fromhex("060604008e460101"), bytes.fromhex("060704008e46010603"))
"""The statements *qualified* and *for web site authentication*, as DER (ETSI EN 319 412-5, 4.2.1 and 4.2.3)."""

_CODES: Final = {
    2: "unknown_issuer",
    6: "bad_signature",
    7: "bad_signature",
    18: "self_signed",
    19: "unknown_issuer",  # a root was sent that nobody trusts
    20: "unknown_issuer",
    21: "unknown_issuer",
    22: "chain_too_long",
    24: "invalid_ca",
    25: "path_length",
    26: "wrong_purpose",
    27: "unknown_issuer",
    32: "invalid_ca",
    34: "critical_extension",
    47: "name_constraints",
    48: "name_constraints",
    49: "name_constraints",
    66: "weak_key",
    67: "weak_key",
    68: "weak_signature",
    79: "invalid_ca",
}
"""What an error of OpenSSL's chain building is called here."""


def read(der: bytes) -> Certificate:
    """A certificate out of its DER. Never raises: what cannot be read is empty."""
    return _remembered(der) if len(der) <= _USUAL else _read(der)


def remembered() -> int:
    """How many certificates are kept as read."""
    return _remembered.cache_info().currsize


def _read(der: bytes) -> Certificate:
    digest = sha256(der).hexdigest()
    try:
        found = x509.load_der_x509_certificate(der)
        key, bits, curve = _key(found)
        said = _extensions(found)
        return Certificate(
            sha256=digest,
            der=der,
            spki=public_key_info(der),
            subject=clean(found.subject.rfc4514_string())[:_LONGEST],
            issuer=clean(found.issuer.rfc4514_string())[:_LONGEST],
            serial=format(found.serial_number, "x"),
            not_before=found.not_valid_before_utc.isoformat(),
            not_after=found.not_valid_after_utc.isoformat(),
            names=said.names,
            key=key,
            bits=bits,
            curve=curve,
            signature_hash=_hash(found),
            self_issued=found.subject == found.issuer,
            ca=said.ca,
            ocsp=said.ocsp,
            policies=said.policies,
            qualified=said.qualified,
        )
    except (ValueError, TypeError, OverflowError, x509.InvalidVersion):
        return Certificate(
            digest, der, public_key_info(der), "", "", "", "", "", (), "unknown", 0, "", "", False, False
        )


_remembered = lru_cache(maxsize=_REMEMBERED)(_read)


def _key(found: x509.Certificate) -> tuple[str, int, str]:
    try:
        key = found.public_key()
    except Exception:  # broken or exotic keys fail in many ways
        return "unknown", 0, ""
    if isinstance(key, rsa.RSAPublicKey):
        return "rsa", key.key_size, ""
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "ec", key.key_size, key.curve.name
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "ed25519", 256, ""
    if isinstance(key, ed448.Ed448PublicKey):
        return "ed448", 456, ""
    if isinstance(key, dsa.DSAPublicKey):
        return "dsa", key.key_size, ""
    return "unknown", 0, ""


def _hash(found: x509.Certificate) -> str:
    try:
        algorithm = found.signature_hash_algorithm
    except Exception:  # UnsupportedAlgorithm, or parameters that cannot be read
        return found.signature_algorithm_oid.dotted_string
    return algorithm.name if algorithm else ""


@dataclass(frozen=True, slots=True)
class _Extensions:
    """What the extensions of a certificate say; empty where they cannot be read."""

    names: tuple[str, ...] = ()
    ca: bool = False
    ocsp: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    qualified: bool = False


def _extensions(found: x509.Certificate) -> _Extensions:
    try:
        values = {type(each.value): each.value for each in found.extensions}
        rest = [each.value for each in found.extensions if each.oid == _QC_STATEMENTS]
    except (x509.DuplicateExtension, x509.UnsupportedGeneralNameType, ValueError, TypeError):
        return _Extensions()
    names, access = values.get(x509.SubjectAlternativeName), values.get(x509.AuthorityInformationAccess)
    basic, policies = values.get(x509.BasicConstraints), values.get(x509.CertificatePolicies)
    said = b"".join(each.value for each in rest if isinstance(each, x509.UnrecognizedExtension))
    return _Extensions(
        names=tuple(clean(name.lower())[:255] for name in names.get_values_for_type(x509.DNSName)[:_MOST_NAMES])
        if isinstance(names, x509.SubjectAlternativeName)
        else (),
        ca=isinstance(basic, x509.BasicConstraints) and basic.ca,
        ocsp=tuple(
            clean(each.access_location.value)[:_LONGEST]
            for each in access
            if each.access_method == AuthorityInformationAccessOID.OCSP
            and isinstance(each.access_location, x509.UniformResourceIdentifier)
        )
        if isinstance(access, x509.AuthorityInformationAccess)
        else (),
        policies=tuple(each.policy_identifier.dotted_string for each in policies)
        if isinstance(policies, x509.CertificatePolicies)
        else (),
        qualified=all(each in said for each in _QUALIFIED),
    )


class Trust:
    """The authorities that are trusted on one moment, and what was already found of each chain."""

    def __init__(self, pem: bytes | None, at: datetime) -> None:
        """`pem`: the authorities; None: those of this system. ValueError when there is none in it."""
        self.at = at.astimezone(UTC)
        self._known: dict[tuple[bytes, ...], tuple[str, ...]] = {}
        self._store = _system_store() if pem is None else crypto.X509Store()
        for each in x509.load_pem_x509_certificates(pem) if pem is not None else ():
            self._store.add_cert(crypto.X509.from_cryptography(each))
        self._store.set_flags(_NO_CHECK_TIME)
        lib.X509_STORE_set_purpose(self._store._store, _PURPOSE_SERVER)

    @classmethod
    def of(cls, path: Path | None, at: datetime) -> "Trust":
        """The authorities in a PEM file, or those of this system. OSError or ValueError when it cannot be read."""
        return cls(path.read_bytes() if path else None, at)

    def errors(self, chain: Sequence[bytes]) -> tuple[str, ...]:
        """What is wrong with a chain as sent (DER, leaf first), all of it, as codes; empty: trusted. Names are not looked at."""
        key = tuple(sha256(each).digest() for each in chain)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = self._judged(chain)
        return self._known[key]

    def _judged(self, chain: Sequence[bytes]) -> tuple[str, ...]:
        if not chain:
            return ("no_certificate",)
        found: list[str] = []
        path = list(chain[:1])
        try:
            certificates = [crypto.X509.from_cryptography(x509.load_der_x509_certificate(each)) for each in chain]
            context = crypto.X509StoreContext(self._store, certificates[0], certificates[1:])
            path = [crypto.dump_certificate(crypto.FILETYPE_ASN1, each) for each in context.get_verified_chain()]
        except crypto.X509StoreContextError as error:
            found.append(_CODES.get(error.errors[0], f"openssl_{error.errors[0]}"))
        except Exception:  # an unreadable certificate fails in many ways
            return ("unreadable",)
        return tuple(dict.fromkeys((*found, *self._weak(path))))

    def _weak(self, path: Sequence[bytes]) -> list[str]:
        """What time and strength say of the certificates of a path (the leaf alone when there is no path)."""
        found = []
        now = self.at.isoformat()
        for certificate in map(read, path):
            if certificate.not_after and certificate.not_after < now:
                found.append("expired")
            if certificate.not_before > now:
                found.append("not_yet_valid")
            if certificate.signature_hash in _WEAK_HASHES and not certificate.self_issued:
                found.append("weak_signature")
            if certificate.key == "rsa" and certificate.bits < _LEAST_RSA:
                found.append("weak_key")
        return found


def _system_store() -> crypto.X509Store:
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_default_verify_paths()
    store = context.get_cert_store()
    if store is None:
        raise ValueError("this system has no certificate authorities")
    return store
