"""The letter by which the board informs the council (raadsinformatiebrief). Papers of a council are public: no detail in it."""

from collections import Counter
from collections.abc import Sequence

from dijkwacht.adapters.documents.exceptions import exceptions
from dijkwacht.adapters.documents.lists import public_sheet
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
from dijkwacht.adapters.documents.wording import Pair, Say
from dijkwacht.core.statement import StatementLine
from dijkwacht.core.verdict import Status

_TEXTS: dict[str, Pair] = {
    "title": ("Raadsinformatiebrief informatiebeveiliging", "Letter to the council on information security"),
    "title_shared": ("Informatiebrief informatiebeveiliging", "Letter to the general board on information security"),
    "salutation": ("Geachte leden van de raad,", "Dear members of the council,"),
    "salutation_shared": ("Geachte leden van het algemeen bestuur,", "Dear members of the general board,"),
    "answer": (
        "Met deze brief leggen wij verantwoording af over de informatiebeveiliging van {organisation}. Van de {n} eisen die "
        "voor ons gelden, waren er op {on} {met} op orde.",
        "With this letter we account for the information security of {organisation}. Of the {n} requirements that hold for us, "
        "{met} were in order on {on}.",
    ),
    "far_1": ("1 was dat deels of niet.", "1 was partly so or not."),
    "far_n": ("{n} waren dat deels of niet.", "{n} were partly so or not."),
    "unknown_1": ("Van 1 kunnen wij het nog niet aantonen.", "Of 1 we cannot show it yet."),
    "unknown_n": ("Van {n} kunnen wij het nog niet aantonen.", "Of {n} we cannot show it yet."),
    "why": ("Waarom deze brief", "Why this letter"),
    "why_1": (
        "Inwoners en ondernemers moeten erop kunnen vertrouwen dat hun gegevens bij ons veilig zijn en dat onze dienstverlening "
        "doorgaat. Voor de hele overheid geldt daarvoor één set eisen: de Baseline Informatiebeveiliging Overheid 2 (BIO2). Elk "
        "jaar gaan wij na in hoeverre wij daaraan voldoen. Daarover leggen wij verantwoording af aan {council}: de horizontale "
        "verantwoording van ENSIA.",
        "Residents and companies must be able to trust that their data are safe with us and that our services go on. Government "
        "as a whole has one set of requirements for that: the Baseline Informatiebeveiliging Overheid 2 (BIO2). Each year we "
        "look how far we meet it. Of that we give account to {council}: the horizontal account of ENSIA.",
    ),
    "council": ("u als raad", "you as council"),
    "council_shared": ("u als algemeen bestuur", "you as general board"),
    "how": ("Hoe wij ervoor staan", "How we stand"),
    "how_1": (
        "De tabel laat per onderwerp zien hoeveel eisen op orde zijn. Onbekend wil zeggen dat wij nog niet kunnen aantonen of de "
        "eis op orde is; dat telt niet als op orde.",
        "The table shows for each subject how many requirements are in order. Unknown means that we cannot show it; that does "
        "not count as in order.",
    ),
    "subject": ("Onderwerp", "Subject"),
    "total": ("Samen", "Together"),
    "changes": ("Wat er veranderde sinds de vorige verantwoording", "What changed since the account before"),
    "changes_1": (
        "Vorige keer, op {on}, waren {met} van de {n} eisen op orde. Sindsdien op orde gekomen: {better}. Niet meer op "
        "orde: {worse}.",
        "The time before, on {on}, {met} of {n} requirements were in order. Come in order since: {better}. No longer in "
        "order: {worse}.",
    ),
    "next": ("Wat er nog moet gebeuren", "What still has to happen"),
    "next_most": (
        "De meeste eisen die nog niet op orde zijn, gaan over: {themes}.",
        "Most requirements that are not in order yet are about: {themes}.",
    ),
    "next_unknown_1": (
        "Van 1 eis moet eerst worden uitgezocht of zij op orde is.",
        "Of 1 requirement it must first be found out whether it is in order.",
    ),
    "next_unknown_n": (
        "Van {n} eisen moet eerst worden uitgezocht of zij op orde zijn.",
        "Of {n} requirements it must first be found out whether they are in order.",
    ),
    "next_exceptions_1": (
        "Voor 1 onderdeel geldt een uitzondering. Die is tijdelijk en moet worden opgelost.",
        "For 1 part an exception holds. It is temporary and must be solved.",
    ),
    "next_exceptions_n": (
        "Voor {n} onderdelen geldt een uitzondering. Die zijn tijdelijk en moeten worden opgelost.",
        "For {n} parts an exception holds. They are temporary and must be solved.",
    ),
    "next_none": ("Alle eisen die gelden, zijn op orde.", "All requirements that hold are in order."),
    "limits": ("Wat u moet weten bij deze cijfers", "What to know with these figures"),
    "limits_1": (
        "Dit is een zelfevaluatie. Een auditor heeft dit deel niet beoordeeld.",
        "This is a self-assessment. An auditor has not judged this part.",
    ),
    "limits_others": (
        "Over DigiD, Suwinet en de basisregistraties leggen wij apart verantwoording af aan de toezichthouders. Die uitkomsten "
        "staan niet in deze brief.",
        "On DigiD, Suwinet and the base registers we account separately to the supervisors. Those results are not in this "
        "letter.",
    ),
    "limits_2": (
        "Details die een aanvaller helpen, staan niet in deze brief. Wij kunnen die vertrouwelijk toelichten.",
        "Detail that helps an attacker is not in this letter. We can explain it in confidence.",
    ),
    "uncertain": ("Onzeker", "Uncertain"),
    "which": ("Verantwoording", "Account"),
    "close": ("Met vriendelijke groet,", "Yours sincerely,"),
    "sheet": ("onderwerpen", "subjects"),
}


class CouncilLetter:
    """The letter to the council of one statement."""

    def __init__(self, told: Telling) -> None:
        self.told, self.say = told, Say(_TEXTS, told.language)
        self.shared = told.statement.organisation.kind == "joint_arrangement"

    def product(self) -> Product:
        """The letter, also to be worked on further; with it the figures per subject and the state of every number."""
        told, say = self.told, self.say
        title = say("title_shared" if self.shared else "title")
        blocks: list[Block] = [
            Paragraph(say("salutation_shared" if self.shared else "salutation")),
            Paragraph(self._answer(), "lead"),
            *told.interim(),
            Heading(say("why")),
            Paragraph(say("why_1", council=say("council_shared" if self.shared else "council"))),
            Heading(say("how")),
            told.bar(),
            Paragraph(say("how_1")),
            self._themes(),
            *self._changes(),
            Heading(say("next")),
            Bullets(tuple(self._next())),
            Heading(say("limits")),
            Bullets((say("limits_1"), say("limits_others"), say("limits_2"))),
            *self._doubts(),
            Paragraph(say("close")),
            told.signature,
            Heading(say("which"), 2),
            told.identity(public=True),
        ]
        book = told.book(title, self._themes_sheet(), public_sheet(told), public=True)
        return Product(told.document(title, blocks, public=True), book)

    @property
    def _asked(self) -> list[StatementLine]:
        return [line for line in self.told.lines if line.status is not Status.NOT_APPLICABLE]

    def _answer(self) -> str:
        told, asked = self.told, self._asked
        counts = told.counts(asked)
        far, unknown = counts[Status.NOT_MET] + counts[Status.PARTLY], counts[Status.UNKNOWN]
        said = [
            self.say(
                "answer", organisation=told.statement.organisation.name, n=len(asked), on=told.day(told.statement.on),
                met=counts[Status.MET],
            ),
            self.say.count("far", far) if far else "",
            self.say.count("unknown", unknown) if unknown else "",
        ]  # fmt: skip
        return " ".join(each for each in said if each)

    def _figures(self) -> list[tuple[str, Counter[Status]]]:
        return [(theme, self.told.counts(lines)) for _, theme, lines in self.told.themes(self.told.lines)]

    def _themes(self) -> Table:
        words = self.told.words
        columns = (Column(self.say("subject")), *(Column(words.status(each), 2.3, each) for each in Status))
        rows: list[tuple[str | Cell, ...]] = [self._row(theme, counts) for theme, counts in self._figures()]
        rows.append(tuple(Cell(each, strong=True) for each in self._row(self.say("total"), self.told.counts())))
        return Table(self.say("how"), columns, tuple(rows))

    def _row(self, theme: str, counts: Counter[Status]) -> tuple[str, ...]:
        return (theme, *(str(counts[each]) for each in Status))

    def _themes_sheet(self) -> Sheet:
        titles = (self.say("subject"), *(self.told.words.status(each) for each in Status))
        return Sheet(
            self.say("sheet"),
            titles,
            tuple((theme, *(counts[each] for each in Status)) for theme, counts in self._figures()),
        )

    def _changes(self) -> list[Block]:
        told, before = self.told, self.told.before
        if before is None:
            return []
        pairs = [(was, line) for line in told.lines if (was := told.was(line))]
        better = sum(line.status is Status.MET and was.status is not Status.MET for was, line in pairs)
        worse = sum(
            was.status is Status.MET and line.status not in (Status.MET, Status.NOT_APPLICABLE) for was, line in pairs
        )
        asked = [line for line in before.lines if line.status is not Status.NOT_APPLICABLE]
        met = sum(line.status is Status.MET for line in asked)
        return [
            Heading(self.say("changes")),
            Paragraph(self.say("changes_1", on=told.day(before.on), met=met, n=len(asked), better=better, worse=worse)),
        ]

    def _next(self) -> Sequence[str]:
        say, figures = self.say, self._figures()
        ranked = sorted(
            figures, key=lambda each: -(each[1][Status.NOT_MET] + each[1][Status.PARTLY] + each[1][Status.UNKNOWN])
        )
        most = [
            theme
            for theme, counts in ranked[:3]
            if counts[Status.NOT_MET] + counts[Status.PARTLY] + counts[Status.UNKNOWN]
        ]
        unknown = sum(counts[Status.UNKNOWN] for _, counts in figures)
        exempted = len(exceptions(self.told))
        steps = [
            say("next_most", themes=", ".join(theme[:1].lower() + theme[1:] for theme in most))
            if most
            else say("next_none"),
            say.count("next_unknown", unknown) if unknown else "",
            say.count("next_exceptions", exempted) if exempted else "",
        ]
        return [each for each in steps if each]

    def _doubts(self) -> list[Note]:
        account = self.told.account
        text = self.told.text(account.about.get("uncertain")) if account else ""
        return [Note(self.say("uncertain"), text)] if text else []
