"""A name system in a few lines: what is asked of it comes out of a mapping, the rest does not exist."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dijkwacht.core.checks import wanted
from dijkwacht.core.checks.asked import Question
from dijkwacht.core.checks.finding import Finding
from dijkwacht.core.checks.observed import DomainSeen, Lookup
from dijkwacht.norms.read import policy_on

POLICY = policy_on(date(2026, 11, 30))
Zone = Mapping[str, Any]


def lookup(question: Question, zone: Zone) -> Lookup:
    """The answer of a zone. A value is a list of records, an rcode, or a mapping of fields of Lookup."""
    name, kind = question
    found = zone.get(f"{name} {kind}")
    if found is None:
        inside = any(key.partition(" ")[0] == name or key.partition(" ")[0].endswith("." + name) for key in zone)
        return Lookup(name, kind, "NOERROR" if inside else "NXDOMAIN")
    if isinstance(found, str):
        return Lookup(name, kind, found)
    if isinstance(found, Mapping):
        given = {key: tuple(value) if isinstance(value, list) else value for key, value in found.items()}
        return Lookup(name, kind, **{"rcode": "NOERROR", **given})
    return Lookup(name, kind, "NOERROR", tuple(found))


def ask(name: str, zone: Zone, organisational: str = "") -> dict[Question, Lookup]:
    """Everything that is wanted about a name, asked until nothing is wanted any more."""
    known: dict[Question, Lookup] = {}
    todo = wanted.base(name)
    for _round in range(200):
        assert not todo & known.keys()
        known |= {question: lookup(question, zone) for question in todo}
        if not (todo := wanted.follow(known, name, organisational or name, POLICY.limits)):
            return known
    raise AssertionError("it goes on wanting")


def seen(zone: Zone, name: str = "dijkstad.nl", organisational: str = "", **more: Any) -> DomainSeen:
    """What a run would have seen of a name in this zone."""
    home = organisational or name
    return DomainSeen(name, "2026-11-30T09:00:00Z", ask(name, zone, home), organisational=home, **more)


def words(findings: Iterable[Finding]) -> dict[str, str]:
    """Per check (and target) the word, with that of internet.nl behind a slash where it differs."""
    return {
        " ".join(filter(None, (each.check, each.target))): each.word
        + (f"/{each.peer}" if each.peer != each.word else "")
        for each in findings
    }


def codes(findings: Iterable[Finding]) -> list[str]:
    """The codes of all reasons, in order."""
    return [why.code for each in findings for why in each.why]
