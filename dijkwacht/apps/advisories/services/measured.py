"""What was measured of the outside as a source of the register: each measured name a source of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from dijkwacht.apps.advisories.models import Line, Upload
from dijkwacht.apps.advisories.services.register_sources import end_source
from dijkwacht.apps.advisories.services.registering import take_over
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.core.advisories.register_perimeter import FORM, perimeter_lines
from dijkwacht.core.checks.banners import Software

ACTOR = "tick"
LONGEST_LABEL = 120
AGAIN = timedelta(days=30)
"""After which the same measurement confirms its lines once more, so that they do not grow old; our choice."""
Seen = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Held:
    """What the register holds of one measured name: what was seen, and the day of it."""

    seen: Seen
    confirmed: date


def held() -> Mapping[tuple[int, str], Held]:
    """What all registers hold of measured names, by organisation and name; two columns of a row suffice to see a change."""
    found: dict[tuple[int, str], tuple[set[tuple[str, ...]], date]] = {}
    rows = Line.objects.filter(kind=FORM, gone__isnull=True).order_by()
    for organisation, label, confirmed, *values in rows.values_list(
        "organisation", "label", "confirmed", "vendor", "product", "version", "location", "status"
    ):
        seen, before = found.setdefault((organisation, label), (set(), confirmed))
        seen.add(tuple(values))
        found[organisation, label] = (seen, min(before, confirmed))
    return {key: Held(frozenset(seen), confirmed) for key, (seen, confirmed) in found.items()}


def is_new(before: Held | None, found: Iterable[Software], *, on: date) -> bool:
    """Whether what was seen on a day is to be written: it changed, or was not confirmed for long."""
    seen = seen_of(found, on=on)
    if before is None:
        return bool(seen)
    return seen != before.seen or on - before.confirmed >= AGAIN


def seen_of(found: Iterable[Software], *, on: date) -> Seen:
    """What was seen, as `held` tells it."""
    lines = perimeter_lines(found, on=on).lines
    return frozenset((each.vendor, each.product, each.version, each.location, each.status) for each in lines)


def label_of(name: str) -> str:
    """What the source of a measured name is called: the name, a very long one cut and told apart by its digest."""
    return name if len(name) <= LONGEST_LABEL else f"{name[:100]}~{sha256(name.encode()).hexdigest()[:16]}"


def measured(
    organisation: Organisation, name: str, found: Iterable[Software], *, on: date, at: datetime
) -> Upload | None:
    """Takes over what a measurement of one name on day ``on`` saw; None, and nothing is written, when nothing changed."""
    seen, source = tuple(found), Source(FORM, label_of(name))
    rows = Line.objects.filter(organisation=organisation, kind=FORM, label=source.label, gone__isnull=True)
    before = [
        (tuple(values), confirmed)
        for confirmed, *values in rows.values_list("confirmed", "vendor", "product", "version", "location", "status")
    ]
    standing = Held(frozenset(each for each, _day in before), min(day for _each, day in before)) if before else None
    if not is_new(standing, seen, on=on):
        return None
    if not seen:
        return end_source(organisation, source, person=None, at=at, actor=ACTOR)
    lines = perimeter_lines(seen, on=on)
    return take_over(organisation, lines, source, name=name, person=None, at=at, actor=ACTOR, act="measured")
