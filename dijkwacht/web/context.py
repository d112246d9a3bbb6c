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
# of the last rights finds it elsewhere: under Accounts.
ENTRIES: tuple[tuple[str, str, tuple[Right, ...], tuple[Right, ...]], ...] = (
    (gettext_noop("Today"), "today:today", (Right.SEE_ASSIGNED,), ()),
    (gettext_noop("Questions"), "ledger:questions", (Right.ANSWER_ASSIGNED, Right.ASSIGN), ()),
    (gettext_noop("Accounts"), "accountability:accounts", (Right.SEE,), ()),
    (gettext_noop("ISMS"), "isms:home", (Right.SEE,), ()),
    (gettext_noop("The outside"), "perimeter:home", (Right.SEE,), ()),
    (gettext_noop("Incidents"), "incidents:home", (Right.SEE,), ()),
    (gettext_noop("Warnings"), "advisories:home", (Right.SEE,), ()),
    (gettext_noop("Suppliers"), "suppliers:home", (Right.SEE,), ()),
    (gettext_noop("Tell of an incident"), "incidents:tell", (Right.TELL,), (Right.SEE,)),
    (gettext_noop("Overview"), "accountability:overview", (Right.RECEIVE,), (Right.SEE,)),
    (gettext_noop("Incidents"), "incidents:received", (Right.RECEIVE,), (Right.SEE,)),
    (gettext_noop("Advisories"), "advisories:triage", (Right.TRIAGE,), (Right.SEE,)),
    (gettext_noop("Suppliers"), "suppliers:shared", (Right.RECEIVE,), (Right.SEE,)),
    (gettext_noop("Reading room"), "accountability:room", (Right.RECEIVE, Right.AUDIT), (Right.ANSWER,)),
    (gettext_noop("Records"), "ledger:subjects", (Right.SEE,), ()),
)

SEEN_FROM_ABOVE = tuple(f"leveranciers/{each}/" for each in ("last", "concentratie", "exitplannen", "delen"))

# The pages under one entry of the menu, side by side below it: label, route, right, and what else lies under that page
# (the first part of an address within the organisation).
TABS: dict[str, tuple[tuple[str, str, Right, tuple[str, ...]], ...]] = {
    "accountability:overview": (
        (gettext_noop("Overview"), "accountability:overview", Right.RECEIVE, ()),
        (gettext_noop("Who is stuck"), "ensia:region", Right.RECEIVE, ()),
        (gettext_noop("Map"), "ensia:map", Right.RECEIVE, ()),
        (gettext_noop("What is odd"), "ensia:shared_quality", Right.RECEIVE, ()),
        (gettext_noop("Seen from outside"), "perimeter:csirt", Right.SCAN, ()),
    ),
    "accountability:statements": (
        (gettext_noop("Statements"), "accountability:statements", Right.SEE, ()),
        (gettext_noop("Remarks"), "accountability:remarks", Right.SEE, ()),
        (gettext_noop("Keys"), "accountability:keys", Right.SEE, ()),
        (gettext_noop("Reading room"), "accountability:room", Right.RECEIVE, ()),
    ),
    "accountability:accounts": (
        (gettext_noop("How we stand"), "accountability:accounts", Right.SEE, ("kader/", "eis/")),
        (gettext_noop("Statements"), "accountability:statements", Right.SEE, ()),
        (gettext_noop("ENSIA year"), "ensia:now", Right.SEE, ()),
        (gettext_noop("Frameworks"), "frameworks:frameworks", Right.SEE, ()),
        (gettext_noop("Compare"), "ensia:benchmark", Right.SEE, ()),
        (gettext_noop("What is odd"), "ensia:quality", Right.SEE, ()),
        (gettext_noop("For each other"), "ensia:answered_for", Right.SEE, ()),
        (gettext_noop("Overview"), "accountability:overview", Right.RECEIVE, ()),
    ),
    "isms:home": (
        (gettext_noop("Where we stand"), "isms:home", Right.SEE, ()),
        (gettext_noop("Start"), "isms:start", Right.SEE, ()),
        (gettext_noop("Scope"), "isms:scope", Right.SEE, ("isms/context/",)),
        (gettext_noop("Processes and systems"), "isms:things", Right.SEE, ()),
        (gettext_noop("Risks"), "isms:risks", Right.SEE, ("isms/uitzonderingen/",)),
        (gettext_noop("Plan"), "isms:plan", Right.SEE, ()),
        (gettext_noop("Audits"), "isms:audits", Right.SEE, ("isms/bevindingen/",)),
        (gettext_noop("Management review"), "isms:reviews", Right.SEE, ()),
        (gettext_noop("Policies"), "isms:policies", Right.SEE, ()),
        (gettext_noop("Board and training"), "isms:people", Right.SEE, ()),
        (gettext_noop("Year"), "isms:year", Right.SEE, ()),
    ),
    "perimeter:home": (
        (gettext_noop("Where it is wrong"), "perimeter:home", Right.SEE, ()),
        (gettext_noop("Names"), "perimeter:names", Right.SEE, ()),
        (gettext_noop("Measurements"), "perimeter:runs", Right.SEE, ()),
        (gettext_noop("Changes"), "perimeter:changes", Right.SEE, ()),
        (gettext_noop("Compare"), "perimeter:compare", Right.SEE, ()),
        (gettext_noop("Consent"), "perimeter:consents", Right.SEE, ("buitenkant/niet-meten/",)),
        (gettext_noop("In public"), "perimeter:public_choice", Right.CONSENT, ()),
    ),
    "incidents:home": (
        (gettext_noop("Incidents"), "incidents:home", Right.SEE, ()),
        (gettext_noop("Overview"), "incidents:overview", Right.SEE, ()),
        (gettext_noop("Monitoring"), "incidents:monitoring", Right.SEE, ()),
        (gettext_noop("Who is on duty"), "incidents:duty", Right.SEE, ()),
        (gettext_noop("Registration"), "incidents:registration", Right.SEE, ()),
        (gettext_noop("Reports received"), "incidents:received", Right.RECEIVE, ()),
    ),
    "advisories:triage": (
        (gettext_noop("Queue"), "advisories:triage", Right.TRIAGE, ("adviezen/advies/",)),
        (gettext_noop("Warned"), "advisories:warned", Right.TRIAGE, ("adviezen/week/",)),
        (gettext_noop("To call"), "advisories:calls", Right.TRIAGE, ()),
        (gettext_noop("Whom we warn"), "advisories:served", Right.TRIAGE, ("adviezen/contact/", "adviezen/register/")),
        (gettext_noop("Sources"), "advisories:sources", Right.TRIAGE, ()),
        (gettext_noop("Set aside"), "advisories:aside", Right.TRIAGE, ("adviezen/document/",)),
        (gettext_noop("Products nobody has"), "advisories:unmatched", Right.TRIAGE, ()),
        (gettext_noop("Names"), "advisories:desk_names", Right.TRIAGE, ()),
        (gettext_noop("Own advisories"), "advisories:own", Right.TRIAGE, ()),
        (gettext_noop("Keys"), "advisories:keys", Right.TRIAGE, ()),
    ),
    "advisories:home": (
        (gettext_noop("Warnings"), "advisories:home", Right.SEE, ()),
        (gettext_noop("Product register"), "advisories:register", Right.SEE, ()),
        (gettext_noop("Names"), "advisories:names", Right.SEE, ()),
        (gettext_noop("What we follow"), "advisories:following", Right.SEE, ()),
        (gettext_noop("Who is warned"), "advisories:contacts", Right.SEE, ()),
        (gettext_noop("Keys"), "advisories:keys", Right.TRIAGE, ()),
        (gettext_noop("Advisories"), "advisories:triage", Right.TRIAGE, ()),
    ),
    "suppliers:home": (
        (gettext_noop("Suppliers"), "suppliers:home", Right.SEE, ()),
        (gettext_noop("Asked of us"), "suppliers:asked", Right.SEE, ()),
        (gettext_noop("Services"), "suppliers:services", Right.SEE, ()),
        (gettext_noop("Contracts"), "suppliers:contracts", Right.SEE, ()),
        (gettext_noop("Proof"), "suppliers:proofs", Right.SEE, ("leveranciers/bevindingen/",)),
        (gettext_noop("What stops"), "suppliers:dependence", Right.SEE, SEEN_FROM_ABOVE),
        (gettext_noop("Joint reviews"), "suppliers:reviews", Right.SEE, ()),
        (gettext_noop("Tenders"), "suppliers:tenders", Right.SEE, ("leveranciers/afspraken/",)),
        (gettext_noop("Together"), "suppliers:collectives", Right.SEE, ()),
    ),
    "ledger:subjects": (
        (gettext_noop("Subjects"), "ledger:subjects", Right.SEE, ()),
        (gettext_noop("Import"), "ledger:import", Right.IMPORT, ()),
        (gettext_noop("People"), "people:members", Right.SEE, ()),
        (gettext_noop("Trail"), "trail:trail", Right.READ_TRAIL, ()),
    ),
}  # fmt: skip

# Pages that only some kinds of organisation have.
FOR_KINDS = {"suppliers:asked": ("supplier",)}

# The entry for who has not the one of these pages.
OTHERWISE = {
    "accountability:overview": "accountability:accounts",
    "accountability:statements": "accountability:accounts",
    "advisories:triage": "advisories:home",
}


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
        return [
            (label, name)
            for label, name, rights, others in ENTRIES
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
