"""What the pages of sources and of files that are brought need."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.crime import words_figures as say
from dijkwacht.apps.crime.forms.figures import ColumnsForm, chosen
from dijkwacht.apps.crime.models.figures import Edition, LocalCounts
from dijkwacht.apps.crime.picture_page import source_words
from dijkwacht.apps.crime.queries import figures, picture
from dijkwacht.apps.crime.services import editions, own
from dijkwacht.apps.ledger.services.uploads import Upload
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.sheets import Problem
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web.import_words import CODES, error_sentence, place_words
from dijkwacht.web.templatetags.ui import text_of

SHOWN = 12
PROBLEMS: Mapping[str, Any] = {
    "no_local_header": gettext_lazy("No row with the headers bron, periode, fenomeen and aantal was found."),
    "source_missing": gettext_lazy("It does not say where this count comes from."),
    "unknown_phenomenon": gettext_lazy("“%(value)s” is no phenomenon that we know."),
    "unknown_period": gettext_lazy("“%(value)s” is no period such as 2026, 2026-03 or Q1 2026."),
    "count_missing": gettext_lazy("There is no whole number of zero or more."),
    "count_twice": gettext_lazy("This source, period and phenomenon stand in it twice."),
}
error_words = say.error_words


def context_of(organisation: Organisation) -> dict[str, Any]:
    """Each table with its editions and doubts, where we lie, and the own counts."""
    shown = {row.pk for row in figures.current().values()}
    brought: dict[str, list[dict[str, Any]]] = {}
    for row in figures.all_editions():
        brought.setdefault(row.table, []).append({
            "row": row, "shown": row.pk in shown, "span": _span(row), "ours": row.organisation_id == organisation.pk,
            "words": source_words(row), "rows": say.whole(row.rows), "suppressed": say.whole(row.suppressed),
        })  # fmt: skip
    tables = [
        {"shape": shape, "name": text_of(shape.name), "publisher": text_of(shape.publisher),
         "doubt": text_of(shape.uncertain) if shape.uncertain else "", "editions": brought.get(shape.id, [])}
        for shape in crime_packs().figures.shapes.values()
    ]  # fmt: skip
    where = picture.where_is(organisation)
    named = figures.names_of(list(figures.current().values()), list(where.codes.values()))
    return {
        "tables": tables, "answer": _answer(len([each for each in tables if each["editions"]]), len(tables)),
        "where": [(say.STEPS[step], code, named.get(code, "")) for step, code in where.codes.items()],
        "files": picture.local_counts(organisation), "bound": crime_packs().figures.keep_from,
    }  # fmt: skip


def _answer(have: int, whole: int) -> str:
    if not have:
        return _("No table was brought yet; the picture only has the national figures that come with Dijkwacht.")
    return _("%(have)s of %(whole)s tables were brought. Everybody in this installation reads the same ones.") % {
        "have": have, "whole": whole,
    }  # fmt: skip


def _span(row: Edition) -> str:
    told = {"first": say.period_words(row.first), "last": say.period_words(row.newest)}
    return _("%(first)s to %(last)s") % told if row.first != row.newest else told["last"]


def place_notes() -> list[str]:
    """What must be known before somebody says where he lies."""
    known = figures.areas_in(list(figures.current().values()))
    others = [(code, name) for code, name in known if not code.startswith("GM")][:200]
    told = [
        _(
            "The survey says nothing of a small municipality. Then the smallest area of this list speaks that has a figure."
        )
    ]
    if others:
        told.append(
            _("Areas in the tables: %(areas)s.") % {"areas": ", ".join(f"{name} ({code})" for code, name in others)}
        )
    told.append(
        _(
            "With which letters the code of a team, district or unit begins, we did not read in the table: take it from there."
        )
    )
    return told


def bring_notes() -> list[str]:
    """Which tables are read, and how to get one."""
    tables = ", ".join(crime_packs().figures.shapes)
    return [
        _("Read are: %(tables)s. Fetch them at the source yourself; nothing goes onto the network for it.")
        % {"tables": tables},
        _("The figures are public: every organisation in this installation sees them, and who brought them."),
    ]  # fmt: skip


def local_notes() -> list[str]:
    """What happens with own counts."""
    bound = crime_packs().figures.keep_from
    names = sorted(text_of(each.name) for each in crime_packs().catalogue.phenomena.values())
    return [
        _("A count below %(bound)s is kept as “fewer than %(bound)s”: small numbers lead back to people.") % {"bound": bound},
        _("Phenomena: %(names)s.") % {"names": ", ".join(names)},
        _("Only your own organisation sees these counts."),
    ]  # fmt: skip


def preview_of(upload: Upload, given: Mapping[str, str]) -> dict[str, Any]:
    """What is in a table that waits, and what it would change; or what is wrong with it, with the columns to point out."""
    pointed, table = chosen(given), given.get("table", "")
    try:
        found = editions.read(upload.content, name=upload.name, table=table, chosen=pointed)
    except editions.CbsError as error:
        shape = crime_packs().figures.shapes.get(table or error.table)
        columns = error.code == "wrong_columns" and shape is not None and error.there
        form = ColumnsForm(initial=dict(given), shape=shape, there=error.there) if columns and shape else None
        return {"wrong": error_words(error), "columns": form, "table": table or error.table}
    there = editions.again(found)
    changed = editions.differences(found)
    return {
        "wrong": "", "found": found, "again": there, "changed": changed, "name": text_of(found.shape.name),
        "answer": _("Nothing new: this was brought already (%(words)s).") % {"words": source_words(there)} if there
        else _("%(n)s figures, %(suppressed)s of them suppressed; nothing was recorded yet.") % {
            "n": say.whole(len(found.observations)), "suppressed": say.whole(found.suppressed),
        },
        "first": say.period_words(found.first), "newest": say.period_words(found.newest), "read": say.whole(found.read),
        "areas": say.whole(len({each.region for each in found.observations})),
        "columns_read": [(say.SHORT[ours], theirs, found.titles.get(theirs, "")) for ours, theirs in found.columns.items()],
        "pointed": {f"column_{key}": value for key, value in pointed.items()}, "table": found.shape.id,
        "doubt": text_of(found.shape.uncertain) if found.shape.uncertain else "",
    }  # fmt: skip


def carried(row: Edition, again: bool) -> str:
    """What came of it."""
    if again:
        return _("Nothing new: these figures were here already.")
    return _("Taken over: %(n)s figures of %(table)s.") % {"n": say.whole(row.rows), "table": row.table}


def table_words(error: own.TableError) -> str:
    """Why a file is no spreadsheet."""
    return error_sentence(error.problem)


def problem_words(problem: Problem) -> str:
    """What is wrong in a row of own counts, after its place."""
    if problem.code in CODES and problem.code not in PROBLEMS:
        return error_sentence(problem)
    said = str(PROBLEMS.get(problem.code, f"({problem.code})")) % problem.params
    where = place_words(problem.place)
    return f"{where}: {said}" if where else said


def local_preview(upload: Upload) -> dict[str, Any]:
    """What is in a file with own counts, or everything that is wrong with it."""
    bound = crime_packs().figures.keep_from
    try:
        found = own.read_counts(upload.content, upload.name)
    except own.TableError as error:
        return {"wrong": [table_words(error)]}
    if not found.usable:
        return {
            "wrong": [problem_words(each) for each in found.problems[:100]] or [_("There are no counts in this file.")]
        }
    names = crime_packs().catalogue.phenomena
    n = len(found.rows)
    said = ngettext("%(n)s count; nothing was recorded yet.", "%(n)s counts; nothing was recorded yet.", n) % {"n": n}
    small = ngettext(
        "%(n)s of them is below %(bound)s and is kept as “fewer than”.",
        "%(n)s of them are below %(bound)s and are kept as “fewer than”.", found.below,
    ) % {"n": found.below, "bound": bound}  # fmt: skip
    rows = [
        (each.source, say.period_words(each.period), text_of(names[each.phenomenon].name),
         _("fewer than %(bound)s") % {"bound": bound} if each.count is None else say.whole(each.count))
        for each in found.rows[:SHOWN]
    ]  # fmt: skip
    return {"wrong": [], "answer": f"{said} {small}" if found.below else said, "rows": rows, "count": n}


def counts_carried(row: LocalCounts) -> str:
    """What came of it."""
    n = len(row.counts)
    return ngettext("Taken over: %(n)s count.", "Taken over: %(n)s counts.", n) % {"n": n}
