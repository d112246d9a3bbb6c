"""Lines as they stand in a list: narrowed, grouped by norm and theme, and with what goes beside the verdict."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from dijkwacht.apps.accountability.forms import NOBODY
from dijkwacht.apps.accountability.words import WITHDRAWN
from dijkwacht.apps.ledger.models import Claim
from dijkwacht.apps.ledger.queries import facts, subjects
from dijkwacht.apps.ledger.queries.verdicts import Line
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.catalog import Norms, Requirement, Withdrawn
from dijkwacht.core.verdict import Reason, Status, Verdict
from dijkwacht.web.terms import norm_word, text_of

# What a self-assessment says, as the verdict that would agree with it.
AGREES = {"yes": Status.MET, "no": Status.NOT_MET, "partly": Status.PARTLY, "not_applicable": Status.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class Row:
    """One line in a list. ``subject``: its name, empty for the organisation; ``claim``: only when it says otherwise."""

    rule: Requirement
    subject: str
    verdict: Verdict
    owner: str
    claim: Claim | None
    url: str
    told: tuple[tuple[str, Reason], ...] = ()  # its exceptions, those that say the same once, with the subjects' names

    @property
    def not_shown(self) -> Reason | None:
        """Why an answer that says yes is not enough for the addressee."""
        return next((reason for reason in self.verdict.reasons if reason.code == "not_shown"), None)

    @property
    def exceptions(self) -> list[Reason]:
        """The reasoned exceptions on which this rests."""
        return [reason for reason in self.verdict.reasons if reason.code == "exception"]


@dataclass(frozen=True, slots=True)
class Beside:
    """What an organisation has beside its verdicts. A guest gets names of subjects and nothing else."""

    organisation: Organisation
    names: Mapping[str, str]
    owners: Mapping[str, Any]
    claims: Mapping[tuple[str, str], Claim]
    linked: bool

    @classmethod
    def of(cls, organisation: Organisation, *, guest: bool = False) -> "Beside":
        """Three queries; one for a guest."""
        names = subjects.names(organisation) | {organisation.slug: organisation.name}
        if guest:
            return cls(organisation, names, {}, {}, linked=False)
        claims = {(claim.requirement, claim.subject.key): claim for claim in facts.claims(organisation)}
        return cls(organisation, names, facts.owners(organisation), claims, linked=True)

    def row(self, line: Line) -> Row:
        """A line with what stands beside it."""
        rule, own = line.requirement, line.subject == self.organisation.slug
        owner = self.owners.get(rule.id)
        claim = self.claims.get((rule.id, line.subject))
        if claim is not None and AGREES.get(claim.answer) == line.verdict.status:
            claim = None
        url = ""
        if self.linked:
            url = reverse("ledger:requirement", args=(self.organisation.slug, rule.id))
            url = url if own else f"{url}?{urlencode({'onderwerp': line.subject})}"
        name = "" if own else self.names.get(line.subject, line.subject)
        told = _exceptions(line.verdict, self.names, self.organisation.slug)
        return Row(rule, name, line.verdict, str(owner) if owner else "", claim, url, told)

    @property
    def people(self) -> list[tuple[str, str]]:
        """Those who look after a requirement, by name, to choose from."""
        return sorted({(str(person.pk), str(person)) for person in self.owners.values()}, key=lambda pair: pair[1])

    def narrowed(self, lines: Iterable[Line], chosen: Mapping[str, str]) -> list[Line]:
        """The lines that fit a filter (the cleaned data of a LinesForm)."""
        return [line for line in lines if self._fits(line, chosen)]

    def _fits(self, line: Line, chosen: Mapping[str, str]) -> bool:
        rule, wanted = line.requirement, chosen.get("text", "").strip().lower()
        owner = self.owners.get(rule.id)
        mine = str(owner.pk) if owner else NOBODY
        return (
            chosen.get("verdict") in ("", None, str(line.verdict.status))
            and chosen.get("theme") in ("", None, theme_key(rule))
            and chosen.get("owner") in ("", None, mine)
            and (not wanted or wanted in self._text(line))
        )

    def _text(self, line: Line) -> str:
        rule = line.requirement
        return " ".join((rule.number, text_of(rule.title), self.names.get(line.subject, ""))).lower()


def _exceptions(verdict: Verdict, names: Mapping[str, str], own: str) -> tuple[tuple[str, Reason], ...]:
    """The exceptions of a verdict, each once, with the names of the subjects for which it holds."""
    found: dict[str, list[Reason]] = {}
    for reason in verdict.reasons:
        if reason.code == "exception":
            found.setdefault(repr((reason.fact_type, reason.value, reason.params)), []).append(reason)
    return tuple(
        (
            ", ".join(names.get(each.subject, each.subject) for each in same if each.subject and each.subject != own),
            same[0],
        )
        for same in found.values()
    )


def theme_key(rule: Requirement) -> str:
    """A theme within its norm: two norms may use the same word for different things."""
    return f"{rule.catalog}.{rule.theme}"


def themes(norms: Norms, rules: Iterable[Requirement]) -> list[tuple[str, str]]:
    """The themes of these requirements, to choose from, in the order of the packs; with their norm when there are more."""
    keys = list(dict.fromkeys((rule.catalog, rule.theme) for rule in rules))
    several = len({catalog for catalog, _ in keys}) > 1
    return [
        (f"{catalog}.{theme}", f"{norm_word(norms, catalog)}: {name}" if several else name)
        for catalog, theme in keys
        if (name := theme_name(norms, catalog, theme))
    ]


def theme_name(norms: Norms, catalog: str, theme: str) -> str:
    """The name of a theme of a norm."""
    found = norms.catalogs.get(catalog)
    return text_of(found.themes.get(theme)) if found else theme


Group = tuple[str, list[tuple[str, list[Row]]]]  # norm, then theme by theme its rows


def grouped(norms: Norms, rows: Sequence[Row]) -> list[Group]:
    """Rows by norm and theme, both in the order in which they first occur; numbers keep their order within a theme."""
    order = {key: at for at, key in enumerate(dict.fromkeys((row.rule.catalog, row.rule.theme) for row in rows))}
    catalogs = {key: at for at, key in enumerate(dict.fromkeys(row.rule.catalog for row in rows))}
    ranked = sorted(rows, key=lambda row: (catalogs[row.rule.catalog], order[row.rule.catalog, row.rule.theme]))
    return [
        (catalog, [(theme_name(norms, catalog, theme), list(found)) for theme, found in groupby(inside, _theme)])
        for catalog, inside in groupby(ranked, lambda row: row.rule.catalog)
    ]


def _theme(row: Row) -> str:
    return row.rule.theme


@dataclass(frozen=True, slots=True)
class Gone:
    """A number that asks nothing any more; ``moved_to`` is a requirement, empty when its meaning went nowhere."""

    number: str
    title: str
    kind: str
    moved_to: str

    @property
    def moved_number(self) -> str:
        """The number under which it stands now."""
        return self.moved_to.partition(":")[2]


def gone(found: Mapping[str, Withdrawn], wanted: str) -> list[Gone]:
    """The numbers that ask nothing any more, those with the words of a filter only."""
    wanted = wanted.strip().lower()
    rows = [
        Gone(each.id.partition(":")[2], text_of(each.title), str(WITHDRAWN[each.kind]), each.moved_to or "")
        for each in found.values()
    ]
    return [row for row in rows if wanted in f"{row.number} {row.title}".lower()]
