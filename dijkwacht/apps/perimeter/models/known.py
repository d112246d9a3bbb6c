"""What workers keep beside what they saw: what they sent, which addresses serve whom; and whose a disputed name is."""

from typing import ClassVar

from django.db import models

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models.runs import Job, Run


class JobLog(models.Model):
    """Every connection and refusal of one visit to one name, packed (`services/logbook`). Kept for a while.

    ``lines`` and ``refused``: how many are in it; ``left_out``: how many more there were than are kept.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="logs")
    worker = models.CharField(max_length=80)
    at = models.DateTimeField()
    lines = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0)
    packed = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["at"], name="perimeter_log_at")]

    def __str__(self) -> str:
        return f"{self.job}: {self.lines}"


class Served(models.Model):
    """An address at which a name of an organisation was found: a web site, or a host that its mail goes to.

    ``organisation`` is whose name it is, also where a CSIRT measured it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=253)
    address = models.CharField(max_length=45)
    seen_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name", "address"], name="perimeter_served_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["address"], name="perimeter_served_at"),
            models.Index(fields=["seen_at"], name="perimeter_served_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.address}"


class SettledName(models.Model):
    """Whose a name is, with all below it: decided by who runs the installation, where several watch it."""

    name = models.CharField(max_length=253, primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.organisation}"
