"""What the pages about handling warnings say: the answer above the list, why a week runs, what is missing, what is proposed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.advisories.models import SETTLED, EventKind, Warned, WarningEvent, WarningState
from dijkwacht.apps.advisories.queries.handling import NotDone
from dijkwacht.apps.advisories.standing_words import desk_left_sentence
from dijkwacht.core.advisories.handling import asks_week
from dijkwacht.core.advisories.priority import OneWeek
from dijkwacht.core.advisories.revision import Change
from dijkwacht.core.advisories.shapes import Reason
from dijkwacht.norms.advisories import priority_table
from dijkwacht.norms.advisory_warning import warning_rules
from dijkwacht.web.priority_words import one_week_sentences
from dijkwacht.web.revision_words import change_sentences
from dijkwacht.web.term_row import left_words
from dijkwacht.web.terms import text_of

_OWN: Mapping[str, Any] = {
    "own": gettext_lazy("Your organisation rates likelihood and damage both high, so the week runs."),
    "own_over_publisher": gettext_lazy(
        "Your organisation rates likelihood and damage both high, higher than the publisher, so the week runs."
    ),
    "own_lower": gettext_lazy("Your organisation does not rate both high, so the week does not run."),
    "not_weighed": gettext_lazy("Nobody of your organisation has weighed it yet: the written assessment asks for it."),
}
_FROM_PACK = {"publisher_over_own": "week_runs_on"}
_STANDS: Mapping[str, Any] = {
    "open": gettext_lazy("Nothing was done about it yet."),
    "in_progress": gettext_lazy("Somebody is working on it."),
    "done": gettext_lazy("Everything is remedied."),
    "not_affected": gettext_lazy("By what you said it does not affect you."),
    "accepted": gettext_lazy("The risk was accepted, for a time."),
}
WEEKS = frozenset({*_OWN, *_FROM_PACK})


def list_answer(found: NotDone, *, at: datetime) -> str:
    """How many warnings are not done, and the week that ends first."""
    if not found.count:
        return _("No warning is left to handle.")
    told = [ngettext("%(n)d warning is not done.", "%(n)d warnings are not done.", found.count) % {"n": found.count}]
    if found.unseen:
        said = ngettext("Nobody has seen %(n)d of them yet.", "Nobody has seen %(n)d of them yet.", found.unseen)
        told.append(said % {"n": found.unseen})
    if found.late:
        said = ngettext("For %(n)d the week has passed.", "For %(n)d the week has passed.", found.late)
        told.append(said % {"n": found.late})
    elif found.first is not None and found.first.due_at is not None:
        told.append(_("The first week: %(left)s.") % {"left": left_words(found.first.due_at - at)})
    return " ".join(told)


def hidden_sentence(count: int) -> str:
    """How many warnings somebody may not see; empty when he sees all."""
    if not count:
        return ""
    said = ngettext(
        "%(n)d warning is not shown to you: its label (TLP) keeps it to the trusted contact and to who handles it.",
        "%(n)d warnings are not shown to you: their label (TLP) keeps them to the trusted contact and to who handles them.",
        count,
    )
    return said % {"n": count}


def about_sentence(warning: Warned, products: Sequence[str], caught: str) -> str:
    """Why the warning is about this organisation, in one line: its products, or what it follows."""
    if products:
        first, left = ", ".join(products[:3]), len(products) - 3
        if left <= 0:
            return first
        return ngettext("%(first)s and %(n)d more", "%(first)s and %(n)d more", left) % {"first": first, "n": left}
    if warning.outcome == "caught":
        return _("Found by what you follow: “%(text)s”. It is not in your product register.") % {"text": caught or "…"}
    return _("Nothing is left to do") if warning.state == WarningState.LAPSED else _("No product of yours any more")


def answer(
    warning: Warned, products: Sequence[str], *, assessed: bool, left: tuple[int, int], lapsed: str, not_final: str = ""
) -> str:
    """Whether it touches the organisation, and where it stands. ``left``: how many are open still, of how many; ``lapsed``: why
    it lapsed, if it did; ``not_final``: that the document is a draft."""
    if warning.state == WarningState.LAPSED:
        return lapsed
    told = _touches(warning, products)
    stands, (count, all_) = str(_STANDS[warning.state]), left
    if warning.state == WarningState.OPEN and count < all_:
        stands = _("Part of it is done: %(n)d of %(all)d are still open.") % {"n": count, "all": all_}
    if warning.state in SETTLED and not assessed:
        missing = _("The written assessment is still missing.")
        stands = f"{stands} {missing}"
    return f"{not_final} {told} {stands}".strip()


def _touches(warning: Warned, products: Sequence[str]) -> str:
    """Why it is about this organisation, with the first of its products."""
    count = max(len(products), 1)
    said = {"first": products[0] if products else "", "n": count - 1}
    if warning.outcome == "affected":
        told = ngettext(
            "You use an affected version: %(first)s.", "You use affected versions: %(first)s and %(n)d more.", count
        )
    elif warning.outcome == "undetermined":
        told = ngettext(
            "We cannot tell whether this affects you: %(first)s.",
            "We cannot tell whether this affects you: %(first)s and %(n)d more.",
            count,
        )
    else:
        return _("This is about something that you follow; none of your registered products is touched.")
    return told % said


def week_sentences(one_week: OneWeek, own: tuple[str, str] | None) -> list[str]:
    """Whether the week runs: what the publisher says, and what the organisation's own assessment makes of that."""
    told = one_week_sentences(one_week, priority_table())
    code = asks_week(one_week, own)[1]
    if code in _OWN:
        told.append(str(_OWN[code]))
    elif code in _FROM_PACK:
        told.append(text_of(warning_rules().said[_FROM_PACK[code]].text))
    return told


def reading_sentences() -> tuple[list[str], list[str]]:
    """How we read the week, and what is not certain about that."""
    said = [warning_rules().said[name] for name in ("week_starts", "week_ends", "week_covers")]
    return [text_of(each.text) for each in said], [text_of(each.uncertain) for each in said]


def event_entry(event: WarningEvent) -> dict[str, Any]:
    """What happened from the side of the desk, as the timeline shows it."""
    reasons = tuple(Reason(code, tuple((name, value) for name, value in params)) for code, params in event.reasons)
    left = desk_left_sentence(event)
    told = [left] if left else change_sentences(Change(False, False, False, reasons)) if reasons else []
    title = str(EventKind(event.kind).label)
    version = _("%(what)s (revision %(version)s)") % {"what": title, "version": event.version}
    return {"at": event.at, "title": version if event.version else title, "text": " ".join(told)}


def version_answer(warning: Warned) -> str:
    """What came of saying which version is in use."""
    if warning.state == "lapsed":
        return _("Recorded. This version is not affected, so the warning has lapsed.")
    if warning.outcome == "affected":
        return _("Recorded. You use an affected version: see below what to do.")
    return _("Recorded. It still cannot be told whether you are affected; say yourself how the product stands.")


def handled_receipt(count: int) -> str:
    """How many were said anew."""
    if not count:
        return _("That was said already; nothing changed.")
    return ngettext("Recorded for %(n)d weakness.", "Recorded for %(n)d weaknesses.", count) % {"n": count}


def week_name() -> str:
    """What the term is called."""
    return _("Remedied within a week")
