"""Keeping what was read, all of it or nothing, and taking it out again. One act, one entry in the trail."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model

from dijkwacht.apps.frameworks.marks import marked
from dijkwacht.apps.frameworks.models import (
    Brought,
    Framework,
    Line,
    MappingSet,
    OwnText,
    TextSet,
    lines_of,
    packed,
)  # fmt: skip
from dijkwacht.apps.frameworks.services.reading import Files, NewFramework, NewMapping, NewTexts, Reading, live
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.framework import plain_map


class RefusedError(ValueError):
    """Something in what was brought was refused, so nothing is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept, and how many frameworks it replaces. ``brought`` None: all of it was here already."""

    brought: Brought | None
    frameworks: int = 0
    lines: int = 0
    mappings: int = 0
    maps: int = 0
    texts: int = 0
    replaced: int = 0


def keep(
    organisation: Organisation,
    reading: Reading,
    *,
    files: Files,
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
) -> Kept:
    """Keeps all that was read. A framework of the same title as one that is here takes its place. Raises RefusedError.

    The same files once more change nothing, and write nothing.
    """
    if not reading.ok:
        raise RefusedError(reading.refused[0].code if reading.refused else "nothing_read")
    marks = [{"name": name[:300], "sha256": hashlib.sha256(content).hexdigest()} for name, content in files]
    with acting(organisation, person=person, on=on, at=at, actor=actor) as act:
        if _here_already(organisation, marks):
            return Kept(None)
        brought = Brought.objects.create(organisation=organisation, act=act.number, at=at, person=person, files=marks)
        rows, replaced = _rows(brought, reading)
        kept = _kept(brought, reading, replaced)
        detail = {
            "day": on, "files": marks, "frameworks": kept.frameworks, "lines": kept.lines, "mappings": kept.mappings,
            "maps": kept.maps, "texts": kept.texts, "replaced": replaced,
            "titles": [f"{new.framework.title} {new.framework.version}".strip()[:200] for new in reading.frameworks],
            ROWS: marked(rows),
        }  # fmt: skip
        record(
            organisation, person=person, actor=actor, act="frameworks.brought", about=f"brought:{act.number}",
            detail=detail, at=at,
        )  # fmt: skip
    return kept


def remove(
    organisation: Organisation,
    thing: Framework | MappingSet | TextSet,
    *,
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
) -> None:
    """Takes one thing out; mappings to a framework stay, and lead nowhere until it is brought in again."""
    with acting(organisation, person=person, on=on, at=at, actor=actor):
        thing.refresh_from_db(fields=["ended_at"])
        if thing.ended_at is not None:
            return
        thing.ended_at = at
        thing.save(update_fields=["ended_at"])
        detail = {
            "day": on, "kind": thing._meta.model_name, "title": str(thing)[:200], "file": thing.file,
            ROWS: marked([thing]),
        }  # fmt: skip
        record(
            organisation, person=person, actor=actor, act="frameworks.removed", about=f"brought:{thing.brought.act}",
            detail=detail, at=at,
        )  # fmt: skip


def _rows(brought: Brought, reading: Reading) -> tuple[list[Model], int]:
    """All rows that were made or changed, and how many frameworks were followed by another."""
    made: dict[str, Framework] = {}
    rows: list[Model] = [brought]
    replaced = 0
    for new in reading.frameworks:
        framework, before, touched = _framework(brought, new)
        made[new.framework.ref] = framework
        replaced += before
        rows += touched
    for mapping in reading.mappings:
        rows += _mapping(brought, mapping, made)
    for texts in reading.texts:
        rows += _texts(brought, texts)
    return rows, replaced


def _here_already(organisation: Organisation, marks: list[dict[str, str]]) -> bool:
    """Whether the last that was brought of these names is the same, and still stands whole."""
    wanted = sorted(each["sha256"] for each in marks)
    for brought in Brought.objects.filter(organisation=organisation).order_by("-act")[:50]:
        if sorted(each["sha256"] for each in brought.files) == wanted:
            sets = (brought.frameworks, brought.mappings, brought.text_sets)
            return all(not each.filter(ended_at__isnull=False).exists() for each in sets)
    return False


def _framework(brought: Brought, new: NewFramework) -> tuple[Framework, bool, list[Model]]:
    """The framework, whether it follows one, and all rows that were made or changed."""
    organisation, found = brought.organisation, new.framework
    before = next((each for each in live(organisation) if _followed(each, brought, new)), None)
    framework = Framework.objects.create(
        organisation=organisation, brought=brought, origin=new.origin, ref=found.ref[:300], file=new.file[:300],
        title=found.title[:300] or new.file[:300], version=found.version[:100], counts=dict(found.counts),
        document=packed(new.document), replaces=before,
    )  # fmt: skip
    Line.objects.bulk_create(lines_of(framework, found.items), batch_size=500)
    touched: list[Model] = [framework]
    if before is not None:
        Framework.objects.filter(pk=before.pk).update(ended_at=brought.at)
        touched.append(before)
        for side in ("source", "target"):  # lines are known by their id, which a next version keeps
            moving = MappingSet.objects.filter(**{side: before}, ended_at__isnull=True)
            touched += list(moving)
            moving.update(**{side: framework})
    return framework, before is not None, touched


def _followed(each: Framework, brought: Brought, new: NewFramework) -> bool:
    """Whether a new framework is the next version of one that is here: the same title and form, not brought along with it."""
    same = (each.title, each.origin) == (new.framework.title[:300], new.origin)
    return same and each.brought_id != brought.pk


def _mapping(brought: Brought, new: NewMapping, made: dict[str, Framework]) -> list[Model]:
    """The rows that were made or changed."""
    organisation, maps = brought.organisation, new.maps
    held = {each.ref: each for each in live(organisation)} | made
    standing = MappingSet.objects.filter(organisation=organisation, ref=maps.ref[:300], ended_at__isnull=True)
    before = list(standing)
    standing.update(ended_at=brought.at)
    kept = MappingSet.objects.create(
        organisation=organisation, brought=brought, ref=maps.ref[:300], file=new.file[:300],
        title=maps.title[:300] or new.file[:300], version=maps.version[:100], source_name=new.source.name[:300],
        source_norm=new.source.norm, source=held.get(new.source.ref), target_name=new.target.name[:300],
        target_norm=new.target.norm, target=held.get(new.target.ref), maps=[plain_map(each) for each in maps.maps],
        author=maps.author[:300],
    )  # fmt: skip
    return [kept, *before]


def _texts(brought: Brought, new: NewTexts) -> list[Model]:
    """A copy takes the place of the one before it of the same norm; those rows."""
    organisation = brought.organisation
    standing = TextSet.objects.filter(organisation=organisation, norm=new.norm, ended_at__isnull=True)
    before = list(standing)
    standing.update(ended_at=brought.at)
    held = TextSet.objects.create(organisation=organisation, brought=brought, norm=new.norm, file=new.file[:300])
    rows = [
        OwnText(text_set=held, requirement=name, title=each.title, text=each.text) for name, each in new.texts.items()
    ]
    OwnText.objects.bulk_create(rows, batch_size=500)
    return [held, *before]


def _kept(brought: Brought, reading: Reading, replaced: int) -> Kept:
    return Kept(
        brought, len(reading.frameworks), sum(len(each.framework.items) for each in reading.frameworks),
        len(reading.mappings), sum(len(each.maps.maps) for each in reading.mappings),
        sum(len(each.texts) for each in reading.texts), replaced,
    )  # fmt: skip
