"""Whether statements and keys are still what the trail says they are, and their packages what was signed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from dijkwacht.adapters.checking import Checked, check
from dijkwacht.adapters.package import PackageError
from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.marks import TABLES
from dijkwacht.apps.accountability.models import SigningKey, Statement, StatementState
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.held import Fault, Told, compare, told_entries
from dijkwacht.apps.trail.held_marks import Held, verify_marks
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.statement_form import read_json, read_leaf, salt

TOLD = ("number", "account", "subject", "on", "known_at", "counts", "root", "key", "package", "packs", "norms", "why")
ENDED = ("state", "ended_at", "ended_by_id", "ended_why", "ended_act")
STATEMENT = (*TOLD, *ENDED, "replaces__number", "signer_id", "signer_role", "act", "head_seq", "head_hash")
KEY = ("public", "previous", "endorsement", "since", "act", "until", "why", "ended_act", "lost_from", "lost_act")
MARKING = Q(
    act__in=[
        f"accountability.{verb}"
        for verb in ("prepared", "signed", "frozen", "remarked", "remark_answered", "remark_closed")
    ]
)
STANDS = dict(zip(ENDED, (StatementState.FROZEN.value, None, None, "", None), strict=True))
Detail = dict[str, Any]  # the detail of an entry, with its ``seq``, ``at``, ``by`` and ``about``


@dataclass(slots=True)
class _Telling:
    """Everything that the trail tells of statements (by their id, with who has which number) and keys (by number)."""

    first: datetime | None
    links: Mapping[int, str]
    statements: dict[str, Told] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    keys: dict[str, Told] = field(default_factory=dict)

    def frozen(self, entry: Detail) -> None:
        key, replaces = _id(entry["about"]), entry["replaces"]
        row = {name: entry[name] for name in TOLD} | STANDS
        row |= {"replaces__number": replaces, "signer_role": entry["role"], "act": entry["seq"]}
        row |= {"signer_id": entry["by"] if entry["role"] else None, "head_seq": entry["seq"] - 1}
        self.statements[key] = Told(entry["seq"], row | {"head_hash": self.links.get(entry["seq"])})
        self.numbers[entry["number"]] = key
        before = self.statements.get(self.numbers.get(replaces, ""))
        if before is not None and before.row["state"] == StatementState.FROZEN:
            _end(before, entry, StatementState.REPLACED)

    def withdrawn(self, entry: Detail) -> None:
        if (told := self.statements.get(_id(entry["about"]))) is not None:
            _end(told, entry, StatementState.WITHDRAWN)

    def made(self, entry: Detail) -> None:
        since = entry["at"] if self.keys or self.first is None else min(self.first, entry["at"])
        row = {name: entry[name] for name in ("public", "previous", "endorsement")}
        row |= {"since": since.replace(microsecond=0), "act": entry["seq"], "until": None, "why": "", "ended_act": None}
        row |= {"lost_from": None, "lost_act": None}
        self.keys[entry["about"]] = Told(entry["seq"], row)

    def ended(self, entry: Detail) -> None:
        if (told := self.keys.get(entry["about"])) is not None:
            until = max(entry["at"].replace(microsecond=0), told.row["since"])
            told.act, told.row = (
                entry["seq"],
                {**told.row, "until": until, "why": entry["why"], "ended_act": entry["seq"]},
            )

    def lost(self, entry: Detail) -> None:
        if (told := self.keys.get(entry["about"])) is not None:
            told.act, told.row = entry["seq"], {**told.row, "lost_from": entry["lost_from"], "lost_act": entry["seq"]}


def _end(told: Told, entry: Detail, state: StatementState) -> None:
    values = (state.value, entry["at"], entry["by"], entry["why"], entry["seq"])
    told.act, told.row = entry["seq"], told.row | dict(zip(ENDED, values, strict=True))


_READERS: Mapping[str, Callable[[_Telling, Detail], None]] = {
    "accountability.signed": _Telling.frozen,
    "accountability.frozen": _Telling.frozen,
    "accountability.withdrawn": _Telling.withdrawn,
    "accountability.key_made": _Telling.made,
    "accountability.key_ended": _Telling.ended,
    "accountability.key_lost": _Telling.lost,
}


def verify_statements(organisation: Organisation) -> Held:
    """The statements, drafts, remarks and keys that are not what the trail says, also those that are gone.

    The trail itself must be whole.
    """
    entries = Entry.objects.filter(organisation=organisation)
    links = dict(
        entries.filter(act__in=("accountability.signed", "accountability.frozen")).values_list("seq", "previous")
    )
    telling = _Telling(entries.filter(seq=1).values_list("at", flat=True).first(), links)
    for seq, at, person, act, about, detail in told_entries(organisation, acts=_READERS):
        _READERS[act](telling, {**detail, "seq": seq, "at": at, "by": person, "about": about.partition(":")[2]})
    rows = Statement.objects.filter(organisation=organisation).order_by("number")
    keys = SigningKey.objects.filter(organisation=organisation).order_by("act")
    held = verify_marks(organisation, TABLES, acts=MARKING)
    marked = [
        each for each in held.faulty if each.table != "frame" or each.fault is Fault.ALTERED
    ]  # the row is told below
    told = [
        *compare("statement", telling.statements, rows, STATEMENT),
        *compare("signing_key", telling.keys, keys, KEY, by="key"),
    ]
    return Held([*told, *marked], held.uncovered)


def verify_packages(organisation: Organisation) -> Iterator[Statement]:
    """The statements of which the package is gone, does not hold, or says something else than we do. Reads every one."""
    for row in Statement.objects.filter(organisation=organisation).select_related("organisation").order_by("number"):
        try:
            found = check(storage.package_of(row.package))
            same = found.full and _said(found) == _kept(row)
        except (storage.StorageError, PackageError, ValueError):  # ValueError: a seed that is none
            same = False
        if not same:
            yield row


def _said(found: Checked) -> tuple[object, ...]:
    """What a package says that no entry in the trail does; the salt of its first line shows the seed."""
    statement, signer = found.statement, found.statement.signer
    salted = [read_leaf(row)[1] for row in found.files["lines.jsonl"].splitlines()[:1]]
    return (
        statement.id, statement.number, statement.at, signer and (signer.name, signer.role, signer.mandate),
        found.files.get("timestamp.tsr"), read_json(found.files["signature.json"])["signature"], salted,
    )  # fmt: skip


def _kept(row: Statement) -> tuple[object, ...]:
    """The same as our own row has it."""
    signer = (row.signer_name, row.signer_role, row.mandate) if row.signed else None
    salted = [salt(bytes.fromhex(row.seed), "line 0")] if sum(row.counts.values()) else []
    stamp = None if row.stamp is None else bytes(row.stamp)
    return (row.id.hex, row.number, row.at, signer, stamp, row.signature, salted)


def _id(text: str) -> str:
    """The id of a statement as its row has it; what is no id stands for itself."""
    try:
        return str(UUID(text))
    except ValueError:
        return text
