"""Reports of monitoring services in words: what came of them, and the sentence above each page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.incidents.models import MonitoringAlert, MonitoringReport
from dijkwacht.core.monitoring import MonitoringReport as Told
from dijkwacht.core.monitoring_plan import Plan
from dijkwacht.core.sheets import Problem
from dijkwacht.web.moments import day_words
from dijkwacht.web.supplier_import_words import words as problem_words

MOST_TOLD = 50


def list_answer(newest: MonitoringReport | None, waiting: int) -> str:
    """What somebody has to look at, and else until when was reported."""
    if waiting:
        return ngettext(
            "%(n)s severe alert is not handled, and nobody made an incident of it.",
            "%(n)s severe alerts are not handled, and nobody made an incident of them.", waiting,
        ) % {"n": waiting}  # fmt: skip
    if newest is None:
        return _("No report of a monitoring service came in yet.")
    last = newest.end - timedelta(days=1)
    return _("No severe alert waits. The newest report goes up to %(day)s.") % {"day": day_words(last)}


def period(first: date, end: date) -> str:
    """A period by its first and its last day."""
    return _("%(first)s to %(last)s") % {"first": day_words(first), "last": day_words(end - timedelta(days=1))}


def sources(row: MonitoringReport | Told) -> str:
    """How many log sources the service saw, of how many."""
    if row.sources is None:
        return _("not told")
    if row.expected is None:
        return _("%(n)s; how many there should be is not told") % {"n": row.sources}
    return _("%(n)s of %(expected)s") % {"n": row.sources, "expected": row.expected}


def report_answer(row: MonitoringReport, waiting: int) -> str:
    """What came of a report, and what waits of it."""
    said = {"n": row.total, "made": row.made}
    text = ngettext(
        "%(n)s alert; %(made)s became an incident by itself.",
        "%(n)s alerts; %(made)s became an incident by themselves.", row.total,
    ) % said  # fmt: skip
    if waiting:
        more = ngettext(
            "%(n)s severe alert still waits for somebody.", "%(n)s severe alerts still wait for somebody.", waiting
        )
        return f"{text} {more % {'n': waiting}}"
    return text


def preview_answer(plan: Plan | None, problems: int, again: MonitoringReport | None) -> str:
    """What would happen, in one sentence."""
    if again is not None:
        return _("You brought this file in before. Bringing it in again changes nothing.")
    if plan is None or problems:
        return ngettext(
            "%(n)s thing is wrong with this file, so nothing can be taken over.",
            "%(n)s things are wrong with this file, so nothing can be taken over.", problems,
        ) % {"n": problems}  # fmt: skip
    n = len(plan.incidents)
    alerts = ngettext("We read %(n)s alert", "We read %(n)s alerts", len(plan.steps)) % {"n": len(plan.steps)}
    made = ngettext("%(n)s would become an incident", "%(n)s would become incidents", n) % {"n": n}
    return _("%(alerts)s; %(made)s. Nothing has been recorded yet.") % {"alerts": alerts, "made": made}


def receipt(row: MonitoringReport) -> str:
    """What was done with a report."""
    said = {"fresh": row.fresh, "updated": row.updated, "made": row.made}
    return _("Taken over: %(fresh)s alerts new, %(updated)s otherwise, %(made)s incidents to weigh.") % said


@dataclass(frozen=True, slots=True)
class Sentences:
    """Problems or remarks as sentences, and how many are not shown."""

    rows: Sequence[str]
    more: int


def sentences(problems: Sequence[Problem]) -> Sentences:
    """The first of them."""
    return Sentences([problem_words(each) for each in problems[:MOST_TOLD]], max(0, len(problems) - MOST_TOLD))


def handled_word(row: Any) -> str:
    """Whether the service says that it handled an alert."""
    return {True: _("handled"), False: _("not handled"), None: _("not told whether it is handled")}[row.handled]


@dataclass(frozen=True, slots=True)
class Line:
    """An alert for a page. ``url``: of its incident, for who may see that; ``hidden``: there is one that he may not see."""

    alert: MonitoringAlert
    handled: str
    url: str = ""
    name: str = ""
    hidden: bool = False
