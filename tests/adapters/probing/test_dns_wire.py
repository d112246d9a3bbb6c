"""DNS messages: what we ask, what we read, and what strangers send."""

import struct

import dns.message
import dns.rcode
import dns.rdatatype
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters.probing import dns_wire
from dijkwacht.adapters.probing.dns_wire import MalformedError

ZONE = """\
www.dijkstad.example. 60 IN CNAME a.hosting.example.
a.hosting.example. 60 IN CNAME b.hosting.example.
b.hosting.example. 60 IN A 192.0.2.1
b.hosting.example. 60 IN A 192.0.2.2
"""
RECORDS = [
    ("A", "192.0.2.1", "192.0.2.1"),
    ("AAAA", "2001:db8::1", "2001:db8::1"),
    ("NS", "NS1.Example.", "ns1.example"),
    ("MX", "10 mx.example.", "10 mx.example"),
    ("MX", "0 .", "0 ."),
    ("TXT", '"v=spf1 " "-all"', "v=spf1 -all"),
    ("TXT", '"caf\\195\\169 \\007"', "caf\u00c3\u00a9 \x07"),
    ("CAA", '0 issue "ca.example"', "0 issue ca.example"),
    ("TLSA", "3 1 1 " + "0A" * 32, "3 1 1 " + "0a" * 32),
    ("SOA", "ns.example. host.example. 1 2 3 4 5", "ns.example host.example 1 2 3 4 5"),
    ("SRV", "1 2 443 a.example.", "1 2 443 a.example"),
    ("PTR", "a\\.b.example.", "a\\.b.example"),
    ("DS", "1 13 2 " + "ab" * 32, "00010d02" + "ab" * 32),
]


def answer_to(sent: bytes, zone: str, *, rcode: int = 0, ad: bool = False) -> bytes:
    """What a resolver would say, made by another library."""
    response = dns.message.make_response(dns.message.from_wire(sent))
    response.set_rcode(dns.rcode.Rcode(rcode))
    if ad:
        response.flags |= 0x20
    for row in zone.splitlines():
        response.answer.append(dns.rrset.from_text_list(*_fields(row)))
    return response.to_wire(max_size=65535)


def _fields(row: str):
    name, ttl, group, kind, text = row.split(" ", 4)
    return name, int(ttl), group, kind, [text]


def ask(name: str, kind: str, zone: str, **more) -> dns_wire.Answer:
    section = dns_wire.question(name, kind)
    sent = dns_wire.message(7, section)
    data = answer_to(sent, zone, **more)
    assert dns_wire.answers(data, 7, section)
    return dns_wire.read(data, section)


def test_the_question_asks_for_signatures_and_ad() -> None:
    sent = dns.message.from_wire(dns_wire.message(4660, dns_wire.question("Www.Dijkstad.example.", "AAAA")))
    assert sent.id == 4660
    assert sent.flags == 0x0120
    assert sent.ednsflags == 0x8000
    assert sent.payload == 1232
    assert sent.question[0].rdtype == dns.rdatatype.AAAA
    unchecked = dns.message.from_wire(dns_wire.message(1, dns_wire.question("a.nl", "A"), checking=False))
    assert unchecked.flags == 0x0130


@pytest.mark.parametrize(("kind", "text", "read"), RECORDS)
def test_records_in_presentation_form(kind: str, text: str, read: str) -> None:
    answer = ask("dijkstad.example", kind, f"dijkstad.example. 60 IN {kind} {text}", ad=True)
    assert answer.records == (read,)
    assert answer.authentic
    assert answer.rcode == "NOERROR"


def test_aliases_are_followed_in_order() -> None:
    answer = ask("www.dijkstad.example", "A", ZONE)
    assert answer.aliases == ("a.hosting.example", "b.hosting.example")
    assert answer.records == ("192.0.2.1", "192.0.2.2")
    assert not answer.authentic


def test_aliases_that_go_round_are_malformed() -> None:
    with pytest.raises(MalformedError, match="round"):
        ask("a.example", "A", "a.example. 60 IN CNAME b.example.\nb.example. 60 IN CNAME a.example.")


def test_records_of_other_names_do_not_count() -> None:
    answer = ask("a.example", "A", "evil.example. 60 IN A 192.0.2.66\nb.example. 60 IN CNAME a.example.")
    assert answer.records == ()


@pytest.mark.parametrize(("rcode", "word"), [(2, "SERVFAIL"), (3, "NXDOMAIN"), (5, "REFUSED"), (11, "RCODE11")])
def test_rcodes(rcode: int, word: str) -> None:
    assert ask("a.example", "A", "", rcode=rcode).rcode == word


def test_extended_errors_are_kept_and_made_printable() -> None:
    section = dns_wire.question("a.example", "A")
    response = dns.message.make_response(dns.message.from_wire(dns_wire.message(7, section)))
    response.use_edns(0, options=[dns.edns.EDEOption(6, "DNSSEC\nBogus")])
    assert dns_wire.read(response.to_wire(), section).ede == ((6, "DNSSEC Bogus"),)


def test_only_the_answer_to_the_question_is_one() -> None:
    section = dns_wire.question("a.example", "A")
    good = answer_to(dns_wire.message(7, section), "")
    assert dns_wire.answers(good, 7, section)
    assert dns_wire.answers(good[:12] + b"\1A\7EXAMPLE" + good[22:], 7, section)  # the case of letters is no matter
    assert not dns_wire.answers(good, 8, section)
    assert not dns_wire.answers(good, 7, dns_wire.question("b.example", "A"))
    assert not dns_wire.answers(good, 7, dns_wire.question("a.example", "AAAA"))
    assert not dns_wire.answers(dns_wire.message(7, section), 7, section)  # a question is no answer
    assert not dns_wire.answers(good[:20], 7, section)


def hostile(records: bytes, count: int = 1) -> tuple[bytes, bytes]:
    section = dns_wire.question("a.example", "A")
    return struct.pack(">HHHHHH", 7, 0x8180, 1, count, 0, 0) + section + records, section


LOOP = b"\xc0" + bytes([12 + 15])  # points at itself: the first octet after the question


@pytest.mark.parametrize(
    "records",
    [
        LOOP + b"\0\1\0\1\0\0\0\1\0\4abcd",
        b"\xff\xff\0\1\0\1\0\0\0\1\0\4abcd",  # points past the message
        b"\x40a\0\0\1\0\1\0\0\0\1\0\4abcd",  # a label of an unknown kind
        b"\x3fa",  # a label that runs on past the end
        b"\0\0\1\0\1\0\0\0\1\xff\xff1",  # a record that runs on past the end
        b"\xc0\x0c\0\1\0\1\0\0\0\1\0\3abc",  # an address of three octets
        b"",
        b"\0",
        (b"\x3f" + b"a" * 63) * 5 + b"\0\0\1\0\1\0\0\0\1\0\0",  # a name of more than 255 octets
    ],
)
def test_hostile_messages_are_malformed(records: bytes) -> None:
    data, section = hostile(records)
    with pytest.raises(MalformedError):
        dns_wire.read(data, section)


def test_a_ladder_of_pointers_has_an_end() -> None:
    ladder = b"".join(struct.pack(">H", 0xC000 | (27 + 2 * step)) for step in range(200))
    data, section = hostile(b"\0\0\1\0\1\0\0\0\1" + struct.pack(">H", len(ladder)) + ladder, 1)
    with pytest.raises(MalformedError):
        dns_wire.from_wire(data, len(data) - 2)
    assert dns_wire.read(data, section).records == ()


@given(st.binary(max_size=300))
def test_whatever_comes_in_is_an_answer_or_malformed(octets: bytes) -> None:
    for kind in ("A", "MX", "TXT", "SOA", "CAA", "TLSA", "SRV"):
        section = dns_wire.question("a.example", kind)
        data = struct.pack(">HHHHHH", 7, 0x8180, 1, 3, 1, 1) + section + octets
        try:
            dns_wire.read(data, section)
        except MalformedError:
            pass


@given(st.integers(0, len(RECORDS) - 1), st.data())
def test_a_good_answer_with_one_octet_changed_never_breaks_the_reader(which: int, data) -> None:
    kind, text, _ = RECORDS[which]
    section = dns_wire.question("dijkstad.example", kind)
    good = bytearray(answer_to(dns_wire.message(7, section), f"dijkstad.example. 60 IN {kind} {text}"))
    place = data.draw(st.integers(len(section) + 12, len(good) - 1))
    good[place] = data.draw(st.integers(0, 255))
    try:
        dns_wire.read(bytes(good[: data.draw(st.integers(len(section) + 12, len(good)))]), section)
    except MalformedError:
        pass


labels = st.binary(min_size=1, max_size=20)


@given(st.lists(labels, min_size=1, max_size=8))
def test_a_name_survives_both_ways(parts: list[bytes]) -> None:
    wire = b"".join(bytes([len(part)]) + part.lower() for part in parts) + b"\0"
    name, after = dns_wire.from_wire(wire, 0)
    assert after == len(wire)
    assert dns_wire.to_wire(name) == wire
    assert name.isprintable()
    assert name.isascii()


@pytest.mark.parametrize("name", ["a..b", "a" * 64 + ".nl", "é.nl", ".nl", "a\\999.nl", "a." * 130])
def test_no_names(name: str) -> None:
    with pytest.raises(MalformedError):
        dns_wire.to_wire(name)


def test_the_root_is_a_dot() -> None:
    assert dns_wire.to_wire(".") == dns_wire.to_wire("") == b"\0"
    assert dns_wire.from_wire(b"\0", 0) == (".", 1)
