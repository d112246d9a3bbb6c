"""``monitoring import``: a report of a monitoring service from the command line."""

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from dijkwacht.apps.incidents.services import monitoring
from dijkwacht.apps.incidents.services.doing import Refused
from dijkwacht.apps.incidents.services.monitoring import Given
from dijkwacht.apps.incidents.words import refusal
from dijkwacht.apps.people.models import Organisation
from dijkwacht.commands import Outcome
from dijkwacht.core.days import parse_day
from dijkwacht.core.intake_values import CellError
from dijkwacht.core.monitoring import days
from dijkwacht.core.sheets import Problem
from dijkwacht.core.suppliers.assurance import Span
from dijkwacht.web.import_words import error_sentence
from dijkwacht.web.supplier_import_words import words

ACTOR = "dijkwacht monitoring import"


def given(service: str, *, first: str | None, last: str | None, zone: str) -> Given:
    """What the file may not tell itself. Raises ValueError on a day or zone that there is not, and on half a period."""
    if (first is None) != (last is None):
        raise ValueError("give --first and --last, or neither")
    try:
        there = ZoneInfo(zone)
    except (KeyError, OSError):
        raise ValueError(f"there is no time zone {zone[:60]!r}") from None
    return Given(service.strip(), _period(first, last), there)


def _period(first: str | None, last: str | None) -> Span | None:
    if first is None or last is None:
        return None
    start, end = _day(first), _day(last)
    try:
        return days(start, end)
    except CellError:
        raise ValueError(f"the period ends on {last}, before it begins on {first}") from None


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        raise ValueError(f"a day as YYYY-MM-DD was expected, not {text[:40]!r}") from None


def bring(path: Path, *, organisation: Organisation, given: Given, dry_run: bool, at: datetime) -> Outcome:
    """Takes the report over, all of it or nothing; with ``dry_run`` only tells what would change."""
    try:
        if path.stat().st_size > monitoring.LARGEST:
            most = str(monitoring.LARGEST // 1024 // 1024)
            return _refused([error_sentence(Problem("too_large", params={"most": most}))])
        data = path.read_bytes()
    except OSError as error:
        return _refused([f"{path.name}: {error.strerror}"])
    found = monitoring.read(data, path.name, given)
    if found.report is None or not found.usable:
        return _refused([words(each) for each in found.problems])
    remarks = [words(each) for each in found.remarks]
    if dry_run:
        plan = monitoring.plan_of(organisation, found.report)
        known = monitoring.again(organisation, sha256(data).hexdigest()) is not None
        line = _("Would take over %(n)s alerts, of which %(made)s would become an incident.")
        n, made = (0, 0) if known else (len(plan.steps), len(plan.incidents))
        return Outcome({"imported": False, "alerts": n, "incidents": made}, [*remarks, line % {"n": n, "made": made}])
    try:
        taken = monitoring.take_over(organisation, found, data=data, name=path.name, person=None, at=at, actor=ACTOR)
    except Refused as error:
        return _refused([refusal(error)])
    return _told(taken, remarks)


def _refused(sentences: list[str]) -> Outcome:
    last = _("Nothing was imported.")
    return Outcome({"imported": False, "problems": sentences}, [*sentences, last], well=False)


def _told(taken: monitoring.Taken, remarks: list[str]) -> Outcome:
    row = taken.report
    if taken.again:
        return Outcome({"imported": False, "again": True, "report": row.pk}, [_("This file was imported before.")])
    turned = len(taken.observed.verdicts_changed) if taken.observed else 0
    data = {
        "imported": True, "report": row.pk, "service": row.service, "alerts": row.total, "new": row.fresh,
        "updated": row.updated, "incidents": [each.name for each in taken.incidents], "left": row.left,
        "verdicts_changed": turned, "remarks": remarks,
    }  # fmt: skip
    said = {"service": row.service, "total": row.total, "made": row.made, "left": row.left, "turned": turned}
    line = _(
        "%(service)s: %(total)s alerts, %(made)s incidents, %(left)s severe alerts over the limit, %(turned)s verdicts turned."
    )
    return Outcome(data, [*remarks, line % said])
