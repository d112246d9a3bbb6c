"""Proposes which column of a workbook holds what. A proposal: the person who imports decides."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from dijkwacht.core.intake_numbers import Numbers
from dijkwacht.core.intake_values import plain
from dijkwacht.core.sheets import Cell, Row, Sheet

ROLES = ("number", "question", "subject", "answer", "explanation", "evidence", "date", "owner")
HEADER_WITHIN = 30  # the header stands among the first rows that hold something
_SAYS_SO, _HAS_THE_WORD, _MAY_SAY_SO, _CLOSE = 100, 95, 70, 50
_CLOSE_ENOUGH = 0.84
_LOOKED_AT, _ENOUGH_NUMBERS = 300, 3
_SHORT = 5  # letters; below that, one typing error makes another word
_LONGEST_HEADER = 80

# per role the words that say it outright, then, after ||, those that may also head another column
_SYNONYMS: Mapping[str, str] = {
    "number": "nummer|nr|maatregelnummer|normnummer|eisnummer|bio-nummer|bio2-nummer|controlnummer|ref_id|number"
    "|measure number||maatregel|norm|eis|id|code|bio2|overheidsmaatregel|control|artikel|reference|requirement|measure",
    "question": "vraag|vraagtekst|vraag-id|feittype|question|question text|fact type||gegeven|feit|fact",
    "subject": "onderwerp|subject||systeem|proces|leverancier|domein|aansluiting|system|process|supplier|domain",
    "answer": "antwoord|ja/nee|ja/nee/n.v.t|ja/nee/deels/n.v.t|ja/nee/n.v.t./deels|ja / nee / n.v.t|answer"
    "|compliance_result|compliance result||voldoet|voldoet u|voldoen wij|status|score|oordeel|geïmplementeerd"
    "|beoordeling|resultaat|result|compliance|implemented",
    "explanation": "toelichting|uitleg|explanation||opmerking|opmerkingen|onderbouwing|motivering|notitie|comment"
    "|comments|remarks|notes|observation|observations|comply or explain",
    "evidence": "bewijs|bewijsstuk|bewijsstukken|referentie bewijs|evidence|proof||vindplaats|document|documenten"
    "|bijlage|attachment",
    "date": "datum|datum antwoord|date||beantwoord op|peildatum|datum bewijs|laatst bijgewerkt|datum beoordeling"
    "|answered on|as of|last updated",
    "owner": "eigenaar|proceseigenaar|maatregeleigenaar|owner||verantwoordelijke|actiehouder|ingevuld door"
    "|contactpersoon|responsible|assigned to|answered by",
}  # fmt: skip
_SPLIT = re.compile(r"[^\w/.-]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Per role, in order, the headers that say it outright and those that may. ``enough``: sets of roles to read rows with."""

    strong: Mapping[str, frozenset[str]]
    weak: Mapping[str, frozenset[str]]
    enough: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, synonyms: Mapping[str, str], *, enough: Sequence[Sequence[str]]) -> "Vocabulary":
        """From texts with ``|`` between headers, and ``||`` before those that may also head another column."""
        parts = {role: words.partition("||")[::2] for role, words in synonyms.items()}
        sides = [
            {role: frozenset(filter(None, map(plain, part[side].split("|")))) for role, part in parts.items()}
            for side in (0, 1)
        ]
        return cls(sides[0], sides[1], tuple(map(frozenset, enough)))

    @property
    def roles(self) -> tuple[str, ...]:
        """All roles."""
        return tuple(self.strong)

    def suffices(self, columns: Mapping[str, int]) -> bool:
        """Whether rows can be read with these columns."""
        return any(needed <= columns.keys() for needed in self.enough)


CLAIMS = Vocabulary.of(_SYNONYMS, enough=(("answer", "number"), ("answer", "question")))


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which column has which role (columns from 0), and for which roles several columns fit equally well."""

    columns: Mapping[str, int]
    unsure: Mapping[str, tuple[int, ...]]
    score: int  # the sum of how well the headers fit; only meaningful beside another proposal

    @property
    def usable(self) -> bool:
        """Whether rows can be read with it: an answer, and what it is an answer to."""
        return CLAIMS.suffices(self.columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table stands: the sheet's position, the row number of its header, and the column of each role."""

    sheet: int
    header: int
    columns: Mapping[str, int]
    unsure: Mapping[str, tuple[int, ...]]


def propose_mapping(headers: Sequence[Cell], words: Vocabulary = CLAIMS) -> Proposal:
    """The role of each column by its header. What fits two columns equally well is left to the person."""
    fits = {
        (role, column): fit
        for column, header in enumerate(headers)
        if isinstance(header, str) and 0 < len(header) <= _LONGEST_HEADER
        for role in words.roles
        if (fit := _fit(plain(header), words.strong[role], words.weak[role]))
    }
    columns: dict[str, int] = {}
    unsure: dict[str, tuple[int, ...]] = {}
    score = 0
    for fit in sorted(set(fits.values()), reverse=True):
        level = [key for key, value in fits.items() if value == fit]
        free = [(role, column) for role, column in level if role not in columns and column not in columns.values()]
        for role in words.roles:
            candidates = tuple(column for each, column in free if each == role and column not in columns.values())
            if len(candidates) == 1 and role not in unsure:
                columns[role] = candidates[0]
                score += fit
            elif candidates and role not in unsure:
                unsure[role] = candidates
    return Proposal(columns, unsure, score)


def propose_layout(
    sheets: Sequence[Sheet], numbers: Numbers | None = None, words: Vocabulary = CLAIMS
) -> Layout | None:
    """The sheet, header row and columns that fit best among visible sheets; None when nothing looks like a header.

    With ``numbers`` the column of requirement numbers is the one that holds most of them, whatever its header.
    """
    best: tuple[int, Layout] | None = None
    for position, sheet in enumerate(sheets):
        if sheet.hidden:
            continue
        for row in sheet.rows[:HEADER_WITHIN]:
            proposal = propose_mapping(row.cells, words)
            if numbers and proposal.columns:
                proposal = _by_content(proposal, [each for each in sheet.rows if each.number > row.number], numbers)
            if proposal.columns and (best is None or _rank(proposal, words) > best[0]):
                best = _rank(proposal, words), Layout(position, row.number, proposal.columns, proposal.unsure)
    return best[1] if best else None


def _by_content(proposal: Proposal, rows: Sequence[Row], numbers: Numbers) -> Proposal:
    """The proposal with the number column found by what is in it; as it was when no column holds numbers."""
    found = Counter(
        column for row in rows[:_LOOKED_AT] for column, cell in enumerate(row.cells) if numbers.find(cell).ids
    )
    header = proposal.columns.get("number")
    best, count = max(found.items(), key=lambda item: (item[1], item[0] == header, -item[0]), default=(0, 0))
    if best == header or count < _ENOUGH_NUMBERS or best == proposal.columns.get("answer"):
        return proposal
    others = {role: column for role, column in proposal.columns.items() if column != best and role != "number"}
    unsure = {role: columns for role, columns in proposal.unsure.items() if role != "number"}
    return Proposal({**others, "number": best}, unsure, proposal.score)


def _rank(proposal: Proposal, words: Vocabulary) -> int:
    """A proposal that can be read with goes before one that cannot."""
    return proposal.score + (10_000 if words.suffices(proposal.columns) else 0)


@lru_cache(maxsize=8192)
def _fit(header: str, strong: frozenset[str], weak: frozenset[str]) -> int:
    """How well a header fits a role: exactly, by one of its words, or but for a typing error. 0: not at all."""
    if header in strong or header in weak:
        return _SAYS_SO if header in strong else _MAY_SAY_SO
    parts = [part for part in _SPLIT.split(header) if part]
    found = next((position for position, part in enumerate(parts) if part in strong), None)
    if found is not None:
        return _HAS_THE_WORD - min(found + len(parts), 20)  # the earlier, and the fewer other words, the better
    if len(header) < _SHORT:
        return 0
    near = [word for word in strong if abs(len(word) - len(header)) <= 2]
    return _CLOSE if any(_is_close(header, word) for word in near) else 0


def _is_close(header: str, word: str) -> bool:
    """Whether they differ by a typing error: the cheap bounds on the ratio first."""
    match = SequenceMatcher(None, header, word)
    return all(ratio() >= _CLOSE_ENOUGH for ratio in (match.real_quick_ratio, match.quick_ratio, match.ratio))
