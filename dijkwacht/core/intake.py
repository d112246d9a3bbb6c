"""From the rows of a workbook to a plan: what each row claims or answers, and everything that is wrong with it.

Nothing is written here and nothing is guessed. A plan with a problem is not carried out, not even in part: the person
corrects the file and tries again. A remark stands in nobody's way.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from dijkwacht.core.catalog import Norms
from dijkwacht.core.facts import FactType, Subject
from dijkwacht.core.intake_columns import Layout, propose_layout, propose_mapping
from dijkwacht.core.intake_numbers import Numbers
from dijkwacht.core.intake_plan import Answered, Claim, Plan
from dijkwacht.core.intake_values import (
    CellError,
    Claimed,
    find_subject,
    plain,
    read_claim,
    read_day,
    read_text,
    read_value,
    shown,
)
from dijkwacht.core.sheets import Cell, Odd, Place, Problem, Row, Sheet

__all__ = ["Answered", "Claim", "Claimed", "Layout", "Plan", "interpret", "propose_layout", "propose_mapping"]


def interpret(
    sheet: Sheet,
    layout: Layout,
    norms: Norms,
    *,
    on: date,
    subjects: Sequence[Subject] = (),
    catalog: str | None = None,
) -> Plan:
    """What the rows under the header say on day ``on``. ``catalog`` settles numbers that several norms have."""
    reading = _Reading(sheet, layout, norms, on, subjects)
    reading.catalog = catalog or reading.likely_catalog()
    for row in reading.rows:
        reading.read(row)
    reading.find_duplicates()
    if not (reading.claims or reading.answers or reading.problems):
        reading.problems.append(Problem("nothing_to_import", Place(sheet.name)))
    return Plan(
        tuple(reading.claims),
        tuple(reading.answers),
        tuple(sorted(reading.remarks, key=_by_place)),
        tuple(sorted(reading.problems, key=_by_place)),
        reading.unanswered,
        reading.catalog,
    )


def _by_place(problem: Problem) -> tuple[int, int]:
    return problem.place.row or 0, -1 if problem.place.column is None else problem.place.column


class _Reading:
    """One pass over a sheet."""

    def __init__(self, sheet: Sheet, layout: Layout, norms: Norms, on: date, subjects: Sequence[Subject]) -> None:
        self.sheet, self.columns, self.norms, self.on, self.subjects = sheet, layout.columns, norms, on, subjects
        header = next((row.cells for row in sheet.rows if row.number == layout.header), ())
        # a long list often repeats its header
        self.rows = [row for row in sheet.rows if row.number > layout.header and row.cells != header]
        self.numbers = Numbers(norms)
        self.questions = _questions(norms)
        self.catalog: str | None = None
        self.claims: list[Claim] = []
        self.answers: list[Answered] = []
        self.remarks: list[Problem] = []
        self.problems: list[Problem] = []
        self.unanswered = 0

    def _problem(self, row: Row, role: str, code: str, **params: str) -> None:
        self.problems.append(Problem(code, Place(self.sheet.name, row.number, self.columns.get(role)), params))

    def _cell(self, row: Row, role: str) -> Cell:
        return row.cell(self.columns.get(role))

    # -- rows ------------------------------------------------------------------------------------
    def likely_catalog(self) -> str | None:
        """The norm that most rows can only belong to; None when there is no single one."""
        votes: dict[str, int] = {}
        for row in self.rows:
            ids = self.numbers.find(self._cell(row, "number")).ids
            if len(ids) == 1:
                name = ids[0].partition(":")[0]
                votes[name] = votes.get(name, 0) + 1
        most = max(votes.values(), default=0)
        first = [name for name, count in votes.items() if count == most]
        return first[0] if len(first) == 1 else None

    def read(self, row: Row) -> None:
        """Adds what one row says, or what is wrong with it."""
        if self._odd_cells(row):
            return
        if self._cell(row, "answer") is None:
            self.unanswered += self._asks(row)
            return
        number, question = self._cell(row, "number"), self._cell(row, "question")
        if number is not None:
            self._read_claim(row, number)
        elif question is not None:
            self._read_answer(row, question)
        else:
            self._problem(row, "number" if "number" in self.columns else "question", "answer_without_number")

    def _odd_cells(self, row: Row) -> bool:
        """Whether a cell holds a formula or a fault. A formula is refused wherever it stands: what it shows can lie."""
        roles = {column: role for role, column in self.columns.items()}
        found = False
        for column, cell in enumerate(row.cells):
            if isinstance(cell, Odd) and (cell is Odd.FORMULA or column in roles):
                code = "not_a_date" if cell is Odd.NO_DATE else cell.value
                params = {"value": shown(cell)} if cell is Odd.NO_DATE else {}
                self.problems.append(Problem(code, Place(self.sheet.name, row.number, column), params))
                found = True
        return found

    def _asks(self, row: Row) -> bool:
        """Whether a row without an answer stands for something that could have had one."""
        return (
            bool(self.numbers.find(self._cell(row, "number")).ids)
            or self._fact_type(self._cell(row, "question")) is not None
        )

    def _read_claim(self, row: Row, number: Cell) -> None:
        try:
            answer = read_claim(self._cell(row, "answer"))
        except CellError as error:
            self._problem(row, "answer", error.code, **error.params)
            self._requirement(row, number)  # so that everything wrong with the row is told at once
            return
        if answer is None:
            self.unanswered += 1
            return
        requirement = self._requirement(row, number)
        if requirement is None:
            return
        rest = self._rest(row)
        kind = self.norms.requirements[requirement].subject
        subject = self._subject(row, kind) if kind != "organisation" else None
        if rest is not None:
            self.claims.append(Claim(requirement, answer, row.number, subject=subject, **rest))

    def _read_answer(self, row: Row, question: Cell) -> None:
        fact_type = self._fact_type(question)
        if fact_type is None:
            self._problem(row, "question", "unknown_question", value=shown(question))
            return
        try:
            value = read_value(self._cell(row, "answer"), fact_type, on=self.on, subjects=self.subjects)
        except CellError as error:
            self._problem(row, "answer", error.code, **error.params)
            return
        subject = None
        if fact_type.subject != "organisation":
            subject = self._subject(row, fact_type.subject)
            if subject is None:
                if self._cell(row, "subject") is None:
                    self._problem(row, "subject", "subject_needed", kind=fact_type.subject)
                return
        rest = self._rest(row)
        if rest is not None:
            self.answers.append(Answered(fact_type.id, subject, value, row.number, **rest))

    # -- parts of a row --------------------------------------------------------------------------
    def _requirement(self, row: Row, cell: Cell) -> str | None:
        """The requirement that a row is about; None, with a problem or a remark, when there is none."""
        found = self.numbers.find(cell)
        ids = found.ids
        if not ids:
            self._problem(row, "number", f"number_{found.code}", value=shown(cell))
            return None
        if len(ids) > 1:
            ids = tuple(each for each in ids if each.partition(":")[0] == self.catalog)
            if len(ids) != 1:
                self._problem(row, "number", "number_ambiguous", value=shown(cell), ids=", ".join(found.ids))
                return None
        return ids[0] if ids[0] in self.norms.requirements else self._moved(row, ids[0])

    def _moved(self, row: Row, identity: str) -> str | None:
        """Where a withdrawn number went; None, with a remark, when it went nowhere."""
        gone = self.numbers.withdrawn[identity]
        target = gone.moved_to
        if target is not None:
            target = target if ":" in target else f"{identity.partition(':')[0]}:{target}"
        if target in self.norms.requirements:
            self._remark(row, "number_moved", number=identity, to=str(target))
            return target
        code = "number_no_measure" if gone.kind == "no_measure" else "number_withdrawn"
        self._remark(row, code, number=identity)
        return None

    def _remark(self, row: Row, code: str, **params: str) -> None:
        place = Place(self.sheet.name, row.number, self.columns.get("number"))
        self.remarks.append(Problem(code, place, params))

    def _rest(self, row: Row) -> dict[str, Any] | None:
        """Explanation, evidence, day and owner; None, with problems, when one cannot be read."""
        rest: dict[str, Any] = {}
        for role in ("explanation", "evidence", "owner"):
            rest[role] = read_text(self._cell(row, role))
        try:
            rest["day"] = read_day(self._cell(row, "date"), on=self.on)
        except CellError as error:
            self._problem(row, "date", error.code, **error.params)
            return None
        return rest

    def _subject(self, row: Row, kind: str) -> str | None:
        """The subject that a row names; the only one there is when it names none; None when that is not clear."""
        named = self._cell(row, "subject")
        if named is None:
            of_kind = [each.id for each in self.subjects if each.kind == kind]
            return of_kind[0] if len(of_kind) == 1 else None
        try:
            return find_subject(read_text(named), kind, self.subjects).id
        except CellError as error:
            self._problem(row, "subject", error.code, **error.params)
            return None

    def _fact_type(self, cell: Cell) -> FactType | None:
        return self.questions.get(plain(cell)) if isinstance(cell, str) else None

    # -- the whole -------------------------------------------------------------------------------
    def find_duplicates(self) -> None:
        """One problem per row that answers what an earlier row answered."""
        self._duplicates(
            "number", [(each.row, (each.requirement, each.subject), each.requirement) for each in self.claims]
        )
        self._duplicates(
            "question", [(each.row, (each.fact_type, each.subject), each.fact_type) for each in self.answers]
        )

    def _duplicates(self, role: str, lines: Sequence[tuple[int, Any, str]]) -> None:
        first: dict[Any, int] = {}
        for row, key, name in lines:
            if key in first:
                place = Place(self.sheet.name, row, self.columns.get(role))
                self.problems.append(Problem("duplicate", place, {"name": name, "row": str(first[key])}))
            first.setdefault(key, row)


def _questions(norms: Norms) -> Mapping[str, FactType]:
    """Fact types by their id and by their exact question; a text that two types share names neither."""
    found: dict[str, FactType | None] = {}
    for key, fact_type in _named(norms):
        found[key] = fact_type if found.get(key, fact_type) is fact_type else None
    return {key: fact_type for key, fact_type in found.items() if fact_type is not None}


def _named(norms: Norms) -> Iterator[tuple[str, FactType]]:
    for fact_type in norms.fact_types.values():
        for text in {fact_type.id, *fact_type.question.values()}:
            yield plain(text), fact_type
