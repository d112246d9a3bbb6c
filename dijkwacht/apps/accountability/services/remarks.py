"""A remark about a line of a statement: made by who reads it, answered by the organisation, closed by who made it.

Each is an act in the organisation whose statement it is, and stands in its trail; also when a guest does it.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from dijkwacht.adapters.disclosing import disclose as chosen
from dijkwacht.adapters.package import PackageError
from dijkwacht.apps.accountability.marks import marked
from dijkwacht.apps.accountability.models import Remark, RemarkState, Statement
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.statement import StatementLine

Key = tuple[str, str]  # requirement, subject


def remark(
    row: Statement,
    *,
    line: Key,
    text: str,
    term: date,
    person: Person,
    reader: Organisation,
    on: date,
    at: datetime,
    lines: Collection[StatementLine] | None = None,
) -> Remark:
    """A new remark, open. ``reader``: the organisation for which the person looks. Raises Refusal: line, text, term.

    ``lines``: those of the statement, when they were opened already.
    """
    known = {(each.requirement, each.subject) for each in (lines or statements.opened(row).lines)}
    if line not in known:
        raise Refusal("line")
    if not text.strip():
        raise Refusal("text")
    if term < on:
        raise Refusal("term")
    with acting(row.organisation, person=person, on=on, at=at):
        made = Remark.objects.create(
            organisation=row.organisation, statement=row, requirement=line[0], subject=line[1], text=text.strip(),
            term=term, by=person, by_organisation=reader, at=at,
        )  # fmt: skip
        _write(
            made, "remarked", person, at, text=made.text, term=term, line=line[0], subject=line[1], reader=reader.slug
        )
    return made


def answer(found: Remark, *, text: str, action: str, person: Person, on: date, at: datetime) -> Remark:
    """The answer of the organisation. ``action``: where to read what is done. Raises Refusal: text, closed."""
    if not text.strip():
        raise Refusal("text")
    with acting(found.organisation, person=person, on=on, at=at):
        found = _locked(found)
        if found.state == RemarkState.CLOSED:
            raise Refusal("closed")
        found.state, found.answer, found.action = RemarkState.ANSWERED, text.strip(), action.strip()
        found.answered_by, found.answered_at = person, at
        found.save(update_fields=["state", "answer", "action", "answered_by", "answered_at"])
        _write(found, "remark_answered", person, at, answer=found.answer, action=found.action)
    return found


def close(found: Remark, *, person: Person, on: date, at: datetime) -> Remark:
    """Closes a remark: who made it is satisfied, or takes it back. Raises Refusal: closed."""
    with acting(found.organisation, person=person, on=on, at=at):
        found = _locked(found)
        if found.state == RemarkState.CLOSED:
            raise Refusal("closed")
        answered = found.state == RemarkState.ANSWERED
        found.state, found.closed_by, found.closed_at = RemarkState.CLOSED, person, at
        found.save(update_fields=["state", "closed_by", "closed_at"])
        _write(found, "remark_closed", person, at, answered=answered)
    return found


def disclose(row: Statement, lines: Sequence[str], *, person: Person, on: date, at: datetime) -> bytes:
    """A package with only these lines (``requirement@subject``), for who reads along; the trail tells which.

    Raises Refusal: line (no such line, or none), package (it does not hold any more); storage.StorageError.
    """
    named = list(dict.fromkeys(each.strip() for each in lines if each.strip()))
    if not all("@" in each for each in named):  # one requirement may have a line for each of many subjects
        raise Refusal("line")
    try:
        data = chosen(statements.package(row), named)
    except PackageError as error:
        raise Refusal("line" if error.file in ("", "lines.jsonl") else "package", reason=error.reason) from None
    with acting(row.organisation, person=person, on=on, at=at):
        record(
            row.organisation, person=person, act="accountability.disclosed", about=f"statement:{row.id.hex}",
            detail={"lines": named, "n": len(named), "number": row.number}, at=at,
        )  # fmt: skip
    return data


def _locked(found: Remark) -> Remark:
    """As it stands now that nobody else can act."""
    return Remark.objects.select_related("organisation", "statement").get(pk=found.pk)


def _write(found: Remark, verb: str, person: Person, at: datetime, **detail: object) -> None:
    record(
        found.organisation, person=person, act=f"accountability.{verb}", about=f"remark:{found.pk}",
        detail={"number": found.statement.number, **detail, ROWS: marked([found])}, at=at,
    )  # fmt: skip
