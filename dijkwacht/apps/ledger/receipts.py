"""What an act came to, told again from the ledger: so a page can be reloaded, and nothing is kept in a session."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.ledger import values, words
from dijkwacht.apps.ledger.cards import Line, line
from dijkwacht.apps.ledger.models import Turn
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import facts, subjects, verdicts
from dijkwacht.apps.ledger.services.facts import UNDOABLE
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.trail.models import Entry
from dijkwacht.web.terms import text_of, value_words


@dataclass(frozen=True, slots=True)
class Turned:
    """A verdict that turned. ``about``: the subject's name, empty for the organisation itself."""

    line: Line
    about: str
    before: str
    after: str


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
    changes = turned(seat, verdicts.turns(seat.organisation).filter(act=entry.seq), on=on)
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
        )
        for each in turns
        if each.requirement in norms.requirements
    )


def accounts_of(changes: Iterable[Turned], *, on: date) -> tuple[str, ...]:
    """The names of the accounts in which these lines count."""
    moved = {each.line.id for each in changes}
    accounts = packs_on(on).norms.accounts.values()
    return tuple(text_of(each.name) for each in accounts if moved & set(each.requirements))
