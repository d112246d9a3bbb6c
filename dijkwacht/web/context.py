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
from django.utils.translation import gettext_noop

from dijkwacht.apps.people import queries
from dijkwacht.core.access import Right
from dijkwacht.norms.read import norms_on
from dijkwacht.web import clock

# At most nine entries; an entry shows only to who has one of the rights, and only when its room is installed. Who has one
# of the last rights finds it elsewhere: under Accounts and Statements.
ENTRIES: tuple[tuple[str, str, tuple[Right, ...], tuple[Right, ...]], ...] = (
    (gettext_noop("Today"), "today:today", (Right.SEE_ASSIGNED,), ()),
    (gettext_noop("Questions"), "ledger:questions", (Right.ANSWER_ASSIGNED, Right.ASSIGN), ()),
    (gettext_noop("Accounts"), "accountability:accounts", (Right.SEE,), ()),
    (gettext_noop("Statements"), "accountability:statements", (Right.SEE,), ()),
    (gettext_noop("ISMS"), "isms:home", (Right.SEE,), ()),
    (gettext_noop("Overview"), "accountability:overview", (Right.RECEIVE,), (Right.SEE,)),
    (gettext_noop("Reading room"), "accountability:room", (Right.RECEIVE, Right.AUDIT), (Right.ANSWER,)),
    (gettext_noop("Subjects"), "ledger:subjects", (Right.SEE,), ()),
    (gettext_noop("Import"), "ledger:import", (Right.IMPORT,), ()),
    (gettext_noop("People"), "people:members", (Right.SEE,), ()),
    (gettext_noop("Trail"), "trail:trail", (Right.READ_TRAIL,), ()),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu."""

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
        found = [
            (_(label), address(name, organisation=slug))
            for label, name, rights, others in ENTRIES
            if any(self.seat.may(right) for right in rights) and not any(self.seat.may(right) for right in others)
        ]
        path, front = self._request.path, self.seat.organisation.get_absolute_url()
        hits = [url for _label, url in found if url and (path == url if url == front else path.startswith(url))]
        here = max(hits, key=len, default="")
        return [Entry(label, url, url == here) for label, url in found if url]

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
        links = ((_("Profile"), address("people:profile")), (_("Second factor"), address("mfa_index")))
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
