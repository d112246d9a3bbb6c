"""The vulnerabilities of a document: what is said of which product, why not, what to do, how it is rated."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from dijkwacht.adapters.csaf.tree import Tree
from dijkwacht.adapters.csaf.walk import Object, Path, Walk
from dijkwacht.core.advisories.shapes import End, Note, Rating, Reference, Remedy, Said, Status, Vulnerability

STATUS: dict[str, Status] = {
    "first_affected": "affected", "known_affected": "affected", "last_affected": "affected", "first_fixed": "fixed",
    "fixed": "fixed", "known_not_affected": "not_affected", "under_investigation": "investigated",
    "recommended": "recommended", "unknown": "unknown",
}  # fmt: skip
ENDS: dict[str, End] = {"first_affected": "first", "last_affected": "last"}
LONGEST_KEY = 250  # characters; what is said of a weakness is kept under it
THREAT = "threat_"  # a threat is kept as a note of this kind: threat_exploit_status, threat_impact, threat_target_set
# how publishers write, in a free text, that a weakness is being used: Microsoft's field, the list of CISA. Anything less plain
# ("Exploited:No", "no known exploits") stays a text for a person.
_USED = re.compile(r"\bexploited:\s*yes\b|known[-_ ]exploited[-_ ]vulnerabilities", re.IGNORECASE)


class Weaknesses:
    """Reads the vulnerabilities. ``source``: who rates where the document names no other; ``told``: day of the document."""

    def __init__(self, walk: Walk, tree: Tree, *, source: str, told: date | None) -> None:
        self._walk, self._tree, self._source, self._told = walk, tree, source, told
        self._keys: set[str] = set()
        self._same: tuple[Object, tuple[Said, ...]] = ({}, ())  # most documents say the same for each weakness

    def read(self, body: Object, path: Path) -> tuple[Vulnerability, ...]:
        """All of them, each with a key of its own."""
        return tuple(self._one(each, place) for each, place in self._walk.objects(body, "vulnerabilities", path))

    def _one(self, body: Object, path: Path) -> Vulnerability:
        walk = self._walk
        cve, title = walk.text(body, "cve", path), walk.text(body, "title", path)
        threats, used = self._threats(body, path) if "threats" in body else ([], None)
        days = [day for day in (used, self._first_used(body, path)) if day]
        return Vulnerability(
            key=self._key(body, path, cve, title), cve=cve, title=title, cwe=self._cwe(body, path),
            said=self._said(body, path), remedies=tuple(self._remedies(body, path)) if "remediations" in body else (),
            ratings=self._ratings(body, path), exploited=min(days) if days else None,
            notes=(*notes(walk, body, path), *threats), references=references(walk, body, path),
        )  # fmt: skip

    def _key(self, body: Object, path: Path, cve: str, title: str) -> str:
        key = cve
        if not key and "ids" in body:
            key = next((text for each, at in self._walk.objects(body, "ids", path, "note")
                        if (text := self._walk.text(each, "text", at))), "")  # fmt: skip
        key = key or self._walk.text(body, "dl_vuln_id", path) or title or f"#{path[1] + 1}"
        key = first = key[:LONGEST_KEY]
        number = 1
        while key in self._keys:
            number += 1
            key = f"{first}#{number}"
        if number > 1:
            self._walk.note("double_vulnerability", path, id=first[:80])
        self._keys.add(key)
        return key

    def _cwe(self, body: Object, path: Path) -> str:
        if "cwe" in body:
            return self._walk.text(self._walk.object(body, "cwe", path, "note"), "id", (path, "cwe"))
        if "cwes" not in body:
            return ""
        return next(
            (self._walk.text(each, "id", at) for each, at in self._walk.objects(body, "cwes", path, "note")), ""
        )

    def _said(self, body: Object, path: Path) -> tuple[Said, ...]:
        walk, place = self._walk, (path, "product_status")
        found = walk.object(body, "product_status", path)
        if found == self._same[0] and [*found] == [*self._same[0]] and "flags" not in body:
            walk.use(sum(map(len, found.values())), place)
            return self._same[1]
        flags = self._flags(body, path) if "flags" in body else {}
        noted = len(walk.problems)
        said: dict[tuple[str, str, str], Said] = {}
        for kind in found:
            status = STATUS.get(kind)
            if status is None:
                walk.note("unknown_status", (place, kind), "grave")
                continue
            for product in self._tree.listed(found, kind, place):
                if kind in ENDS:
                    said[product, kind, ""] = Said(product, status, end=ENDS[kind])
                else:
                    flag = flags.get(product, "") if status == "not_affected" else ""
                    said[product, status, flag] = Said(product, status, flag)
        told = tuple(said.values())
        if len(walk.problems) == noted and not flags:
            self._same = (found, told)
        return told

    def _flags(self, body: Object, path: Path) -> dict[str, str]:
        found: dict[str, str] = {}
        for each, place in self._walk.objects(body, "flags", path):
            label = self._walk.text(each, "label", place, "grave")
            for product in self._tree.ids(each, place):
                found.setdefault(product, label)
        return found

    def _remedies(self, body: Object, path: Path) -> Iterator[Remedy]:
        for each, place in self._walk.objects(body, "remediations", path):
            yield Remedy(
                self._walk.text(each, "category", place), self._walk.text(each, "details", place),
                self._tree.ids(each, place), self._walk.text(each, "url", place), self._walk.moment(each, "date", place),
            )  # fmt: skip

    def _threats(self, body: Object, path: Path) -> tuple[list[Note], date | None]:
        found: list[Note] = []
        days: list[date] = []
        for each, place in self._walk.objects(body, "threats", path, "note"):
            kind, text = self._walk.text(each, "category", place), self._walk.text(each, "details", place)
            found.append(Note(f"{THREAT}{kind}", "", text))
            if kind == "exploit_status" and _USED.search(text):
                at = self._walk.moment(each, "date", place)
                day = at.date() if at else self._told
                days += [day] if day else []
        return found, min(days, default=None)

    def _first_used(self, body: Object, path: Path) -> date | None:
        """CSAF 2.1: the first dates on which use was known."""
        if "first_known_exploitation_dates" not in body:
            return None
        found = [
            self._walk.moment(each, "exploitation_date", place) or self._walk.moment(each, "date", place)
            for each, place in self._walk.objects(body, "first_known_exploitation_dates", path, "note")
        ]
        return min((at.date() for at in found if at), default=None)

    def _ratings(self, body: Object, path: Path) -> tuple[Rating, ...]:
        found: list[Rating] = []
        if "scores" in body:  # 2.0
            for each, place in self._walk.objects(body, "scores", path, "note"):
                found += self._cvss(each, place, self._source)
        if "metrics" in body:  # 2.1
            found += self._metrics(body, path)
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def _metrics(self, body: Object, path: Path) -> Iterator[Rating]:
        for each, place in self._walk.objects(body, "metrics", path, "note"):
            source = self._walk.text(each, "source", place) or self._source
            content = self._walk.object(each, "content", place, "note")
            where = (place, "content")
            yield from self._cvss(content, where, source)
            if "epss" in content:
                epss = self._walk.object(content, "epss", where, "note")
                at = self._walk.moment(epss, "timestamp", (where, "epss"))
                yield Rating("epss", plain(epss.get("probability")), source, at.date() if at else None)
            for key in ("ssvc_v2", "ssvc_v1"):
                if key in content and (value := ssvc(self._walk.object(content, key, where, "note"))):
                    yield Rating("ssvc", value, source)
            if word := self._walk.text(content, "qualitative_severity_rating", where):
                yield Rating("severity", word, source)

    def _cvss(self, holder: Object, path: Path, source: str) -> Iterator[Rating]:
        for key in ("cvss_v2", "cvss_v3", "cvss_v4"):
            if key in holder:
                score = self._walk.object(holder, key, path, "note")
                vector = self._walk.text(score, "vectorString", (path, key))
                if vector:
                    yield Rating(f"cvss-{key[-1]}", vector, source)


def plain(value: Any) -> str:
    """A number or a text as the document writes it; nothing of anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    return str(value)[:80]


def ssvc(body: Object) -> str:
    """The choices of an SSVC selection as one text, `Exploitation:active/Automatable:yes`; empty when there are none."""
    found = []
    selections = body.get("selections")
    for each in selections if isinstance(selections, list) else []:
        if not isinstance(each, dict):
            continue
        values = each.get("values")
        first = values[0] if isinstance(values, list) and values else None
        value = (first.get("name") or first.get("key")) if isinstance(first, dict) else first
        name = each.get("name") or each.get("key")
        if isinstance(name, str) and isinstance(value, str):
            found.append(f"{name}:{value}")
    return "/".join(found)


def notes(walk: Walk, body: Object, path: Path) -> tuple[Note, ...]:
    """The notes under `notes`."""
    if "notes" not in body:
        return ()
    return tuple(
        Note(walk.text(each, "category", at), walk.text(each, "title", at), walk.text(each, "text", at))
        for each, at in walk.objects(body, "notes", path, "note")
    )


def references(walk: Walk, body: Object, path: Path) -> tuple[Reference, ...]:
    """The references under `references`; of which nothing is said is external."""
    if "references" not in body:
        return ()
    return tuple(
        Reference(
            walk.text(each, "url", at), walk.text(each, "summary", at), walk.text(each, "category", at) or "external"
        )
        for each, at in walk.objects(body, "references", path, "note")
    )
