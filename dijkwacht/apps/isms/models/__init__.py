"""What the management system remembers beside the ledger. Weighings and decisions are added, never overwritten."""

from dijkwacht.apps.isms.models.feeds import FeedKey
from dijkwacht.apps.isms.models.looking import Audit, AuditKind, Finding, Review, Severity
from dijkwacht.apps.isms.models.plan import Action
from dijkwacht.apps.isms.models.policies import Policy, PolicyEvent, PolicyEventKind, Training
from dijkwacht.apps.isms.models.risks import Deviation, Risk, Treatment, TreatmentKind, Weighing, WeighingKind
from dijkwacht.apps.isms.models.scope import Circumstance, CircumstanceKind, ScopeDecision
from dijkwacht.apps.isms.models.things import Classified, Leaning

__all__ = [
    "Action",
    "Audit",
    "AuditKind",
    "Circumstance",
    "CircumstanceKind",
    "Classified",
    "Deviation",
    "FeedKey",
    "Finding",
    "Leaning",
    "Policy",
    "PolicyEvent",
    "PolicyEventKind",
    "Review",
    "Risk",
    "ScopeDecision",
    "Severity",
    "Training",
    "Treatment",
    "TreatmentKind",
    "Weighing",
    "WeighingKind",
]
