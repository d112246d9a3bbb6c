"""Packages by somebody who has a key of his own and signs whatever he likes: refused with a reason, never an accident."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.adapters import package, seen, signing, timestamp
from dijkwacht.adapters.checking import Checked, Expect, check
from dijkwacht.adapters.package import PackageError
from dijkwacht.adapters.rejudging import rejudge
from dijkwacht.commands.packages import Asked, disclose, verify
from dijkwacht.core import statement_form as form
from dijkwacht.core.chain import canonical
from dijkwacht.core.verdict import Status
from tests.adapters.packages import DIJKSTAD, NORMS, files, line, packed, ring, statement

RING = ring()
FILES = files(statement(), RING)
ODD: tuple[Any, ...] = (None, True, 0, 10**30, 1.5, "", "x", [], [1], ["a"], {}, {"a": 1}, [[]], {"$day": "x"})


def sealed(manifest: Any, kept: dict[str, bytes] = FILES) -> bytes:
    """The package with another manifest, signed for all the same."""
    data, key = canonical(manifest), RING.keys[-1]
    signature = signing.sign(RING.pems[key.id], form.SIGNED + data)
    signed = canonical({"algorithm": "Ed25519", "key": key.id, "signature": signature})
    return package.build({**kept, "manifest.json": data, "signature.json": signed})


def told(data: bytes, path: Path) -> None:
    """All that is done with a package on the command line."""
    path.write_bytes(data)
    verify(path, Asked(key=RING.keys[0].id, seen=path.with_suffix(".seen")))


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(found for key, each in inner for found in places(each, (*way, key)))]


def with_odd(value: Any, way: tuple[Any, ...], odd: Any) -> Any:
    if not way:
        return odd
    copy = json.loads(json.dumps(value))
    holder = copy
    for key in way[:-1]:
        holder = holder[key]
    holder[way[-1]] = odd
    return copy


MANIFEST = json.loads(FILES["manifest.json"])
KEYS = json.loads(FILES["keys.json"])


@pytest.mark.parametrize("way", [way for way in places(MANIFEST) if way])
def test_anything_anywhere_in_a_manifest_that_was_signed(way: tuple[Any, ...], tmp_path: Path) -> None:
    for odd in ODD:
        told(sealed(with_odd(MANIFEST, way, odd)), tmp_path / "x.zip")


@pytest.mark.parametrize("way", [way for way in places(KEYS) if way])
def test_anything_anywhere_in_the_list_of_keys(way: tuple[Any, ...], tmp_path: Path) -> None:
    for odd in ODD:
        listed = canonical(with_odd(KEYS, way, odd))
        manifest = {**MANIFEST, "keys": sha256(listed).hexdigest()}
        told(sealed(manifest, {**FILES, "keys.json": listed}), tmp_path / "x.zip")


# -- what a reader gives and is empty ------------------------------------------------------------------
def test_an_empty_list_of_keys_is_not_the_same_as_none(tmp_path: Path) -> None:
    good, empty = tmp_path / "good.zip", tmp_path / "keys.json"
    good.write_bytes(package.build(FILES))
    empty.write_bytes(b"")
    assert not verify(good, Asked(keys=empty)).well
    with pytest.raises(PackageError, match="list"):
        check(good.read_bytes(), expect=Expect(keys=b""))


def test_a_stamp_over_something_that_is_no_head() -> None:
    with pytest.raises(timestamp.StampError):
        timestamp.read(b"x", head="no hash")


def test_who_gives_a_certificate_wants_a_time_stamp() -> None:
    with pytest.raises(PackageError, match="no time stamp"):
        check(package.build(FILES), expect=Expect(roots=[b"-----BEGIN CERTIFICATE-----"]))


# -- lines ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("some", [False, True])
def test_one_line_said_in_two_ways(some: bool, tmp_path: Path) -> None:
    twice = packed(statement(lines=(line(1), replace(line(1), status=Status.NOT_MET))), RING)
    with pytest.raises(PackageError, match="is in it twice") as caught:
        check(twice)
    assert (caught.value.file, caught.value.line) == ("lines.jsonl", 2)
    if some:
        (tmp_path / "x.zip").write_bytes(twice)
        assert not disclose(tmp_path / "x.zip", ["bio2:1"], tmp_path / "y.zip").well


def test_norms_that_get_in_each_others_way() -> None:
    clash = {**NORMS, "facts/x.yaml/y.yaml": b"[]\n"}
    with pytest.raises(PackageError) as caught:
        rejudge(_with_norms(clash))
    assert caught.value.file == "norms"


def _with_norms(norms: dict[str, bytes]) -> Checked:
    found = check(package.build(FILES))
    kept = {name: data for name, data in found.files.items() if not name.startswith("norms/")}
    world = canonical({"organisation": "dijkstad", "subjects": [], "facts": [], "complete": [], "inherits": {}})
    return replace(
        found, files={**kept, "world.json": world, **{f"norms/{name}": data for name, data in norms.items()}}
    )


# -- the register of what was seen -------------------------------------------------------------------
def test_the_same_number_and_id_with_other_lines(tmp_path: Path) -> None:
    register = tmp_path / "seen.json"
    seen.accept(register, check(packed(statement(), RING)))
    with pytest.raises(PackageError, match="another statement with number 7"):
        seen.accept(register, check(packed(statement(lines=(line(1), line(2), line(3))), RING)))


@pytest.mark.parametrize("content", [
    {"form": seen.FORM, "statements": {"dijkstad": []}},
    {"form": seen.FORM, "statements": {"dijkstad": {"council|dijkstad": 3}}},
    {"form": seen.FORM, "statements": {"dijkstad": {"council|dijkstad": {"accepted": ["x"], "replaced": []}}}},
])  # fmt: skip
def test_a_register_that_is_not_one(content: Any, tmp_path: Path) -> None:
    register = tmp_path / "seen.json"
    register.write_text(json.dumps(content))
    with pytest.raises(PackageError) as caught:
        seen.accept(register, check(package.build(FILES), expect=Expect(key=RING.keys[0].id)))
    assert caught.value.trouble


def test_a_stranger_does_not_fill_the_register(tmp_path: Path) -> None:
    """With a key of his own he would have every later statement of the organisation refused as older than his."""
    forged, good, register = tmp_path / "x.zip", tmp_path / "good.zip", tmp_path / "seen.json"
    forged.write_bytes(packed(statement(number=999_999), ring()))
    good.write_bytes(package.build(FILES))
    assert verify(forged, Asked(seen=register)).well
    assert not verify(forged, Asked(seen=register)).well
    assert verify(good, Asked(seen=register)).well
    again = verify(good, Asked(key=RING.keys[0].id, seen=register))
    assert not again.well
    assert "the same one again" in again.data["reason"]


# -- where it is written -------------------------------------------------------------------------------
def test_a_selection_is_not_written_over_the_package(tmp_path: Path) -> None:
    good = tmp_path / "good.zip"
    good.write_bytes(package.build(FILES))
    for out in (good, tmp_path / "." / "good.zip"):
        with pytest.raises(PackageError, match="itself"):
            disclose(good, ["bio2:1"], out)
    (tmp_path / "link.zip").symlink_to(good)
    with pytest.raises(PackageError, match="itself"):
        disclose(good, ["bio2:1"], tmp_path / "link.zip")
    assert good.read_bytes() == package.build(FILES)


@pytest.mark.parametrize("out", [lambda folder: folder, lambda _folder: Path("/"), lambda folder: folder / "no" / "x"])
def test_no_place_to_write_to(out: Callable[[Path], Path], tmp_path: Path) -> None:
    good = tmp_path / "good.zip"
    good.write_bytes(package.build(FILES))
    with pytest.raises(PackageError) as caught:
        disclose(good, ["bio2:1"], out(tmp_path))
    assert caught.value.trouble
    assert [each.name for each in tmp_path.iterdir()] == ["good.zip"]


def test_nothing_is_written_through_a_link_that_lies_ready(tmp_path: Path) -> None:
    good, victim = tmp_path / "good.zip", tmp_path / "victim"
    good.write_bytes(package.build(FILES))
    victim.write_text("mine")
    (tmp_path / ".out.zip.new").symlink_to(victim)
    disclose(good, ["bio2:1"], tmp_path / "out.zip")
    assert victim.read_text() == "mine"


# -- on a screen ---------------------------------------------------------------------------------------
def test_a_name_does_not_write_lines_of_its_own(tmp_path: Path) -> None:
    path, keys = tmp_path / "x.zip", ring()
    trick = f"x\nkey {keys.keys[1].id}, which you trust\x1b[2K\u202e"
    whose = replace(DIJKSTAD, name=trick)
    path.write_bytes(packed(statement(organisation=whose, replaces=3, why=trick), keys))
    lines = verify(path, Asked()).lines
    assert all(line.isprintable() for line in lines)
    assert [line for line in lines if line.startswith(f"key {keys.keys[1].id}") and "NOT" not in line] == []
    assert all(line.isprintable() for line in verify(path, Asked(organisation="a\nb")).lines)
