"""What the pages of tenders show: lines by theme with what they replace and wait for, and what a choice results in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dijkwacht.apps.suppliers.models import Offer, Tender, TenderLine
from dijkwacht.apps.suppliers.queries import tenders as queries
from dijkwacht.apps.suppliers.queries.tenders import OWN, Beside, Group, Row
from dijkwacht.apps.suppliers.services.tender_papers import links_words
from dijkwacht.apps.suppliers.words.tenders import CHIPS, SAID, lines_words, tally_words
from dijkwacht.core.suppliers.asking import RequirementSet
from dijkwacht.core.suppliers.tendering import SAYS, Derived, Says
from dijkwacht.web.terms import text_of


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as it is shown. ``number``: as on the paper; None when it is left out. ``waits``: questions without an answer."""

    number: int | None
    line: TenderLine
    text: str
    verify: str
    links: list[str]
    replaced: list[str]
    waits: list[str]

    @property
    def own(self) -> bool:
        """Whether we added it ourselves."""
        return self.line.theme == OWN


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The lines of one page together."""

    group: Group
    name: str
    rows: list[LineRow]
    words: str


class Shown:
    """The lines of one tender in the language of the page."""

    def __init__(self, tender: Tender, *, on: date) -> None:
        self.tender, self.on = tender, on
        self.language = (get_language() or "nl").partition("-")[0]
        self.found = queries.set_of(tender.private_set)
        self.lines = queries.by_order(tender)
        self.counts = queries.counts(self.lines)
        self._by_id = self.found.by_id
        self._derived = queries.derived_of(tender)
        self._questions = {each.id: text_of(each.question) for each in self.found.context}
        asked = [each for each in self.lines if not each.left_out_because]
        self._numbers = {each.pk: n for n, each in enumerate(asked, start=1)}
        self._themes = {each.id: text_of(each.name) for each in self.found.themes}

    @property
    def groups(self) -> list[GroupRow]:
        """All lines, page by page."""
        return [self.group(each) for each in queries.groups_of(self.lines)]

    def group(self, group: Group) -> GroupRow:
        """One page of lines."""
        found = queries.counts(group.lines)
        words = lines_words(found)
        if found["out"]:
            out = ngettext("%(n)d left out", "%(n)d left out", found["out"]) % {"n": found["out"]}
            words = _("%(lines)s, %(out)s") % {"lines": words, "out": out}
        return GroupRow(group, self.name(group), [self.row(each) for each in group.lines], words)

    def name(self, group: Group) -> str:
        """What its theme is called, and which part of it."""
        name = _("Added by ourselves") if group.theme == OWN else self._themes.get(group.theme, group.theme)
        if group.parts == 1:
            return name
        return _("%(name)s (%(n)s of %(of)s)") % {"name": name, "n": group.part, "of": group.parts}

    def row(self, line: TenderLine) -> LineRow:
        """One line."""
        text, verify = queries.texts(line, self.tender, self.language, self._by_id)
        follows = self._derived.get(line.key)
        return LineRow(
            self._numbers.get(line.pk), line, text, verify,
            links_words(line.links, on=self.on, language=self.language),
            [self.text_of(key) for key in follows.replaced] if follows else [],
            [self._questions[each] for each in follows.asked if each in self._questions] if follows else [],
        )  # fmt: skip

    def text_of(self, key: str) -> str:
        """The text of a requirement of the set."""
        row = self._by_id.get(key)
        return text_of(row.text) if row else key

    @property
    def about(self) -> dict[str, Any]:
        """What was chosen, in words."""
        parts = [
            text_of(each.name) for each in self.found.parts if each.id in self.tender.parts or each.kind == "always"
        ]
        answers = [(text_of(each.question), self.tender.context.get(each.id)) for each in self.found.context]
        return {
            "parts": parts, "answers": [(question, value) for question, value in answers if value is not None],
            "open": [question for question, value in answers if value is None], "set": text_of(self.found.edition.name),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """What a choice results in. ``replaced``: what stands, and instead of what; ``waiting``: per question how many lines."""

    words: str
    doubled: str
    replaced: list[tuple[str, list[str]]]
    waiting: list[tuple[str, int]]


def result_of(found: RequirementSet, rows: Sequence[Derived]) -> Result:
    """What would be asked, in words."""
    by_id, counted = found.by_id, Counter(each.weight for each in rows)
    several = sum(len(each.parts) > 1 for each in rows)
    doubled = ngettext(
        "%(n)d line comes with more than one part, and stands there once.",
        "%(n)d lines come with more than one part, and stand there once.", several,
    ) % {"n": several}  # fmt: skip
    waits = Counter(question for each in rows for question in each.asked)
    return Result(
        lines_words(Counter({str(key): n for key, n in counted.items()})), doubled if several else "",
        [(text_of(by_id[each.key].text), [text_of(by_id[key].text) for key in each.replaced]) for each in rows if each.replaced],
        [(text_of(each.question), waits[each.id]) for each in found.context if waits[each.id]],
    )  # fmt: skip


def chip(says: Says) -> tuple[str, str]:
    """What an offer says: its look, and the word."""
    return CHIPS[says], str(SAID[says])


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer with its counts. ``late``: received after the last day."""

    offer: Offer
    tallies: list[tuple[str, int, list[tuple[str, str, int]]]]
    differs: int
    late: bool


def offer_row(offer: Offer, tender: Tender, rows: Sequence[Row]) -> OfferRow:
    """An offer in counts; requirements apart from wishes."""
    late = tender.offers_before is not None and offer.received_on >= tender.offers_before
    return OfferRow(offer, tally_words(queries.tally_of(rows)), sum(each.differs for each in rows), late)


@dataclass(frozen=True, slots=True)
class CellRow:
    """What one offer says of a line, as it is shown. ``says``: where we found something else, what the offer said."""

    name: str
    chip: tuple[str, str]
    text: str
    says: str


def cells(beside: Beside, offers: Sequence[Offer]) -> list[CellRow]:
    """What each offer says of one line."""
    return [
        CellRow(offer.name, chip(row.stands), row.text, str(SAID[row.says]) if row.differs else "")
        for offer, row in zip(offers, beside.rows, strict=True)
    ]


def compared(shown: Shown, offers: Sequence[Offer]) -> dict[str, Any]:
    """Offers beside each other: their counts, the musts that are not met, and all lines theme by theme."""
    rows = queries.compared(offers, shown.lines)
    by_line: Mapping[int, Beside] = {each.line.pk: each for each in rows}
    columns = [[each.rows[n] for each in rows] for n in range(len(offers))]
    themes = [
        (shown.name(group), [_compared(shown, by_line[line.pk], offers) for line in group.lines])
        for group in queries.groups_of([each.line for each in rows])
    ]
    return {
        "offers": [offer_row(offer, shown.tender, column) for offer, column in zip(offers, columns, strict=True)],
        "not_met": [_compared(shown, each, offers) for each in queries.not_met(rows)], "themes": themes,
    }  # fmt: skip


def _compared(shown: Shown, beside: Beside, offers: Sequence[Offer]) -> tuple[LineRow, list[CellRow]]:
    return shown.row(beside.line), cells(beside, offers)


def offered(shown: Shown, rows: Sequence[Row]) -> dict[str, Any]:
    """One offer line by line: the musts that it does not meet whole, worst first, and all lines theme by theme."""
    by_line = {each.line.pk: each for each in rows}
    worst = sorted(
        (each for each in rows if each.line.weight == "must" and each.stands != "yes"),
        key=lambda each: SAYS.index(each.stands),
    )
    groups = queries.groups_of([each.line for each in rows])
    themes = [
        (each.number, shown.name(each), [_said(shown, by_line[line.pk]) for line in each.lines]) for each in groups
    ]
    return {"not_met": [_said(shown, each) for each in worst], "themes": themes}


def _said(shown: Shown, row: Row) -> tuple[LineRow, CellRow]:
    return shown.row(row.line), CellRow("", chip(row.stands), row.text, str(SAID[row.says]) if row.differs else "")
