"""The key that signs sessions, made once and kept in the data folder."""

import os
import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """The key in ``path``; on first use one is made. Raises OSError when the folder cannot be read or written.

    Several workers may start at once: the file is written whole under another name and then linked into place, and
    whoever comes second takes the key that stands there.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = path.read_text().strip()
    if len(key) < 50:
        raise OSError(f"the key in {path} is too short; restore it, or remove it to have a new one made")
    return key
