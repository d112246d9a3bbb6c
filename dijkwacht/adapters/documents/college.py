"""The statement of the board (collegeverklaring): on DigiD with annexes B and C of a connection, on Suwinet, on other lines.

No public source gives the official form. What public sources do tell is kept: one statement per reference date, an
annex per connection, the verdict per number with how much must be shown, and what a supplier's own auditor covers. That
the division over B and C is ours stands in the paper itself.
"""

from collections.abc import Sequence
from functools import cached_property

from dijkwacht.adapters.documents.college_texts import TEXTS
from dijkwacht.adapters.documents.exceptions import exceptions
from dijkwacht.adapters.documents.lists import evidence_sheet, facts_sheet, lines_sheet
from dijkwacht.adapters.documents.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Note,
    Paragraph,
    Product,
    Table,
)
from dijkwacht.adapters.documents.safe import brief, clipped
from dijkwacht.adapters.documents.telling import SHORT, Telling
from dijkwacht.adapters.documents.wording import Say
from dijkwacht.core.facts import Shows
from dijkwacht.core.statement import StatementLine, UsedFact
from dijkwacht.core.text import capital
from dijkwacht.core.verdict import Status

_FAR = (Status.NOT_MET, Status.PARTLY, Status.UNKNOWN)


class BoardStatement:
    """The statement of the board on one account: ``which`` is ``digid``, ``suwinet``, or ``line`` for any other."""

    def __init__(self, told: Telling, which: str) -> None:
        self.told, self.which, self.say = told, which, Say(TEXTS, told.language)

    def product(self) -> Product:
        """The statement with its annexes in one paper, also to be worked on further, and its lists."""
        told, say = self.told, self.say
        title = say(f"title_{self.which}", account=told.account_name)
        blocks: list[Block] = [
            Paragraph(self._answer(), "lead"),
            *self._incomplete(),
            *told.interim(),
            Paragraph(say("declares", board=capital(told.board), organisation=told.statement.organisation.name)),
            Bullets(tuple(self._declared())),
            Heading(say("result")),
            told.bar(),
            *self._open(),
            Heading(say("basis")),
            Paragraph(self._demand()),
            *self._law(),
            *told.doubts(say(f"form_{self.which}")),
            told.signature,
            Heading(say("which"), 2),
            told.identity(),
            *self._annexes(),
        ]
        book = told.book(title, lines_sheet(told), facts_sheet(told), evidence_sheet(told))
        return Product(told.document(title, blocks), book)

    def _answer(self) -> str:
        told = self.told
        asked = [line for line in told.lines if line.status is not Status.NOT_APPLICABLE]
        met = sum(line.status is Status.MET for line in asked)
        places = {"on": told.day(told.statement.on), "met": met, "n": len(asked), "subject": self._name(self.about[0])}
        if not asked:
            return self.say("answer_nothing", **places)
        several = self.which == "digid" and len(self.about) > 1
        said = self.say("answer_digid_n" if several else f"answer_{self.which}", connections=len(self.about), **places)
        rest = told.counts(asked)
        del rest[Status.MET]
        return f"{said} {self.say('rest', counts=told.counts_words(rest))}" if rest else said

    @cached_property
    def about(self) -> Sequence[str]:
        """What the lines are about: of DigiD each connection, in the order of the statement; else the whole."""
        whole = self.told.statement.subject
        found = list(dict.fromkeys(line.subject for line in self.told.lines)) if self.which == "digid" else []
        return found or [whole]

    def _name(self, subject: str) -> str:
        return self.told.names.get(subject, subject)

    def _titled(self, line: StatementLine) -> str:
        """The title; with the connection only where there are several."""
        one = self.which == "digid" and len(self.about) == 1
        return self.told.title(line) if one else self.told.titled(line)

    def _incomplete(self) -> list[Block]:
        account = self.told.account
        if account is None or account.complete:
            return []
        return [Note(self.say("incomplete"), self.say("incomplete_means"), loud=True)]

    def _declared(self) -> list[str]:
        told, say = self.told, self.say
        exempted = len(exceptions(told))
        return [
            say("declared_responsible_line" if self.which == "line" else "declared_responsible"),
            say("declared_judged", on=told.day(told.statement.on), known=told.day(told.statement.known_at)),
            say("declared_open"),
            say.count("declared_exceptions", exempted) if exempted else say("declared_no_exceptions"),
        ]

    def _open(self) -> list[Block]:
        """What is not in order: by number, without how; the worst first."""
        say, told = self.say, self.told
        far = sorted((line for line in told.lines if line.status in _FAR), key=lambda line: _FAR.index(line.status))
        if not far:
            return [Paragraph(say("all_in_order"))]
        columns = (Column(say("number"), 2.6), Column(say("norm")), Column(say("verdict"), 3.4))
        rows = tuple((told.number(line), self._titled(line), told.status(line)) for line in far)
        return [Paragraph(say("open")), Table(say("open"), columns, rows)]

    def _demand(self) -> str:
        told, account = self.told, self.told.account
        if account is None:
            return self.say("demand_unknown")
        demand = account.demand
        shows = told.words.shows(demand.shows) if demand.shows is not None else self.say("per_number")
        parts = [self.say("demand", least=told.words.assurance(demand.least_assurance), shows=shows)]
        if demand.operation_for:
            numbers = ", ".join(sorted(each.partition(":")[2] for each in demand.operation_for))
            parts.append(self.say("demand_operation", shows=told.words.shows(Shows.OPERATION), numbers=numbers))
        if demand.comparable_event:
            parts.append(self.say("demand_event"))
        if by := told.text(account.about.get("assurance_by")):
            parts.append(self.say("demand_by", by=by))
        return " ".join(parts)

    def _law(self) -> list[Block]:
        account = self.told.account
        law = str(account.about.get("legal_basis") or "") if account else ""
        return [Paragraph(self.say("law", law=law), "small")] if law else []

    def _annexes(self) -> list[Block]:
        """Of DigiD an annex B and C for each connection."""
        if self.which != "digid":
            return self._verdicts(f"annex_{self.which}", f"annex_{self.which}_what", self.told.lines)
        blocks: list[Block] = []
        for subject in self.about:
            lines = [line for line in self.told.lines if line.subject == subject]
            blocks += [*self._annex_b(subject, lines), *self._verdicts("annex_c", "annex_c_what", lines, subject)]
        return blocks

    def _annex_b(self, subject: str, lines: Sequence[StatementLine]) -> list[Block]:
        """What the connection is, and who runs which part of it: the facts about the connection itself."""
        say, told = self.say, self.told
        facts: dict[str, UsedFact] = {}
        for line in lines:
            for fact in line.facts:
                if fact.subject != told.statement.organisation.slug:
                    facts.setdefault(fact.id, fact)
        own = [fact for fact in facts.values() if fact.subject == subject]
        others = [fact for fact in facts.values() if fact.subject != subject]
        return [
            Heading(say("annex_b", subject=self._name(subject)), fresh=True),
            Paragraph(say("annex_b_what")),
            Note(say("add"), say("annex_b_number")),
            Heading(say("connection"), 2),
            *self._facts(say("connection"), own),
            Heading(say("around"), 2),
            *self._facts(say("around"), others),
        ]

    def _facts(self, about: str, facts: Sequence[UsedFact]) -> list[Block]:
        say, told = self.say, self.told
        if not facts:
            return [Paragraph(say("no_facts"))]
        columns = (
            Column(say("question")),
            Column(say("value"), 4.2),
            Column(say("sure"), 2.6),
            Column(say("who"), 3.9),
        )
        rows = tuple(
            (
                told.words.question(fact.fact, fact.subject, told.names),
                brief(told.words.value(fact.fact, fact.value, told.names)),
                told.words.assurance(fact.assurance),
                f"{self._who(fact)}, {told.day(fact.recorded_at)}",
            )
            for fact in sorted(facts, key=self._place)
        )
        return [Table(about, columns, rows)]

    def _who(self, fact: UsedFact) -> str:
        words = self.told.words
        return clipped(words.speaker(fact.said_by) or words.origin(fact.origin), 80)

    def _place(self, fact: UsedFact) -> tuple[bool, str, str]:
        """What it points to comes first: which system, which supplier."""
        known = self.told.norms.fact_types.get(fact.fact)
        return known is None or known.value != "reference", fact.subject_name, fact.fact

    def _verdicts(self, heading: str, what: str, lines: Sequence[StatementLine], subject: str = "") -> list[Block]:
        say, told = self.say, self.told
        columns = (
            Column(say("number"), 1.8), Column(say("norm"), 4.0), Column(say("asked"), 1.8), Column(say("verdict"), 2.7),
            Column(say("remark")),
        )  # fmt: skip
        blocks: list[Block] = [
            Heading(say(heading, subject=self._name(subject)), fresh=bool(subject)),
            Paragraph(say(what)),
        ]
        for _, theme, found in told.themes(lines):
            rows = tuple(self._verdict(line, subject) for line in found)
            blocks += [Heading(theme, 2), Table(say("verdicts", theme=theme), columns, rows), *self._doubts(found)]
        return blocks

    def _doubts(self, lines: Sequence[StatementLine]) -> list[Block]:
        """Under a table what the packs doubt about its numbers, each doubt once."""
        doubts: dict[str, list[str]] = {}
        for line in lines:
            doubts.setdefault(self.told.uncertain(line), []).append(self.told.number(line))
        return [
            Paragraph(self.say("doubt", numbers=", ".join(dict.fromkeys(numbers)), doubt=doubt), "small")
            for doubt, numbers in doubts.items()
            if doubt
        ]

    def _verdict(self, line: StatementLine, subject: str) -> tuple[str | Cell, ...]:
        say, told = self.say, self.told
        rule, account = told.rule(line), told.account
        asked = told.words.shows(account.demand.shows_of(rule)) if rule and account else "–"
        parts = [told.telling_reasons(line, most=2)]
        if line.status is Status.MET:
            parts = [say.count("shown", len(told.reasons(line)), how=told.shown_words(line))]
        hashes = sorted({mark.sha256[:SHORT] for fact in line.facts for mark in fact.evidence})
        if hashes:
            parts.append(say.count("evidence", len(hashes), hashes=", ".join(f"{each}…" for each in hashes[:3])))
        title = told.title(line) if line.subject == subject else told.titled(line)
        return told.number(line), title, asked, told.status(line), "\n".join(each for each in parts if each)
