"""Certificates: what is read from them, every error of a chain at once, and the answer that is stapled to them."""

from datetime import timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st
from OpenSSL import crypto

from adapters.probing.lines import AT, DAY, Authority, der
from dijkwacht.adapters.probing import certificates, staple
from dijkwacht.adapters.probing.certificates import Trust
from dijkwacht.adapters.probing.der import public_key_info


@cache
def authority() -> Authority:
    return Authority()


@cache
def trust() -> Trust:
    return authority().trust()


def chain(**fields: object) -> list[bytes]:
    leaf, _ = authority().leaf(**fields)  # type: ignore[arg-type]
    return der(leaf, authority().certificate)


def test_what_is_read() -> None:
    leaf, key = authority().leaf("www.dijkstad.example")
    found = certificates.read(der(leaf)[0])
    spki = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert found.spki == spki
    assert found.names == ("www.dijkstad.example",)
    assert (found.key, found.bits, found.curve, found.signature_hash) == ("ec", 256, "secp256r1", "sha256")
    assert not found.ca
    assert not found.self_issued
    assert not found.qualified
    assert found.not_after == "2027-06-18T12:00:00+00:00"
    assert certificates.read(bytes(bytearray(found.der))) is found


def test_kinds_of_keys() -> None:
    made = authority().leaf(key=rsa.generate_private_key(65537, 2048))[0]
    assert (certificates.read(der(made)[0]).key, certificates.read(der(made)[0]).bits) == ("rsa", 2048)
    made = authority().leaf(key=ed25519.Ed25519PrivateKey.generate())[0]
    assert certificates.read(der(made)[0]).key == "ed25519"


def test_policies_statements_and_ocsp_addresses() -> None:
    access = x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(
                AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.example/")
            )
        ]
    )
    policies = x509.CertificatePolicies(
        [x509.PolicyInformation(x509.ObjectIdentifier("2.23.140.1.2.2"), policy_qualifiers=None)]
    )
    statements = x509.UnrecognizedExtension(
        x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"),
        bytes.fromhex("301f3008060604008e4601013013060604008e4601063009060704008e46010603"),
    )
    found = certificates.read(chain(extra=[access, policies, statements])[0])
    assert found.ocsp == ("http://ocsp.example/",)
    assert found.policies == ("2.23.140.1.2.2",)
    assert found.qualified


@settings(max_examples=300)
@given(data=st.binary(max_size=300))
def test_what_cannot_be_read_is_empty(data: bytes) -> None:
    assert certificates.read(data).key == "unknown"
    assert trust().errors([data]) == ("unreadable",)
    public_key_info(data)


@settings(max_examples=200)
@given(at=st.integers(0, 400), octet=st.integers(0, 255))
def test_nothing_raises_on_what_is_almost_a_certificate(at: int, octet: int) -> None:
    bent = bytearray(_whole())
    bent[at % len(bent)] = octet
    certificates.read(bytes(bent))
    trust().errors([bytes(bent)])


@cache
def _whole() -> bytes:
    return chain()[0]


def test_a_sound_chain_is_trusted_whatever_its_name() -> None:
    assert trust().errors(chain(name="somebody.else.example")) == ()


def test_nothing_sent_is_not_trusted() -> None:
    assert trust().errors([]) == ("no_certificate",)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"end": -DAY, "start": -9 * DAY}, ("expired",)),
        ({"start": DAY}, ("not_yet_valid",)),
        ({"key": rsa.generate_private_key(65537, 1024)}, ("weak_key",)),
        ({"usage": ExtendedKeyUsageOID.CLIENT_AUTH}, ("wrong_purpose",)),
    ],
)
def test_what_may_be_wrong_with_a_leaf(fields: dict[str, object], found: tuple[str, ...]) -> None:
    assert trust().errors(chain(**fields)) == found


def test_who_signed_it() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    own = authority().make("self", key, names=["self"])
    assert trust().errors(der(own)) == ("self_signed",)
    other = authority().make("x", key, issuer=authority().other, issuer_key=authority().other_key)
    assert trust().errors(der(other)) == ("unknown_issuer",)
    assert trust().errors(der(other, authority().other)) == ("unknown_issuer",)
    leaf, _ = authority().leaf()
    assert trust().errors(der(leaf)) == ("unknown_issuer",)
    forged = authority().make("x", key, issuer=authority().certificate, issuer_key=authority().other_key)
    assert trust().errors(der(forged, authority().certificate)) == ("bad_signature",)
    by_leaf = authority().make("x", key, issuer=leaf, issuer_key=_)
    assert trust().errors(der(by_leaf, leaf, authority().certificate)) == ("invalid_ca",)


def test_all_errors_are_told_not_the_first() -> None:
    own = authority().make("self", ec.generate_private_key(ec.SECP256R1()), start=-9 * DAY, end=-DAY)
    assert trust().errors(der(own)) == ("self_signed", "expired")


def test_an_old_signature_is_weak() -> None:
    leaf, _key = authority().leaf()
    made = crypto.X509.from_cryptography(leaf)
    try:
        made.sign(crypto.PKey.from_cryptography_key(authority().key), "sha1")
    except crypto.Error:
        pytest.skip("this OpenSSL signs no SHA-1")
    found = [crypto.dump_certificate(crypto.FILETYPE_ASN1, made), *der(authority().certificate)]
    assert certificates.read(found[0]).signature_hash == "sha1"
    assert trust().errors(found) == ("weak_signature",)


def answer(leaf: x509.Certificate, **fields: object) -> bytes:
    made = authority()
    responder = fields.get("responder", made.certificate)
    built = ocsp.OCSPResponseBuilder().add_response(
        cert=leaf,
        issuer=made.certificate,
        algorithm=fields.get("hash", hashes.SHA1()),  # type: ignore[arg-type]
        cert_status=fields.get("status", ocsp.OCSPCertStatus.GOOD),  # type: ignore[arg-type]
        this_update=AT + fields.get("this", -DAY),  # type: ignore[operator]
        next_update=AT + fields.get("next", 6 * DAY),  # type: ignore[operator]
        revocation_time=AT - 2 * DAY if fields.get("status") == ocsp.OCSPCertStatus.REVOKED else None,
        revocation_reason=None,
    )
    built = built.responder_id(ocsp.OCSPResponderEncoding.HASH, responder)  # type: ignore[arg-type]
    if "send" in fields:
        built = built.certificates([fields["send"]])  # type: ignore[list-item]
    return built.sign(fields.get("key", made.key), hashes.SHA256()).public_bytes(serialization.Encoding.DER)  # type: ignore[arg-type]


def judged(data: bytes, leaf: x509.Certificate) -> str:
    return staple.state(data, der(leaf, authority().certificate), AT)


def test_a_stapled_answer() -> None:
    leaf, _ = authority().leaf()
    assert judged(b"", leaf) == "none"
    assert judged(answer(leaf), leaf) == "good"
    assert judged(answer(leaf, hash=hashes.SHA256()), leaf) == "good"
    assert judged(answer(leaf, status=ocsp.OCSPCertStatus.REVOKED), leaf) == "revoked"
    assert judged(answer(leaf, status=ocsp.OCSPCertStatus.UNKNOWN), leaf) == "unknown"
    assert judged(answer(leaf, this=-9 * DAY, next=-DAY), leaf) == "stale"
    assert judged(answer(leaf, this=DAY, next=2 * DAY), leaf) == "stale"


def test_a_stapled_answer_that_is_not_one() -> None:
    leaf, _ = authority().leaf()
    other, _ = authority().leaf()
    assert judged(answer(other), leaf) == "bad"
    assert judged(answer(leaf, responder=authority().other, key=authority().other_key), leaf) == "bad"
    assert staple.state(answer(leaf), der(leaf), AT) == "bad"
    assert judged(b"x" * 70_000, leaf) == "bad"
    failed = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)
    assert judged(failed.public_bytes(serialization.Encoding.DER), leaf) == "bad"


def test_a_responder_needs_its_power_from_the_issuer() -> None:
    made, key = authority(), ec.generate_private_key(ec.SECP256R1())
    leaf, _ = made.leaf()

    def responder(usage: x509.ObjectIdentifier | None, issuer_key: object = made.key) -> x509.Certificate:
        return made.make("ocsp", key, issuer=made.certificate, issuer_key=issuer_key, usage=usage)

    good = responder(ExtendedKeyUsageOID.OCSP_SIGNING)
    assert judged(answer(leaf, responder=good, send=good, key=key), leaf) == "good"
    for wrong in (
        responder(ExtendedKeyUsageOID.SERVER_AUTH),
        responder(None),
        responder(ExtendedKeyUsageOID.OCSP_SIGNING, made.other_key),
    ):
        assert judged(answer(leaf, responder=wrong, send=wrong, key=key), leaf) == "bad"


@settings(max_examples=200)
@given(data=st.binary(min_size=1, max_size=200))
def test_a_staple_of_anything_is_bad(data: bytes) -> None:
    assert staple.state(data, [_whole(), _whole()], AT + timedelta()) == "bad"
