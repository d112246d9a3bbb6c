"""A filled BIO2 self-assessment of the invented municipality of Dijkstad, as its CISO would send it."""

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from dijkwacht.norms.read import norms_on

HEADER = ("Nummer", "Omschrijving", "Antwoord", "Toelichting", "Bewijs", "Datum", "Eigenaar")
HEADER_ROW = 4
NAME = "zelfevaluatie-bio2-dijkstad.xlsx"
_SHEET = "Zelfevaluatie BIO2"
_WIDTHS = (10, 52, 12, 60, 34, 12, 18)
_CHAPTERS = {"5": "Organisatie", "6": "Mensen", "7": "Gebouwen en middelen", "8": "Techniek"}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip archive knows
_STAMP = "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the self-assessment. ``answer`` empty: not answered yet."""

    number: str
    title: str
    answer: str
    explanation: str
    evidence: str
    day: date | None
    owner: str

    @property
    def cells(self) -> tuple[str | date | None, ...]:
        """The line as cells, in the order of HEADER."""
        return (self.number, self.title, self.answer or None, self.explanation or None, self.evidence or None, self.day,
                self.owner)  # fmt: skip


def lines(on: date) -> list[Line]:
    """All lines, dated relative to ``on`` so that the example stays fresh. Titles are those of the norm pack."""
    text = files("dijkwacht.examples").joinpath("dijkstad.csv").read_text("utf-8")
    requirements = norms_on(on).requirements
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return [_line(row, requirements[f"bio2:{row['number']}"].title["nl"], on) for row in rows]


def _line(row: Mapping[str, str], title: str, on: date) -> Line:
    day = on - timedelta(days=int(row["days_ago"])) if row["days_ago"] else None
    return Line(row["number"], title, row["answer"], row["explanation"], row["evidence"], day, row["owner"])


def build(on: date) -> bytes:
    """The workbook as XLSX; the same bytes for the same day."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook always has one
        raise TypeError(sheet)
    sheet.title = _SHEET
    sheet["A1"] = "Zelfevaluatie BIO2 1.3, gemeente Dijkstad"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = f"Ingevuld op {on:%d-%m-%Y}. Voorbeeld: gemeente, namen en documenten zijn verzonnen."
    _fill(sheet, on)
    _shape(sheet)
    raw = io.BytesIO()
    book.save(raw)
    return _without_clock(raw.getvalue())


def _fill(sheet: Worksheet, on: date) -> None:
    for position, header in enumerate(HEADER, start=1):
        sheet.cell(HEADER_ROW, position, header).font = Font(bold=True)
    row, chapter = HEADER_ROW, ""
    for line in lines(on):
        if line.number[0] != chapter:
            chapter, row = line.number[0], row + 1
            sheet.cell(row, 1, _CHAPTERS[chapter]).font = Font(bold=True)
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(HEADER))
        row += 1
        for column, value in enumerate(line.cells, start=1):
            filled = sheet.cell(row, column, value)
            filled.alignment = Alignment(vertical="top", wrap_text=True)
            # numbers as text, so that no spreadsheet makes a date of 5.01.01
            filled.number_format = "dd-mm-yyyy" if isinstance(value, date) else "@"


def _shape(sheet: Worksheet) -> None:
    """Column widths, a header that stays in sight, and a list to choose the answer from."""
    for column, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(ord("A") + column)].width = width
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    choices = DataValidation(type="list", formula1='"ja,nee,deels,n.v.t."', allow_blank=True)
    choices.add(f"C{HEADER_ROW + 1}:C{sheet.max_row}")
    sheet.add_data_validation(choices)


def _without_clock(data: bytes) -> bytes:
    """The same archive without the moment at which it was written."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == _STAMP:
                content = b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
