"""The columns that many of these tables have."""

from typing import Any

from django.db import models

from dijkwacht.apps.people.models import Organisation, Person


def organisation_column() -> Any:
    """Whose it is."""
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")


def person_column() -> Any:
    """A person, or nobody."""
    return models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
