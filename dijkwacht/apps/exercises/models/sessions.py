"""Scripts of one's own, sessions that are planned and played, and who takes part."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dijkwacht.apps.ledger.columns import organisation_column, person_column
from dijkwacht.core.exercises import Phase


class Script(models.Model):
    """A scenario of an organisation itself. ``content``: as `norms.scenarios.plain` has it; ``based_on``: a pack, or nothing."""

    organisation = organisation_column()
    title = models.CharField(max_length=200)
    content = models.JSONField()
    based_on = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField()
    changed_by = person_column()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """An exercise. ``script``: the scenario as it was when the session was planned; ``phase``: as its events say.

    ``version`` rises with every act, so that who looks along can ask whether anything changed. ``code_hash``: of the link
    for guests, of which only the hash is kept; ``guest_roles``: what guests may choose. ``tells``: which further questions
    of the ledger this session answers, as fact type and key of the subject.
    """

    organisation = organisation_column()
    title = models.CharField(max_length=200)
    goal = models.TextField(blank=True)
    planned_on = models.DateField()
    script = models.JSONField()
    script_name = models.CharField(max_length=80, blank=True)
    lead = person_column()
    phase = models.CharField(max_length=8, default=Phase.PLANNED.value)
    version = models.PositiveIntegerField(default=0)
    code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    guest_roles = models.JSONField(default=list)
    questions = models.JSONField(default=dict)
    judged = models.JSONField(default=dict)
    conclusion = models.TextField(blank=True)
    tells = models.JSONField(default=list)
    held_on = models.DateField(null=True, blank=True)
    evaluated_at = models.DateTimeField(null=True, blank=True)
    evaluated_by = person_column()
    annulled_at = models.DateTimeField(null=True, blank=True)
    annulled_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-planned_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(phase__in=[each.value for each in Phase]), name="exercise_phase_known")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def live(self) -> bool:
        """Whether it is being played."""
        return self.phase in (Phase.RUNNING, Phase.PAUSED)


class Participant(models.Model):
    """Who plays which roles: a person of the house, or a guest, of whom only the function is known.

    ``key_hash``: of the address that a guest plays at.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="participants")
    person = person_column()
    function = models.CharField(max_length=120, blank=True)
    roles = models.JSONField(default=list)
    key_hash = models.CharField(max_length=64, blank=True, db_index=True)
    joined_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(left_at__isnull=True, person__isnull=False),
                name="exercise_player_once",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(function=""), name="exercise_guest_has_function"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.function if self.person is None else str(self.person)

    @property
    def guest(self) -> bool:
        """Whether this is somebody without an account here."""
        return self.person_id is None
