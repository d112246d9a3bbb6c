"""Which rows of this room the trail tells of, and how. Every table of the room stands here."""

from dijkwacht.apps.landscape import models
from dijkwacht.apps.trail.marks import table

TABLES = (
    table("landscape_edition", models.Edition),
    table("landscape_cell", models.LocalCell),
    table("landscape_topic", models.Topic),
    table("landscape_comment", models.Comment, within="topic__organisation"),
    table("need", models.Need),
    table("need_voice", models.Voice),
    table("need_handling", models.Handling),
    table("initiative", models.Initiative),
    table("initiative_part", models.Part),
    table("investment_assumption", models.Assumption),
    table("covenant_paper", models.Paper),
    table("lesson_taken_over", models.TakenOver),
)
