"""A municipality with names on the outside, its people, and measurements that say what a test wants."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, Issue, Run
from dijkwacht.apps.perimeter.services import consents, ending, measuring, names, runs
from dijkwacht.apps.perimeter.services.measuring import Judged
from dijkwacht.core.checks.facts import Words
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.schedule import Rhythm
from dijkwacht.norms.read import fact_rules
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, Make, People

QUARTER = timedelta(minutes=15)
RHYTHM = Rhythm(usual=1440, changed=240, confirm=15, failed=60)
NAME = "www.dijkstad.test"
Said = Mapping[tuple[str, str], str]


@pytest.fixture
def agreed(organisation: Organisation, people: People) -> Make:
    """Gives consent, for all below .example and loopback unless something else is said."""

    def agree(*scope: str, at: Organisation = organisation, level: int = 2, **more: Any) -> Any:
        said: dict[str, Any] = {
            "kind": "own", "exclude": [], "since": date(2026, 1, 1), "until": None, "signatory": "E. Kade",
            "mandate": "artikel 4", "text": "Ja.", "text_version": "1", "window": [],
        }  # fmt: skip
        given = consents.Given(**said | {"scope": list(scope) or ["*.example", "127.0.0.0/8"], "level": level} | more)
        return consents.give(at, given=given, person=people("ciso"), at=NOW)

    return agree


@pytest.fixture
def domain(organisation: Organisation, by: Make) -> Domain:
    """A name that is watched."""
    (made,) = names.add(organisation, names=[NAME], **by("ciso")).new
    return made


def judged(name: str, said: Said, *, at: datetime = NOW, targets: Any = ()) -> Judged:
    """A measurement that says these words, each the same by every edition."""
    words = {key: Words(word, word, word) for key, word in said.items()}  # type: ignore[arg-type]
    return Judged(
        seen=DomainSeen(name, at.isoformat(), {}), words=words, peers={}, targets=dict.fromkeys(said, targets),  # type: ignore[arg-type]
        raw={"name": name, "at": at.isoformat()}, web_score=80, mail_score=None,
    )  # fmt: skip


def measure(domain: Domain, said: Said, *, at: datetime = NOW, ends: bool = True, targets: Any = ()) -> Run:
    """One run over one name, as a worker does it; with `ends` False the ledger is not told."""
    Domain.objects.filter(pk=domain.pk).update(due=at)
    (run,) = runs.plan(at=at).runs
    (job,) = runs.claim(worker="w", at=at, limit=1)
    found = judged(domain.name, said, at=at, targets=targets)
    assert measuring.record_measured(job, judged=found, rules=fact_rules(), rhythm=RHYTHM, at=at)
    if ends:
        ending.end(run, at=at)
    run.refresh_from_db()
    return run


ADVISED = ("names", "software_advisory")
ABOUT = {
    "product": "apache:http_server", "title": "Apache HTTP Server", "version": "2.4.49", "where": "server",
    "evidence": "Apache/2.4.49", "distribution": "", "advisories": ["CVE-2099-0001"], "severities": [],
}  # fmt: skip
TARGETS = [{"target": "192.0.2.1", "word": "warning", "why": [{"code": "software_possible", "params": ABOUT}]}]
"""A version that software told, of which an advisory speaks."""
HTTPS, FORCED, HSTS, SPF = ("web", "https_exists"), ("web", "https_forced"), ("web", "https_hsts"), ("mail", "spf")


@pytest.fixture
def issue(domain: Domain) -> Issue:
    """HSTS is missing: found twice, this morning."""
    for at in (NOW - 2 * QUARTER, NOW - QUARTER):
        measure(domain, {HTTPS: "passed", HSTS: "failed"}, at=at, targets=[{"target": "192.0.2.1", "word": "failed"}])
    return Issue.objects.get()
