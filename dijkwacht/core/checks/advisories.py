"""Warnings about versions, out of the files of others: the short form of a list, NVD 2.0, CSAF 2.0. Read into one shape.

What cannot be read is left out and counted, never guessed. Matching is on `vendor:product` and a range of versions.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dijkwacht.core.checks.versions import is_version, key


@dataclass(frozen=True, slots=True)
class Range:
    """Versions from `low` to `high`; "" is open. Both ends belong to it unless `above` or `below` leaves them out."""

    low: str = ""
    high: str = ""
    above: bool = False  # low itself does not belong to it
    below: bool = False  # high itself does not belong to it

    def holds(self, version: str) -> bool:
        """Whether a version is in the range; a text that is no version never is."""
        if not is_version(version):
            return False
        at = key(version)
        if self.low and (at < (low := key(self.low)) or (self.above and at == low)):
            return False
        return not (self.high and (at > (high := key(self.high)) or (self.below and at == high)))


@dataclass(frozen=True, slots=True)
class Advisory:
    """A warning about some versions of a product."""

    id: str
    product: str  # vendor:product as in CPE 2.3
    ranges: tuple[Range, ...]
    severity: str = ""  # critical high medium low, or as its source says

    def holds(self, version: str) -> bool:
        """Whether it speaks of this version."""
        return any(each.holds(version) for each in self.ranges)


Index = Mapping[str, tuple[Advisory, ...]]


def index(advisories: Iterable[Advisory]) -> Index:
    """The advisories by product, each in order of id."""
    found: dict[str, list[Advisory]] = {}
    for each in advisories:
        found.setdefault(each.product, []).append(each)
    return {product: tuple(sorted(some, key=lambda each: each.id)) for product, some in found.items()}


def read(data: Any) -> tuple[Advisory, ...]:
    """The advisories in a parsed JSON document of any of the three forms; none when it is something else."""
    if isinstance(data, list):
        return tuple(each for row in data if isinstance(row, dict) and (each := _short(row)))
    if not isinstance(data, dict):
        return ()
    if isinstance(data.get("vulnerabilities"), list) and "document" in data:
        return tuple(_csaf(data))
    return tuple(each for row in _list(data, "vulnerabilities") for each in _nvd(row))


def _short(row: Mapping[str, Any]) -> Advisory | None:
    """`{id, product, from, fixed, severity}`: from the first up to but not with the second."""
    texts = {name: row.get(name, "") for name in ("id", "product", "from", "fixed", "severity")}
    if not all(isinstance(text, str) for text in texts.values()) or not texts["id"] or ":" not in texts["product"]:
        return None
    span = Range(texts["from"], texts["fixed"], below=True)
    return Advisory(texts["id"], texts["product"].lower(), (span,), texts["severity"])


def _list(data: Any, name: str) -> list[Mapping[str, Any]]:
    found = data.get(name) if isinstance(data, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _text(data: Mapping[str, Any], name: str) -> str:
    found = data.get(name)
    return found if isinstance(found, str) else ""


def _nvd(row: Mapping[str, Any]) -> Iterator[Advisory]:
    """One vulnerability of the NVD API 2.0: every CPE of an application or system that it calls vulnerable."""
    cve = row.get("cve")
    if not isinstance(cve, dict) or not (name := _text(cve, "id")):
        return
    spans: dict[str, list[Range]] = {}
    for configuration in _list(cve, "configurations"):
        for node in _list(configuration, "nodes"):
            for match in _list(node, "cpeMatch"):
                if match.get("vulnerable") is True and (found := _cpe(match)):
                    spans.setdefault(found[0], []).append(found[1])
    for product, some in spans.items():
        yield Advisory(name, product, tuple(some), _severity(cve))


def _cpe(match: Mapping[str, Any]) -> tuple[str, Range] | None:
    """A CPE 2.3 name with the ends of its range. `*` without ends is every version, `-` is none that can be told."""
    parts = _text(match, "criteria").lower().split(":")
    if len(parts) < 6 or parts[:2] != ["cpe", "2.3"] or parts[5] == "-":
        return None
    product = f"{parts[3]}:{parts[4]}"
    if parts[5] != "*":
        return product, Range(parts[5], parts[5])
    low, after = _text(match, "versionStartIncluding"), _text(match, "versionStartExcluding")
    high, before = _text(match, "versionEndIncluding"), _text(match, "versionEndExcluding")
    return product, Range(low or after, high or before, above=not low and bool(after), below=not high and bool(before))


def _severity(cve: Mapping[str, Any]) -> str:
    metrics = cve.get("metrics")
    for name in ("cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2"):
        for metric in _list(metrics, name):
            data = metric.get("cvssData")
            if found := _text(data if isinstance(data, dict) else {}, "baseSeverity") or _text(metric, "baseSeverity"):
                return found.lower()
    return ""


def _csaf(data: Mapping[str, Any]) -> Iterator[Advisory]:
    """A CSAF document: what `known_affected` names, by vendor, product name and version or range of versions."""
    tree = data.get("product_tree")
    products = {name: (product, span) for name, product, span in _branches(tree, "", "", 0)}
    for number, row in enumerate(_list(data, "vulnerabilities"), start=1):
        status = row.get("product_status")
        affected = status.get("known_affected", []) if isinstance(status, dict) else []
        spans: dict[str, list[Range]] = {}
        for name in affected if isinstance(affected, list) else []:
            if isinstance(name, str) and name in products:
                product, span = products[name]
                spans.setdefault(product, []).append(span)
        for product, some in spans.items():
            yield Advisory(_text(row, "cve") or f"#{number}", product, tuple(some))


def _branches(node: Any, vendor: str, product: str, depth: int) -> Iterator[tuple[str, str, Range]]:
    """Product id, `vendor:product` and range of every leaf; deeper than 30 layers is not read."""
    for branch in _list(node, "branches") if depth < 30 else []:
        kind, name = _text(branch, "category"), _text(branch, "name")
        maker = _word(name) if kind == "vendor" else vendor
        thing = _word(name) if kind == "product_name" else product
        inner = branch.get("product")
        if isinstance(inner, dict) and maker and thing and kind in ("product_version", "product_version_range"):
            for span in spans_of(name):
                yield _text(inner, "product_id"), f"{maker}:{thing}", span
        yield from _branches(branch, maker, thing, depth + 1)


def _word(text: str) -> str:
    """A name as CPE writes it: small letters, underscores for spaces."""
    return "_".join(text.lower().split())


def spans_of(text: str) -> tuple[Range, ...]:
    """The range a version or `vers:` text means. `vers:x/>=1|<2` is one range; alternatives give several; `*` is all."""
    body = text.partition("/")[2] if text.startswith("vers:") else text
    spans: list[Range] = []
    low, above = "", False
    for part in (each.strip() for each in body.split("|")):
        sign = next((mark for mark in (">=", "<=", "!=", ">", "<", "=") if part.startswith(mark)), "")
        version = part.removeprefix(sign).strip()
        if part == "*":
            return (Range(),)
        if sign == "!=" or not version:
            continue
        if sign in (">=", ">"):
            low, above = version, sign == ">"
        elif sign in ("<=", "<"):
            spans.append(Range(low, version, above=above, below=sign == "<"))
            low, above = "", False
        else:
            spans.append(Range(version, version))
    if low:
        spans.append(Range(low, "", above=above))
    return tuple(spans)
