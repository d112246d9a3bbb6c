"""From what was seen to what is kept of it: the checks judge, their findings become plain values."""

from collections.abc import Mapping
from typing import Any

from dijkwacht.apps.perimeter.services.measuring import Judged
from dijkwacht.core.checks.asked import plain
from dijkwacht.core.checks.facts import Words
from dijkwacht.core.checks.finding import Finding
from dijkwacht.core.checks.fold import Folded, fold
from dijkwacht.core.checks.history import Key
from dijkwacht.core.checks.judge import judge
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.score import score


def judged(seen: DomainSeen, policy: Policy, *, raw: Mapping[str, Any]) -> Judged:
    """The words of every check of a name, with their reasons per address or host, and the scores as internet.nl counts."""
    folded: Mapping[Key, Folded] = fold(judge(seen, policy), policy)
    return Judged(
        seen=seen,
        words={key: Words(each.word, each.law, each.norm) for key, each in folded.items()},
        peers={key: each.peer for key, each in folded.items()},
        targets={key: [_plain(finding) for finding in each.findings] for key, each in folded.items()},
        raw=raw,
        web_score=score(folded, policy, "web").percent if seen.web else None,
        mail_score=score(folded, policy, "mail").percent if seen.mail else None,
    )


def unmeasured(seen: DomainSeen) -> str:
    """Why a name could not be measured at all: the code of our own refusal, or that the name system is silent. "" otherwise."""
    asked = [seen.lookups[question] for question in ((seen.name, "SOA"), (seen.name, "A")) if question in seen.lookups]
    if any(each.rcode == "DENIED" for each in asked):
        return f"denied:{next(each.reason for each in asked if each.rcode == 'DENIED')}"
    if asked and all(each.rcode in ("TIMEOUT", "ERROR") for each in asked):
        return "resolver"
    return ""


def _plain(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {"target": finding.target, "word": finding.word}
    if finding.peer != finding.word:
        found["peer"] = finding.peer
    if finding.editions:
        found["editions"] = dict(finding.editions)
    if finding.why:
        found["why"] = [
            {"code": why.code, "params": _shown(why.params)} if why.params else {"code": why.code}
            for why in finding.why
        ]
    return found


def _shown(params: Mapping[str, object]) -> dict[str, object]:
    """Parameters without signs that no database takes or no screen should get: they come from strangers."""
    return {key: _text(value) if isinstance(value, str) else _list(value) for key, value in params.items()}


def _list(value: object) -> object:
    return [_text(each) if isinstance(each, str) else each for each in value] if isinstance(value, list) else value


def _text(value: str) -> str:
    return value if value.isprintable() else plain(value, len(value))
