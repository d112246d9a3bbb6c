"""The annex of exceptions of a statement of applicability: whole for the house, and what of it may be published.

What was granted in the management system says in which role, what is done instead, and on which risk analysis it rests. Where
a statement has none of those, as all had at first, the annex is written as it was then, so that it comes out the same.
"""

from collections.abc import Sequence

from dijkwacht.adapters.documents.applicability_texts import TEXTS
from dijkwacht.adapters.documents.exceptions import Exempted
from dijkwacht.adapters.documents.model import Block, Column, Paragraph, Sheet, Table
from dijkwacht.adapters.documents.safe import brief, clipped
from dijkwacht.adapters.documents.telling import Telling
from dijkwacht.adapters.documents.wording import Say
from dijkwacht.core.text import capital


class Annex:
    """The exceptions of one statement, those that end first in front."""

    def __init__(self, told: Telling, exempted: Sequence[Exempted]) -> None:
        self.told, self.exempted, self.say = told, exempted, Say(TEXTS, told.language)
        self.granted = any(each.mandate for each in exempted)

    def table(self) -> Table:
        """Every exception with all that is known of it."""
        say = self.say
        titles, widths = (
            ("nr", "on_number", "what", "reason", "owner", "until", "recorded"),
            (1.0, 2.2, 6.4, 0, 3.4, 3.2, 3.6),
        )
        if self.granted:
            titles = ("nr", "on_number", "what", "reason", "instead", "until", "granted")
            widths = (1.0, 2.0, 4.4, 0, 5.4, 3.0, 4.6)
        columns = tuple(Column(say(title), width) for title, width in zip(titles, widths, strict=True))
        rows = tuple(self._row(at, each) for at, each in enumerate(self.exempted, start=1))
        return Table(say("exceptions"), columns, rows)

    def _row(self, at: int, each: Exempted) -> tuple[str, ...]:
        told, fact, reason = self.told, each.fact, brief(each.reason) or "–"
        until = told.day(each.until)
        if each.over(told.statement.on):
            until = self.say("over", until=until)
        head = (str(at), self._numbers(each), self._what(each), reason)
        if self.granted:
            return (*head, brief(each.instead) or "–", until, self._granted(each))
        who = f"{clipped(told.words.speaker(fact.said_by), 80) or '–'}, {told.day(fact.recorded_at)}"
        return (*head, clipped(each.owner, 80) or "–", until, who)

    def _what(self, each: Exempted) -> str:
        told, fact = self.told, each.fact
        if each.mandate:  # the measure itself: the question asks which exception
            return "; ".join(dict.fromkeys(told.titled(line) for line in each.lines))
        return told.words.question(fact.fact, fact.subject, told.names)

    def _granted(self, each: Exempted) -> str:
        """``College (Esther Kade), 30 november 2026. Risicoanalyse: risico 4.``"""
        say, name = self.say, clipped(self.told.words.speaker(each.fact.said_by), 80)
        words = {
            "who": capital(clipped(each.owner, 80)) or "–",
            "day": self.told.day(each.fact.valid_from),
            "name": name,
        }
        said = say("granted_by" if name and name != each.owner else "granted_as", **words)
        return f"{said} {say('on_risk', risk=each.risk)}" if each.risk else said

    def public(self) -> list[Block]:
        """How many there are and on which numbers; of those that were granted till when, and in which role. Never why."""
        say = self.say
        numbers = ", ".join(dict.fromkeys(self.told.number(line) for each in self.exempted for line in each.lines))
        head: list[Block] = [Paragraph(say("exceptions_law"))]
        if not self.granted:
            return [*head, Paragraph(say.count("exceptions_public", len(self.exempted), numbers=numbers))]
        columns = (
            Column(say("number"), 2.6),
            Column(say("measure")),
            Column(say("until"), 3.4),
            Column(say("mandate"), 4.6),
        )
        rows = tuple(
            (
                self._numbers(each), "; ".join(dict.fromkeys(self.told.title(line) for line in each.lines)),
                self.told.day(each.until), capital(self.told.words.role(each.mandate)) if each.mandate else "–",
            )
            for each in self.exempted
        )  # fmt: skip
        told = Paragraph(say.count("granted_public", len(self.exempted), numbers=numbers))
        return [*head, told, Table(say("exceptions"), columns, rows)]

    def _numbers(self, each: Exempted) -> str:
        return ", ".join(dict.fromkeys(self.told.number(line) for line in each.lines))

    def sheet(self) -> Sheet:
        """The same as the table, as a list."""
        say, more = self.say, ("mandate", "instead", "risk") if self.granted else ()
        titles = ("nr", "on_number", "what", "subject", "reason", "owner", "until", "said_by", "recorded_on", *more)
        rows = tuple(
            (
                at, self._numbers(each), self._what(each), each.fact.subject_name, each.reason, each.owner, each.until,
                self.told.words.speaker(each.fact.said_by), each.fact.recorded_at,
                *((self.told.words.role(each.mandate) if each.mandate else "", each.instead, each.risk) if more else ()),
            )
            for at, each in enumerate(self.exempted, start=1)
        )  # fmt: skip
        return Sheet(say("exceptions_sheet"), tuple(say(title) for title in titles), rows)
