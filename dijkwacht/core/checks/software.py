"""Software that names itself, and what is known against its version. Three grades, and a banner never reaches the third:

    exposed     the version is told to anyone; always true, and what 5.14 of the norm asks to end
    possible    an advisory speaks of that version; a distribution may have mended it without a new number
    confirmed   behaviour showed it, or the owner says so

Never red on a banner alone.
"""

from collections.abc import Iterator
from typing import Literal

from dijkwacht.core.checks.advisories import Advisory, Index
from dijkwacht.core.checks.asked import whole
from dijkwacht.core.checks.banners import Software, software
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.software_said import OwnerSaid

ADVISORY = "software_advisory"
Evidence = Literal["banner", "behaviour", "owner"]
Grade = Literal["none", "exposed", "possible", "confirmed"]

WORD: dict[Grade, Word] = {"none": "info", "exposed": "warning", "possible": "warning", "confirmed": "failed"}


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`software_version` per product that names itself; `software_advisory` where an advisory speaks of that version."""
    found = software(seen, policy.known.software)
    if not found:
        measured = any(each.https == "open" or each.http == "open" for each in seen.web) or bool(seen.ports)
        why = Why("software_none" if measured else "software_not_measured")
        yield whole("software_version", "names", "passed" if measured else "not_tested", why, peer="not_tested")
    for each in found:
        yield _exposed(each)
        if matches := possible(each, policy.advisories):
            yield _advised(each, matches, policy.said.get((each.product, each.version)))


def possible(found: Software, advisories: Index) -> tuple[Advisory, ...]:
    """The advisories that speak of this product and version, in order of id."""
    return tuple(each for each in advisories.get(found.product, ()) if each.holds(found.version))


def grade(found: Software, matches: tuple[Advisory, ...], evidence: Evidence) -> Grade:
    """How sure it is that something is wrong with this software."""
    if matches and evidence != "banner":
        return "confirmed"
    if matches:
        return "possible"
    return "exposed" if found.version else "none"


def _about(found: Software) -> dict[str, object]:
    return {
        "product": found.product, "title": found.title, "version": found.version, "where": found.where,
        "evidence": found.evidence, "distribution": found.distribution,
    }  # fmt: skip


def _exposed(found: Software) -> Finding:
    reached = grade(found, (), "banner")
    why = Why("software_exposed" if reached == "exposed" else "software_named", _about(found))
    return Finding("software_version", "names", found.target, WORD[reached], "not_tested", (why,))


def _advised(found: Software, matches: tuple[Advisory, ...], said: OwnerSaid | None) -> Finding:
    """What an advisory comes to: possible; confirmed where the owner says it runs here; info where he says it is mended."""
    about = _about(found) | {
        "advisories": [each.id for each in matches],
        "severities": sorted({each.severity for each in matches if each.severity}),
    }
    if said is not None and said.mended(each.id for each in matches):
        return Finding(ADVISORY, "names", found.target, "info", "not_tested", (Why("software_mended", about),))
    reached = grade(found, matches, "owner" if said is not None and said.runs else "banner")
    why = [Why("software_confirmed" if reached == "confirmed" else "software_possible", about)]
    if found.distribution and reached != "confirmed":
        why.append(Why("software_backports", {"distribution": found.distribution, "version": found.version}))
    return Finding(ADVISORY, "names", found.target, WORD[reached], "not_tested", tuple(why))
