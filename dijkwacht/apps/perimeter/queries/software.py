"""Which software names itself on the outside, as the last measurement of each name saw it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dijkwacht.apps.perimeter.models import Reading
from dijkwacht.core.checks.banners import Software
from dijkwacht.web.moments import day_of

CHECK = "software_version"


@dataclass(frozen=True, slots=True)
class Seen:
    """A name of an organisation (its number), the state of it, the day of its last measurement, and the software seen then."""

    organisation: int
    name: str
    state: str
    on: date
    software: tuple[Software, ...]


def software_seen() -> Iterator[Seen]:
    """Per name that was measured what stands of its software; not of names that a CSIRT measures for another.

    A name where nothing could be measured keeps what was seen before: it gives nothing here.
    """
    rows = Reading.objects.filter(check_id=CHECK, until__isnull=True, confirmed=True, domain__about__isnull=True)
    for row in rows.exclude(word__in=("not_tested", "error")).select_related("domain").order_by("domain"):
        domain = row.domain
        seen = tuple(each for target in row.targets for each in _software(target))
        yield Seen(domain.organisation_id, domain.name, domain.state, day_of(domain.seen_at or row.since), seen)


def _software(target: Mapping[str, Any]) -> Iterator[Software]:
    for why in target.get("why", ()):
        told = why.get("params", {})
        if why["code"] in ("software_exposed", "software_named"):
            yield Software(
                str(told.get("product", "")), str(told.get("title", "")), str(told.get("version", "")), str(target["target"]),
                told.get("where", "server"), str(told.get("evidence", "")), str(told.get("distribution", "")),
            )  # fmt: skip
