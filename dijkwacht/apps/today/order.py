"""What public order asks: terms of decisions, looking back, signals that end or were objected to; of the officer what to judge.

Only of who may see decision files or signals; nothing of what stands in a signal is shown.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.order.models import DecisionFile, FileState, Signal, SignalState
from dijkwacht.apps.order.queries.files import signals, to_check
from dijkwacht.apps.order.services.terms import all_terms, decided_files
from dijkwacht.apps.order.term_rows import term_row
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.today.shapes import Part, Row
from dijkwacht.core.access import Right
from dijkwacht.web.context import address
from dijkwacht.web.moments import moment_words
from dijkwacht.web.term_row import TermRow

NEAR = timedelta(days=7)
FIRST, FEW = 10, 5


def looks(seat: Seat, *, on: date) -> Mapping[str, QuerySet[Any]]:
    """Where to look whether there is anything."""
    found: dict[str, QuerySet[Any]] = {}
    if seat.may(Right.ORDER):
        found["decided"] = DecisionFile.objects.filter(organisation=seat.organisation, state=FileState.DECIDED)
        found["signals"] = _ending(seat, on=on)
    if seat.may(Right.PRIVACY):
        found["checks"] = to_check(seat.organisation)
    return found


def part(seat: Seat, there: Collection[str], *, on: date, at: datetime) -> Part:
    """All of it."""
    slug = seat.organisation.slug
    files = list(decided_files(seat.organisation)) if "decided" in there else []
    terms = _terms(files, slug, at=at)
    back = [each for each in files if not each.look_back and each.ends_at and each.ends_at <= at]
    ending = list(_ending(seat, on=on)) if "signals" in there else []
    checks = list(to_check(seat.organisation)) if "checks" in there else []
    rows = [
        *_checks(checks, slug),
        *(_back(each, slug) for each in back[:FEW]),
        *(_signal(each, slug) for each in ending[:FEW]),
    ]
    shown = len(terms) <= FIRST and len(back) <= FEW and len(ending) <= FEW
    more = "" if shown else address("order:files", organisation=slug)
    return Part("order", _("Public order"), rows, terms[:FIRST], _says(terms, back, ending, checks), more)


def _says(
    terms: Sequence[TermRow], back: Sequence[DecisionFile], ending: Sequence[Signal], checks: Sequence[Signal]
) -> list[str]:
    says, late = [], sum(row.tone == "late" for row in terms)
    if late:
        said = ngettext("%(n)d term of a decision that has passed", "%(n)d terms of decisions that have passed", late)
        says.append(said % {"n": late})
    if n := len(terms) - late:
        says.append(ngettext("%(n)d term of a decision that runs", "%(n)d terms of decisions that run", n) % {"n": n})
    if n := len(back):
        says.append(ngettext("%(n)d decision to look back on", "%(n)d decisions to look back on", n) % {"n": n})
    if n := len(ending):
        says.append(ngettext("%(n)d signal to end or mend", "%(n)d signals to end or mend", n) % {"n": n})
    if n := len(checks):
        says.append(ngettext("%(n)d signal to judge", "%(n)d signals to judge", n) % {"n": n})
    return says


def _terms(files: Sequence[DecisionFile], slug: str, *, at: datetime) -> list[TermRow]:
    """The terms that press: too late, nearly over, ending within a week, or without an end; what ends first first."""
    found = []
    for file, each in all_terms(files, at=at):
        url = f"{address('order:file', organisation=slug, pk=str(file.pk))}#next"
        row = term_row(each, url=url, about=file.name)
        if row.presses and (row.left is None or row.left <= NEAR):
            found.append(row)
    return sorted(found, key=lambda row: (row.due is None, row.due or row.started))


def _back(file: DecisionFile, slug: str) -> Row:
    url = address("order:look_back", organisation=slug, pk=str(file.pk))
    text = _("It ended on %(when)s: was the fear right?") % {"when": moment_words(file.ends_at)} if file.ends_at else ""
    return Row(_("Look back on decision %(name)s") % {"name": file.name}, url, text)


def _ending(seat: Seat, *, on: date) -> QuerySet[Signal]:
    """Kept until a day within a week, or objected to."""
    presses = Q(keep_until__lte=on + NEAR) | Q(state=SignalState.OBJECTED)
    return signals(seat.organisation).filter(presses, erased_at__isnull=True).order_by("keep_until", "pk")


def _signal(row: Signal, slug: str) -> Row:
    url, name = address("order:signal", organisation=slug, pk=str(row.pk)), {"name": row.name}
    if row.state == SignalState.OBJECTED:
        text = _("The data protection officer objects. Erase it, or log it again without what is wrong.")
        return Row(_("Objection to signal %(name)s") % name, url, text, row.keep_until)
    text = _("After this day its text is erased by itself. Sooner when it is no longer needed.")
    return Row(_("Signal %(name)s ends") % name, url, text, row.keep_until)


def _checks(rows: Sequence[Signal], slug: str) -> list[Row]:
    if not rows:
        return []
    n, url = len(rows), address("order:checks", organisation=slug)
    title = ngettext("%(n)d signal waits for your judgement", "%(n)d signals wait for your judgement", n) % {"n": n}
    return [Row(title, url, _("The oldest since %(when)s.") % {"when": moment_words(rows[0].made_at)})]
