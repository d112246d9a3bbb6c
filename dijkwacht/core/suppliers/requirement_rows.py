"""The rows of an official set of procurement requirements, such as an export of the ICO wizard, with the norms that they serve.

A reference becomes a link only when it says of which norm it is: *BIO2 5.20.03*, *ISO 27002:2022 5.20*. The first edition of the
BIO and the editions of ISO 27002 before 2022 number otherwise, so their references are kept as written. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dijkwacht.core.intake_columns import Vocabulary
from dijkwacht.core.intake_values import plain, shown
from dijkwacht.core.sheets import Problem, Sheet
from dijkwacht.core.suppliers.procurement import Weight
from dijkwacht.core.table_notes import Notes
from dijkwacht.core.table_reading import LONG, MANY, Cells, find_table, no_name

_HEADERS: Mapping[str, str] = {
    "number": "nummer|nr|eisnummer|eis nummer|eisnr|eis-id|eis id|requirement id|requirement number|number|volgnummer||id|code",
    "part": "onderdeel|inkooponderdeel|inkoop-onderdeel|part|section||categorie|category|thema|hoofdstuk|onderwerp",
    "text": "eis|eistekst|tekst|tekst eis|inkoopeis|requirement|requirement text|eisomschrijving|omschrijving eis"
    "||omschrijving|beschrijving|text|description",
    "weight": "gewicht|weging|eis/wens|eis of wens|weight|must/wish|soort eis",
    "bio2": "bio2|bio 2|bio2-nummer|bio2 nummer|bio2-maatregel|bio2 maatregel|bio2 referentie",
    "bio": "bio|bio-nummer|bio nummer|bio-maatregel|bio maatregel|bio referentie|bio-referentie|bio norm",
    "iso27002": "iso27002|iso 27002|iso/iec 27002|iso27002:2022|iso 27002:2022|iso-27002|nen-en-iso/iec 27002|iso referentie",
    "reference": "referentie|referenties|bron|norm|normen|reference|references|bio/iso|bio of iso|source||herkomst|grondslag",
    "verification": "verificatie|toetsing|bewijs|wijze van verificatie|verification|evidence|bewijsmiddel|controle||toets",
}  # fmt: skip
WORDS = Vocabulary.of(_HEADERS, enough=(("text",),))
_WEIGHTS: Mapping[str, Weight] = {
    **dict.fromkeys(("eis", "must", "verplicht", "knock-out", "knock out", "ko", "m", "must have", "e", "shall"), "must"),
    **dict.fromkeys(("wens", "wish", "should", "wenselijk", "w", "s", "should have", "optioneel", "optional"), "wish"),
}  # fmt: skip
_NUMBERS = r"\d{1,2}(?:\.\d{1,2}){1,3}"
_NORM = re.compile(
    r"(?P<norm>bio ?2(?:\.\d|:\d{4})?|bio|(?:nen[- ]?)?(?:en[- ]?)?iso(?:/iec)?[- ]?27002(?P<year>:\d{4})?)?"
    r"[ :-]{0,3}(?:norm|maatregel|art\.?)? ?"
    rf"(?P<number>{_NUMBERS})(?![\d.])"
)
_BIO2 = re.compile(r"([5-8])\.(\d{1,2})\.(\d{1,2})")
_BIO2_WHOLE = re.compile(r"[5-8]\.\d{2}\.\d{2}")  # as only BIO2 writes it
_ISO = re.compile(r"([5-8])\.(\d{1,2})")
_ISO_MOST = {"5": 37, "6": 8, "7": 14, "8": 34}


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A requirement. ``parts``: with which it comes, as written. ``weight`` None: not told. ``links``: ids of norms, such as
    ``bio2:5.20.03`` and ``iso27002:5.20``, not looked up. ``references``: what is no link, as written.
    """

    row: int
    number: str
    text: str
    parts: tuple[str, ...] = ()
    weight: Weight | None = None
    links: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    verification: str = ""


@dataclass(frozen=True, slots=True)
class RequirementSet:
    """What one file brought: all of it, or problems and nothing else."""

    rows: tuple[RequirementRow, ...] = ()
    ignored: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether it may be taken over."""
        return bool(self.rows) and not self.problems


def read_rows(sheets: Sequence[Sheet]) -> RequirementSet:
    """The requirements on the sheet that fits best."""
    notes = Notes()
    table = find_table(sheets, WORDS, notes, missing="no_requirement_column")
    if table is None:
        return _with_notes(RequirementSet(), notes)
    if "number" not in table.columns:
        notes.problem("no_number_column")
    found: dict[str, RequirementRow] = {}
    for cells in table.rows(notes):
        row = _row(cells)
        if row is not None:
            found[plain(row.number)] = _once(found.get(plain(row.number)), row, cells)
    if not found and not notes.problems:
        notes.problem("no_requirements")
    return _with_notes(RequirementSet(tuple(found.values()), table.ignored), notes)


def _with_notes(found: RequirementSet, notes: Notes) -> RequirementSet:
    problems, remarks = notes.told()
    whole = RequirementSet(ignored=found.ignored) if problems else found
    return replace(whole, problems=problems, remarks=remarks, counts=dict(notes.counts))


def _row(cells: Cells) -> RequirementRow | None:
    """One row; None, with a remark, when only a heading stands in it, or with a problem when number or text is missing."""
    number, text = _number(cells), cells.text("text", LONG, lines=True)
    links, references = _references(cells)
    row = RequirementRow(
        cells.number, number, text, cells.listed("part"), _weight(cells), links, references,
        cells.text("verification", LONG, lines=True),
    )  # fmt: skip
    if number and text:
        return row
    if text and "number" in cells.table.columns and cells.says_nothing("number"):
        cells.problem("number_empty", "number")
    elif cells.says_nothing("text") and (number or row.weight or links):
        cells.problem("requirement_without_text", "text")
    elif cells.says_nothing("text"):
        cells.remark("heading_left_out")
    return None


def _number(cells: Cells) -> str:
    """The number as text; a number that the spreadsheet made a day or a decimal of is a problem."""
    cell = cells.cell("number")
    if isinstance(cell, date | float):
        cells.problem("number_date" if isinstance(cell, date) else "number_decimal", "number", value=shown(cell))
        return "?"
    text = cells.text("number", 60)
    return "" if no_name(text) else text


def _weight(cells: Cells) -> Weight | None:
    text = cells.text("weight")
    if no_name(text):
        return None
    found = _WEIGHTS.get(plain(text))
    if found is None:
        cells.problem("unknown_weight", "weight", value=text[:60])
    return found


def _references(cells: Cells) -> tuple[tuple[str, ...], tuple[str, ...]]:
    links: list[str] = []
    kept: list[str] = []
    for role, norm in (("bio2", "bio2"), ("bio", "bio"), ("iso27002", "iso27002"), ("reference", "")):
        cell = cells.cell(role)
        if isinstance(cell, date | float):  # 5.20 became 5.2, or a day
            cells.problem("number_date" if isinstance(cell, date) else "number_decimal", role, value=shown(cell))
            continue
        for part in re.split(r"[;\n]", cells.text(role, LONG, lines=True)):
            found, rest = links_in(part, norm)
            links += found
            kept += [rest] if rest and not no_name(rest) else []
    return tuple(dict.fromkeys(links)), tuple(dict.fromkeys(kept))


def links_in(text: str, norm: str = "") -> tuple[list[str], str]:
    """The links in a reference, and the reference itself as far as it is none. ``norm``: that of the column, if it has one.

    A norm that is named goes on for the numbers after it: *BIO2 5.20.03, 5.21.01* are two links.
    """
    said, links, unclear = plain(text), [], False
    year = ""
    for match in _NORM.finditer(said):
        if match["norm"]:
            name = match["norm"].replace(" ", "")
            norm = "bio2" if name.startswith("bio2") else "bio" if name == "bio" else "iso27002"
            year = match["year"] or ""
        link = _link(norm, year, match["number"])
        unclear = unclear or not link
        links += [link] if link else []
    return links, "" if links and not unclear else " ".join(text.split())


def _link(norm: str, year: str, number: str) -> str:
    """The id of a requirement; "" when it is not sure which one is meant."""
    if norm == "bio2" and (match := _BIO2.fullmatch(number)):
        return f"bio2:{match[1]}.{int(match[2]):02}.{int(match[3]):02}"
    if norm == "bio" and _BIO2_WHOLE.fullmatch(number):
        return f"bio2:{number}"
    match = _ISO.fullmatch(number) if norm in ("iso27002", "bio2") and year in ("", ":2022") else None
    if match and 1 <= int(match[2]) <= _ISO_MOST[match[1]]:
        return f"iso27002:{match[1]}.{int(match[2])}"
    return ""


def _once(before: RequirementRow | None, row: RequirementRow, cells: Cells) -> RequirementRow:
    """The same requirement under several parts is one with all of these; two texts under one number are a problem."""
    if before is None:
        return row
    if (plain(before.text), before.weight) != (plain(row.text), row.weight):
        cells.problem("requirement_twice", "number", name=row.number, row=str(before.row))
    joined = {
        name: tuple(dict.fromkeys((*getattr(before, name), *getattr(row, name))))
        for name in ("parts", "links", "references")
    }
    for name, values in joined.items():
        if len(values) > MANY:
            cells.problem("too_many_names", "part" if name == "parts" else "reference", most=str(MANY))
            joined[name] = values[:MANY]
    return replace(before, verification=before.verification or row.verification, **joined)  # type: ignore[arg-type]
