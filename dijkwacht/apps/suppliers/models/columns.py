"""The columns that many of these tables have."""

from typing import Any

from django.db import models

from dijkwacht.apps.ledger.columns import Answer, answer_column, organisation_column, person_column
from dijkwacht.apps.ledger.models import Evidence

__all__ = ["Answer", "answer_column", "file_column", "organisation_column", "person_column"]


def file_column() -> Any:
    """A file on which it rests, kept as evidence in the ledger; or none."""
    return models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
