"""What the rooms above the ledger ask of one person: lines of ENSIA that were handed to him, and his actions of the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dijkwacht.apps.ensia.models import Answerer
from dijkwacht.apps.ensia.queries.askings import Asking, askings
from dijkwacht.apps.ensia.queries.calendar import milestones_of
from dijkwacht.apps.ensia.queries.done import lines_done
from dijkwacht.apps.ensia.queries.lines import names_of, requirements_of
from dijkwacht.apps.isms.models import Action
from dijkwacht.apps.isms.queries import plan
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.access import Seat
from dijkwacht.core.ensia import next_of
from dijkwacht.core.isms_cycle import Pressing
from dijkwacht.web.context import address
from dijkwacht.web.terms import text_of

SOON = 30  # days ahead


@dataclass(frozen=True, slots=True)
class Handed:
    """A line of ENSIA, or themes of it, that this person answers.

    ``due``: the last day that was named when it was handed out, else the next day that counts for it.
    """

    name: str
    themes: tuple[str, ...]
    year: int
    due: date | None
    url: str
    requirements: frozenset[str]
    askings: tuple[Asking, ...]


def handed(seat: Seat, *, on: date) -> list[Handed]:
    """The lines of running years that were handed to this person and not handed in yet, the first due first."""
    rows = Answerer.objects.filter(
        year__organisation=seat.organisation, year__closed_on__isnull=True, person=seat.person, until__isnull=True
    ).select_related("year")
    groups: dict[tuple[int, str], list[Answerer]] = {}
    for row in rows:
        groups.setdefault((row.year.year, row.line), []).append(row)
    asked = askings(rows)
    found = [
        _handed(seat, each, asked, on=on) for each in groups.values() if each[0].line not in lines_done(each[0].year)
    ]
    return sorted(found, key=lambda each: (each.due or date.max, each.name))


def _handed(seat: Seat, rows: list[Answerer], asked: Mapping[int, Asking], *, on: date) -> Handed:
    year, line = rows[0].year.year, rows[0].line
    whole = any(not row.theme for row in rows)
    themes = () if whole else tuple(_theme_word(row.theme, on=on) for row in rows)
    how = tuple(dict.fromkeys(asked[row.pk] for row in rows if row.pk in asked))
    following = next_of(milestones_of(year), line=line, on=on)
    due = min((each.due for each in how if each.due), default=following.on if following else None)
    names = (requirements_of(line, theme="" if whole else row.theme, on=on) or () for row in rows)
    return Handed(
        names_of([line])[line],
        themes,
        year,
        due,
        address("ensia:line", organisation=seat.organisation.slug, year=str(year), line=line),
        frozenset(name for each in names for name in each),
        how,
    )


def _theme_word(theme: str, *, on: date) -> str:
    catalog, _dot, key = theme.partition(".")
    held = packs_on(on).norms.catalogs.get(catalog)
    return text_of(held.themes.get(key)) if held and key in held.themes else theme


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan as this person meets it: his own actions that press, and how many of others are late."""

    own: list[Action]
    others_late: int


def pressing_actions(seat: Seat, *, on: date) -> Plan:
    """Own actions that are late or due within 30 days, the first due first."""
    rows = plan.open_rows(seat.organisation, on=on)
    own = [row.action for row in rows if row.action.owner_id == seat.person.pk]
    late = sum(row.pressing is Pressing.LATE and row.action.owner_id != seat.person.pk for row in rows)
    return Plan([each for each in own if each.due <= on + timedelta(days=SOON)], late)
