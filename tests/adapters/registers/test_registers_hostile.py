"""Files that want to hurt, or are simply broken: a problem with a code and a place, never an exception, never half."""

import json
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.limits import MEGABYTE, Limits
from dijkwacht.adapters.registers import FORMS, LIMITS, read
from dijkwacht.core.advisories.register_lines import Lines
from tests.adapters import files

ON = date(2026, 11, 30)
GOOD: list[list[object]] = [
    ["Fabrikant", "Product", "Versie", "Aanwezig"],
    ["Voorbeeld", "Muis", "1.0", "J"],
    ["Anders", "Rat", "", "N"],
]
BOM = b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "library", "name": "muis"}]}'
XML = (
    b"<bom xmlns='http://cyclonedx.org/schema/bom/1.6'><components>\n<component type='library'><name>muis</name></component>"
    b"</components></bom>"
)


def code(found: Lines) -> str:
    assert not found.usable
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
        (b"Product;Versie\nMu\0is;1\n", "binary"),
        (b"PK\x03\x04 and then nothing", "broken_archive"),
        (b'Product;Versie\nMuis;"1', "broken_quotes"),
        (b'{"a": 1}', "no_sbom"),
        (b'{"bomFormat": "CycloneDX",\n "components": [}', "not_json"),
        (b'{"bomFormat": "CycloneDX", "components": "\xff"}', "encoding"),
        (b'{"bomFormat": "CycloneDX", "a": ' + b"[" * 100_000, "too_deep"),
        (b'{"bomFormat": "CycloneDX", "a": ' + b"9" * 5000 + b"}", "not_json"),
        (XML[:-10], "broken_xml"),
        (b"<!DOCTYPE x [<!ENTITY a 'ha'>]>" + XML.replace(b"muis", b"&a;"), "unsafe_xml"),
        (b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>" + XML.replace(b"muis", b"&a;"), "unsafe_xml"),
    ],
)
def test_what_is_no_register_is_told(data: bytes, expected: str) -> None:
    assert code(read(data, name="x", on=ON)) == expected


def test_the_line_of_broken_json_and_xml_is_named() -> None:
    (problem,) = read(b'{"bomFormat": "CycloneDX",\n\n "components": [}', name="x", on=ON).problems
    assert problem.place.row == 3
    (problem,) = read(XML[:-10], name="x", on=ON).problems
    assert problem.place.row == 2


def test_a_million_rows_are_refused_in_time_and_in_little_memory() -> None:
    data = b"Product;Versie\n" + b"Muis;1\n" * 1_000_000
    began = time.process_time()
    (problem,) = read(data, name="x", on=ON).problems
    assert (problem.code, problem.place.row) == ("too_many_rows", LIMITS.rows + 1)
    assert time.process_time() - began < 20
    data = files.raw_xlsx("<row><c><v>1</v></c></row>" * 1_000_000)
    assert code(read(data, name="x", on=ON)) in ("too_many_rows", "zip_bomb")


def test_more_than_fifty_megabytes_is_refused_at_once() -> None:
    for start in (b"Product\n", BOM[:-2] + b',"', XML[:-6]):
        data = start + b"x" * (51 * MEGABYTE)
        began = time.process_time()
        assert code(read(data, name="x", on=ON)) == "too_large"
        assert time.process_time() - began < 5


def test_json_that_swells_is_refused_before_it_does() -> None:
    data = b'{"bomFormat": "CycloneDX", "components": [' + b"{}," * 4_000_000 + b"{}]}"
    tracemalloc.start()
    assert code(read(data, name="x", on=ON)) == "too_many_values"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60 * MEGABYTE


@pytest.mark.parametrize("depth", [70, 400])
def test_components_in_components_end_somewhere(depth: int) -> None:
    inner: dict[str, object] = {"type": "library", "name": "x"}
    text = "<component type='library'><name>x</name>"
    for _ in range(depth):
        inner = {"type": "library", "name": "x", "components": [inner]}
        text = f"<component type='library'><name>x</name><components>{text}</component></components>"
    data = json.dumps({"bomFormat": "CycloneDX", "components": [inner]}).encode()
    assert code(read(data, name="x", on=ON)) == "too_deep"
    whole = f"<bom xmlns='http://cyclonedx.org/schema/bom/1.6'><components>{text}</component></components></bom>"
    assert code(read(whole.encode(), name="x", on=ON)) == "too_deep"


def test_a_bomb_in_a_workbook() -> None:
    sheet = b"<worksheet>" + b" " * (310 * MEGABYTE)
    data = files.archive([*((name, part) for name, part in files.xlsx_parts("").items() if "sheet1" not in name),
                          ("xl/worksheets/sheet1.xml", sheet)])  # fmt: skip
    assert code(read(data, name="x", on=ON)) == "zip_bomb"


def test_the_time_is_limited() -> None:
    many = json.dumps({"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "x"}] * 2000}).encode()
    long = XML.replace(b"\n", b"<!-- " + b"x" * 200_000 + b" -->\n")
    for data in (files.xlsx(GOOD), many, long):
        found = read(data, name="x", on=ON, limits=Limits(seconds=1), clock=map(float, count()).__next__)
        assert code(found) == "too_slow"


def test_merged_cells_give_the_first_row_its_vendor_and_tell_of_the_others() -> None:
    rows: list[list[object]] = [["Fabrikant", "Product"], ["Voorbeeld", "Muis"], [None, "Rat"]]
    found = read(files.xlsx(rows), name="x", on=ON)
    assert [line.vendor for line in found.lines] == ["Voorbeeld", ""]
    assert [(remark.code, remark.place.row) for remark in found.remarks] == [("no_vendor", 3)]


def test_the_extension_says_nothing() -> None:
    for data, form in ((files.xlsx(GOOD), "cmdb"), (BOM, "cyclonedx"), (XML, "cyclonedx")):
        for name in ("x.csv", "x.json", "x.xlsx", "x.exe", ""):
            assert read(data, name=name, on=ON).form == form


@pytest.mark.parametrize("build", [files.xlsx, files.ods])
def test_a_workbook_cut_off_anywhere_is_refused(build: Callable[..., bytes]) -> None:
    data = build(GOOD)
    for length in range(4, len(data) - 1, max(1, len(data) // 15)):
        code(read(data[:length], name="x", on=ON))


def test_an_sbom_cut_off_anywhere_is_refused() -> None:
    for whole in (BOM, XML):
        for length in range(len(whole) - 1):
            assert not read(whole[:length], name="x", on=ON, form="cyclonedx").usable


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"Product;Versie\n", BOM[:60], XML[:70]]))
def test_random_bytes_give_lines_or_problems(data: bytes, start: bytes) -> None:
    found = read(start + data, name="x", on=ON)
    assert found.lines or found.problems


@settings(max_examples=80, deadline=None)
@given(st.data(), st.sampled_from([files.xlsx(GOOD), files.csv(GOOD), BOM, XML]), st.sampled_from(FORMS))
def test_damaged_files_give_lines_or_problems(data: st.DataObject, good: bytes, form: str) -> None:
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    for chosen in (None, form):
        found = read(bytes(damaged), name="x", on=ON, form=chosen)
        assert found.lines or found.problems


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["components", "metadata", "component", "name", "version", "supplier", "purl", "cpe", "type", "scope"]),
        inner, max_size=4,
    ),
    max_leaves=15,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(VALUES, VALUES)
def test_json_of_any_shape_gives_lines_or_problems(metadata: object, components: object) -> None:
    whole = {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": metadata, "components": components}
    found = read(json.dumps(whole).encode(), name="x", on=ON)
    assert found.lines or found.problems
    for line in found.lines:
        "".join((line.product, line.vendor, line.version, line.raw)).encode()


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(st.text(max_size=6) | st.sampled_from(["J", "N", "Muis", "1.0", "=x"]), max_size=4), max_size=5)
)
def test_rows_of_any_text_give_lines_or_problems(rows: list[list[str]]) -> None:
    table = "\n".join(
        ";".join(cell.replace("\n", "").replace(";", "") for cell in row)
        for row in [["Fabrikant", "Product", "Versie", "Aanwezig"], *rows]
    )
    found = read(table.encode("utf-8", "replace"), name="x", on=ON)
    assert found.lines or found.problems
