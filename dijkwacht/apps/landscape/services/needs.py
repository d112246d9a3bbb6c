"""Needs: raising one, saying how strongly it is felt, and saying what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from dijkwacht.apps.landscape.models import Area, Challenge, Felt, Handling, Need, NeedStatus, Reach, Voice
from dijkwacht.apps.landscape.queries.needs import OWN, exists, own_number
from dijkwacht.apps.landscape.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.covenant.investment import Band, Size
from dijkwacht.web.moments import day_of

LONGEST = 5_000
CLOSED = (NeedStatus.MET, NeedStatus.DROPPED)


@dataclass(frozen=True, slots=True)
class Raised:
    """What an organisation needs."""

    title: str
    needed: str
    area: str
    challenge: str = ""
    reach: str = Reach.OWN

    def checked(self) -> "Raised":
        """The same without stray blanks. Raises Refused (empty, too_long, odd) with the field."""
        _within(self.area, Area.values, "area")
        _within(self.challenge, ["", *Challenge.values], "challenge")
        _within(self.reach, Reach.values, "reach")
        return replace(
            self,
            title=text_of(self.title, "title", most=200, needed=True),
            needed=text_of(self.needed, "needed", needed=True),
        )


def raise_need(organisation: Organisation, *, told: Raised, person: Person, at: datetime) -> Need:
    """A new need. Raises what `Raised.checked` raises."""
    told = told.checked()
    with doing(organisation, person=person, at=at) as deed:
        made = Need.objects.create(organisation=organisation, raised_on=day_of(at), raised_by=person, **asdict(told))
        deed.write("need_raised", about=_about(made), rows=[made], name=made.title)
    return made


def change_need(need: Need, *, told: Raised, person: Person, at: datetime) -> Need:
    """Says otherwise what is needed. Raises Refused: taken_back; reach (others said something of it, so it stays with all)."""
    told = told.checked()
    with doing(need.organisation, person=person, at=at) as deed:
        now = Need.objects.get(pk=need.pk)
        if now.withdrawn_on is not None:
            raise Refused("taken_back")
        if told.reach == Reach.OWN and now.reach == Reach.ALL and _others(now):
            raise Refused("reach", field="reach")
        for name, value in asdict(told).items():
            setattr(now, name, value)
        now.save()
        deed.write("need_changed", about=_about(now), rows=[now], name=now.title)
    return now


def take_back(need: Need, *, person: Person, at: datetime) -> None:
    """It should not have stood there. What others said of it is kept. Raises Refused: taken_back."""
    with doing(need.organisation, person=person, at=at) as deed:
        now = Need.objects.get(pk=need.pk)
        if now.withdrawn_on is not None:
            raise Refused("taken_back")
        now.withdrawn_on = day_of(at)
        now.save()
        deed.write("need_taken_back", about=_about(now), rows=[now], name=now.title)


def speak(organisation: Organisation, *, need: str, felt: str, because: str, person: Person, at: datetime) -> Voice:
    """Says how strongly an organisation feels a need; what it said before is kept, and counts no longer.

    Raises Refused: another (no such need for it), odd, too_long.
    """
    _within(felt, Felt.values, "felt")
    because = text_of(because, "because")
    title = _title(organisation, need)
    with doing(organisation, person=person, at=at) as deed:
        before = list(Voice.objects.filter(organisation=organisation, need=need, until__isnull=True))
        for row in before:
            row.until = day_of(at)
            row.save()
        made = Voice.objects.create(
            organisation=organisation, need=need, felt=felt, because=because, on=day_of(at), by=person
        )
        deed.write("need_felt", about=_of(need), rows=[*before, made], name=title, felt=felt)
    return made


@dataclass(frozen=True, slots=True)
class Handled:
    """What is said of a need where it is handled. ``once``, ``yearly``: band per size of municipality."""

    realism: str = ""
    realism_why: str = ""
    priority: str = ""
    priority_why: str = ""
    holder: str = ""
    status: str = NeedStatus.RAISED
    status_why: str = ""
    once: Mapping[str, Sequence[int]] = field(default_factory=dict)
    yearly: Mapping[str, Sequence[int]] = field(default_factory=dict)
    hours: Sequence[int] = ()
    benefit: str = ""
    basis: str = ""

    def checked(self) -> "Handled":
        """The same without stray blanks. Raises Refused with the field: odd, too_long, empty (why a need is closed; basis of
        figures), band (low, likely and high are not in that order)."""
        texts: dict[str, Any] = {
            name: text_of(getattr(self, name), name, most=200 if name == "holder" else LONGEST)
            for name in ("realism_why", "priority_why", "holder", "status_why", "benefit", "basis")
        }
        _within(self.status, NeedStatus.values, "status")
        if self.status in CLOSED and not texts["status_why"]:
            raise Refused("why", field="status_why")
        for name in ("once", "yearly"):
            for size, band in getattr(self, name).items():
                _within(size, list(Size), name)
                _band(band, f"{name}_{size}")
        if self.hours:
            _band(self.hours, "hours")
        if (self.once or self.yearly or self.hours) and not texts["basis"]:
            raise Refused("basis", field="basis")
        return replace(self, hours=list(self.hours), **texts)


def handle(organisation: Organisation, *, need: str, told: Handled, person: Person, at: datetime) -> Handling:
    """Says what becomes of a need. Raises Refused: another, and what `Handled.checked` raises."""
    told = told.checked()
    title = _title(organisation, need)
    with doing(organisation, person=person, at=at) as deed:
        now = Handling.objects.filter(organisation=organisation, need=need).first()
        now = now or Handling(organisation=organisation, need=need)
        for name, value in asdict(told).items():
            setattr(now, name, value)
        now.on, now.by = day_of(at), person
        now.save()
        deed.write("need_handled", about=_of(need), rows=[now], name=title, status=now.status)
    return now


def text_of(value: str, name: str, *, most: int = LONGEST, needed: bool = False) -> str:
    """A text without blanks around it. Raises Refused (empty, too_long) with its field."""
    text = value.strip()
    if needed and not text:
        raise Refused("empty", field=name)
    if len(text) > most:
        raise Refused("too_long", field=name)
    return text


def not_later(day: date | None, at: datetime, name: str) -> None:
    """Refuses a day that is still to come."""
    if day is not None and day > day_of(at):
        raise Refused("future", field=name)


def _band(values: Sequence[int], name: str) -> None:
    try:
        Band(*values)
    except (TypeError, ValueError):
        raise Refused("band", field=name) from None


def _within(value: str, allowed: Sequence[str], name: str) -> None:
    if value not in allowed:
        raise Refused("odd", field=name)


def _title(organisation: Organisation, need: str) -> str:
    """What the trail calls a need. Raises Refused: another, when it is not there for this organisation."""
    title = exists(organisation, need)
    if title is None:
        raise Refused("another")
    return title


def _others(need: Need) -> bool:
    """Whether another organisation said something of a need."""
    mine = need.organisation
    return any(
        model.objects.filter(need=f"{OWN}{need.pk}").exclude(organisation=mine).exists() for model in (Voice, Handling)
    )  # fmt: skip


def _about(need: Need) -> str:
    return f"need:{need.pk}"


def _of(need: str) -> str:
    """What an entry in the trail is about: the number of a need that was raised here, or the name of one in the packs."""
    number = own_number(need)
    return f"need:{number}" if number is not None else f"pack_need:{need.partition(':')[2]}"
