"""The covenant Digital Safety of Municipalities and the needs in public papers: `norms/covenant/*.yaml`, checked when read."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from dijkwacht.core.covenant.shapes import (
    AREAS,
    CONFIDENCE,
    PHASES,
    Agreed,
    Challenge,
    CovenantPack,
    InitiativesPack,
    NeedsPack,
    PackNeed,
    Product,
)
from dijkwacht.norms.covenant_initiatives import read_initiatives
from dijkwacht.norms.covenant_rows import maybe_both, pack_day, sound
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import all_known, known, rows

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
def initiatives_pack() -> InitiativesPack:
    """The initiatives of the house. Raises PackErrors with file and line."""
    return read_initiatives(ROOT, needs={each.id for each in needs_pack().needs})


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
        top.text("version", needed=True), pack_day(top, "as_of"), top.both("about", needed=True),
        tuple(_need(row) for row in rows(top, "needs", keys=_NEED)),
    )  # fmt: skip
    return sound(found, problems)


def read_covenant(root: Path) -> CovenantPack:
    """The covenant in a folder of packs, its needs and initiatives held against those there. Raises PackErrors."""
    problems: list[Problem] = []
    needs = {each.id for each in read_needs(root).needs}
    runs = {each.id for each in read_initiatives(root, needs=needs).initiatives}
    top = fields_of(root, COVENANT_FILE, "covenant", problems)
    top.only(("version", "as_of", "licence", "name", "source", "uncertain", "challenges", "agreed", "products"))
    challenges = tuple(
        Challenge(row.text("id"), row.both("title", needed=True), row.both("text", needed=True))
        for row in rows(top, "challenges", keys=("title", "text"))
    )
    ids = [each.id for each in challenges]
    agreed = tuple(_agreed(row, ids, needs, runs) for row in rows(top, "agreed", keys=_AGREED))
    products = tuple(_product(row) for row in rows(top, "products", keys=_PRODUCT))
    found = CovenantPack(
        top.text("version", needed=True), pack_day(top, "as_of"), top.both("name", needed=True),
        top.text("source", needed=True), top.both("uncertain", needed=True), challenges, agreed, products,
    )  # fmt: skip
    return sound(found, problems)


def covenant_problems(root: Path) -> list[Problem]:
    """What is wrong with these packs in a folder; nothing where there are none."""
    if not (root / NEEDS_FILE).is_file():
        return []
    try:
        read_covenant(root)
    except PackErrors as error:
        return error.problems
    return []


def _need(row: Fields) -> PackNeed:
    return PackNeed(
        row.text("id"), known(row, "area", AREAS), row.one_of("challenge", ("1", "2", "3"), ""),
        all_known(row, "phases", PHASES), row.both("title", needed=True), row.both("needed", needed=True),
        maybe_both(row, "told"), row.text("holder"), row.text("source", needed=True), maybe_both(row, "uncertain"),
    )  # fmt: skip


def _agreed(row: Fields, challenges: list[str], needs: set[str], runs: set[str]) -> Agreed:
    text = row.text("due")
    try:
        due = date.fromisoformat(text) if text else None
    except ValueError:
        row.wrong("due", 'due must be a day in quotes, such as "2026-12-31", or empty')
        due = None
    return Agreed(
        row.text("id"), known(row, "challenge", challenges), row.both("text", needed=True), due,
        row.one_of("confidence", CONFIDENCE, "D"), all_known(row, "needs", needs), all_known(row, "initiatives", runs),
        row.text("source", needed=True),
    )  # fmt: skip


def _product(row: Fields) -> Product:
    return Product(
        row.text("id"), row.both("title", needed=True), row.both("for", needed=True), row.text("basis", needed=True),
        row.both("rhythm", needed=True), row.both("uncertain", needed=True),
    )  # fmt: skip
