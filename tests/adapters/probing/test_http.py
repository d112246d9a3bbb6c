"""Answers of HTTP: read whole or in part, within limits, whoever sends them."""

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.probing import http
from dijkwacht.adapters.probing.http import BODY, Reader, request, target_of

CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n"
    b"5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: t\r\n\r\n"
)


def read(data: bytes, *, end: bool = True) -> Reader:
    reader = Reader()
    if not reader.feed(data) and end:
        reader.end()
    return reader


def test_an_answer_with_a_length() -> None:
    found = read(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: a\r\nx:  b \r\n\r\nhi", end=False)
    assert (found.status, found.body, found.reusable) == (200, b"hi", True)
    response = found.response("https://a.example/")
    assert response.values("x") == ("a", "b")
    assert (response.size, response.truncated, response.reason) == (2, False, "")


@given(cuts=st.lists(st.integers(1, len(CHUNKED) - 1), max_size=10))
def test_chunks_however_they_are_cut(cuts: list[int]) -> None:
    reader, at, done = Reader(), 0, False
    for cut in sorted({*cuts, len(CHUNKED)}):
        done = reader.feed(CHUNKED[at:cut])
        at = cut
    assert done
    assert reader.reusable
    assert (reader.body, reader.truncated) == (b"hello world", False)


def test_without_a_length_the_end_is_the_end() -> None:
    found = read(b"HTTP/1.1 200 OK\r\n\r\nall of it")
    assert (found.body, found.truncated, found.reusable) == (b"all of it", False, False)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no_answer"),
        (b"HTTP/1.1 200 OK\r\nX: y", "broken_off"),
        (b"SSH-2.0-x\r\n\r\n", "not_http"),
        (b"HTTP/1.1 999 No\r\n\r\n", "not_http"),
        (b"x" * 70_000, "head_too_long"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", "head_too_long"),
    ],
)
def test_no_answer_says_why(data: bytes, reason: str) -> None:
    found = read(data)
    assert (found.status, found.reason, found.body) == (0, reason, b"")


def test_a_body_cut_short_says_so() -> None:
    assert read(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi").truncated
    assert read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel").truncated
    assert read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n").truncated
    assert read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello").truncated


def test_continue_is_not_the_answer() -> None:
    found = read(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", end=False)
    assert (found.status, found.headers) == (204, [])


def test_a_flood_of_tiny_chunks_is_cut_off() -> None:
    reader = Reader()
    reader.feed(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    fed = next(count for count in range(1000) if reader.feed(b"1\r\nx\r\n" * 10_000))
    assert fed == 2
    assert reader.truncated


def test_megabytes_are_cut_off() -> None:
    reader = Reader()
    reader.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")
    for _ in range(100):
        if reader.feed(b"x" * 65536):
            break
    assert (len(reader.body), reader.truncated, reader.reusable) == (BODY, True, False)


def test_packed_bodies_are_unpacked_and_bombs_are_not() -> None:
    def packed(body: bytes) -> Reader:
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        return read(head + body, end=False)

    assert packed(gzip.compress(b"hallo" * 100)).body == b"hallo" * 100
    assert packed(zlib.compress(b"hallo")).body == b"hallo"
    bomb = packed(gzip.compress(b"\0" * 50_000_000))
    assert (len(bomb.body), bomb.truncated) == (BODY, True)
    assert packed(b"not gzip at all").truncated


def test_control_characters_and_too_many_headers() -> None:
    found = read(b"HTTP/1.1 200 OK\r\nServer: a\x00\x1b[31m\x85b\r\nX: one\r\n two\r\n\r\n")
    assert found.value("server") == "a\ufffd\ufffd[31m\ufffdb"
    assert found.value("x") == "one two"
    many = read(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5000 + b"\r\n")
    assert len(many.headers) == 100


@settings(max_examples=300)
@given(parts=st.lists(st.binary(max_size=100), max_size=8), start=st.sampled_from((b"", CHUNKED[:80], CHUNKED[:60])))
def test_nothing_raises(parts: list[bytes], start: bytes) -> None:
    reader = Reader()
    reader.feed(start)
    for part in parts:
        reader.feed(part)
    reader.end()
    reader.response("https://a.example/")


def test_a_request_cannot_be_broken_open() -> None:
    sent = request("https://a.example:8443/p\r\nEvil: 1?q=é#f", "Dijkwacht")
    assert sent.count(b"\r\n\r\n") == 1
    assert b"\nEvil" not in sent
    assert sent.startswith(b"GET /pEvil:%201?q=%C3%A9 HTTP/1.1\r\nHost: a.example:8443\r\n") or b"%0D%0A" in sent


@settings(max_examples=200)
@given(text=st.text(max_size=60))
def test_a_redirect_leads_to_a_url_or_nowhere(text: str) -> None:
    found = target_of("https://a.example/x", text)
    assert found == "" or found.startswith(("http://", "https://"))
    if found:
        assert request(found, "x").count(b"\r\n") == 6


def test_where_redirects_lead() -> None:
    assert target_of("https://a.example/x", "/y#z") == "https://a.example/y"
    assert target_of("https://a.example/x", "//b.example") == "https://b.example"
    assert target_of("https://a.example/x", "https://bücher.example/") == "https://xn--bcher-kva.example/"
    assert target_of("https://a.example/x", "https://[2001:db8::1]:8443/") == "https://[2001:db8::1]:8443/"
    assert target_of("https://a.example/x", "https://user:word@b.example/") == "https://b.example/"
    for nowhere in (
        "javascript:alert(1)",
        "ftp://b.example/",
        "",
        "https://[::1",
        "https://b.example:x/",
        "https://a b/",
    ):
        assert target_of("https://a.example/x", nowhere) == ""


def test_text_is_cleaned() -> None:
    assert http.clean("a\x00b\x9fc\n") == "a\ufffdb\ufffdc\ufffd"
    assert http.clean("é\ttab") == "é\ttab"
