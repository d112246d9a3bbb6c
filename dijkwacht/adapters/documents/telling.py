"""A statement with all that is needed to put it in words, and what every document says of it: who, what, when, signed or not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from dijkwacht.adapters.documents.model import Bar, Block, Cell, Document, Note, Pairs, Sheet, Signature, Workbook
from dijkwacht.adapters.documents.safe import brief, clipped
from dijkwacht.adapters.documents.telling_texts import TEXTS
from dijkwacht.adapters.documents.wording import (
    Names,
    Say,
    Words,
    day_words,
    moment_words,
    text_of,
    yearly_words,
)
from dijkwacht.core.catalog import Account, Norms, Requirement
from dijkwacht.core.dependencies import verdicts_of_requirement
from dijkwacht.core.statement import Statement, StatementLine
from dijkwacht.core.text import capital
from dijkwacht.core.verdict import Status

_NAME = 200  # characters of a name within a sentence
_HEAD = 80  # characters of a name at the head and foot of a page
SHORT = 16  # characters of a hash where it is there to compare at a glance
_HOLDS_BACK = ("shows_no", "not_shown", "exception", "due", "contradicts")  # reasons that say what is wrong


@dataclass(frozen=True)
class Telling:
    """``root``: the Merkle root over the lines, in hex; ``before``: the statement of the same account before this one."""

    statement: Statement
    norms: Norms
    words: Words
    root: str
    before: Statement | None = None

    @cached_property
    def names(self) -> Names:
        """What the subjects are called, and the organisations whose facts count here, as far as the statement says so."""
        found = {self.statement.organisation.slug: self.statement.organisation.name}
        for line in self.statement.lines:
            found = {**line.others, **found}
            found.setdefault(line.subject, line.subject_name)
            for fact in line.facts:
                found.setdefault(fact.subject, fact.subject_name)
        return {key: clipped(name, _NAME) for key, name in found.items() if name}

    def called(self, slug: str) -> str:
        """What another organisation was called; its slug in a statement of before names were kept."""
        return self.names.get(slug, slug)

    @cached_property
    def say(self) -> Say:
        """The texts that every document has."""
        return Say(TEXTS, self.language)

    @property
    def language(self) -> str:
        """The language of the words."""
        return self.words.language

    @property
    def lines(self) -> Sequence[StatementLine]:
        """The lines of the statement."""
        return self.statement.lines

    @property
    def account(self) -> Account | None:
        """The account as the packs describe it; None when they do not know it."""
        return self.norms.accounts.get(self.statement.account)

    @property
    def account_name(self) -> str:
        """What the account is called."""
        return (text_of(self.account.name, self.language) if self.account else "") or self.statement.account

    @property
    def board(self) -> str:
        """Who governs the organisation, as the subject of a sentence."""
        shared = self.statement.organisation.kind == "joint_arrangement"
        return self.say("board_shared" if shared else "board")

    def text(self, texts: Mapping[str, str] | None) -> str:
        """A text of a pack in the language of the document."""
        return text_of(texts, self.language)

    def day(self, day: date | None) -> str:
        """A day in words; a dash for none."""
        return day_words(day, self.language) if day else "–"

    def rule(self, line: StatementLine) -> Requirement | None:
        """The requirement of a line; None when the packs do not know it."""
        return self.norms.requirements.get(line.requirement)

    def number(self, line: StatementLine) -> str:
        """The number of the requirement within its norm, as people write it."""
        rule = self.rule(line)
        return rule.number if rule else line.requirement.partition(":")[2] or line.requirement

    def title(self, line: StatementLine) -> str:
        """The title of the requirement."""
        rule = self.rule(line)
        return (self.text(rule.title) if rule else "") or line.requirement

    def about(self, line: StatementLine) -> str:
        """The name of the subject; empty when it is what the whole statement is about, or the organisation itself."""
        whole = (self.statement.organisation.slug, self.statement.subject)
        return "" if line.subject in whole else self.names.get(line.subject, line.subject)

    def titled(self, line: StatementLine) -> str:
        """The title, with the subject where the line is about one."""
        subject = self.about(line)
        return f"{self.title(line)} ({subject})" if subject else self.title(line)

    def status(self, line: StatementLine) -> Cell:
        """The verdict with its mark."""
        return Cell(self.words.status(line.status), status=line.status)

    def reasons(self, line: StatementLine) -> list[str]:
        """Every reason as a sentence, each once."""
        return list(dict.fromkeys(self.words.reason(each, self.names) for each in line.reasons))

    def telling_reasons(self, line: StatementLine, most: int = 3) -> str:
        """The reasons that tell most, and how many more there are: of what is not in order, what is wrong comes first."""
        wrong = [each for each in line.reasons if each.code in _HOLDS_BACK]
        ranked = [*wrong, *(each for each in line.reasons if each.code not in _HOLDS_BACK)]
        told = list(dict.fromkeys(brief(self.words.reason(each, self.names)) for each in ranked))
        more = len(told) - most
        return " ".join([*told[:most], *([self.say.count("more", more)] if more > 0 else [])])

    def shown_words(self, line: StatementLine) -> str:
        """How sure, and what was shown: ``op papier; bestaan``."""
        sure = self.words.assurance(line.assurance) if line.assurance is not None else ""
        shown = self.words.shows(line.shown) if line.shown is not None else ""
        return "; ".join(each for each in (sure, shown) if each)

    def uncertain(self, line: StatementLine) -> str:
        """What the pack doubts about the requirement."""
        rule = self.rule(line)
        return self.text(rule.uncertain) if rule else ""

    def catalog_name(self, catalog: str) -> str:
        """The name of a norm."""
        found = self.norms.catalogs.get(catalog)
        return self.text(found.name) if found else catalog

    def catalog_short(self, catalog: str) -> str:
        """The norm as people call it: ``BIO2``."""
        found = self.norms.catalogs.get(catalog)
        return (self.text(found.short) if found else "") or self.catalog_name(catalog)

    def themes(self, lines: Iterable[StatementLine]) -> list[tuple[str, str, list[StatementLine]]]:
        """Lines by norm and theme, in the order of the packs: norm, name of the theme, lines."""
        order: dict[tuple[str, str], int] = {}
        keyed = []
        for line in lines:
            rule = self.rule(line)
            key = (line.requirement.partition(":")[0], rule.theme if rule else "")
            keyed.append((order.setdefault(key, len(order)), key, line))
        catalogs = list(dict.fromkeys(key[0] for key in order))
        keyed.sort(key=lambda each: (catalogs.index(each[1][0]), each[0]))
        return [
            (key[0], self.theme_name(*key), [line for _, _, line in found])
            for key, found in groupby(keyed, lambda each: each[1])
        ]

    def theme_name(self, catalog: str, theme: str) -> str:
        """The name of a theme of a norm."""
        found = self.norms.catalogs.get(catalog)
        return (self.text(found.themes.get(theme)) if found else "") or theme or self.catalog_name(catalog)

    def counts(self, lines: Iterable[StatementLine] | None = None) -> Counter[Status]:
        """How many lines have which verdict."""
        return Counter(line.status for line in (self.lines if lines is None else lines))

    def counts_words(self, counts: Mapping[Status, int]) -> str:
        """``61 op orde, 9 deels, 14 niet op orde``."""
        return ", ".join(f"{counts[each]} {self.words.status(each)}" for each in Status if counts.get(each))

    def was(self, line: StatementLine) -> StatementLine | None:
        """The same line in the statement before."""
        return self._earlier.get((line.requirement, line.subject))

    @cached_property
    def _earlier(self) -> Mapping[tuple[str, str], StatementLine]:
        lines = self.before.lines if self.before else ()
        return {(line.requirement, line.subject): line for line in lines}

    def bar(self, lines: Iterable[StatementLine] | None = None) -> Bar:
        """The verdicts as a bar."""
        counts = self.counts(lines)
        parts = tuple((each, self.words.status(each), counts[each]) for each in Status)
        return Bar(self.say("bar", n=sum(counts.values()), counts=self.counts_words(counts)), parts)

    @property
    def concept(self) -> bool:
        """Whether it was not frozen yet: a paper to read before it is signed."""
        return self.statement.number == 0

    @property
    def unsigned(self) -> str:
        """What a paper says that nobody signed: a concept, or a forecast when it is about a day to come."""
        if self.concept:
            return self.say("concept")
        return self.say("forecast" if self.statement.on > self.statement.at.date() else "unsigned")

    @property
    def marks(self) -> str:
        """What stands at the foot of every page."""
        said = self.say(
            "marks_concept" if self.concept else "marks",
            number=self.statement.number,
            on=self.day(self.statement.on),
            root=self.root[:SHORT],
            organisation=clipped(self.statement.organisation.name, _HEAD),
        )
        return said if self.statement.signer else f"{said} · {self.unsigned}"

    @cached_property
    def versions(self) -> str:
        """``DigiD 3.0, BIO2 1.3``: the norms of the lines, then those on which they lean. The package has all versions."""
        asked = list(dict.fromkeys(line.requirement for line in self.lines))
        for name in asked:
            rule = self.norms.requirements.get(name)
            leans = verdicts_of_requirement(rule) if rule else set()
            asked += sorted(leans.difference(asked))
        catalogs = dict.fromkeys(name.partition(":")[0] for name in asked)
        known = self.statement.versions
        return ", ".join(f"{self.catalog_short(each)} {known[each]}" for each in catalogs if each in known)

    def interim(self) -> list[Note]:
        """That the account has a reference date of its own and this paper is about another day; or nothing."""
        rule = self.account.about.get("reference_date", {}) if self.account else {}
        fixed, on = str(rule.get("month_day", "")), self.statement.on
        if rule.get("rule") != "yearly" or fixed == f"{on:%m-%d}":
            return []
        doubt = self.say("interim_doubt") if rule.get("to_verify") else ""
        words = yearly_words(fixed, self.language)
        return [Note(self.say("interim"), self.say("interim_means", fixed=words, on=self.day(on), doubt=doubt))]

    @property
    def submitted(self) -> bool:
        """Whether it is laid before the board, by its secretary, and so is not a statement of the board."""
        signer = self.account.about.get("signer", {}) if self.account else {}
        return bool(signer.get("role") == "secretary")

    def identity(self, *, public: bool = False, to: str = "") -> Pairs:
        """Which statement this is. ``to``: for whom this paper is, when that is not the addressee of the account."""
        statement, say = self.statement, self.say
        rows: list[tuple[str, str | Cell]] = [(say("organisation"), statement.organisation.name)]
        if codes := " · ".join(
            each for each in (statement.organisation.tooi_code, statement.organisation.cbs_code) if each
        ):
            rows.append((say("code"), codes))
        rows.append((say("account"), self.account_name))
        if statement.subject != statement.organisation.slug:
            rows.append((say("subject"), self.names.get(statement.subject, statement.subject)))
        if addressee := to or (self.text(self.account.addressee) if self.account else ""):
            rows.append((say("addressee"), capital(addressee)))
        rows += [
            (say("on"), self.day(statement.on)),
            (say("known_at"), self.day(statement.known_at)),
            (say("number"), self._number()),
            (say("versions"), self.versions),
            (say("signed"), self._signed()),
        ]
        if not self.concept:
            rows.append((say("root"), Cell(self.root, code=True)))
        if not public and not self.concept:
            rows.append((say("head"), Cell(f"{statement.head.seq} · {statement.head.hash}", code=True)))
        return Pairs(say("identity"), tuple(rows))

    def _number(self) -> str:
        statement = self.statement
        at = moment_words(statement.at, self.language)
        if self.concept:
            return self.say("number_concept", at=at)
        if statement.replaces is None:
            return self.say("number_at", number=statement.number, at=at)
        return self.say(
            "number_replaces", number=statement.number, at=at, old=statement.replaces, why=statement.why or "–"
        )

    def _signed(self) -> str:
        signer = self.statement.signer
        if signer is None:
            return capital(self.unsigned)
        return self.say("signed_by", name=signer.name, role=self.words.role(signer.role), mandate=signer.mandate or "–")

    @property
    def signature(self) -> Signature:
        """Under a document: who signed, or that nobody did."""
        signer = self.statement.signer
        if signer is None:
            key = "unsigned_means_submitted" if self.submitted else "unsigned_means"
            key = "concept_means" if self.concept else key
            return Signature(False, (capital(self.unsigned) + ".", self.say(key, board=self.board)))
        return Signature(
            True,
            (
                self.say(
                    "submitted" if self.submitted else "on_behalf",
                    board=self.board,
                    organisation=self.statement.organisation.name,
                ),
                signer.name,
                capital(self.words.role(signer.role)),
                self.say("mandate", mandate=signer.mandate or "–"),
                self.say("signed_at", at=moment_words(signer.at, self.language)),
            ),
        )

    def doubts(self, first: str = "") -> list[Note]:
        """What the packs are not sure of, for the whole account and for the norms it asks: one note, or none.

        ``first``: what the paper itself is not sure of. Of an account that is not complete its own doubt says enough: that of
        its norm says the same.
        """
        found = [first, self.text(self.account.about.get("uncertain")) if self.account else ""]
        whole = self.account is None or self.account.complete
        for catalog in dict.fromkeys(line.requirement.partition(":")[0] for line in self.lines if whole):
            known = self.norms.catalogs.get(catalog)
            if known and (doubt := self.text(known.uncertain)):
                found.append(f"{self.catalog_short(catalog)}: {doubt}")
        told = [each for each in found if each]
        return [Note(self.say("doubt"), "\n".join(told))] if told else []

    def document(
        self, title: str, blocks: Iterable[Block], *, public: bool = False, wide: bool = False, small: bool = False
    ) -> Document:
        """A document of this statement; it says on every page whether it is signed, and whether it may leave the house."""
        statement = self.statement
        return Document(
            title=title,
            kind=clipped(title, _HEAD),
            organisation=clipped(statement.organisation.name, _HEAD),
            language=self.language,
            at=statement.at,
            marks=self.marks,
            page=self.say("page"),
            blocks=tuple(blocks),
            warning="" if statement.signer else capital(self.unsigned),
            secret="" if public else self.say("secret"),
            wide=wide,
            small=small,
        )

    def book(self, title: str, *sheets: Sheet, public: bool = False) -> Workbook:
        """Lists of this statement, with first what it is."""
        rows = [
            (name, value.text if isinstance(value, Cell) else value)
            for name, value in self.identity(public=public).rows
        ]
        about = Sheet(self.say("sheet_about"), (self.say("what"), self.say("value")), tuple(rows))
        statement = self.statement
        return Workbook(title, self.language, statement.at, statement.organisation.name, (*sheets, about))
