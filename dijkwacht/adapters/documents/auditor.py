"""The auditor pack: every line with its reasons and facts, who said it and when, and the hash of the evidence."""

from itertools import groupby

from dijkwacht.adapters.documents.lists import evidence_sheet, facts_sheet, lines_sheet
from dijkwacht.adapters.documents.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Judged,
    Note,
    Paragraph,
    Product,
    Table,
)
from dijkwacht.adapters.documents.safe import brief, clipped
from dijkwacht.adapters.documents.telling import SHORT, Telling
from dijkwacht.adapters.documents.wording import Pair, Say
from dijkwacht.core.statement import StatementLine, UsedFact
from dijkwacht.core.text import capital
from dijkwacht.core.verdict import Status

_TEXTS: dict[str, Pair] = {
    "title": ("Auditorpakket: {account}", "Auditor pack: {account}"),
    "answer": (
        "Alle {n} regels van verklaring {number}, met de redenen van het oordeel, de gegevens waarop zij rusten, wie die gaf en "
        "wanneer, en de hash van het bewijs.",
        "All {n} lines of statement {number}, with the reasons of the verdict, the facts on which they rest, who gave those and "
        "when, and the hash of the evidence.",
    ),
    "check": ("Zelf nagaan", "Check it yourself"),
    "check_1": (
        "Bij dit stuk hoort een pakket met alle regels als gegevens. De opdracht ‘dijkwacht verify’ rekent het na, zonder onze "
        "database.",
        "With this paper comes a package with all lines as data. The command ‘dijkwacht verify’ checks it without our database.",
    ),
    "check_2": (
        "Een bewijsstuk is het juiste als zijn SHA-256 gelijk is aan de hash hier. De lijsten hebben de hele hash.",
        "A piece of evidence is the right one when its SHA-256 equals the hash here. The attached lists have the whole hash.",
    ),
    "check_3": (
        "Het nummer bij ‘spoor’ wijst naar de handeling waarmee het gegeven is vastgelegd.",
        "The number in the trail points to the act by which the fact was recorded.",
    ),
    "again": (
        "Op {day} opnieuw te beoordelen, ook zonder nieuw antwoord.",
        "To be judged again on {day}, also without a new answer.",
    ),
    "id": ("Kenmerk: {id}.", "Id: {id}."),
    "stale": ("Loopt af op {day} als er geen nieuw antwoord komt.", "Runs out on {day} unless a new answer comes."),
    "owner": ("Eigenaar: {owner}.", "Owner: {owner}."),
    "claim": ("De zelfevaluatie zei: {claim}.", "The self-assessment said: {claim}."),
    "was": ("In de vorige verklaring: {status}.", "In the statement before: {status}."),
    "basis": ("Grondslag: {basis}.", "Basis: {basis}."),
    "doubt": ("Onzeker", "Uncertain"),
    "facts": ("Gegevens onder {number}", "Facts under {number}"),
    "question": ("Vraag", "Question"),
    "value": ("Antwoord", "Answer"),
    "sure": ("Zekerheid", "Assurance"),
    "who": ("Wie, wanneer", "Who, when"),
    "proof": ("Bewijs (begin van SHA-256)", "Evidence (start of SHA-256)"),
    "act": ("spoor nr.\N{NO-BREAK SPACE}{act}", "trail no.\N{NO-BREAK SPACE}{act}"),
    "since": ("geldt vanaf {day}", "holds from {day}"),
    "from": ("overgenomen van {who}", "taken from {who}"),
    "no_facts": ("Onder deze regel zelf ligt geen gegeven.", "No fact lies under this line itself."),
}


class AuditorPack:
    """The auditor pack of one statement, whatever its account."""

    def __init__(self, told: Telling) -> None:
        self.told, self.say = told, Say(_TEXTS, told.language)

    def product(self) -> Product:
        """The pack: one paper, and three lists."""
        told, say = self.told, self.say
        title = say("title", account=told.account_name)
        blocks: list[Block] = [
            Paragraph(say("answer", n=len(told.lines), number=told.statement.number), "lead"),
            told.identity(),
            told.bar(),
            Heading(say("check")),
            Bullets((say("check_1"), say("check_2"), say("check_3"))),
            *told.doubts(),
            told.signature,
            *self.details(),
        ]
        book = told.book(title, lines_sheet(told), facts_sheet(told), evidence_sheet(told))
        return Product(told.document(title, blocks), book)

    def details(self) -> list[Block]:
        """Every line in full, by norm and theme."""
        blocks: list[Block] = []
        for _, group in groupby(self.told.themes(self.told.lines), lambda each: each[0]):
            for at, (catalog, theme, lines) in enumerate(group):
                if not at:
                    blocks.append(Heading(self.told.catalog_name(catalog), fresh=True))
                blocks.append(Heading(theme, 2))
                for line in lines:
                    blocks += self.line(line)
        return blocks

    def line(self, line: StatementLine) -> list[Block]:
        """One line: its verdict, what is beside it, its reasons, and its facts."""
        told, say = self.told, self.say
        blocks: list[Block] = [
            Heading(f"{told.number(line)} {told.titled(line)}", 3),
            Judged(line.status, capital(told.words.status(line.status)), self._beside(line)),
        ]
        if reasons := told.reasons(line):
            blocks.append(Bullets(tuple(brief(each) for each in reasons)))
        if doubt := told.uncertain(line):
            blocks.append(Note(say("doubt"), doubt))
        return [*blocks, self.facts(line) if line.facts else Paragraph(say("no_facts"), "small")]

    def _beside(self, line: StatementLine) -> str:
        told, say, rule, was = self.told, self.say, self.told.rule(line), self.told.was(line)
        return " ".join(
            each
            for each in (
                f"{capital(told.shown_words(line))}." if told.shown_words(line) else "",
                say("stale" if line.status is Status.MET else "again", day=told.day(line.stale_at))
                if line.stale_at
                else "",
                say("was", status=told.words.status(was.status)) if was else "",
                say("owner", owner=clipped(line.owner, 80)) if line.owner else "",
                say("claim", claim=told.words.claim(line.claim)) if line.claim else "",
                say("basis", basis=rule.basis) if rule and rule.basis else "",
                say("id", id=line.requirement),
            )
            if each
        )

    def facts(self, line: StatementLine) -> Table:
        """The facts under a line."""
        say = self.say
        columns = (
            Column(say("question")), Column(say("value"), 3.4), Column(say("sure"), 2.6), Column(say("who"), 3.4),
            Column(say("proof"), 2.8),
        )  # fmt: skip
        return Table(
            say("facts", number=self.told.number(line)), columns, tuple(self.fact(each) for each in line.facts)
        )

    def fact(self, fact: UsedFact) -> tuple[str | Cell, ...]:
        """One fact: question, answer, how sure, who and when, evidence."""
        told, say = self.told, self.say
        answer = brief(told.words.value(fact.fact, fact.value, told.names))
        who = [
            clipped(told.words.speaker(fact.said_by) or told.words.origin(fact.origin), 80),
            told.day(fact.recorded_at),
            say("since", day=told.day(fact.valid_from)) if fact.valid_from != fact.recorded_at else "",
            say("from", who=clipped(told.called(fact.inherited_from), 80)) if fact.inherited_from else "",
            say("act", act=fact.act),
        ]
        proof = "\n".join(each.sha256[:SHORT] for each in fact.evidence) or "–"
        return (
            told.words.question(fact.fact, fact.subject, told.names),
            f"{answer}\n{brief(fact.explanation)}" if fact.explanation else answer,
            told.words.assurance(fact.assurance),
            ", ".join(each for each in who if each),
            Cell(proof, code=True),
        )
