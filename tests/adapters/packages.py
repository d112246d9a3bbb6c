"""A small package made by hand: three lines, made-up norms, two keys of which the second is in use."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from dijkwacht.adapters import package, signing
from dijkwacht.adapters.signing import Key
from dijkwacht.core import merkle
from dijkwacht.core import statement_form as form
from dijkwacht.core.chain import Seal, canonical
from dijkwacht.core.facts import Assurance, Shows
from dijkwacht.core.statement import EvidenceMark, OrganisationMark, Signer, Statement, StatementLine, UsedFact
from dijkwacht.core.verdict import Reason, Status
from dijkwacht.norms.archive import digest

AT = datetime(2027, 1, 20, 9, 30, tzinfo=UTC)
ON = date(2026, 12, 31)
SEED = bytes(range(32))
NORMS = {"accounts.yaml": b"accounts: []\n", "facts/x.yaml": b"[]\n"}
DIJKSTAD = OrganisationMark("dijkstad", "Dijkstad", "municipality")


def line(number: int, status: Status = Status.MET, **fields: Any) -> StatementLine:
    """One line, resting on one fact."""
    fact = UsedFact(
        str(number), "dijkstad", "Dijkstad", "house.policy", True, date(2026, 1, 5), None, date(2026, 1, 6), None,
        Assurance.DOCUMENTED, "person", "Anna de Wit", 12,
        evidence=(EvidenceMark("ab" * 32, "beleid.pdf", "application/pdf", 812, date(2026, 1, 4)),),
    )  # fmt: skip
    reason = Reason("shows_yes", "house.policy", str(number), "dijkstad", value=True, since=date(2026, 1, 5))
    values = {
        "requirement": f"bio2:{number}", "subject": "dijkstad", "subject_name": "Dijkstad", "status": status,
        "assurance": Assurance.DOCUMENTED, "shown": Shows.EXISTENCE, "stale_at": date(2027, 3, 1), "reasons": (reason,),
        "facts": (fact,),
    }  # fmt: skip
    return StatementLine(**{**values, **fields})


def statement(**fields: Any) -> Statement:
    """A statement of three lines."""
    values = {
        "id": "5e" * 16, "number": 7, "organisation": DIJKSTAD, "account": "council", "subject": "dijkstad", "on": ON,
        "known_at": date(2027, 1, 20), "at": AT, "head": Seal(41, "cd" * 32), "versions": {"bio2": "1.3"},
        "packs": "0123456789abcdef", "lines": (line(1), line(2, Status.NOT_MET), line(3, Status.UNKNOWN)),
        "signer": Signer("Esther Kade", "college", "het college", AT),
    }  # fmt: skip
    return Statement(**{**values, **fields})


@dataclass(frozen=True, slots=True)
class Ring:
    """Keys with their private parts, the oldest first."""

    keys: tuple[Key, ...]
    pems: Mapping[str, bytes]

    def list(self, organisation: str = "dijkstad") -> bytes:
        """The published list."""
        return signing.key_list(organisation, self.keys)

    def with_key(self, index: int, **fields: Any) -> "Ring":
        """With something else in one of the keys."""
        keys = [replace(key, **fields) if n == index else key for n, key in enumerate(self.keys)]
        return Ring(tuple(keys), self.pems)


def ring(organisation: str = "dijkstad") -> Ring:
    """Two keys; the first was rotated ten days before the statement."""
    old_pem, old_public = signing.make()
    pem, public = signing.make()
    since, turned = AT - timedelta(days=300), AT - timedelta(days=10)
    old = Key(signing.key_id(old_public), old_public, since, turned, "rotated")
    key = Key(signing.key_id(public), public, turned, previous=old.id)
    key = replace(key, endorsement=signing.sign(old_pem, signing.endorsement_text(organisation, key)))
    return Ring((old, key), {old.id: old_pem, key.id: pem})


def files(
    found: Statement, keys: Ring, *, signer: int = -1, published: bytes | None = None, more: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:  # fmt: skip
    """The files of a package, signed with one of the keys."""
    key, listed = keys.keys[signer], published or keys.list(found.organisation.slug)
    leaves = form.leaves(found.lines, SEED)
    root = merkle.root(leaves)
    out = {
        "world.json": canonical({"organisation": "dijkstad"}), **(more or {}),
        **{f"norms/{name}": data for name, data in NORMS.items()},
    }  # fmt: skip
    contents = canonical(
        {
            "salt": form.salt(SEED, "contents"), "files": {name: sha256(data).hexdigest() for name, data in out.items()},
            "leaves": [merkle.leaf_hash(leaf).hex() for leaf in leaves],
        }
    )  # fmt: skip
    marks = form.Marks(sha256(contents).hexdigest(), digest(NORMS), sha256(listed).hexdigest(), key.id)
    manifest = form.manifest(found, root=root, marks=marks)
    signature = signing.sign(keys.pems[key.id], form.SIGNED + manifest)
    return {
        **out, "contents.json": contents, "keys.json": listed, "manifest.json": manifest,
        "lines.jsonl": b"".join(leaf + b"\n" for leaf in leaves),
        "signature.json": canonical({"algorithm": "Ed25519", "key": key.id, "signature": signature}),
    }  # fmt: skip


def packed(found: Statement | None = None, keys: Ring | None = None, **fields: Any) -> bytes:
    """The bytes of a package."""
    return package.build(files(found or statement(), keys or ring(), **fields))
