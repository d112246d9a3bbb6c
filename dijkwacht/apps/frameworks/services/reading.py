"""Reading what somebody brings: what each file is, what is in it, and between what its mappings run. Writes nothing."""

import io
import zipfile
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from dijkwacht.adapters import bio2_markdown, ciso_library, own_text
from dijkwacht.adapters.limits import TableError
from dijkwacht.adapters.oscal import bundle
from dijkwacht.apps.frameworks import norms as house
from dijkwacht.apps.frameworks.models import Framework as Stored
from dijkwacht.apps.frameworks.models import Line, Origin
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.framework import Framework, Item, MapSet, Refusal

BIO2 = "bio2"
TABLES = (".csv", ".tsv", ".xlsx", ".ods")
PACKED = "samen.zip"
UNPACKED = 400 * 1024 * 1024  # bytes of all files together: MOST_FILES of the largest that may be brought


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a mapping: one of our norms, a framework that is here or comes along (its ref), or neither."""

    name: str
    norm: str = ""
    ref: str = ""

    @property
    def known(self) -> bool:
        """Whether it leads anywhere."""
        return bool(self.norm or self.ref)


@dataclass(frozen=True, slots=True)
class NewFramework:
    """A framework to keep, with the document as it came."""

    file: str
    origin: Origin
    framework: Framework
    document: Any


@dataclass(frozen=True, slots=True)
class NewMapping:
    """A mapping to keep. The ids on a side that is one of our norms are requirements already; ``lost``: those that are not."""

    file: str
    maps: MapSet
    source: Side
    target: Side
    lost: int = 0


@dataclass(frozen=True, slots=True)
class NewTexts:
    """Own texts to keep, by requirement; ``unknown``: numbers that the norm does not have."""

    file: str
    norm: str
    texts: Mapping[str, Item]
    unknown: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """All that was read. With anything refused, nothing of it is kept."""

    frameworks: list[NewFramework] = field(default_factory=list)
    mappings: list[NewMapping] = field(default_factory=list)
    texts: list[NewTexts] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether there is something to keep and nothing was refused."""
        return not self.refused and bool(self.frameworks or self.mappings or self.texts)


Files = Sequence[tuple[str, bytes]]


def read(organisation: Organisation, files: Files, *, norm: str = "", on: date) -> Reading:
    """What the files hold. ``norm``: whose numbers stand in tables, and on a side of a mapping that nobody knows."""
    ours, reading = house.ours(on), Reading()
    oscal = [each for each in files if _is_oscal(*each)]
    maps: list[tuple[str, MapSet]] = []
    if oscal:
        maps += _oscal(oscal, reading, _known_ids(organisation, ours))
    for name, content in files:
        if name.lower().endswith((*TABLES, ".md", ".markdown")):
            _texts(name, content, norm, ours, reading)
        elif not _is_oscal(name, content):
            maps += _library(name, content, reading)
    link = _Link(ours, _refs(organisation, reading), norm if norm in ours.norms.catalogs else "")
    for name, each in maps:
        _mapping(name, each, link, reading)
    if not reading.refused and not reading.ok:
        reading.refused.append(Refusal("nothing_read"))
    return reading


def _is_oscal(name: str, content: bytes) -> bool:
    """Everything but tables, Markdown and libraries, which are YAML with objects."""
    lower = name.lower()
    if lower.endswith((*TABLES, ".md", ".markdown")):
        return False
    return not (lower.endswith((".yaml", ".yml")) and b"\nobjects:" in b"\n" + content)


def _oscal(files: Files, reading: Reading, known: bundle.Known) -> list[tuple[str, MapSet]]:
    found = bundle.read(files, known=known)
    reading.refused += found.refused
    maps = []
    for each in found.files:
        if each.framework is not None and each.document is not None:
            origin = Origin.PROFILE if each.kind == "profile" else Origin.CATALOG
            document = each.document.whole if origin is Origin.CATALOG else {"catalog": each.resolved}
            reading.frameworks.append(NewFramework(each.file, origin, each.framework, document))
        maps += [(each.file, one) for one in each.maps]
    return maps


def _library(name: str, content: bytes, reading: Reading) -> list[tuple[str, MapSet]]:
    found = ciso_library.read_library(content)
    reading.refused += [replace(each, file=name) for each in found.refused]
    text = content.decode("utf-8", "replace") if found.frameworks else ""
    reading.frameworks += [NewFramework(name, Origin.LIBRARY, each, text) for each in found.frameworks]
    return [(name, each) for each in found.maps]


def _texts(name: str, content: bytes, norm: str, ours: house.Ours, reading: Reading) -> None:
    markdown = not name.lower().endswith(TABLES)
    norm = BIO2 if markdown else norm
    if norm not in ours.norms.catalogs:
        reading.refused.append(Refusal("norm_needed", file=name))
        return
    try:
        items = bio2_markdown.read_measures(content) if markdown else own_text.read_texts(content, name=name)
    except TableError as error:
        place = error.problem.place
        where = "!".join(each for each in (place.sheet, f"{place.letter or ''}{place.row or ''}") if each)
        reading.refused.append(Refusal(error.problem.code, where, error.problem.params, name))
        return
    clean = [replace(each, title=each.title.replace("\0", ""), text=each.text.replace("\0", "")) for each in items]
    found = {ours.requirement(norm, each.number): each for each in clean}
    unknown = tuple(each.number for each in items if not ours.requirement(norm, each.number))
    found.pop("", None)
    if found:
        reading.texts.append(NewTexts(name, norm, found, unknown))
    else:
        reading.refused.append(Refusal("no_known_number", params={"n": str(len(items))}, file=name))


def _known_ids(organisation: Organisation, ours: house.Ours) -> bundle.Known:
    """The ids of what mappings may refer to without bringing it along: what is here already.

    Our own norms are left out: their numbers are recognised in many forms, which is done when the mapping is linked.
    """
    stored = live(organisation)

    def known(href: str) -> Set[str] | None:
        if ours.norm_of(href):
            return None
        each = _match(href, stored)
        return None if each is None else frozenset(Line.objects.filter(framework=each).values_list("key", flat=True))

    return known


def live(organisation: Organisation) -> list[Stored]:
    """The frameworks of an organisation that still stand, without their documents."""
    return list(Stored.objects.filter(organisation=organisation, ended_at__isnull=True).defer("document"))


def _match(href: str, stored: Sequence[Stored]) -> Stored | None:
    """The framework that a reference means, by its file or by its own name."""
    last = PurePosixPath(href).name
    return next((each for each in stored if (last and last == each.file) or (each.ref and each.ref in href)), None)


def _refs(organisation: Organisation, reading: Reading) -> list[tuple[str, str]]:
    """File and ref of each framework to which a mapping can lead: what comes along goes before what is here."""
    new = [(each.file, each.framework.ref) for each in reading.frameworks]
    return [*new, *((each.file, each.ref) for each in live(organisation))]


@dataclass(frozen=True, slots=True)
class _Link:
    """Links the sides of mappings. ``norm``: whose numbers stand on a side that nobody knows."""

    ours: house.Ours
    refs: Sequence[tuple[str, str]]
    norm: str

    def side(self, name: str) -> Side:
        last = PurePosixPath(name).name
        ref = next((ref for file, ref in self.refs if (last and last == file) or (ref and ref in name)), "")
        return Side(name, "", ref) if ref else Side(name, self.ours.norm_of(name))

    def sides(self, each: MapSet) -> tuple[Side, Side]:
        source, target = self.side(each.source), self.side(each.target)
        if self.norm and not source.known:
            return replace(source, norm=self.norm), target
        if self.norm and not target.known:
            return source, replace(target, norm=self.norm)
        return source, target


def _mapping(name: str, each: MapSet, link: _Link, reading: Reading) -> None:
    """Links both sides of a mapping; with neither known, or both the wrong way round, it is refused."""
    source, target = link.sides(each)
    linked, lost = _linked(each, source, target, link.ours)
    params = {"source": each.source[:120], "target": each.target[:120]}
    if not (source.known or target.known):
        reading.refused.append(Refusal("mapping_nowhere", params=params, file=name))
    elif _wrong_way(each, linked, source, target, link.ours):
        reading.refused.append(Refusal("mapping_direction", params=params, file=name))
    else:
        reading.mappings.append(NewMapping(name, linked, source, target, lost))


def _linked(each: MapSet, source: Side, target: Side, ours: house.Ours) -> tuple[MapSet, int]:
    """The maps with requirements where a side is one of our norms; maps of which a number is not known are lost."""
    maps = []
    for one in each.maps:
        sources, targets = _ids(one.sources, source, ours), _ids(one.targets, target, ours)
        if all(sources) and all(targets):
            maps.append(replace(one, sources=sources, targets=targets))
    return replace(each, maps=tuple(maps)), len(each.maps) - len(maps)


def _ids(names: Sequence[str], side: Side, ours: house.Ours) -> tuple[str, ...]:
    return tuple(ours.requirement(side.norm, name) if side.norm else name for name in names)


def _wrong_way(each: MapSet, linked: MapSet, source: Side, target: Side, ours: house.Ours) -> bool:
    """Whether no number on the side of our norm is one of it, while every one on the other side is."""
    if linked.maps or not each.maps:
        return False
    for side, names in ((source, "targets"), (target, "sources")):
        if side.norm and all(ours.requirement(side.norm, name) for one in each.maps for name in getattr(one, names)):
            return True
    return False


def pack(files: Files) -> bytes:
    """Several files as one, to wait between two steps of an import."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for index, (name, content) in enumerate(files):
            archive.writestr(f"{index:02}/{name}", content)
    return out.getvalue()


def unpack(content: bytes) -> Files:
    """The files in what ``pack`` made. Raises BadZipFile on an archive of somebody else, brought elsewhere by that name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > bundle.MOST_FILES or sum(each.file_size for each in entries) > UNPACKED:
            raise zipfile.BadZipFile("not what we packed")
        return [(each.filename.partition("/")[2], archive.read(each)) for each in entries]
