"""The incident itself (`incidents`), what is kept about it (`keeping`), terms and reports (`reporting`), who is called and
the registration record (`duty`), exercises with a clock of their own (`rehearsing`), reports of a monitoring service
(`monitoring`)."""

from dijkwacht.apps.incidents.models.duty import Duty, DutyRole, EntityRole, Registration
from dijkwacht.apps.incidents.models.incidents import (
    Answer,
    DataRole,
    Hit,
    HitEffect,
    Incident,
    IncidentKind,
    IncidentState,
    Weighing,
)
from dijkwacht.apps.incidents.models.keeping import (
    Contact,
    Custody,
    Direction,
    Exhibit,
    Lesson,
    Message,
    Moment,
    MomentKind,
    Task,
)
from dijkwacht.apps.incidents.models.monitoring import AlertSeverity, MonitoringAlert, MonitoringReport
from dijkwacht.apps.incidents.models.rehearsing import Rehearsal
from dijkwacht.apps.incidents.models.reporting import Alert, Clock, ClockState, Delivery, Report, ReportState, Telling

__all__ = [
    "Alert",
    "AlertSeverity",
    "Answer",
    "Clock",
    "ClockState",
    "Contact",
    "Custody",
    "DataRole",
    "Delivery",
    "Direction",
    "Duty",
    "DutyRole",
    "EntityRole",
    "Exhibit",
    "Hit",
    "HitEffect",
    "Incident",
    "IncidentKind",
    "IncidentState",
    "Lesson",
    "Message",
    "Moment",
    "MomentKind",
    "MonitoringAlert",
    "MonitoringReport",
    "Registration",
    "Rehearsal",
    "Report",
    "ReportState",
    "Task",
    "Telling",
    "Weighing",
]
