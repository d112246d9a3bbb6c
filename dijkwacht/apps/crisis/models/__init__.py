"""The crisis plan (`plan`), whom to reach (`contacts`), a crisis and its log (`log`), what is weighed and handed to the mayor
in it (`weighing`)."""

from dijkwacht.apps.crisis.models.cascade import CascadeChange, CascadeRun, CascadeTie
from dijkwacht.apps.crisis.models.contacts import Circle, Contact
from dijkwacht.apps.crisis.models.log import (
    Certainty,
    Crisis,
    Ladder,
    Lesson,
    Line,
    LineKind,
    Scaling,
    Topic,
)
from dijkwacht.apps.crisis.models.plan import Card, Fallback, Plan, Step
from dijkwacht.apps.crisis.models.weighing import Comparison, Informing, MayorCard, Weighing

__all__ = [
    "Card",
    "CascadeChange",
    "CascadeRun",
    "CascadeTie",
    "Certainty",
    "Circle",
    "Comparison",
    "Contact",
    "Crisis",
    "Fallback",
    "Informing",
    "Ladder",
    "Lesson",
    "Line",
    "LineKind",
    "MayorCard",
    "Plan",
    "Scaling",
    "Step",
    "Topic",
    "Weighing",
]
