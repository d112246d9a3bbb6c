"""The one way to write a statement as bytes, and back: lines as leaves, the manifest that is signed, the world behind it.

Pure. Explained, with a worked example, in docs/algorithms/statement.md.
"""

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from dijkwacht.core import merkle
from dijkwacht.core.chain import Seal, canonical, moment
from dijkwacht.core.days import parse_day
from dijkwacht.core.facts import Assurance, Shows
from dijkwacht.core.statement import EvidenceMark, OrganisationMark, Signer, Statement, StatementLine, UsedFact
from dijkwacht.core.typed import pack, unpack
from dijkwacht.core.verdict import Reason, Status

FORM = "dijkwacht statement 1"
SIGNED = FORM.encode() + b"\n"  # stands before the manifest when it is signed, so that no other text can pass for one
TEXTS = ("fact_type", "fact_id", "subject", "requirement", "said_by")


class FormError(ValueError):
    """Bytes that are not the form of a statement. The message says what was expected."""


# -- lines -------------------------------------------------------------------------------------------
def line_plain(line: StatementLine) -> dict[str, Any]:
    """A line in plain JSON values. What came later is written only where there is any: older lines keep their bytes."""
    out: dict[str, Any] = {
        "requirement": line.requirement, "subject": line.subject, "subject_name": line.subject_name,
        "status": str(line.status), "assurance": _word(line.assurance), "shown": _word(line.shown),
        "stale_at": _day_text(line.stale_at), "reasons": [_reason_plain(each) for each in line.reasons],
        "facts": [_fact_plain(each) for each in line.facts], "claim": line.claim, "owner": line.owner,
    }  # fmt: skip
    if line.exceptions:
        out["exceptions"] = [_fact_plain(each) for each in line.exceptions]
    if line.others:
        out["others"] = dict(line.others)
    return out


def line_of(data: Mapping[str, Any]) -> StatementLine:
    """The line. Raises FormError."""
    try:
        return StatementLine(
            _text(data["requirement"]), _text(data["subject"]), _text(data["subject_name"]), Status(data["status"]),
            _assurance(data["assurance"]), None if data["shown"] is None else Shows[data["shown"].upper()],
            _day(data["stale_at"]), tuple(_reason(each) for each in data["reasons"]),
            tuple(_fact(each) for each in data["facts"]), _text(data["claim"]), _text(data["owner"]),
            tuple(_fact(each) for each in data.get("exceptions", ())), _texts(data.get("others", {})),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormError(f"this is not a line of a statement ({type(error).__name__}: {error})") from None


def verdict_plain(line: StatementLine) -> dict[str, Any]:
    """What judging gives of a line: the part that can be worked out again from the facts."""
    told = ("requirement", "subject", "status", "assurance", "shown", "stale_at", "reasons")
    return {key: value for key, value in line_plain(line).items() if key in told}


def _reason_plain(reason: Reason) -> dict[str, Any]:
    out: dict[str, Any] = {"code": reason.code}
    out |= {key: found for key in TEXTS if (found := getattr(reason, key))}
    if reason.value is not None:
        out["value"] = pack(reason.value)
    if reason.since is not None:
        out["since"] = reason.since.isoformat()
    if reason.assurance is not None:
        out["assurance"] = _word(reason.assurance)
    if reason.params:
        out["params"] = {key: pack(value) for key, value in reason.params.items()}
    return out


def _reason(data: Mapping[str, Any]) -> Reason:
    return Reason(
        _text(data["code"]), value=unpack(data.get("value")), since=_day(data.get("since")),
        assurance=_assurance(data.get("assurance")),
        params={key: unpack(value) for key, value in data.get("params", {}).items()},
        **{key: _text(data[key]) for key in TEXTS if key in data},
    )  # fmt: skip


def _fact_plain(fact: UsedFact) -> dict[str, Any]:
    return {
        "id": fact.id, "subject": fact.subject, "subject_name": fact.subject_name, "fact": fact.fact, "value": fact.value,
        "valid_from": _day_text(fact.valid_from), "valid_to": _day_text(fact.valid_to),
        "recorded_at": _day_text(fact.recorded_at), "last_seen": _day_text(fact.last_seen),
        "assurance": _word(fact.assurance), "origin": fact.origin, "said_by": fact.said_by, "act": fact.act,
        "inherited_from": fact.inherited_from, "explanation": fact.explanation,
        "evidence": [
            {
                "sha256": each.sha256, "name": each.name, "media_type": each.media_type, "size": each.size,
                "made_on": _day_text(each.made_on),
            }
            for each in fact.evidence
        ],
    }  # fmt: skip


def _fact(data: Mapping[str, Any]) -> UsedFact:
    evidence = tuple(EvidenceMark(**{**each, "made_on": _day(each["made_on"])}) for each in data["evidence"])
    days = {key: _day(data[key]) for key in ("valid_from", "valid_to", "recorded_at", "last_seen")}
    names = {key: _text(data[key]) for key in ("id", "subject", "subject_name", "fact")}
    return UsedFact(
        **{**data, **days, **names, "assurance": Assurance[data["assurance"].upper()], "evidence": evidence}
    )


# -- leaves ------------------------------------------------------------------------------------------
def salt(seed: bytes, name: str) -> str:
    """What makes a leaf, or the list of contents, impossible to guess for who does not have it: HMAC-SHA256, in hex."""
    return hmac.new(seed, name.encode(), sha256).hexdigest()


def leaf(line: Mapping[str, Any], salted: str) -> bytes:
    """A line (in plain values) with its salt, as it is hashed and as it stands in the package."""
    return canonical({"line": line, "salt": salted})


def leaves(lines: Iterable[StatementLine], seed: bytes) -> list[bytes]:
    """The leaves of a statement; the salt of each follows from the seed and its place."""
    return [leaf(line_plain(line), salt(seed, f"line {index}")) for index, line in enumerate(lines)]


def read_leaf(row: bytes) -> tuple[StatementLine, str]:
    """The line and the salt of a leaf. Raises FormError."""
    data = read_json(row)
    if data.keys() != {"line", "salt"} or not isinstance(data["salt"], str) or not isinstance(data["line"], dict):
        raise FormError("a line with its salt was expected")
    return line_of(data["line"]), data["salt"]


def token(lines: Sequence[StatementLine]) -> str:
    """What somebody saw before signing, in 64 hexadecimal digits: the same as long as no line says anything else."""
    return merkle.root([canonical(line_plain(line)) for line in lines]).hex()


# -- manifest ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Marks:
    """The hashes that a manifest names besides the root: of the list of contents, the norms, the key list; and the key."""

    contents: str
    norms: str
    keys: str
    key: str


def manifest(statement: Statement, *, root: bytes, marks: Marks) -> bytes:
    """The manifest: everything that is signed, as bytes."""
    signer, organisation = statement.signer, statement.organisation
    return canonical(
        {
            "form": FORM, "id": statement.id, "number": statement.number,
            "organisation": {
                "slug": organisation.slug, "name": organisation.name, "kind": organisation.kind,
                "cbs_code": organisation.cbs_code, "tooi_code": organisation.tooi_code,
            },
            "account": statement.account, "subject": statement.subject, "on": statement.on,
            "known_at": statement.known_at, "at": moment(statement.at),
            "head": {"number": statement.head.seq, "hash": statement.head.hash},
            "versions": statement.versions, "packs": statement.packs, "lines": len(statement.lines),
            "root": root.hex(), "contents": marks.contents, "norms": marks.norms, "keys": marks.keys, "key": marks.key,
            "signer": None if signer is None else {
                "name": signer.name, "role": signer.role, "mandate": signer.mandate, "at": moment(signer.at),
            },
            "replaces": None if statement.replaces is None else {"number": statement.replaces, "why": statement.why},
        }
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as it was read: the statement without its lines, how many there are, and the hashes."""

    statement: Statement
    lines: int
    root: bytes
    marks: Marks


def read_manifest(data: bytes) -> Manifest:
    """The manifest. Raises FormError, also when it is not written in the one way."""
    found = read_json(data)
    if found.get("form") != FORM:
        raise FormError(f"this is not the form {FORM!r}, but {str(found.get('form'))!r:.60}")
    try:
        replaced = found["replaces"] or {}
        statement = Statement(
            _text(found["id"]), _whole(found["number"]), OrganisationMark(**_texts(found["organisation"])),
            _text(found["account"]), _text(found["subject"]), parse_day(found["on"]), parse_day(found["known_at"]),
            parse_moment(found["at"]), Seal(_whole(found["head"]["number"]), _text(found["head"]["hash"])),
            _texts(found["versions"]), _text(found["packs"]), (), _signer(found["signer"]),
            _whole(replaced["number"]) if replaced else None, _text(replaced["why"]) if replaced else "",
        )  # fmt: skip
        marks = Marks(*(_text(found[name]) for name in ("contents", "norms", "keys", "key")))
        read = Manifest(statement, _whole(found["lines"]), bytes.fromhex(_text(found["root"])), marks)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormError(f"a part is missing or wrong ({type(error).__name__}: {error})") from None
    return read


def _signer(data: Mapping[str, Any] | None) -> Signer | None:
    if data is None:
        return None
    return Signer(_text(data["name"]), _text(data["role"]), _text(data["mandate"]), parse_moment(data["at"]))


# -- bytes and values --------------------------------------------------------------------------------
def read_json(data: bytes) -> dict[str, Any]:
    """An object that is written in the one way (core/chain.canonical). Raises FormError."""
    try:
        found = json.loads(data)
        same = isinstance(found, dict) and canonical(found) == data
    except (ValueError, RecursionError):
        raise FormError("no readable JSON") from None
    if not same:
        raise FormError("not written in the one way: an object, keys in order, no spaces")
    return dict(found)


def parse_moment(text: str) -> datetime:
    """A moment from its one form, ``2026-11-25T09:30:00.000000Z``. Raises ValueError."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or moment(found) != text:
        raise ValueError(f"not a moment in UTC with microseconds: {text!r:.60}")
    return found


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"a whole number was expected, not {value!r:.60}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"a text was expected, not {value!r:.60}")
    return value


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: _text(value) for key, value in values.items()}


def _word(value: Assurance | Shows | None) -> str | None:
    return None if value is None else value.name.lower()


def _assurance(word: str | None) -> Assurance | None:
    return None if word is None else Assurance[word.upper()]


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else parse_day(text)
