"""Editions of public tables with their figures, which all organisations share; what an organisation brought or chose itself."""

from typing import ClassVar

from django.db import models

from dijkwacht.apps.ledger.columns import organisation_column, person_column


class Edition(models.Model):
    """A public table as it was fetched on a day. Added, never changed; it may be withdrawn by who brought it.

    ``organisation``: in whose trail it was brought. ``sha256``: of the files; ``digest``: of the figures, so that these come
    in once. ``made_up``: invented for a demonstration.
    """

    organisation = organisation_column()
    table = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    modified = models.CharField(max_length=40, blank=True)  # as the table says it
    fetched_on = models.DateField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    suppressed = models.PositiveIntegerField()
    first = models.CharField(max_length=8)
    newest = models.CharField(max_length=8)
    columns = models.JSONField(default=dict)  # our measure by their column
    made_up = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = person_column()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["table", "-fetched_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["table", "digest"], condition=models.Q(withdrawn_at__isnull=True), name="crime_edition_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} ({self.newest})"


class Figure(models.Model):
    """One figure of an edition. ``value`` None: the cell is empty, which means suppressed and not zero."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="figures", db_index=False)
    area = models.CharField(max_length=12)
    topic = models.CharField(max_length=12, blank=True)
    measure = models.CharField(max_length=16)
    period = models.CharField(max_length=8)
    value = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "measure", "topic", "period", "area"], name="crime_figure_once"
            )
        ]  # for what all municipalities say of a period  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["edition", "area"], name="crime_figure_area")]  # for what one says

    def __str__(self) -> str:
        return f"{self.area} {self.measure} {self.period}"


class AreaName(models.Model):
    """What an area is called in an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="areas", db_index=False)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "code"], name="crime_area_once")]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Which areas of these tables an organisation lies in, from small to large. Codes; empty where nobody chose."""

    organisation = models.OneToOneField("people.Organisation", on_delete=models.PROTECT, related_name="+")
    municipality = models.CharField(max_length=12, blank=True)
    team = models.CharField(max_length=12, blank=True)
    district = models.CharField(max_length=12, blank=True)
    unit = models.CharField(max_length=12, blank=True)
    province = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    by = person_column()

    def __str__(self) -> str:
        return self.municipality


class LocalCounts(models.Model):
    """Counts that an organisation brought itself. ``counts``: source, period, phenomenon and count, or null for too small.

    Added, never changed; a file that was wrong is withdrawn. ``bound``: below it a count was not kept.
    """

    organisation = organisation_column()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=list)
    bound = models.PositiveSmallIntegerField()
    made_up = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = person_column()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "sha256"], condition=models.Q(withdrawn_at__isnull=True), name="crime_local_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
