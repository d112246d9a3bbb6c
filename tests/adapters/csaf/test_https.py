"""Fetching: where it may go, how long, how much. The servers are on this machine; nothing else is reached."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dijkwacht.adapters.csaf.https import Https, Policy, Refused, public, resolved

HERE = (ipaddress.ip_network("127.0.0.1/32"),)
Pages = dict[str, tuple[int, dict[str, str], bytes]]


@contextmanager
def site(pages: Pages) -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """A server with these pages; its address and what it was asked."""
    asked: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, headers, body = pages.get(self.path, (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the library uses
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def raw_server(act: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """A server that does what ``act`` does with each connection, until it is told to stop."""
    stop = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection:
            try:
                act(connection, stop)
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        stop.set()
        listening.close()
        thread.join(5)


def here(**changes: object) -> Https:
    return Https(Policy(plain=True, inside=HERE, **changes))  # type: ignore[arg-type]


def code(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.code


def test_a_page() -> None:
    with site({"/a": (200, {}, b"inhoud")}) as (base, asked):
        answer = here().get(f"{base}/a")
        assert (answer.status, answer.body) == (200, b"inhoud")
        assert asked[0][1]["accept-encoding"] == "identity"


def test_only_what_changed() -> None:
    with site({"/a": (200, {"ETag": '"1"'}, b"inhoud")}) as (base, _):
        answer = here().get(f"{base}/a")
        assert here().get(f"{base}/a", etag=answer.headers["etag"]).status == 304


@pytest.mark.parametrize(
    "url", ["http://dijkteam.example/", "ftp://dijkteam.example/", "file:///etc/passwd", "dijkteam.example", "//x/", ""]
)
def test_only_https(url: str) -> None:
    with pytest.raises(Refused) as error:
        Https(resolve=lambda *_: pytest.fail("was resolved")).get(url)
    assert code(error) == "not_https"


@pytest.mark.parametrize(
    "url",
    [
        "https:///x",
        "https://iemand:geheim@dijkteam.example/",
        "https://x.example:99999/",
        "https://x.example/a b",
        "https://x.example/a\r\nHost: y",
        "https://[x/",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(Refused) as error:
        Https(resolve=lambda *_: pytest.fail("was resolved")).get(url)
    assert code(error) == "bad_address"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.5.5",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "ff02::1",
        "rommel",
        "fe80::1%eth0",
    ],
)
def test_addresses_inside(address: str) -> None:
    assert not public(address, Policy())
    with pytest.raises(Refused) as error:
        Https(resolve=lambda *_: [address]).get("https://dijkteam.example/")
    assert code(error) == "inside"


def test_one_address_inside_among_others_is_refused() -> None:
    with pytest.raises(Refused) as error:
        Https(resolve=lambda *_: ["93.184.216.34", "10.0.0.1"]).get("https://dijkteam.example/")
    assert (code(error), error.value.params["address"]) == ("inside", "10.0.0.1")


def test_public_addresses() -> None:
    assert public("93.184.216.34", Policy())
    assert public("2606:2800:220:1::1", Policy())
    assert public("10.1.2.3", Policy(inside=(ipaddress.ip_network("10.1.0.0/16"),)))


@pytest.mark.parametrize(
    ("target", "why"),
    [("http://10.0.0.1/", "inside"), ("http://169.254.169.254/latest", "inside"), ("http://127.0.0.2/", "inside"),
     ("file:///etc/passwd", "not_https"), ("https://[::1", "bad_address")],
)  # fmt: skip
def test_a_redirect_inside_is_refused(target: str, why: str) -> None:
    with site({"/a": (302, {"Location": target}, b"")}) as (base, _):
        with pytest.raises(Refused) as error:
            here().get(f"{base}/a")
        assert code(error) == why


def test_a_name_is_resolved_once_per_request() -> None:
    """A name that answers with a public address first and one inside later does not get a second chance."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    with site({"/a": (200, {}, b"inhoud")}) as (base, asked):
        port = base.rsplit(":", 1)[1]
        https = Https(Policy(plain=True, inside=HERE), resolve=lambda *_: answers.pop(0))
        assert https.get(f"http://dijkteam.example:{port}/a").body == b"inhoud"
        assert asked[0][1]["host"] == f"dijkteam.example:{port}"
    assert answers == [["10.0.0.1"]]


def test_redirects_end() -> None:
    with site({"/a": (302, {"Location": "/a"}, b"")}) as (base, asked):
        with pytest.raises(Refused) as error:
            here(redirects=2).get(f"{base}/a")
        assert (code(error), len(asked)) == ("too_many_redirects", 3)


def test_a_redirect_is_followed() -> None:
    with site({"/a": (301, {"Location": "/b"}, b""), "/b": (200, {}, b"hier")}) as (base, _):
        answer = here().get(f"{base}/a")
        assert (answer.body, answer.url) == (b"hier", f"{base}/b")


def test_sizes() -> None:
    with site({"/a": (200, {}, b"x" * 1000)}) as (base, _):
        assert len(here(size=1000).get(f"{base}/a").body) == 1000
        with pytest.raises(Refused) as error:
            here(size=999).get(f"{base}/a")
        assert code(error) == "too_big"
        with pytest.raises(Refused, match="too_big"):
            here().get(f"{base}/a", size=10)


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [(404, {}, "status"), (500, {}, "status"), (200, {"Content-Encoding": "gzip"}, "bad_coding")],
)
def test_answers_that_are_none(status: int, headers: dict[str, str], expected: str) -> None:
    with site({"/a": (status, headers, b"x")}) as (base, _), pytest.raises(Refused) as error:
        here().get(f"{base}/a")
    assert code(error) == expected


def test_a_server_that_never_answers() -> None:
    def wait(_: socket.socket, stop: threading.Event) -> None:
        stop.wait(10)

    with raw_server(wait) as url, pytest.raises(Refused) as error:
        here(seconds=0.2).get(url)
    assert code(error) == "too_slow"


def test_a_server_that_drips() -> None:
    def drip(connection: socket.socket, stop: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not stop.wait(0.02):
            connection.sendall(b"x")

    with raw_server(drip) as url, pytest.raises(Refused) as error:
        here(seconds=0.3).get(url)
    assert code(error) == "too_slow"


def test_a_server_that_drips_headers() -> None:
    def drip(connection: socket.socket, stop: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while not stop.wait(0.02):
            connection.sendall(b"x")

    with raw_server(drip) as url, pytest.raises(Refused) as error:
        here(seconds=0.3).get(url)
    assert code(error) == "too_slow"


@pytest.mark.parametrize("said", [b"", b"rommel\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nkort"])
def test_a_server_that_hangs_up(said: bytes) -> None:
    def act(connection: socket.socket, _: threading.Event) -> None:
        connection.recv(4096)
        connection.sendall(said)

    with raw_server(act) as url, pytest.raises(Refused) as error:
        here().get(url)
    assert code(error) == "no_answer"


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Refused) as error:
        here().get(f"http://127.0.0.1:{port}/")
    assert code(error) == "no_answer"


def test_a_certificate_of_another_is_no_answer() -> None:
    with site({}) as (base, _), pytest.raises(Refused) as error:
        here().get(base.replace("http://", "https://"))
    assert code(error) == "no_answer"


def test_names() -> None:
    with pytest.raises(Refused) as error:
        Https(resolve=lambda *_: []).get("https://dijkteam.example/")
    assert code(error) == "no_such_name"
    assert resolved("127.0.0.1", 443) == ["127.0.0.1"]
    assert resolved("x" * 300, 443) == []
