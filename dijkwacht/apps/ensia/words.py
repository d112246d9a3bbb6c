"""What this room says: refusals, what became of an answer, and the sentence of a year."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from dijkwacht.apps.ensia.queries.comparison import Comparison
from dijkwacht.apps.ensia.queries.quality import Odd
from dijkwacht.apps.ensia.queries.region import Stuck
from dijkwacht.apps.ensia.queries.via import Link
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.core.ensia import Change, Milestone
from dijkwacht.web.moments import day_words, relative_day
from dijkwacht.web.terms import text_of

STILL = 6  # weeks without a turn from which a municipality is said to stand still: our choice

_REFUSALS = {
    "year": gettext_lazy("Choose this year or one before it."),
    "open": gettext_lazy("This year is open already."),
    "closed": gettext_lazy("This year is closed. What was answered stays; nothing more is handed out."),
    "colleague": gettext_lazy("This person has no role here today."),
    "line": gettext_lazy("ENSIA has no such line."),
    "theme": gettext_lazy("This line has no such theme."),
    "handed_in": gettext_lazy("This line was handed in already."),
    "not_handed_in": gettext_lazy("This line was not handed in."),
    "handed_out": gettext_lazy("This was handed out to this person already."),
    "not_handed_out": gettext_lazy("This was not handed out any more."),
    "reason": gettext_lazy("Not every line was handed in. Say why the year can be closed."),
}
_CHANGES = {
    Change.EXPIRED: pgettext_lazy("an answer", "expired"),
    Change.CONTRADICTED: pgettext_lazy("answers", "contradict each other"),
    Change.CHANGED: pgettext_lazy("an answer", "changed since last year"),
    Change.OPEN: pgettext_lazy("a question", "not answered yet"),
    Change.ADDED: pgettext_lazy("an answer", "new this year"),
    Change.SAME: pgettext_lazy("an answer", "as last year, not confirmed yet"),
    Change.CONFIRMED: pgettext_lazy("an answer", "as last year, confirmed"),
}


def trouble(code: str) -> str:
    """Why something was refused, in one sentence."""
    return str(_REFUSALS.get(code, _("This cannot be done.")))


def change_word(change: Change) -> str:
    """What became of an answer since last year."""
    return str(_CHANGES[change])


def year_sentence(*, to_do: int, to_confirm: int, following: Milestone | None, on: date) -> str:
    """How the year stands: what is left to answer and to confirm, and what comes next."""
    parts = []
    if to_do:
        parts.append(ngettext("%(n)d question is open", "%(n)d questions are open", to_do) % {"n": to_do})
    if to_confirm:
        text = ngettext("%(n)d answer of last year waits to be confirmed",
                        "%(n)d answers of last year wait to be confirmed", to_confirm)  # fmt: skip
        parts.append(text % {"n": to_confirm})
    left = _("%(first)s and %(rest)s.") % {"first": parts[0], "rest": parts[1]} if len(parts) == 2 else ""
    left = left or (f"{parts[0]}." if parts else _("Everything is answered and confirmed."))
    if following is None:
        return left
    said = _("Next: %(what)s, %(when)s (%(away)s).") % {
        "what": text_of(following.rule.what),
        "when": day_words(following.on),
        "away": relative_day(following.on, on=on),
    }
    return f"{left} {said}"


def for_whom(links: Sequence[Link]) -> str:
    """For how many organisations our answers count."""
    members = {link.heir.pk for link in links}
    if not members:
        return _("Our answers count for nobody else.")
    n = len(members)
    said = ngettext("Our answers count for %(n)d organisation.", "Our answers count for %(n)d organisations.", n)
    old = sum(link.expired for link in links)
    more = ngettext("%(n)d of them no longer shows anything: look at it again.",
                    "%(n)d of them no longer show anything: look at them again.", old)  # fmt: skip
    return f"{said % {'n': n}} {more % {'n': old}}" if old else said % {"n": n}


def by_whom(links: Sequence[tuple[Subject, Link]]) -> str:
    """For how many of our subjects the answers of others count."""
    n = len(links)
    if not n:
        return _("Nobody answers for us: only our own answers count.")
    said = ngettext("For %(n)d subject the answers of another organisation count here.",
                    "For %(n)d subjects the answers of another organisation count here.", n)  # fmt: skip
    silent = sum(not link.reach for _subject, link in links)
    more = ngettext("Of %(n)d nothing is shared.", "Of %(n)d nothing is shared.", silent)
    return f"{said % {'n': n}} {more % {'n': silent}}" if silent else said % {"n": n}


def stuck_sentence(rows: Sequence[Stuck]) -> str:
    """Who needs help first, in one sentence."""
    n = len(rows)
    if not n:
        return ""
    still = [row for row in rows if row.weeks is None or row.weeks >= STILL]
    if not still:
        return ngettext("%(n)d organisation shares this account, and moves.",
                        "%(n)d organisations share this account, and all of them move.", n) % {"n": n}  # fmt: skip
    said = ngettext("Of %(n)d organisation", "Of %(n)d organisations", n) % {"n": n}
    text = ngettext("%(of)s %(still)d has stood still for %(weeks)d weeks or more.",
                    "%(of)s %(still)d have stood still for %(weeks)d weeks or more.", len(still))  # fmt: skip
    return text % {"of": said, "still": len(still), "weeks": STILL}


def compare_sentence(found: Comparison) -> str:
    """Where we stand among those of our size, in one sentence."""
    if not found.joined:
        return _("Who takes part sees where others stand, without names. You do not take part yet.")
    whole = found.whole
    if whole is None or whole.everyone is None:
        return _("Too few municipalities take part to show anything without telling on somebody.")
    if whole.own is None:
        return _("Nothing of your own was judged for this account yet.")
    like = whole.like or whole.everyone
    words = {"own": whole.own, "middle": like.middle, "n": like.n}
    if whole.like is not None:
        return (
            _("You have %(own)s%% in order; the middle of %(n)s municipalities of your size is %(middle)s%%.") % words
        )
    return (
        _("You have %(own)s%% in order; the middle of all %(n)s municipalities that take part is %(middle)s%%.") % words
    )


_ODD = {
    Odd.CONTRADICTED: gettext_lazy("Answers that contradict each other"),
    Odd.EXPIRED: gettext_lazy("Answers that expired"),
    Odd.CLAIMED_UNKNOWN: gettext_lazy("Claimed as yes, while the facts cannot say so"),
    Odd.CLAIMED_WITHOUT_PROOF: gettext_lazy("Claimed as yes without naming evidence"),
    Odd.REGISTER: gettext_lazy("Registers of which nobody says that they are complete"),
    Odd.ORPHAN: gettext_lazy("Asked of somebody who has no role here any more"),
    Odd.NOT_SHARED: gettext_lazy("Rests on another organisation that shares nothing about it"),
    Odd.NOT_JUDGED: gettext_lazy("Verdicts that wait to be judged again"),
}


def odd_word(kind: Odd) -> str:
    """What is odd, as a heading."""
    return str(_ODD[kind])


def odd_sentence(n: int) -> str:
    """How much is odd."""
    if not n:
        return _("Nothing odd was found.")
    return ngettext("%(n)d thing is odd.", "%(n)d things are odd.", n) % {"n": n}
