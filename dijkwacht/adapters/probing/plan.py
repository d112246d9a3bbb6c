"""Which hellos an address gets, in which order, and which are left out because an earlier answer settled them.

A sound server of TLS 1.2 and 1.3 gets one full handshake, six hellos and one question for renegotiation; one of TLS 1.3 alone
a handshake and two hellos.
"""

from dataclasses import replace
from typing import Final

from OpenSSL import SSL

from dijkwacht.adapters.probing.handshake import Renegotiation
from dijkwacht.adapters.probing.hello import PHASE_OUT, TLS11, TLS12, TLS13, make, ssl2_octets, standard
from dijkwacht.adapters.probing.suites import ECDHE_AEAD, ELLIPTIC, WEAK, Suites, without_kind_of
from dijkwacht.adapters.probing.talk import PATIENCE
from dijkwacht.adapters.probing.tls import LEVEL, Examination, TlsLook, Use
from dijkwacht.core.checks.observed import HelloSeen

LISTING: Final = 3
"""The level from which every weak suite is listed, one connection each."""
_MOST_ROUNDS: Final = 80
_PROTOCOL_VERSION: Final = 70


async def examine(examination: Examination, *, level: int, use: Use | None = None) -> TlsLook:
    """The whole plan; `use` gets the finished tunnel (for HTTP). `level`: 2, or 3 to list every weak suite."""
    look = examination.look
    finished = await examination.finish(use)
    if look.reach != "open":
        return look
    first = await examination.hello(standard("tls12"))
    if not finished and first.answer == "hello":
        # A server that breaks on the hello of TLS 1.3, or has a certificate that 1.3 cannot carry.
        await examination.finish(use, SSL.TLS1_2_VERSION)
    shaken = look.handshake.version if look.handshake and look.handshake.ok else 0
    if not examination.over and (first.answer != "alert" or first.alert != _PROTOCOL_VERSION or shaken == TLS12):
        await _suites(examination, first, level)
        await _old_versions(examination, level)
        await _strength(examination)
    if shaken in (0, TLS13) and not examination.over:
        await examination.hello(standard("ccm8"))
    examination.from_hello()
    return look


async def _suites(examination: Examination, first: HelloSeen, level: int) -> None:
    """Which kinds of suites are accepted, and whether the good ones are preferred."""
    chose_weak = first.answer == "hello" and first.suite in PHASE_OUT
    if chose_weak:
        await examination.hello(standard("good"))
    offered = _less(WEAK, first.suite, level) if chose_weak else WEAK
    seen = await examination.hello(make("weak", offered) if chose_weak else standard("weak"))
    accepted = []
    for _ in range(_MOST_ROUNDS):
        if seen.answer != "hello" or seen.suite not in offered:
            break
        accepted.append(seen.suite)
        offered = _less(offered, seen.suite, level)
        seen = await examination.hello(make("weak_next", offered), level=level)
    if first.answer == "hello" and not chose_weak and set(accepted) & set(PHASE_OUT):
        await _order(examination, first, level)


def _less(offered: Suites, chosen: int, level: int) -> Suites:
    """What to offer next: without the kind of what was chosen, or on the level of listing without that suite alone."""
    if level >= LISTING:
        return tuple(suite for suite in offered if suite != chosen)
    return without_kind_of(chosen, offered)


async def _order(examination: Examination, first: HelloSeen, level: int) -> None:
    """Both kinds are accepted and the best good suite is preferred: is the next one too?"""
    left, chosen = ECDHE_AEAD, first.suite
    for _ in range(len(ECDHE_AEAD) if level >= LISTING else 1):
        left = tuple(suite for suite in left if suite != chosen)
        seen = await examination.hello(make("order", (*PHASE_OUT, *left)))
        if seen.answer != "hello":
            return
        chosen = seen.suite
        if chosen in PHASE_OUT:
            await examination.hello(make("good", left))
            return


async def _old_versions(examination: Examination, level: int) -> None:
    """TLS 1.1 and older: a server answers with the highest it has, so a refusal settles all."""
    seen = await examination.hello(standard("tls11"))
    old = seen.answer == "hello"
    if old and seen.version == TLS11:
        await examination.hello(standard("tls10"))
    if old:
        seen = await examination.hello(standard("ssl3"))
    if level >= LISTING or (old and seen.answer == "hello"):
        await examination.say("ssl2", ssl2_octets())


async def _strength(examination: Examination) -> None:
    """Signatures, curves and renegotiation: only of a server that speaks TLS 1.2."""
    look = examination.look
    shaken = look.handshake if look.handshake and look.handshake.ok else None
    seen = [each for each in look.hellos if each.answer == "hello" and each.version == TLS12]
    if not seen and not (shaken and shaken.version == TLS12):
        return
    weak = await examination.hello(standard("weak_hash"))
    if weak.hash == "sha224":
        await examination.hello(standard("sha1"))
    if not seen or any(each.suite in ELLIPTIC for each in seen):
        await examination.hello(standard("weak_groups"))
    if shaken is None:
        return
    patience = examination.patience
    talk = await examination.opened(lambda: Renegotiation(examination.name, patience.now() or PATIENCE), LEVEL)
    if talk is not None:
        look.handshake = replace(shaken, renegotiation=await patience.wait(talk.result))
