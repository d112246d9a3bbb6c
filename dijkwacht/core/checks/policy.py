"""What a check holds an observation against: read from `norms/perimeter`, never written in a check.

A policy is what counted on one day. Two editions of the TLS guidelines stand side by side in it: the one that the decree
on secure connections refers to (`law`) and the newest (`norm`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dijkwacht.core.checks.advisories import Index
from dijkwacht.core.checks.finding import Area, Word
from dijkwacht.core.checks.known import Known
from dijkwacht.core.checks.software_said import SaidOf

Worth = Literal["good", "sufficient", "phase_out", "insufficient", "unlisted"]

WORDS: Mapping[Worth, Word] = {
    "good": "passed",
    "sufficient": "passed",
    "phase_out": "warning",
    "insufficient": "failed",
    "unlisted": "passed",
}


@dataclass(frozen=True, slots=True, eq=False)  # equal is the same: what is weighed by an edition is remembered under it
class Edition:
    """One edition of a guideline.

    `worth`: per subject (`version`, `suite`, `group`, `hash`, `certificate_key`, `option` …) the worth of each item.
    """

    id: str
    role: Literal["law", "norm"]
    title: str
    source: str
    since: str  # ISO date
    until: str | None
    worth: Mapping[str, Mapping[str, Worth]]
    words: Mapping[Worth, Word] = field(default_factory=lambda: WORDS)  # what a worth says of a server that has it
    uncertain: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # per subject the doubt, nl and en; "": the whole

    def of(self, subject: str, item: str) -> Worth:
        """The worth of an item; that of `*` when the edition does not name it, `unlisted` when there is none."""
        found = self.worth.get(subject, {})
        return found.get(item) or found.get("*", "unlisted")

    def word(self, subject: str, item: str) -> Word:
        """What this edition says of a server that has this."""
        return self.words[self.of(subject, item)]


@dataclass(frozen=True, slots=True)
class Share:
    """Points per host, for a check of whether addresses answer: all, `some` or none of the points, and then the mean."""

    some: int  # of a host of which some addresses answer and some do not
    alone: int  # at most, where there is but one host


@dataclass(frozen=True, slots=True)
class Rule:
    """What a check weighs: its worst word, its points, the level of consent that it needs and why."""

    id: str
    area: Area
    category: str  # ipv6, dnssec, rpki, tls, headers, auth; own: not in a percentage
    worst: Literal["failed", "warning", "info"]
    points: int  # 0: not scored
    level: int  # 0-4, of consent
    level_reason: str  # a code: dns, routes, visitor, worst_hellos …
    source: str
    scores: Mapping[Word, int] = field(default_factory=dict)  # points of a word, where they are not all or none
    after: str = ""  # the check without which this one cannot be tested
    codes: Mapping[str, int] = field(default_factory=dict)  # points of a reason, whatever the word; the least counts
    beside: Mapping[str, Mapping[str, int]] = field(
        default_factory=dict
    )  # at most, by check and reason of another check
    share: Share | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """All that counted on one day."""

    on: str
    editions: tuple[Edition, ...]
    limits: Mapping[str, int]  # hsts_seconds, spf_lookups, mail_hosts … : dotted or plain names, whole numbers
    lists: Mapping[str, tuple[str, ...]]  # known CAA tags, curves, headers …
    rules: Mapping[str, Rule]  # by `area.check`: a check such as tls_version weighs by itself in web and in mail
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of suite, group and dh_prime, by number

    known: Known = field(default_factory=Known)  # ports, services, software, words to try below a name
    advisories: Index = field(default_factory=dict)  # by product; out of a dated file, not out of the norms
    said: SaidOf = field(default_factory=dict)  # what the owner of this one name says of versions; not out of the norms

    def rule(self, area: Area, check: str) -> Rule | None:
        """What a check weighs in an area; None for one that no pack names."""
        return self.rules.get(f"{area}.{check}")

    def name(self, kind: str, number: int | str) -> str:
        """The name of a suite, group or prime; its number as `0xc02f` when it has none here."""
        key = f"{number:04x}" if isinstance(number, int) else number
        return self.names.get(kind, {}).get(key) or (f"0x{key}" if isinstance(number, int) else key[:16])

    def edition(self, role: Literal["law", "norm"]) -> Edition:
        """The edition with this role; KeyError when the policy has none."""
        for edition in self.editions:
            if edition.role == role:
                return edition
        raise KeyError(role)
