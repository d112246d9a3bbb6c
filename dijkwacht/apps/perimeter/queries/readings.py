"""What was measured of a name: the words that stand, how they came about, and what changed since a moment."""

import gzip
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q, QuerySet

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, Observation, Reading


@dataclass(frozen=True, slots=True)
class Change:
    """A word that turned: ``before`` None: a check that was not there; ``after`` None: one that is no longer made."""

    domain: Domain
    area: str
    check_id: str
    before: str | None
    after: str | None
    at: datetime


def standing(domain: Domain) -> list[Reading]:
    """The words that stand, suspected ones too."""
    return list(domain.readings.filter(until__isnull=True))


def standing_of(domain: Domain, *, area: str, check: str) -> Reading | None:
    """The word of one check as it stands."""
    return domain.readings.filter(until__isnull=True, area=area, check_id=check).first()


def turned(domain: Domain) -> list[list[Reading]]:
    """Per check whose word ever changed its readings, the oldest first."""
    rows = domain.readings.order_by("area", "check_id", "since", "pk")
    groups = _per_check(rows)
    return [group for group in groups if len({row.word for row in group}) > 1]


def changes(organisation: Organisation, *, since: datetime) -> tuple[list[Change], int]:
    """The words that turned since a moment, by name; and how many names were measured for the first time since.

    What was only suspected counts nowhere: neither its coming nor its going is a change.
    """
    ours = Reading.objects.filter(domain__organisation=organisation).order_by()
    began = ours.filter(confirmed=True).values("domain").annotate(first=Min("since"))
    new = set(began.filter(first__gte=since).values_list("domain", flat=True))
    doubt = ours.filter(until__isnull=True, confirmed=False)
    doubted = set(doubt.values_list("domain_id", "area", "check_id"))
    groups = [group for group in _recent(ours, since) if group[0].domain_id not in new]
    return [each for group in groups for each in _turns(group, since, doubted)], len(new)


def _recent(ours: QuerySet[Reading], since: datetime) -> list[list[Reading]]:
    """Per check what was measured twice and stood at or after a moment, with what stood before it; by name."""
    sure = ours.filter(confirmed=True).select_related("domain").defer("targets")
    rows = list(sure.filter(Q(since__gte=since) | Q(until__gte=since)))
    # What a suspicion came between has no reading before it that ended in time: only those are looked up further back.
    alone = [group[0] for group in _per_check(sorted(rows, key=_place)) if group[0].since >= since]
    keys = {(each.domain_id, each.area, each.check_id) for each in alone}
    before = sure.filter(until__lt=since, check_id__in={key[2] for key in keys}, domain__in={key[0] for key in keys})
    rows += [each for each in before if (each.domain_id, each.area, each.check_id) in keys]
    return _per_check(sorted(rows, key=_place))


def _place(row: Reading) -> tuple[str, str, str, datetime, int]:
    return row.domain.name, row.area, row.check_id, row.since, row.pk


def _turns(group: list[Reading], since: datetime, doubted: Collection[tuple[int, str, str]]) -> Iterator[Change]:
    last = group[0]
    if last.since >= since:
        yield _change(last, None, last.word, last.since)
    for row in group[1:]:
        if row.since >= since and row.word != last.word:
            yield _change(row, last.word, row.word, row.since)
        last = row
    # What a suspicion ended stands until that was measured again.
    if last.until is not None and last.until >= since and (last.domain_id, last.area, last.check_id) not in doubted:
        yield _change(last, last.word, None, last.until)


def _change(row: Reading, before: str | None, after: str | None, at: datetime) -> Change:
    return Change(row.domain, row.area, row.check_id, before, after, at)


def _per_check(rows: QuerySet[Reading] | Iterable[Reading]) -> list[list[Reading]]:
    groups: dict[tuple[int, str, str], list[Reading]] = {}
    for row in rows:
        groups.setdefault((row.domain_id, row.area, row.check_id), []).append(row)
    return list(groups.values())


def observation(domain: Domain) -> tuple[Observation, bytes] | None:
    """The newest raw observation of a name, unpacked; None when it was never measured."""
    found = Observation.objects.filter(domain=domain).order_by("-at").first()
    return (found, gzip.decompress(bytes(found.raw))) if found else None
