"""The product register: a file or another source taken over, a line corrected; then what is matched is brought to now.

Each change is one deed with one entry, which holds the digest of the whole register after it. What a file says is read by
`adapters/registers`; what it changes is decided by `core/advisories/register`.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from dijkwacht.apps.advisories.models import Line, Upload
from dijkwacht.apps.advisories.portions import portions
from dijkwacht.apps.advisories.queries import joins
from dijkwacht.apps.advisories.queries.serving import desks_of
from dijkwacht.apps.advisories.services import looking, matching, turns, warning
from dijkwacht.apps.advisories.services.assets import (
    FIELDS,
    Names,
    alike,
    derive,
    names_for,
    product_of,
    standings,
)
from dijkwacht.apps.advisories.services.doing import Refused, doing
from dijkwacht.apps.advisories.services.products import key_text
from dijkwacht.apps.ledger.services.many import insert
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.register import Change, ProductOf, Standing, merge
from dijkwacht.core.advisories.register_lines import Line as Said
from dijkwacht.core.advisories.register_lines import Lines, Source
from dijkwacht.web.moments import day_of


def change_of(organisation: Organisation, lines: Lines, source: Source, *, at: datetime) -> Change:
    """What a file would change in the register of an organisation. Raises Refused (not_usable) for a file with problems."""
    if not lines.usable:
        raise Refused("not_usable")
    rows = Line.objects.filter(organisation=organisation, kind=source.kind, label=source.label)
    before = [each.standing for each in standings(rows, answers=False)]
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
        change, names = change_of(organisation, lines, source, at=at), names_for(organisation, at=at)
        written = _write(organisation, change, product_of(names[0]))
        looking.put_down(organisation, rematched(organisation, lines=written, at=at, names=names))
        upload = Upload.objects.create(
            organisation=organisation, kind=source.kind, label=source.label[:120], name=name[:200], digest=digest, at=at,
            by=person, lines=len(lines.lines), added=len(change.added), changed=len(change.changed), gone=len(change.gone),
            after=digest_of(organisation),
        )  # fmt: skip
        deed.write(
            act, about="register", rows=[upload], name=upload.name, kind=upload.kind, added=upload.added,
            changed=upload.changed, gone=upload.gone,
        )  # fmt: skip
    looking.look_again(organisation, at=at)
    return upload


def rematched(
    organisation: Organisation, *, lines: Collection[int], at: datetime, said: Iterable[Said] | None = None,
    names: Names | None = None,
) -> list[int]:  # fmt: skip
    """Brings what is matched to what the register says now; the advisories to look at again, by number.

    ``lines``: those that came, changed or went: an advisory that touches one may say something else of it. ``said``: all that
    they said before and say now; then only the products that these are about are looked at.
    """
    turns.of_register()
    desks = desks_of(organisation, on=day_of(at))
    names = names or names_for(organisation, at=at, desks=desks)
    only = None if said is None else sorted({*lines, *alike(organisation, said, names[0])})
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


Stands = list[Any]
"""Of a line its number, its version, the version that a person said, and its row in the file with what stands there."""


def _write(organisation: Organisation, change: Change, told: ProductOf) -> list[int]:
    """The lines as the change leaves them; those that came, changed or went, by number. ``told``: of which product one is."""
    rows = Line.objects.filter(organisation=organisation, kind=change.source.kind, label=change.source.label).order_by()
    columns = ("ident", "pk", "version", "answered", "row", "raw")
    held: dict[str, Stands] = {ident: stands for ident, *stands in rows.values_list(*columns)}
    changed = [each.after for each in change.changed]
    moved = [each for each in change.unchanged if held[each.id][3:] != [each.line.row, each.line.raw]]
    insert(
        Line, COLUMNS,
        (_line(organisation, each, held.get(each.id), told) for each in (*change.added, *changed, *moved)),
        once=("organisation", "ident"), over=(*FIELDS, "confirmed", "gone", "answered", "key"),
    )  # fmt: skip
    _dated("gone", [(each.gone, held[each.id][0]) for each in change.gone])
    _dated("confirmed", [(each.confirmed, held[each.id][0]) for each in change.unchanged])
    turned = {each.id for each in (*change.added, *changed, *change.gone)}
    return [pk for ident, pk in rows.values_list("ident", "pk") if ident in turned]


def _dated(column: str, lines: Sequence[tuple[date | None, int]]) -> None:
    """Writes a day with lines, by number."""
    for day in {each for each, _pk in lines}:
        for some in portions([pk for each, pk in lines if each == day]):
            Line.objects.filter(pk__in=some).update(**{column: day})


COLUMNS = ("organisation", "ident", "kind", "label", "since", *FIELDS, "confirmed", "gone", "answered", "key")


def _line(organisation: Organisation, standing: Standing, held: Stands | None, told: ProductOf) -> tuple[Any, ...]:
    """A line as it is written. What a person said of its version ends where its source tells another now."""
    line, answered = standing.line, held[2] if held else ""
    if held and line.version not in ("", held[1]):
        answered = ""
    return (
        organisation.pk, standing.id, standing.source.kind, standing.source.label, standing.since,
        *(getattr(line, name) for name in FIELDS), standing.confirmed, standing.gone, answered, key_text(told(line)),
    )  # fmt: skip
