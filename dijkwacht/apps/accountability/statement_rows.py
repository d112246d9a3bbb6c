"""The lines of a statement as a page shows them: the answer, what it rests on, who said so, and what differs from before."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.models import Remark, Statement
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.values import read
from dijkwacht.apps.ledger.words import asked, asked_register, register_kind
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.statement import StatementLine, UsedFact
from dijkwacht.core.statement_changes import Difference, Kind
from dijkwacht.core.verdict import Reason, Status
from dijkwacht.norms.archive import norms_of
from dijkwacht.web import terms
from dijkwacht.web.terms import text_of


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact behind a line. ``url``: where to change it, empty for who may not; ``owner``: whose it is, if not our own."""

    fact: UsedFact
    question: str
    answer: str
    url: str
    owner: str = ""

    @property
    def origin(self) -> str:
        """Where it came from."""
        return terms.origin_word(self.fact.origin)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line. ``change``: how it differs from the statement it is compared with; ``was``: its verdict there."""

    line: StatementLine
    rule: Requirement | None
    subject: str
    change: Difference | None
    facts: tuple[FactRow, ...]
    url: str

    @property
    def key(self) -> str:
        """How the line is named in a form: ``requirement@subject``."""
        return f"{self.line.requirement}@{self.line.subject}"

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return slugify(self.key.replace(":", "-").replace(".", "-").replace("@", "-"))

    @property
    def number(self) -> str:
        """The number within its norm."""
        return self.rule.number if self.rule else self.line.requirement.partition(":")[2]

    @property
    def title(self) -> str:
        """What it asks, in a few words."""
        return text_of(self.rule.title) if self.rule else ""

    @property
    def uncertain(self) -> bool:
        """Whether the pack itself doubts how this requirement is read."""
        return bool(self.rule and self.rule.uncertain)

    @property
    def changed(self) -> str:
        """How it differs, in words; empty when it does not."""
        return change_words(self.change) if self.change else ""

    @property
    def exceptions(self) -> list[Reason]:
        """The reasoned exceptions on which it rests, those that say the same once."""
        found = {repr((r.fact_type, r.value)): r for r in self.line.reasons if r.code == "exception"}
        return list(found.values())

    @property
    def granted(self) -> list[Reason]:
        """Those, and every other exception from it that holds, as reasons that a page can show."""
        rested = {reason.fact_id for reason in self.line.reasons if reason.code == "exception"}
        more = [
            Reason(
                "exception",
                each.fact,
                each.id,
                each.subject,
                None,
                each.value,
                each.valid_from,
                each.said_by,
                each.assurance,
            )
            for each in self.line.exceptions
            if each.id not in rested
        ]
        return [*self.exceptions, *more]

    @property
    def shown_reasons(self) -> tuple[Reason, ...]:
        """Why it has this verdict, where no answer tells: what is missing or stands in the way."""
        return tuple(reason for reason in self.line.reasons if not reason.fact_id)[:3]

    @property
    def latest(self) -> UsedFact | None:
        """The answer that was given last."""
        return max((row.fact for row in self.facts), key=lambda fact: fact.recorded_at, default=None)

    @property
    def evidence(self) -> int:
        """How many files it rests on."""
        return len({each.sha256 for row in self.facts for each in row.fact.evidence})


def change_words(change: Difference) -> str:
    """``Was: onbekend``, ``Nieuw``: how a line differs from the statement before it."""
    if change.kind is Kind.ADDED:
        return _("New line")
    if change.kind is Kind.GONE:
        return _("No longer in it")
    if change.kind is Kind.EVIDENCE:
        return _("Same verdict, other evidence")
    before, after = change.before, change.after
    if before is None or after is None or before.status != after.status:
        return _("Was: %(verdict)s") % {"verdict": terms.status_word(before.status)} if before else _("New line")
    return _("Same verdict, shown otherwise")


@dataclass(frozen=True, slots=True)
class Shown:
    """Turns lines into rows. ``slug``: of the organisation; ``back``: the page to come back to, empty: nothing to change."""

    norms: Norms
    slug: str
    names: Mapping[str, str]
    back: str = ""

    def rows(self, lines: Iterable[StatementLine], changes: Sequence[Difference] = ()) -> list[LineRow]:
        """The rows of these lines, and at the end those that are gone."""
        by_key = {(each.line.requirement, each.line.subject): each for each in changes}
        found = [self.row(line, by_key.get((line.requirement, line.subject))) for line in lines]
        return [*found, *(self.row(each.line, each) for each in changes if each.kind is Kind.GONE)]

    def row(self, line: StatementLine, change: Difference | None = None) -> LineRow:
        """One line with what stands beside it."""
        rule = self.norms.requirements.get(line.requirement)
        own = line.subject == self.slug
        bare = LineRow(line, rule, "" if own else line.subject_name, change, (), "")
        back = f"{self.back}#{bare.anchor}" if self.back else ""
        url = ""
        if back and rule:
            query = {"back": back} | ({} if own else {"onderwerp": line.subject})
            url = f"{reverse('ledger:requirement', args=(self.slug, rule.id))}?{urlencode(query)}"
        facts = tuple(self._fact(fact, back) for fact in line.facts)
        return LineRow(line, rule, bare.subject, change, facts, url)

    def _fact(self, fact: UsedFact, back: str) -> FactRow:
        kind, names = self.norms.fact_types.get(fact.fact), self.names
        if kind is not None:
            question = asked(kind, fact.subject, names)
        else:
            question = asked_register(fact.fact) if register_kind(fact.fact) else fact.fact
        answer = terms.value_words(kind, read(kind, fact.value) if kind else fact.value, names)
        url = ""
        if back and not fact.inherited_from:
            here = reverse("ledger:question", args=(self.slug, fact.subject, fact.fact))
            url = f"{here}?{urlencode({'back': back})}"
        return FactRow(fact, question, answer, url, names.get(fact.inherited_from, fact.inherited_from))


def names_in(lines: Iterable[StatementLine]) -> dict[str, str]:
    """The names of subjects as the lines themselves give them, and of the organisations that they name."""
    found: dict[str, str] = {}
    others: set[str] = set()
    for line in lines:
        others.update(str(reason.params["organisation"]) for reason in line.reasons if "organisation" in reason.params)
        others.update(fact.inherited_from for fact in line.facts if fact.inherited_from)
        found |= line.others
        found[line.subject] = line.subject_name
        found |= {fact.subject: fact.subject_name for fact in line.facts}
    unnamed = others.difference(found)  # a statement of before names were kept: what they are called now
    return dict(Organisation.objects.filter(slug__in=unnamed).values_list("slug", "name")) | found


def titled(remarks: Iterable[Remark], norms: Norms) -> list[tuple[Remark, str]]:
    """Remarks, each with the title of the requirement that it is about."""
    rules = norms.requirements
    return [(row, text_of(rules[row.requirement].title) if row.requirement in rules else "") for row in remarks]


def norms_then(row: Statement) -> Norms:
    """The norms with which a statement was made; those in force for its day when they are the same, or the old are gone."""
    packs = packs_on(row.on)
    if packs.fingerprint == row.packs:
        return packs.norms
    try:
        return norms_of(storage.norms_of(row.norms), on=row.on)
    except storage.StorageError:
        return packs.norms


def narrowed(rows: Collection[LineRow], only: str, text: str = "") -> list[LineRow]:
    """The rows that fit a filter."""
    wanted = text.strip().lower()
    return [row for row in rows if _fits(row, only) and (not wanted or wanted in _text(row))]


def _fits(row: LineRow, only: str) -> bool:
    match only:
        case "anders":
            return row.change is not None
        case "niet-op-orde":
            return row.line.status not in (Status.MET, Status.NOT_APPLICABLE)
        case "uitzondering":
            return bool(row.granted)
        case "twijfel":
            return row.uncertain
    return True


def _text(row: LineRow) -> str:
    return f"{row.number} {row.title} {row.subject}".lower()


def grouped(norms: Norms, rows: Iterable[LineRow]) -> list[tuple[str, list[LineRow]]]:
    """The rows by theme, in the order in which the themes first occur; numbers keep their order."""
    found: dict[str, list[LineRow]] = {}
    shown = list(rows)
    several = len({row.rule.catalog for row in shown if row.rule}) > 1
    for row in shown:
        found.setdefault(_theme(norms, row, several), []).append(row)
    return list(found.items())


def _theme(norms: Norms, row: LineRow, several: bool) -> str:
    rule = row.rule
    if rule is None:
        return _("Other lines")
    catalog: Any = norms.catalogs.get(rule.catalog)
    name = text_of(catalog.themes.get(rule.theme)) if catalog else rule.theme
    norm = terms.norm_word(norms, rule.catalog)
    return f"{norm}: {name}" if several and name else name or norm
