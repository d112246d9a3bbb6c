"""Legal clocks in words: why a term ends when it does, step by step, and how a clock stands."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.core.clocks import Due, Rule, Step
from dijkwacht.core.text import capital
from dijkwacht.norms.read import Clocks
from dijkwacht.web.moments import day_words, moment_words
from dijkwacht.web.terms import text_of

STEPS: Mapping[str, Any] = {
    "not_in_force": gettext_lazy("This article was not in force then; it holds from %(valid_from)s."),
    "designation_unknown": gettext_lazy(
        "Whether the duty applies hangs on the day of the designation, which is not given. This is reckoned as if it applies."
    ),
    "designation_not_in_force": gettext_lazy("No duty: the designation lies before the article was in force."),
    "not_yet": gettext_lazy("No duty yet: it applies from %(since)s."),
    "since": gettext_lazy("The duty applies since %(since)s."),
    "at_once": gettext_lazy("The law asks for this at once; the term is the last moment."),
    "at_once_no_end": gettext_lazy("The law asks for this at once and names no last moment."),
    "as_far_as_possible": gettext_lazy("The law adds: as far as possible."),
    "on_request": gettext_lazy("This is due on request; the law names no term, the request may."),
    "set_by_request": gettext_lazy("The term is the one that was set in the request."),
    "counts_up": gettext_lazy("This clock counts up and has no end."),
    "meeting_counts": gettext_lazy(
        "The meeting of %(at)s counts: %(present)s of %(seats)s members were there, more than half."
    ),
    "meeting_too_small": gettext_lazy(
        "The meeting of %(at)s does not count: %(present)s of %(seats)s members were there, not more than half."
    ),
    "waits_for_meeting": gettext_lazy("There has been no meeting yet with more than half of the members."),
    "counted_exactly": gettext_lazy("%(term)s that really pass are counted from the exact start."),
    "through_free_days": gettext_lazy("Weekends and holidays count: %(days)s."),
    "start_day_not_counted": gettext_lazy("The day of the start, %(day)s, does not count."),
    "ends_on_day": gettext_lazy("%(term)s later is %(day)s."),
    "end_of_month": gettext_lazy("That month has no day %(asked)s, so its last day counts."),
    "shifted": gettext_lazy("No term ends on %(days)s; this one runs through %(to)s."),
    "not_shifted": gettext_lazy("That it is %(why)s moves nothing here."),
    "equated_unknown": gettext_lazy(
        "Not certain: which days are made equal to holidays is known from %(known_from)s through %(known_until)s only."
    ),
    "aim_for": gettext_lazy("Aim for %(at)s; then holidays play no part."),
    "same_clock_time": gettext_lazy("It ends at the same time by the clock and never moves."),
    "clock_gap": gettext_lazy("That hour is skipped when summer time starts, so it ends at the jump."),
    "clock_twice": gettext_lazy("That hour comes twice when winter time starts; the first counts."),
    "handled_in_time": gettext_lazy("The incident was handled on %(at)s, before this fell due."),
    "still_open": gettext_lazy("On %(at)s the incident was not handled yet, so another report takes its place."),
    "other_counts": gettext_lazy("The term of “%(clock)s” had not passed yet, so that one counts."),
    "other_never_ran": gettext_lazy("“%(clock)s” never ran, so there is nothing to follow."),
}
TURNED: Mapping[bool, Any] = {
    True: gettext_lazy("Summer time starts in between, so the clock shows %(minutes)s minutes more."),
    False: gettext_lazy("Winter time starts in between, so the clock shows %(minutes)s minutes less."),
}
STATES: Mapping[str, Any] = {
    "running": gettext_lazy("running"),
    "warned": gettext_lazy("warned"),
    "due_soon": gettext_lazy("due soon"),
    "overdue": gettext_lazy("too late"),
    "done_in_time": gettext_lazy("done in time"),
    "done_late": gettext_lazy("done too late"),
    "done": gettext_lazy("done"),
    "open": gettext_lazy("counting up"),
    "never": gettext_lazy("not needed"),
    "waiting": gettext_lazy("may still come"),
    "replaced": gettext_lazy("replaced by another report"),
}


def state_word(state: str) -> str:
    """How a clock stands, in a word."""
    return str(STATES.get(state, state))


def term_words(n: int, unit: str) -> str:
    """``24 uur``, ``1 maand``."""
    words = {
        "minutes": ngettext("%(n)d minute", "%(n)d minutes", n),
        "hours": ngettext("%(n)d hour", "%(n)d hours", n),
        "days": ngettext("%(n)d day", "%(n)d days", n),
        "weeks": ngettext("%(n)d week", "%(n)d weeks", n),
        "months": ngettext("%(n)d month", "%(n)d months", n),
        "years": ngettext("%(n)d year", "%(n)d years", n),
    }
    return words[unit] % {"n": n}


def article_words(rule: Rule, clocks: Clocks) -> str:
    """``Cbw 26 lid 1``."""
    return f"{clocks.short[rule.law]} {rule.article}"


def explanation(found: Due, clocks: Clocks) -> list[str]:
    """Every step of the reckoning as a sentence, then by which law free days count or do not, then what is not certain."""
    start = _("Start of the clock: %(event)s, %(at)s.") % {
        "event": text_of(clocks.events[found.rule.starts_on]),
        "at": moment_words(found.start),
    }
    told = [start, *(step_sentence(step, clocks) for step in found.steps)]
    if found.applies is not False and found.rule.shift_why:
        told.append(text_of(found.rule.shift_why))
    told += [text_of(each) for each in (found.rule.note,) if each]
    if found.rule.uncertain:
        told.append(_("Not certain: %(text)s") % {"text": text_of(found.rule.uncertain)})
    return told


def step_sentence(step: Step, clocks: Clocks) -> str:
    """One step as a sentence. An unknown code is told as it is."""
    words = {name: _value(name, value, step, clocks) for name, value in step.params.items()}
    if "n" in step.params:
        words["term"] = term_words(step.params["n"], step.params["unit"])
    if step.code == "clocks_turned":
        minutes = step.params["minutes"]
        return str(TURNED[minutes > 0]) % {"minutes": abs(minutes)}
    sentence = STEPS.get(step.code)
    return capital(str(sentence) % words) if sentence is not None else f"({step.code})"


def _value(name: str, value: Any, step: Step, clocks: Clocks) -> str:
    if name == "days":
        return _free_days(value, step.params["why"], clocks)
    if name == "why" and isinstance(value, str):
        return _free_word(value, clocks)
    if name == "clock":
        return text_of(clocks.rules[value].name)
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return day_words(value) if name.startswith(("known", "valid")) else date_format(value, "l j F Y")
    return str(value)


def _free_days(days: Iterable[date], why: Iterable[str], clocks: Clocks) -> str:
    return ", ".join(_free_day(day, each, clocks) for day, each in zip(days, why, strict=True))


def _free_day(day: date, why: str, clocks: Clocks) -> str:
    told = date_format(day, "l j F")
    return told if why in ("saturday", "sunday") else f"{told} ({_free_word(why, clocks)})"


def _free_word(why: str, clocks: Clocks) -> str:
    weekend = {"saturday": _("a Saturday"), "sunday": _("a Sunday")}
    return weekend.get(why) or text_of(clocks.calendar.names.get(why)) or why
