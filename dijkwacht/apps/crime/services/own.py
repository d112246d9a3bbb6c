"""What an organisation says itself: which areas it lies in, and counts that it brought."""

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from dijkwacht.adapters.limits import TableError
from dijkwacht.adapters.tables import read_table
from dijkwacht.apps.crime.models.figures import LocalCounts, Place
from dijkwacht.apps.crime.services.doing import Refused, doing
from dijkwacht.apps.crime.words_figures import period_words
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.crime.local import LocalFile, LocalRow, read_local, revealing
from dijkwacht.core.intake_values import plain
from dijkwacht.norms.crime_packs import crime_packs

__all__ = ["LARGEST", "STARTS", "TableError", "choose_place", "read_counts", "take_over", "withdraw_counts"]

LARGEST = 5 * 1024 * 1024
STARTS = {"municipality": "GM", "team": "BT", "district": "DI", "unit": "RE", "province": "PV"}
"""The letters with which the code of an area begins, by its size. Teams, districts and units are called so in 85472NED as far as
we know; that was not read in the table itself, so any code of the table may be typed."""
_CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{2,10}", re.ASCII)


def choose_place(
    organisation: Organisation, chosen: Mapping[str, str], *, person: Person | None, at: datetime
) -> Place:
    """Says which areas an organisation lies in, by code. Raises Refused (empty, code) with the field."""
    codes = {part: chosen.get(part, "").strip().upper() for part in STARTS}
    if not codes["municipality"]:
        raise Refused("empty", field="municipality")
    for part, code in codes.items():
        if code and not _CODE.fullmatch(code):
            raise Refused("code", field=part)
    if not codes["municipality"].startswith("GM"):
        raise Refused("code", field="municipality")
    with doing(organisation, person=person, at=at) as deed:
        row, _made = Place.objects.update_or_create(
            organisation=organisation, defaults={**codes, "at": at, "by": person}
        )
        deed.write(
            "place_chosen", about=f"crime_place:{row.pk}", rows=[row], codes=", ".join(filter(None, codes.values()))
        )
    return row


def read_counts(data: bytes, name: str) -> LocalFile:
    """The counts in a spreadsheet. Raises TableError for what is none; what is wrong in its rows are problems."""
    packs = crime_packs()
    words = {
        plain(text): each.id
        for each in packs.catalogue.phenomena.values()
        for text in (each.id, *each.name.values(), *each.also)
    }
    return read_local(read_table(data, name=name), phenomena=words, bound=packs.figures.keep_from)


def take_over(
    organisation: Organisation, data: bytes, *, name: str, person: Person | None, at: datetime, made_up: bool = False
) -> LocalCounts:
    """Keeps the counts of a file, all or none. Raises TableError, Refused (wrong, again, revealing)."""
    found, told = read_counts(data, name), sha256(data).hexdigest()
    if not found.usable:
        raise Refused("wrong")
    with doing(organisation, person=person, at=at) as deed:
        if LocalCounts.objects.filter(organisation=organisation, sha256=told, withdrawn_at=None).exists():
            raise Refused("again")
        if (whole := revealing([*_kept(organisation), *found.rows], bound=crime_packs().figures.keep_from)) is not None:
            raise Refused("revealing", period=period_words(whole.period))
        row = LocalCounts.objects.create(
            organisation=organisation, name=name[:200], sha256=told, bound=crime_packs().figures.keep_from, made_up=made_up,
            counts=[[each.source, each.period, each.phenomenon, each.count] for each in found.rows], at=at, by=person,
        )  # fmt: skip
        deed.write("counts_brought", about=f"crime_local:{row.pk}", rows=[row], name=row.name, count=len(found.rows))
    return row


def _kept(organisation: Organisation) -> list[LocalRow]:
    files = LocalCounts.objects.filter(organisation=organisation, withdrawn_at=None)
    return [LocalRow(*row) for each in files for row in each.counts]


def withdraw_counts(row: LocalCounts, *, person: Person | None, at: datetime) -> None:
    """A file with counts that was wrong is no longer shown. Raises Refused (gone)."""
    with doing(row.organisation, person=person, at=at) as deed:
        now = LocalCounts.objects.filter(pk=row.pk, withdrawn_at=None).first()
        if now is None:
            raise Refused("gone")
        now.withdrawn_at = at
        now.save(update_fields=["withdrawn_at"])
        deed.write("counts_withdrawn", about=f"crime_local:{now.pk}", rows=[now], name=now.name)
