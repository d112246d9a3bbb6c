"""The requirements of a tender on paper and as data: ODT to work on, PDF to send, ODS that a supplier fills in, JSON.

All texts come in one language, from the pack by way of the caller; what stands around them is in `tender_texts.py`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any

from dijkwacht.adapters.documents.model import (
    Attachment,
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Note,
    Pairs,
    Paragraph,
    Table,
)
from dijkwacht.adapters.documents.odt import write_odt
from dijkwacht.adapters.documents.pdf import write_pdf
from dijkwacht.adapters.documents.wording import HOUSE, Say, day_words
from dijkwacht.adapters.suppliers_out.tender_texts import TEXTS
from dijkwacht.core.suppliers.procurement import Weight


@dataclass(frozen=True, slots=True)
class TenderLine:
    """One requirement. ``parts``: names of what brings it; ``links``: what it serves, as people write it (``BIO2 5.20.01``).

    ``verify``: how one sees that an offer meets it; ``follow``: after how long it is looked at again (``een jaar``), or "".
    ``asked``: ids of context questions without an answer that would leave it out or make it heavier; ``replaced``: ids of
    requirements that it makes needless; ``doubt``: what is not certain of it, or "".
    """

    number: int
    id: str
    parts: tuple[str, ...]
    theme: str
    weight: Weight
    text: str
    verify: str = ""
    links: tuple[str, ...] = ()
    follow: str = ""
    asked: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question about the context. ``answer`` None: nobody answered it."""

    id: str
    question: str
    answer: bool | None


@dataclass(frozen=True, slots=True)
class SetMark:
    """Which set of requirements this is, and where it comes from."""

    name: str
    version: str
    source: str


@dataclass(frozen=True, slots=True)
class TenderPaper:
    """The requirements of one tender, in the order in which they are asked; lines of one theme stand together.

    ``language``: ``nl`` or ``en``, that of all texts. ``notes``: what a reader should know of the set.
    """

    title: str
    organisation: str
    on: date
    language: str
    parts: tuple[str, ...]
    lines: tuple[TenderLine, ...]
    context: tuple[Answered, ...]
    set: SetMark
    notes: tuple[str, ...] = ()

    def titled(self, bought: str) -> "TenderPaper":
        """The same, named after what is bought."""
        return replace(self, title=self.say("titled", bought=bought))

    @property
    def say(self) -> Say:
        """The texts around the requirements."""
        return Say(TEXTS, self.language)

    @property
    def at(self) -> datetime:
        """The only moment in the files: noon of the day, on Dutch clocks."""
        return datetime.combine(self.on, time(12), HOUSE).astimezone(UTC)  # typst wants a fixed offset

    @property
    def counted(self) -> str:
        """``12 eisen en 3 wensen``; of what is not there nothing."""
        musts = sum(line.weight == "must" for line in self.lines)
        wishes, say = len(self.lines) - musts, self.say
        told = [say.count(key, n) for key, n in (("musts", musts), ("wishes", wishes)) if n]
        return (
            say("both", musts=told[0], wishes=told[1]) if len(told) == 2 else told[0] if told else say.count("musts", 0)
        )

    def waiting(self, question: Answered) -> list[int]:
        """The numbers of the lines that may still change because this question has no answer."""
        return [line.number for line in self.lines if question.id in line.asked]

    def answer(self, question: Answered) -> str:
        """The answer in a word."""
        return self.say("unknown" if question.answer is None else "yes" if question.answer else "no")


def odt(paper: TenderPaper) -> bytes:
    """The requirements as text, to be worked on."""
    return write_odt(document(paper))


def pdf(paper: TenderPaper) -> bytes:
    """The requirements as an accessible PDF with the same as JSON inside."""
    about = f"{paper.say('kind')} (JSON)"
    return write_pdf(document(paper), [Attachment("eisen.json", as_json(paper), "application/json", about)])


def document(paper: TenderPaper) -> Document:
    """A chapter per theme; then the context, what must be known of the set, and on its own page what is for the buyer only."""
    say = paper.say
    blocks: list[Block] = [Paragraph(say("lead"), "lead"), _about(paper)]
    if not paper.lines:
        blocks.append(Note(say("note"), say("none"), loud=True))
    for theme, lines in groupby(paper.lines, key=lambda line: line.theme):
        blocks.append(Heading(theme))
        for line in lines:
            blocks += _line(line, say)
    if paper.context:
        blocks += [Heading(say("context")), Paragraph(say("context_lead")), _context(paper)]
    if paper.notes:
        blocks += [Heading(say("notes")), *(Paragraph(each) for each in paper.notes)]
    if doubts := tuple(
        say("doubt", number=each.number, id=each.id, text=each.doubt) for each in paper.lines if each.doubt
    ):
        blocks += [Heading(say("doubts"), fresh=True), Paragraph(say("doubts_lead")), Bullets(doubts)]
    marks = say("marks", set=paper.set.name, version=paper.set.version, day=day_words(paper.on, paper.language))
    return Document(
        title=paper.title, kind=say("kind"), organisation=paper.organisation, language=paper.language, at=paper.at,
        marks=marks, page=say("page", page="{page}", pages="{pages}"), blocks=tuple(blocks),
    )  # fmt: skip


def _about(paper: TenderPaper) -> Pairs:
    say = paper.say
    rows = [
        (say("organisation"), paper.organisation),
        (say("day"), day_words(paper.on, paper.language)),
        (say("parts"), "\n".join(paper.parts)),
        (say("counted"), paper.counted),
        (say("set"), say("set_value", name=paper.set.name, version=paper.set.version)),
        (say("source"), paper.set.source),
    ]
    return Pairs(say("about"), tuple((name, value) for name, value in rows if value))


def _line(line: TenderLine, say: Say) -> list[Block]:
    blocks: list[Block] = [
        Heading(say("numbered", number=line.number, weight=say(line.weight)), 2),
        Paragraph(line.text),
    ]
    if line.verify:
        blocks.append(Paragraph(say("verify", text=line.verify)))
    if line.follow:
        blocks.append(Paragraph(say("follow", term=line.follow)))
    links = ", ".join(line.links) or say("no_links")
    return [*blocks, Paragraph(say("small", id=line.id, links=links, parts=", ".join(line.parts)), "small")]


def _context(paper: TenderPaper) -> Table:
    say = paper.say
    columns = (Column(say("question")), Column(say("answer"), 3.2), Column(say("hangs"), 4.6))
    return Table(say("context"), columns, tuple(context_rows(paper)))


def context_rows(paper: TenderPaper) -> Sequence[tuple[str, str, str]]:
    """Each question, its answer, and the lines that may still change because it has none."""
    return [
        (
            each.question,
            paper.answer(each),
            paper.say("open", numbers=", ".join(map(str, numbers))) if (numbers := paper.waiting(each)) else "",
        )
        for each in paper.context
    ]


def as_json(paper: TenderPaper) -> bytes:
    """The same as data."""
    return (json.dumps(data(paper), ensure_ascii=False, indent=1) + "\n").encode()


def data(paper: TenderPaper) -> dict[str, Any]:
    """The same as plain values. An answer of the context is true, false or null (nobody answered)."""
    return {
        "title": paper.title, "organisation": paper.organisation, "on": paper.on.isoformat(), "language": paper.language,
        "set": {"name": paper.set.name, "version": paper.set.version, "source": paper.set.source},
        "parts": list(paper.parts),
        "context": [{"id": each.id, "question": each.question, "answer": each.answer} for each in paper.context],
        "requirements": [
            {
                "number": line.number, "id": line.id, "theme": line.theme, "weight": line.weight, "parts": list(line.parts),
                "text": line.text, "verify": line.verify, "links": list(line.links), "follow": line.follow or None,
                "unanswered": list(line.asked), "replaces": list(line.replaced), "uncertain": line.doubt or None,
            }
            for line in paper.lines
        ],
        "notes": list(paper.notes),
    }  # fmt: skip
