"""A municipality with names, a consent and a run, made with the verbs of the room; what was measured is written down by hand."""

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from dijkwacht.adapters.probing import raw
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.models import (
    Consent,
    Domain,
    Issue,
    IssueEvent,
    Job,
    JobState,
    Observation,
    Reading,
    Run,
    RunKind,
    RunState,
)
from dijkwacht.apps.perimeter.services import consents, names
from dijkwacht.core.checks.observed import DomainSeen, MailAddress, MailHost, NameServerAddress, WebAddress

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def given(**fields: Any) -> consents.Given:
    """A consent for dijkstad.example at level 2, with other fields where given."""
    usual: dict[str, Any] = {
        "kind": "own", "scope": ["dijkstad.example", "*.dijkstad.example"], "exclude": [], "level": 2, "since": ON,
        "until": None, "signatory": "Esther Kade", "mandate": "Mandaatbesluit, art. 4", "text": "Wij geven toestemming.",
        "text_version": "1.0", "window": [],
    }  # fmt: skip
    return consents.Given(**(usual | fields))


def consent(organisation: Organisation, person: Person | None, **fields: Any) -> Consent:
    """A consent in force."""
    return consents.give(organisation, given=given(**fields), person=person, at=AT, actor="test")


def domain(organisation: Organisation, name: str = "dijkstad.example", **fields: Any) -> Domain:
    """A name that is watched."""
    (made,) = names.add(organisation, names=[name], person=None, actor="test", on=ON, at=AT, **fields).new
    return made


def run(organisation: Organisation, *domains: Domain, state: str = RunState.RUNNING, **fields: Any) -> Run:
    """A run with a waiting job for each name."""
    made = Run.objects.create(
        organisation=organisation, state=state, started_at=AT, policy="2026-11-25", tool="dijkwacht test",
        jobs_total=len(domains), **{"kind": RunKind.PLANNED, **fields},
    )  # fmt: skip
    Job.objects.bulk_create(Job(run=made, domain=each, state=JobState.WAITING) for each in domains)
    return made


def reading(of: Domain, check: str, word: str, *, by: Run, area: str = "web", **fields: Any) -> Reading:
    """A word that stands."""
    return Reading.objects.create(
        domain=of, area=area, check_id=check, word=word, peer=fields.pop("peer", word), since=AT, run=by, **fields
    )


def issue(of: Domain, check: str = "https_hsts", *, by: Run | None = None, **fields: Any) -> Issue:
    """Something wrong."""
    made = Issue.objects.create(
        organisation=of.organisation, domain=of, check_id=check,
        **{"area": "web", "word": "failed", "first_seen": AT, "last_seen": AT, **fields},
    )  # fmt: skip
    IssueEvent.objects.create(issue=made, kind="found", at=AT, run=by)
    return made


def seen(of: Domain, *, by: Run, web: str = "192.0.2.10", mail: str = "mx.leverancier.example") -> DomainSeen:
    """A raw observation: one web server, one mail host at a supplier, one name server."""
    found = DomainSeen(
        of.name, AT.isoformat(), {}, web=(WebAddress(web, "open", "open"),),
        mail=(MailHost(mail, (MailAddress("198.51.100.25", "open"),)),),
        name_servers=(NameServerAddress("ns.leverancier.example", "198.51.100.53", "open"),),
    )  # fmt: skip
    plain = json.dumps(raw.to_data(found)).encode()
    Observation.objects.create(domain=of, run=by, at=AT, raw=gzip.compress(plain), digest=sha256(plain).hexdigest())
    return found


def later(**parts: int) -> datetime:
    """A moment after AT."""
    return AT + timedelta(**parts)
