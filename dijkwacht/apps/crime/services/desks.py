"""Desks of our own and the page for anybody. Of victims nothing comes here: no verb knows an answer that somebody gave."""

import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from dijkwacht.apps.crime.models.help import Desk, HelpPage
from dijkwacht.apps.crime.services.doing import Refused, doing
from dijkwacht.apps.crime.services.plan_texts import cleaned
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web.moments import day_of

_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{1,28}")


@dataclass(frozen=True, slots=True)
class Told:
    """How a desk is reached. See `models.help.Desk`."""

    point: str
    name: str
    phone: str = ""
    hours: str = ""
    place: str = ""
    site: str = ""

    def checked(self) -> "Told":
        """The same without stray blanks. Raises Refused with the field: odd, empty, too_long, phone, site, reached."""
        if self.point not in crime_packs().referral.points:
            raise Refused("odd", field="point")
        texts = {name: cleaned(getattr(self, name), name, most=200) for name in ("hours", "place", "site")}
        name = cleaned(self.name, "name", most=120, needed=True)
        phone = cleaned(self.phone, "phone", most=30)
        if phone and not _PHONE.fullmatch(phone):
            raise Refused("phone", field="phone")
        if texts["site"] and not _fine_site(texts["site"]):
            raise Refused("site", field="site")
        if not (phone or texts["place"] or texts["site"]):
            raise Refused("reached", field="phone")
        return replace(self, name=name, phone=phone, **texts)


def _fine_site(site: str) -> bool:
    """Whether a site is an address that a browser may be led to, with nothing hidden in it."""
    if not site.isascii() or any(each.isspace() for each in site):
        return False
    try:
        parts = urlsplit(site)
        host, odd = parts.hostname or "", parts.username is not None
        _port = parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and "." in host and not odd


def add(organisation: Organisation, *, told: Told, person: Person, at: datetime, made_up: bool = False) -> Desk:
    """A new desk; whoever adds it has tried it that day. Raises Refused: there; and what `Told.checked` raises."""
    told = told.checked()
    with doing(organisation, person=person, at=at) as deed:
        _only_one(organisation, told)
        made = Desk.objects.create(
            organisation=organisation, at=at, by=person, checked_on=day_of(at), made_up=made_up, **asdict(told)
        )
        deed.write("desk_added", about=_about(made), rows=[made], name=made.name)
    return made


def change(desk: Desk, *, told: Told, person: Person, at: datetime) -> Desk:
    """How it is reached now; tried that day. Raises Refused: removed, there; and what `Told.checked` raises."""
    told = told.checked()
    with doing(desk.organisation, person=person, at=at) as deed:
        now = _standing(desk)
        _only_one(now.organisation, told, but=now.pk)
        for name, value in asdict(told).items():
            setattr(now, name, value)
        now.checked_on, now.at, now.by = day_of(at), at, person
        now.save()
        deed.write("desk_changed", about=_about(now), rows=[now], name=now.name)
    return now


def check(desk: Desk, *, person: Person, at: datetime) -> Desk:
    """Somebody tried it today and it is right. Raises Refused (removed)."""
    with doing(desk.organisation, person=person, at=at) as deed:
        now = _standing(desk)
        now.checked_on, now.at, now.by = day_of(at), at, person
        now.save()
        deed.write("desk_checked", about=_about(now), rows=[now], name=now.name)
    return now


def remove(desk: Desk, *, person: Person, at: datetime) -> None:
    """From now on nobody is told of it. Raises Refused (removed)."""
    with doing(desk.organisation, person=person, at=at) as deed:
        now = _standing(desk)
        now.removed_at = at
        now.save()
        deed.write("desk_removed", about=_about(now), rows=[now], name=now.name)


def open_page(organisation: Organisation, *, person: Person, at: datetime) -> HelpPage:
    """Opens the page for anybody, or opens it again. Raises Refused (open)."""
    with doing(organisation, person=person, at=at) as deed:
        page = HelpPage.objects.filter(organisation=organisation).first() or HelpPage(organisation=organisation)
        if page.pk and page.ended_at is None:
            raise Refused("open")
        page.since, page.by, page.ended_at = at, person, None
        page.save()
        deed.write("help_opened", about="help_page", rows=[page])
    return page


def close_page(organisation: Organisation, *, person: Person, at: datetime) -> None:
    """Closes the page; from here on its address says that there is nothing. Raises Refused (closed)."""
    with doing(organisation, person=person, at=at) as deed:
        page = HelpPage.objects.filter(organisation=organisation, ended_at__isnull=True).first()
        if page is None:
            raise Refused("closed")
        page.ended_at = at
        page.save()
        deed.write("help_closed", about="help_page", rows=[page])


def _only_one(organisation: Organisation, told: Told, *, but: int = 0) -> None:
    same = Desk.objects.filter(organisation=organisation, point=told.point, name=told.name, removed_at__isnull=True)
    if same.exclude(pk=but).exists():
        raise Refused("there", field="name")


def _standing(desk: Desk) -> Desk:
    now = Desk.objects.get(pk=desk.pk)
    if now.removed_at is not None:
        raise Refused("removed")
    return now


def _about(desk: Desk) -> str:
    return f"crime_desk:{desk.pk}"
