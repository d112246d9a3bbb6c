"""Initiatives: added, changed, finished; taking part in one; and what the investment agenda assumes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from dijkwacht.apps.landscape.models import Area, Assumption, Initiative, InitiativeKind, Part, Reach
from dijkwacht.apps.landscape.queries.initiatives import title_of
from dijkwacht.apps.landscape.queries.needs import exists
from dijkwacht.apps.landscape.services.doing import Refused, doing
from dijkwacht.apps.landscape.services.needs import not_later, text_of
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.covenant.investment import Size
from dijkwacht.web.moments import day_of

MOST_YEARS = 30
MOST_MUNICIPALITIES = 100_000


@dataclass(frozen=True, slots=True)
class Told:
    """What an initiative is."""

    title: str
    what: str
    area: str
    kind: str
    owner: str
    started: date
    last_day: date | None = None
    closes: Sequence[str] = ()
    reach: str = Reach.OWN

    def checked(self, organisation: Organisation) -> "Told":
        """The same without stray blanks. Raises Refused with the field: empty, too_long, odd, period, another."""
        for name, allowed in (("area", Area.values), ("kind", InitiativeKind.values), ("reach", Reach.values)):
            if getattr(self, name) not in allowed:
                raise Refused("odd", field=name)
        if self.last_day is not None and self.last_day < self.started:
            raise Refused("period", field="last_day")
        if any(exists(organisation, need) is None for need in self.closes):
            raise Refused("another", field="closes")
        return replace(
            self, title=text_of(self.title, "title", most=200, needed=True), what=text_of(self.what, "what"),
            owner=text_of(self.owner, "owner", most=200, needed=True), closes=sorted({*self.closes}),
        )  # fmt: skip


def add(organisation: Organisation, *, told: Told, person: Person, at: datetime) -> Initiative:
    """A new initiative. Raises what `Told.checked` raises."""
    told = told.checked(organisation)
    with doing(organisation, person=person, at=at) as deed:
        made = Initiative.objects.create(
            organisation=organisation, added_by=person, changed_on=day_of(at), **asdict(told)
        )
        deed.write("initiative_added", about=_about(made), rows=[made], name=made.title)
    return made


def change(initiative: Initiative, *, told: Told, person: Person, at: datetime) -> Initiative:
    """Says otherwise what it is. Raises Refused: finished; and what `Told.checked` raises."""
    told = told.checked(initiative.organisation)
    with doing(initiative.organisation, person=person, at=at) as deed:
        now = _open(initiative)
        for name, value in asdict(told).items():
            setattr(now, name, value)
        now.changed_on = day_of(at)
        now.save()
        deed.write("initiative_changed", about=_about(now), rows=[now], name=now.title)
    return now


def finish(initiative: Initiative, *, on: date, outcome: str, person: Person, at: datetime) -> Initiative:
    """It is over, and what came of it. Raises Refused: finished, empty, future, period."""
    outcome = text_of(outcome, "outcome", needed=True)
    not_later(on, at, "on")
    with doing(initiative.organisation, person=person, at=at) as deed:
        now = _open(initiative)
        if on < now.started:
            raise Refused("period", field="on")
        now.finished_on, now.outcome, now.changed_on = on, outcome, day_of(at)
        now.save()
        deed.write("initiative_finished", about=_about(now), rows=[now], name=now.title)
    return now


def take_part(
    organisation: Organisation, *, initiative: str, how: str, since: date, person: Person, at: datetime
) -> Part:
    """An organisation takes part. Raises Refused: another, already, too_long, future."""
    how, title = text_of(how, "how"), _title(organisation, initiative)
    not_later(since, at, "since")
    with doing(organisation, person=person, at=at) as deed:
        if Part.objects.filter(organisation=organisation, initiative=initiative, until__isnull=True).exists():
            raise Refused("already")
        made = Part.objects.create(organisation=organisation, initiative=initiative, how=how, since=since, by=person)
        deed.write("initiative_joined", about=_of(initiative), rows=[made], name=title)
    return made


def leave(organisation: Organisation, *, initiative: str, person: Person, at: datetime) -> None:
    """An organisation takes part no longer. Raises Refused: another, not_in."""
    title = _title(organisation, initiative)
    with doing(organisation, person=person, at=at) as deed:
        now = Part.objects.filter(organisation=organisation, initiative=initiative, until__isnull=True).first()
        if now is None:
            raise Refused("not_in")
        now.until = day_of(at)
        now.save()
        deed.write("initiative_left", about=_of(initiative), rows=[now], name=title)


def assume(
    organisation: Organisation,
    *,
    years: int,
    municipalities: Mapping[str, int],
    remark: str,
    person: Person,
    at: datetime,
    source: str = "",
    doubts: str = "",
) -> Assumption:
    """What the investment agenda assumes. Raises Refused: years, number, too_long, numbers_source (numbers without one)."""
    if not 1 <= years <= MOST_YEARS:
        raise Refused("years", field="years", most=MOST_YEARS)
    for size, n in municipalities.items():
        if size not in list(Size) or not 0 <= n <= MOST_MUNICIPALITIES:
            raise Refused("number", field=f"n_{size}")
    texts = {
        "remark": text_of(remark, "remark"),
        "source": text_of(source, "source", most=300),
        "doubts": text_of(doubts, "doubts"),
    }
    if municipalities and not texts["source"]:
        raise Refused("numbers_source", field="source")
    with doing(organisation, person=person, at=at) as deed:
        now = Assumption.objects.filter(organisation=organisation).first() or Assumption(organisation=organisation)
        now.years, now.municipalities = years, {**municipalities}
        for name, text in texts.items():
            setattr(now, name, text)
        now.on, now.by = day_of(at), person
        now.save()
        deed.write("investment_assumed", about=f"assumption:{now.pk}", rows=[now], years=years)
    return now


def _open(initiative: Initiative) -> Initiative:
    now = Initiative.objects.get(pk=initiative.pk)
    if now.finished_on is not None:
        raise Refused("finished")
    return now


def _title(organisation: Organisation, initiative: str) -> str:
    title = title_of(organisation, initiative)
    if title is None:
        raise Refused("another")
    return title


def _about(initiative: Initiative) -> str:
    return f"initiative:{initiative.pk}"


def _of(initiative: str) -> str:
    kind, _sep, rest = initiative.partition(":")
    return f"initiative:{rest}" if kind == "initiative" else f"pack_initiative:{rest}"
