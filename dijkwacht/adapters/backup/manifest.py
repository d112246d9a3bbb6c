"""What a backup tells of itself: its last part. Whoever holds the secret key of the site can see who made it."""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from dijkwacht.adapters.backup import BackupError
from dijkwacht.core.chain import canonical

FORM = "dijkwacht backup 1"
DATA, KEYS = "data", "keys"
_SEAL = b"dijkwacht backup seal 1\n"


class Parts(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How many parts go before the list, how many bytes they have together, and the SHA-256 of the list of them."""

    number: int
    size: int
    sha256: str


class Chain(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The last entry in the trail of an organisation."""

    number: int
    hash: str


class Faulty(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A file that the database names and that was gone (``missing``) or not what came in (``changed``) when this was made."""

    part: str
    name: str
    fault: str


class Manifest(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """``kind``: data or keys. ``id``: of the backup; its keys carry the same one. ``engine_major``: of PostgreSQL, else 0.

    ``counts``: rows per table; ``migrations``: ``app.name`` of each that was applied; ``chains``: per organisation.
    ``secret_key``: whether the site's secret key lay in the data folder, and so belongs to the keys.
    """

    form: str
    kind: str
    id: str
    version: str
    made_at: str
    parts: Parts
    engine: str = ""
    engine_major: int = 0
    secret_key: bool = False
    migrations: list[str] = []
    counts: dict[str, int] = {}
    chains: dict[str, Chain] = {}
    faulty: list[Faulty] = []
    seal: str = ""


def written(manifest: Manifest, secret: str) -> bytes:
    """The bytes of a manifest, sealed with the secret key of the site."""
    sealed = msgspec.structs.replace(manifest, seal=_sealed(manifest, secret))
    return msgspec.json.format(msgspec.json.encode(sealed), indent=1) + b"\n"


def read(data: bytes) -> Manifest:
    """The manifest in these bytes. Raises BackupError when it is none, or one of a later form."""
    try:
        form = msgspec.json.decode(data, type=dict[str, Any]).get("form")
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise BackupError("its manifest cannot be read") from None
    if form != FORM:
        newer = isinstance(form, str) and form.startswith("dijkwacht backup ")
        raise BackupError("a later version of Dijkwacht made it" if newer else "it is no backup of Dijkwacht")
    try:
        return msgspec.json.decode(data, type=Manifest)
    except msgspec.ValidationError as error:
        raise BackupError(f"its manifest is not well formed: {error}") from None


def made_with(manifest: Manifest, secret: str) -> bool:
    """Whether the seal was made with this secret key."""
    return hmac.compare_digest(_sealed(manifest, secret), manifest.seal)


def _sealed(manifest: Manifest, secret: str) -> str:
    told: Mapping[str, Any] = msgspec.to_builtins(msgspec.structs.replace(manifest, seal=""))
    return hmac.new(sha256(_SEAL + secret.encode()).digest(), canonical(told), sha256).hexdigest()
