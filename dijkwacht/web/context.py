"""What the frame around every page needs: menu by rights, organisations to switch to, versions, and the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from dijkwacht.apps.people import queries
from dijkwacht.norms.read import norms_on
from dijkwacht.web import clock
from dijkwacht.web.menu import (
    AT_PERSON,
    ENTRIES,
    FOR_KINDS,
    HOUSE_RIGHTS,
    OTHERWISE,
    SAFETY_ENTRIES,
    SAFETY_RIGHTS,
    TABS,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu, or one of the pages under it."""

    label: str
    url: str
    current: bool


def address(name: str, **parts: str) -> str:
    """The URL of a route, or nothing when no installed room has it."""
    try:
        return reverse(name, kwargs=parts or None)
    except NoReverseMatch:
        return ""


class Shell:
    """The frame of one page. Each part is worked out when the template asks for it, so a fragment costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def seat(self) -> Any:
        """The seat that the view took, with its organisation and rights; None outside an organisation."""
        return getattr(self._request, "seat", None)

    @cached_property
    def menu(self) -> list[Entry]:
        """The entries for this seat; the current one is the longest that the address starts with.

        The front door is current on its own page only: every address starts with it.
        """
        if self.seat is None:
            return []
        slug = self.seat.organisation.slug
        found = [(_(label), name, address(name, organisation=slug)) for label, name in self._entries]
        path, front = self._request.path, self.seat.organisation.get_absolute_url()
        hits = [url for _label, _name, url in found if url and (path == url if url == front else path.startswith(url))]
        under, _tabs = self._under
        above = [url for _label, name, url in found if name in (under, OTHERWISE.get(under))]
        here = max(hits, key=len, default=above[0] if above else "")
        return [Entry(label, url, url == here) for label, _name, url in found if url]

    @property
    def _entries(self) -> list[tuple[str, str]]:
        """The entries of the menu for this seat: label and route."""
        safety = any(map(self.seat.may, SAFETY_RIGHTS)) and not any(map(self.seat.may, HOUSE_RIGHTS))
        return [
            (label, name)
            for label, name, rights, others in (SAFETY_ENTRIES if safety else ENTRIES)
            if any(self.seat.may(right) for right in rights) and not any(self.seat.may(right) for right in others)
        ]

    @property
    def tabs(self) -> list[Entry]:
        """The pages beside this one, under the same entry of the menu; nothing where there is only this one."""
        _entry, tabs = self._under
        return tabs if len(tabs) > 1 else []

    @cached_property
    def _under(self) -> tuple[str, list[Entry]]:
        """The entry of the menu under which this page lies and the pages there; the one that fits longest is current."""
        best: tuple[int, str, list[Entry]] = (0, "", [])
        mine = {name for _label, name in self._entries} if self.seat is not None else set()
        mine |= {name for _label, name, _right in AT_PERSON} if self.seat is not None else set()
        for entry, rows in TABS.items():
            if not mine.intersection((entry, OTHERWISE.get(entry))):
                continue
            kind = self.seat.organisation.kind
            mine_here = [row for row in rows if self.seat.may(row[2]) and kind in FOR_KINDS.get(row[1], (kind,))]
            found = [(_(label), self._reach(name, more)) for label, name, _right, more in mine_here]
            shown = [(label, urls, self._fit(urls)) for label, urls in found if urls]
            longest = max((fit for *_rest, fit in shown), default=0)
            if longest > best[0]:
                best = longest, entry, [Entry(label, urls[0], fit == longest) for label, urls, fit in shown]
        return best[1], best[2]

    def _fit(self, urls: list[str]) -> int:
        return max((len(each) for each in urls if self._request.path.startswith(each)), default=0)

    def _reach(self, name: str, more: tuple[str, ...]) -> list[str]:
        """The addresses that lie under a page, its own first; none when its room is not installed."""
        own, front = address(name, organisation=self.seat.organisation.slug), self.seat.organisation.get_absolute_url()
        return [own, *(f"{front}{each}" for each in more)] if own else []

    @cached_property
    def organisations(self) -> list[tuple[Any, str]]:
        """The organisations in which this person has a role today, each with where to go."""
        if not self._request.user.is_authenticated:
            return []
        mine = queries.organisations_of(self._request.user, on=clock.real_today())
        return [(each, address("today:today", organisation=each.slug) or f"/o/{each.slug}/") for each in mine]

    @property
    def user_links(self) -> list[tuple[str, str]]:
        """Where someone arranges his own things."""
        links = [(_("Profile"), address("people:profile")), (_("Second factor"), address("mfa_index"))]
        if self.seat is not None:
            here = {"organisation": self.seat.organisation.slug}
            links[:0] = [(_(label), address(name, **here)) for label, name, right in AT_PERSON if self.seat.may(right)]
        return [(label, url) for label, url in links if url]

    @property
    def travelled(self) -> date | None:
        """The day that the time machine shows, if it is on."""
        return clock.travelled(self._request)

    @property
    def may_travel(self) -> bool:
        """Whether this installation has a time machine."""
        return clock.allowed()

    @property
    def as_of(self) -> datetime:
        """The moment at which this page was made."""
        return clock.now(self._request)

    @property
    def version(self) -> str:
        """The version of the program."""
        try:
            return version("dijkwacht")
        except PackageNotFoundError:
            return ""

    @property
    def packs(self) -> Mapping[str, str]:
        """The version of every norm pack in force."""
        return norms_on(clock.today(self._request)).versions


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``shell`` for the base page."""
    return {"shell": Shell(request)}
