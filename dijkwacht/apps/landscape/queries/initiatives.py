"""What runs: initiatives of the packs and those that organisations added, where they are on a day, and who takes part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from dijkwacht.apps.landscape.models import Initiative, Part, Reach
from dijkwacht.apps.landscape.queries.needs import PACK, as_running
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.covenant.shapes import PackInitiative
from dijkwacht.core.covenant.stand import Course, Running, course
from dijkwacht.norms.covenant import initiatives_pack
from dijkwacht.web.terms import text_of

OWN = "initiative:"
_ORDER = (Course.LAPSED, Course.LAPSING, Course.RUNNING, Course.PLANNED, Course.UNKNOWN, Course.DONE)


@dataclass(frozen=True, slots=True)
class Seen:
    """An initiative that was added, as an organisation sees it. ``members``: how many organisations take part; ``part``: its
    own."""

    key: str
    row: Initiative
    course: Course
    members: int
    part: Part | None

    @property
    def title(self) -> str:
        """What it is called."""
        return self.row.title

    @property
    def owner(self) -> str:
        """Who keeps it going."""
        return self.row.owner

    @property
    def ends(self) -> date | None:
        """Its last day."""
        return self.row.last_day

    @property
    def closes(self) -> Sequence[str]:
        """The keys of the needs that it should meet."""
        return list(self.row.closes)

    @property
    def gaps(self) -> Sequence[str]:
        """Places of the landscape where it should put somebody."""
        return ()


@dataclass(frozen=True, slots=True)
class SeenPack:
    """The same of one of the packs."""

    key: str
    pack: PackInitiative
    course: Course
    members: int
    part: Part | None

    @property
    def title(self) -> str:
        """What it is called, in the active language."""
        return text_of(self.pack.title)

    @property
    def owner(self) -> str:
        """Who keeps it going."""
        return self.pack.owner

    @property
    def ends(self) -> date | None:
        """The last day that its end may mean."""
        return self.pack.last_day

    @property
    def closes(self) -> Sequence[str]:
        """The keys of the needs that it should meet."""
        return [f"{PACK}{each}" for each in self.pack.needs]

    @property
    def gaps(self) -> Sequence[str]:
        """Places of the landscape where it should put somebody."""
        return self.pack.gaps


Either = Seen | SeenPack


def added(organisation: Organisation) -> QuerySet[Initiative]:
    """The initiatives that an organisation may see: its own, and those for all."""
    return Initiative.objects.filter(Q(organisation=organisation) | Q(reach=Reach.ALL)).select_related("organisation")


def in_packs() -> dict[str, PackInitiative]:
    """Those of the packs, by key."""
    return {f"{PACK}{each.id}": each for each in initiatives_pack().initiatives}


def title_of(organisation: Organisation, initiative: str) -> str | None:
    """What an initiative is called, when it is there for this organisation; else None."""
    if (pack := in_packs().get(initiative)) is not None:
        return text_of(pack.title)
    kind, _sep, rest = initiative.partition(":")
    if kind != "initiative" or not (rest.isascii() and rest.isdecimal() and len(rest) < 18):
        return None
    row = added(organisation).filter(pk=int(rest)).first()
    return None if row is None else row.title


def initiatives(organisation: Organisation, *, on: date) -> list[Seen]:
    """Those that were added, for an organisation: what lapsed or will soon first, then by last day."""
    rows = {f"{OWN}{row.pk}": row for row in added(organisation)}
    members, mine = _parts(organisation, rows)
    found = [
        Seen(key, row, course(running(row, on=on), on=on), members.get(key, 0), mine.get(key))
        for key, row in rows.items()
    ]
    return sorted(found, key=_order)


def pack_initiatives(organisation: Organisation, *, on: date) -> list[SeenPack]:
    """Those of the packs, for an organisation, in the same order."""
    packs = in_packs()
    members, mine = _parts(organisation, packs)
    found = [
        SeenPack(key, each, course(as_running(each), on=on), members.get(key, 0), mine.get(key))
        for key, each in packs.items()
    ]
    return sorted(found, key=_order)


def everything(organisation: Organisation, *, on: date) -> list[Either]:
    """All of them: what lapsed or will soon first, then by last day."""
    return sorted([*initiatives(organisation, on=on), *pack_initiatives(organisation, on=on)], key=_order)


def initiative(organisation: Organisation, pk: int, *, on: date) -> Seen | None:
    """One that was added; None when it is not there for this organisation."""
    return next((each for each in initiatives(organisation, on=on) if each.row.pk == pk), None)


def pack_initiative(organisation: Organisation, name: str, *, on: date) -> SeenPack | None:
    """One of the packs; None when there is none of that name."""
    return next((each for each in pack_initiatives(organisation, on=on) if each.pack.id == name), None)


def running(row: Initiative, *, on: date) -> Running:
    """An initiative that was added as the core takes it on a day."""
    return Running(
        f"{OWN}{row.pk}", row.started, row.last_day, done=row.finished_on is not None and row.finished_on <= on
    )


def _parts(
    organisation: Organisation, keys: "dict[str, Initiative] | dict[str, PackInitiative]"
) -> tuple[dict[str, int], dict[str, Part]]:
    joined = Part.objects.filter(initiative__in=list(keys), until__isnull=True)
    members = dict(joined.values_list("initiative").annotate(n=Count("pk")))
    return members, {part.initiative: part for part in joined.filter(organisation=organisation)}


def _order(each: Either) -> tuple[int, date, str]:
    return _ORDER.index(each.course), each.ends or date.max, each.title
