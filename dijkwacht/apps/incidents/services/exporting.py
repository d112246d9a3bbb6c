"""The incidents of a year as a list that a spreadsheet opens."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet, Value
from dijkwacht.apps.incidents.models import Incident
from dijkwacht.apps.incidents.overview_words import decided_word, kept_word
from dijkwacht.apps.incidents.queries.statistics import happened, year_figures
from dijkwacht.apps.incidents.words import cause_word, detection_word, rsit_word
from dijkwacht.web.moments import local

MEDIA_TYPE = "text/csv; charset=utf-8"


def year_list(rows: Sequence[Incident], *, at: datetime) -> bytes:
    """One line per incident, its moments in the zone of the organisation; cells that look like a formula are neutralised."""
    columns = (
        _("Number"), _("Title"), _("Kind"), _("State"), _("Began"), _("First noticed"), _("Known"), _("Recovered"), _("Handled"),
        _("What it is"), _("Cause"), _("How it came to light"), _("Significant"), _("Personal data"), _("Legal terms"),
        _("Reports by choice"),
    )  # fmt: skip
    return write_csv(Sheet("incidenten", columns, tuple(_line(row, at) for row in rows)))


def _line(row: Incident, at: datetime) -> tuple[Value, ...]:
    told = happened(row)
    return (
        row.name, row.title, str(row.get_kind_display()), str(row.get_state_display()), _moment(row.began_at),
        _moment(row.noticed_at), _moment(row.known_at), _moment(row.recovered_at), _moment(row.handled_at),
        rsit_word(row.rsit) if row.rsit else "", cause_word(row.cause) if row.cause else "",
        detection_word(row.detection) if row.detection else "", decided_word(told.significant),
        str(row.get_personal_data_display()), kept_word(year_figures([row], at=at)), told.voluntary,
    )  # fmt: skip


def _moment(at: datetime | None) -> str:
    return local(at).isoformat(timespec="minutes") if at else ""
