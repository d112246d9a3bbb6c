"""What people fill in in this room, checked field by field. No form reads or writes the database."""

from dijkwacht.apps.isms.forms.fields import Aware
from dijkwacht.apps.isms.forms.looking import (
    AuditForm,
    CloseFindingForm,
    FindingForm,
    FinishAuditForm,
    MinutesForm,
    ReviewDayForm,
)
from dijkwacht.apps.isms.forms.plan import ActionForm, FinishForm, askable
from dijkwacht.apps.isms.forms.policies import PolicyEventForm, PolicyForm, TrainingForm
from dijkwacht.apps.isms.forms.risks import AcceptForm, DeviationForm, ReasonForm, RiskForm, TreatForm, WeighForm
from dijkwacht.apps.isms.forms.scope import CircumstanceForm, KnownForm, PublishForm, ScopeForm
from dijkwacht.apps.isms.forms.things import ClassifyForm, LeanForm

__all__ = [
    "AcceptForm",
    "ActionForm",
    "AuditForm",
    "Aware",
    "CircumstanceForm",
    "ClassifyForm",
    "CloseFindingForm",
    "DeviationForm",
    "FindingForm",
    "FinishAuditForm",
    "FinishForm",
    "KnownForm",
    "LeanForm",
    "MinutesForm",
    "PolicyEventForm",
    "PolicyForm",
    "PublishForm",
    "ReasonForm",
    "ReviewDayForm",
    "RiskForm",
    "ScopeForm",
    "TrainingForm",
    "TreatForm",
    "WeighForm",
    "askable",
]
