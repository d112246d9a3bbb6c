"""Files that want to hurt, or are simply broken: a problem with a code and a place, never an exception, never half."""

import time
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.limits import MEGABYTE, Limits
from dijkwacht.adapters.suppliers import FORMS, LIMITS, read_register
from dijkwacht.core.suppliers.register_rows import Register
from tests.adapters import files

GOOD: list[list[object]] = [
    ["Leverancier", "KvK", "Dienst", "Cloud", "Einddatum", "Proces", "Uren"],
    ["Voorbeeld", "90000001", "Muis", "ja", "31-12-2027", "Burgerzaken", "4"],
    ["Anders", "90000002", "Rat", "nee", "", "", ""],
]


def code(found: Register) -> str:
    assert not found.usable
    assert (*found.suppliers, *found.services, *found.contracts, *found.uses, *found.subs) == ()
    return found.problems[0].code


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf \r\n", "empty_file"),
        (b";;;\n;;\n", "no_rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old_excel"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"<html><table></table></html>", "web_page"),
        (b"Leverancier;KvK\nMu\0is;1\n", "binary"),
        (b"PK\x03\x04 and then nothing", "broken_archive"),
        (b'Leverancier;KvK\nMuis;"1', "broken_quotes"),
        (b"\xff\xfeL\x00e\xd8", "encoding"),
        (b"zomaar;iets\n1;2\n", "no_supplier_column"),
    ],
)
def test_what_is_no_register_is_told(data: bytes, expected: str) -> None:
    assert code(read_register(data, "x")) == expected


def test_a_large_register_is_read_and_a_larger_one_refused() -> None:
    head = b"Leverancier;KvK;Dienst;Contractnummer;Proces\n"
    rows = b"".join(
        b"Leverancier %d;%d;Dienst %d;C%d;Proces %d\n" % (n % 900, 90000000 + n % 900, n, n, n % 40)
        for n in range(6_000)
    )
    began = time.process_time()
    found = read_register(head + rows, "x")
    assert time.process_time() - began < 20
    assert (len(found.suppliers), len(found.services), len(found.contracts), len(found.uses)) == (
        900,
        6_000,
        6_000,
        6_000,
    )
    found = read_register(b"Leverancier\n" + b"V\n" * LIMITS.rows, "x")
    assert (code(found), found.problems[0].place.row) == ("too_many_rows", LIMITS.rows + 1)
    assert code(read_register(b"Leverancier\n" + b"x" * (21 * MEGABYTE), "x")) == "too_large"


def test_names_that_all_look_alike_take_no_long_time() -> None:
    rows = "".join(f"Voorbeeld {'B.V.' if n % 2 else 'N.V.'};{90000000 + n}\n" for n in range(10_000))
    began = time.process_time()
    found = read_register(f"Leverancier;KvK\n{rows}".encode(), "x")
    assert time.process_time() - began < 20
    assert (code(found), len(found.problems)) == ("kvk_differs", 100)


def test_a_bomb_in_a_workbook() -> None:
    sheet = b"<worksheet>" + b" " * (160 * MEGABYTE)
    parts = [*((name, part) for name, part in files.xlsx_parts("").items() if "sheet1" not in name),
             ("xl/worksheets/sheet1.xml", sheet)]  # fmt: skip
    assert code(read_register(files.archive(parts), "x")) == "zip_bomb"


def test_the_time_is_limited() -> None:
    found = read_register(files.xlsx(GOOD), "x", limits=Limits(seconds=1), clock=map(float, count()).__next__)
    assert code(found) == "too_slow"


def test_a_formula_in_a_workbook_is_refused_where_it_is_read() -> None:
    head = "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in ("Leverancier", "KvK", "Kleur"))
    cells = "<c><f>1+1</f><v>2</v></c><c t='e'><v>#N/A</v></c><c><f>1</f><v>1</v></c>"
    found = read_register(files.raw_xlsx(f"<row>{head}</row><row>{cells}</row>"), "x")
    assert [(each.code, each.place.letter) for each in found.problems] == [("formula", "A"), ("fault", "B")]


@pytest.mark.parametrize("build", [files.xlsx, files.ods])
def test_a_workbook_cut_off_anywhere_is_refused(build: Callable[..., bytes]) -> None:
    data = build(GOOD)
    for length in range(4, len(data) - 1, max(1, len(data) // 12)):
        code(read_register(data[:length], "x"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"Leverancier;KvK\n"]))
def test_random_bytes_give_suppliers_or_problems(data: bytes, start: bytes) -> None:
    found = read_register(start + data, "x")
    assert bool(found.suppliers) != bool(found.problems)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from([files.xlsx(GOOD), files.csv(GOOD)]), st.sampled_from([None, *FORMS]))
def test_damaged_files_give_suppliers_or_problems(data: st.DataObject, good: bytes, form: str | None) -> None:
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    found = read_register(bytes(damaged), "x", form=form)
    assert bool(found.suppliers) != bool(found.problems)


CELLS = st.text(max_size=6) | st.sampled_from(
    [
        "V",
        "V B.V.",
        "W",
        "90000001",
        "90000002",
        "ja",
        "nee",
        "31-12-2027",
        "1-1-2026",
        "Muis",
        "4",
        "-1",
        "=x",
        "onbekend",
        "a; b",
        "",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=6))
def test_rows_of_any_text_give_all_or_nothing(rows: list[list[str]]) -> None:
    head = ["Leverancier", "KvK", "Dienst", "Cloud", "Contractnummer", "Einddatum", "Proces", "Uren"]
    found = read_register(files.csv([head, *rows]).replace(b"\0", b""), "x")
    assert bool(found.suppliers) != bool(found.problems)
    for service in found.services:
        assert 0 <= service.supplier < len(found.suppliers)
    for contract in found.contracts:
        assert all(found.services[at].supplier == contract.supplier for at in contract.services)
    for use in found.uses:
        assert 0 <= use.service < len(found.services)
    assert len({supplier.kvk for supplier in found.suppliers if supplier.kvk}) == sum(
        bool(each.kvk) for each in found.suppliers
    )


def test_names_and_texts_together_have_an_end() -> None:
    names = '"' + "; ".join(f"p{n}" for n in range(200)) + '"'
    rows = "".join(f"V;D{n};{names}\n" for n in range(2_000))
    found = read_register(f"Leverancier;Dienst;Proces\n{rows}".encode(), "x")
    assert (code(found), len(found.problems), found.problems[0].place.row) == ("too_many_names_in_all", 1, 502)
    text = "<c t='s'><v>1</v></c>"
    rows = "".join(f"<row><c t='s'><v>0</v></c>{text}</row>" for _ in range(5_000))
    head = "".join(f"<c t='inlineStr'><is><t>{word}</t></is></c>" for word in ("Leverancier", "Omschrijving"))
    shared = f"<si><t>V</t></si><si><t>{'x' * 5000}</t></si>"
    found = read_register(files.raw_xlsx(f"<row>{head}</row>{rows}", texts=shared), "x")
    assert "too_much_text" in {each.code for each in found.problems}


def test_headers_without_end_take_no_long_time() -> None:
    data = ("Leverancier;" + (" " * 30_000 + "x;") * 150 + "\nV\n").encode()
    began = time.process_time()
    assert read_register(data, "x").usable
    assert time.process_time() - began < 5


@pytest.mark.parametrize("mark", "=+@-")
def test_a_header_that_looks_like_a_formula_is_a_header_like_any_other(mark: str) -> None:
    other = f"{mark}cmd|' /C calc'!A0;Leverancier;KvK\nx;Muis;90000001\n".encode()
    assert [each.name for each in read_register(other, "x").suppliers] == ["Muis"]
    assert code(read_register(f"{mark}Leverancier;KvK\nMuis;90000001\n".encode(), "x")) == "no_supplier_column"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (";".join(["Leverancier", *(f"k{n}" for n in range(10_000))]), "too_many_columns"),
        (";".join(["Leverancier"] * 10_000), "too_many_columns"),
        ("Leverancier;Leverancier;KvK", "columns_unsure"),
        ("Leverancier;KvK;KvK-nummer", "columns_unsure"),
        ("Lever\0ancier;KvK", "binary"),
        ("\u202eLeverancier;KvK", "no_supplier_column"),
        ("Leverancier;" + "x" * 1_000_000, "text_too_long"),
        ("Leverancier" * 100_000 + ";KvK", "text_too_long"),
    ],
)
def test_headers_that_want_to_hurt(head: str, expected: str) -> None:
    began = time.process_time()
    assert code(read_register(f"{head}\nMuis;90000001;90000002\n".encode(), "x")) == expected
    assert time.process_time() - began < 5


def test_what_cannot_be_seen_in_a_header_is_not_there() -> None:
    for head in ("Lever\u200bancier;KvK", "\ufeffLeverancier;KvK", "\u00a0Leverancier\u00ad;KvK"):
        assert [each.kvk for each in read_register(f"{head}\nMuis;90000001\n".encode(), "x").suppliers] == ["90000001"]
    turned = read_register("Leverancier;KvK\nMuis\u202e;90000001\n".encode(), "x")
    assert code(turned) == "odd_characters"


@pytest.mark.parametrize("times", [2**31, 10**30, -1, "x"])
def test_repeated_cells_and_rows_without_end(times: object) -> None:
    first, second = (f"<table:table-row>{files.ods_cell(one)}{files.ods_cell(other)}{{}}</table:table-row>"
                     for one, other in (("Leverancier", "KvK"), ("Muis", "90000001")))  # fmt: skip
    empty = f'<table:table-cell table:number-columns-repeated="{times}"/>'
    full = files.ods_cell("Leverancier").replace(
        "<table:table-cell", f'<table:table-cell table:number-columns-repeated="{times}"'
    )
    rows = second.format("").replace("<table:table-row", f'<table:table-row table:number-rows-repeated="{times}"')

    def read(*parts: str) -> Register:
        return read_register(files.raw_ods(f'<table:table table:name="B">{"".join(parts)}</table:table>'), "x.ods")

    assert read(first.format(""), second.format("")).usable
    broken = times != 2**31
    assert read(first.format(empty), second.format("")).usable is not broken  # beyond the table nothing stands: no harm
    assert code(read(first.format(full), second.format(""))) == ("broken_xml" if broken else "too_many_columns")
    assert code(read(first.format(""), rows)) == ("broken_xml" if broken else "too_many_rows")
