"""Which rows of this room the trail tells of, and how.

Of what people decide: names, consents, issues, who hears of changes, what is public, runs on request. What a measurement
says of itself (observations, readings, jobs, counts of a run) is too much for the trail; what it does to an issue is told.
"""

from collections.abc import Iterable

from django.db.models import Model

from dijkwacht.apps.perimeter.models import (
    Comparing,
    Consent,
    Domain,
    Issue,
    IssueEvent,
    Notice,
    OptOut,
    PublicPage,
    Run,
    RunKind,
    Subscription,
    VersionSaid,
)
from dijkwacht.apps.trail.marks import Marks, marks, table

MEASURED = ("due", "seen_at", "sounded_at", "deep_at", "changed_at", "web_score", "mail_score", "trouble")
COUNTED = ("state", "ended_at", "turned", "connections", "questions", "refusals")
TABLES = (
    table("domain", Domain, keys={"subject": "subject__key", "parent": "parent__name"}, without=MEASURED),
    table("measuring_consent", Consent),
    table("issue", Issue, keys={"domain": "domain__name"}, without=("last_seen",)),
    table("issue_event", IssueEvent, within="issue__organisation"),
    table("public_page", PublicPage),
    table("subscription", Subscription),
    table("asked_run", Run, without=COUNTED, only={"kind__in": (RunKind.ASKED, RunKind.CSIRT, RunKind.DEEP)}),
    table("comparing", Comparing),
    table("outside_notice", Notice),
    table("opt_out", OptOut),
    table("version_said", VersionSaid, keys={"domain": "domain__name"}),
)


def marked(rows: Iterable[Model]) -> Marks:
    """What the entry of an act tells of the rows that it made or changed."""
    return marks(TABLES, rows)
