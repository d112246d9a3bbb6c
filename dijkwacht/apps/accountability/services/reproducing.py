"""A statement made again from the ledger, at the entry of the trail at which it was frozen, and held against what was kept."""

from dataclasses import dataclass
from hashlib import sha256

from dijkwacht.adapters.package import parse
from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.models import Statement
from dijkwacht.apps.accountability.queries.composing import Asked, Composed, compose
from dijkwacht.apps.accountability.queries.keys import key_list
from dijkwacht.apps.accountability.queries.statements import one, opened
from dijkwacht.apps.accountability.services.packing import Packed, Parts, pack
from dijkwacht.apps.ledger.packs import packs_of
from dijkwacht.apps.ledger.queries.pinned import Pin
from dijkwacht.core import statement as core
from dijkwacht.core.chain import Seal
from dijkwacht.norms.archive import norms_of


@dataclass(frozen=True, slots=True)
class Reproduced:
    """What came of making it again. ``package``: its bytes; ``same``: they are those that were signed.

    ``same_root``: the lines are. ``differs``: the files in the package that are not what they were: only documents, after the
    program that lays them out was renewed, or what the ledger no longer gives.
    """

    package: bytes
    root: str
    same_root: bool
    same: bool
    differs: tuple[str, ...]


def replayed(row: Statement) -> Composed:
    """The lines of a statement, worked out again from the ledger with the packs of its own day."""
    norms = norms_of(storage.norms_of(row.norms), on=row.on)
    asked = Asked(row.organisation, row.account, row.subject, row.on, row.known_at)
    pin = Pin(row.head_seq, row.frame["heads"], row.frame["names"])
    telling = row.frame.get("telling", 1)
    return compose(asked, packs=packs_of(norms), pin=pin, owners=row.frame["owners"], telling=telling)


def reproduce(row: Statement) -> Reproduced:
    """Makes a package again. Raises storage.StorageError when the norms of its day are gone."""
    packed = _packed(row, replayed(row))
    package, root = packed.signed(row.key, row.signature), packed.root.hex()
    try:
        kept = storage.package_of(row.package)
    except storage.StorageError:  # lost, and here it is again
        return Reproduced(package, root, root == row.root, _is(package, row), ())
    differs: tuple[str, ...] = ()
    if package != kept:
        old, new = parse(kept).files, parse(package).files
        differs = tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))
    return Reproduced(package, root, root == row.root, package == kept, differs)


def _packed(row: Statement, composed: Composed) -> Packed:
    signer = core.Signer(row.signer_name, row.signer_role, row.mandate, row.at) if row.signed else None
    norms = norms_of(files := storage.norms_of(row.norms), on=row.on)
    before = row.frame["before"] and one(row.organisation, row.frame["before"])
    statement = core.Statement(
        row.id.hex, row.number, core.OrganisationMark(**row.frame["organisation"]), row.account, row.subject, row.on,
        row.known_at, row.at, Seal(row.head_seq, row.head_hash), dict(norms.versions), row.packs, composed.lines, signer,
        row.replaces.number if row.replaces else None, row.why,
    )  # fmt: skip
    return pack(
        Parts(
            statement, composed.world, norms, files, key_list(row.organisation, before=row.act), row.key,
            bytes.fromhex(row.seed), opened(before) if before else None, bytes(row.stamp) if row.stamp else None,
            row.frame["documents"],
        )
    )  # fmt: skip


def _is(package: bytes, row: Statement) -> bool:
    return sha256(package).hexdigest() == row.package
