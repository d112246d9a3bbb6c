"""security.txt: what sectxt says of a file, and of the way it was served (RFC 9116). Where it was looked for is told by `web`.

A signed file is taken out of its envelope here: the library that sectxt would ask to read the envelope can be kept busy for hours
by a few lines made for that. Whether the signature is by whom it should be is not judged, by sectxt neither.
"""

import binascii
from base64 import b64decode
from functools import cache
from typing import Any, Final

from dijkwacht.adapters.probing.http import clean
from dijkwacht.core.checks.observed import Response, SecurityTxt

PATHS: Final = ("/.well-known/security.txt", "/security.txt")
_LARGEST: Final = 64 * 1024
_HEAD, _SIGNATURE = b"-----BEGIN PGP SIGNED MESSAGE-----", b"-----BEGIN PGP SIGNATURE-----"
_TAIL: Final = b"-----END PGP SIGNATURE-----"


def read(first: Response, last: Response, body: bytes) -> SecurityTxt:
    """The file as found: `first` is the answer on the place where it was asked, `last` the one after redirects, with its body."""
    content_type = next(iter(last.values("content-type")), "")
    errors = list(_served(first.url, content_type))
    if len(body) > _LARGEST:
        return SecurityTxt(last.url, last.status, content_type, (*errors, "too_long"))
    content, signed, wrong = _opened(body)
    try:
        parsed = _parser()(content, urls=_addresses(first, last))
        found = [str(each["code"]) for each in parsed.errors]
        advice = [str(each["code"]) for each in parsed.recommendations]
        notices = [str(each["code"]) for each in parsed.notifications]
    except Exception as error:  # a parser of others, on text of strangers
        return SecurityTxt(last.url, last.status, content_type, (*errors, "unreadable"), reason=type(error).__name__)
    if signed:
        advice = [each for each in advice if each != "not_signed"]
        advice += [] if _fields(content, "canonical") else ["no_canonical"]
    return SecurityTxt(
        url=last.url,
        status=last.status,
        content_type=content_type,
        errors=tuple(dict.fromkeys((*errors, *wrong, *found))),
        recommendations=tuple(dict.fromkeys(advice)),
        notices=tuple(dict.fromkeys(notices)),
        contacts=_fields(content, "contact"),
        expires=next(iter(_fields(content, "expires")), ""),
    )


@cache
def _parser() -> Any:
    """sectxt, when the first file is there: with what it brings along it takes half a second to load."""
    from sectxt import Parser  # type: ignore[import-untyped]  # noqa: PLC0415

    return Parser


def _opened(body: bytes) -> tuple[bytes, bool, list[str]]:
    """The text inside a cleartext signature (RFC 9580, 7), whether there was one, and what is wrong with it in sectxt's codes."""
    lines = [each.rstrip() if _HEAD in each else each for each in body.replace(b"\r\n", b"\n").split(b"\n")]
    if not any(_HEAD in each for each in lines):
        return body, False, []
    if _HEAD not in lines:  # hidden in another line: sectxt must not come to see it
        return b"\n".join(each for each in lines if _HEAD not in each), True, ["signed_format_issue"]
    wrong = [] if lines[0] == _HEAD and lines.count(_HEAD) == 1 else ["signed_format_issue"]
    try:
        start = lines.index(b"", lines.index(_HEAD)) + 1
        middle = lines.index(_SIGNATURE, start)
        end = lines.index(_TAIL, middle)
    except ValueError:
        return b"\n".join(each for each in lines if _HEAD not in each), True, [*wrong, "pgp_data_error"]
    if not _is_signature(lines[middle + 1 : end]):
        wrong.append("pgp_error")
    if any(lines[end + 1 :]):
        wrong.append("data_after_sig")
    inside = (each.removeprefix(b"- ") for each in lines[start:middle] if _HEAD not in each)
    return b"\n".join((*inside, b"")), True, wrong


def _is_signature(armour: list[bytes]) -> bool:
    """Whether this is the armour of an OpenPGP packet of the kind *signature*."""
    armour = armour[armour.index(b"") + 1 :] if b"" in armour else armour
    try:
        packet = b64decode(b"".join(each for each in armour if not each.startswith(b"=")), validate=True)
    except binascii.Error:
        return False
    return (
        bool(packet)
        and packet[0] & 0x80 == 0x80
        and (packet[0] & 0x3F if packet[0] & 0x40 else packet[0] >> 2 & 0xF) == 2
    )


def _addresses(first: Response, last: Response) -> list[str]:
    return [first.url] if first.url == last.url else [first.url, last.url]


def _served(url: str, content_type: str) -> list[str]:
    """Errors in the way it was served, in the codes that sectxt itself uses when it fetches."""
    found = []
    if not url.endswith(PATHS[0]):
        found.append("location")
    kind, _, rest = content_type.lower().partition(";")
    if not content_type:
        found.append("no_content_type")
    elif kind.strip() != "text/plain":
        found.append("invalid_media")
    for part in rest.split(";"):
        key, _, value = part.strip().partition("=")
        if key == "charset" and value.strip("\"'") not in ("utf-8", "csutf8"):
            found.append("invalid_charset")
    return found


def _fields(body: bytes, name: str) -> tuple[str, ...]:
    """The values of a field, as text for people; sectxt has judged them."""
    found = []
    for line in body.decode("utf-8", "replace").splitlines()[:1000]:
        key, colon, value = line.partition(":")
        if colon and key.strip().lower() == name:
            found.append(clean(value.strip())[:500])
    return tuple(found[:20])
