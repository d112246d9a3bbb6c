"""What an organisation brought in, in one act: frameworks with their lines, mappings, and own texts. Nothing is deleted.

``ended_at``: taken out, or followed by a newer version. The document of a framework is kept whole, so that it can be given
back as it came.
"""

import json
import zlib
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.ledger.models import Compact
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core import framework as core


class Origin(models.TextChoices):
    """The form in which something came."""

    CATALOG = "catalog", _("OSCAL catalog")
    PROFILE = "profile", _("OSCAL profile, resolved")
    LIBRARY = "library", _("library of CISO Assistant")


class Brought(models.Model):
    """One act of bringing in. ``act``: its number in the trail; ``files``: name and SHA-256 of each."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    act = models.PositiveIntegerField()
    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    files = models.JSONField(encoder=Compact)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "act"], name="brought_act_once")]

    def __str__(self) -> str:
        return ", ".join(each["name"] for each in self.files)


class Framework(models.Model):
    """A framework without criteria of our own. ``replaces``: the version that this one followed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    brought = models.ForeignKey(Brought, on_delete=models.PROTECT, related_name="frameworks")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    ref = models.CharField(max_length=300)
    file = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    version = models.CharField(max_length=100, blank=True)
    counts = models.JSONField(encoder=Compact, default=dict)
    document = models.BinaryField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="framework_origin_known"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}".strip()

    @property
    def whole(self) -> Any:
        """The document as it came."""
        return unpacked(self.document)


class Line(models.Model):
    """One line of a framework, in its place. ``key``: its id in the framework; ``number``: how people call it."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=300)
    number = models.CharField(max_length=300)
    title = models.TextField()
    text = models.TextField(blank=True)
    group = models.TextField(blank=True)
    parent = models.CharField(max_length=300, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["framework", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "position"], name="line_position_once"),
            models.UniqueConstraint(fields=["framework", "key"], name="line_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def item(self) -> core.Item:
        """As the core takes it."""
        return core.Item(self.key, self.number, self.title, self.text, self.group, self.parent, self.withdrawn)


class MappingSet(models.Model):
    """Maps between two frameworks. Each side is one of our norms, a framework brought in, or not known here (neither)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    brought = models.ForeignKey(Brought, on_delete=models.PROTECT, related_name="mappings")
    ref = models.CharField(max_length=300)
    file = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    version = models.CharField(max_length=100, blank=True)
    author = models.CharField(max_length=300, blank=True)
    source_name = models.CharField(max_length=300)
    source_norm = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey(Framework, on_delete=models.PROTECT, null=True, related_name="+")
    target_name = models.CharField(max_length=300)
    target_norm = models.CharField(max_length=40, blank=True)
    target = models.ForeignKey(Framework, on_delete=models.PROTECT, null=True, related_name="+")
    maps = models.JSONField(encoder=Compact)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def read_maps(self) -> tuple[core.Map, ...]:
        """The maps as the core takes them."""
        return tuple(core.read_map(each) for each in self.maps)

    @property
    def per_relation(self) -> dict[str, int]:
        """How many maps there are of each relation."""
        return core.MapSet("", "", "", "", "", self.read_maps).per_relation


class LinkChoice(models.Model):
    """Whether a link of a mapping counts for an organisation, chosen and with a reason; the latest choice holds.

    By ``ref`` of the mapping and ``link`` (``core.link_key``), so that a next version that says the same keeps the choice,
    and an organisation can choose about a mapping that another shares with it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    ref = models.CharField(max_length=300)
    link = models.CharField(max_length=64)
    counts = models.BooleanField()
    why = models.TextField()
    act = models.PositiveIntegerField()
    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["organisation", "act", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "ref", "link", "act"], name="link_choice_act_once")
        ]

    def __str__(self) -> str:
        return self.why


class TextSet(models.Model):
    """The organisation's own copy of the texts of a norm."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    brought = models.ForeignKey(Brought, on_delete=models.PROTECT, related_name="text_sets")
    norm = models.CharField(max_length=40)
    file = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["norm", "pk"]

    def __str__(self) -> str:
        return self.file


class OwnText(models.Model):
    """One text in such a copy, for one of our requirements."""

    text_set = models.ForeignKey(TextSet, on_delete=models.PROTECT, related_name="texts", db_index=False)
    requirement = models.CharField(max_length=80)
    title = models.TextField()
    text = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["text_set", "requirement"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["text_set", "requirement"], name="own_text_once")]

    def __str__(self) -> str:
        return self.requirement


def packed(document: Any) -> bytes:
    """A document as it is stored: compact JSON, compressed."""
    return zlib.compress(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpacked(stored: bytes | memoryview) -> Any:
    """The document in what was stored."""
    return json.loads(zlib.decompress(bytes(stored)))


def lines_of(framework: Framework, items: Iterable[core.Item]) -> list[Line]:
    """The rows for the lines of a framework, not saved yet."""
    return [
        Line(
            framework=framework, position=position, key=each.id[:300], number=each.number[:300], title=each.title,
            text=each.text, group=each.group, parent=each.parent[:300], withdrawn=each.withdrawn,
        )
        for position, each in enumerate(items)
    ]  # fmt: skip
