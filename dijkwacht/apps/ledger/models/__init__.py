"""Subjects, facts, evidence, verdicts and what was asked of whom. Days: a start is inclusive, an end exclusive."""

from dijkwacht.apps.ledger.models.asking import Assignment, Claim, Deferral
from dijkwacht.apps.ledger.models.facts import Compact, Evidence, Fact
from dijkwacht.apps.ledger.models.register import Inheritance, Subject
from dijkwacht.apps.ledger.models.verdicts import ALL, Due, Tally, Turn, Verdict

__all__ = [
    "ALL",
    "Assignment",
    "Claim",
    "Compact",
    "Deferral",
    "Due",
    "Evidence",
    "Fact",
    "Inheritance",
    "Subject",
    "Tally",
    "Turn",
    "Verdict",
]
