"""The world of an organisation as the engine takes it: subjects, facts, and what others share."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Max, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from dijkwacht.apps.ledger import runs, values
from dijkwacht.apps.ledger.models import Fact, Inheritance, Subject
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.people.models import Organisation, Share, ShareKind
from dijkwacht.core import facts as core
from dijkwacht.core.access import covers
from dijkwacht.core.facts import STANDS_FOR, Assurance, World

COLUMNS = (
    "id", "subject_id", "fact_type", "value", "valid_from", "valid_to", "recorded_at", "superseded_at", "observed",
    "assurance", "said_by", "person__name",
)  # fmt: skip
JSON = ("value", "observed")
AS_TEXT = tuple(Cast(name, TextField()) if name in JSON else name for name in COLUMNS)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A world, with the row numbers of its subjects by key."""

    world: World
    ids: dict[str, int]


def world(organisation: Organisation, *, on: date, known_at: date, fact_types: Collection[str] | None = None) -> World:
    """What was known on ``known_at``, shared facts included; only of some fact types if given."""
    return gather(organisation, packs=packs_on(on), known_at=known_at, fact_types=fact_types).world


def gather(
    organisation: Organisation, *, packs: Packs, known_at: date, fact_types: Collection[str] | None = None
) -> Gathered:
    """The same, with row numbers, for judging."""
    look = _Look(packs, known_at, fact_types)
    rows = Subject.objects.filter(known(known_at, "archived_at"), organisation=organisation).order_by("pk")
    rows = rows.exclude(kind__in=STANDS_FOR)
    subjects = list(rows.values_list("pk", "key", "kind", "name"))
    keys = {pk: key for pk, key, _, _ in subjects}
    found = [fact for pk, fact in look.facts(Q(organisation=organisation), keys) if pk in keys]
    heirs = _heirs(keys, known_at) if len(keys) > 1 else []
    if heirs:
        found += _inherited(look, heirs, shares_known(organisation, known_at), keys)
    world = World.of(
        organisation.slug, subjects=[core.Subject(key, kind, name) for _, key, kind, name in subjects], facts=found
    )
    world.inherits = {keys[heir.subject_id]: heir.source.organisation.slug for heir in heirs if alike(heir)}
    return Gathered(world, {key: pk for pk, key in keys.items()})


def last_recorded(organisation: Organisation) -> date | None:
    """The last day on which anything that this organisation's verdicts rest on was recorded or closed; None: nothing was."""
    links = Inheritance.objects.filter(subject__organisation=organisation)
    theirs = Q(organisation__in=links.values("source__organisation"), subject__in=links.values("source"))
    facts = Fact.objects.filter(Q(organisation=organisation) | theirs)
    shares = Share.objects.filter(recipient=organisation, kind=ShareKind.FACT)
    found = [
        *facts.aggregate(Max("recorded_at"), Max("superseded_at")).values(),
        *links.aggregate(Max("recorded_at"), Max("superseded_at")).values(),
        *Subject.objects.filter(organisation=organisation)
        .exclude(key=organisation.slug)
        .aggregate(Max("recorded_at"), Max("archived_at"))
        .values(),
        *map(_day, shares.aggregate(Max("granted_at"), Max("revoked_at")).values()),
    ]
    return max((day for day in found if day is not None), default=None)


def known(known_at: date, end: str) -> Q:
    """The condition that a row was recorded by that day and not closed by then."""
    return Q(recorded_at__lte=known_at) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": known_at}))


def to_fact(row: Sequence[Any], *, subject: str, packs: Packs, known_at: date) -> core.Fact | None:
    """A stored row (COLUMNS) as the engine's fact; None when no pack in force knows the fact type."""
    try:
        fact_type = packs.fact_type(row[2])
    except KeyError:
        return None
    return _fact(row, subject, values.read(fact_type, row[3]), _seen(row[8], known_at))


def _seen(observed: Any, known_at: date) -> tuple[date, ...]:
    """The last day by then on which a fact was seen."""
    seen = runs.last(observed, known_at=known_at)
    return () if seen is None else (seen,)


def _fact(row: Sequence[Any], subject: str, value: Any, seen: tuple[date, ...]) -> core.Fact:
    return core.Fact(
        str(row[0]), subject, row[2], value, row[4], row[6], row[5], row[7], seen, _ASSURANCE[row[9]],
        row[10] or row[11] or "",
    )  # fmt: skip


def _from_text(text: str | None) -> Any:
    """What a JSON column holds, as its field reads it: what is no JSON comes as it stands."""
    try:
        return None if text is None else json.loads(text)
    except json.JSONDecodeError:
        return text


_UNREAD = object()
_ASSURANCE = {int(each): each for each in Assurance}


@dataclass(frozen=True, slots=True)
class _Look:
    """With which eyes facts are read: the packs, what was known when, and which fact types (None: all)."""

    packs: Packs
    known_at: date
    fact_types: Collection[str] | None

    def facts(self, condition: Q, keys: Mapping[int, str]) -> Iterator[tuple[int, core.Fact]]:
        """The facts that were known, each with the row number of its subject; ``keys`` names the subjects."""
        rows = Fact.objects.filter(condition, known(self.known_at, "superseded_at"))
        if self.fact_types is not None:
            rows = rows.filter(fact_type__in=sorted(self.fact_types))
        told: dict[tuple[str, str], Any] = {}  # by how it stands: few values and days differ, so each is read once
        days: dict[str, tuple[date, ...]] = {}
        for row in rows.order_by("pk").values_list(*AS_TEXT):
            subject, said, observed = row[1], row[2:4], row[8]
            if said not in told:
                told[said] = self._value(*said)
            if told[said] is not _UNREAD:
                if observed not in days:
                    days[observed] = _seen(_from_text(observed), self.known_at)
                yield subject, _fact(row, keys.get(subject, ""), told[said], days[observed])

    def _value(self, name: str, text: str) -> Any:
        """The engine's value; nothing when no pack in force knows the fact type."""
        try:
            fact_type = self.packs.fact_type(name)
        except KeyError:
            return _UNREAD
        return values.read(fact_type, _from_text(text))


def alike(heir: Inheritance) -> bool:
    """Whether a link is with a subject of the same kind, and not with what only stands for one."""
    return heir.source.kind not in STANDS_FOR


def _heirs(keys: dict[int, str], known_at: date) -> list[Inheritance]:
    gone = Q(source__archived_at__isnull=False, source__archived_at__lte=known_at)
    rows = Inheritance.objects.filter(known(known_at, "superseded_at"), ~gone, subject__in=keys)
    return list(rows.select_related("subject", "source__organisation").order_by("pk"))


def _inherited(look: _Look, heirs: list[Inheritance], shares: list[Share], keys: dict[int, str]) -> list[core.Fact]:
    """The facts of the sources of our subjects that count here: our own, and those of others as far as a share covers them."""
    givers = {share.owner_id for share in shares}
    by_source: dict[int, list[Inheritance]] = {}
    for heir in heirs:
        if within(heir) or heir.source.organisation_id in givers:
            by_source.setdefault(heir.source_id, []).append(heir)
    if not by_source:
        return []
    whose = {
        heir.source.organisation_id for found in by_source.values() for heir in found
    }  # by subject alone all are read
    found: list[core.Fact] = []
    for source, fact in look.facts(Q(organisation__in=whose, subject__in=by_source), {}):
        if look.packs.fact_type(fact.fact).value == "reference":  # points to a subject that is not ours
            continue
        for heir in by_source[source]:
            ours = replace(fact, subject=keys[heir.subject_id])
            found += as_own(ours, heir) if within(heir) else ()
            for share in shares:
                given = share.owner_id == heir.source.organisation_id
                if given and covers(share.what, subject=heir.source.key, fact_type=fact.fact):
                    found += as_shared(ours, share, heir)
    return found


def shares_known(organisation: Organisation, known_at: date) -> list[Share]:
    """The shares of facts with the organisation that were given by that day and not revoked by then, whatever their period."""
    rows = Share.objects.filter(recipient=organisation, kind=ShareKind.FACT, granted_at__date__lte=known_at)
    return list(rows.filter(Q(revoked_at__isnull=True) | Q(revoked_at__date__gt=known_at)).order_by("pk"))


def as_shared(fact: core.Fact, share: Share, heir: Inheritance) -> list[core.Fact]:
    """A fact as far as it is shared: within the period of the share, and known from the day it was given."""
    owner, start = heir.source.organisation, max(fact.valid_from, share.valid_from)
    end = _first(fact.valid_to, share.valid_to, heir.until)
    if end is not None and end <= start:
        return []
    return [
        replace(
            fact,
            valid_from=start,
            valid_to=end,
            recorded_at=max(fact.recorded_at, timezone.localtime(share.granted_at).date(), heir.recorded_at),
            superseded_at=_first(fact.superseded_at, _day(share.revoked_at), heir.superseded_at),
            inherited_from=owner.slug,
            said_by=owner.name,  # whose word it is; who said it there stays there
        )
    ]


def within(heir: Inheritance) -> bool:
    """Whether a link lies within one organisation: with itself it shares nothing, and need not."""
    return heir.source.organisation_id == heir.subject.organisation_id


def as_own(fact: core.Fact, heir: Inheritance) -> list[core.Fact]:
    """A fact of our own about what stands for a subject, as far as the link goes: the word of who said it stays his."""
    end = _first(fact.valid_to, heir.until)
    if end is not None and end <= fact.valid_from:
        return []
    return [
        replace(
            fact,
            valid_to=end,
            recorded_at=max(fact.recorded_at, heir.recorded_at),
            superseded_at=_first(fact.superseded_at, heir.superseded_at),
        )
    ]


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _day(moment: Any) -> date | None:
    return None if moment is None else timezone.localtime(moment).date()
