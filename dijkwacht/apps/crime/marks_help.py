"""Which rows of plans and desks the trail tells of."""

from dijkwacht.apps.crime.models.help import Desk, HelpPage, Measurement, Plan
from dijkwacht.apps.trail.marks import Table, table

TABLES: tuple[Table, ...] = (
    table("crime_plan", Plan),
    table("crime_measurement", Measurement, within="plan__organisation"),
    table("crime_desk", Desk),
    table("crime_help_page", HelpPage),
)
