"""The file of a backup: read back as it was written, readable by tar, and refused when it is anything else."""

import errno
import io
import os
import subprocess
import sys
import tarfile
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.backup import BackupError, archive
from dijkwacht.adapters.backup.archive import BLOCK, LIST, MANIFEST, check, created
from dijkwacht.adapters.backup.manifest import DATA, KEYS, made_with
from tests.adapters.backup.conftest import (
    DATABASE,
    FILES,
    SECRET,
    SOUND,
    header,
    manifest,
    names_in,
    padded,
    part_of,
    plain,
    raw,
    write,
)  # fmt: skip


class Kept(io.BytesIO):
    """Keeps what was written when it is closed."""

    def __init__(self, into: dict[str, bytes], name: str) -> None:
        super().__init__()
        self._into, self._name = into, name

    def fileno(self) -> int:
        return 1

    def close(self) -> None:
        self._into[self._name] = self.getvalue()
        super().close()


@pytest.fixture(autouse=True)
def _no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.os, "fsync", lambda _handle: None)


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path, found = tmp_path / "b.tar", {}
    told = write(path, SOUND)
    again = check(path, DATA, lambda name, _size: Kept(found, name))
    assert found == dict(SOUND)
    assert again.parts == told.parts
    assert again.parts.number == 1 + len(FILES)
    assert made_with(again, SECRET)
    assert not made_with(again, "t" * 64)
    assert path.stat().st_mode & 0o777 == 0o600
    assert names_in(tmp_path) == ["b.tar"]


def test_any_tar_program_can_read_it(tmp_path: Path) -> None:
    write(tmp_path / "b.tar", SOUND)
    with tarfile.open(tmp_path / "b.tar") as found:
        assert found.getnames() == [name for name, _data in SOUND] + [LIST, MANIFEST]


def test_it_never_writes_over_another(tmp_path: Path) -> None:
    path = tmp_path / "b.tar"
    path.write_text("kept")
    with pytest.raises(BackupError, match="is there already"):
        write(path, SOUND)
    assert path.read_text() == "kept"
    with pytest.raises(BackupError, match="not a folder"):
        write(tmp_path / "nowhere" / "b.tar", SOUND)


def test_one_that_came_meanwhile_is_kept_too(tmp_path: Path) -> None:
    path = tmp_path / "b.tar"
    with pytest.raises(FileExistsError), created(path) as (out, _beside):
        out.write(b"ours")
        path.write_text("theirs")
    assert path.read_text() == "theirs"
    assert names_in(tmp_path) == ["b.tar"]


def test_what_goes_wrong_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), created(tmp_path / "b.tar") as (out, _beside):
        out.write(b"half")
        raise OSError(errno.ENOSPC, "full")
    assert names_in(tmp_path) == []


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    class Failing:
        def __init__(self, file: Any) -> None:
            self._file = file

        def fileno(self) -> int:
            return self._file.fileno()

        def read(self, size: int) -> bytes:
            raise OSError(errno.EIO, "bad disk")

    (tmp_path / "a").write_bytes(b"x" * 10)
    with (tmp_path / "a").open("rb") as file, (tmp_path / "notes").open("w+b") as notes:
        out = io.BytesIO()
        digest = archive.Writer(out, notes).add("secret_key", Failing(file))  # type: ignore[arg-type]
    assert digest == archive.sha256(bytes(10)).hexdigest()
    assert len(out.getvalue()) == 2 * BLOCK


NAME = part_of(b"een")
ONE = (header("database.sqlite3", len(DATABASE)), DATABASE)


def one_more(name: str, data: bytes = b"een", **more: Any) -> bytes:
    return raw([ONE, (header(name, len(data), **more), data)])


def pax(name: str) -> bytes:
    info = tarfile.TarInfo("evidence")
    info.pax_headers = {"path": name}
    return raw([ONE, (info.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict"), b"")])


HOSTILE = {
    "leads out": (one_more("../secret_key"), "does not belong"),
    "leads out halfway": (one_more("evidence/../../secret_key"), "does not belong"),
    "absolute": (one_more("/etc/passwd"), "does not belong"),
    "a name of its own": (one_more("evidence/aa/readme"), "does not belong"),
    "in another folder than its hash": (one_more(NAME.replace(NAME[9:11] + "/", "00/")), "does not belong"),
    "a key among data": (one_more("keys/dijkstad/a.pem"), "does not belong"),
    "two lines in a name": (one_more("evidence\n/x"), "does not belong"),
    "a link": (one_more(NAME, b"", type=tarfile.SYMTYPE, linkname="/etc/passwd"), "not an ordinary file"),
    "a hard link": (one_more(NAME, b"", type=tarfile.LNKTYPE, linkname="database.sqlite3"), "not an ordinary file"),
    "a link that says it is a file": (one_more(NAME, linkname="/etc/passwd"), "not an ordinary file"),
    "a device": (one_more(NAME, b"", type=tarfile.CHRTYPE), "not an ordinary file"),
    "a folder": (one_more("evidence/", b"", type=tarfile.DIRTYPE), "not an ordinary file"),
    "holes": (one_more(NAME, b"", type=tarfile.GNUTYPE_SPARSE), "not an ordinary file"),
    "a long name": (one_more("x" * 90, b"y" * 500, type=tarfile.GNUTYPE_LONGNAME), "not an ordinary file"),
    "pax": (pax("../../x" * 40), "not an ordinary file"),
    "twice": (raw(plain(*SOUND, SOUND[-1])), "wrong place, or twice"),
    "two databases": (raw(plain(SOUND[0], SOUND[0])), "wrong place, or twice"),
    "not in order": (raw(plain(SOUND[0], *reversed(SOUND[1:]))), "wrong place, or twice"),
    "the database last": (raw(plain(SOUND[1], SOUND[0])), "wrong place, or twice"),
    "no database": (raw(plain(*SOUND[1:])), "the database in it is not the one"),
    "another database": (raw(plain(("database.dump", DATABASE))), "the database in it is not the one"),
    "empty": (raw([]), "the database in it is not the one"),
    "larger than it is": (header("database.sqlite3", 10**12) + bytes(4096), "larger than the file"),
    "negative": (header("database.sqlite3", 10).replace(b"00000000012", b"-0000000012") + bytes(4096), "begins at byte"),
    "bytes changed": (raw(plain(*SOUND)).replace(b"rows rows", b"rows r0ws", 1), "list of parts is not"),
    "something between parts": (raw(plain(SOUND[0])).replace(b"rows \0", b"rows x", 1), "between two parts"),
    "something after it": (raw(plain(*SOUND)) + b"more", "after its end"),
    "no end": (raw(plain(*SOUND), end=b""), "after its end, or it stops"),
    "of a later form": (raw(plain(*SOUND), told={"form": "dijkwacht backup 2"}), "later version"),
    "of something else": (raw(plain(*SOUND), told={"form": "otherwise"}), "no backup of Dijkwacht"),
    "keys": (raw(plain(("secret_key", b"x")), told={"kind": KEYS}), "does not belong"),
    "another number of parts": (raw(plain(*SOUND), told={"parts": manifest().parts}), "belongs to other parts"),
    "nothing": (b"", "stops halfway"),
    "a zip": (b"PK\3\4" + bytes(2000), "no part begins at byte 0"),
    "a picture": (os.urandom(4096), "no part begins at byte 0"),
    "zeros": (bytes(4096), "no part begins at byte 0"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_archive_is_refused(what: str, put: Any) -> None:
    data, why = HOSTILE[what]
    with pytest.raises(BackupError, match=why):
        check(put(data), DATA)


def with_manifest(last: bytes, *, name: str = MANIFEST) -> bytes:
    whole = raw(plain(*SOUND))
    cut = whole.index(MANIFEST.encode())
    return whole[:cut] + header(name, len(last)) + padded(last) + bytes(2 * BLOCK)


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (b"{", "cannot be read"),
        (b"[]", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b'{"form": "dijkwacht backup 1"}', "not well formed"),
        (b'{"form": "dijkwacht backup 1", "parts": 3}', "not well formed"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_a_manifest_that_is_none(last: bytes, why: str, put: Any) -> None:
    with pytest.raises(BackupError, match=why):
        check(put(with_manifest(last)), DATA)


def test_a_manifest_under_another_name_or_too_large(put: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BackupError, match="is not there"):
        check(put(with_manifest(b"{}", name="manifest")), DATA)
    monkeypatch.setattr(archive, "LARGEST_MANIFEST", 10)
    with pytest.raises(BackupError, match="is not there"):
        check(put(raw(plain(*SOUND))), DATA)


def test_keys_are_read_as_keys_only(tmp_path: Path) -> None:
    parts = [("keys/dijkstad/" + "a" * 32 + ".pem", b"pem"), ("secret_key", b"s" * 86)]
    write(tmp_path / "k.tar", parts, kind=KEYS)
    assert check(tmp_path / "k.tar", KEYS).parts.number == 2
    write(tmp_path / "long.tar", [(f"keys/{'d' * 80}/{'a' * 32}.pem", b"pem")], kind=KEYS)  # the longest slug there is
    assert check(tmp_path / "long.tar", KEYS).parts.number == 1
    with pytest.raises(BackupError, match="does not belong"):
        check(tmp_path / "k.tar", DATA)
    write(tmp_path / "d.tar", SOUND)
    with pytest.raises(BackupError, match="does not belong"):
        check(tmp_path / "d.tar", KEYS)
    for name in ("keys/../secret_key", "keys/a/../../x", "keys/.", "keys/a/b/c/d", "keys"):
        with pytest.raises(BackupError, match="does not belong"):
            (tmp_path / "h.tar").write_bytes(raw(plain((name, b"x")), told={"kind": KEYS}))
            check(tmp_path / "h.tar", KEYS)
    (tmp_path / "h.tar").write_bytes(raw(plain(("secret_key", b"x" * 70_000)), told={"kind": KEYS}))
    with pytest.raises(BackupError, match="too large"):
        check(tmp_path / "h.tar", KEYS)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"No such file.*nowhere"):
        check(tmp_path / "nowhere", DATA)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**6), value=st.integers(0, 255))
def test_any_changed_byte_is_seen(place: int, value: int, tmp_path: Path) -> None:
    """In the bytes of parts, list and manifest, and in what of the headers is read; times and owners in headers are not."""
    whole = bytearray(raw(plain(*SOUND)))
    place %= len(whole)
    if whole[place] == value:
        return
    whole[place] = value
    path = tmp_path / "b.tar"
    path.write_bytes(whole)
    try:
        found = check(path, DATA)
    except BackupError:
        return
    # A character of the manifest that leaves it well formed breaks the seal, unless it says the same: another white space.
    assert found == check_bytes(raw(plain(*SOUND)), tmp_path) or not made_with(found, SECRET)


def check_bytes(data: bytes, folder: Path) -> archive.Manifest:
    (folder / "sound.tar").write_bytes(data)
    return check(folder / "sound.tar", DATA)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(0, 10**6))
def test_cut_anywhere_it_is_refused(size: int, tmp_path: Path) -> None:
    whole = raw(plain(*SOUND))
    path = tmp_path / "b.tar"
    path.write_bytes(whole[: size % len(whole)])
    with pytest.raises(BackupError):
        check(path, DATA)


def test_a_database_larger_than_old_tar_knows(tmp_path: Path) -> None:
    """Nine gigabytes that take no room: a file with holes."""
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(9 * 1024**3)
    with big.open("rb") as source:
        head = io.BytesIO()
        archive.Writer(head, io.BytesIO())._header("database.sqlite3", os.fstat(source.fileno()).st_size)
    info = tarfile.TarInfo.frombuf(head.getvalue(), "ascii", "strict")
    assert (len(head.getvalue()), info.size) == (BLOCK, 9 * 1024**3)


def test_memory_does_not_grow_with_what_is_in_it(tmp_path: Path) -> None:
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    tracemalloc.start()
    with (
        created(tmp_path / "b.tar") as (out, beside),
        (beside / "parts").open("w+b") as notes,
        big.open("rb") as source,
    ):
        writer = archive.Writer(out, notes)
        writer.add("database.sqlite3", source)
        writer.finish(archive_end(writer))
    check(tmp_path / "b.tar", DATA)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 8 * 1024 * 1024


def archive_end(writer: archive.Writer) -> bytes:
    from dijkwacht.adapters.backup.manifest import written

    return written(manifest(parts=writer.parts), SECRET)


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    """A process that may write files of 4 kB only, which is how a disk that is full shows itself."""
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from tests.adapters.backup.conftest import SOUND, write\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try: write(Path(sys.argv[1]) / 'b.tar', SOUND)\n"
        "except OSError as error: sys.exit(error.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False, cwd=Path(__file__).parents[3])
    assert done.returncode == errno.EFBIG
    assert names_in(tmp_path) == []
