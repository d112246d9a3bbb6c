"""The ICT-foto, an inventory and the GEMMA catalogue, in CSV, XLSX and ODS: lines, remarks, refusals."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest

from dijkwacht.adapters.registers import cmdb, detect, gemma, ict_foto, read
from dijkwacht.core.advisories.register_lines import Lines
from dijkwacht.core.intake_columns import Layout
from tests.adapters import files

ON = date(2026, 11, 30)
Table = list[list[object]]
PHOTO: Table = [
    ["ICT-foto gemeente Dijkstad", None, None],
    ["Leverancier", "Product", "Aanwezig J/N"],
    ["Voorbeeld", "Zaakvenster", "J"],
    ["Voorbeeld", "Balieplein", "N"],
    ["Anders", "Muis", "ja"],
    ["Anders", "Rat", "x"],
    ["Anders", "Kat", None],
    ["Anders", "Hond", "nee"],
]
BUILDS = [
    files.xlsx,
    files.ods,
    files.csv,
    lambda rows: files.csv(rows, delimiter=",", encoding="utf-16"),
]


def quoted(rows: Table, delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def codes(found: Lines) -> list[tuple[str, int | None, str]]:
    return [(each.code, each.place.row, each.place.letter) for each in found.problems]


def told(found: Lines) -> list[tuple[str, str, str]]:
    return [(line.vendor, line.product, line.version) for line in found.lines]


# -- the ICT-foto ------------------------------------------------------------------------------------
@pytest.mark.parametrize("build", BUILDS)
def test_a_photo_in_every_form(build: Callable[..., bytes]) -> None:
    found = read(build(PHOTO), name="foto", on=ON)
    assert found.form == "ict_foto"
    assert found.problems == ()
    assert [(line.row, line.product, line.stated) for line in found.lines] == [
        (3, "Zaakvenster", "present"),
        (4, "Balieplein", "absent"),
        (5, "Muis", "present"),
        (6, "Rat", "present"),
        (8, "Hond", "absent"),
    ]
    assert found.unanswered == 1
    assert {line.version for line in found.lines} == {""}
    assert found.lines[0].raw == "Voorbeeld | Zaakvenster | J"
    (remark,) = found.remarks
    assert (remark.code, remark.params["count"]) == ("no_is_the_default", "2")


@pytest.mark.parametrize(
    "header",
    [
        ["Fabrikant", "Productnaam", "In gebruik J/N"],
        ["Vendor", "Product name", "Present"],
        ["Leverancier", "Hard- en software", "aanwezig (ja/nee)"],
        ["Merk", "Softwareproduct", "J/N"],
    ],
)
def test_other_wordings_of_the_header(header: list[str]) -> None:
    data = files.csv([header, *PHOTO[2:]])
    assert detect(data, "x").form == "ict_foto"
    assert len(read(data, name="x", on=ON).lines) == 5


def test_all_sheets_of_a_photo_are_read() -> None:
    row = "<row><c t='inlineStr'><is><t>{}</t></is></c><c t='inlineStr'><is><t>{}</t></is></c></row>"
    parts = files.xlsx_parts(row.format("Product", "Aanwezig") + row.format("Muis", "J"), name="Software")
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>", "<sheet name='Hardware' sheetId='2' r:id='rId9'/></sheets>"
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f"<Relationship Id='rId9' Type='{files.OFFICE}/worksheet' Target='worksheets/sheet2.xml'/></Relationships>",
    )
    parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet1.xml"].replace("Muis", "Router")
    found = read(files.archive(parts), name="x.xlsx", on=ON)
    assert [line.product for line in found.lines] == ["Muis", "Router"]
    assert [layout.sheet for layout in found.layouts] == [0, 1]


def test_the_empty_sheet_of_the_ibd_is_no_register() -> None:
    found = read(files.csv([PHOTO[1], ["Voorbeeld", "Muis", "N"], ["Voorbeeld", "Rat", "N"]]), name="x", on=ON)
    assert [problem.code for problem in found.problems] == ["photo_untouched"]
    assert not found.usable


def test_an_answer_that_is_none_is_refused_with_its_cell() -> None:
    found = read(files.csv([*PHOTO, ["Anders", "Vis", "misschien"], ["Anders", "Vos", 7]]), name="x", on=ON)
    assert codes(found) == [("not_yes_or_no", 9, "C"), ("not_yes_or_no", 10, "C")]
    assert found.problems[0].params["value"] == "misschien"
    assert not found.usable


# -- an inventory ------------------------------------------------------------------------------------
CMDB: Table = [
    ["Fabrikant", "Applicatie", "Versie", "Eigenaar", "Server", "Extern bereikbaar", "Laatst gezien", "Status"],
    ["Voorbeeld B.V.", "Zaakvenster", "4.1.2", "Burgerzaken", "srv01", "ja", "1-10-2026", "Productie"],
    ["Voorbeeld B.V.", "Balieplein", "onbekend", "", "srv02", "nee", "2026-09-01", "Uitgefaseerd"],
    ["Anders", "Muis", "2019", "", "", "", "", "Gepland"],
]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_an_inventory_of_every_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    rows: Table = [*CMDB, ["Café Éénoog", "Straatbeeld", "1", "", "", "", "", ""]]
    found = read(files.csv(rows, delimiter=delimiter, encoding=encoding), name="cmdb.csv", on=ON)
    assert found.form == "cmdb"
    assert found.problems == ()
    assert told(found) == [
        ("Voorbeeld B.V.", "Zaakvenster", "4.1.2"),
        ("Voorbeeld B.V.", "Balieplein", ""),
        ("Anders", "Muis", "2019"),
        ("Café Éénoog", "Straatbeeld", "1"),
    ]


def test_what_an_inventory_tells_of_a_line() -> None:
    line, old, planned = read(files.csv(CMDB), name="x", on=ON).lines
    assert (line.owner, line.location, line.exposed, line.as_of, line.stated) == (
        "Burgerzaken", "srv01", True, date(2026, 10, 1), "present",
    )  # fmt: skip
    assert (old.exposed, old.stated, old.status) == (False, "absent", "Uitgefaseerd")
    assert (planned.exposed, planned.as_of, planned.stated) == (None, None, "planned")


def test_english_headers_and_identifiers_alone() -> None:
    rows: Table = [
        [
            "Vendor",
            "Application name",
            "Installed version",
            "Package URL",
            "CPE 2.3",
            "Hostname",
            "Internet facing",
            "Last seen",
        ],
        ["Example", "Window", "1.0", "", "", "h1", "yes", "2026-11-01"],
        ["", "", "", "pkg:maven/org.voorbeeld/log4j-core@2.14.1", "", "h2", "no", ""],
        ["", "", "", "", "cpe:2.3:a:voorbeeld:zaak_venster:4.2:*:*:*:*:*:*:*", "", "", ""],
        ["", "", "", "geen purl", "", "", "", ""],
    ]
    found = read(files.csv(rows), name="x", on=ON)
    assert told(found) == [
        ("Example", "Window", "1.0"),
        ("org.voorbeeld", "log4j-core", "2.14.1"),
        ("voorbeeld", "zaak venster", "4.2"),
    ]
    assert {remark.code for remark in found.remarks} == {"not_a_purl", "no_product"}


def test_the_file_of_the_command_line() -> None:
    rows: Table = [
        ["organisation", "vendor", "product", "version", "purl", "cpe"],
        ["dijkstad", "Voorbeeld", "Zaakvenster", "4.1", "", ""],
        ["waterland", "Voorbeeld", "Zaakvenster", "", "", ""],
    ]
    found = read(files.csv(rows, delimiter=","), name="register.csv", on=ON)
    assert [line.organisation for line in found.lines] == ["dijkstad", "waterland"]


def test_the_maker_goes_before_the_seller_and_an_id_is_no_name() -> None:
    rows: Table = [
        [
            "Leverancier ID",
            "Leverancier",
            "Fabrikant",
            "Product",
            "Productcode",
            "Nieuwste versie",
            "Licentie versie",
            "Versie",
        ],
        ["77", "Verkoper", "Maker", "Muis", "P-9", "9.9", "E3", "1.0"],
    ]
    assert told(read(files.csv(rows), name="x", on=ON)) == [("Maker", "Muis", "1.0")]
    assert told(read(files.csv([rows[0][:7], rows[1][:7]]), name="x", on=ON)) == [("Maker", "Muis", "")]


def test_two_columns_that_fit_equally_well_are_for_a_person_to_choose() -> None:
    rows: Table = [["Product", "Versie", "Versie"], ["Muis", "1.0", "2.0"]]
    found = read(files.csv(rows), name="x", on=ON)
    assert codes(found) == [("columns_unsure", 1, "B")]
    assert found.problems[0].params == {"role": "version", "columns": "B, C"}
    layout = Layout(0, 1, {"product": 0, "version": 2}, {})
    assert told(read(files.csv(rows), name="x", on=ON, layouts=[layout])) == [("", "Muis", "2.0")]
    owners: Table = [["Product", "Eigenaar", "Eigenaar"], ["Muis", "A", "B"]]
    found = read(files.csv(owners), name="x", on=ON)
    assert found.usable
    assert [remark.code for remark in found.remarks] == ["columns_left_out", "no_vendor"]


def test_a_person_may_say_that_it_is_another_form() -> None:
    assert read(files.csv(PHOTO), name="x", on=ON, form="cmdb").form == "cmdb"
    assert codes(read(files.csv(CMDB), name="x", on=ON, form="ict_foto")) == [("no_header", None, "")]
    with pytest.raises(KeyError):
        read(b"a;b", name="x", on=ON, form="visitenkaart")


def test_a_formula_in_csv_is_text_and_in_a_workbook_is_refused_where_it_is_read() -> None:
    rows: Table = [["Product", "Versie", "Notitie"], ["=cmd|' /C calc'!A0", '="1.10"', "=1+1"], ["Muis", "=A1", ""]]
    for data in (quoted(rows, ";"), b"Product;Versie\n=cmd|' /C calc'!A0;=\"1.10\"\nMuis;=A1\n"):
        found = read(data, name="x", on=ON)
        assert told(found) == [("", "=cmd|' /C calc'!A0", "1.10"), ("", "Muis", "=A1")]
    head = "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in ("Product", "Versie", "Notitie"))
    cells = "<c t='inlineStr'><is><t>Muis</t></is></c><c><f>1+1</f><v>2</v></c><c><f>1</f><v>1</v></c>"
    found = read(files.raw_xlsx(f"<row>{head}</row><row>{cells}</row>"), name="x", on=ON)
    assert codes(found) == [("formula", 2, "B")]
    cells = "<c t='inlineStr'><is><t>Muis</t></is></c><c t='e'><v>#N/A</v></c>"
    found = read(files.raw_xlsx(f"<row>{head}</row><row>{cells}</row>"), name="x", on=ON)
    assert codes(found) == [("fault", 2, "B")]


def test_versions_that_a_spreadsheet_may_have_changed_are_told() -> None:
    rows: Table = [["Product", "Versie"], ["Muis", 1.1], ["Rat", date(2026, 10, 5)], ["Kat", 2019], ["Hond", "SaaS"]]
    found = read(files.xlsx(rows), name="x", on=ON)
    assert [(line.product, line.version) for line in found.lines] == [
        ("Muis", "1.1"), ("Rat", ""), ("Kat", "2019"), ("Hond", ""),
    ]  # fmt: skip
    noted = [(remark.code, remark.place.row) for remark in found.remarks if remark.code.startswith("version")]
    assert noted == [("version_is_number", 2), ("version_is_date", 3), ("version_says_nothing", 5)]


def test_rows_without_a_product_and_days_that_cannot_be_are_told_but_stand_in_nobodys_way() -> None:
    rows: Table = [
        ["Fabrikant", "Product", "Peildatum", "Extern bereikbaar"],
        ["Voorbeeld", "", "", ""],
        ["Voorbeeld", "Muis", "gisteren", "soms"],
        ["Voorbeeld", "Rat", "31-12-2026", ""],
    ]
    found = read(files.csv(rows), name="x", on=ON)
    assert found.usable
    assert [(remark.code, remark.place.row, remark.place.letter) for remark in found.remarks] == [
        ("no_product", 2, "B"),
        ("not_a_date", 3, "C"),
        ("exposed_unknown", 3, "D"),
        ("date_too_late", 4, "C"),
    ]
    assert [line.as_of for line in found.lines] == [None, None]


def test_many_remarks_are_counted_and_the_first_hundred_listed() -> None:
    found = read(files.csv([["Fabrikant", "Product"], *[["", f"Muis {n}"] for n in range(250)]]), name="x", on=ON)
    assert (len(found.remarks), found.counts["no_vendor"], len(found.lines)) == (100, 250, 250)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Product", "Versie"]], ("no_lines", None, "")),
        ([["zomaar", "iets"], ["1", "2"]], ("no_header", None, "")),
        ([["Versie", "Eigenaar"], ["1", "2"]], ("no_header", None, "")),
        ([["Product"], ["m" * 301]], ("text_too_long", 2, "A")),
    ],
)
def test_tables_that_are_no_register(rows: Table, expected: tuple[str, int | None, str]) -> None:
    found = read(files.csv(rows), name="x", on=ON, form="cmdb")
    assert codes(found) == [expected]
    assert not found.usable


def test_a_header_that_is_repeated_is_no_line_and_another_sheet_is_told() -> None:
    assert len(read(files.csv([*CMDB, CMDB[0], CMDB[1]]), name="x", on=ON).lines) == 4


# -- the catalogue -----------------------------------------------------------------------------------
OLD: Table = [
    ["Leverancier Naam", "Leverancier ID", "Pakket Naam", "Pakket ID", "Pakket Beschrijving", "Pakketversie Naam",
     "Pakketversie Status", "Mutatiedatum pakketversie"],
    ["Voorbeeld", "12", "Zaakvenster", "34", "Zaken", "4.1", "In gebruik", "01-02-2026"],
    ["Voorbeeld", "12", "Balieplein", "35", "Balie", "productieversie", "Teruggetrokken", "01-02-2025"],
]  # fmt: skip
NEW: Table = [
    [
        "id",
        "naam",
        "beschrijvingKort",
        "aanbieder",
        "_aanbieder",
        "type",
        "moduleVersies",
        "_moduleVersies",
        "gebruiken",
    ],
    ["0a-1", "Zaakvenster", "", "9-9-9", "Voorbeeld", "Applicatie", '["u-1","u-2"]', '["4.1","4.2"]', ""],
    ["0a-2", "Balieplein", "", "9-9-8", "Anders", "Applicatie", "", "", ""],
]


def test_the_old_catalogue() -> None:
    found = read(files.csv(OLD), name="export.csv", on=ON)
    assert found.form == "gemma"
    assert told(found) == [("Voorbeeld", "Zaakvenster", "4.1"), ("Voorbeeld", "Balieplein", "")]
    assert [line.stated for line in found.lines] == [
        "present",
        "present",
    ]  # withdrawn by the supplier is not out of use
    assert found.lines[0].as_of == date(2026, 2, 1)
    assert "what_suppliers_offer" in {remark.code for remark in found.remarks}


def test_the_new_catalogue_lists_versions_as_json() -> None:
    found = read(quoted(NEW, ","), name="export.csv", on=ON)
    assert found.form == "gemma"
    assert told(found) == [
        ("Voorbeeld", "Zaakvenster", "4.1"), ("Voorbeeld", "Zaakvenster", "4.2"), ("Anders", "Balieplein", ""),
    ]  # fmt: skip


def test_a_list_of_use_is_not_doubted() -> None:
    rows: Table = [
        ["Gemeente", "Leverancier", "Pakketnaam", "Pakketversie", "Pakketstatus"],
        ["Dijkstad", "V", "Muis", "1", "Gepland"],
    ]
    found = read(files.xlsx(rows), name="x", on=ON)
    assert (found.form, found.remarks) == ("gemma", ())
    assert (found.lines[0].organisation, found.lines[0].stated) == ("Dijkstad", "planned")


# -- which form --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rows", "form", "reasons"),
    [
        (PHOTO, "ict_foto", [("has_role", "Aanwezig J/N"), ("no_versions", "")]),
        (CMDB, "cmdb", [("has_role", "Fabrikant"), ("has_role", "Applicatie"), ("has_role", "Versie")]),
        (OLD, "gemma", [("has_column", "mutatiedatum pakketversie"), ("has_column", "pakket id"),
                        ("has_column", "pakketversie naam")]),
    ],
)  # fmt: skip
def test_why_it_is_that_form(rows: Table, form: str, reasons: list[tuple[str, str]]) -> None:
    found = detect(files.csv(rows), "zomaar.pdf")
    assert found.form == form
    assert [(reason.code, dict(reason.params).get("column", "")) for reason in found.reasons] == reasons


def test_modules_read_by_themselves() -> None:
    for module, rows in ((ict_foto, PHOTO), (cmdb, CMDB), (gemma, OLD)):
        assert read(files.csv(rows), name="x", on=ON, form=module.FORM).form == module.FORM
        assert [each.code for each in read(b"%PDF-1.7", name="x", on=ON, form=module.FORM).problems] == ["pdf"]
