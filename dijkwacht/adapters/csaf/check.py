"""Is this document taken in, and what is to be said about it: schema, mandatory tests, hash, signature, name of the file.

The rule of the house: a document that fails the schema, its hash or its signature is set aside, and a person may have it read
anyway; one that only breaks rules is taken in with findings, for real feeds break them daily and no advisory is lost on form.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dijkwacht.adapters.csaf.load import LIMITS, MEGABYTE, Limits
from dijkwacht.adapters.csaf.read import Read, read_csaf
from dijkwacht.adapters.csaf.rules import against_rules
from dijkwacht.adapters.csaf.schema import against_schema
from dijkwacht.adapters.csaf.signature import NO_KEYS, Hashed, Keys, Signed, hash_standing, signature_standing
from dijkwacht.core.advisories.problems import Problem
from dijkwacht.core.advisories.shapes import Advisory

LARGEST_CHECKED = 5 * MEGABYTE  # larger documents are read and held against the schema, not against the rules: minutes


@dataclass(frozen=True, slots=True)
class Companions:
    """What stood beside a document. ``hashes``: `sha256`, `sha512` -> content. ``must``: what may not be lacking there."""

    name: str = ""
    hashes: Mapping[str, bytes] = field(default_factory=dict)
    signature: bytes | None = None
    keys: Keys = NO_KEYS
    must: frozenset[Literal["hash", "signature"]] = frozenset()


NOTHING = Companions()


@dataclass(frozen=True, slots=True)
class Checked:
    """A document after intake. ``advisory`` is None when it was set aside; ``findings`` has all that is odd, grave first."""

    read: Read
    advisory: Advisory | None
    findings: tuple[Problem, ...]
    hashed: Hashed
    signed: Signed

    @property
    def quarantined(self) -> bool:
        """Whether it was set aside."""
        return self.advisory is None


def check_csaf(
    data: bytes, beside: Companions = NOTHING, *, limits: Limits = LIMITS, anyway: bool = False, rules: bool = True
) -> Checked:
    """Reads and checks a document. Never raises. ``anyway``: a person decided to read what was set aside."""
    read = read_csaf(data, limits=limits, anyway=True)
    hashed = hash_standing(data, beside.hashes)
    signed = signature_standing(data, beside.signature, beside.keys)
    findings = [*read.problems, *_release(hashed, signed, beside)]
    if read.advisory is not None and read.body is not None:
        findings += _form(read, read.advisory, rules=rules and len(data) <= LARGEST_CHECKED)
        findings += _named(beside.name, read.advisory)
    aside = any(each.weight != "note" for each in findings)
    order = {"fatal": 0, "grave": 1, "note": 2}
    findings.sort(key=lambda each: order[each.weight])
    return Checked(read, None if aside and not anyway else read.advisory, tuple(findings), hashed, signed)


def _form(read: Read, advisory: Advisory, *, rules: bool) -> list[Problem]:
    body = read.body or {}
    found = against_schema(body, advisory.form)
    if any(each.weight != "note" for each in found):
        return found  # the rules stand on the schema
    if not rules:
        return [*found, Problem("not_checked", params={"left": "6.1"})]
    return found + against_rules(body, advisory.form)


def _release(hashed: Hashed, signed: Signed, beside: Companions) -> list[Problem]:
    """Findings on hash and signature: what is wrong is grave, what is lacking only when it must be there."""
    found = []
    if hashed in ("bad", "unreadable"):
        found.append(Problem(f"hash_{hashed}", weight="grave"))
    elif hashed == "none" and "hash" in beside.must:
        found.append(Problem("hash_none", weight="grave"))
    if signed.standing == "bad" or (signed.standing != "good" and "signature" in beside.must):
        found.append(Problem(f"signature_{signed.standing}", weight="grave", params={"key": signed.fingerprint}))
    elif signed.standing in ("key_unknown", "unreadable"):
        found.append(Problem(f"signature_{signed.standing}", params={"key": signed.fingerprint}))
    return found


def file_name(identity: str) -> str:
    """The name that a document with this id must have (CSAF section 5.1)."""
    return re.sub(r"[^+\-a-z0-9]+", "_", identity.lower()) + ".json"


def _named(name: str, advisory: Advisory) -> list[Problem]:
    wanted = file_name(advisory.id)
    bare = name.rsplit("/", maxsplit=1)[-1]
    return [Problem("file_name", params={"name": bare[:120], "wanted": wanted})] if bare and bare != wanted else []
