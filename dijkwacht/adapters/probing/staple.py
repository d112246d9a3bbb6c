"""The OCSP answer that a server sends along: whether it is of this certificate, signed by who may, and fresh (RFC 6960)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha1, sha256
from typing import Final, Literal

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

Staple = Literal["none", "good", "bad", "revoked", "unknown", "stale"]

_SLACK: Final = timedelta(minutes=5)
_LARGEST: Final = 64 * 1024


def state(staple: bytes, chain: Sequence[bytes], at: datetime) -> Staple:
    """What the answer says of the leaf of `chain` (DER, leaf first). `bad`: not an answer about it, or not signed by who may.

    The issuer must be in the chain as sent; a server that staples without sending its issuer cannot be judged: `bad`.
    """
    if not staple:
        return "none"
    if len(staple) > _LARGEST or len(chain) < 2:
        return "bad"
    found, this, next_ = _read(staple, chain[0], chain[1])
    if found in ("bad", "none") or this is None:
        return "bad"
    if this > at + _SLACK or (next_ is not None and next_ < at - _SLACK):
        return "stale"
    return found


@lru_cache(maxsize=4096)
def _read(staple: bytes, leaf: bytes, issuer: bytes) -> tuple[Staple, datetime | None, datetime | None]:
    try:
        answer = ocsp.load_der_ocsp_response(staple)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return "bad", None, None
        subject, authority = x509.load_der_x509_certificate(leaf), x509.load_der_x509_certificate(issuer)
        if not _is_about(answer, subject, authority) or not _is_signed(answer, authority):
            return "bad", None, None
        word: Staple = {
            ocsp.OCSPCertStatus.GOOD: "good",
            ocsp.OCSPCertStatus.REVOKED: "revoked",
        }.get(answer.certificate_status, "unknown")  # type: ignore[assignment]
        return word, answer.this_update_utc, answer.next_update_utc
    except Exception:  # many kinds of broken DER, unknown algorithms, unusable keys
        return "bad", None, None


def _is_about(answer: ocsp.OCSPResponse, leaf: x509.Certificate, issuer: x509.Certificate) -> bool:
    digest = {"sha1": sha1, "sha256": sha256}.get(answer.hash_algorithm.name)
    if digest is None or answer.serial_number != leaf.serial_number:
        return False
    key_hash = x509.SubjectKeyIdentifier.from_public_key(issuer.public_key()).digest
    name = digest(issuer.subject.public_bytes()).digest()
    return answer.issuer_name_hash == name and (digest is not sha1 or answer.issuer_key_hash == key_hash)


def _is_signed(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Signed by the issuer itself, or by a responder to whom the issuer gave that power."""
    if _verifies(answer, issuer):
        return True
    for responder in answer.certificates:
        if responder.issuer == issuer.subject and _may_sign(responder):
            responder.verify_directly_issued_by(issuer)
            if _verifies(answer, responder):
                return True
    return False


def _may_sign(responder: x509.Certificate) -> bool:
    try:
        usage = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in usage


def _verifies(answer: ocsp.OCSPResponse, signer: x509.Certificate) -> bool:
    key, algorithm = signer.public_key(), answer.signature_hash_algorithm
    try:
        if isinstance(key, rsa.RSAPublicKey) and algorithm:
            key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey) and algorithm:
            key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(algorithm))
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes)
        else:
            return False
    except InvalidSignature:
        return False
    return True
