"""security.txt: signed and unsigned, and text that is made to keep a reader busy."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.probing import security_txt
from dijkwacht.core.checks.observed import Response, SecurityTxt

URL = "https://www.dijkstad.example/.well-known/security.txt"
EXPIRES = (datetime.now(UTC) + timedelta(days=100)).strftime("%Y-%m-%dT%H:%M:%SZ")
FIELDS = f"Contact: https://www.dijkstad.example/meld\nExpires: {EXPIRES}\nCanonical: {URL}\n".encode()
HEAD = b"-----BEGIN PGP SIGNED MESSAGE-----\n"


def read(body: bytes, url: str = URL) -> SecurityTxt:
    answer = Response(url, 200, (("content-type", "text/plain; charset=utf-8"),))
    return security_txt.read(answer, answer, body)


def signed(content: bytes = FIELDS, packet: bytes = b"\xc2\x40" + b"s" * 64, after: bytes = b"") -> bytes:
    armour = b64encode(packet)
    start, end = b"-----BEGIN PGP SIGNATURE-----\n\n", b"\n=abcd\n-----END PGP SIGNATURE-----\n"
    return HEAD + b"Hash: SHA512\n\n" + content + start + armour + end + after


def test_an_unsigned_file() -> None:
    found = read(FIELDS)
    assert found.errors == ()
    assert found.recommendations == ("not_signed",)
    assert (found.contacts, found.expires) == (("https://www.dijkstad.example/meld",), EXPIRES)


def test_a_signed_file() -> None:
    found = read(signed())
    assert (found.errors, found.recommendations) == ((), ())
    assert found.contacts == ("https://www.dijkstad.example/meld",)
    assert read(signed().replace(b"\n", b"\r\n")).errors == ()
    dashed = FIELDS.replace(b"Canonical", b"- Canonical")
    assert read(signed(dashed)).errors == ()
    assert read(signed(FIELDS.split(b"Canonical")[0])).recommendations == ("no_canonical",)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (signed(packet=b"\xc6\x40" + b"s" * 64), "pgp_error"),
        (signed(packet=b""), "pgp_error"),
        (signed().replace(b"=abcd", b"!"), "pgp_error"),
        (HEAD + b"\n" + FIELDS, "pgp_data_error"),
        (b"# first\n" + signed(), "signed_format_issue"),
        (signed(after=b"Contact: mailto:x@example\n"), "data_after_sig"),
        (HEAD + signed(), "signed_format_issue"),
    ],
)
def test_a_signature_that_is_not_in_order(body: bytes, error: str) -> None:
    assert error in read(body).errors


def test_text_that_would_keep_a_reader_busy() -> None:
    for piece in (
        HEAD,
        HEAD + b"Hash: SHA1\n\nx\n-----BEGIN PGP SIGNATURE-----\n",
        b"Expires: 1",
        b"Contact:\n",
        b"[::",
    ):
        read((piece * (65_000 // len(piece)))[:65_000])
    read(
        HEAD + b"Hash: " + b"a, " * 20_000 + b"\n\n" + b"-" * 2000 + b"\n-----BEGIN PGP SIGNATURE-----\n" + b"A" * 2000
    )


@settings(max_examples=200, deadline=None)  # the first example loads the parser
@given(
    parts=st.lists(
        st.binary(max_size=40)
        | st.sampled_from((HEAD, b"-----BEGIN PGP SIGNATURE-----\n", b"-----END PGP SIGNATURE-----\n", b"\n", FIELDS)),
        max_size=10,
    )
)
def test_nothing_raises(parts: list[bytes]) -> None:
    read(b"".join(parts))
