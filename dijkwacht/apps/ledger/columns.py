"""Columns that tables of several rooms above have."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.people.models import Organisation, Person


class Answer(models.TextChoices):
    """An answer to a question of fact. Unknown is an answer: it is not no."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known yet")


def organisation_column() -> Any:
    """Whose it is."""
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")


def person_column() -> Any:
    """A person, or nobody."""
    return models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)


def answer_column() -> Any:
    """Yes, no or not known yet."""
    return models.CharField(max_length=7, choices=Answer.choices, default=Answer.UNKNOWN)
