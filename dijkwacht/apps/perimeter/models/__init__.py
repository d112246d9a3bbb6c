"""Names and consents (`names`), runs and jobs (`runs`), what was seen and must be mended (`seen`), what is known (`known`)."""

from dijkwacht.apps.perimeter.models.known import JobLog, Served, SettledName
from dijkwacht.apps.perimeter.models.names import Consent, ConsentKind, Domain, DomainState, FoundBy, OptOut
from dijkwacht.apps.perimeter.models.runs import Job, JobState, Lease, Run, RunKind, RunState
from dijkwacht.apps.perimeter.models.said import VersionSaid
from dijkwacht.apps.perimeter.models.seen import (
    Alert,
    Comparing,
    EventKind,
    Issue,
    IssueEvent,
    IssueState,
    Notice,
    Observation,
    PublicPage,
    Reading,
    Subscription,
)

__all__ = [
    "Alert",
    "Comparing",
    "Consent",
    "ConsentKind",
    "Domain",
    "DomainState",
    "EventKind",
    "FoundBy",
    "Issue",
    "IssueEvent",
    "IssueState",
    "Job",
    "JobLog",
    "JobState",
    "Lease",
    "Notice",
    "Observation",
    "OptOut",
    "PublicPage",
    "Reading",
    "Run",
    "RunKind",
    "RunState",
    "Served",
    "SettledName",
    "Subscription",
    "VersionSaid",
]
