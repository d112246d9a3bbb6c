"""The chain: its entries, and per organisation the head to which the next one is linked.

Entries are written once. The model refuses to change or delete one, and so does a trigger in the database.
"""

from typing import Any, ClassVar, NoReturn, Self

from django.db import models

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core import chain


class Written(Exception):
    """Someone tried to change or delete an entry of the trail."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads entries; has no way to change them."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise Written("an entry of the trail is never changed")

    def delete(self) -> NoReturn:
        """Refused."""
        raise Written("an entry of the trail is never deleted")


class Entry(models.Model):
    """One act. ``hash`` is over ``previous`` and what ``content`` returns, as ``core/chain.py`` says.

    ``person`` None: the system itself, or someone without an account; ``actor`` then says who. The name of a person is
    not in the chain, only his number: a name can be erased and the chain stays whole.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    actor = models.CharField(max_length=100, blank=True)
    act = models.CharField(max_length=60)
    about = models.CharField(max_length=250)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Self]] = EntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation", "seq"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "seq"], name="entry_once")]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "about", "seq"], name="entry_about"),
            models.Index(fields=["organisation", "person", "seq"], name="entry_person"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes a new entry. Raises Written when it already stands there."""
        if not self._state.adding:
            raise Written("an entry of the trail is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise Written("an entry of the trail is never deleted")

    def content(self, slug: str) -> dict[str, Any]:
        """What is hashed; ``slug`` is that of the organisation, given so that nothing needs to be fetched."""
        return {
            "organisation": slug,
            "seq": self.seq,
            "at": chain.moment(self.at),
            "person": self.person_id,
            "actor": self.actor,
            "act": self.act,
            "about": self.about,
            "detail": self.detail,
        }


class Head(models.Model):
    """The last link of an organisation's chain; locked while the next one is written."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True, related_name="+")
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.organisation} {self.seq}"
