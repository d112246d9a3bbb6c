"""What an advisory says of products, and what an organisation registered: values that every reader fills and matching reads.

Times are aware moments; versions and ranges are kept as they were written, and read by `versions` and `ranges`. What stands in a
document by the dozen is a named tuple: made in a quarter of the time of a frozen dataclass.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

__all__ = [
    "STATUSES", "Advisory", "Asset", "End", "Note", "Outcome", "ProductLine", "Rating", "Reason", "Reference", "Remedy", "Said",
    "Status", "Tlp", "VersionForm", "Vulnerability",
]  # fmt: skip

Tlp = Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
"""TLP 2.0; a document of TLP 1 (WHITE) is read as CLEAR. None in an advisory: the document says nothing."""

Status = Literal["affected", "fixed", "not_affected", "investigated", "recommended", "unknown"]
"""What a document says of a product for one weakness. CSAF: first/known/last_affected; first_fixed and fixed;
known_not_affected; under_investigation; recommended; unknown (2.1)."""
STATUSES: tuple[Status, ...] = ("affected", "fixed", "not_affected", "investigated", "recommended", "unknown")

End = Literal["first", "last"]
"""Which end of a stretch of affected versions a document calls a version: CSAF's first_affected and last_affected."""

VersionForm = Literal["none", "version", "range"]
"""How a product line gives versions: not at all, as one version (product_version), as a range (product_version_range)."""

Outcome = Literal["affected", "not_affected", "undetermined"]


class Rating(NamedTuple):
    """How a publisher rates: the scheme and its raw value. Never turned into another scheme without saying so.

    Schemes: `ncsc-kans-schade` (likelihood and damage, `medium/high`), `ncsc-urgency` (`urgent`, `normal`), `cvss-2`, `cvss-3`,
    `cvss-4` (vector), `ssvc` (decision or vector), `severity` (a word, as in aggregate_severity), `epss` (0 to 1), `kev` (day).
    """

    scheme: str
    value: str
    source: str = ""  # who says so: the publisher, or the list that enriches
    at: date | None = None


class ProductLine(NamedTuple):
    """One product of a document: a leaf of its tree, or a relationship. ``id`` is the document's own.

    ``on``: the id of the product that this one runs on or is part of, where the document relates the two (``relation``: CSAF's
    category). Then ``vendor``, ``product`` and ``version`` are those of the part, never of what it runs on.
    """

    id: str
    vendor: str
    product: str
    version: str = ""
    form: VersionForm = "none"
    name: str = ""  # as the document writes the whole
    cpe: str = ""
    purl: str = ""
    hashes: tuple[str, ...] = ()
    on: str = ""
    relation: str = ""


class Said(NamedTuple):
    """What a document says of one product for one weakness, in its own word and ours (CSAF can say two things at once)."""

    product: str  # ProductLine.id
    status: Status
    flag: str = ""  # why not affected (CSAF flags): component_not_present, ...
    end: End | Literal[""] = ""  # it is the first, or the last, version that is affected; see `ends`


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do: CSAF remediations. ``kind``: vendor_fix, mitigation, workaround, none_available, no_fix_planned, ..."""

    kind: str
    details: str
    products: tuple[str, ...] = ()  # empty: the document does not tell for which
    url: str = ""
    at: datetime | None = None


class Reference(NamedTuple):
    """A link, with what it is: self, external."""

    url: str
    summary: str = ""
    kind: str = "external"


class Note(NamedTuple):
    """A text of the document: category and title as written."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Vulnerability:
    """One weakness in a document. ``key``: the CVE, else the publisher's own id, else its title."""

    key: str
    cve: str = ""
    title: str = ""
    cwe: str = ""
    said: tuple[Said, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    ratings: tuple[Rating, ...] = ()
    exploited: date | None = None  # the first day on which somebody said that it is being used
    notes: tuple[Note, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Advisory:
    """One revision of one document. ``key`` is publisher and id; the same id of two publishers are two advisories.

    ``kind``: CSAF's category (csaf_security_advisory, csaf_vex, csaf_base, ...), or `cve` for a record of the CVE list.
    ``state``: draft, interim, final. ``withdrawn``: the document says that it no longer holds.
    """

    publisher: str  # namespace of the publisher
    id: str
    version: str
    title: str
    kind: str = "csaf_security_advisory"
    state: str = "final"
    form: str = ""  # csaf-2.0, csaf-2.1, cve-5
    publisher_name: str = ""
    published: datetime | None = None
    revised: datetime | None = None
    language: str = ""
    tlp: Tlp | None = None
    withdrawn: bool = False
    ratings: tuple[Rating, ...] = ()
    products: Mapping[str, ProductLine] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    vulnerabilities: tuple[Vulnerability, ...] = ()
    notes: tuple[Note, ...] = ()
    references: tuple[Reference, ...] = ()
    revisions: tuple[tuple[str, str, str], ...] = ()  # version, moment, summary

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same document across revisions."""
        return (self.publisher, self.id)


@dataclass(frozen=True, slots=True)
class Asset:
    """A line of an organisation's register. Without a version it is a normal line: then we ask, we do not stay silent.

    ``source``: where the line comes from (`ict_foto`, `cmdb`, `cyclonedx`, `gemma`, `perimeter`, `hand`); ``as_of``: how old
    the line is.
    """

    organisation: str
    id: str
    vendor: str
    product: str
    version: str = ""
    purl: str = ""
    cpe: str = ""
    source: str = "hand"
    as_of: date | None = None
    exposed: bool | None = None  # reachable from outside; None: not known
    name: str = ""  # what the organisation calls it


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an outcome, as a code with what it is about; words are put at the rim."""

    code: str
    params: tuple[tuple[str, str], ...] = ()
