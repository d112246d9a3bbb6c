"""Stored answers of Statistics Netherlands and the police: as they are, as they change, and as bad intent makes them."""

import gzip
import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.cbs import CbsError, CbsLimits, Delivery, read_delivery
from dijkwacht.norms.crime_packs import crime_packs
from tests.adapters.cbs.made import COUNT, V3, V4, put, v3, v3_row, v4, v4_rows

SHAPES = crime_packs().figures.shapes


def read(source: Path | bytes, **more: Any) -> Delivery:
    return read_delivery(source, shapes=SHAPES, **more)


def wrong(source: Path | bytes, **more: Any) -> CbsError:
    with pytest.raises(CbsError) as caught:
        read(source, **more)
    return caught.value


def as_json(rows: list[Any], **more: Any) -> bytes:
    return json.dumps({"odata.metadata": V3 + "TypedDataSet", "value": rows, **more}).encode()


def test_version_3_as_it_is_stored(tmp_path: Path) -> None:
    found = read(v3(tmp_path / "a"))
    assert [(each.region, each.topic, each.period, each.value) for each in found.observations] == [
        ("GM9901", "3.7.4", "2025JJ00", 120), ("GM9901", "3.7.4", "2025MM01", 12), ("GM9901", "3.7.4", "2025MM02", None),
        ("NL01", "3.7.4", "2025MM01", 900),
    ]  # fmt: skip
    assert (found.shape.id, found.title, found.modified) == (
        "47022NED",
        "Geregistreerde misdrijven",
        "2026-11-15T02:00:00",
    )
    assert found.names == {"GM9901": "Dijkstad (verzonnen)"}  # of no area that has no figure
    assert (found.first, found.newest, found.suppressed, found.read) == ("2025MM01", "2025MM02", 1, 6)


def test_version_4_with_bounds_in_rows_of_their_own(tmp_path: Path) -> None:
    found = read(v4(tmp_path / "a"))
    victim = next(each for each in found.observations if each.measure == "victim" and each.region == "NL01")
    assert (victim.value, victim.lower, victim.upper) == (15.6, 15.4, 15.9)
    assert found.columns == {"victim": "M001", "notified": "M002", "declared": "M003"}
    assert (found.title, found.newest, found.suppressed) == ("Slachtoffers", "2023JJ00", 1)


def test_one_file_says_itself_which_table_it_is(tmp_path: Path) -> None:
    data = as_json([v3_row(1, "GM9901 ", "2025MM01 ", "       12")])
    assert read(data).observations[0].value == 12
    bare = json.dumps([v3_row(1, "GM9901", "2025MM01", 12)]).encode()
    assert wrong(bare).code == "unknown_table"
    assert read(bare, table="47022NED").observations[0].value == 12
    assert read(bare, name="47022NED_2026.json").shape.id == "47022NED"


@pytest.mark.parametrize("between", [";", ",", "\t"])
def test_a_csv(between: str) -> None:
    rows = [
        ["ID", "SoortMisdrijf", "WijkenEnBuurten", "Perioden", COUNT],
        ["1", '"3.7.4 "', "GM9901   ", "2025MM01", "12"],
    ]
    data = "\ufeff" + "\r\n".join(between.join(row) for row in rows)
    assert [each.value for each in read(data.encode(), name="47022NED.csv").observations] == [12]


def test_a_zip_of_the_folder_is_the_same(tmp_path: Path) -> None:
    folder, packed = v3(tmp_path / "a"), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for each in folder.iterdir():
            out.write(each, f"deel/{each.name}")
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    whole = read(folder)
    for found in (read(packed.getvalue()), read(tmp_path / "a.zip")):
        assert (found.observations, found.names, found.sha256) == (whole.observations, whole.names, whole.sha256)


def test_pages_of_one_table(tmp_path: Path) -> None:
    folder = v3(tmp_path / "a", [v3_row(1, "GM9901", "2025MM01", 1)])
    put(folder, "TypedDataSet_1", json.loads(as_json([v3_row(2, "GM9901", "2025MM02", 2)], **{"odata.nextLink": "x"})))
    assert len(read(folder).observations) == 2
    assert wrong(as_json([v3_row(1, "GM9901", "2025MM01", 1)], **{"odata.nextLink": "x"})).code == "incomplete"


# -- what changed --------------------------------------------------------------------------------------
def test_a_column_that_is_called_otherwise_is_named_and_can_be_pointed_out(tmp_path: Path) -> None:
    row = v3_row(1, "GM9901", "2025MM01", 12)
    row["Misdrijven_9"] = row.pop(COUNT)
    error = wrong(as_json([row]))
    assert (error.code, error.missing) == ("wrong_columns", (f"{COUNT} / Geregistreerde misdrijven",))
    assert ("Misdrijven_9", "") in error.there
    assert read(as_json([row]), chosen={"registered": "Misdrijven_9"}).observations[0].value == 12


def test_a_measure_is_known_by_its_title(tmp_path: Path) -> None:
    folder = v4(tmp_path / "a")
    put(
        folder,
        "MeasureCodes",
        {"@odata.context": V4 + "MeasureCodes", "value": [{"Identifier": "M001", "Title": "Iets"}]},
    )
    error = wrong(folder)
    assert error.code == "wrong_columns"
    assert ("M001", "Iets") in error.there


def test_a_column_that_is_missing_half_way() -> None:
    short = v3_row(2, "GM9901", "2025MM02", 1)
    del short["Perioden"]
    error = wrong(as_json([v3_row(1, "GM9901", "2025MM01", 1), short]))
    assert (error.code, error.row, error.missing) == ("wrong_columns", 2, ("Perioden",))


# -- what is wrong -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"), (b" \n\t ", "empty_file"), (b"<!DOCTYPE html><html>onderhoud</html>", "web_page"),
        (b"\xef\xbb\xbf  <html>", "web_page"), (b'{"odata.metadata": "x"}', "no_rows_or_table"),
        (b'{"odata.error": {"code": "", "message": {"value": "te veel"}}}', "service_error"),
        (b'{"value": [', "broken_json"), (b'{"value": [{"a": NaN}]}', "broken_json"),
        (b'{"value": [{"a": Infinity}]}', "broken_json"), (b'{"value": [1, 2]}', "broken_json"),
        (b"[" * 300_000, "broken_json"),
        (b'{"value": [{"a": ' + b"[" * 300_000, "broken_json"), (b'{"value": [{"a": "' + b"x" * 900_000, "row_too_large"),
        (b"\xff\xfe{\x00", "not_text"), (b'{"value": [{"a": "\xff"}]}', "not_text"), (b"%PDF-1.7", "broken_csv"),
        (b"PK\x03\x04kapot", "unsafe_archive"), (b"a;b\n1;2;3", "broken_csv"), (b"a;b;b\n1;2;3", "broken_csv"),
        (b'a;b\n"open', "broken_csv"),
    ],
)  # fmt: skip
def test_what_is_no_table(data: bytes, code: str) -> None:
    assert wrong(data, name="x").code in (code, *(("unknown_table",) if code == "no_rows_or_table" else ()))


@pytest.mark.parametrize(
    ("rows", "code", "number"),
    [
        ([v3_row(1, "GM9901", "2025MM01", 1)] * 2, "twice", 2), ([v3_row(1, "GM9901", "2025MM13", 1)], "bad_period", 1),
        ([v3_row(1, "GM9901", "2025MM01", "=1+1")], "bad_value", 1), ([v3_row(1, "GM9901", "2025MM01", -1)], "bad_value", 1),
        ([v3_row(1, "GM9901", "2025MM01", True)], "bad_value", 1), ([v3_row(1, "GM9901", "2025MM01", [[1]])], "bad_value", 1),
        ([v3_row(1, "GM\u202e10", "2025MM01", 1)], "bad_area", None), ([v3_row(1, "=GM9901", "2025MM01", 1)], "no_rows", None),
        ([], "wrong_columns", None), (["1e999"], "bad_value", 1),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_row(rows: list[Any], code: str, number: int | None) -> None:
    data = as_json(rows)
    if rows == ["1e999"]:
        data = as_json([v3_row(1, "GM9901", "2025MM01", "N")]).replace(b'"N"', b"1e999")
    error = wrong(data)
    assert (error.code, error.row) == (code, number)
    assert "\u202e" not in error.value


def test_what_stands_behind_the_table_is_wrong() -> None:
    data = as_json([v3_row(1, "GM9901", "2025MM01", 1)])
    assert wrong(data + b" {}").code == "broken_json"
    assert wrong(data[:-1]).code == "broken_json"


def test_two_tables_at_once_are_refused(tmp_path: Path) -> None:
    folder = v3(tmp_path / "a")
    put(
        folder, "Observations", {"@odata.context": V4 + "Observations", "value": v4_rows("NL01", "2023JJ00", (1, 1, 1))}
    )
    assert wrong(folder).code == "mixed_tables"
    assert wrong(as_json([v3_row(1, "GM9901", "2025MM01", 1)]), table="85472NED").code == "mixed_tables"
    assert wrong(b'{"odata.metadata": "x/12345NED/$metadata#TypedDataSet", "value": []}').code == "unknown_table"


def test_limits(tmp_path: Path) -> None:
    rows = as_json([v3_row(n, "GM9901", f"{1990 + n}MM01", n) for n in range(20)])
    assert wrong(rows, limits=CbsLimits(size=100)).code == "too_large"
    assert wrong(rows, limits=CbsLimits(rows=10)).code == "too_many_rows"
    assert wrong(rows, limits=CbsLimits(record=40)).code == "row_too_large"
    folder = v3(tmp_path / "a")
    assert wrong(folder, limits=CbsLimits(listed=1)).code == "too_many_rows"
    assert wrong(folder, limits=CbsLimits(files=2)).code == "too_many_files"
    ticks = iter([0.0, *([1000.0] * 99)])
    many = as_json([v3_row(n, "WK000000", "2025MM01", 1) for n in range(5000)])
    assert wrong(many, clock=lambda: next(ticks)).code == "too_slow"


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = v3(tmp_path / "a")
    (tmp_path / "secret.json").write_text("<html>")
    (folder / "Geheim.json").symlink_to(tmp_path / "secret.json")
    (folder / "LEESMIJ.txt").write_text("=1")
    assert len(read(folder).observations) == 4
    assert wrong(tmp_path / "nergens").code == "not_readable"
    (tmp_path / "leeg").mkdir()
    assert wrong(tmp_path / "leeg").code == "no_data"


def test_names_of_strangers_stand_on_one_line(tmp_path: Path) -> None:
    folder = v3(tmp_path / "a")
    told = [{"Key": "GM9901", "Title": "Dijk\u202estad\r\n=HYPERLINK()" + "x" * 500}]
    put(folder, "WijkenEnBuurten", {"odata.metadata": V3 + "WijkenEnBuurten", "value": told})
    (name,) = read(folder).names.values()
    assert name.startswith("Dijk stad =HYPERLINK()")
    assert len(name) <= 120


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_whatever_it_is_the_answer_is_a_delivery_or_a_reason(noise: bytes, at: int) -> None:
    data = as_json([v3_row(1, "GM9901  ", "2025MM01", 12), v3_row(2, "NL01  ", "2025MM01", None)])
    for each in (noise, data[:at] + noise + data[at:], data[:at]):
        with suppress(CbsError):
            read(each, name="x.json")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 40), st.none() | st.floats(0, 1e6)), max_size=40, unique_by=lambda e: e[0]),
    st.integers(1, 9),
)
def test_rows_are_the_same_however_they_are_cut(made: list[tuple[int, Any]], size: int) -> None:
    from dijkwacht.adapters.cbs import json_rows

    data = as_json(
        [v3_row(n, f"GM{n:04}", "2025MM01", value) for n, value in made] or [v3_row(1, "GM0001", "2025MM01", 1)]
    )
    whole = read(data).observations
    kept, json_rows.CHUNK = json_rows.CHUNK, size
    try:
        assert read(data).observations == whole
    finally:
        json_rows.CHUNK = kept


@pytest.mark.parametrize(
    "data",
    [
        b'{"odata.metadata": "x/47022NED/$metadata#TypedDataSet", "value": [%s], "value": [%s]}',
        b'{"odata.metadata": "x/47022NED/$metadata#T", "odata.metadata": "x/37230NED/$metadata#T", "value": [%s, %s]}',
    ],
)
def test_a_key_that_stands_twice_is_no_answer(data: bytes) -> None:
    """Which of both is meant cannot be known; the second list would go by unseen."""
    rows = [json.dumps(v3_row(number, "GM9901", f"2025MM0{number}", 1)).encode() for number in (1, 2)]
    assert wrong(data % tuple(rows), name="x.json").code == "broken_json"


def test_a_column_that_stands_twice_in_a_row_is_no_answer() -> None:
    row = json.dumps(v3_row(1, "GM9901", "2025MM01", 1))[:-1] + f', "{COUNT}": 9}}'
    data = f'{{"odata.metadata": "{V3}TypedDataSet", "value": [{row}]}}'
    assert wrong(data.encode(), name="x.json").code == "broken_json"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_characters_are_told(encoding: str) -> None:
    data = as_json([v3_row(1, "GM9901", "2025MM01", 1)]).decode().encode(encoding)
    assert wrong(data, name="47022NED.json").code in ("not_text", "broken_json")


def test_a_packed_file_is_no_table() -> None:
    data = gzip.compress(as_json([v3_row(1, "GM9901", "2025MM01", 1)]))
    assert wrong(data, name="47022NED.csv").code == "not_text"
    assert wrong(data, name="47022NED.json").code == "broken_json"
