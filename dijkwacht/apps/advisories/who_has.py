"""Whom an advisory touches, as a list that a spreadsheet opens."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet
from dijkwacht.apps.advisories.models import Advisory, Concern
from dijkwacht.apps.advisories.queries.reaching import Reached, reached_by
from dijkwacht.apps.advisories.services.meaning import said_by
from dijkwacht.apps.advisories.triage_words import outcome_word
from dijkwacht.core.text import capital
from dijkwacht.web.advisory_words import reason_sentence
from dijkwacht.web.tlp_words import tlp_word

MEDIA_TYPE = "text/csv; charset=utf-8"


def who_has_list(advisory: Advisory, concerns: QuerySet[Concern], *, on: date) -> bytes:
    """A line per asset, each with the label; cells that look like a formula are neutralised."""
    columns = (
        _("Label"), _("Advisory"), _("Organisation"), _("Outcome"), _("Why"), _("Vendor"), _("Product"), _("Version"),
        _("Name here"), _("Reachable from outside"), _("Source"), _("As of"),
    )  # fmt: skip
    rows = reached_by(advisory, said_by(advisory), concerns, on=on) if advisory.document else []
    return write_csv(Sheet("wie", columns, tuple(line for each in rows for line in _lines(advisory, each))))


def _lines(advisory: Advisory, reached: Reached) -> Iterator[tuple[str, ...]]:
    head = (tlp_word(advisory.tlp), advisory.number, reached.concern.organisation.name)
    if not reached.touches:
        yield (*head, capital(outcome_word("caught")), reached.concern.caught, "", "", "", "", "", "", "")
    for each in reached.touches:
        line = each.asset.line
        seen = {True: _("yes"), False: _("no"), None: _("not known")}[each.asset.exposed]
        day = line.as_of or line.confirmed
        yield (
            *head, capital(outcome_word(each.outcome)), reason_sentence(each.reason), line.vendor, line.product, line.version,
            line.name or line.part_of, seen, line.label or line.kind, day.isoformat(),
        )  # fmt: skip
