"""Over whose registers we look: our own, or also those of all who share theirs with us today."""

from dataclasses import dataclass, replace
from datetime import date

from dijkwacht.apps.people.models import Organisation, Share, ShareKind
from dijkwacht.apps.people.queries import shares_to
from dijkwacht.core.access import Tlp

FIELDS = ("safety_region", "province", "kind")
_STRICT = (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED)


@dataclass(frozen=True, slots=True)
class Scope:
    """Some registers. ``shared``: also of others; ``tlp``: the strictest label under which one of them was shared, or ""."""

    organisations: tuple[Organisation, ...]
    shared: bool = False
    tlp: str = ""

    @property
    def numbers(self) -> list[int]:
        """The numbers of the organisations."""
        return [each.pk for each in self.organisations]


def own(organisation: Organisation) -> Scope:
    """Our own register only."""
    return Scope((organisation,))


def shared_with(organisation: Organisation, *, on: date, ours: bool = True) -> Scope:
    """The registers that others share with us, and (``ours``) our own.

    ``on`` is the real day, never that of the time machine: who stopped sharing is gone at once, for every day.
    """
    rows = running(organisation, on=on)
    found = {each.owner.pk: each.owner for each in rows} | ({organisation.pk: organisation} if ours else {})
    labels = [Tlp(each.tlp) for each in rows]
    tlp = max(labels, key=_STRICT.index).value if labels else ""
    return Scope(tuple(sorted(found.values(), key=lambda each: (each.name, each.pk))), True, tlp)


def narrowed(scope: Scope, **wanted: str) -> Scope:
    """Only the organisations of which these fields say this; an empty text asks nothing."""
    fits = [
        each
        for each in scope.organisations
        if all(not text or getattr(each, name) == text for name, text in wanted.items())
    ]
    return replace(scope, organisations=tuple(fits))


def running(organisation: Organisation, *, on: date) -> list[Share]:
    """The shares under which others let us see their register of suppliers on a day."""
    return list(shares_to(organisation, on=on).filter(kind=ShareKind.SUPPLIERS, what=ShareKind.SUPPLIERS.value))


def choices(scope: Scope) -> dict[str, list[str]]:
    """Of each field to narrow by, what the organisations have, in order."""
    return {name: sorted({getattr(each, name) for each in scope.organisations} - {""}) for name in FIELDS}
