"""dijkwacht ensia and quality."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.ensia.models import Year
from dijkwacht.apps.ensia.pages import line_rows, year_sentence
from dijkwacht.apps.ensia.queries.calendar import milestones_of
from dijkwacht.apps.ensia.queries.quality import quality
from dijkwacht.apps.ensia.words import odd_word
from dijkwacht.apps.people.models import Organisation
from dijkwacht.commands import Outcome


def ensia(organisation: Organisation, *, year: int, on: date) -> Outcome:
    """The year of an organisation line by line; of a year that is not open, how it would begin."""
    found = Year.objects.filter(organisation=organisation, year=year).select_related("organisation").first()
    is_open = found is not None
    found = found or Year(organisation=organisation, year=year, opened_on=on)
    rows = line_rows(found, on=on) if is_open else []
    data: dict[str, Any] = {
        "organisation": organisation.slug, "year": year, "open": is_open and found.closed_on is None,
        "opened_on": found.opened_on.isoformat() if is_open else None,
        "closed_on": found.closed_on.isoformat() if found.closed_on else None,
        "calendar": [
            {
                "term": each.rule.key, "on": each.on.isoformat(), "lines": list(each.rule.lines),
                "to_verify": each.rule.to_verify, "source": each.rule.source,
            }
            for each in milestones_of(year)
        ],
        "lines": [
            {
                "line": row.state.line, "account": row.state.account and row.state.account.id,
                "status": row.about.get("status"), "counts": dict(row.state.counts),
                "answers": {str(change): n for change, n in row.state.progress.answers.items()},
                "open": row.state.open, "to_confirm": row.state.to_confirm,
                "lead": row.lead.person.email if row.lead else None,
                "answerers": sorted({each.person.email for each in row.others}),
                "next": row.following.on.isoformat() if row.following else None,
                "handed_in": row.handed_in.isoformat() if row.handed_in else None, "signed": row.signed,
            }
            for row in rows
        ],
    }  # fmt: skip
    if not is_open:
        return Outcome(data, [_("ENSIA %(year)s is not open.") % {"year": year}])
    lines = [
        f"{row.state.line:<16} "
        + _("%(open)d open, %(confirm)d to confirm") % {"open": row.state.open, "confirm": row.state.to_confirm}
        for row in rows
    ]
    return Outcome(data, [year_sentence(rows, on=on), *lines])


def check(*, on: date, organisation: Organisation | None) -> Outcome:
    """What is odd, over all organisations or in one. Always well: what is odd is for people to look at."""
    found = quality(on=on, organisations=None if organisation is None else [organisation.pk])
    names = dict(Organisation.objects.values_list("pk", "slug"))
    data = {
        "on": on.isoformat(), "organisations": found.organisations,
        "kinds": {str(kind): n for kind, n in found.by_kind.items()},
        "findings": [
            {"kind": str(each.kind), "organisation": names[each.organisation], "about": each.about, "detail": each.detail}
            for each in found.findings
        ],
    }  # fmt: skip
    lines = [f"{n:>6}  {odd_word(kind)}" for kind, n in found.by_kind.items()]
    return Outcome(data, lines)
