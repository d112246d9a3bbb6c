"""The outside as a file: a list, JSON, a table as the dashboard of internet.nl has it, or OSCAL."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet, Value
from dijkwacht.adapters.oscal.outside import Outside, Seen, assessment_results
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, DomainState, Issue, IssueState, Reading
from dijkwacht.apps.perimeter.words import title
from dijkwacht.core.checks.finding import SAID
from dijkwacht.core.checks.policy import Policy
from dijkwacht.norms.read import policy_on

KINDS = ("csv", "json", "internetnl", "oscal")
PARTS = ("web", "mail")
OURS = frozenset({"certificate_expiry"})
"""Checks that internet.nl does not make, in a category that it has: it takes the end of a certificate as trust."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name, what it is, and its bytes."""

    name: str
    media_type: str
    content: bytes


def export(organisation: Organisation, *, kind: str, at: datetime) -> Made:
    """The outside as it stands at this moment. Raises KeyError for a kind that we do not make."""
    make = {"csv": _csv, "json": _json, "internetnl": _internetnl, "oscal": _oscal}[kind]
    return make(organisation, at)


def _named(organisation: Organisation, at: datetime, what: str, ending: str) -> str:
    return f"{organisation.slug}-{what}-{at.date().isoformat()}.{ending}"


def _domains(organisation: Organisation) -> QuerySet[Domain]:
    return Domain.objects.filter(organisation=organisation, state=DomainState.WATCHED).order_by("name")


def _readings(organisation: Organisation) -> QuerySet[Reading]:
    """What stands; a suspicion that was not measured twice is not there."""
    rows = Reading.objects.filter(
        domain__organisation=organisation, domain__state=DomainState.WATCHED, until__isnull=True, confirmed=True
    )
    return rows.select_related("domain").order_by("domain__name", "area", "check_id").defer("targets")


def _csv(organisation: Organisation, at: datetime) -> Made:
    """One line per name and check, with whose it is and before when."""
    issues = {
        (row.domain_id, row.area, row.check_id): row
        for row in Issue.objects.filter(organisation=organisation)
        .exclude(state=IssueState.FIXED)
        .select_related("assignee")
    }
    rows: list[tuple[Value, ...]] = []
    for row in _readings(organisation):
        issue = issues.get((row.domain_id, row.area, row.check_id))
        rows.append((
            row.domain.name, row.area, row.check_id, title(row.check_id), row.word, row.peer, row.law, row.norm,
            row.since.isoformat(timespec="minutes"), _moment(row.domain.seen_at), str(issue.assignee or "") if issue else "",
            issue.term if issue else None,
        ))  # fmt: skip
    columns = (
        _("Name"), _("Part"), _("Check"), _("Title"), _("Word"), "internet.nl", _("By law"), _("By the newest edition"),
        _("Since"), _("Last measured"), _("Given to"), _("Term"),
    )  # fmt: skip
    content = write_csv(Sheet("buitenkant", columns, tuple(rows)))
    return Made(_named(organisation, at, "buitenkant", "csv"), "text/csv; charset=utf-8", content)


def _json(organisation: Organisation, at: datetime) -> Made:
    """Every name with the words that stand, and what must be mended."""
    words: dict[int, list[dict[str, Any]]] = {}
    for row in _readings(organisation):
        words.setdefault(row.domain_id, []).append({
            "area": row.area, "check": row.check_id, "word": row.word, "internet_nl": row.peer, "law": row.law,
            "norm": row.norm, "since": row.since.isoformat(),
        })  # fmt: skip
    issues: dict[int, list[dict[str, Any]]] = {}
    for each in Issue.objects.filter(organisation=organisation).exclude(state=IssueState.FIXED).order_by("pk"):
        issues.setdefault(each.domain_id, []).append({
            "area": each.area, "check": each.check_id, "state": each.state, "word": each.word,
            "first_seen": each.first_seen.isoformat(), "last_seen": each.last_seen.isoformat(),
            "term": each.term and each.term.isoformat(),
            "explained_until": each.explained_until and each.explained_until.isoformat(),
        })  # fmt: skip
    names = [
        {
            "name": domain.name, "seen_at": _moment(domain.seen_at), "web": domain.web_score, "mail": domain.mail_score,
            "trouble": domain.trouble, "checks": words.get(domain.pk, []), "issues": issues.get(domain.pk, []),
        }
        for domain in _domains(organisation)
    ]  # fmt: skip
    data = {"organisation": organisation.slug, "at": at.isoformat(), "policy": at.date().isoformat(), "names": names}
    content = json.dumps(data, ensure_ascii=False, indent=1).encode()
    return Made(_named(organisation, at, "buitenkant", "json"), "application/json", content)


def _internetnl(organisation: Organisation, at: datetime) -> Made:
    """One line per name: both scores, and a column per check with the word of internet.nl."""
    policy = policy_on(at.date())
    columns = _columns(policy)
    words: dict[int, dict[str, str]] = {}
    for row in _readings(organisation):
        for part in PARTS if row.area == "names" else (row.area,):
            words.setdefault(row.domain_id, {})[f"{part}.{row.check_id}"] = row.peer
    rows: list[tuple[Value, ...]] = [
        (domain.name, domain.web_score, domain.mail_score, *(words.get(domain.pk, {}).get(key, "") for key in columns))
        for domain in _domains(organisation)
    ]
    content = write_csv(Sheet("internet.nl", ("domain", "web_score", "mail_score", *columns), tuple(rows)))
    return Made(_named(organisation, at, "internetnl", "csv"), "text/csv; charset=utf-8", content)


def _columns(policy: Policy) -> list[str]:
    """The checks that internet.nl makes too, of the site first; what is asked of the name stands under both."""
    theirs = [rule for rule in policy.rules.values() if rule.category != "own" and rule.id not in OURS]
    return [f"{part}.{rule.id}" for part in PARTS for rule in theirs if rule.area in (part, "names")]


def _oscal(organisation: Organisation, at: datetime) -> Made:
    policy = policy_on(at.date())
    rows = [
        Seen(
            name=row.domain.name, area=row.area, check=row.check_id, title=title(row.check_id), word=row.word, peer=row.peer,
            law=row.law, norm=row.norm, since=row.since, seen_at=row.domain.seen_at or row.since,
            source=rule.source if (rule := policy.rules.get(f"{row.area}.{row.check_id}")) else "",
        )
        for row in _readings(organisation).filter(word__in=SAID)
    ]  # fmt: skip
    content = assessment_results(Outside(organisation.slug, organisation.name, at, policy.on, rows))
    return Made(_named(organisation, at, "buitenkant-oscal", "json"), "application/json", content)


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="minutes") if at else ""
