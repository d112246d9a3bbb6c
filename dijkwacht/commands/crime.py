"""``crime import`` and ``crime picture``: public tables from the command line, and what they tell of a municipality."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from dijkwacht.apps.crime import picture_page
from dijkwacht.apps.crime.picture_page import source_words
from dijkwacht.apps.crime.queries.picture import Picture, Where, picture_of
from dijkwacht.apps.crime.services import editions, open_data
from dijkwacht.apps.crime.services.doing import Refused
from dijkwacht.apps.crime.words import refusal
from dijkwacht.apps.crime.words_figures import error_words
from dijkwacht.apps.people.models import Organisation
from dijkwacht.commands import Outcome
from dijkwacht.core.crime.picture import Step
from dijkwacht.web.moments import day_of

ACTOR = "dijkwacht crime import"


def bring(
    source: Path, *, organisation: Organisation | None, table: str, fetched_on: date | None, chosen: Mapping[str, str],
    dry_run: bool, at: datetime,
) -> Outcome:  # fmt: skip
    """Takes a table over, whole or not at all; with ``dry_run``, or without organisation, only tells what it would change."""
    try:
        found = editions.read(source, name=source.name, table=table, chosen=chosen)
    except editions.CbsError as error:
        return _refused(error_words(error), there=[key for key, _title in error.there])
    data = {
        "table": found.shape.id, "title": found.title, "figures": len(found.observations), "suppressed": found.suppressed,
        "first": found.first, "newest": found.newest, "rows": found.read, "columns": dict(found.columns),
    }  # fmt: skip
    if dry_run or organisation is None:
        change = editions.differences(found)
        line = _("%(table)s: would take over %(n)s figures, %(new)s new, %(other)s other, %(gone)s gone.") % {
            "table": found.shape.id, "n": len(found.observations), "new": change.new, "other": change.other,
            "gone": change.gone,
        }  # fmt: skip
        changes = {"new": change.new, "other": change.other, "gone": change.gone}
        return Outcome({"imported": False, "again": editions.again(found) is not None, **data, **changes}, [line])
    try:
        day = fetched_on or min(day_of(datetime.fromtimestamp(source.stat().st_mtime, UTC)), day_of(at))
        row, again = editions.bring(
            organisation, found, fetched_on=day, name=source.name, person=None, at=at, actor=ACTOR
        )
    except Refused as error:
        return _refused(refusal(error))
    told = {"imported": not again, "again": again, "edition": row.pk, "fetched_on": row.fetched_on.isoformat(), **data}
    if again:
        return Outcome(told, [_("Nothing new: this was brought already (%(words)s).") % {"words": source_words(row)}])
    line = _("%(words)s: %(n)s figures taken over, %(suppressed)s of them suppressed.")
    return Outcome(told, [line % {"words": source_words(row), "n": row.rows, "suppressed": row.suppressed}])


def picture(municipality: str, *, areas: Mapping[str, str]) -> Outcome:
    """What the tables tell of a municipality. Not well when they do not know it."""
    steps = {str(step): step for step in Step if step not in (Step.MUNICIPALITY, Step.COUNTRY)}
    if unknown := areas.keys() - steps.keys():
        return _refused(
            _("%(size)s is no size of an area: %(sizes)s.") % {"size": min(unknown), "sizes": ", ".join(steps)}
        )
    if not municipality.startswith("GM"):
        return _refused(_("%(code)s is no code of a municipality, such as GM0000.") % {"code": municipality})
    codes: dict[Step, str] = {Step.MUNICIPALITY: municipality}
    codes |= {step: areas[name] for name, step in steps.items() if name in areas}
    known = Organisation.objects.filter(cbs_code=municipality).first()
    where = Where(codes, known.name if known else municipality, known.inhabitants if known else None)
    found = picture_of(where)
    return Outcome(open_data.data_of(found), [picture_page.answer(found), *_lines(found)])


def _lines(found: Picture) -> Iterator[str]:
    for row in picture_page.survey_rows(found):
        yield f"  {row['figure']} {row['what']} ({row['area']}, {row['period']}). {row['why']} {row['change']}".rstrip()
    for row in picture_page.registered_rows(found):
        told = (
            f"{row['name']}: {row['figure']} ({row['span']}) {row['rate']}.",
            row["change"],
            row["like"],
            row["holes"],
        )
        yield "  " + " ".join(each for each in told if each)


def _refused(sentence: str, **more: object) -> Outcome:
    return Outcome({"imported": False, "problems": [sentence], **more}, [sentence], well=False)
