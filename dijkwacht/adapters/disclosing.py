"""Some lines of a package, each with the proof that it was signed, and nothing else: no facts of other lines, no documents."""

from collections.abc import Sequence

from dijkwacht.adapters.checking import check
from dijkwacht.adapters.package import PackageError, build
from dijkwacht.core import merkle
from dijkwacht.core.chain import canonical
from dijkwacht.core.statement_form import read_json

KEPT = ("manifest.json", "signature.json", "keys.json")


def disclose(data: bytes, lines: Sequence[str]) -> bytes:
    """A package with only these lines: requirements, or ``requirement@subject`` for one subject.

    Raises PackageError when the package does not hold, is itself a selection, or has no such line.
    """
    found = check(data)
    if not found.full:
        raise PackageError("disclosed.jsonl", "this is a selection already; take the whole package")
    wanted = dict.fromkeys(each.strip() for each in lines if each.strip())
    if not wanted:
        raise PackageError("", "no line was named")
    chosen: set[int] = set()
    for each in wanted:
        requirement, _, subject = each.partition("@")
        hits = {
            index
            for index, line in found.lines.items()
            if line.requirement == requirement and subject in ("", line.subject)
        }
        if not hits:
            raise PackageError("lines.jsonl", f"there is no line {each}")
        chosen |= hits
    leaves = found.files["lines.jsonl"].splitlines()
    rows = []
    for index in sorted(chosen):
        path = [each.hex() for each in merkle.inclusion(leaves, index).path]
        rows.append(canonical({**read_json(leaves[index]), "index": index, "path": path}) + b"\n")
    return build({name: found.files[name] for name in KEPT} | {"disclosed.jsonl": b"".join(rows)})
