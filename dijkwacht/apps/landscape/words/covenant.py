"""What the pages and accounts of the covenant say."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.landscape.queries.covenant import Stand
from dijkwacht.apps.landscape.words.needs import COURSES, REFUSED
from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.ledger.services.deeds import Refused
from dijkwacht.core.covenant.investment import Band, Size
from dijkwacht.core.covenant.shapes import edge
from dijkwacht.core.covenant.stand import Come, Course, Judged
from dijkwacht.web.moments import as_day, day_words

COMES: Mapping[Come, Any] = {
    Come.MET: gettext_lazy("done"),
    Come.RUNNING: gettext_lazy("under way"),
    Come.LATE: gettext_lazy("past its day and not done"),
    Come.STILL: gettext_lazy("stands still"),
    Come.UNKNOWN: gettext_lazy("not known"),
}
KINDS: Mapping[str, Any] = {
    "law": gettext_lazy("Act"), "bill": gettext_lazy("Bill, not law"), "strategy": gettext_lazy("Strategy"),
    "frame": gettext_lazy("Frame"), "agreement": gettext_lazy("Agreement"), "plan": gettext_lazy("Plan"),
    "money": gettext_lazy("Money"), "cooperation": gettext_lazy("Cooperation"), "service": gettext_lazy("Service"),
    "guide": gettext_lazy("Guide"), "study": gettext_lazy("Study"), "monitor": gettext_lazy("Survey"),
    "exercise": gettext_lazy("Exercise"), "pilot": gettext_lazy("Pilot"), "other": gettext_lazy("Something else"),
}  # fmt: skip
PACK_COURSES: Mapping[Course, Any] = {
    **COURSES,
    Course.LAPSED: gettext_lazy("lapsed: no outcome was found"),
    Course.UNKNOWN: gettext_lazy("announced; nothing was found that says it runs"),
}
CONFIDENCE: Mapping[str, Any] = {
    "A": gettext_lazy("text of the law read"),
    "B": gettext_lazy("paper of a government"),
    "C": gettext_lazy("press or website"),
    "D": gettext_lazy("unsure"),
}
SIZES: Mapping[Size, Any] = {
    Size.SMALL: gettext_lazy("up to 25,000 inhabitants"),
    Size.MIDDLE: gettext_lazy("25,000 to 100,000 inhabitants"),
    Size.LARGE: gettext_lazy("100,000 inhabitants or more"),
}
_SAID: Mapping[str, Any] = {
    **REFUSED,
    "numbers_source": gettext_lazy("Say where the numbers of municipalities come from, or leave them out."),
    "unchanged": gettext_lazy("This account was made already, and says the same."),
    "taken": gettext_lazy("This lesson was taken over already."),
    "no_need": gettext_lazy("This lesson is no need."),
}
_REASONS: Mapping[str, Any] = {
    "past_due": gettext_lazy("The day %(what)s has gone by."),
    "needs_met": gettext_lazy("Met: %(what)s."),
    "needs_open": gettext_lazy("Still open: %(what)s."),
    "needs_dropped": gettext_lazy("Not taken up: %(what)s."),
    "initiative_planned": gettext_lazy("Still to begin: %(what)s."),
    "initiative_running": gettext_lazy("Runs: %(what)s."),
    "initiative_lapsing": gettext_lazy("Runs and ends soon: %(what)s."),
    "initiative_lapsed": gettext_lazy("Ended without a known outcome: %(what)s."),
    "initiative_done": gettext_lazy("Finished: %(what)s."),
    "initiative_unknown": gettext_lazy("Announced, not seen to run: %(what)s."),
    "nothing_found": gettext_lazy("No source says what became of it."),
}


def refusal(error: Refused) -> str:
    """Why something may not be, as a sentence."""
    return deed_pages.refusal(error, _SAID)


def why(judged: Judged, titles: Mapping[str, str]) -> str:
    """Why something has come this far, as sentences. ``titles``: of needs and initiatives, by id."""
    return " ".join(str(_REASONS[code]) % {"what": _listed(code, keys, titles)} for code, keys in judged.reasons)


def _listed(code: str, keys: Sequence[str], titles: Mapping[str, str]) -> str:
    if code == "past_due":
        return ", ".join(day_words(found) if (found := as_day(key)) else key for key in keys)
    return ", ".join(titles.get(key, key) for key in keys)


def titles_of(stand: Stand) -> dict[str, str]:
    """What the needs and initiatives of the packs are called, by id."""
    return {
        each.key.partition(":")[2]: each.title for each in (*stand.needs, *stand.runs) if each.key.startswith("pack:")
    }


def hub_answer(stand: Stand) -> str:
    """The sentence under the title of the page of the covenant."""
    comes = [judged.come for _each, judged in stand.agreed]
    n, late = len(comes), comes.count(Come.LATE)
    told = ngettext("%(n)s thing was agreed or announced.", "%(n)s things were agreed or announced.", n) % {"n": n}
    more = ngettext(
        "%(n)s is past its day and not done.", "%(n)s are past their day and not done.", late
    ) % {"n": late}  # fmt: skip
    unknown = comes.count(Come.UNKNOWN)
    last = ngettext(
        "Of %(n)s it is not known how far it came.", "Of %(n)s it is not known how far they came.", unknown
    ) % {"n": unknown}  # fmt: skip
    return " ".join([told, *([more] if late else []), *([last] if unknown else [])])


def counted(counts: Mapping[Any, int], words: Mapping[Any, Any]) -> str:
    """Counts with their words: ``4 still open, 1 met``; a dash when there is nothing."""
    return ", ".join(f"{counts[key]} {label}" for key, label in words.items() if counts.get(key)) or "–"


def euros(amount: int) -> str:
    """An amount in whole euros with thousands apart: ``€ 1.250.000``, never broken over two lines."""
    return f"€\u00a0{thousands(amount)}"


def band(found: Band) -> str:
    """A band of euros: likely, and between which ends."""
    if found.low == found.high:
        return euros(found.likely)
    return _("%(likely)s (%(low)s to %(high)s)") % {
        "likely": euros(found.likely), "low": euros(found.low), "high": euros(found.high),
    }  # fmt: skip


def numbers(found: Band) -> str:
    """A band of numbers: likely, and between which ends."""
    if found.low == found.high:
        return thousands(found.likely)
    return _("%(likely)s (%(low)s to %(high)s)") % {
        "likely": thousands(found.likely), "low": thousands(found.low), "high": thousands(found.high),
    }  # fmt: skip


def thousands(number: int) -> str:
    """A number with thousands apart."""
    return f"{number:,}".replace(",", ".")


def ends(text: str) -> str:
    """A day or a month of the packs in words; a year as it stands."""
    if len(text) == len("2025-06"):
        return date_format(edge(text, last=False), "F Y")
    found = as_day(text) if len(text) == len("2025-06-01") else None
    return day_words(found) if found else text


def groups() -> list[tuple[str, tuple[Course, ...]]]:
    """Headings of the list of what runs, each with the courses under it."""
    return [
        (_("Ended without a known outcome"), (Course.LAPSED,)),
        (_("Ends within 90 days"), (Course.LAPSING,)),
        (_("Announced; nothing was found that says it runs"), (Course.UNKNOWN,)),
        (_("Under way"), (Course.RUNNING,)),
        (_("Still to begin"), (Course.PLANNED,)),
        (_("Finished"), (Course.DONE,)),
    ]
