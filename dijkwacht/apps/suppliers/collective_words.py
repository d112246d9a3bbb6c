"""Collective services in words: the sentence above each page, how a requirement stands, what is still asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.words import asked
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Covering
from dijkwacht.apps.suppliers.queries.collectives import Covers, Members, Sight, Together
from dijkwacht.core.suppliers.asking import CollectiveService
from dijkwacht.core.verdict import Status
from dijkwacht.norms.suppliers_collective import NORMS, collective_services
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import norm_word, text_of

FEW = 3
"""So many questions are shown per requirement; the page of the requirement has them all."""


def list_answer(found: Together) -> str:
    """What is there to do, and else how many we take part in."""
    if n := len(found.to_confirm):
        return ngettext(
            "Of %(n)s service the holder says that you take part. Does that hold?",
            "Of %(n)s services the holders say that you take part. Does that hold?", n,
        ) % {"n": n}  # fmt: skip
    n, more = len(found.joined), len(found.could)
    if not n and not more:
        return _("Nothing is open for you here yet.")
    joined = ngettext("You take part in %(n)s service", "You take part in %(n)s services", n) % {"n": n}
    could = ngettext("%(n)s more is open for you", "%(n)s more are open for you", more) % {"n": more}
    return _("%(joined)s; %(could)s.") % {"joined": joined, "could": could}


def answer(sight: Sight, rows: Sequence[Covers], *, on: date) -> str:
    """What it takes off one's hands, and how much of that is still open here."""
    until = sight.collective.until
    if until is not None and until <= on:
        return _("This service has ended.")
    n = len(rows)
    if not n:
        return _("Nothing was told yet of what it takes care of.")
    helps = ngettext("Helps with %(n)s requirement", "Helps with %(n)s requirements", n) % {"n": n}
    if not sight.membership and not sight.can_join:
        return f"{helps}."
    met = sum(_settled(each) for each in rows)
    return _("%(helps)s; you meet %(met)s of them. Taking part settles none by itself.") % {"helps": helps, "met": met}


def _settled(row: Covers) -> bool:
    """Whether every line of it is met or does not apply."""
    return bool(row.stands) and all(status in (Status.MET, Status.NOT_APPLICABLE) for status, _n in row.stands)


def members_answer(found: Members, others: int) -> str:
    """How many take part, and who does not."""
    n = len(found.joined)
    joined = ngettext("%(n)s organisation takes part", "%(n)s organisations take part", n) % {"n": n}
    could = ngettext("%(n)s could and does not", "%(n)s could and do not", others) % {"n": others}
    return _("%(joined)s; %(could)s.") % {"joined": joined, "could": could}


@dataclass(frozen=True, slots=True)
class Line:
    """A covered requirement for the page. ``number``: as people call it, such as BIO2 5.20.01; ``asked``: the first questions;
    ``more``: how many others there are."""

    row: Covering
    number: str
    title: str
    url: str
    stands: Sequence[tuple[Status, int]]
    asked: Sequence[tuple[str, str]]
    more: int


def lines(rows: Iterable[Covers], *, organisation: Organisation, names: Mapping[str, str], on: date) -> list[Line]:
    """What the page shows of each requirement that is covered."""
    found, norms = [], packs_on(on).norms
    for each in rows:
        known, name = each.rule is not None, each.row.requirement
        title = text_of(each.rule.title) if each.rule else _("This requirement is in no norm that is in force.")
        url = reverse("ledger:requirement", args=[organisation.slug, name]) if known else ""
        few = [_question(ask.subject, ask.fact_type, organisation, names, on) for ask in each.questions[:FEW]]
        catalog, _colon, number = name.partition(":")
        called = f"{norm_word(norms, catalog)} {(each.rule.label if each.rule else '') or number}"
        found.append(Line(each.row, called, title, url, each.stands, few, max(0, len(each.questions) - FEW)))
    return found


def _question(
    subject: str, fact_type: str, organisation: Organisation, names: Mapping[str, str], on: date
) -> tuple[str, str]:
    text = asked(packs_on(on).fact_type(fact_type), subject, names)
    return text, reverse("ledger:fact", args=[organisation.slug, subject, fact_type])


def requirement_choices(on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every requirement that a collective service may help with, under its norm."""
    norms = packs_on(on).norms
    found: dict[str, list[tuple[str, str]]] = {}
    for name, rule in norms.requirements.items():
        catalog, _colon, number = name.partition(":")
        if catalog in NORMS:
            label = f"{number} {text_of(rule.title)}"
            found.setdefault(text_of(norms.catalogs[catalog].name), []).append((name, label))
    return list(found.items())


def pack_of(name: str) -> CollectiveService | None:
    """The service of the pack with this id."""
    return next((each for each in collective_services().services if each.id == name), None)


def doubts(pack: CollectiveService | None) -> list[str]:
    """What the pack is not sure of, what of it has ended, and where it comes from; sentences."""
    if pack is None:
        return []
    ended = [
        _("%(part)s ended before %(day)s.") % {"part": text_of(each.name), "day": day_words(each.ended)}
        for each in pack.parts
        if each.ended is not None
    ]
    source = _("Source: %(source)s.") % {"source": pack.source}
    return [*ended, text_of(pack.uncertain), source]
