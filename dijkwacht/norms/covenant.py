"""The covenant Digital Safety of Municipalities and the needs in public papers: `norms/covenant/*.yaml`, checked when read."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from dijkwacht.core.covenant.shapes import (
    AREAS,
    CONFIDENCE,
    PHASES,
    Agreed,
    Challenge,
    CovenantPack,
    NeedsPack,
    PackNeed,
    Product,
)
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import all_known, known, rows

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent
NEEDS_FILE = "covenant/needs.yaml"
COVENANT_FILE = "covenant/covenant.yaml"
_NEED = ("area", "challenge", "phases", "title", "needed", "told", "holder", "source", "uncertain")
_AGREED = ("challenge", "text", "due", "confidence", "needs", "initiatives", "source")
_PRODUCT = ("title", "for", "basis", "rhythm", "uncertain")


@lru_cache(maxsize=1)
def needs_pack() -> NeedsPack:
    """The needs of the house. Raises PackErrors with file and line."""
    return read_needs(ROOT)


@lru_cache(maxsize=1)
def covenant_pack() -> CovenantPack:
    """The covenant of the house. Raises PackErrors with file and line."""
    return read_covenant(ROOT)


def read_needs(root: Path) -> NeedsPack:
    """The needs in a folder of packs. Raises PackErrors."""
    problems: list[Problem] = []
    top = fields_of(root, NEEDS_FILE, "needs", problems)
    top.only(("version", "as_of", "licence", "name", "about", "needs"))
    found = NeedsPack(
        top.text("version", needed=True), _day(top, "as_of"), top.both("about", needed=True),
        tuple(_need(row) for row in rows(top, "needs", keys=_NEED)),
    )  # fmt: skip
    return _sound(found, problems)


def read_covenant(root: Path) -> CovenantPack:
    """The covenant in a folder of packs, its needs held against the needs there. Raises PackErrors."""
    problems: list[Problem] = []
    needs = {each.id for each in read_needs(root).needs}
    top = fields_of(root, COVENANT_FILE, "covenant", problems)
    top.only(("version", "as_of", "licence", "name", "source", "uncertain", "challenges", "agreed", "products"))
    challenges = tuple(
        Challenge(row.text("id"), row.both("title", needed=True), row.both("text", needed=True))
        for row in rows(top, "challenges", keys=("title", "text"))
    )
    ids = [each.id for each in challenges]
    agreed = tuple(_agreed(row, ids, needs) for row in rows(top, "agreed", keys=_AGREED))
    products = tuple(_product(row) for row in rows(top, "products", keys=_PRODUCT))
    found = CovenantPack(
        top.text("version", needed=True), _day(top, "as_of"), top.both("name", needed=True),
        top.text("source", needed=True), top.both("uncertain", needed=True), challenges, agreed, products,
    )  # fmt: skip
    return _sound(found, problems)


def covenant_problems(root: Path) -> list[Problem]:
    """What is wrong with these packs in a folder; nothing where there are none."""
    if not (root / NEEDS_FILE).is_file():
        return []
    try:
        read_covenant(root)
    except PackErrors as error:
        return error.problems
    return []


def _sound(found: T, problems: list[Problem]) -> T:
    if problems:
        raise PackErrors(sorted(set(problems)))
    return found


def _need(row: Fields) -> PackNeed:
    for key in ("told", "uncertain"):  # may be empty, never in one language only
        texts = row.data.get(key)
        if not isinstance(texts, dict) or {bool(texts.get("nl")), bool(texts.get("en"))} not in ({True}, {False}):
            row.wrong(key, f"{key} must have nl and en, both empty or both filled")
    return PackNeed(
        row.text("id"), known(row, "area", AREAS), row.one_of("challenge", ("1", "2", "3"), ""),
        all_known(row, "phases", PHASES), row.both("title", needed=True), row.both("needed", needed=True),
        _maybe(row, "told"), row.text("holder"), row.text("source", needed=True), _maybe(row, "uncertain"),
    )  # fmt: skip


def _maybe(row: Fields, key: str) -> dict[str, str]:
    texts = row.data.get(key)
    return {name: str(text) for name, text in texts.items() if text} if isinstance(texts, dict) else {}


def _agreed(row: Fields, challenges: list[str], needs: set[str]) -> Agreed:
    text = row.text("due")
    try:
        due = date.fromisoformat(text) if text else None
    except ValueError:
        row.wrong("due", 'due must be a day in quotes, such as "2026-12-31", or empty')
        due = None
    return Agreed(
        row.text("id"), known(row, "challenge", challenges), row.both("text", needed=True), due,
        row.one_of("confidence", CONFIDENCE, "D"), all_known(row, "needs", needs), row.words("initiatives"),
        row.text("source", needed=True),
    )  # fmt: skip


def _product(row: Fields) -> Product:
    return Product(
        row.text("id"), row.both("title", needed=True), row.both("for", needed=True), row.text("basis", needed=True),
        row.both("rhythm", needed=True), row.both("uncertain", needed=True),
    )  # fmt: skip


def _day(top: Fields, key: str) -> date:
    found = top.day(key)
    if found is None and key not in top.data:
        top.wrong(key, f"{key} is missing")
    return found or date.min
