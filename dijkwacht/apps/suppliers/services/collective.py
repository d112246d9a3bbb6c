"""A collective service: made, changed and ended by who holds it, who says what it covers. In the trail of the holder."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.apps.suppliers.models import Collective, CollectiveKind, Covering, Extent
from dijkwacht.apps.suppliers.services.doing import Refused, doing
from dijkwacht.apps.suppliers.services.review_ground import one_line
from dijkwacht.core.suppliers.asking import CollectiveService
from dijkwacht.norms.suppliers_collective import NORMS
from dijkwacht.web.moments import day_of
from dijkwacht.web.terms import text_of

MEMBERS = (OrganisationKind.MUNICIPALITY, OrganisationKind.JOINT_ARRANGEMENT, OrganisationKind.OTHER)
"""The kinds of organisation that do things together; a supplier, a CSIRT and a supervisor do not join."""
NO_HOLDER = (OrganisationKind.SUPPLIER, OrganisationKind.SUPERVISOR)
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Told:
    """What a collective service is, as its holder tells. ``until``: the first day without it. ``open_to``: ids of kinds of
    organisation; ``regions``: names of safety regions, empty for all."""

    name: str
    kind: str
    what: str
    provider: str
    open_to: Sequence[str]
    regions: Sequence[str]
    since: date
    until: date | None = None

    def checked(self) -> "Told":
        """The same without stray blanks. Raises Refused (empty, too_long, odd, period) with the field."""
        texts: dict[str, Any] = {name: _text(one_line(getattr(self, name)), name, 200) for name in ("name", "provider")}
        texts["what"] = _text(self.what, "what", LONGEST)
        if not texts["name"]:
            raise Refused("empty", field="name")
        if self.kind not in CollectiveKind.values:
            raise Refused("odd", field="kind")
        if not set(self.open_to) <= set(MEMBERS):
            raise Refused("odd", field="open_to")
        if any(not 0 < len(each) <= 80 for each in self.regions):
            raise Refused("odd", field="regions")
        if self.until is not None and self.until <= self.since:
            raise Refused("period", field="last")
        return replace(self, **texts, open_to=[*self.open_to], regions=sorted({*self.regions}))


def make(
    organisation: Organisation,
    *,
    told: Told,
    pack: CollectiveService | None = None,
    person: Person | None,
    at: datetime,
) -> Collective:
    """A new service. From a pack it takes over what that covers, in the language of who makes it; that can be changed.

    Raises Refused: no_holder, and what `Told.checked` raises.
    """
    if organisation.kind in NO_HOLDER:
        raise Refused("no_holder")
    told = told.checked()
    with doing(organisation, person=person, at=at) as deed:
        made = Collective.objects.create(
            organisation=organisation, pack=pack.id if pack else "", added_by=person, added_at=at, **asdict(told)
        )
        known = packs_on(day_of(at)).norms.requirements
        rows = [
            Covering(collective=made, requirement=each.requirement, extent=each.extent, stays=text_of(each.remains))
            for each in (pack.covers if pack else ())
            if each.requirement in known
        ]
        covers = Covering.objects.bulk_create(rows)
        deed.write("collective_made", about=about(made), rows=[made, *covers], name=made.name, covers=len(covers))
    return made


def change(collective: Collective, *, told: Told, person: Person | None, at: datetime) -> Collective:
    """Tells otherwise what it is. Raises what `Told.checked` raises."""
    told = told.checked()
    with doing(collective.organisation, person=person, at=at) as deed:
        now = fresh(collective)
        before = now.name
        for name, value in asdict(told).items():
            setattr(now, name, value)
        now.save(update_fields=[*asdict(told)])
        deed.write("collective_changed", about=about(now), rows=[now], name=now.name, before=before)
    return now


def end(collective: Collective, *, until: date, person: Person | None, at: datetime) -> Collective:
    """The service ends: from ``until`` on it is not there. Who was a member sees that. Raises Refused (period, gone)."""
    with doing(collective.organisation, person=person, at=at) as deed:
        now = fresh(collective)
        if until <= now.since:
            raise Refused("period", field="last")
        if now.until is not None and now.until <= day_of(at):
            raise Refused("gone")
        now.until = until
        now.save(update_fields=["until"])
        deed.write("collective_ended", about=about(now), rows=[now], name=now.name, until=until)
    return now


def cover(
    collective: Collective, *, requirement: str, extent: str, does: str = "", stays: str = "", person: Person | None,
    at: datetime,
) -> Covering:  # fmt: skip
    """Says what the service does for a requirement and what stays with the member; said again it replaces what stood there.

    Raises Refused: no_requirement, odd, too_long, stays (part of it, and nothing said of the rest).
    """
    known = packs_on(day_of(at)).norms.requirements
    if requirement not in known or requirement.partition(":")[0] not in NORMS:
        raise Refused("no_requirement", field="requirement")
    if extent not in Extent.values:
        raise Refused("odd", field="extent")
    does, stays = _text(does, "does", LONGEST), _text(stays, "stays", LONGEST)
    if extent == Extent.PART and not stays:
        raise Refused("stays", field="stays")
    with doing(collective.organisation, person=person, at=at) as deed:
        now = fresh(collective)
        row, _new = Covering.objects.update_or_create(
            collective=now, requirement=requirement, defaults={"extent": extent, "does": does, "stays": stays}
        )
        deed.write("covering_told", about=about(now), rows=[row], name=now.name, requirement=requirement, extent=extent)
    return row


def uncover(covering: Covering, *, person: Person | None, at: datetime) -> None:
    """The service does nothing for this requirement after all. Raises Refused (gone)."""
    collective = covering.collective
    with doing(collective.organisation, person=person, at=at) as deed:
        kept = Covering(pk=covering.pk)
        if not Covering.objects.filter(pk=covering.pk).delete()[0]:
            raise Refused("gone")
        deed.write(
            "covering_removed", about=about(collective), rows=[kept], name=collective.name,
            requirement=covering.requirement,
        )  # fmt: skip


def fresh(collective: Collective) -> Collective:
    """The service as it is now."""
    return Collective.objects.select_related("organisation").get(pk=collective.pk)


def about(collective: Collective) -> str:
    """How the trail names a service."""
    return f"collective:{collective.pk}"


def _text(text: str, field: str, most: int) -> str:
    clean = text.replace("\0", "").strip()
    if len(clean) > most:
        raise Refused("too_long", field=field)
    return clean
