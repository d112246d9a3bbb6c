"""The file for the supervisor of the Cyberbeveiligingswet: the ten measures of article 21 paragraph 3, and the other duties."""

from collections.abc import Sequence

from dijkwacht.adapters.documents.auditor import AuditorPack
from dijkwacht.adapters.documents.lists import evidence_sheet, facts_sheet, lines_sheet
from dijkwacht.adapters.documents.model import Block, Cell, Column, Heading, Paragraph, Product, Table
from dijkwacht.adapters.documents.telling import Telling
from dijkwacht.adapters.documents.wording import Pair, Say
from dijkwacht.core.statement import StatementLine
from dijkwacht.core.text import capital
from dijkwacht.core.verdict import Status

_TEN = "cbw:21.3."  # the numbers of article 21 paragraph 3, a to j
_TEXTS: dict[str, Pair] = {
    "title": ("Dossier Cyberbeveiligingswet", "File on the Cyberbeveiligingswet"),
    "answer": (
        "Van de {n} punten waarop wij onszelf aan de Cyberbeveiligingswet toetsen, waren er op {on} {met} op orde. {rest}",
        "Of the {n} points on which we check ourselves by the Cyberbeveiligingswet, {met} were in order on {on}. {rest}",
    ),
    "rest": ("De andere: {counts}.", "The others: {counts}."),
    "what": (
        "Dit dossier laat per plicht zien hoe {organisation} ervoor staat, waarom wij dat vinden, op welke gegevens dat rust, "
        "wie die gaf en welk bewijs daaronder ligt. Wat voor elk bestuurslid geldt, staat er per lid. De titels zijn onze "
        "eigen korte omschrijving; de wet beslist.",
        "This file shows for each duty how {organisation} stands, why we think so, on which facts that rests, who gave those and "
        "which evidence lies below. What holds for each member of the board stands there for each. The titles are our own short "
        "description; the act decides.",
    ),
    "essential": (
        "Een gemeente is door de wet zelf een essentiële entiteit (Cbw artikel 8).",
        "A municipality is an essential entity by the act itself (Cbw article 8).",
    ),
    "demand": (
        "Op orde betekent hier: de antwoorden zijn ten minste {least}. Is dat niet aangetoond, dan heet de plicht onbekend.",
        "In order means here: the answers are at least {least}. A duty of which that does not show is called unknown.",
    ),
    "overview": ("Overzicht", "Overview"),
    "ten": ("De tien maatregelen van artikel 21, derde lid", "The ten measures of article 21, paragraph 3"),
    "others": ("De andere plichten", "The other duties"),
    "each": ("Per plicht", "Duty by duty"),
    "basis": ("Artikel", "Article"),
    "duty": ("Plicht", "Duty"),
    "verdict": ("Oordeel", "Verdict"),
    "sure": ("Zekerheid; wat is aangetoond", "Assurance; what is shown"),
    "boards": (
        "Alle hashes in dit stuk zijn SHA-256, hier verkort; de lijst in de bijlage heeft ze heel.",
        "All hashes in this paper are SHA-256, shortened here; the attached list has them whole.",
    ),
}


class CbwFile:
    """The file of one statement on the Cyberbeveiligingswet."""

    def __init__(self, told: Telling) -> None:
        self.told, self.say = told, Say(_TEXTS, told.language)

    def product(self) -> Product:
        """The file: one paper with two overviews and every duty in full, and three lists."""
        told, say = self.told, self.say
        ten = [line for line in told.lines if line.requirement.startswith(_TEN)]
        others = [line for line in told.lines if not line.requirement.startswith(_TEN)]
        blocks: list[Block] = [
            Paragraph(self._answer(), "lead"),
            Paragraph(f"{say('what', organisation=told.statement.organisation.name)} {self._essential()}".strip()),
            *self._demand(),
            told.identity(),
            *told.doubts(),
            told.signature,
            Heading(say("overview")),
            told.bar(),
            Heading(say("ten"), 2),
            self._overview(say("ten"), ten),
            Heading(say("others"), 2),
            self._overview(say("others"), others),
            Heading(say("each"), fresh=True),
            Paragraph(say("boards"), "small"),
            *self._each(say("ten"), ten),
        ]
        for _, theme, lines in told.themes(others):
            blocks += self._each(theme, lines)
        book = told.book(say("title"), lines_sheet(told), facts_sheet(told), evidence_sheet(told))
        return Product(told.document(say("title"), blocks), book)

    def _answer(self) -> str:
        told = self.told
        counts = told.counts()
        rest = counts.copy()
        del rest[Status.MET]
        return self.say(
            "answer", on=told.day(told.statement.on), met=counts[Status.MET], n=len(told.lines),
            rest=self.say("rest", counts=told.counts_words(rest)) if rest else "",
        ).strip()  # fmt: skip

    def _essential(self) -> str:
        """In which capacity; of a joint arrangement that depends on its tasks, so nothing is said."""
        return self.say("essential") if self.told.statement.organisation.kind == "municipality" else ""

    def _demand(self) -> list[Block]:
        account = self.told.account
        if account is None:
            return []
        return [Paragraph(self.say("demand", least=self.told.words.assurance(account.demand.least_assurance)))]

    def _overview(self, about: str, lines: Sequence[StatementLine]) -> Table:
        say, told = self.say, self.told
        columns = (
            Column(say("basis"), 3.4),
            Column(say("duty")),
            Column(say("verdict"), 3.4),
            Column(say("sure"), 4.3),
        )
        rows: list[tuple[str | Cell, ...]] = []
        for line in lines:
            rule = told.rule(line)
            basis = (rule.basis if rule else "") or told.number(line)
            rows.append((basis, told.titled(line), told.status(line), capital(told.shown_words(line)) or "–"))
        return Table(about, columns, tuple(rows))

    def _each(self, theme: str, lines: Sequence[StatementLine]) -> list[Block]:
        if not lines:
            return []
        pack = AuditorPack(self.told)
        return [Heading(theme, 2), *(block for line in lines for block in pack.line(line))]
