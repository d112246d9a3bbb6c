"""The year as a page shows it and as a calendar outside this site gets it: more on the page, little in the calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dijkwacht.adapters.ical import Entry
from dijkwacht.apps.isms import words
from dijkwacht.apps.isms.queries import year as queries
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.ledger.words import asked
from dijkwacht.apps.people.access import Seat
from dijkwacht.core.access import Right
from dijkwacht.core.catalog import Norms
from dijkwacht.core.isms_year import Event, by_month, months_from

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """One event as a row."""

    event: Event
    title: str
    short: str
    url: str
    kind: str
    late: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month in the strip of the year."""

    key: str
    name: str
    count: int
    late: int
    current: bool


@dataclass(frozen=True, slots=True)
class YearPage:
    """The strip of months, the month that is looked at with its days, what is late, and what has no day yet."""

    months: tuple[Month, ...]
    name: str
    rows: tuple[Shown, ...]
    late: tuple[Shown, ...]
    undated: tuple[tuple[str, str], ...]


def page(seat: Seat, *, on: date, wanted: str) -> YearPage:
    """Twelve months from this one; ``wanted``: one of them as ``2026-11``, by default this one."""
    strip = months_from(on.year, on.month, MONTHS)
    last_year, last_month = months_from(*strip[-1], 2)[1]
    found = queries.year(seat.organisation, on=on, until=date(last_year, last_month, 1) - timedelta(days=1))
    packs, names = packs_on(on), subjects.names(seat.organisation)
    months = by_month(found.events)
    keys = {f"{y}-{m:02}": (y, m) for y, m in strip}
    chosen = keys.get(wanted, strip[0])
    show = _Showing(seat.organisation.slug, packs, names, on, seat.may(Right.ANSWER))
    return YearPage(
        tuple(_month(key, at, months.get(at, ()), current=at == chosen, on=on) for key, at in keys.items()),
        words.month_name(*chosen),
        tuple(show.row(each) for each in months.get(chosen, ()) if each.day >= on),
        tuple(show.row(each) for each in found.events if each.day < on),
        tuple(
            (show.question(key, name), queries.question_address(show.slug, key, name, answers=show.answers))
            for key, name in found.undated
        ),
    )  # fmt: skip


def _month(key: str, at: tuple[int, int], events: Sequence[Event], *, current: bool, on: date) -> Month:
    return Month(key, words.month_name(*at), len(events), sum(each.day < on for each in events), current)


@dataclass(frozen=True, slots=True)
class _Showing:
    """What is needed to put an event in words."""

    slug: str
    packs: Packs
    names: dict[str, str]
    on: date
    answers: bool

    def question(self, subject: str, fact_type: str) -> str:
        """The words of a question."""
        try:
            return asked(self.packs.fact_type(fact_type), subject, self.names)
        except KeyError:
            return ""

    def row(self, event: Event) -> Shown:
        """An event as a row."""
        norms = self.packs.norms
        question = self.question(event.subject, event.fact_type) if event.subject else ""
        return Shown(
            event, words.event_title(event, question),
            words.short(norms, event.requirement) if event.requirement else "",
            queries.address(event, self.slug, answers=self.answers), str(words.OCCASIONS[event.occasion]), event.day < self.on,
        )  # fmt: skip


def entries(events: Iterable[Event], *, norms: Norms, address: str) -> list[Entry]:
    """Events for a calendar that others keep: the norm and the kind of thing, no names, no verdicts.

    What is the same on one day (twenty systems, one rhythm) stands there once.
    """
    seen: dict[tuple[date, str], Entry] = {}
    for each in events:
        title = words.feed_title(each, norms)
        key = each.day, title
        first = f"{each.occasion}|{each.requirement or each.key}"
        seen.setdefault(key, Entry(each.day, title, first, url=address, category="Dijkwacht", tentative=each.expected))
    return list(seen.values())
