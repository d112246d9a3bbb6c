"""From an observation to what `dijkwacht scan` writes: words per check, and a report with our own words and the reasons."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from dijkwacht.core.checks import advisories
from dijkwacht.core.checks.finding import Finding, Word
from dijkwacht.core.checks.fold import Folded, Key, fold, result
from dijkwacht.core.checks.judge import judge
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy
from dijkwacht.norms.read import policy_on

LARGEST = 512 * 1024 * 1024


class AdvisoriesError(ValueError):
    """A file with advisories that cannot be read."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges observations under one policy. `report`: whether reasons are wanted too."""

    policy: Policy
    report: bool = False

    def judged(self, seen: DomainSeen) -> tuple[Mapping[str, Mapping[str, Word]], Mapping[str, Any]]:
        """The words of internet.nl per area and check, and the report of this name (empty unless it is wanted)."""
        folded = fold(judge(seen, self.policy), self.policy)
        return result(folded), _report(seen, folded, self.policy) if self.report else {}


def judge_on(day: date, *, report: bool, advisories_file: Path | None = None) -> Judge:
    """A judge by what counted on a day; with warnings about versions out of a file. Raises AdvisoriesError, OSError."""
    return Judge(advised(policy_on(day), advisories_file), report)


def advised(policy: Policy, file: Path | None) -> Policy:
    """The policy with the warnings about versions out of a file. Raises AdvisoriesError, OSError."""
    if file is None:
        return policy
    if file.stat().st_size > LARGEST:
        raise AdvisoriesError(f"{file.name}: more than {LARGEST} octets")
    try:
        found = advisories.read(json.loads(file.read_text("utf-8")))
    except ValueError as error:
        raise AdvisoriesError(f"{file.name}: {error}") from None
    return replace(policy, advisories=advisories.index(found))


def _report(seen: DomainSeen, folded: Mapping[Key, Folded], policy: Policy) -> dict[str, Any]:
    checks: dict[str, dict[str, Any]] = {}
    for (area, check), each in sorted(folded.items()):
        checks.setdefault(area, {})[check] = {
            "word": each.word, "internet_nl": each.peer, "law": each.law, "norm": each.norm,
            "targets": [_finding(finding) for finding in each.findings],
        }  # fmt: skip
    return {"name": seen.name, "at": seen.at, "policy": policy.on, "checks": checks}


def _finding(finding: Finding) -> dict[str, Any]:
    said: dict[str, Any] = {"target": finding.target, "word": finding.word, "internet_nl": finding.peer}
    if finding.editions:
        said["editions"] = dict(finding.editions)
    said["why"] = [{"code": why.code, **({"params": dict(why.params)} if why.params else {})} for why in finding.why]
    return said
