"""dijkwacht match: CSAF documents in a folder against a register in a file. No database, nothing is kept."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.adapters.csaf.read import read_csaf
from dijkwacht.commands import Outcome
from dijkwacht.core.advisories.index import Answer, Registers
from dijkwacht.core.advisories.matching import judge
from dijkwacht.core.advisories.naming import NO_ALIASES, Aliases
from dijkwacht.core.advisories.problems import Problem
from dijkwacht.core.advisories.rows import rows_of
from dijkwacht.core.advisories.shapes import Advisory, Asset
from dijkwacht.web.advisory_words import reason_sentence

__all__ = ["Gathered", "gather", "match", "unswept"]

Tell = Callable[[str], None]
Told = tuple[str, str]  # the code of a reason, and its sentence
EVERY = 500  # documents between two lines of progress
NO_DOCUMENTS = frozenset(("provider-metadata.json", "aggregator.json"))  # stand beside documents, and are none


@dataclass(slots=True)
class Gathered:
    """The newest revision of each document, and what could not be read, or not wholly: file and reason."""

    advisories: dict[tuple[str, str], tuple[Advisory, str]] = field(default_factory=dict)
    unread: list[tuple[str, str]] = field(default_factory=list)
    older: list[tuple[str, str]] = field(default_factory=list)  # file, and the file with a newer revision


@contextmanager
def unswept() -> Iterator[None]:
    """Meanwhile no search for circles of objects: millions are made, none is thrown away, and it takes a sixth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def gather(folder: Path, *, tell: Tell) -> Gathered:
    """All documents below a folder, or in one file. What can be read of a document in part is used, and told of."""
    found = Gathered()
    files = [folder] if folder.is_file() else sorted(each for each in folder.rglob("*.json") if each.is_file())
    for number, path in enumerate(files, start=1):
        if path.name not in NO_DOCUMENTS:
            _take(path, path.name if path == folder else path.relative_to(folder).as_posix(), found)
        if number % EVERY == 0:
            tell(_("%(n)s of %(all)s files read") % {"n": number, "all": len(files)})
    return found


def _take(path: Path, name: str, found: Gathered) -> None:
    try:
        data = path.read_bytes()
    except OSError as error:
        found.unread.append((name, error.strerror or type(error).__name__))
        return
    read = read_csaf(data, anyway=True)
    wrong = [each for each in read.problems if each.weight != "note"]
    if read.advisory is None or wrong:
        found.unread.append((name, _problems(wrong or read.problems)))
    if read.advisory is None:
        return
    held = found.advisories.get(read.advisory.key)
    if held is None or _revision(read.advisory) >= _revision(held[0]):
        found.advisories[read.advisory.key] = (read.advisory, name)
        if held is not None:
            found.older.append((held[1], name))
    else:
        found.older.append((name, held[1]))


def _problems(problems: Sequence[Problem]) -> str:
    told = [str(each) for each in problems[:3]]
    if len(problems) > len(told):
        told.append(_("and %(n)d more") % {"n": len(problems) - len(told)})
    return "; ".join(told) or _("this is no CSAF document")


def _revision(advisory: Advisory) -> tuple[Any, ...]:
    """Which revision is the newer: by the numbers of its version, then by its moment."""
    numbers = tuple(int(each) for each in advisory.version.split("+")[0].split("-")[0].split(".") if each.isdecimal())
    return numbers, advisory.revised.timestamp() if advisory.revised else 0.0


def match(
    gathered: Gathered, assets: Sequence[Asset], *, aliases: Aliases = NO_ALIASES, well: bool = True, lines: bool = True,
    tell: Tell,
) -> Outcome:  # fmt: skip
    """Per advisory and organisation what must be done: warn, or ask. Not well when something could not be read.

    ``lines``: for people too; not for who only wants the data, as they take longer than the matching.
    """
    registers = Registers(assets, aliases)
    wanted = registers.wanted()
    data: list[dict[str, Any]] = []
    said: list[str] = []
    for number, (advisory, _name) in enumerate(
        sorted(gathered.advisories.values(), key=lambda each: each[0].key), start=1
    ):
        reasons: dict[tuple[str, ...], Told] = {}
        for answer in registers.answers(rows_of(advisory, aliases, wanted=wanted)):
            reason = _reason(advisory, answer, aliases, reasons)
            data.append(_plain(advisory, answer, reason))
            if lines:
                said.append(_line(advisory, answer, reason))
        if number % EVERY == 0:
            tell(_("%(n)s of %(all)s advisories matched") % {"n": number, "all": len(gathered.advisories)})
    if not data:
        said.append(_("No advisory concerns anything in this register."))
    return Outcome(data, said, well=well and not gathered.unread)


def _reason(advisory: Advisory, answer: Answer, aliases: Aliases, known: dict[tuple[str, ...], Told]) -> Told:
    """The reason of the first asset that makes the outcome; organisations with the same asset share it."""
    first = answer.assets[0]
    same = (first.vendor, first.product, first.version, first.purl, first.cpe)
    if same not in known:
        judged = judge(advisory, first, aliases)
        if judged is None or judged.outcome != answer.outcome:
            raise RuntimeError(f"index and matching differ on {advisory.id}, row {first.id}")
        known[same] = (judged.reason.code, reason_sentence(judged.reason))
    return known[same]


def _plain(advisory: Advisory, answer: Answer, reason: Told) -> dict[str, Any]:
    return {
        "advisory": advisory.id, "publisher": advisory.publisher, "organisation": answer.organisation,
        "outcome": answer.outcome, "assets": [_asset(each) for each in answer.assets],
        "reason": reason[1], "code": reason[0],
    }  # fmt: skip


def _asset(asset: Asset) -> dict[str, Any]:
    told = {name: getattr(asset, name) for name in ("vendor", "product", "version", "purl", "cpe")}
    return {"row": int(asset.id), **{name: value for name, value in told.items() if value}}


def _line(advisory: Advisory, answer: Answer, reason: Told) -> str:
    outcome = _("affected") if answer.outcome == "affected" else _("to be asked")
    names = ", ".join(_named(each) for each in answer.assets[:3])
    more = _(", and %(n)d more") % {"n": len(answer.assets) - 3} if len(answer.assets) > 3 else ""
    return f"{advisory.id}  {answer.organisation}: {outcome}. {names}{more}. {reason[1]}"


def _named(asset: Asset) -> str:
    return " ".join(each for each in (asset.vendor, asset.product, asset.version) if each) or asset.purl or asset.cpe


def told_unread(gathered: Gathered) -> Iterator[str]:
    """One line per file that could not be read, or not wholly, and per older revision that was left aside."""
    for name, why in gathered.unread:
        yield f"{name}: {why}"
    for name, newer in gathered.older:
        yield _("%(file)s: an older revision of %(newer)s, so left aside") % {"file": name, "newer": newer}
