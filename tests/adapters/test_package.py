"""The archive itself: one way to write it, and nothing else is read."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters import package
from dijkwacht.adapters.package import PackageError

FILES = {
    "manifest.json": b"{}",
    "lines.jsonl": b"a\nb\n",
    "norms/facts/x.yaml": b"[]\n",
    "documents/a-1.pdf": bytes(range(256)),
}
SMALL = package.build(FILES)


def test_any_zip_program_reads_it() -> None:
    with zipfile.ZipFile(io.BytesIO(SMALL)) as found:
        assert found.testzip() is None
        assert {name: found.read(name) for name in found.namelist()} == FILES
        assert found.namelist() == ["manifest.json", "lines.jsonl", "norms/facts/x.yaml", "documents/a-1.pdf"]
        assert {info.date_time for info in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@given(
    st.dictionaries(
        st.sampled_from(["world.json", "norms/a", "norms/b/c.yaml", "documents/d.csv"]), st.binary(max_size=40)
    )
)
def test_what_is_built_is_read_back(files: dict[str, bytes]) -> None:
    if files:
        found = package.parse(package.build(files))
        assert (found.files, found.fault) == (files, None)


def test_the_order_in_which_files_are_given_makes_no_difference() -> None:
    assert package.build(dict(reversed(FILES.items()))) == SMALL


def test_every_byte_counts() -> None:
    for at in range(len(SMALL)):
        other = bytearray(SMALL)
        other[at] ^= 0x20
        try:
            found = package.parse(bytes(other))
        except PackageError:
            continue
        assert found.fault is not None, at


def test_every_cut_is_seen() -> None:
    for size in range(len(SMALL)):
        with pytest.raises(PackageError):
            if (found := package.parse(SMALL[:size])).fault:
                raise found.fault


def _refused(data: bytes) -> PackageError:
    with pytest.raises(PackageError) as caught:
        if (found := package.parse(data)).fault:
            raise found.fault
    return caught.value


def test_what_stands_after_the_end() -> None:
    error = _refused(SMALL + b"more")
    assert "4 bytes stand after the end" in str(error)
    assert not error.trouble


def test_what_stands_before_it() -> None:
    assert "does not begin" in str(_refused(b"x" + SMALL))


def test_one_name_twice() -> None:
    one = package.build({"manifest.json": b"a"})
    entry = one[: one.index(b"PK\x01\x02")]
    assert "twice" in str(_refused(entry + entry + one[len(entry) :]))


def _zipped(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_packed_anew_is_not_what_was_written() -> None:
    assert "manifest.json" in str(_refused(_zipped(FILES)))
    assert "compressed" in str(_refused(_zipped(FILES, zipfile.ZIP_DEFLATED)))


def test_nothing_is_ever_inflated() -> None:
    bomb = _zipped({"lines.jsonl": b"\0" * 50_000_000}, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    assert "compressed" in str(_refused(bomb))


@pytest.mark.parametrize(
    "name", ["../up.json", "/etc/passwd", "norms/../../x", "norms//x", "other.txt", "norms", "documents/é"]
)
def test_names_that_do_not_belong(name: str) -> None:
    assert "does not belong" in str(_refused(_zipped({name: b"x"}))) or "compressed" in str(
        _refused(_zipped({name: b"x"}))
    )
    with pytest.raises((PackageError, UnicodeEncodeError)):
        package.build({name: b"x"})


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7"])
def test_no_package_at_all_is_trouble(data: bytes) -> None:
    assert _refused(data).trouble


def test_too_large_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST", 100)
    assert _refused(SMALL).trouble
    monkeypatch.setattr(package, "LARGEST", 10_000)
    monkeypatch.setattr(package, "MOST_FILES", 2)
    assert _refused(SMALL).trouble
