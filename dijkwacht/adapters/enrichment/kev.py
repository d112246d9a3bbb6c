"""The list of CISA of weaknesses that are being used (KEV, JSON)."""

from dataclasses import dataclass
from datetime import date

from dijkwacht.adapters.csaf.load import MEGABYTE, load_object
from dijkwacht.adapters.csaf.walk import ROOT, Walk
from dijkwacht.core.advisories.problems import Problem

SIZE = 50 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Used:
    """One weakness that is being used. ``due``: the term that CISA sets its own agencies; no duty here."""

    cve: str
    added: date
    vendor: str = ""
    product: str = ""
    due: date | None = None
    ransomware: bool = False


@dataclass(frozen=True, slots=True)
class Catalog:
    """The list of one day."""

    version: str
    used: tuple[Used, ...]
    problems: tuple[Problem, ...] = ()


def read_kev(data: bytes) -> Catalog:
    """The catalog in these bytes; lines without a number or a day are noted and left out. Raises Unreadable."""
    walk = Walk()
    body, walk.problems = load_object(data, size=SIZE)
    found: dict[str, Used] = {}
    if "vulnerabilities" not in body:
        walk.note("missing", (ROOT, "vulnerabilities"), "grave", key="vulnerabilities")
    for each, place in walk.objects(body, "vulnerabilities", ROOT):
        cve, added = walk.text(each, "cveID", place), _day(walk.text(each, "dateAdded", place))
        if not cve or added is None:
            walk.note("missing", place, key="dateAdded" if cve else "cveID")
            continue
        if cve in found:
            walk.note("double_id", place, id=cve[:40])
            if found[cve].added <= added:
                continue
        found[cve] = Used(
            cve, added, walk.text(each, "vendorProject", place), walk.text(each, "product", place),
            _day(walk.text(each, "dueDate", place)),
            walk.text(each, "knownRansomwareCampaignUse", place).lower() == "known",
        )  # fmt: skip
    return Catalog(walk.text(body, "catalogVersion", ROOT), tuple(found.values()), tuple(walk.problems))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
