"""Kinds of proof, tiers and signs: `norms/suppliers/assurance.yaml`, our own choices, checked when read."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from dijkwacht.core.facts import Assurance
from dijkwacht.core.suppliers.assurance import Kind, Shown
from dijkwacht.core.suppliers.rules import Rules, Told
from dijkwacht.core.suppliers.tier import Sign, Tier
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import all_known, known, rows

ROOT = Path(__file__).resolve().parent
FILE = "suppliers/assurance.yaml"
_SAID = ("name", "text", "source", "uncertain")
_WORDS = tuple(each.name.lower() for each in Assurance)


@lru_cache(maxsize=1)
def supplier_rules() -> Rules:
    """What the pack of the house says of suppliers. Raises PackErrors with file and line."""
    problems: list[Problem] = []
    found = _read(fields_of(ROOT, FILE, "suppliers", problems))
    if problems:
        raise PackErrors(sorted(set(problems)))
    return found


def supplier_problems(root: Path) -> list[Problem]:
    """What is wrong with the pack about suppliers in a folder of packs; nothing where there is none."""
    if not (root / "suppliers").is_dir():
        return []
    problems: list[Problem] = []
    _read(fields_of(root, FILE, "suppliers", problems))
    return sorted(set(problems))


def _read(top: Fields) -> Rules:
    top.only(("kinds", "tiers", "signs"))
    said: dict[str, Told] = {}
    kinds = {each.id: each for each in (_kind(row, said) for row in _rows(top, "kinds", _KIND)) if each}
    tiers = tuple(_tier(row, kinds, said) for row in _rows(top, "tiers", ("rank", "proofs")))
    ranks = [each.rank for each in tiers]
    if ranks != list(range(1, len(ranks) + 1)) or not ranks:
        top.wrong("tiers", "tiers are ranked 1, 2, 3 … in the order in which they stand")
    signs = tuple(_sign(row, {each.id for each in tiers}, said) for row in _rows(top, "signs", ("tier",)))
    return Rules(kinds, tiers, signs, said)


_KIND = ("shows", "assurance", "holds", "works", "bridge")


def _rows(top: Fields, key: str, keys: tuple[str, ...]) -> list[Fields]:
    return list(rows(top, key, keys=(*keys, *_SAID)))


def _told(row: Fields) -> Told:
    doubt = row.data.get("uncertain")
    none = doubt == {"nl": "", "en": ""}  # said on purpose: nothing is in doubt
    return Told(
        row.both("name", needed=True), row.both("text", needed=True), row.text("source", needed=True),
        {} if none else row.both("uncertain", needed=True),
    )  # fmt: skip


def _kind(row: Fields, said: dict[str, Told]) -> Kind | None:
    said[f"kind:{row.text('id')}"] = _told(row)
    shows = cast(Shown, row.one_of("shows", get_args(Shown), "day"))
    word = row.one_of("assurance", _WORDS, "stated")
    holds, bridge, works = row.duration("holds"), row.duration("bridge"), row.flag("works", False)
    if works and shows != "period":
        row.wrong("works", "only proof over a period shows that measures worked")
    if bridge is not None and shows != "period":
        row.wrong("bridge", "only the end of a period can be bridged")
    if holds is None:
        row.wrong("holds", "holds is missing")
        return None
    return Kind(row.text("id"), shows, Assurance[word.upper()], holds, works, bridge)


def _tier(row: Fields, kinds: Mapping[str, Kind], said: dict[str, Told]) -> Tier:
    said[f"tier:{row.text('id')}"] = _told(row)
    rank = row.data.get("rank")
    if type(rank) is not int:
        row.wrong("rank", "rank must be a whole number")
        rank = 0
    return Tier(row.text("id"), rank, all_known(row, "proofs", kinds))


def _sign(row: Fields, tiers: set[str], said: dict[str, Told]) -> Sign:
    said[f"sign:{row.text('id')}"] = _told(row)
    return Sign(row.text("id"), known(row, "tier", tiers))
