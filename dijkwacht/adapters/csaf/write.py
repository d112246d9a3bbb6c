"""An Advisory as a CSAF 2.0 document: advisories and VEX of our own. What 2.0 cannot say is refused, never left out."""

import importlib.util
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dijkwacht.adapters.csaf.tree_out import PartMissing, product_tree
from dijkwacht.adapters.csaf.weaknesses import THREAT
from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.core.advisories.shapes import Advisory, Note, Rating, Status, Tlp, Vulnerability

PublisherCategory = Literal["coordinator", "vendor", "user", "discoverer", "other", "translator"]
_STATUS: dict[Status, str] = {
    "affected": "known_affected", "fixed": "fixed", "not_affected": "known_not_affected",
    "investigated": "under_investigation", "recommended": "recommended",
}  # fmt: skip
_LABELS: dict[Tlp, str] = {"CLEAR": "WHITE", "GREEN": "GREEN", "AMBER": "AMBER", "RED": "RED"}
_CVSS = {"cvss-2": "cvss_v2", "cvss-3": "cvss_v3"}
USED = "Exploited:Yes"  # how a threat says, for machines, that a weakness is being used


class Unwritable(ValueError):
    """CSAF 2.0 cannot say this. ``code``: label_not_in_2_0, status_not_in_2_0, rating_not_in_2_0, withdrawn_not_in_2_0,
    part_missing, moment_missing, unknown_weakness_type; ``about``: what."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(f"{code} ({about})" if about else code)
        self.code, self.about = code, about


def write_csaf(advisory: Advisory, *, category: PublisherCategory = "coordinator") -> bytes:
    """The document, UTF-8 JSON. Raises Unwritable. Whether it is valid, `check_csaf` tells."""
    if advisory.withdrawn:
        raise Unwritable("withdrawn_not_in_2_0", advisory.id)
    body: dict[str, Any] = {"document": _document(advisory, category)}
    if advisory.products or advisory.groups:
        try:
            body["product_tree"] = product_tree(advisory.products, advisory.groups)
        except PartMissing as error:
            raise Unwritable("part_missing", error.id) from None
    if advisory.vulnerabilities:
        body["vulnerabilities"] = [_weakness(each, advisory) for each in advisory.vulnerabilities]
    return json.dumps(body, ensure_ascii=False, indent=2).encode()


def _document(advisory: Advisory, category: str) -> dict[str, Any]:
    severity = [each for each in advisory.ratings if each.scheme == "severity"]
    aggregate = [_severity(each, advisory.publisher) for each in severity[:1]]
    return _filled({
        "category": advisory.kind, "csaf_version": "2.0", "lang": advisory.language, "title": advisory.title,
        "aggregate_severity": aggregate[0] if aggregate else None,
        "publisher": {"category": category, "name": advisory.publisher_name, "namespace": advisory.publisher},
        "distribution": {"tlp": {"label": _label(advisory.tlp)}} if advisory.tlp else None,
        "notes": [_note(each) for each in advisory.notes],
        "references": [{"category": each.kind, "summary": each.summary, "url": each.url} for each in advisory.references],
        "tracking": {
            "id": advisory.id, "status": advisory.state, "version": advisory.version,
            "initial_release_date": _moment(advisory.published, advisory.id),
            "current_release_date": _moment(advisory.revised, advisory.id),
            "generator": {"engine": {"name": "Dijkwacht"}},
            "revision_history": [
                {"number": number, "date": at, "summary": summary} for number, at, summary in advisory.revisions
            ],
        },
    })  # fmt: skip


def _severity(rating: Rating, namespace: str) -> dict[str, str]:
    told = {"text": rating.value}
    return told if rating.source in ("", namespace) else told | {"namespace": rating.source}


def _label(tlp: Tlp) -> str:
    if tlp not in _LABELS:  # AMBER would be looser than what was meant
        raise Unwritable("label_not_in_2_0", tlp)
    return _LABELS[tlp]


def _moment(at: datetime | None, about: str) -> str:
    if at is None:
        raise Unwritable("moment_missing", about)
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _note(note: Note) -> dict[str, str]:
    return _filled({"category": note.kind, "title": note.title, "text": note.text})


def _weakness(weakness: Vulnerability, advisory: Advisory) -> dict[str, Any]:
    own = weakness.key not in (weakness.cve, weakness.title) and not weakness.key.startswith("#")
    return _filled({
        "cve": weakness.cve, "title": weakness.title, "cwe": _cwe(weakness.cwe) if weakness.cwe else None,
        "ids": [{"system_name": advisory.publisher_name, "text": weakness.key}] if own else [],
        "notes": [_note(each) for each in weakness.notes if not each.kind.startswith(THREAT)],
        "references": [{"category": each.kind, "summary": each.summary, "url": each.url} for each in weakness.references],
        "product_status": _statuses(weakness), "flags": list(_flags(weakness)),
        "scores": list(_scores(weakness)), "threats": list(_threats(weakness)),
        "remediations": [
            _filled({
                "category": each.kind, "details": each.details, "product_ids": list(each.products), "url": each.url,
                "date": _moment(each.at, weakness.key) if each.at else None,
            })
            for each in weakness.remedies
        ],
    })  # fmt: skip


def _statuses(weakness: Vulnerability) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in weakness.said:
        if each.status not in _STATUS:
            raise Unwritable("status_not_in_2_0", each.status)
        kind = f"{each.end}_affected" if each.end else _STATUS[each.status]
        found.setdefault(kind, []).append(each.product)
    return found


def _flags(weakness: Vulnerability) -> Iterator[dict[str, Any]]:
    found: dict[str, list[str]] = {}
    for each in weakness.said:
        if each.flag:
            found.setdefault(each.flag, []).append(each.product)
    for label, products in found.items():
        yield {"label": label, "product_ids": products}


def _scores(weakness: Vulnerability) -> Iterator[dict[str, Any]]:
    """Scores are of products: those that are affected, or else all that something is said of."""
    affected = [each.product for each in weakness.said if each.status == "affected"]
    products = affected or list(dict.fromkeys(each.product for each in weakness.said))
    for rating in weakness.ratings:
        if rating.scheme not in _CVSS:
            raise Unwritable("rating_not_in_2_0", rating.scheme)
        score = base_score(rating.scheme, rating.value)
        if score is None:
            raise Unwritable("rating_not_in_2_0", rating.value[:80])
        yield {"products": products, _CVSS[rating.scheme]: _cvss(rating, score)}


def _cvss(rating: Rating, score: float) -> dict[str, Any]:
    if rating.scheme == "cvss-2":
        return {"version": "2.0", "vectorString": rating.value, "baseScore": score}
    bands = ((9.0, "CRITICAL"), (7.0, "HIGH"), (4.0, "MEDIUM"), (0.1, "LOW"), (0.0, "NONE"))  # CVSS 3.1, section 5
    return {
        "version": rating.value.removeprefix("CVSS:").split("/", maxsplit=1)[0], "vectorString": rating.value,
        "baseScore": score, "baseSeverity": next(name for least, name in bands if score >= least),
    }  # fmt: skip


def _threats(weakness: Vulnerability) -> Iterator[dict[str, Any]]:
    day = f"{weakness.exploited.isoformat()}T00:00:00Z" if weakness.exploited else ""
    told = [each for each in weakness.notes if each.kind.startswith(THREAT)]
    for each in told:
        kind = each.kind.removeprefix(THREAT)
        yield _filled({"category": kind, "details": each.text, "date": day if kind == "exploit_status" else ""})
    if day and not any(each.kind == f"{THREAT}exploit_status" for each in told):
        yield {"category": "exploit_status", "details": USED, "date": day}


@cache
def _weakness_types() -> dict[str, str]:
    """The names of the types of weakness (CWE), from the list that the checker brings along: a name must fit its number."""
    spec = importlib.util.find_spec("csaf")
    if spec is None or not spec.submodule_search_locations:
        return {}
    path = Path(next(iter(spec.submodule_search_locations))) / "csaf" / "v21" / "cwe" / "catalog.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    return dict(_named(held))


def _named(held: Any) -> Iterator[tuple[str, str]]:
    for number, about in held["weaknesses"].items():
        yield f"CWE-{number}", about["history"][-1][1]  # the newest name


def _cwe(name: str) -> dict[str, str]:
    title = _weakness_types().get(name)
    if title is None:
        raise Unwritable("unknown_weakness_type", name)
    return {"id": name, "name": title}


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: the schema wants a field filled or absent."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], {})}
