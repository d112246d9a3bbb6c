"""Tenders as they stand: the set that they come from, their lines by theme, what offers say, and what was agreed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import (
    Agreed,
    Contract,
    Offer,
    OfferLine,
    PrivateSet,
    Tender,
    TenderLine,
    TenderState,
)
from dijkwacht.core.days import Duration
from dijkwacht.core.suppliers.asking import Asked, Edition, Named, Part, RequirementSet, Text
from dijkwacht.core.suppliers.procurement import Requirement, Weight
from dijkwacht.core.suppliers.tendering import SAYS, Derived, Says, derived, stands, tally
from dijkwacht.norms.suppliers_requirements import requirements

OWN = "own"
"""The theme of what an organisation adds itself."""
ALWAYS = "*"
"""The part of a private set with what belongs to no part."""
A_YEAR = Duration(12, 0)
TOGETHER = 40
"""So many lines at most stand on one page to be changed."""
_LOOSE: Text = {"nl": "Zonder onderdeel: gaat altijd mee", "en": "Without a part: goes with every tender"}


def set_of(private: PrivateSet | None) -> RequirementSet:
    """The requirements of the house, or a private set in the same shape.

    A private set says nothing of following up: each of its requirements is then looked at once a year.
    """
    return requirements() if private is None else _private(private)


def _private(private: PrivateSet) -> RequirementSet:
    rows = list(private.requirements.all())
    names = list(dict.fromkeys(name for row in rows for name in parts_of(row.part)))
    loose = any(not parts_of(row.part) for row in rows)
    parts = [Part(ALWAYS, "always", _LOOSE, _both(""))] if loose else []
    parts += [Part(name, "bought", _both(name), _both("")) for name in names]
    themes = {each.id: f"t{n}" for n, each in enumerate(parts, start=1)}
    asked = []
    for row in rows:
        own = parts_of(row.part) or (ALWAYS,)
        plain = Requirement(row.key, frozenset(own), cast(Weight, row.weight), links=tuple(row.links))
        asked.append(Asked(plain, themes[own[0]], _both(row.text), _both(row.verify), A_YEAR, "", _both("")))
    edition = Edition(private.version, private.brought_at.date(), "", _both(private.name), _both(""))
    named = tuple(Named(themes[each.id], each.name, _both("")) for each in parts)
    return RequirementSet(edition, tuple(parts), named, (), tuple(asked))


def parts_of(part: str) -> tuple[str, ...]:
    """The parts of a private requirement by name."""
    return tuple(name for each in part.split(";") if (name := each.strip()))


def _both(text: str) -> Text:
    return {"nl": text, "en": text}


def derived_of(tender: Tender) -> dict[str, Derived]:
    """What follows today from the set and the choice, by key; nothing when the set has changed too much to say."""
    try:
        rows = derived(set_of(tender.private_set), parts=tender.parts, context=tender.context)
    except ValueError:
        return {}
    return {each.key: each for each in rows}


def tenders_of(organisation: Organisation) -> QuerySet[Tender]:
    """All tenders, the newest first. ``asked``, ``offered``: how many lines and offers."""
    asked = Count("lines", filter=Q(lines__left_out_because=""), distinct=True)
    rows = Tender.objects.filter(organisation=organisation).select_related("private_set", "owner")
    return rows.annotate(asked=asked, offered=Count("offers", distinct=True)).order_by("-begun_at", "-pk")


def sets_of(organisation: Organisation) -> QuerySet[PrivateSet]:
    """The private sets, with ``size``: how many requirements."""
    return PrivateSet.objects.filter(organisation=organisation).annotate(size=Count("requirements"))


def by_order(tender: Tender) -> list[TenderLine]:
    """The lines of a tender, theme by theme, as they are numbered."""
    place = {each.id: n for n, each in enumerate(set_of(tender.private_set).themes)}
    rows = tender.lines.order_by("order", "pk")
    return sorted(rows, key=lambda each: place.get(each.theme, len(place) + (each.theme == OWN)))


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one theme that stand on one page. ``number``: which page; ``part`` and ``parts``: of how many of this theme."""

    number: int
    theme: str
    lines: tuple[TenderLine, ...]
    part: int = 1
    parts: int = 1

    @property
    def asked(self) -> int:
        """How many of them are asked."""
        return sum(not each.left_out_because for each in self.lines)


def groups_of(lines: Sequence[TenderLine]) -> list[Group]:
    """Lines by theme, in pieces of at most `TOGETHER`."""
    by_theme: dict[str, list[TenderLine]] = {}
    for line in lines:
        by_theme.setdefault(line.theme, []).append(line)
    found: list[Group] = []
    for theme, rows in by_theme.items():
        pieces = [tuple(rows[start : start + TOGETHER]) for start in range(0, len(rows), TOGETHER)]
        for n, piece in enumerate(pieces, start=1):
            found.append(Group(len(found) + 1, theme, piece, n, len(pieces)))
    return found


def counts(lines: Iterable[TenderLine]) -> Counter[str]:
    """How many are asked as must, as wish, and how many are ``out``."""
    return Counter("out" if each.left_out_because else each.weight for each in lines)


@dataclass(frozen=True, slots=True)
class Row:
    """What one offer says of one line. ``row`` None: nothing was recorded. ``stands``: what counts of it."""

    line: TenderLine
    row: OfferLine | None

    @property
    def says(self) -> Says:
        """What the offer says."""
        return cast(Says, self.row.says) if self.row else "unknown"

    @property
    def verified(self) -> Says:
        """What we found of it."""
        return cast(Says, self.row.verified) if self.row else "unknown"

    @property
    def stands(self) -> Says:
        """What counts: what we found, or else what the offer says."""
        return stands(self.says, self.verified)

    @property
    def differs(self) -> bool:
        """Whether we found something else than the offer says."""
        return self.verified != "unknown" and self.verified != self.says

    @property
    def text(self) -> str:
        """In the words of the offer."""
        return self.row.text if self.row else ""


def said(offer: Offer, lines: Iterable[TenderLine]) -> list[Row]:
    """What an offer says of each line that is asked, in their order."""
    held = {each.line_id: each for each in offer.lines.select_related("verified_by")}
    return [Row(line, held.get(line.pk)) for line in lines if not line.left_out_because]


def tally_of(rows: Iterable[Row]) -> dict[Weight, Counter[Says]]:
    """How many musts and wishes are met, in part, not, or not answered."""
    return tally((cast(Weight, each.line.weight), each.stands) for each in rows)


@dataclass(frozen=True, slots=True)
class Beside:
    """One line with what each offer says of it, in the order of the offers."""

    line: TenderLine
    rows: tuple[Row, ...]


def compared(offers: Sequence[Offer], lines: Sequence[TenderLine]) -> list[Beside]:
    """Every line that is asked with what each offer says of it."""
    columns = [said(offer, lines) for offer in offers]
    asked = [line for line in lines if not line.left_out_because]
    return [Beside(line, tuple(column[n] for column in columns)) for n, line in enumerate(asked)]


def not_met(rows: Iterable[Beside]) -> list[Beside]:
    """The musts that some offer does not meet whole, the worst first."""
    found = [each for each in rows if each.line.weight == "must" and any(row.stands != "yes" for row in each.rows)]
    return sorted(found, key=lambda each: min(SAYS.index(row.stands) for row in each.rows))


def holds(on: date) -> Q:
    """The condition that something agreed still holds on a day: it did not end, nor did the contract in which it stands."""
    over = Q(contract__until__lte=on) | Q(contract__ended_on__lte=on)
    return Q(ended_on__isnull=True) & ~over


def agreed_of(organisation: Organisation, *, on: date) -> QuerySet[Agreed]:
    """What was agreed with suppliers and still holds; who must be looked at first comes first, what needs no look last."""
    rows = Agreed.objects.filter(holds(on), organisation=organisation)
    return rows.select_related("supplier", "service", "contract", "owner", "line__tender").order_by(
        F("due").asc(nulls_last=True), "supplier__name", "key", "pk"
    )


def over_in(organisations: Collection[int], suppliers: Collection[int], *, on: date) -> list[int]:
    """The tenders won by these suppliers of which no contract holds on a day any more, by number.

    Where nothing was agreed, any contract with the supplier will do.
    """
    ended = Q(contract__until__lte=on) | Q(contract__ended_on__lte=on)
    agreed = Agreed.objects.filter(line__tender=OuterRef("tender"), contract__isnull=False)
    others = Contract.objects.filter(supplier=OuterRef("supplier")).exclude(Q(until__lte=on) | Q(ended_on__lte=on))
    rows = Offer.objects.filter(awarded=True, tender__organisation__in=organisations)
    rows = rows.exclude(Exists(agreed.exclude(ended))).filter(Exists(agreed) | ~Exists(others))
    return [tender for tender, whose in rows.values_list("tender_id", "supplier_id") if whose in suppliers]


def late_of(organisation: Organisation, *, on: date) -> int:
    """How many agreed requirements should have been looked at before a day."""
    return Agreed.objects.filter(holds(on), organisation=organisation, due__lt=on).count()


def open_offers(tender: Tender) -> bool:
    """Whether offers can still be added and changed."""
    return tender.state == TenderState.SENT


def texts(line: TenderLine, tender: Tender, language: str, found: Mapping[str, Asked]) -> tuple[str, str]:
    """The text of a line and how it is verified, in a language as far as the pack it came from is at hand; else as kept."""
    row = (
        found.get(line.key)
        if tender.private_set_id is None and tender.version == requirements().edition.version
        else None
    )
    if row is None or language not in row.text:
        return line.text, line.verify
    return row.text[language], row.verify.get(language, line.verify)
