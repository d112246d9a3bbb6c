"""The product register: a file or another source taken over, a line corrected; then what is matched is brought to now.

Each change is one deed with one entry, which holds the digest of the whole register after it. What a file says is read by
`adapters/registers`; what it changes is decided by `core/advisories/register`.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from dijkwacht.apps.advisories.models import Line, Upload
from dijkwacht.apps.advisories.queries import joins
from dijkwacht.apps.advisories.queries.serving import desks_of
from dijkwacht.apps.advisories.services import matching, warning
from dijkwacht.apps.advisories.services.assets import FIELDS, alike, derive, names_for, standing_of
from dijkwacht.apps.advisories.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.register import Change, Standing, merge
from dijkwacht.core.advisories.register_lines import Line as Said
from dijkwacht.core.advisories.register_lines import Lines, Source
from dijkwacht.web.moments import day_of


def change_of(organisation: Organisation, lines: Lines, source: Source, *, at: datetime) -> Change:
    """What a file would change in the register of an organisation. Raises Refused (not_usable) for a file with problems."""
    if not lines.usable:
        raise Refused("not_usable")
    rows = Line.objects.filter(organisation=organisation, kind=source.kind, label=source.label)
    before = [standing_of(each) for each in rows]
    ours = replace(lines, lines=tuple(replace(each, organisation="") for each in lines.lines))  # whose it is, is known
    change = merge(ours, before, source, on=day_of(at))
    stood = {each.id for each in before if each.gone is None}
    return replace(change, gone=tuple(each for each in change.gone if each.id in stood))


def take_over(
    organisation: Organisation, lines: Lines, source: Source, *, name: str, digest: str = "", person: Person | None, at: datetime,
    actor: str = "", act: str = "register_changed",
) -> Upload:  # fmt: skip
    """Takes a file over in the register, whole; warnings that follow from it come after. Raises Refused (not_usable)."""
    with doing(organisation, person=person, at=at, actor=actor) as deed:
        change = change_of(organisation, lines, source, at=at)
        written = _write(organisation, change)
        turned = rematched(organisation, lines=written, at=at)
        upload = Upload.objects.create(
            organisation=organisation, kind=source.kind, label=source.label[:120], name=name[:200], digest=digest, at=at,
            by=person, lines=len(lines.lines), added=len(change.added), changed=len(change.changed), gone=len(change.gone),
            after=digest_of(organisation),
        )  # fmt: skip
        deed.write(
            act, about="register", rows=[upload], name=upload.name, kind=upload.kind, added=upload.added,
            changed=upload.changed, gone=upload.gone,
        )  # fmt: skip
    warning.look_again(organisation, turned, person=None, at=at)
    return upload


def rematched(
    organisation: Organisation, *, lines: Collection[int], at: datetime, said: Iterable[Said] | None = None
) -> list[int]:
    """Brings what is matched to what the register says now; the advisories to look at again, by number.

    ``lines``: those that came, changed or went: an advisory that touches one may say something else of it. ``said``: all that
    they said before and say now; then only the products that these are about are looked at.
    """
    desks = desks_of(organisation, on=day_of(at))
    names = names_for(organisation, at=at, desks=desks)
    only = None if said is None else alike(organisation, said, names[0])
    before = set(_hits(organisation, desks, only))
    derive(organisation, at=at, only=only, names=names)
    after = set(_hits(organisation, desks, only))
    changed = frozenset(lines)
    turned = {each.advisory for each in before ^ after} | {each.advisory for each in after if each.line in changed}
    matching.match_organisation(organisation, at=at, only=turned, desks=desks)
    return sorted(turned)


def _hits(organisation: Organisation, desks: Collection[int], only: Collection[int] | None) -> list[joins.Hit]:
    if only is None:
        return joins.of_organisation(organisation, desks)
    return joins.of_organisation(organisation, desks, lines=only) if only else []


def turned_for(organisation: Organisation, turned: Iterable[int]) -> list[int]:
    """The advisories to look at again: those for which matching turned, and those that were told of and are not settled."""
    return sorted({*turned, *warning.told_of(organisation)})


def digest_of(organisation: Organisation) -> str:
    """The SHA-256 of every line of a register, as it stands; how the trail holds lines without telling each."""
    names = ("ident", "kind", "label", *FIELDS, "answered", "since", "confirmed", "gone")
    rows = Line.objects.filter(organisation=organisation).order_by("ident").values_list(*names)
    held = sha256()
    for row in rows.iterator(chunk_size=2000):
        held.update(json.dumps([_plain(each) for each in row], ensure_ascii=True).encode())
    return held.hexdigest()


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | bool) else value.isoformat()


def _write(organisation: Organisation, change: Change) -> list[int]:
    """The lines as the change leaves them; those that came, changed or went, by number."""
    new = [_line(organisation, each) for each in change.added]
    Line.objects.bulk_create(new, batch_size=1000)
    turned = {*(each.after.id for each in change.changed), *(each.id for each in change.gone)}
    later = {each.id: each for each in (*change.unchanged, *(each.after for each in change.changed), *change.gone)}
    rows: list[Line] = []
    stood: dict[int, tuple[int, str]] = {}
    for row in Line.objects.filter(organisation=organisation, kind=change.source.kind, label=change.source.label):
        if row.ident in later:
            stood[row.pk] = (row.row, row.raw)
            _set(row, later[row.ident])
            rows.append(row)
    _confirm(rows, turned, stood)
    changed = [row for row in rows if row.ident in turned]
    numbers = [row.pk for row in changed]
    for row in changed:
        row.pk = None  # written over by its ident, many at once: much faster than an update of as many columns
    Line.objects.bulk_create(
        changed, batch_size=1000, update_conflicts=True, unique_fields=["organisation", "ident"],
        update_fields=[*FIELDS, "answered", "confirmed", "gone"],
    )  # fmt: skip
    return [*(row.pk for row in new), *numbers]


def _confirm(rows: Iterable[Line], turned: Collection[str], stood: Mapping[int, tuple[int, str]]) -> None:
    """The lines of which nothing changed but the day, and where they stand in the file."""
    same = [row for row in rows if row.ident not in turned]
    moved = [row for row in same if (row.row, row.raw) != stood[row.pk]]
    Line.objects.bulk_update(moved, ["row", "raw"], batch_size=500)
    for day in {row.confirmed for row in same}:
        numbers = [row.pk for row in same if row.confirmed == day]
        for start in range(0, len(numbers), 500):
            Line.objects.filter(pk__in=numbers[start : start + 500]).update(confirmed=day)


def _line(organisation: Organisation, standing: Standing) -> Line:
    row = Line(organisation=organisation, ident=standing.id, since=standing.since)
    row.kind, row.label = standing.source.kind, standing.source.label
    _set(row, standing)
    return row


def _set(row: Line, standing: Standing) -> None:
    if standing.line.version not in ("", row.version):
        row.answered = ""  # its source tells another version now
    for name in FIELDS:
        setattr(row, name, getattr(standing.line, name))
    row.confirmed, row.gone = standing.confirmed, standing.gone
