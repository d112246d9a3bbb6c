"""dijkwacht import oscal and norms diff, as far as they need no database: what is in OSCAL files, what packs change."""

from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.adapters.oscal import bundle
from dijkwacht.adapters.oscal.load import LARGEST
from dijkwacht.adapters.oscal.parts import control_id, file_name, identity
from dijkwacht.commands import Outcome
from dijkwacht.core.catalog import Norms
from dijkwacht.core.framework import Refusal
from dijkwacht.core.packdiff import Change, DryRun, PackDiff, Turning, diffs
from dijkwacht.web.framework_words import refusal_sentence

KINDS = ("added", "changed", "moved", "withdrawn")


def show(paths: Sequence[Path], *, norms: Norms) -> Outcome:
    """What the files hold and what is refused; stores nothing and needs no database. Not well when anything is refused."""
    files, missing = gathered(paths)
    reading = bundle.read(files, known=lambda href: _own_ids(href, norms)) if files else bundle.Reading((), ())
    refused = [*missing, *reading.refused]
    asked = {path.name for path in paths}
    told = [_file(each) for each in reading.files]
    main = next((each for each in told if each["file"] in asked), {"kind": None, "title": "", "version": ""})
    data = {**main, "files": told, "refused": [refused_plain(each) for each in refused]}
    lines = [_line(each) for each in told]
    lines += [where(each) + refusal_sentence(each) for each in refused]
    return Outcome(data, lines, well=not refused)


def difference(old: Norms, new: Norms, *, run: DryRun | None) -> Outcome:
    """What the new packs change; with a dry run also which verdicts would turn."""
    found = diffs(old, new)
    data: dict[str, Any] = {"catalogs": [_diff(each) for each in found]}
    lines = [line for each in found for line in _diff_lines(each)] or [_("Nothing changes.")]
    if run is not None:
        data["dry_run"] = {"same": run.same, "turns": [_turn(each) for each in run.turns]}
        lines.append(_("%(n)s verdicts would turn; %(same)s stay the same.") % {"n": len(run.turns), "same": run.same})
        lines += [
            f"  {each['requirement']} {each['subject']}: {each['before']} → {each['after']}"
            for each in map(_turn, run.turns)
        ]
    return Outcome(data, lines)


def gathered(paths: Sequence[Path]) -> tuple[list[tuple[str, bytes]], list[Refusal]]:
    """The files, and beside them those in the same folder that they refer to by name; what cannot be read is refused."""
    files: dict[str, bytes] = {}
    refused = []
    for path in paths:
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as error:
            refused.append(Refusal("unreadable", params={"why": error.strerror or ""}, file=path.name))
            continue
        if path.name in files:
            refused.append(Refusal("file_twice", file=path.name))
        files[path.name] = content
    for path in paths:
        _add_beside(path, files)
    return list(files.items()), refused


def _add_beside(path: Path, files: dict[str, bytes]) -> None:
    """Adds what a file refers to, as far as it lies in its own folder; a profile may import a profile."""
    waiting = [path.name]
    while waiting:
        asking = waiting.pop()
        for names in bundle.references(files.get(asking, b""), name=asking):
            known = [name for name in names if name and (name in files or (path.parent / name).is_file())]
            if known and known[0] not in files and len(files) < bundle.MOST_FILES:
                with (path.parent / known[0]).open("rb") as file:
                    files[known[0]] = file.read(LARGEST + 1)
                waiting.append(known[0])


def _own_ids(href: str, norms: Norms) -> Set[str] | None:
    """The ids by which a mapping may name the lines of one of our norms; None when it means something else."""
    for each in norms.catalogs.values():
        if href.endswith(file_name(each)) or identity("catalog", each.id, each.version) in href or href == each.id:
            names = [*each.requirements, *each.withdrawn]
            return frozenset([*names, *map(control_id, names), *(name.partition(":")[2] for name in names)])
    return None


def _file(each: bundle.Read) -> dict[str, Any]:
    found: dict[str, Any] = {"file": each.file, "kind": each.kind, "title": each.title, "version": each.version}
    if each.counts:
        found |= dict(each.counts)
    if each.maps:
        found |= {"mappings": len(each.maps), "maps": each.per_relation, "unchecked": list(each.unchecked)}
    return found


def refused_plain(each: Refusal) -> dict[str, str]:
    return {"file": each.file, "path": each.path, "code": each.code, "reason": refusal_sentence(each)}


def where(each: Refusal) -> str:
    place = " ".join(part for part in (each.file, each.path) if part)
    return f"{place}: " if place else ""


def _line(each: dict[str, Any]) -> str:
    said = [f"{key} {each[key]}" for key in ("groups", "controls", "params", "parts", "mappings") if key in each]
    said += [f"{relation} {number}" for relation, number in each.get("maps", {}).items()]
    return f"{each['file']}: {each['kind']}, {each['title']} {each['version']}. {', '.join(said)}"


def _diff(found: PackDiff) -> dict[str, Any]:
    return {
        "catalog": found.catalog, "before": found.before, "after": found.after,
        "valid_from": found.valid_from.isoformat() if found.valid_from else None,
        **{kind: [_change(each) for each in found.of(kind)] for kind in KINDS},
        "unchanged": found.unchanged, "answers_carried": list(found.stays),
        "facts": [{"fact_type": each.fact_type, "kind": each.kind, "what": list(each.what)} for each in found.facts],
        "look_again": list(found.look_again),
    }  # fmt: skip


def _change(each: Change) -> dict[str, Any]:
    found: dict[str, Any] = {"requirement": each.requirement}
    if each.what:
        found["what"] = list(each.what)
    return found | ({"moved_to": each.moved_to} if each.moved_to else {})


def _diff_lines(found: PackDiff) -> list[str]:
    counted = ", ".join(f"{kind} {len(found.of(kind))}" for kind in KINDS)
    lines = [f"{found.catalog} {found.before or '–'} → {found.after or '–'}: {counted}, unchanged {found.unchanged}"]
    lines += [
        f"  {each.kind} {each.requirement} {each.moved_to or ', '.join(each.what)}".rstrip() for each in found.changes
    ]
    if words := [each.fact_type for each in found.facts if each.kind == "words"]:
        lines.append(f"  asked in other words: {', '.join(words)}")
    lines.append(f"  answers carried: {len(found.stays)}; look again: {', '.join(found.look_again) or '–'}")
    return lines


def _turn(each: Turning) -> dict[str, Any]:
    return {
        "requirement": each.requirement, "subject": each.subject, "was": each.was or None,
        "before": str(each.before.status) if each.before else None,
        "after": str(each.after.status) if each.after else None,
    }  # fmt: skip
