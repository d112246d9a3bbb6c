"""Subjects, and from whom they inherit."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.ledger.choices import SubjectKind
from dijkwacht.apps.people.models import Organisation, Person


class Subject(models.Model):
    """Something facts are about. ``key`` is its id in the engine and never changes; nothing is ever deleted.

    The organisation itself is a subject too: its key is the slug.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=SubjectKind.choices)
    key = models.CharField(max_length=80)
    name = models.CharField(_("name"), max_length=200)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateField()
    archived_at = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="subject_key_once"),
            models.CheckConstraint(condition=Q(kind__in=SubjectKind.values), name="subject_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Inheritance(models.Model):
    """For this subject the facts of a subject of another organisation count too, as far as they are shared.

    Of one subject like it, and besides of what stands for a subject like it (`core.facts.STANDS_FOR`), each once; the latter may
    be of our own organisation. ``until``: the first day on which the facts no longer count here.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="inheritances")
    source = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="heirs")
    recorded_at = models.DateField()
    superseded_at = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "source"], condition=Q(superseded_at__isnull=True), name="inherits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ← {self.source}"
