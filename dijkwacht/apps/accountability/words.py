"""What this room says: when an account is due, what its addressee asks, and how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.core.catalog import Account, Demand
from dijkwacht.core.facts import Assurance
from dijkwacht.core.text import capital
from dijkwacht.web.charts import counts_words
from dijkwacht.web.moments import day_words, relative_day
from dijkwacht.web.terms import assurance_word, shows_word, text_of

WITHDRAWN = {
    "moved": gettext_lazy("Moved"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "referral": gettext_lazy("Refers to another number"),
    "no_measure": gettext_lazy("No government measure"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """When something is due: in words, with the next day if there is one; ``away``: how far off that is;
    ``to_verify``: the pack is not sure.
    """

    words: str
    day: date | None = None
    to_verify: bool = False
    away: str = ""


def reference_date(account: Account, *, on: date) -> Term:
    """On which day the account must be right."""
    rule = account.about.get("reference_date", {})
    if rule.get("rule") == "yearly":
        day = _next(rule["month_day"], on)
        return Term(day_words(day), day, bool(rule.get("to_verify")))
    note = text_of(rule.get("note"))
    always = _("always up to date")
    return Term(f"{capital(always)}. {note}" if note else capital(always), None, bool(rule.get("to_verify")))


def deadline(account: Account, *, on: date) -> Term:
    """Before when the account must be handed in; without words when there is no such day."""
    rule = account.about.get("deadline", {})
    to_verify, what = bool(rule.get("to_verify")), text_of(rule.get("what"))
    if rule.get("rule") == "yearly":
        day = _next(rule["month_day"], on)
        words = f"{day_words(day)}: {what}" if what else day_words(day)
        return Term(words, day, to_verify, relative_day(day, on=on))
    if rule.get("rule") == "event":
        return Term(capital(text_of(rule.get("event"))), None, to_verify)
    return Term("")


def _next(month_day: str, on: date) -> date:
    """The first day with this month and day, today or later."""
    month, day = (int(part) for part in month_day.split("-"))
    this_year = date(on.year, month, day)
    return this_year if this_year >= on else date(on.year + 1, month, day)


def demand_words(demand: Demand, *, about: Mapping[str, Any]) -> str:
    """What the addressee asks of an answer, in one sentence."""
    least = assurance_word(demand.least_assurance)
    by = text_of(about.get("assurance_by"))
    if demand.shows is None:
        words = _("Answers at least %(least)s, showing what each line asks.") % {"least": least}
    else:
        words = _("Answers at least %(least)s, showing %(shows)s.") % {
            "least": least,
            "shows": shows_word(demand.shows),
        }
    if n := len(demand.operation_for):
        text = ngettext("For %(n)d line it must also be shown in operation.",
                        "For %(n)d lines it must also be shown in operation.", n)  # fmt: skip
        words = f"{words} {text % {'n': n}}"
    if by:
        assured = _("Assurance: %(by)s.") % {"by": by}
        words = f"{words} {assured}"
    return words


def plain(demand: Demand) -> bool:
    """Whether the addressee asks nothing beyond an answer."""
    return demand.least_assurance is Assurance.STATED


def account_sentence(counts: Mapping[str, int]) -> str:
    """``119 eisen: 60 op orde, 10 deels …``."""
    n = sum(counts.values())
    if not n:
        return _("No lines.")
    told = {"n": n, "counts": counts_words(counts)}
    return ngettext("%(n)d line: %(counts)s.", "%(n)d lines: %(counts)s.", n) % told


def reuse_number(reuse: float | None) -> str:
    """The reuse factor with one decimal; a dash without answers."""
    return "–" if reuse is None else number_format(round(reuse, 1), decimal_pos=1, use_l10n=True)


def ready_sentence(ready: int, accounts: int, *, questions: int, answered: int) -> str:
    """For how many accounts every line is decided, and how many questions are left, as the answer of the page."""
    if not answered:
        return _("Nothing has been answered yet. One answer counts for every account that asks for it.")
    if ready == accounts:
        return _("Every line of every account is decided.")
    words = {"ready": ready, "all": accounts, "n": questions}
    return (
        ngettext(
            "For %(ready)s of %(all)s accounts every line is decided. %(n)d question is left.",
            "For %(ready)s of %(all)s accounts every line is decided. %(n)d questions are left.",
            questions,
        )
        % words
    )
