"""A whole look at a web address on loopback: pages, redirects, security.txt, and servers that mean no good."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import pytest

from adapters.probing.lines import Authority, LoopGate, answer, routes, run, says, server
from dijkwacht.adapters.probing.gate import Denied
from dijkwacht.adapters.probing.talk import Patience
from dijkwacht.adapters.probing.web import WebLook, look_at_web

AUTHORITY = Authority()
NAME = "www.dijkstad.example"
PAGE = b"<html><script src='https://cdn.volger.example/x.js'></script>hallo</html>"
SECTXT = b"Contact: mailto:csirt@dijkstad.example\nExpires: 2027-05-01T12:00:00Z\n"
WELL = "/.well-known/security.txt"
TEXT = "text/plain; charset=utf-8"


def looked(
    tmp_path: Path, secure: Any, plain: Any = None, *, allowed: tuple[str, ...] = (), patience: Patience | None = None
) -> tuple[WebLook, LoopGate]:
    async def follow(host: str, near: str) -> str:
        if host not in allowed:
            raise Denied("no_consent")
        return near

    async def test() -> tuple[WebLook, LoopGate]:
        leaf, key = AUTHORITY.leaf(NAME)
        async with contextlib.AsyncExitStack() as stack:
            ports = {}
            if secure:
                context = AUTHORITY.context(tmp_path, leaf, key)
                ports[443] = await stack.enter_async_context(server(secure, context))
            if plain:
                ports[80] = await stack.enter_async_context(server(plain))
            gate = LoopGate(ports)
            found = await look_at_web(
                gate,  # type: ignore[arg-type]
                name=NAME,
                address="192.0.2.80",
                trust=AUTHORITY.trust(),
                level=2,
                follow=follow,
                patience=patience,
            )
            return found, gate

    return run(test())


def test_a_sound_site(tmp_path: Path) -> None:
    secure = routes({"/": answer(PAGE, "Strict-Transport-Security: max-age=1"), WELL: answer(SECTXT, kind=TEXT)})
    plain = routes({"/": answer(b"", f"Location: https://{NAME}/", status="301 Moved")})
    found, gate = looked(tmp_path, secure, plain)
    seen = found.address
    assert (seen.https, seen.http) == ("open", "open")
    assert seen.front
    assert seen.front.status == 200
    assert seen.front.values("strict-transport-security") == ("max-age=1",)
    assert seen.plain
    assert seen.plain.values("location") == (f"https://{NAME}/",)
    assert seen.hops == seen.plain_hops == ()
    assert seen.page
    assert seen.page.third_parties == ("cdn.volger.example",)
    assert found.body == PAGE
    text = seen.security_txt
    assert text
    assert text.status == 200
    assert text.errors == ()
    assert "not_signed" in text.recommendations
    assert text.contacts == ("mailto:csirt@dijkstad.example",)
    assert text.expires == "2027-05-01T12:00:00Z"
    # Six hellos, one more because Python signs with SHA-224 if asked; handshake, renegotiation, port 80.
    assert len(gate.asked) == 10
    assert gate.most == 1


def test_a_server_that_hangs_up_after_each_answer(tmp_path: Path) -> None:
    closes = answer(PAGE, "Connection: close")

    async def secure(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(closes if b"GET / " in head else answer(b"", "Connection: close", status="404 Not Found"))
        await writer.drain()

    seen = looked(tmp_path, secure)[0].address
    assert seen.front
    assert seen.front.status == 200
    assert seen.security_txt
    assert (seen.security_txt.url, seen.security_txt.status) == ("", 404)
    assert seen.http == "closed"


@pytest.mark.parametrize(
    ("pages", "errors"),
    [
        ({"/security.txt": answer(SECTXT, kind=TEXT)}, {"location"}),
        ({WELL: answer(SECTXT, kind="application/octet-stream")}, {"invalid_media"}),
        ({WELL: answer(SECTXT, kind="text/plain; charset=latin-1")}, {"invalid_charset"}),
        ({WELL: answer(b"Expires: 2020-01-01T00:00:00Z\n", kind=TEXT)}, {"no_contact", "expired"}),
        ({WELL: answer(b"<html>niet gevonden</html>")}, {"invalid_media", "no_contact"}),
        ({WELL: answer(b"x" * 100_000, kind=TEXT)}, {"too_long"}),
        ({WELL: answer(b"\xff\xfe\x00" * 50, kind=TEXT)}, {"no_contact"}),
    ],
)
def test_security_txt_that_is_not_in_order(tmp_path: Path, pages: dict[str, bytes], errors: set[str]) -> None:
    found = looked(tmp_path, routes({"/": answer(PAGE), **pages}))[0].address.security_txt
    assert found
    assert found.url
    assert errors <= set(found.errors)


def test_security_txt_elsewhere_needs_consent(tmp_path: Path) -> None:
    central = "centraal.dijkstad.example"
    to = answer(b"", f"Location: https://{central}{WELL}", status="302 Found")
    secure = routes({"/": answer(PAGE), f"{NAME}{WELL}": to, f"{central}{WELL}": answer(SECTXT, kind=TEXT)})
    followed = looked(tmp_path, secure, allowed=(central,))[0].address.security_txt
    assert followed
    assert followed.url == f"https://{central}{WELL}"
    assert followed.errors == ()
    stopped = looked(tmp_path, secure)[0].address.security_txt
    assert stopped
    assert (stopped.url, stopped.reason) == ("", "no_consent")


def redirect(to: str) -> bytes:
    return answer(b"", f"Location: {to}", status="302 Found")


def test_redirects_are_followed_as_far_as_allowed(tmp_path: Path) -> None:
    other = "dijkstad.example"
    secure = routes({f"{NAME}/": redirect(f"https://{other}/"), f"{other}/": answer(b"<html>elders</html>")})
    found, _ = looked(tmp_path, secure, allowed=(other,))
    assert [each.status for each in found.address.hops] == [200]
    assert found.body == b"<html>elders</html>"
    assert found.address.front
    assert found.address.front.status == 302
    stopped, _ = looked(tmp_path, secure)
    assert [(each.status, each.reason) for each in stopped.address.hops] == [(0, "no_consent")]


def test_redirects_in_a_circle_and_without_end(tmp_path: Path) -> None:
    hops = looked(tmp_path, routes({"/": redirect("/a"), "/a": redirect("/")}))[0].address.hops
    assert [each.reason for each in hops] == ["", "loop"]

    count = 0

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        while True:
            await reader.readuntil(b"\r\n\r\n")
            count += 1
            writer.write(redirect(f"/{count}"))
            await writer.drain()

    hops = looked(tmp_path, endless)[0].address.hops
    assert len(hops) == 9
    assert hops[-1].reason == "too_many_redirects"


def test_plain_redirects_are_followed_on_the_name_itself_only(tmp_path: Path) -> None:
    plain = routes({"/": redirect(f"http://{NAME}/a"), "/a": redirect(f"https://{NAME}/")})
    found, gate = looked(tmp_path, None, plain)
    assert found.address.https == "closed"
    assert [each.values("location") for each in found.address.plain_hops] == [(f"https://{NAME}/",)]
    assert len(gate.asked) == 3


def test_a_page_without_tls_is_still_a_page(tmp_path: Path) -> None:
    found, _ = looked(tmp_path, None, says(answer(PAGE)))
    assert found.address.plain
    assert found.address.plain.status == 200
    assert found.address.front is None
    assert found.body == PAGE


def test_megabytes_and_nonsense(tmp_path: Path) -> None:
    async def floods(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    found, _ = looked(tmp_path, floods)
    assert found.address.front
    assert found.address.front.truncated
    assert len(found.body) == 500_000
    nonsense, _ = looked(tmp_path, says(b"\x00\x01\x02 nothing\r\n\r\n"))
    assert nonsense.address.front
    assert nonsense.address.front.reason == "not_http"
    assert nonsense.address.security_txt is None


def test_a_tarpit_on_both_ports_is_left_alone(tmp_path: Path) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    patience = Patience(left=0.25, each=0.1, free=0.0)

    async def test() -> None:
        async with server(silent) as port:
            gate = LoopGate({443: port, 80: port})
            began = asyncio.get_running_loop().time()
            found = await look_at_web(
                gate,  # type: ignore[arg-type]
                name=NAME,
                address="192.0.2.80",
                trust=AUTHORITY.trust(),
                level=2,
                follow=_nowhere,
                patience=patience,
            )
            assert asyncio.get_running_loop().time() - began < 2
            assert found.address.https == "open"
            assert found.address.front is None
            assert found.address.plain
            assert found.address.plain.reason
            assert len(gate.asked) == 3

    run(test())


async def _nowhere(host: str, near: str) -> str:
    raise Denied("no_consent")


def test_what_comes_unasked_is_kept_for_later_but_not_without_end(tmp_path: Path) -> None:
    """A server that talks between two requests: OpenSSL must see all of it, and there is a limit."""
    elsewhere = "centraal.dijkstad.example"
    gone: list[asyncio.Event] = []

    async def chatty(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if elsewhere.encode() in head:
            await gone[0].wait()
            writer.write(answer(SECTXT, kind=TEXT))
            return
        writer.write(answer(PAGE))
        await reader.readuntil(b"\r\n\r\n")
        writer.write(redirect(f"https://{elsewhere}{WELL}"))
        gone.append(asyncio.Event())
        try:
            while True:
                writer.write(b"x" * 65536)
                await writer.drain()
        finally:
            gone[0].set()

    found, _ = looked(tmp_path, chatty, allowed=(elsewhere,))
    assert found.address.security_txt
    assert found.address.security_txt.url == f"https://{elsewhere}{WELL}"
