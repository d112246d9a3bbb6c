"""Keys of an organisation and what is signed with them: Ed25519, and a list of keys in which each new one is signed by
the one before it. Explained in docs/algorithms/statement.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dijkwacht.core.chain import canonical, moment
from dijkwacht.core.statement_form import FormError, parse_moment, read_json

ALGORITHM = "Ed25519"
LIST_FORM = "dijkwacht keys 1"
ENDORSED = b"dijkwacht key 1\n"
LOST = "lost"  # why a key ended: somebody else may have it; nothing counts that it signed, or from when it was lost


class KeyTrouble(ValueError):
    """A key or key list that cannot be trusted; the message says why."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key with its period. ``public`` in hex; ``until`` None: in use; ``why`` it ended: rotated, retired, lost.

    ``endorsement``: the signature, in hex, of the key before it; empty for the first, and after a key was lost.
    ``lost``: of a lost one, from when it was in other hands; None: nobody knows.
    """

    id: str
    public: str
    since: datetime
    until: datetime | None = None
    why: str = ""
    previous: str | None = None
    endorsement: str = ""
    lost: datetime | None = None


def key_id(public: str) -> str:
    """The number of a key: the first 32 hexadecimal digits of the SHA-256 of its 32 bytes."""
    return sha256(bytes.fromhex(public)).hexdigest()[:32]


def make() -> tuple[bytes, str]:
    """A new key: its private part as PEM, and its public part in hex."""
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem, _public(private.public_key())


def sign(pem: bytes, data: bytes) -> str:
    """The signature over data, in hex. Raises KeyTrouble when this is no private key."""
    return _private(pem).sign(data).hex()


def public_of(pem: bytes) -> str:
    """The public part of a private or public key in PEM, in hex. Raises KeyTrouble."""
    if b"PRIVATE" in pem:
        return _public(_private(pem).public_key())
    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError:
        raise KeyTrouble("no key in PEM") from None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyTrouble("not an Ed25519 key")
    return _public(key)


def holds(public: str, signature: str, data: bytes) -> bool:
    """Whether the signature (hex) over data was made with this key (hex)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def endorsement_text(organisation: str, key: Key) -> bytes:
    """What the key before it signs: whose key this is, since when, and which one it follows."""
    record = {"id": key.id, "public": key.public, "from": moment(key.since), "previous": key.previous}
    return ENDORSED + canonical({"organisation": organisation, **record})


def key_list(organisation: str, keys: Iterable[Key]) -> bytes:
    """The list of keys as it is published and put in a package."""
    rows = [
        {
            "id": key.id, "public": key.public, "from": moment(key.since),
            "until": None if key.until is None else moment(key.until), "why": key.why, "previous": key.previous,
            "endorsement": key.endorsement, **({} if key.lost is None else {"lost": moment(key.lost)}),
        }
        for key in keys
    ]  # fmt: skip
    return canonical({"form": LIST_FORM, "algorithm": ALGORITHM, "organisation": organisation, "keys": rows})


def read_key_list(data: bytes) -> tuple[str, dict[str, Key]]:
    """Whose keys, and the keys by id, each with its number and its endorsement checked. Raises KeyTrouble."""
    try:
        found = read_json(data)
        if found.get("form") != LIST_FORM or found.get("algorithm") != ALGORITHM:
            raise KeyTrouble("not a list of keys that this program knows")
        organisation, keys = str(found["organisation"]), [_key(each) for each in found["keys"]]
    except (FormError, LookupError, TypeError, AttributeError) as error:
        raise KeyTrouble(f"not a list of keys ({error})") from None
    known: dict[str, Key] = {}
    for key in keys:
        _check(organisation, key, known)
        known[key.id] = key
    return organisation, known


def _key(data: Mapping[str, Any]) -> Key:
    until, previous, lost = data["until"], data["previous"], data.get("lost")
    texts = [data[name] for name in ("id", "public", "why", "endorsement")] + ([] if previous is None else [previous])
    if not all(isinstance(each, str) for each in texts):
        raise KeyTrouble("a key holds texts only")
    try:
        return Key(
            data["id"], data["public"], parse_moment(data["from"]), None if until is None else parse_moment(until),
            data["why"], previous, data["endorsement"], None if lost is None else parse_moment(lost),
        )  # fmt: skip
    except ValueError as error:
        raise KeyTrouble(str(error)) from None


def _check(organisation: str, key: Key, known: Mapping[str, Key]) -> None:
    """Raises KeyTrouble when a key is not what it says it is."""
    try:
        right = key_id(key.public)
    except ValueError:
        right = ""
    if key.id != right:
        raise KeyTrouble(f"key {key.id} does not have the number of its bytes")
    if key.id in known:
        raise KeyTrouble(f"key {key.id} is listed twice")
    if key.until is not None and key.until < key.since:
        raise KeyTrouble(f"key {key.id} ended before it began")
    if key.lost is not None and (key.why != LOST or key.lost < key.since):
        raise KeyTrouble(f"key {key.id} was not lost at the moment that is told")
    if key.previous is None:
        if key.endorsement:
            raise KeyTrouble(f"key {key.id} is signed by no one")
        return
    before = known.get(key.previous)
    if before is None:
        raise KeyTrouble(f"key {key.id} follows a key that is not listed before it")
    if key.since < before.since or (before.until is not None and key.since > before.until):
        raise KeyTrouble(f"key {key.id} began when the key before it was not in use")
    if not holds(before.public, key.endorsement, endorsement_text(organisation, key)):
        raise KeyTrouble(f"key {key.id} is not signed by the key before it")


def in_use(keys: Mapping[str, Key], wanted: str, at: datetime) -> Key:
    """The key of that number, when it could sign at that moment. Raises KeyTrouble saying why not."""
    key = keys.get(wanted)
    if key is None:
        raise KeyTrouble(f"key {wanted} is not in the list of keys")
    if key.why == LOST and key.lost is None:
        raise KeyTrouble(f"key {wanted} was lost; nothing that is signed with it counts")
    if at < key.since:
        raise KeyTrouble(f"key {wanted} was not in use yet at {moment(at)}, but from {moment(key.since)}")
    if key.lost is not None and at >= key.lost:
        raise KeyTrouble(f"key {wanted} was lost at {moment(key.lost)}; what it signed at {moment(at)} does not count")
    if key.until is not None and at >= key.until:
        raise KeyTrouble(f"key {wanted} was no longer in use at {moment(at)}: it ended at {moment(key.until)}")
    return key


def follows(keys: Mapping[str, Key], wanted: str, trusted: str) -> bool:
    """Whether a key is the trusted one, or comes after it by rotation, each signed by the one before it.

    One that was lost by then signs for no next one, nor does one of which nobody knows from when it was lost.
    """
    key = keys.get(wanted)
    while key is not None and key.id != trusted:
        before = keys.get(key.previous) if key.previous is not None else None
        if before is not None and before.why == LOST and (before.lost is None or key.since >= before.lost):
            return False
        key = before
    return key is not None


def _private(pem: bytes) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise KeyTrouble("no private key in PEM") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyTrouble("not an Ed25519 key")
    return key


def _public(key: Ed25519PublicKey) -> str:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()
