"""The columns that many of these tables have."""

from django.db import models

from dijkwacht.apps.ledger.columns import Answer, answer_column, organisation_column, person_column
from dijkwacht.apps.people.models import Person

__all__ = ["Answer", "Mailed", "answer_column", "organisation_column", "person_column"]


class Mailed(models.Model):
    """Somebody who is told something by mail, once and only once: claimed before it is sent; ``seen_at``: the person said so."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)  # why this person: a DutyRole, or `handler`
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
