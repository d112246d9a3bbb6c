"""Time stamps of a third party over the head of a trail (RFC 3161): asked over http, checked without a network."""

import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

LARGEST = 64 * 1024
SECONDS = 10.0


class StampError(ValueError):
    """A time stamp that was not given, cannot be read, or is not of this head."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a time stamp says: when, and whether that was held against a certificate that we trust."""

    at: datetime
    trusted: bool


def request_for(head: str) -> bytes:
    """The request for a stamp over a head (its hash in hex), to be sent as application/timestamp-query."""
    builder = TimestampRequestBuilder().data(bytes.fromhex(head)).hash_algorithm(HashAlgorithm.SHA256)
    return builder.nonce(nonce=True).cert_request(cert_request=True).build().as_bytes()


def fetch(url: str, head: str) -> bytes:
    """A time stamp over a head from the authority at that address. Raises StampError, also when it is of another head."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise StampError("the address of the time stamp authority starts with http:// or https://")
    asked = urllib.request.Request(  # noqa: S310 - http and https only, see above
        url, data=request_for(head), headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
            data: bytes = answer.read(LARGEST + 1)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise StampError(f"the time stamp authority did not answer: {error}") from None
    read(data, head=head)
    return data


def read(data: bytes, *, head: str, roots: Sequence[bytes] = ()) -> Stamp:
    """What a stamp over this head says. ``roots``: certificates in PEM to hold it against. Raises StampError."""
    if len(data) > LARGEST:
        raise StampError(f"larger than {LARGEST} bytes")
    try:
        found = decode_timestamp_response(data)
        if found.status not in (0, 1):
            raise StampError("the authority gave no time stamp")
        info = found.tst_info
        imprint, at, held = info.message_imprint.message, info.gen_time, sha256(bytes.fromhex(head)).digest()
    except ValueError as error:
        raise StampError(f"this is no time stamp over a head of a trail ({error})") from None
    if imprint != held:
        raise StampError("this time stamp is not over the head of this trail")
    if roots:
        _trust(found, head, roots)
    return Stamp(at, trusted=bool(roots))


def _trust(found: TimeStampResponse, head: str, roots: Sequence[bytes]) -> None:
    builder = VerifierBuilder()
    try:
        for pem in roots:
            for certificate in x509.load_pem_x509_certificates(pem):
                builder = builder.add_root_certificate(certificate)
        for der in found.signed_data.certificates:
            builder = builder.add_intermediate_certificate(x509.load_der_x509_certificate(bytes(der)))
        builder.build().verify_message(found, bytes.fromhex(head))
    except (VerificationError, ValueError) as error:
        raise StampError(f"the time stamp cannot be trusted: {error}") from None
