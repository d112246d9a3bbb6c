"""The packs as files that can be kept: a statement is judged again by the packs of its own day, whatever came after.

All files of the folder go in, also versions that are not in force: an account names requirements by pattern, and a pack is
checked as a whole when it is read.
"""

import tempfile
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from dijkwacht.core.catalog import Norms
from dijkwacht.core.chain import canonical
from dijkwacht.norms import read

Files = Mapping[str, bytes]
_remembered: dict[tuple[str, date], Norms] = {}  # the last few: reading them takes some tenths of a second


@lru_cache(maxsize=1)
def pack_files() -> Files:
    """Every file of the packs of the house: its path within them, and its bytes. Read once per process."""
    paths = sorted(read.ROOT.rglob("*.yaml"))
    return {path.relative_to(read.ROOT).as_posix(): path.read_bytes() for path in paths}


def digest(files: Files) -> str:
    """One hash for all files together: SHA-256 over their paths and their hashes, in the canonical form of the trail."""
    return sha256(canonical({name: sha256(data).hexdigest() for name, data in files.items()})).hexdigest()


def norms_of(files: Files, *, on: date) -> Norms:
    """The norms in force on a day, as these files say. Raises PackErrors; ValueError on a path that climbs out."""
    key = digest(files), on
    if key not in _remembered:
        if len(_remembered) >= 4:
            _remembered.pop(next(iter(_remembered)))
        with tempfile.TemporaryDirectory(prefix="dijkwacht-norms-") as folder:
            for name, data in files.items():
                path = Path(folder, name)
                if Path(folder).resolve() not in path.resolve().parents:
                    raise ValueError(f"{name} climbs out of the folder")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            _remembered[key] = read.read_norms(Path(folder), on=on)
    return _remembered[key]
