"""Needs: those of the packs and those raised here, who feels them, and what whoever handles them says."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from dijkwacht.apps.landscape.models import Felt, Handling, Initiative, Need, Reach, Voice
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.covenant.needs import Priority, Realism, Status, Voices, Weighed, in_order
from dijkwacht.core.covenant.shapes import PackInitiative, PackNeed
from dijkwacht.core.covenant.stand import Course, Running, course
from dijkwacht.norms.covenant import initiatives_pack, needs_pack
from dijkwacht.web.terms import text_of

PACK, OWN = "pack:", "need:"


@dataclass(frozen=True, slots=True)
class Seen:
    """One need as an organisation sees it. ``pack`` or ``row``: where it comes from; ``handling``: what this organisation says
    of it, or else who raised it; ``mine``: its own voice."""

    key: str
    weighed: Weighed
    pack: PackNeed | None
    row: Need | None
    handling: Handling | None
    mine: Voice | None

    @property
    def title(self) -> str:
        """What it is called, in the active language."""
        return text_of(self.pack.title) if self.pack else str(self.row)

    @property
    def needed(self) -> str:
        """What is needed."""
        return text_of(self.pack.needed) if self.pack else self.row.needed if self.row else ""

    @property
    def area(self) -> str:
        """The area of the covenant."""
        return self.pack.area if self.pack else self.row.area if self.row else ""

    @property
    def challenge(self) -> str:
        """The system challenge, or empty."""
        return self.pack.challenge if self.pack else self.row.challenge if self.row else ""


def own_number(need: str) -> int | None:
    """The number of a need that somebody raised here; None for one of the packs, and for what is no key at all."""
    kind, _sep, rest = need.partition(":")
    return int(rest) if kind == "need" and rest.isascii() and rest.isdecimal() and len(rest) < 18 else None


def raised(organisation: Organisation) -> QuerySet[Need]:
    """The needs that were raised and that an organisation may see: its own, and those for all."""
    rows = Need.objects.filter(Q(organisation=organisation) | Q(reach=Reach.ALL), withdrawn_on__isnull=True)
    return rows.select_related("organisation")


def exists(organisation: Organisation, need: str) -> str | None:
    """What a need is called, when it is there for this organisation; else None."""
    number = own_number(need)
    if number is not None:
        row = raised(organisation).filter(pk=number).first()
        return None if row is None else row.title
    found = next((each for each in needs_pack().needs if f"{PACK}{each.id}" == need), None)
    return None if found is None else text_of(found.title)


def needs(organisation: Organisation, *, on: date) -> list[Seen]:
    """All needs for an organisation as they stood on a day, in order (`core.covenant.needs.in_order`).

    Of what is written of a need only the last is kept: what was written of it after the day is left out, not told as it was.
    """
    rows = {f"{OWN}{row.pk}": row for row in raised(organisation).filter(raised_on__lte=on)}
    packs = {f"{PACK}{each.id}": each for each in needs_pack().needs}
    keys = [*packs, *rows]
    voices, handled = voices_of(keys, on=on), _handlings(organisation, rows, on=on)
    mine = {row.need: row for row in Voice.objects.filter(_said(on), organisation=organisation)}
    closing = _closing(organisation, on=on)
    weighed = [_weighed(key, voices[key], handled.get(key), packs.get(key), closing[key]) for key in keys]
    return [
        Seen(each.key, each, packs.get(each.key), rows.get(each.key), handled.get(each.key), mine.get(each.key))
        for each in in_order(weighed)
    ]


def need(organisation: Organisation, key: str, *, on: date) -> Seen | None:
    """One of them; None when it is not there for this organisation."""
    return next((each for each in needs(organisation, on=on) if each.key == key), None)


def voices_of(keys: Collection[str], *, on: date | None = None) -> dict[str, Voices]:
    """How many organisations feel each need strongly, somewhat or not. Counts only: who said what is its own affair.

    ``on``: the voices that counted on that day; else those that count now.
    """
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    counts = _said(on) if on else Q(until__isnull=True)
    rows = Voice.objects.filter(counts, need__in=keys).values_list("need", "felt").annotate(n=Count("pk"))
    for key, felt, n in rows:
        counted[key][felt] += n
    return {key: Voices(counted[key][Felt.STRONG], counted[key][Felt.SOME], counted[key][Felt.NONE]) for key in keys}


def _said(on: date) -> Q:
    """The voices that counted at the end of a day."""
    return Q(on__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def _handlings(organisation: Organisation, rows: Mapping[str, Need], *, on: date) -> dict[str, Handling]:
    """What counts as said of each need: by this organisation itself, else by who raised it."""
    raisers = {key: row.organisation_id for key, row in rows.items()}
    found = Handling.objects.filter(
        Q(organisation=organisation) | Q(need__in=[*raisers], organisation__in={*raisers.values()}), on__lte=on
    ).select_related("organisation", "by")
    said: dict[str, Handling] = {}
    for row in sorted(found, key=lambda each: each.organisation_id == organisation.pk):
        if row.organisation_id in (organisation.pk, raisers.get(row.need)):
            said[row.need] = row
    return said


def _closing(organisation: Organisation, *, on: date) -> Counter[str]:
    """How many initiatives that run should meet each need: those that were added, and those of the packs."""
    runs = Initiative.objects.filter(
        Q(organisation=organisation) | Q(reach=Reach.ALL), Q(last_day__isnull=True) | Q(last_day__gte=on),
        Q(finished_on__isnull=True) | Q(finished_on__gt=on), started__lte=on,
    )  # fmt: skip
    found = Counter(key for keys in runs.values_list("closes", flat=True) for key in keys)
    found.update(f"{PACK}{key}" for each in initiatives_pack().initiatives if _runs(each, on=on) for key in each.needs)
    return found


def _runs(each: PackInitiative, *, on: date) -> bool:
    return course(as_running(each), on=on) in (Course.RUNNING, Course.LAPSING)


def as_running(each: PackInitiative) -> Running:
    """An initiative of the packs as the core takes it. A law has no end of its own; what was announced is not known to run."""
    return Running(
        f"{PACK}{each.id}", each.started, each.last_day, done=each.stands == "done", known=each.stands == "runs"
    )


def _weighed(key: str, voices: Voices, handled: Handling | None, pack: PackNeed | None, closes: int) -> Weighed:
    holder = handled.holder if handled and handled.holder else pack.holder if pack else ""
    if handled is None:
        return Weighed(key, voices, holder=holder, closes=closes)
    return Weighed(
        key, voices, Realism(handled.realism), Priority(handled.priority), holder, Status(handled.status),
        cost=bool(handled.once or handled.yearly), closes=closes,
    )  # fmt: skip
