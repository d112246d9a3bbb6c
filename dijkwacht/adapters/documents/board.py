"""One A4 for the board: what to decide, what is not in order, how each norm stands, and what runs out."""

from collections.abc import Sequence
from datetime import date

from dijkwacht.adapters.documents.exceptions import Exempted, exceptions
from dijkwacht.adapters.documents.lists import lines_sheet
from dijkwacht.adapters.documents.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Product,
    Signature,
    Table,
)
from dijkwacht.adapters.documents.safe import clipped
from dijkwacht.adapters.documents.telling import Telling
from dijkwacht.adapters.documents.wording import Pair, Say
from dijkwacht.core.days import add, parse_duration
from dijkwacht.core.statement import StatementLine
from dijkwacht.core.verdict import Status

_AHEAD = parse_duration("P6M")  # how far a board looks ahead on this page: our choice
_MOST = 8  # rows per list: more does not fit on one A4
_TITLE, _SENTENCE = 70, 150  # characters
_OWN = ("board",)  # themes in which the board itself must act
_FAR = (Status.NOT_MET, Status.PARTLY)
_TEXTS: dict[str, Pair] = {
    "title": ("Stand van zaken informatiebeveiliging", "State of information security"),
    "answer": (
        "Op {on} is {met} van de {n} eisen die gelden op orde. {far} zijn het niet of deels, van {unknown} weten wij het niet.",
        "On {on} {met} of the {n} requirements that hold are in order. {far} are not or partly, of {unknown} we do not know.",
    ),
    "before": ("Vorige keer, op {on}: {met} van de {n}.", "The time before, on {on}: {met} of {n}."),
    "stands": ("Hoe elk kader ervoor staat", "How each norm stands"),
    "norm": ("Kader", "Norm"),
    "not": ("Wat niet op orde is", "What is not in order"),
    "number": ("Nummer", "Number"),
    "requirement": ("Eis", "Requirement"),
    "verdict": ("Oordeel", "Verdict"),
    "owner": ("Eigenaar", "Owner"),
    "nobody": ("nog niemand", "nobody yet"),
    "more_1": ("En nog 1; zie de lijst in de bijlage.", "And 1 more; see the attached list."),
    "more_n": ("En nog {n}; zie de lijst in de bijlage.", "And {n} more; see the attached list."),
    "nothing_open": (
        "Van niets is gebleken dat het niet op orde is.",
        "Of nothing it has shown that it is not in order.",
    ),
    "decide": ("Wat u moet beslissen", "What to decide"),
    "decide_own": (
        "{number} {title}: hier bent u zelf aan zet ({status}).",
        "{number} {title}: the board itself must act ({status}).",
    ),
    "decide_over": (
        "De uitzondering bij {number} is sinds {until} voorbij: los het op of besluit opnieuw.",
        "The exception at {number} is over since {until}: solve it or decide again.",
    ),
    "decide_soon": (
        "De uitzondering bij {number} eindigt op {until}: wat komt ervoor in de plaats?",
        "The exception at {number} ends on {until}: what comes in its place?",
    ),
    "decide_no_end": (
        "De uitzondering bij {number} heeft geen einddatum: stel die vast.",
        "The exception at {number} has no end date: set one.",
    ),
    "decide_unknown_1": (
        "Van 1 eis is onbekend of zij op orde is: wijs iemand aan die het uitzoekt.",
        "1 requirement is unknown: name who finds out.",
    ),
    "decide_unknown_n": (
        "Van {n} eisen is onbekend of zij op orde zijn: wijs iemand aan die het uitzoekt.",
        "{n} requirements are unknown: name who finds out.",
    ),
    "decide_nothing": ("Er ligt nu niets om te beslissen.", "Nothing waits for a decision now."),
    "ends": ("Wat afloopt vóór {until}", "What runs out before {until}"),
    "what": ("Wat", "What"),
    "day": ("Dag", "Day"),
    "exception_at": ("Uitzondering bij {number}", "Exception at {number}"),
    "proof_of": ("Het bewijs voor {number} {title}", "The proof of {number} {title}"),
    "nothing_ends": (
        "Wat nu op orde is, blijft dat tot die dag als er niets verandert.",
        "What is in order now stays so until that day if nothing changes.",
    ),
    "foot": (
        "Kaders: {versions}. Zoals bekend op {known}. Controlegetal: {root}",
        "Norms: {versions}. As known on {known}. Root: {root}",
    ),
}


class BoardPage:
    """The one page of one statement."""

    def __init__(self, told: Telling) -> None:
        self.told, self.say = told, Say(_TEXTS, told.language)
        self.until = add(told.statement.on, _AHEAD)
        self.exempted = exceptions(told)

    def product(self) -> Product:
        """The page, and all lines as a list."""
        told, say = self.told, self.say
        blocks: list[Block] = [
            Paragraph(self._answer(), "lead"),
            told.bar(),
            Heading(say("decide")),
            Bullets(tuple(self._decide())),
            Heading(say("not")),
            *self._far(),
            Heading(say("stands")),
            self._norms(),
            Heading(say("ends", until=told.day(self.until))),
            *self._ends(),
            self._foot(),
            self._signature(),
        ]
        document = told.document(say("title"), blocks, small=True)
        return Product(document, told.book(say("title"), lines_sheet(told)))

    def _answer(self) -> str:
        told = self.told
        counts = told.counts()
        said = self.say(
            "answer", on=told.day(told.statement.on), met=counts[Status.MET], n=_asked(told.lines),
            far=sum(counts[each] for each in _FAR), unknown=counts[Status.UNKNOWN],
        )  # fmt: skip
        if told.before is None:
            return said
        met = told.counts(told.before.lines)[Status.MET]
        return f"{said} {self.say('before', on=told.day(told.before.on), met=met, n=_asked(told.before.lines))}"

    def _norms(self) -> Table:
        """The figures of the bar, per norm."""
        told = self.told
        columns = (Column(self.say("norm")), *(Column(told.words.status(each), 2.3, each) for each in Status))
        groups: dict[str, list[StatementLine]] = {}
        for line in told.lines:
            groups.setdefault(line.requirement.partition(":")[0], []).append(line)
        rows = []
        for catalog, lines in groups.items():
            counts = told.counts(lines)
            name = clipped(told.catalog_short(catalog), _TITLE)
            rows.append((name, *(str(counts[each]) for each in Status)))
        return Table(self.say("stands"), columns, tuple(rows[:_MOST]))

    def _far(self) -> list[Block]:
        say, told = self.say, self.told
        far = sorted((line for line in told.lines if line.status in _FAR), key=lambda line: _FAR.index(line.status))
        if not far:
            return [Paragraph(say("nothing_open"))]
        columns = (
            Column(say("number"), 2.6), Column(say("requirement")), Column(say("verdict"), 3.0), Column(say("owner"), 3.4),
        )  # fmt: skip
        rows: list[tuple[str | Cell, ...]] = [
            (
                clipped(self._named(line), 24),
                clipped(told.titled(line), _TITLE),
                told.status(line),
                clipped(line.owner or say("nobody"), 30),
            )
            for line in far[:_MOST]
        ]
        table = Table(say("not"), columns, tuple(rows))
        return [table, *self._more(len(far))]

    def _more(self, n: int) -> list[Block]:
        return [Paragraph(self.say.count("more", n - _MOST), "small")] if n > _MOST else []

    def _decide(self) -> Sequence[str]:
        """What waits for the board: its own duties first, then exceptions by their end, then who finds out the rest."""
        say, told = self.say, self.told
        own = [
            say(
                "decide_own",
                number=self._named(line),
                title=clipped(told.titled(line), _TITLE),
                status=told.words.status(line.status),
            )
            for line in told.lines
            if line.status in _FAR and (rule := told.rule(line)) and rule.theme in _OWN
        ]
        ending = [self._exception(each) for each in self.exempted if each.until is None or each.until <= self.until]
        unknown = told.counts()[Status.UNKNOWN]
        rest = [say.count("decide_unknown", unknown)] if unknown else []
        found = [*own[: _MOST - 2], *ending]
        found = [*found[: _MOST - len(rest)], *rest]
        return [clipped(each, _SENTENCE) for each in found] or [say("decide_nothing")]

    def _exception(self, each: Exempted) -> str:
        number = self._number(each)
        if each.until is None:
            return self.say("decide_no_end", number=number)
        key = "decide_over" if each.over(self.told.statement.on) else "decide_soon"
        return self.say(key, number=number, until=self.told.day(each.until))

    def _named(self, line: StatementLine) -> str:
        """The number with its norm: here stand several together."""
        return f"{self.told.catalog_short(line.requirement.partition(':')[0])} {self.told.number(line)}"

    def _number(self, each: Exempted) -> str:
        return ", ".join(list(dict.fromkeys(self._named(line) for line in each.lines))[:3])

    def _ends(self) -> list[Block]:
        """What ends within the time that a board looks ahead, soonest first."""
        say, told, on = self.say, self.told, self.told.statement.on
        ends: list[tuple[date, str]] = [
            (each.until, say("exception_at", number=self._number(each)))
            for each in self.exempted
            if each.until and on <= each.until <= self.until
        ]
        ends += [
            (line.stale_at, say("proof_of", number=self._named(line), title=told.titled(line)))
            for line in told.lines
            if line.status is Status.MET and line.stale_at and line.stale_at <= self.until
        ]
        if not ends:
            return [Paragraph(say("nothing_ends"))]
        ends.sort()
        columns = (Column(say("what")), Column(say("day"), 3.6))
        rows = tuple((clipped(what, _TITLE + 20), told.day(day)) for day, what in ends[:_MOST])
        return [Table(say("ends", until=told.day(self.until)), columns, rows), *self._more(len(ends))]

    def _foot(self) -> Paragraph:
        told = self.told
        return Paragraph(
            self.say(
                "foot", versions=told.versions, known=told.day(told.statement.known_at), root=told.root[:32] + "…"
            ),
            "small",
        )

    def _signature(self) -> Signature:
        """On two lines: one page holds no more."""
        whole = self.told.signature
        if not whole.signed:
            return whole
        behalf, name, role, *rest = (clipped(each, _SENTENCE) for each in whole.lines)
        return Signature(True, (f"{behalf} {name}, {role[:1].lower() + role[1:]}.", ". ".join(rest) + "."))


def _asked(lines: Sequence[StatementLine]) -> int:
    return sum(line.status is not Status.NOT_APPLICABLE for line in lines)
