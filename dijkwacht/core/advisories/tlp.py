"""Who may see what: TLP 2.0 (FIRST, August 2022) between a CSIRT, the organisations it serves, and everybody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dijkwacht.core.advisories.shapes import Tlp

__all__ = ["ORDER", "UNLABELLED", "Allowed", "Reader", "effective", "may_see", "strictest"]

ORDER: tuple[Tlp, ...] = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
"""From open to closed."""
UNLABELLED: Tlp = "AMBER"
"""How a document without a label is kept when its channel has none either: for who needs it, and no further."""

Relation = Literal["named", "own", "trusted", "constituency", "public"]
"""The reader: `named` by the source in person; `own` staff of the organisation that received it; the `trusted` contact (VCIB) of
an organisation served; its general contact (ACIB) or anybody else there (`constituency`); the `public`."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks. ``needs``: the document concerns a product of this reader's organisation (need to know)."""

    relation: Relation
    needs: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """The answer and its reason, as a code: open, community, own_organisation, client_who_needs_it, named_person; or not_public,
    trusted_contact_only, no_need_to_know, own_organisation_only, named_persons_only."""

    yes: bool
    reason: str


def effective(label: Tlp | None, channel: Tlp | None = None) -> Tlp:
    """The label that holds: the document's own and that of its channel (a feed), the stricter; neither: UNLABELLED."""
    given = [each for each in (label, channel) if each is not None]
    return strictest(given) if given else UNLABELLED


def strictest(labels: Iterable[Tlp]) -> Tlp:
    """The label of a text put together from several: that of its most closed part; of nothing, CLEAR."""
    return max(labels, key=ORDER.index, default="CLEAR")


def may_see(label: Tlp, reader: Reader) -> Allowed:
    """Whether this reader may see a text with this label, and why or why not."""
    relation = reader.relation
    if label == "CLEAR":
        return Allowed(True, "open")
    if relation == "public":
        return Allowed(False, "not_public")
    if label == "GREEN":
        return Allowed(True, "community")
    if label == "RED":
        named = relation == "named"
        return Allowed(named, "named_person" if named else "named_persons_only")
    if relation in ("named", "own"):
        return Allowed(True, "own_organisation")
    if label == "AMBER+STRICT":
        return Allowed(False, "own_organisation_only")
    if relation == "constituency":
        return Allowed(False, "trusted_contact_only")
    return Allowed(reader.needs, "client_who_needs_it" if reader.needs else "no_need_to_know")
