"""What came of a session: what to keep, what to do, what is needed from others."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.exercises.models.sessions import Session


class LessonKind(models.TextChoices):
    """What kind of thing was learned."""

    ACTION = "action", _("Something to do")
    KEEP = "keep", _("Something to keep doing")
    NEED = "need", _("A need: others must make this possible")


class Lesson(models.Model):
    """One thing that was learned. An action has somebody who does it (``who``), and a day."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="lessons")
    kind = models.CharField(max_length=6, choices=LessonKind.choices)
    text = models.TextField()
    who = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    done_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=LessonKind.values), name="exercise_lesson_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="action") | (Q(due__isnull=False) & ~Q(who="")), name="exercise_action_has_owner"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text[:80]
