"""The statement of applicability (ISO 27001 clause 6.1.3 d, BIO2 part 1 section 18): whole for the house, and one to publish.

What would help an attacker stays out of the one to publish: why a line has its verdict, what systems and suppliers are
called, evidence, who answered, and of exceptions all but how many, on which numbers, till when and in which role they were
granted. Of a verdict it only tells whether the line is in order: that one is partly, not, or not demonstrably so shows where
to look. ``publication`` of the account says
whether the exceptions are counted; nothing there can bring reasons or names into it.
"""

from collections.abc import Sequence

from dijkwacht.adapters.documents.annex import Annex
from dijkwacht.adapters.documents.applicability_texts import TEXTS
from dijkwacht.adapters.documents.exceptions import granted
from dijkwacht.adapters.documents.lists import facts_sheet, lines_sheet
from dijkwacht.adapters.documents.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Note,
    Paragraph,
    Product,
    Sheet,
    Table,
)
from dijkwacht.adapters.documents.telling import Telling
from dijkwacht.adapters.documents.wording import Say
from dijkwacht.core.criteria import facts_of
from dijkwacht.core.statement import StatementLine
from dijkwacht.core.verdict import Status

_OPEN = ("not_asked", "expired", "contradicted", "not_shared")  # what leaves open whether a line applies


_PART1 = "bio2:part1."  # what BIO2 asks of the management system, beside its measures


class Applicability:
    """The statement of applicability of one statement."""

    def __init__(self, told: Telling) -> None:
        self.told, self.say = told, Say(TEXTS, told.language)
        self.exempted = granted(told)
        self.annex = Annex(told, self.exempted)

    def whole(self) -> Product:
        """For the organisation itself, its auditor and its supervisor."""
        told, say = self.told, self.say
        blocks: list[Block] = [
            Paragraph(self._answer(), "lead"),
            told.identity(to=say("for_inside")),
            told.bar(),
            Heading(say("reading")),
            *self._reading(),
            *told.doubts(),
            *self._themes(public=False),
            *self._exceptions_annex(),
            told.signature,
        ]
        document = told.document(say("title"), blocks, wide=True)
        book = told.book(
            say("title"), self._sheet(public=False), self.annex.sheet(), lines_sheet(told), facts_sheet(told)
        )
        return Product(document, book)

    def public(self) -> Product:
        """To publish."""
        told, say = self.told, self.say
        blocks: list[Block] = [
            Paragraph(self._answer(), "lead"),
            told.identity(public=True),
            Heading(say("reading")),
            *self._reading(public=True),
            *told.doubts(),
            *self._themes(public=True),
            *self._exceptions_counted(),
            told.signature,
        ]
        document = told.document(say("title"), blocks, public=True)
        book = told.book(say("title"), self._sheet(public=True), public=True)
        return Product(document, book)

    def _answer(self) -> str:
        by = [self.applies(line) for line in self.told.lines]
        asked = [line for line in self.told.lines if line.status is not Status.NOT_APPLICABLE]
        placed = sum(line.status is Status.MET for line in asked)
        told = self.say(
            "answer", n=len(by), organisation=self.told.statement.organisation.name, yes=by.count("yes"), no=by.count("no"),
            open=by.count("open"),
        )  # fmt: skip
        return f"{told} {self.say('placed', placed=placed, n=len(asked))}"

    def _reading(self, *, public: bool = False) -> list[Block]:
        say = self.say
        catalogs = dict.fromkeys(line.requirement.partition(":")[0] for line in self.told.lines)
        why = [
            f"{self.told.catalog_short(each)}: {say(key)}" for each in catalogs if (key := f"included_{each}") in TEXTS
        ]
        return [
            Paragraph(say("explained")),
            Bullets(tuple(why)),
            Note(say("not_inside"), say("not_inside_public")) if public else Note(say("inside"), say("inside_whole")),
        ]

    def applies(self, line: StatementLine) -> str:
        """``yes``, ``no``, or ``open`` when the answer on which that hangs is missing."""
        if line.status is Status.NOT_APPLICABLE:
            return "no"
        rule = self.told.rule(line)
        if line.status is Status.UNKNOWN and rule and rule.applies_if is not None:
            asked = facts_of(rule.applies_if)
            if any(reason.code in _OPEN and reason.fact_type in asked for reason in line.reasons):
                return "open"
        return "yes"

    def why(self, line: StatementLine, *, public: bool) -> str:
        """Why it applies or not. To publish: without what the organisation answered."""
        applies, catalog = self.applies(line), line.requirement.partition(":")[0]
        if applies == "yes":
            key = "because_part1" if line.requirement.startswith(_PART1) else f"because_{catalog}"
            return self.say(key if key in TEXTS else "because")
        if public:
            return self.say("not_there" if applies == "no" else "not_known")
        return self.told.telling_reasons(line)

    def stand(self, line: StatementLine, *, public: bool) -> str | Cell:
        """How far it is: the verdict, or to publish only whether it is in place."""
        if not public:
            return self.told.status(line)
        if line.status is Status.NOT_APPLICABLE:
            return "–"
        return self.say("in_place" if line.status is Status.MET else "not_yet")

    def _themes(self, *, public: bool) -> list[Block]:
        blocks: list[Block] = []
        catalog = ""
        for name, theme, lines in self.told.themes(self.told.lines):
            if name != catalog:
                blocks.append(Heading(self.told.catalog_name(name), fresh=bool(catalog) or not public))
                catalog = name
            blocks += [Heading(theme, 2), self._table(theme, lines, public=public)]
        return blocks

    def _table(self, theme: str, lines: Sequence[StatementLine], *, public: bool) -> Table:
        say, told = self.say, self.told
        titles = ("number", "measure", "applies", "why", "stand", *(() if public else ("remark",)))
        widths = (1.9, 0, 2.1, 4.4, 3.5) if public else (2.0, 5.6, 2.2, 4.0, 3.0, 0)
        columns = [Column(say(title), width) for title, width in zip(titles, widths, strict=True)]
        rows = []
        for line in self._once(lines) if public else lines:
            row: list[str | Cell] = [
                told.number(line),
                told.title(line) if public else told.titled(line),
                say(f"applies_{self.applies(line)}"),
                self.why(line, public=public),
                self.stand(line, public=public),
            ]
            if not public:
                row.append(self.remark(line))
            rows.append(tuple(row))
        return Table(say("table", theme=theme), tuple(columns), tuple(rows))

    def _once(self, lines: Sequence[StatementLine]) -> list[StatementLine]:
        """Each requirement once, by the line that is least far: how many subjects there are is nobody's business."""
        far = [Status.NOT_APPLICABLE, Status.MET, Status.PARTLY, Status.UNKNOWN, Status.NOT_MET]
        worst: dict[str, StatementLine] = {}
        for line in lines:
            held = worst.setdefault(line.requirement, line)
            if far.index(line.status) > far.index(held.status):
                worst[line.requirement] = line
        return list(worst.values())

    def remark(self, line: StatementLine) -> str:
        """Why it is as far as it is; of what is in order how sure, of what does not apply nothing more."""
        told = self.told
        parts = []
        if line.status is Status.MET:
            parts.append(self.say.count("shown", len(told.reasons(line)), how=told.shown_words(line)))
        elif line.status is not Status.NOT_APPLICABLE and self.applies(line) == "yes":
            parts.append(told.telling_reasons(line, most=2))
        numbers = [at + 1 for at, each in enumerate(self.exempted) if line in each.lines]
        if numbers:
            parts.append(self.say("see_exception", numbers=", ".join(map(str, numbers))))
        if doubt := told.uncertain(line):
            parts.append(self.say("doubt", doubt=doubt))
        return "\n".join(parts)

    def _exceptions_annex(self) -> list[Block]:
        """What does not apply and what is deviated from: BIO2 part 1, section 14 wants both in this annex."""
        say = self.say
        blocks: list[Block] = [
            Heading(say("exceptions"), fresh=True),
            Heading(say("left_out"), 2),
            self._left_out(),
            Heading(say("deviations"), 2),
            Paragraph(say("exceptions_law")),
        ]
        if not self.exempted:
            return [*blocks, Paragraph(say("no_exceptions"))]
        return [*blocks, self.annex.table()]

    def _left_out(self) -> Block:
        say, told = self.say, self.told
        lines = [line for line in told.lines if line.status is Status.NOT_APPLICABLE]
        if not lines:
            return Paragraph(say("nothing_left_out"))
        columns = (Column(say("number"), 2.2), Column(say("measure"), 9.0), Column(say("why")))
        rows = tuple((told.number(line), told.titled(line), self.why(line, public=False)) for line in lines)
        return Table(say("left_out"), columns, rows)

    def _exceptions_counted(self) -> list[Block]:
        say, account = self.say, self.told.account
        rules = account.about.get("publication", {}) if account else {}
        if not rules.get("exceptions_annex", True):
            return []
        out = dict.fromkeys(self.told.number(line) for line in self.told.lines if self.applies(line) == "no")
        left_out = say("left_out_public", numbers=", ".join(out)) if out else say("nothing_left_out")
        head: list[Block] = [Heading(say("exceptions")), Paragraph(left_out)]
        if not self.exempted:
            return [*head, Paragraph(say("no_exceptions"))]
        return [*head, *self.annex.public()]

    def _sheet(self, *, public: bool) -> Sheet:
        say, told = self.say, self.told
        titles = ["id", "number", "measure", "applies", "why", "stand", *([] if public else ["subject", "remark"])]
        rows = []
        for line in self._once(told.lines) if public else told.lines:
            stand = self.stand(line, public=public)
            row = [
                line.requirement, told.number(line), told.title(line), say(f"applies_{self.applies(line)}"),
                self.why(line, public=public), stand.text if isinstance(stand, Cell) else stand,
            ]  # fmt: skip
            row += [] if public else [told.about(line), self.remark(line)]
            rows.append(tuple(row))
        return Sheet(say("sheet"), tuple(say(title) for title in titles), tuple(rows))
