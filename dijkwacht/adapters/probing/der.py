"""Just enough DER to cut the public key out of a certificate, byte for byte: TLSA records are held against exactly that."""


def _header(data: bytes, at: int) -> tuple[int, int] | None:
    """Where the content of the element at `at` starts and ends; None when it does not fit."""
    if at + 2 > len(data):
        return None
    size, start = data[at + 1], at + 2
    if size & 0x80:
        count = size & 0x7F
        if not 1 <= count <= 4 or start + count > len(data):
            return None
        size = int.from_bytes(data[start : start + count], "big")
        start += count
    return (start, start + size) if start + size <= len(data) else None


def public_key_info(certificate: bytes) -> bytes:
    """The SubjectPublicKeyInfo of a certificate in DER, unchanged; b"" when it cannot be found (RFC 5280, 4.1)."""
    outer = _header(certificate, 0)
    inner = _header(certificate, outer[0]) if outer else None
    if not inner:
        return b""
    at = inner[0]
    if certificate[at : at + 1] == b"\xa0":  # the version, absent in version 1
        part = _header(certificate, at)
        if not part:
            return b""
        at = part[1]
    for _ in range(5):  # serial, signature algorithm, issuer, validity, subject
        part = _header(certificate, at)
        if not part:
            return b""
        at = part[1]
    part = _header(certificate, at)
    return certificate[at : part[1]] if part and certificate[at] == 0x30 else b""
