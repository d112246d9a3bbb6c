"""dijkwacht verify and dijkwacht statement disclose: packages of statements, without a database and without Django."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dijkwacht.adapters import seen, signing
from dijkwacht.adapters.checking import Checked, Expect, check
from dijkwacht.adapters.disclosing import disclose as chosen
from dijkwacht.adapters.package import LARGEST, PackageError
from dijkwacht.adapters.rejudging import rejudge as judge_again
from dijkwacht.commands import Outcome
from dijkwacht.core.chain import moment


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``verify`` was asked to look at. ``key``: the number of a trusted key, or a file with it in PEM."""

    key: str = ""
    keys: Path | None = None
    organisation: str = ""
    account: str = ""
    on: date | None = None
    seen: Path | None = None
    roots: Sequence[Path] = ()
    rejudge: bool = False


def verify(path: Path, asked: Asked) -> Outcome:
    """Checks a package; not well when it is refused. Raises PackageError (trouble) when it cannot be looked at."""
    try:
        expect = Expect(
            _key(asked.key), _read(asked.keys) if asked.keys else b"", asked.organisation, asked.account, asked.on,
            [_read(each) for each in asked.roots],
        )  # fmt: skip
        found = check(_read(path), expect=expect)
        judged = judge_again(found) if asked.rejudge else None
        if asked.seen is not None:
            seen.accept(asked.seen, found)
    except PackageError as error:
        if error.trouble:
            raise
        data = {"valid": False, "file": error.file, "line": error.line, "reason": error.reason}
        return Outcome(data, [f"refused: {error}"], well=False)
    return Outcome(_told(found, judged), _lines(found, judged))


def disclose(path: Path, lines: Sequence[str], out: Path) -> Outcome:
    """Writes a package with only these lines. Not well when there is no such line, or the package does not hold."""
    try:
        data = chosen(_read(path), lines)
        found = check(data)
    except PackageError as error:
        if error.trouble:
            raise
        refused = {"disclosed": 0, "file": error.file, "line": error.line, "reason": error.reason}
        return Outcome(refused, [f"refused: {error}"], well=False)
    write(out, data)
    told = {"disclosed": len(found.lines), "of": found.manifest.lines, "package": str(out), "size": len(data)}
    return Outcome(told, [f"{out}: {told['disclosed']} of {told['of']} lines, each with its proof"])


def write(path: Path, data: bytes) -> None:
    """Writes a file completely or not at all. Raises PackageError (trouble)."""
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise PackageError("", f"{path} cannot be written: {error.strerror}", trouble=True) from None


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise PackageError("", f"{path.name} is larger than {LARGEST // 1024 // 1024} MB", trouble=True)
        return path.read_bytes()
    except OSError as error:
        raise PackageError("", f"{path.name} cannot be read: {error.strerror}", trouble=True) from None


def _key(text: str) -> str:
    """The number of a key, from itself or from a file with the key in PEM."""
    if not text or not Path(text).is_file():
        return text.lower()
    try:
        return signing.key_id(signing.public_of(_read(Path(text))))
    except signing.KeyTrouble as error:
        raise PackageError("", f"{Path(text).name}: {error}", trouble=True) from None


def _told(found: Checked, judged: int | None) -> dict[str, Any]:
    statement, manifest = found.statement, found.manifest
    signer, stamp = statement.signer, found.stamp
    return {
        "valid": True, "full": found.full, "id": statement.id, "number": statement.number,
        "organisation": statement.organisation.slug, "account": statement.account, "subject": statement.subject,
        "on": str(statement.on), "known_at": str(statement.known_at), "at": moment(statement.at),
        "lines": manifest.lines, "in_package": len(found.lines),
        "counts": dict(Counter(str(line.status) for line in found.lines.values())),
        "root": manifest.root.hex(), "head": {"number": statement.head.seq, "hash": statement.head.hash},
        "packs": statement.packs, "versions": dict(statement.versions), "key": manifest.marks.key,
        "key_trusted": found.trusted, "signer": None if signer is None else {
            "name": signer.name, "role": signer.role, "mandate": signer.mandate, "at": moment(signer.at),
        },
        "replaces": statement.replaces, "why": statement.why,
        "timestamp": None if stamp is None else {"at": moment(stamp.at), "trusted": stamp.trusted}, "rejudged": judged,
        "requirements": [line.requirement for line in found.lines.values()],
    }  # fmt: skip


def _lines(found: Checked, judged: int | None) -> list[str]:
    statement, manifest, stamp = found.statement, found.manifest, found.stamp
    where = statement.subject if statement.subject != statement.organisation.slug else statement.organisation.name
    some = "" if found.full else f", {len(found.lines)} of them in this package"
    out = [
        f"holds: statement {statement.number} of {statement.organisation.name} ({statement.organisation.slug}), "
        f"{statement.account} for {where}, on {statement.on}, known at {statement.known_at}",
        f"{manifest.lines} lines{some}, root {manifest.root.hex()}",
    ]
    if statement.signer is None:
        out.append(f"frozen at {moment(statement.at)}, NOT SIGNED by anyone with the mandate")
    else:
        signer = statement.signer
        out.append(f"signed by {signer.name}, {signer.role} ({signer.mandate}), at {moment(signer.at)}")
    if statement.replaces is not None:
        out.append(f"replaces statement {statement.replaces}: {statement.why}")
    trust = "which you trust" if found.trusted else "NOT held against one that you trust (--key or --keys)"
    out.append(f"key {manifest.marks.key}, {trust}")
    if stamp is not None:
        doubt = "" if stamp.trusted else ", NOT held against a certificate that you trust (--tsa-root)"
        out.append(f"time stamp over entry {statement.head.seq} of the trail: {moment(stamp.at)}{doubt}")
    if judged is not None:
        out.append(f"{judged} lines judged again from the facts and norms in it: the same")
    return out
