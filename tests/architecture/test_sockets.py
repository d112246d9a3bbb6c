"""The gate is the only way out for probing: no other module opens a socket, and who asks the gate hands it a level."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture import house

GATE = "dijkwacht/adapters/probing/gate.py"
STAMPS = "dijkwacht/adapters/timestamp.py"  # asks a time stamp authority that an installation named; no target
FEEDS = "dijkwacht/adapters/csaf/https.py"  # fetches what publishers offer, from addresses that it judged; no target
OPENERS = {
    "open_connection", "open_unix_connection", "create_connection", "create_datagram_endpoint", "create_unix_connection",
    "start_tls", "sock_connect", "connect_ex", "socketpair", "urlopen", "urlretrieve", "build_opener",
    "HTTPConnection", "HTTPSConnection",
    "SMTP", "SMTP_SSL", "getaddrinfo", "gethostbyname", "gethostbyaddr",
}  # fmt: skip
MODULES = {"http.client", "ftplib", "telnetlib", "urllib.request", "requests", "httpx", "aiohttp", "dns"}


def openings(source: str) -> Iterator[str]:
    """What in a source opens a connection or could, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            named = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if named in OPENERS or ast.unparse(node.func) in ("socket.socket", "socket"):
                yield f"{node.lineno}: {ast.unparse(node.func)}()"
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [f"{node.module}.{each.name}" for each in node.names] if isinstance(node, ast.ImportFrom) else []
        yield from (f"{node.lineno}: imports {name}" for name in names if name in MODULES or name == "socket.socket")


@pytest.mark.parametrize("path", house.modules(), ids=house.name)
def test_no_module_but_the_gate_opens_a_connection(path) -> None:
    found = list(openings(path.read_text()))
    if house.name(path) == GATE:
        assert {each.split(": ")[1] for each in found} == {
            "loop.create_connection()",
            "loop.create_datagram_endpoint()",
        }
    elif house.name(path) == FEEDS:
        assert {each.split(": ")[1] for each in found} == {
            "imports http.client", "http.client.HTTPConnection()", "socket.create_connection()", "socket.getaddrinfo()",
        }  # fmt: skip
    elif house.name(path) != STAMPS:
        assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "import socket\nsocket.socket()", "from socket import socket", "await asyncio.open_connection('a', 1)",
        "loop.create_datagram_endpoint(x)", "import urllib.request", "from urllib import request", "smtplib.SMTP('a')",
        "socket.getaddrinfo('a', 1)", "loop.sock_connect(s, a)", "from http import client",
    ],
)  # fmt: skip
def test_the_check_sees_an_opening(source: str) -> None:
    assert list(openings(source))
