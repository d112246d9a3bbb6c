"""What the pages of interventions, plans and desks say."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.crime.queries.plans import Late, Seen
from dijkwacht.core.crime.interventions import Fit, Reason, Stand
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import number_words, text_of

REFUSED: Mapping[str, Any] = {
    "evaluation": gettext_lazy("The evaluation must come after the first day."),
    "number": gettext_lazy("Give a number of at most ten digits."),
    "cost": gettext_lazy("Give an amount in whole euros."),
    "measured": gettext_lazy("Something was measured in this unit already: the unit stays."),
    "measured_before": gettext_lazy("Something was measured before this day."),
    "evaluated": gettext_lazy("This plan was evaluated: nothing in it changes any more."),
    "before": gettext_lazy("This day lies before the first day of the plan."),
    "unmeasured": gettext_lazy("Nothing was measured, so it cannot be said whether the goal was reached."),
    "phone": gettext_lazy("Give a telephone number: digits, blanks and hyphens, maybe a plus at the start."),
    "site": gettext_lazy("Give the whole address, starting with https://."),
    "reached": gettext_lazy("Say how the desk is reached: a number, a place or a site."),
    "there": gettext_lazy("A desk with this name stands there already."),
    "removed": gettext_lazy("This desk was removed."),
    "open": gettext_lazy("The page is open already."),
    "closed": gettext_lazy("The page is closed already."),
}
STANDS: Mapping[Stand, Any] = {
    Stand.AHEAD: gettext_lazy("still to begin"),
    Stand.RUNS: gettext_lazy("runs"),
    Stand.ENDS: gettext_lazy("ends soon"),
    Stand.EVALUATE: gettext_lazy("to be evaluated"),
    Stand.OVER: gettext_lazy("over, and nothing was learned yet"),
    Stand.DONE: gettext_lazy("evaluated"),
}
DUE = frozenset({Late.OVER, Late.EVALUATE})
"""Something should have been written down by now."""


def late_words(seen: Seen) -> list[tuple[str, bool]]:
    """Why a plan asks attention, one sentence per reason, and whether something was due."""
    row = seen.row
    end = day_words(row.last_day) if row.last_day else ""
    said: Mapping[Late, str] = {
        Late.OVER: _("It ended on %(day)s, and nobody wrote what was learned.") % {"day": end},
        Late.EVALUATE: _("The evaluation was due on %(day)s.") % {"day": day_words(row.evaluate_on)},
        Late.ENDS: _("Its last day is %(day)s: decide whether it goes on.") % {"day": end},
        Late.UNMEASURED: _("It has begun, and nothing was measured yet."),
        Late.NO_BASELINE: _("Nobody noted what it was before it began, so there is nothing to compare with."),
    }
    return [(said[each], each in DUE) for each in seen.late]


def progress(seen: Seen) -> str:
    """What was measured, from where and to where, as sentences; never what caused it."""
    target = seen.row.target
    goal = [_("The goal is %(target)s.") % {"target": figure(target)}] if target is not None else []
    return " ".join([_measured(seen), *goal])


def _measured(seen: Seen) -> str:
    row, last = seen.row, seen.last
    before = figure(row.baseline) if row.baseline is not None else ""
    if last is None:
        if not before:
            return _("Nothing was measured yet.")
        return _("It was %(value)s at the start. Nothing was measured since.") % {"value": f"{before} {row.unit}"}
    told = {"value": f"{figure(last.value)} {row.unit}", "day": day_words(last.on), "before": before}
    if not before:
        return _("On %(day)s it was %(value)s. What it was before is not known.") % told
    return _("On %(day)s it was %(value)s; at the start %(before)s.") % told


def figure(value: Decimal) -> str:
    """A number as we write numbers, without zeros that say nothing."""
    return number_words(Decimal(f"{value.normalize():f}"))


def plans_answer(rows: Sequence[Seen]) -> str:
    """The sentence under the title of what runs here."""
    if not rows:
        return _("No plan was made here yet.")
    runs = sum(each.runs for each in rows)
    told = ngettext("%(n)s intervention runs.", "%(n)s interventions run.", runs) % {"n": runs} if runs else ""
    late = sum(1 for each in rows if DUE & {*each.late})
    if late:
        more = ngettext(
            "Of %(n)s nobody wrote yet what was learned.", "Of %(n)s nobody wrote yet what was learned.", late
        ) % {"n": late}  # fmt: skip
        told = " ".join(filter(None, (told, more)))
    return told or _("Nothing runs at this moment.")


def fit_words(fit: Fit) -> list[str]:
    """Why an intervention fits, or that it runs, one sentence per reason. That nothing points at it is said once, above all."""
    return [_fit(reason, about) for reason, about in fit.reasons if reason is not Reason.NOTHING]


def _fit(reason: Reason, about: Sequence[str]) -> str:
    catalogue = crime_packs().catalogue
    names: Mapping[str, Any] = catalogue.groups if reason is Reason.GROUP else catalogue.phenomena
    what = {"what": ", ".join(_small(text_of(names[each].name)) for each in about if each in names)}
    said = {
        Reason.REGISTERED_HIGHER: _("The police registers more here than in municipalities like ours: %(what)s."),
        Reason.RISING: _("The police registers more than a year before: %(what)s."),
        Reason.LOCAL: _("It stands in our own counts: %(what)s."),
        Reason.GROUP: _("It is for a group that you chose: %(what)s."),
        Reason.RUNS: _("It runs here already."),
    }[reason]
    return said % what


def _small(name: str) -> str:
    """A name within a sentence."""
    return name[:1].lower() + name[1:]
