"""Which rows of this room the trail tells of, and how. Every table that an act changes stands in one of the two parts."""

from dijkwacht.apps.crime import marks_figures, marks_help

TABLES = (*marks_figures.TABLES, *marks_help.TABLES)
