"""Plans as a file: one list of what runs, one of what was measured."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet, Workbook
from dijkwacht.adapters.documents.ods import write_ods
from dijkwacht.apps.crime.queries.plans import Seen
from dijkwacht.apps.crime.words_help import STANDS, figure
from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web.terms import text_of

TYPES = {"ods": "application/vnd.oasis.opendocument.spreadsheet", "csv": "text/csv; charset=utf-8"}


def plans_file(organisation: Organisation, found: Sequence[Seen], *, form: str, at: datetime) -> bytes:
    """The plans as ``ods``, or the list of them as ``csv``."""
    plans = _plans(found)
    if form == "csv":
        return write_csv(plans)
    title, language = _("What runs here against cybercrime?"), get_language() or "nl"
    sheets = (plans, _measured(found))
    return write_ods(Workbook(title, language, at.astimezone(UTC), organisation.name, sheets))


def _plans(found: Sequence[Seen]) -> Sheet:
    pack = crime_packs().catalogue
    heads = (
        _("Plan"), _("Intervention"), _("State"), _("Against what"), _("For whom"), _("Goal"), _("What is measured"), _("Unit"),
        _("At the start"), _("What it should become"), _("Last measured"), _("Key person"), _("Who does it"), _("Costs"),
        _("First day"), _("Last day"), _("Evaluate on"), _("What you can say of the goal"), _("What was learned from it"),
    )  # fmt: skip
    rows = tuple(
        (
            each.row.title, each.intervention.name if each.intervention else "", str(STANDS[each.stand]),
            ", ".join(text_of(pack.phenomena[one].name) for one in each.row.phenomena if one in pack.phenomena),
            ", ".join(text_of(pack.groups[one].name) for one in each.row.groups if one in pack.groups),
            each.row.goal, each.row.indicator, each.row.unit, _cell(each.row.baseline), _cell(each.row.target),
            _cell(each.last.value if each.last else None), each.row.key_person, each.row.done_by, each.row.cost, each.row.start,
            each.row.last_day, each.row.evaluate_on, each.row.get_helped_display() if each.row.helped else "",
            each.row.learned,
        )
        for each in found
    )  # fmt: skip
    return Sheet(_("Plans"), heads, rows)


def _measured(found: Sequence[Seen]) -> Sheet:
    heads = (_("Plan"), _("Measured on"), _("Value"), _("Unit"), _("How it was measured"))
    rows = tuple(
        (each.row.title, one.on, _cell(one.value), each.row.unit, one.source) for each in found for one in each.measured
    )
    return Sheet(_("What was measured"), heads, rows)


def _cell(value: Decimal | None) -> int | str | None:
    """A whole number as a number, any other as we write it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else figure(value)
