"""dijkwacht verify and dijkwacht statement disclose: packages of statements, without a database and its settings."""

import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.adapters import seen, signing
from dijkwacht.adapters.checking import Checked, Expect, check
from dijkwacht.adapters.disclosing import disclose as chosen
from dijkwacht.adapters.package import LARGEST, PackageError
from dijkwacht.adapters.rejudging import rejudge as judge_again
from dijkwacht.commands import Outcome
from dijkwacht.core.chain import moment
from dijkwacht.web.package_words import refusal_words
from dijkwacht.web.terms import role_word


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
            _key(asked.key), _read(asked.keys) if asked.keys else None, asked.organisation, asked.account, asked.on,
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
        return Outcome(data, [_printable(_refused(error))], well=False)
    return Outcome(_told(found, judged), [_printable(each) for each in _lines(found, judged)])


def disclose(path: Path, lines: Sequence[str], out: Path) -> Outcome:
    """Writes a package with only these lines. Not well when there is no such line, or the package does not hold."""
    if _same(path, out):
        raise PackageError("", f"{out.name} is the package itself; give another file for the selection", trouble=True)
    try:
        data = chosen(_read(path), lines)
        found = check(data)
    except PackageError as error:
        if error.trouble:
            raise
        refused = {"disclosed": 0, "file": error.file, "line": error.line, "reason": error.reason}
        return Outcome(refused, [_printable(_refused(error))], well=False)
    write(out, data)
    told = {"disclosed": len(found.lines), "of": found.manifest.lines, "package": str(out), "size": len(data)}
    words = {"file": out, "n": told["disclosed"], "all": told["of"]}
    return Outcome(told, [_("%(file)s: %(n)s of %(all)s lines, each with its proof") % words])


def _refused(error: PackageError) -> str:
    return _("refused: %(why)s") % {"why": refusal_words(error.file, error.line, error.reason)}


def write(path: Path, data: bytes) -> None:
    """Writes a file completely or not at all. Raises PackageError (trouble)."""
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except OSError as error:
        if draft is not None:
            draft.unlink(missing_ok=True)
        raise PackageError("", f"{path} cannot be written: {error.strerror}", trouble=True) from None


def _printable(line: str) -> str:
    """One line on a screen, whatever a stranger put in a name or reason: no new line that says *which you trust*."""
    return "".join(each if each.isprintable() else "\ufffd" for each in line)


def _umask() -> int:
    """What the process takes away from the mode of new files. It can only be read by setting it."""
    held = os.umask(0o077)
    os.umask(held)
    return held


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


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
        "key_trusted": found.trusted, "key_lost": None if found.lost is None else moment(found.lost),
        "signer": None if signer is None else {
            "name": signer.name, "role": signer.role, "mandate": signer.mandate, "at": moment(signer.at),
        },
        "replaces": statement.replaces, "why": statement.why,
        "timestamp": None if stamp is None else {"at": moment(stamp.at), "trusted": stamp.trusted}, "rejudged": judged,
        "requirements": [line.requirement for line in found.lines.values()],
    }  # fmt: skip


def _lines(found: Checked, judged: int | None) -> list[str]:
    statement, manifest, stamp = found.statement, found.manifest, found.stamp
    own = statement.subject == statement.organisation.slug
    words: dict[str, Any] = {
        "number": statement.number, "organisation": statement.organisation.name, "slug": statement.organisation.slug,
        "account": statement.account, "subject": statement.organisation.name if own else statement.subject,
        "on": statement.on, "known": statement.known_at, "lines": manifest.lines, "here": len(found.lines),
        "root": manifest.root.hex(), "at": moment(statement.at), "before": statement.replaces, "why": statement.why,
        "key": manifest.marks.key, "entry": statement.head.seq, "judged": judged,
        "lost": found.lost and moment(found.lost),
    }  # fmt: skip
    out = [
        _(
            "holds: statement %(number)s of %(organisation)s (%(slug)s), %(account)s for %(subject)s, on %(on)s,"
            " known at %(known)s"
        ),
        _("%(lines)s lines, root %(root)s")
        if found.full
        else _("%(lines)s lines, %(here)s of them in this package, root %(root)s"),
    ]
    signer = statement.signer
    if signer is None:
        out.append(_("frozen at %(at)s, NOT SIGNED by anyone with the mandate"))
    else:
        words |= {"name": signer.name, "role": role_word(signer.role), "mandate": signer.mandate}
        words["signed"] = moment(signer.at)
        out.append(_("signed by %(name)s, %(role)s (%(mandate)s), at %(signed)s"))
    if statement.replaces is not None:
        out.append(_("replaces statement %(before)s: %(why)s"))
    if stamp is not None:
        words["stamped"] = moment(stamp.at)
    out += _trust(found)
    if judged is not None:
        out.append(_("%(judged)s lines judged again from the facts and norms in it: the same"))
    return [each % words for each in out]


def _lost(found: Checked) -> str:
    """That the key was lost later, and whether more than the word of the signer says that the statement is from before."""
    stamp = found.stamp
    if stamp is not None and stamp.trusted and found.lost is not None and stamp.at < found.lost:
        return _("CAREFUL: this key was lost at %(lost)s; the time stamp is from before that")
    return _(
        "CAREFUL: this key was lost at %(lost)s; that this was signed before it is the word of the signer alone. Hold it"
        " against what you received then"
    )


def _trust(found: Checked) -> list[str]:
    """What the reader may rely on: the key, and the time stamp when there is one."""
    trusted, doubted = (
        _("key %(key)s, which you trust"),
        _("key %(key)s, NOT held against one that you trust (--key or --keys)"),
    )
    out = [trusted if found.trusted else doubted]
    if found.lost is not None:
        out.append(_lost(found))
    if found.stamp is None:
        return out
    if found.stamp.trusted:
        return [*out, _("time stamp over entry %(entry)s of the trail: %(stamped)s")]
    return [
        *out,
        _(
            "time stamp over entry %(entry)s of the trail: %(stamped)s, NOT held against a certificate that you"
            " trust (--tsa-root)"
        ),
    ]
