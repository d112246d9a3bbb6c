"""Which rows of this room the trail tells of, and how. Every table that an act changes stands here."""

from dijkwacht.apps.crisis import models
from dijkwacht.apps.trail.marks import table

OF_PLAN = "plan__organisation"
OF_CRISIS = "crisis__organisation"
TABLES = (
    table("crisis_plan", models.Plan),
    table("crisis_card", models.Card, within=OF_PLAN),
    table("crisis_step", models.Step, within=OF_PLAN),
    table("crisis_fallback", models.Fallback, within=OF_PLAN, keys={"subject": "subject__key"}),
    table("crisis_contact", models.Contact),
    table("crisis", models.Crisis),
    table("crisis_line", models.Line, within=OF_CRISIS),
    table("crisis_scaling", models.Scaling, within=OF_CRISIS),
    table("crisis_lesson", models.Lesson, within=OF_CRISIS),
    table("crisis_weighing", models.Weighing, within=OF_CRISIS),
    table("crisis_informing", models.Informing, within=OF_CRISIS),
    table("crisis_mayor_card", models.MayorCard, within=OF_CRISIS),
    table("crisis_comparison", models.Comparison),
    table("crisis_cascade_change", models.CascadeChange),
    table("crisis_cascade_tie", models.CascadeTie, keys={"subject": "subject__key"}),
    table("crisis_cascade_run", models.CascadeRun),
)
