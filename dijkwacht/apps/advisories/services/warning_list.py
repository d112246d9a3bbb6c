"""The warnings of an organisation as a list that a spreadsheet opens."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet, Value
from dijkwacht.apps.advisories.handling_rows import Listed, listed
from dijkwacht.apps.advisories.models import Warned
from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.text import capital
from dijkwacht.web.moments import local
from dijkwacht.web.priority_words import level_word
from dijkwacht.web.tlp_words import tlp_word

MEDIA_TYPE = "text/csv; charset=utf-8"


def as_csv(rows: Iterable[Warned], *, at: datetime) -> bytes:
    """One line per warning, each with its label; moments in the zone of the organisation, cells that look like a formula
    neutralised."""
    columns = (
        _("Warning"), _("Title"), _("Label (TLP)"), _("Priority"), _("Document number"), _("Publisher"), _("Warned by"),
        _("Why you"), _("About"), _("How it stands"), _("Told"), _("Seen"), _("Handled by"), _("Week ends"), _("Settled"),
    )  # fmt: skip
    return write_csv(Sheet("waarschuwingen", columns, tuple(_line(each) for each in listed(rows, at=at))))


def _line(each: Listed) -> tuple[Value, ...]:
    row = each.warning
    return (
        row.number, row.title, tlp_word(row.tlp), capital(level_word(LEVELS[row.level])), row.advisory.number,
        row.advisory.publisher_name or row.advisory.publisher, row.desk.name, str(row.get_outcome_display()), each.about,
        str(row.get_state_display()), _moment(row.told_at), _moment(row.seen_at), str(row.handler or ""),
        _moment(row.due_at if each.term else None), _moment(row.settled_at),
    )  # fmt: skip


def _moment(at: datetime | None) -> str:
    return local(at).isoformat(timespec="minutes") if at else ""
