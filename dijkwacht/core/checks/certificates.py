"""Certificates as sent: the chain, the name, the keys, the signatures, how long they still last, and the OCSP answer beside them.

Each says one thing: a certificate for another name may well be trusted, and one that has expired is wrong for its end alone.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from dijkwacht.core.checks.ends import End, certificates, over
from dijkwacht.core.checks.finding import Area, Finding, Why, Word
from dijkwacht.core.checks.observed import Certificate, DomainSeen
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.tlsa import TIME, usable
from dijkwacht.core.checks.weighing import Weighed, newest, weigh

CHECKS = ("cert_trust", "cert_hostmatch", "cert_pubkey", "cert_signature", "certificate_expiry")


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`cert_…` and `certificate_expiry` of each address and, of a web address, `ocsp_stapling`."""
    yield from over(seen, policy, CHECKS, _judge)
    for each in over(seen, policy, ("ocsp_stapling",), _staple):
        if each.area == "web":
            yield each


def _judge(end: End, seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    sent = certificates(seen, end)
    if not sent:
        for check in CHECKS:
            yield Finding(check, end.area, end.target, "not_tested", "not_tested", (Why("no_certificate_seen"),))
        return
    judged = tuple(
        each for at, each in enumerate(sent) if at == 0 or not each.self_issued
    )  # a root that is sent along is no link
    ends = expiry(end.area, end.target, judged, at=seen.at, policy=policy)
    yield _trust(end, ended=ends.word == "failed")
    yield _hostmatch(end, seen, sent[0])
    keys = tuple(sorted({(each.key, each.bits, each.curve) for each in judged}))
    yield weigh_keys(policy, keys).finding("cert_pubkey", end.area, end.target)
    hashes = tuple(sorted({each.signature_hash or each.key for each in judged}))
    yield weigh(policy, "certificate_hash", hashes).finding("cert_signature", end.area, end.target)
    yield ends


def _trust(end: End, *, ended: bool) -> Finding:
    """For mail at worst `info`: a mail program that finds no DANE takes any certificate.

    `ended`: `certificate_expiry` says that the time is wrong. Where that is all, it is said there and not a second time here;
    internet.nl, which does not look at the end by itself, says it here.
    """
    done = end.handshake
    if done is None or not (done.ok or done.chain or done.trust):
        return Finding("cert_trust", end.area, end.target, "not_tested", "not_tested", (Why("trust_unmeasured"),))
    if not done.trust:
        return Finding("cert_trust", end.area, end.target, "passed", "passed")
    word: Word = "info" if end.area == "mail" else "failed"
    errors = {"errors": list(done.trust)}
    if ended and TIME.issuperset(done.trust):
        return Finding("cert_trust", end.area, end.target, "passed", word, (Why("trusted_but_time", errors),))
    return Finding("cert_trust", end.area, end.target, word, word, (Why("not_trusted", errors),))


def _hostmatch(end: End, seen: DomainSeen, leaf: Certificate) -> Finding:
    """For mail at worst `info`, unless a TLSA record of usage 2 says that the name counts (RFC 7671, 5.2)."""
    if covers(leaf.names, end.host):
        return Finding("cert_hostmatch", end.area, end.target, "passed", "passed")
    word: Word = "failed"
    if end.area == "mail" and not any(each.usage == 2 for each in usable(seen, f"_25._tcp.{end.host}", (2, 3))):
        word = "info"
    params = {"host": end.host, "names": list(leaf.names[:20])}
    return Finding("cert_hostmatch", end.area, end.target, word, word, (Why("other_name", params),))


@lru_cache(maxsize=2048)
def covers(names: tuple[str, ...], host: str) -> bool:
    """Whether a certificate for these names holds for a host. A `*` stands for exactly one whole label, the first (RFC 9525)."""
    host = host.lower().rstrip(".")
    parent = host.partition(".")[2]
    wild = f"*.{parent}" if "." in parent else ""  # *.nl would cover the land
    return any(name and name.rstrip(".") in (host, wild) for name in map(str.lower, names))


@lru_cache(maxsize=2048)
def weigh_keys(policy: Policy, keys: tuple[tuple[str, int, str], ...]) -> Weighed:
    """What the editions say of these keys: kind, bits, curve. Of RSA the highest length that the key reaches counts."""
    parts = {
        each.id: weigh(policy, "certificate_key", tuple(_item(each.worth, key) for key in keys))
        for each in policy.editions
    }
    editions = {each: part.editions[each] for each, part in parts.items()}
    roles = {each.id: each.role for each in policy.editions}
    why = tuple(why for each, part in parts.items() for why in part.why if why.params["role"] == roles[each])
    shown = tuple(Why("key", {"key": key, "bits": bits, "curve": curve}) for key, bits, curve in keys) if why else ()
    return Weighed(newest(policy, editions), editions, (*why, *shown))


def _item(worth: object, key: tuple[str, int, str]) -> str:
    kind, bits, curve = key
    if kind == "ec":
        return f"ec:{curve}"
    if kind != "rsa" or not isinstance(worth, dict):
        return kind
    steps = (int(each[4:]) for each in worth.get("certificate_key", {}) if each.startswith("rsa:"))
    return f"rsa:{max((step for step in steps if step <= bits), default=0)}"


def expiry(area: Area, target: str, sent: tuple[Certificate, ...], *, at: str, policy: Policy) -> Finding:
    """How many whole days the first of these certificates to end still lasts; a warning before the end."""
    check = "certificate_expiry"
    known = [each for each in sent if each.not_after and each.not_before]
    if not known:
        return Finding(check, area, target, "not_tested", "not_tested", (Why("no_certificate_seen"),))
    now = datetime.fromisoformat(at)
    first = min(known, key=lambda each: each.not_after)
    days = (datetime.fromisoformat(first.not_after) - now).days
    params = {"days": days, "until": first.not_after[:10], "leaf": first is sent[0]}
    late = max(known, key=lambda each: each.not_before)
    if datetime.fromisoformat(late.not_before) > now:
        return Finding(
            check, area, target, "failed", "failed", (Why("not_yet_valid", {"since": late.not_before[:10]}),)
        )
    if days < 0:
        return Finding(check, area, target, "failed", "failed", (Why("expired", {**params, "days": -days}),))
    if days < policy.limits["certificate_warn_days"]:
        # we warn before the day; until that day it is what any guideline asks
        editions: dict[str, Word] = {each.id: "passed" for each in policy.editions}
        return Finding(check, area, target, "warning", "passed", (Why("ends_soon", params),), editions)
    return Finding(check, area, target, "passed", "passed", (Why("days_left", params),))


def _staple(end: End, seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    check, sent, done = "ocsp_stapling", certificates(seen, end), end.handshake
    if not sent or done is None or not done.ok:
        yield Finding(check, end.area, end.target, "not_tested", "not_tested", (Why("staple_unmeasured"),))
    elif not sent[0].ocsp:
        yield Finding(check, end.area, end.target, "not_tested", "not_tested", (Why("no_ocsp"),))
    elif done.staple == "good":
        yield weigh(policy, "option", ()).finding(check, end.area, end.target)
    elif done.staple == "none":
        editions = weigh(policy, "option", ("no_ocsp_stapling",)).editions
        yield Finding(check, end.area, end.target, "info", "info", (Why("no_staple"),), editions)
    elif done.staple == "revoked":
        yield Finding(check, end.area, end.target, "failed", "warning", (Why("revoked"),))
    else:
        yield Finding(check, end.area, end.target, "warning", "warning", (Why("bad_staple", {"how": done.staple}),))
