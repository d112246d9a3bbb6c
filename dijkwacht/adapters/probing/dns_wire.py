"""DNS messages: questions out, answers in, as octets (RFC 1035, EDNS RFC 6891, EDE RFC 8914). Nothing here talks.

What comes in comes from strangers: a pointer only goes back, a name has an end, a record lies within the message;
else MalformedError.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import Final

KINDS: Final = {
    "A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SRV": 33, "DS": 43,
    "DNSKEY": 48, "TLSA": 52, "CAA": 257,
}  # fmt: skip
RCODES: Final = {
    0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED", 6: "YXDOMAIN", 7: "YXRRSET",
    8: "NXRRSET", 9: "NOTAUTH", 10: "NOTZONE", 16: "BADVERS",
}  # fmt: skip
LARGEST_UDP = 1232
"""What we say we can take over UDP: fits one packet everywhere (DNS flag day 2020)."""
LONGEST_NAME, MOST_JUMPS = 255, 32

_CNAME, _OPT, _IN = 5, 41, 1
_QR, _TC, _AD, _RD, _CD, _OPCODE, _RCODE = 0x8000, 0x0200, 0x0020, 0x0100, 0x0010, 0x7800, 0x000F
_OPTIONS = struct.pack(">BHHIH", 0, _OPT, LARGEST_UDP, 0x8000, 0)  # the DO bit: signatures wanted, and so AD
_HEAD = struct.Struct(">HHHHHH")
_RECORD = struct.Struct(">HHIH")
_PAIR = struct.Struct(">HH")
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789-_*/+=@:")


class MalformedError(ValueError):
    """Octets that are no DNS message, or a name that is no name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as read: for the last name of the chain of aliases. `ede`: code and text of extended errors."""

    rcode: str
    records: tuple[str, ...]
    aliases: tuple[str, ...]
    authentic: bool  # the AD bit, as the resolver set it
    truncated: bool
    ede: tuple[tuple[int, str], ...] = ()


def question(name: str, kind: str) -> bytes:
    """The question section for a name. Raises MalformedError, KeyError for a kind that is not in `KINDS`."""
    return to_wire(name) + _PAIR.pack(KINDS[kind], _IN)


def message(number: int, section: bytes, *, checking: bool = True) -> bytes:
    """A question to a resolver: recursion and AD wanted, DO set; without `checking` the CD bit too."""
    return _HEAD.pack(number, _RD | _AD | (0 if checking else _CD), 1, 0, 0, 1) + section + _OPTIONS


def answers(data: bytes, number: int, section: bytes) -> bool:
    """Whether these octets answer that question: id, one question, the same name (in any case), kind and class."""
    if len(data) < _HEAD.size + len(section):
        return False
    found, flags, questions, *_ = _HEAD.unpack_from(data)
    if found != number or not flags & _QR or flags & _OPCODE or questions != 1:
        return False
    sent = data[12 : 12 + len(section)]
    return sent[-4:] == section[-4:] and sent[:-4].lower() == section[:-4].lower()


def read(data: bytes, section: bytes) -> Answer:
    """An answer, of octets for which `answers` holds. Raises MalformedError."""
    try:
        return _read(data, section)
    except (struct.error, IndexError, ValueError) as error:
        if isinstance(error, MalformedError):
            raise
        raise MalformedError(f"no DNS message: {error}") from None


def _read(data: bytes, section: bytes) -> Answer:
    _, flags, _, count, authority, additional = _HEAD.unpack_from(data)
    at = _HEAD.size + len(section)
    name, wanted = from_wire(section, 0)[0], _PAIR.unpack_from(section, len(section) - 4)[0]
    held: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for _ in range(count):
        owner, at = from_wire(data, at)
        kind, group, _, size = _RECORD.unpack_from(data, at)
        at += _RECORD.size
        if at + size > len(data):
            raise MalformedError("a record runs on past the message")
        if group == _IN and kind in (wanted, _CNAME):
            held.setdefault((owner, kind), []).append((at, size))
        at += size
    aliases: list[str] = []
    while wanted != _CNAME and (name, wanted) not in held and (name, _CNAME) in held:
        name = from_wire(data, held[name, _CNAME][0][0])[0]
        if name in aliases or len(aliases) > 15:
            raise MalformedError("aliases that go round")
        aliases.append(name)
    shape = _SHAPES.get(wanted, _hex)
    records = tuple(dict.fromkeys(shape(data, at_, size) for at_, size in held.get((name, wanted), ())))
    rcode = flags & _RCODE
    ede: tuple[tuple[int, str], ...] = ()
    if not flags & _TC:
        high, ede = _options(data, at, authority + additional)
        rcode |= high << 4
    return Answer(
        RCODES.get(rcode, f"RCODE{rcode}"), records, tuple(aliases), bool(flags & _AD), bool(flags & _TC), ede
    )


def _options(data: bytes, at: int, records: int) -> tuple[int, tuple[tuple[int, str], ...]]:
    """The upper bits of the rcode and the extended errors, from the OPT record after the answers."""
    for _ in range(records):
        at = _after_name(data, at)
        kind, _, ttl, size = _RECORD.unpack_from(data, at)
        at += _RECORD.size
        if at + size > len(data):
            raise MalformedError("a record runs on past the message")
        if kind == _OPT:
            return ttl >> 24, tuple(_errors(data[at : at + size])) if size else ()
        at += size
    return 0, ()


def _errors(options: bytes) -> list[tuple[int, str]]:
    found, at = [], 0
    while at + 4 <= len(options):
        code, size = _PAIR.unpack_from(options, at)
        at += 4
        if code == 15 and size >= 2 and at + size <= len(options):
            text = options[at + 2 : at + size].decode("utf-8", "replace")[:200]
            found.append((int.from_bytes(options[at : at + 2]), "".join(c if c.isprintable() else " " for c in text)))
        at += size
    return found


@lru_cache(maxsize=8192)
def to_wire(name: str) -> bytes:
    """A name as octets, of a name with or without final dot, with escapes (`\\.`, `\\007`). Raises MalformedError."""
    labels: list[bytes] = []
    if "\\" in name:
        labels = _unescaped(name)
    elif stripped := name.removesuffix("."):
        try:
            labels = [label.encode("ascii") for label in stripped.split(".")]
        except UnicodeEncodeError:
            raise MalformedError(f"not ASCII: {name[:80]!r}") from None
    if any(not 0 < len(label) < 64 for label in labels):
        raise MalformedError(f"a label of no octets, or more than 63: {name[:80]!r}")
    wire = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    if len(wire) > LONGEST_NAME:
        raise MalformedError(f"a name of more than 255 octets: {name[:80]!r}")
    return wire


def _unescaped(name: str) -> list[bytes]:
    labels, label, at = [], bytearray(), 0
    while at < len(name):
        letter, digits = name[at], name[at + 1 : at + 4]
        if letter == "\\" and len(digits) == 3 and digits.isascii() and digits.isdigit():
            if int(digits) > 255:
                raise MalformedError("an escape above 255")
            label.append(int(digits))
            at += 4
        elif letter == "\\":
            label += name[at + 1 : at + 2].encode("ascii", "replace")
            at += 2
        elif letter == ".":
            labels.append(bytes(label))
            label.clear()
            at += 1
        else:
            label += letter.encode("ascii", "replace")
            at += 1
    return [*labels, bytes(label)] if label else labels


def from_wire(data: bytes, at: int) -> tuple[str, int]:
    """A name at an offset, lower case without final dot (`.` for the root), and the offset after it. Raises MalformedError."""
    labels: list[str] = []
    after, size, jumps = -1, 1, 0
    while True:
        length = data[at]
        if length >= 0xC0:
            target, jumps = (length & 0x3F) << 8 | data[at + 1], jumps + 1
            if after < 0:
                after = at + 2
            if target >= at or jumps > MOST_JUMPS:
                raise MalformedError("a pointer that does not go back, or too many of them")
            at = target
        elif length >= 0x40:
            raise MalformedError("a label of an unknown kind")
        elif length == 0:
            return ".".join(labels) or ".", at + 1 if after < 0 else after
        else:
            size += length + 1
            if size > LONGEST_NAME:
                raise MalformedError("a name without end")
            labels.append(_label(data[at + 1 : at + 1 + length], length))
            at += length + 1


def _label(octets: bytes, length: int) -> str:
    if len(octets) != length:
        raise MalformedError("a label runs on past the message")
    octets = octets.lower()
    if _PLAIN.issuperset(octets):
        return octets.decode("ascii")
    return "".join(_escaped(octet) for octet in octets)


def _escaped(octet: int) -> str:
    if octet in _PLAIN:
        return chr(octet)
    return f"\\{chr(octet)}" if 0x21 <= octet < 0x7F else f"\\{octet:03}"


def _after_name(data: bytes, at: int) -> int:
    while (length := data[at]) != 0:
        if length >= 0xC0:
            return at + 2
        if length >= 0x40:
            raise MalformedError("a label of an unknown kind")
        at += length + 1
    return at + 1


def _host(data: bytes, at: int, size: int, *, skip: int = 0) -> str:
    name, after = from_wire(data, at + skip)
    if after != at + size:
        raise MalformedError("a name that is not the length of its record")
    return name


def _soa(data: bytes, at: int, size: int) -> str:
    primary, after = from_wire(data, at)
    contact, after = from_wire(data, after)
    if after + 20 != at + size:
        raise MalformedError("SOA of a wrong length")
    return " ".join((primary, contact, *map(str, struct.unpack_from(">IIIII", data, after))))


def _mx(data: bytes, at: int, size: int) -> str:
    return f"{int.from_bytes(data[at : at + 2])} {_host(data, at, size, skip=2)}"


def _srv(data: bytes, at: int, size: int) -> str:
    return " ".join((*map(str, struct.unpack_from(">HHH", data, at)), _host(data, at, size, skip=6)))


def _txt(data: bytes, at: int, size: int) -> str:
    parts, end = [], at + size
    while at < end:
        after = at + 1 + data[at]
        if after > end:
            raise MalformedError("a text runs on past its record")
        parts.append(data[at + 1 : after])
        at = after
    return b"".join(parts).decode("latin-1")


def _caa(data: bytes, at: int, size: int) -> str:
    if size < 2 or 2 + data[at + 1] > size:
        raise MalformedError("CAA of a wrong length")
    middle = at + 2 + data[at + 1]
    return f"{data[at]} {data[at + 2 : middle].decode('latin-1')} {data[middle : at + size].decode('latin-1')}"


def _tlsa(data: bytes, at: int, size: int) -> str:
    if size < 3:
        raise MalformedError("TLSA of a wrong length")
    return f"{data[at]} {data[at + 1]} {data[at + 2]} {data[at + 3 : at + size].hex()}"


def _hex(data: bytes, at: int, size: int) -> str:
    return data[at : at + size].hex()


_SHAPES: Final[dict[int, Callable[[bytes, int, int], str]]] = {
    KINDS["A"]: lambda data, at, size: str(IPv4Address(data[at : at + size])),
    KINDS["AAAA"]: lambda data, at, size: str(IPv6Address(data[at : at + size])),
    KINDS["NS"]: _host, KINDS["CNAME"]: _host, KINDS["PTR"]: _host,
    KINDS["SOA"]: _soa, KINDS["MX"]: _mx, KINDS["SRV"]: _srv,
    KINDS["TXT"]: _txt, KINDS["CAA"]: _caa, KINDS["TLSA"]: _tlsa,
}  # fmt: skip
