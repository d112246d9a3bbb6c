"""What a page tells the browser beside the policy on content: framing, guessing of types, what is passed on of the address."""

from collections.abc import Callable, Iterator

from dijkwacht.core.checks import csp
from dijkwacht.core.checks.ends import nowhere
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.https import unseen
from dijkwacht.core.checks.observed import DomainSeen, Response
from dijkwacht.core.checks.policy import Policy

_Judged = tuple[Word, Word, tuple[Why, ...]]
_NO: tuple[Why, ...] = ()


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`http_x_frame`, `http_x_content_type` and `http_referrer_policy`, per address."""
    if not seen.web:
        yield from nowhere(seen, *_CHECKS)
    for address in seen.web:
        for check, judge in _CHECKS.items():
            if address.front is None or not address.front.status:
                yield unseen(check, address)
            else:
                word, peer, why = judge(address.front, policy)
                yield Finding(check, "web", address.address, word, peer, why)


def _frame(front: Response, policy: Policy) -> _Judged:
    """Every browser of today obeys `frame-ancestors` instead; internet.nl asks for the old header beside it."""
    sent = [
        each.strip().lower() for value in front.values("x-frame-options") for each in value.split(",") if each.strip()
    ]
    if sent and all(each in policy.lists["frame_options"] for each in sent):
        return "passed", "passed", _NO
    why = Why("frame_unknown", {"value": ", ".join(sent)[:200]}) if sent else Why("frame_none")
    if "frame-ancestors" in csp.directives(front.values("content-security-policy")):
        return "passed", "info", (why, Why("frame_by_csp"))
    return "info", "info", (why,)


def _sniff(front: Response, _policy: Policy) -> _Judged:
    sent = [each.strip().lower() for value in front.values("x-content-type-options") for each in value.split(",")]
    if sent[:1] == ["nosniff"]:
        return "passed", "passed", _NO
    why = Why("sniff_unknown", {"value": ", ".join(sent)[:200]}) if any(sent) else Why("sniff_none")
    return "warning", "warning", (why,)


def _referrer(front: Response, policy: Policy) -> _Judged:
    """The last policy that a browser knows counts; one that it does not know is passed over."""
    sent = [
        each.strip().lower() for value in front.values("referrer-policy") for each in value.split(",") if each.strip()
    ]
    good, fair, bad = (policy.lists[f"referrer_{each}"] for each in ("good", "fair", "bad"))
    if not sent:
        return "info", "info", (Why("referrer_none"),)
    known = [each for each in sent if each in (*good, *fair, *bad)]
    if not known:
        return "warning", "warning", (Why("referrer_unknown", {"value": ", ".join(sent)[:200]}),)
    if known[-1] in good:
        return "passed", "passed", _NO
    params = {"value": known[-1]}
    if known[-1] in fair:
        return "info", "info", (Why("referrer_fair", params),)
    return "warning", "warning", (Why("referrer_wide", params),)


_CHECKS: dict[str, Callable[[Response, Policy], _Judged]] = {
    "http_x_frame": _frame,
    "http_x_content_type": _sniff,
    "http_referrer_policy": _referrer,
}
