"""A record of the CVE list (JSON 5.x) as an Advisory of kind `cve`: products, ratings, what CISA adds (SSVC, KEV)."""

import hashlib
from collections.abc import Iterator
from datetime import date

from dijkwacht.adapters.csaf.load import MEGABYTE, Unreadable, load_object
from dijkwacht.adapters.csaf.read import Read
from dijkwacht.adapters.csaf.walk import ROOT, Object, Path, Walk
from dijkwacht.core.advisories.cve_versions import told_versions
from dijkwacht.core.advisories.shapes import Advisory, Note, ProductLine, Rating, Reference, Remedy, Said, Vulnerability

NAMESPACE = "https://www.cve.org"
SIZE = 20 * MEGABYTE
# keys of a metric, and the scheme that its vector is written in
_CVSS = {"cvssV4_0": "cvss-4", "cvssV3_1": "cvss-3", "cvssV3_0": "cvss-3", "cvssV2_0": "cvss-2"}
_REMEDIES = {"solutions": "vendor_fix", "workarounds": "workaround"}
_NAMELESS = frozenset(("", "n/a", "na", "unknown", "-"))
MOST = 20_000  # product lines of one record


def read_cve(data: bytes, *, anyway: bool = False) -> Read:
    """The record in these bytes. Never raises; problems as with a CSAF document."""
    digest = hashlib.sha256(data).hexdigest()
    walk = Walk(zoneless=True)  # the format: a moment without a zone is UTC
    try:
        body, walk.problems = load_object(data, size=SIZE, doubles=False)
        advisory: Advisory | None = _advisory(walk, body)
    except Unreadable as error:
        return Read(None, (*walk.problems, error.problem), digest)
    if not anyway and any(each.weight != "note" for each in walk.problems):
        advisory = None
    return Read(advisory, tuple(walk.problems), digest)


def _advisory(walk: Walk, body: Object) -> Advisory:
    about, path = walk.object(body, "cveMetadata", ROOT), (ROOT, "cveMetadata")
    cve = walk.text(about, "cveId", path, "grave")
    if not cve:
        raise Unreadable("missing", "/cveMetadata/cveId", key="cveId")
    published, revised = walk.moment(about, "datePublished", path), walk.moment(about, "dateUpdated", path)
    containers = list(_containers(walk, body))
    record = _Record(walk, containers)
    cna, at = containers[0] if containers else ({}, ROOT)
    title = walk.text(cna, "title", at)
    notes = _descriptions(walk, cna, at)
    products, said = record.products()
    ratings, exploited = record.ratings()
    weakness = Vulnerability(
        cve, cve, title, record.cwe(), said, record.remedies(), ratings, exploited, notes, record.references()
    )
    state = walk.text(about, "state", path)
    return Advisory(
        publisher=NAMESPACE, id=cve, version=walk.text(about, "dateUpdated", path), kind="cve", form="cve-5",
        title=title or (notes[0].text[:200] if notes else cve), publisher_name=walk.text(about, "assignerShortName", path),
        published=published, revised=revised or published, language="en", tlp="CLEAR", withdrawn=state == "REJECTED",
        products=products, vulnerabilities=() if state == "REJECTED" else (weakness,),
    )  # fmt: skip


def _containers(walk: Walk, body: Object) -> Iterator[tuple[Object, Path]]:
    """The container of who assigned the number, then those of others who added to it."""
    held, path = walk.object(body, "containers", ROOT), (ROOT, "containers")
    if cna := walk.object(held, "cna", path):
        yield cna, (path, "cna")
    yield from walk.objects(held, "adp", path, "note")


class _Record:
    """The containers of one record, read together."""

    def __init__(self, walk: Walk, containers: list[tuple[Object, Path]]) -> None:
        self._walk, self._containers = walk, containers

    def products(self) -> tuple[dict[str, ProductLine], tuple[Said, ...]]:
        """The product lines and what is said of each. Who adds later (ADP) adds lines; what stood there stays."""
        lines: dict[str, ProductLine] = {}
        said: list[Said] = []
        seen: set[tuple[str, str, str, str, str]] = set()
        for block, place in self._blocks():
            vendor, product, cpe, purl = self._names(block, place)
            if product.lower() in _NAMELESS and not cpe and not purl:
                continue
            for status, form, version in told_versions(block):
                if (key := (vendor, product, status, form, version)) in seen:
                    continue
                seen.add(key)
                if len(lines) >= MOST:
                    raise Unreadable("too_many_products", most=str(MOST))
                name = f"p{len(lines) + 1}"
                lines[name] = ProductLine(name, vendor, product, version, form, cpe=cpe, purl=purl)
                said.append(Said(name, status))
        return lines, tuple(said)

    def _blocks(self) -> Iterator[tuple[Object, Path]]:
        for container, path in self._containers:
            yield from self._walk.objects(container, "affected", path)

    def _names(self, block: Object, place: Path) -> tuple[str, str, str, str]:
        walk = self._walk
        vendor = walk.text(block, "vendor", place).strip()
        product = walk.text(block, "product", place).strip() or walk.text(block, "packageName", place).strip()
        cpe = next(iter(walk.texts(block, "cpes", place, "note")), "") if "cpes" in block else ""
        return "" if vendor.lower() in _NAMELESS else vendor, product, cpe, walk.text(block, "packageURL", place)

    def ratings(self) -> tuple[tuple[Rating, ...], date | None]:
        """All ratings, each with who gave it, and the first day on which it was known to be used."""
        found: dict[Rating, None] = {}
        days: list[date] = []
        for container, path in self._containers:
            source = self._source(container, path)
            for metric, place in self._walk.objects(container, "metrics", path, "note"):
                for rating in self._metric(metric, place, source):
                    found[rating] = None
                    used = rating.scheme == "kev" or (
                        rating.scheme == "ssvc" and "exploitation:active" in rating.value.lower()
                    )
                    days += [rating.at] if used and rating.at else []
        return tuple(found), min(days, default=None)

    def _metric(self, metric: Object, place: Path, source: str) -> Iterator[Rating]:
        for key, scheme in _CVSS.items():
            if key in metric:
                score = self._walk.object(metric, key, place, "note")
                if vector := self._walk.text(score, "vectorString", (place, key)):
                    yield Rating(scheme, vector, source)
        if "other" not in metric:
            return
        other, at = self._walk.object(metric, "other", place, "note"), (place, "other")
        content, kind = self._walk.object(other, "content", at, "note"), self._walk.text(other, "type", at).lower()
        moment = self._walk.moment(content, "dateAdded" if kind == "kev" else "timestamp", (at, "content"))
        day = moment.date() if moment else None
        if kind == "kev" and day:
            yield Rating("kev", day.isoformat(), source, day)
        elif kind == "ssvc" and (value := _options(self._walk.array(content, "options", (at, "content"), "note"))):
            yield Rating("ssvc", value, source, day)

    def _source(self, container: Object, path: Path) -> str:
        about = self._walk.object(container, "providerMetadata", path, "note")
        return self._walk.text(about, "shortName", (path, "providerMetadata"))

    def cwe(self) -> str:
        """The first weakness type that is named."""
        for container, path in self._containers:
            for each, place in self._walk.objects(container, "problemTypes", path, "note"):
                for told, where in self._walk.objects(each, "descriptions", place, "note"):
                    if name := self._walk.text(told, "cweId", where):
                        return name
        return ""

    def remedies(self) -> tuple[Remedy, ...]:
        """Solutions and workarounds."""
        found = {
            Remedy(kind, text): None
            for container, path in self._containers
            for key, kind in _REMEDIES.items()
            if key in container
            for each, place in self._walk.objects(container, key, path, "note")
            if (text := self._walk.text(each, "value", place))
        }
        return tuple(found)

    def references(self) -> tuple[Reference, ...]:
        """All links, each once."""
        found: dict[str, Reference] = {}
        for container, path in self._containers:
            for each, place in self._walk.objects(container, "references", path, "note"):
                url = self._walk.text(each, "url", place)
                if url and url not in found:
                    found[url] = Reference(url, self._walk.text(each, "name", place))
        return tuple(found.values())


def _descriptions(walk: Walk, cna: Object, path: Path) -> tuple[Note, ...]:
    """The descriptions, English first."""
    found = [
        (walk.text(each, "lang", place), walk.text(each, "value", place))
        for key in ("descriptions", "rejectedReasons")
        if key in cna
        for each, place in walk.objects(cna, key, path, "note")
    ]
    found.sort(key=lambda each: not each[0].lower().startswith("en"))
    return tuple(Note("description", lang, text) for lang, text in found if text)


def _options(options: list[object]) -> str:
    """The choices of CISA as one text: `Exploitation:active/Automatable:yes/Technical Impact:total`."""
    found = []
    for each in options:
        if isinstance(each, dict):
            found += [
                f"{key}:{value}" for key, value in each.items() if isinstance(key, str) and isinstance(value, str)
            ]
    return "/".join(found)
