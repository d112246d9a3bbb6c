"""A statement: an account frozen at a moment, with all that its lines rest on. What goes in, what is signed, and its form.

Pure. The room gathers the values; ``lines`` become leaves of a Merkle tree (``core/merkle.py``); the manifest names the
root and what else belongs to the statement, and only the manifest is signed. Explained in docs/algorithms/statement.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dijkwacht.core.chain import Seal
from dijkwacht.core.facts import Assurance, Shows
from dijkwacht.core.verdict import Reason, Status


@dataclass(frozen=True, slots=True)
class OrganisationMark:
    """Whose statement it is, as it was called then."""

    slug: str
    name: str
    kind: str
    cbs_code: str = ""
    tooi_code: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceMark:
    """A file on which a fact rests: its hash and what it is called, never its content."""

    sha256: str
    name: str
    media_type: str
    size: int
    made_on: date | None


@dataclass(frozen=True, slots=True)
class UsedFact:
    """A fact as a line rests on it. ``value`` is plain JSON, as the ledger keeps it; ``act`` its number in the trail."""

    id: str
    subject: str
    subject_name: str
    fact: str
    value: Any
    valid_from: date
    valid_to: date | None
    recorded_at: date
    last_seen: date | None
    assurance: Assurance
    origin: str
    said_by: str
    act: int
    inherited_from: str = ""
    explanation: str = ""
    evidence: tuple[EvidenceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line: a requirement for a subject with its verdict under the demand of the account, and the facts behind it.

    ``claim``: what a self-assessment said about the requirement as a whole, shown beside the verdict; empty if nothing.
    ``exceptions``: those from this requirement that hold on the reference date, whether or not the verdict rests on them.
    ``others``: what other organisations of which it tells were called, by slug. Statements of before have neither.
    """

    requirement: str
    subject: str
    subject_name: str
    status: Status
    assurance: Assurance | None
    shown: Shows | None
    stale_at: date | None
    reasons: tuple[Reason, ...]
    facts: tuple[UsedFact, ...]
    claim: str = ""
    owner: str = ""
    exceptions: tuple[UsedFact, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, in which role, by which mandate (text), at what moment."""

    name: str
    role: str
    mandate: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """A frozen account. ``on``: the reference date; ``known_at``: the day up to which was known what it rests on.

    ``head``: the last entry of the organisation's trail at that moment. ``signer`` None: frozen and sealed with the
    organisation's key, but not signed by anyone with the mandate; every product says so. ``number`` is unique within the
    organisation and counts up (0: a concept, not frozen); ``replaces``: the number of the statement before it, with ``why``.
    """

    id: str
    number: int
    organisation: OrganisationMark
    account: str
    subject: str  # the connection for an account per connection, else the organisation's slug
    on: date
    known_at: date
    at: datetime
    head: Seal
    versions: Mapping[str, str]
    packs: str
    lines: tuple[StatementLine, ...]
    signer: Signer | None = None
    replaces: int | None = None
    why: str = ""
