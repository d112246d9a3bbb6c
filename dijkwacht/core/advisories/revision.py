"""Two revisions of one document: which is the newer, and does it change what somebody must do, or only how it reads."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from dijkwacht.core.advisories.priority import GRADES, SEVERITIES, Score, Table, signals_of
from dijkwacht.core.advisories.shapes import Advisory, Reason, Vulnerability
from dijkwacht.core.advisories.tlp import ORDER

__all__ = ["Change", "change", "newest", "version_place"]

_NUMBER = re.compile(r"\d{1,18}")
_SEMVER = re.compile(r"v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?")
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
Place = tuple[tuple[int, int, int], int, tuple[tuple[int, int, str], ...]]
# what makes it a new task, and what must be told again though the task is the same
_TASK = frozenset(("remedy_changed", "product_added", "weakness_added", "restored"))
_TELL = _TASK | {"rating_rose", "exploited", "withdrawn", "label_stricter"}
_MATERIAL = _TELL | {"product_removed", "weakness_removed", "rating_fell", "status_changed", "label_looser"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a newer revision changes.

    ``task``: who had finished must look again (the remedy, or what is affected, changed). ``tell``: warn again. ``material``:
    shown as a change; else it is editorial. ``reasons`` name each change, with the weakness where it is about one.
    """

    task: bool
    tell: bool
    material: bool
    reasons: tuple[Reason, ...]


def version_place(version: str) -> Place | None:
    """Where a version stands in the order of CSAF, whole numbers or semantic versions (1.00 of older ones too); None: neither.

    A whole number stands as its major version; both schemes do not mix within one document by its own rule (6.1.30).
    """
    text = version.strip()
    if _NUMBER.fullmatch(text):
        return (int(text), 0, 0), 1, ()
    found = _SEMVER.fullmatch(text)
    if found is None:
        return None
    major, minor, patch, before = found.groups()
    parts = tuple(
        (0, int(each), "") if each.isdigit() and len(each) < 19 else (1, 0, each)
        for each in (before or "").split(".")
        if each
    )
    return (int(major), int(minor), int(patch or 0)), 0 if before else 1, parts


def newest(revisions: Iterable[Advisory]) -> Advisory | None:
    """The revision that counts: by version where both have one we can order, else by moment; a draft never before a final one."""
    found: Advisory | None = None
    for each in revisions:
        if found is None or _is_newer(each, found):
            found = each
    return found


def _is_newer(one: Advisory, other: Advisory) -> bool:
    if (one.state == "draft") != (other.state == "draft"):
        return other.state == "draft"
    here, there = version_place(one.version), version_place(other.version)
    if here is not None and there is not None and here != there:
        return here > there
    return (one.revised or _NEVER) > (other.revised or _NEVER)


def change(before: Advisory, after: Advisory, table: Table, *, score: Score) -> Change:
    """What turned between two revisions of one document."""
    reasons = tuple(dict.fromkeys(_turned(before, after, table, score))) or (Reason("editorial"),)
    codes = {each.code for each in reasons}
    return Change(bool(codes & _TASK), bool(codes & _TELL), bool(codes & _MATERIAL), reasons)


def _turned(before: Advisory, after: Advisory, table: Table, score: Score) -> Iterator[Reason]:
    if after.withdrawn != before.withdrawn:
        yield Reason("withdrawn" if after.withdrawn else "restored")
    if after.tlp != before.tlp and after.tlp and before.tlp:
        stricter = ORDER.index(after.tlp) > ORDER.index(before.tlp)
        yield Reason("label_stricter" if stricter else "label_looser", (("from", before.tlp), ("to", after.tlp)))
    yield from _rated(before, after, (None, None), table, score)
    old = {each.key: each for each in before.vulnerabilities}
    new = {each.key: each for each in after.vulnerabilities}
    for key in old.keys() - new.keys():
        yield Reason("weakness_removed", (("weakness", key),))
    for key, weakness in new.items():
        if key not in old:
            yield Reason("weakness_added", (("weakness", key),))
            continue
        yield from _one(before, after, old[key], weakness)
        yield from _rated(before, after, (old[key], weakness), table, score)


def _one(before: Advisory, after: Advisory, old: Vulnerability, new: Vulnerability) -> Iterator[Reason]:
    about = (("weakness", new.key),)
    was, now = _statuses(before, old), _statuses(after, new)
    hit_before, hit_now = ({name for name, said in each.items() if "affected" in said} for each in (was, now))
    for names, code in ((hit_now - hit_before, "product_added"), (hit_before - hit_now, "product_removed")):
        for name in sorted(names):
            yield Reason(code, (*about, ("product", " ".join(part for part in name if part))))
    rest = was.keys() | now.keys()
    if any(was.get(name) != now.get(name) for name in rest - (hit_now ^ hit_before)):
        yield Reason("status_changed", about)
    if _remedies(before, old) != _remedies(after, new):
        yield Reason("remedy_changed", about)


Name = tuple[str, ...]


def _name(advisory: Advisory, id_: str) -> Name:
    """A product by what it is, not by its id: ids may differ between revisions."""
    line = advisory.products.get(id_)
    if line is None:
        return (id_,)
    on = advisory.products.get(line.on)
    return (line.vendor, line.product, line.version, line.cpe, line.purl, on.name or on.product if on else "")


def _statuses(advisory: Advisory, weakness: Vulnerability) -> dict[Name, frozenset[str]]:
    found: dict[Name, set[str]] = {}
    for each in weakness.said:
        found.setdefault(_name(advisory, each.product), set()).add(each.status)
    return {name: frozenset(said) for name, said in found.items()}


def _remedies(advisory: Advisory, weakness: Vulnerability) -> frozenset[tuple[object, ...]]:
    """What is to be done, for what; spaces and capitals do not count, nor does the order."""
    return frozenset(
        (
            each.kind,
            " ".join(each.details.lower().split()),
            each.url,
            frozenset(_name(advisory, id_) for id_ in each.products),
        )
        for each in weakness.remedies
    )


Pair = tuple[Vulnerability, Vulnerability] | tuple[None, None]
_OF_DOCUMENT = (("likelihood", GRADES), ("damage", GRADES), ("urgency", ("normal", "urgent")))
_OF_WEAKNESS = (("severity", SEVERITIES),)


def _rated(before: Advisory, after: Advisory, pair: Pair, table: Table, score: Score) -> Iterator[Reason]:
    """Ratings that rose or fell, and use that became known; of the document as a whole when the pair is of nothing."""
    old, new = pair
    was, now = (signals_of(each, weakness, table, score=score) for each, weakness in ((before, old), (after, new)))
    about: tuple[tuple[str, str], ...] = (("weakness", new.key),) if new else ()
    if now.exploited and not was.exploited and new is not None:
        yield Reason("exploited", about)
    for name, scale in _OF_WEAKNESS if new else _OF_DOCUMENT:
        here, there = getattr(was, name), getattr(now, name)
        if here == there or not there:
            continue
        if not here and there != "urgent":  # rated for the first time is no rise, but urgent is urgent
            continue
        higher = not here or scale.index(there) > scale.index(here)
        told = (("of", name), ("from", here or "?"), ("to", there))
        yield Reason("rating_rose" if higher else "rating_fell", (*about, *told))
