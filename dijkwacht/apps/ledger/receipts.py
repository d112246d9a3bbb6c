"""What an act came to, told again from the ledger: so a page can be reloaded, and nothing is kept in a session."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from dijkwacht.apps.ledger import values, words
from dijkwacht.apps.ledger.cards import Line, line
from dijkwacht.apps.ledger.models import Turn
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import facts, subjects, verdicts
from dijkwacht.apps.ledger.services.facts import UNDOABLE
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.verdict import Status, under_demand
from dijkwacht.web.terms import text_of, value_words
from dijkwacht.web.words import reason_sentence

RECEIPT, PLACE = "receipt", "regel"  # in an address: the act to tell of, and the place on the page where one was


@dataclass(frozen=True, slots=True)
class Demanded:
    """An account for which a line that is in order does not count yet, and what its addressee asks besides."""

    account: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Turned:
    """A verdict that turned. ``about``: the subject's name, empty for the organisation itself.

    ``after`` is what the requirement itself asks. ``demanded``: of a receipt, the accounts that ask for more than that.
    """

    line: Line
    about: str
    before: str
    after: str
    subject: str = ""
    demanded: tuple[Demanded, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer that was recorded. ``answer`` empty: something was taken back. ``accounts``: where the lines count."""

    act: int
    question: str
    answer: str
    turned: tuple[Turned, ...]
    accounts: tuple[str, ...]
    undoable: bool


def receipt(seat: Seat, act: str, *, on: date) -> Receipt | None:
    """The receipt of an act of this person today; None for anything else."""
    if not (act.isascii() and act.isdigit() and len(act) < 18):
        return None
    entry = Entry.objects.filter(organisation=seat.organisation, seq=int(act), person=seat.person).first()
    verb = entry.act.removeprefix("ledger.") if entry else ""
    if entry is None or verb not in UNDOABLE or entry.detail.get("day") != on.isoformat():
        return None
    subject, _, fact_type = entry.about.partition("|")
    made = [each for each in facts.made_by(seat.organisation, entry.seq) if each.valid_to is None]
    changes = held_back(seat, turned(seat, verdicts.turns(seat.organisation).filter(act=entry.seq), on=on), on=on)
    names = subjects.names(seat.organisation)
    try:
        kind = packs_on(on).fact_type(fact_type)
    except KeyError:
        return None
    said = entry.detail.get("value") if verb in ("answer", "correct") else None
    answer = "" if said is None else value_words(kind, values.read(kind, said), names)
    undoable = bool(made) or bool(entry.detail.get("closed"))
    return Receipt(
        entry.seq, words.asked(kind, subject, names), answer, changes, accounts_of(changes, on=on), undoable
    )  # fmt: skip


def turned(seat: Seat, turns: Iterable[Turn], *, on: date) -> tuple[Turned, ...]:
    """Turns as a page shows them; those on requirements that no pack has any more are left out."""
    norms, own = packs_on(on).norms, seat.organisation.slug
    return tuple(
        Turned(
            line(norms.requirements[each.requirement], norms, own),
            "" if each.subject.key == own else each.subject.name,
            each.before,
            each.after,
            each.subject.key,
        )
        for each in turns
        if each.requirement in norms.requirements
    )


def held_back(seat: Seat, changes: Sequence[Turned], *, on: date) -> tuple[Turned, ...]:
    """The same turns, each with the accounts for which it is in order and yet does not count: they ask for more."""
    names = [each.line.id for each in changes if each.after == Status.MET]
    found = {
        (each.requirement.id, each.subject): each
        for each in (verdicts.lines(seat.organisation, requirements=names, on=on) if names else ())
    }
    return tuple(
        replace(each, demanded=_demanded(stands, on=on))
        if each.after == Status.MET and (stands := found.get((each.line.id, each.subject)))
        else each
        for each in changes
    )


def _demanded(line: verdicts.Line, *, on: date) -> tuple[Demanded, ...]:
    norms, found = packs_on(on).norms, []
    for account in norms.accounts.values():
        if line.requirement.id not in account.requirements:
            continue
        taken = under_demand(line.verdict, requirement=line.requirement, demand=account.demand)
        said = " ".join(reason_sentence(each, norms) for each in taken.reasons if each.code == "not_shown")
        if said:
            found.append(Demanded(account.id, text_of(account.name), said))
    return tuple(found)


def accounts_of(changes: Iterable[Turned], *, on: date) -> tuple[str, ...]:
    """The names of the accounts in which these lines count, those left out that ask for more than was shown."""
    moved = [(each.line.id, {more.account for more in each.demanded}) for each in changes]
    accounts = packs_on(on).norms.accounts.values()
    return tuple(
        text_of(each.name)
        for each in accounts
        if any(line in each.requirements and each.id not in more for line, more in moved)
    )


def here(request: HttpRequest) -> str:
    """The address of a page to come back to, without the receipt that it shows now."""
    query = request.GET.copy()
    for name in (RECEIPT, PLACE):
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def on_page(request: HttpRequest, seat: Seat, *, on: date) -> dict[str, Any]:
    """What a page needs to show the receipt of what was done from it; undoing it comes back there too."""
    told = receipt(seat, request.GET.get(RECEIPT, ""), on=on)
    if told is None:
        return {}
    undo = reverse("ledger:undo", args=(seat.organisation.slug, told.act))
    return {
        "receipt": told,
        "undo_url": f"{undo}?{urlencode({'back': here(request)})}",
        "place": request.GET.get(PLACE, ""),
    }
