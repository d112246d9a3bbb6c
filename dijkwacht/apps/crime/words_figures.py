"""What the pages of the picture and its sources say: figures, periods, and why something is refused."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.core.crime.intervals import Change, Interval
from dijkwacht.core.crime.periods import Kind, Period, parse_period
from dijkwacht.core.crime.picture import Against, Step, Why

REFUSED: Mapping[str, Any] = {
    "future": gettext_lazy("This day is still to come."),
    "ahead": gettext_lazy("This table tells of a time after the day on which it was fetched. Nothing was taken over."),
    "revealing": gettext_lazy(
        "The total of %(period)s gives away a number that is too small to keep. Leave that total or its parts out."
    ),
    "gone": gettext_lazy("Somebody withdrew this already."),
    "again": gettext_lazy("This very file is here already."),
    "wrong": gettext_lazy("There is something wrong in this file. Nothing was taken over."),
    "code": gettext_lazy("This is no code of an area. For a municipality it looks like GM0000."),
    "municipality": gettext_lazy("Fill in the code of your municipality, such as GM0000."),
}
MEASURES: Mapping[str, Any] = {
    "victim": gettext_lazy("was a victim of online crime in a year"),
    "notified": gettext_lazy("of the victims told somebody: police, bank, another desk"),
    "declared": gettext_lazy("of the victims declared it with the police"),
}
SHORT: Mapping[str, Any] = {
    "victim": gettext_lazy("Victim of online crime"),
    "notified": gettext_lazy("Victims who told anybody"),
    "declared": gettext_lazy("Victims who declared it with the police"),
    "registered": gettext_lazy("Registered crimes"),
    "inhabitants": gettext_lazy("Inhabitants"),
}
STEPS: Mapping[Step, Any] = {
    Step.MUNICIPALITY: gettext_lazy("municipality"),
    Step.TEAM: gettext_lazy("police team"),
    Step.DISTRICT: gettext_lazy("police district"),
    Step.UNIT: gettext_lazy("police unit"),
    Step.PROVINCE: gettext_lazy("province"),
    Step.COUNTRY: gettext_lazy("the whole country"),
}
WHY: Mapping[Why, Any] = {
    Why.OWN: gettext_lazy("This is the figure of the municipality itself."),
    Why.TOO_FEW: gettext_lazy(
        "The survey says nothing of a municipality with fewer than %(least)s inhabitants, so a larger area speaks."
    ),
    Why.NO_VALUE: gettext_lazy("For the municipality the survey gives no figure, so a larger area speaks."),
}
CHANGES: Mapping[Change, Any] = {
    Change.HIGHER: gettext_lazy("Higher than in %(before)s (%(value)s)."),
    Change.LOWER: gettext_lazy("Lower than in %(before)s (%(value)s)."),
    Change.TOO_SMALL: gettext_lazy("The difference with %(before)s (%(value)s) is too small to say."),
}
AGAINST: Mapping[Against, Any] = {
    Against.HIGHER: gettext_lazy(
        "More than in %(n)s municipalities of the same size together, more than chance explains."
    ),
    Against.LOWER: gettext_lazy(
        "Less than in %(n)s municipalities of the same size together, more than chance explains."
    ),
    Against.TOO_SMALL: gettext_lazy(
        "The difference with %(n)s municipalities of the same size together is too small to say."
    ),
    Against.TOO_FEW: gettext_lazy("Too few municipalities of the same size are known to compare with."),
}
ERRORS: Mapping[str, Any] = {
    "empty_file": gettext_lazy("There is nothing in this file."),
    "too_large": gettext_lazy(
        "This is larger than %(value)s MB. Ask the source for your own region and the topics that are "
        "read."
    ),
    "too_many_files": gettext_lazy("There are more than %(value)s files in it."),
    "too_many_rows": gettext_lazy("There are more than %(value)s rows in it. Ask the source for fewer regions or topics."),
    "too_slow": gettext_lazy("Reading took longer than %(value)s seconds, so we stopped."),
    "web_page": gettext_lazy(
        "This is a web page and not the table. The site of the source may have been out of order; fetch it "
        "again."
    ),
    "service_error": gettext_lazy("This is an error that the source gave instead of the table: %(value)s"),
    "not_text": gettext_lazy("The characters in this file cannot be read; it is no UTF-8."),
    "broken_json": gettext_lazy("This is not whole as JSON: it breaks off or holds what JSON does not know, such as NaN."),
    "broken_csv": gettext_lazy("The columns cannot be told apart here: this row has more or fewer than the first one."),
    "row_too_large": gettext_lazy("One row in this file is larger than a row can be."),
    "no_value": gettext_lazy("There is no list of rows in this file."),
    "no_data": gettext_lazy("There is no file with rows in it: TypedDataSet or Observations."),
    "incomplete": gettext_lazy("This is only a part: it points to a next page. Bring all pages together in one folder or zip."),
    "unknown_table": gettext_lazy("It is not clear which table this is, or it is not read here (%(value)s). Choose the table."),
    "mixed_tables": gettext_lazy("This holds more than one table, or another one than was chosen: %(value)s"),
    "wrong_columns": gettext_lazy("The columns are not those that we know. Missing: %(missing)s."),
    "bad_value": gettext_lazy("“%(value)s” is not a figure of zero or more."),
    "bad_period": gettext_lazy("“%(value)s” is not a period such as 2025JJ00 or 2025MM01."),
    "bad_area": gettext_lazy("“%(value)s” is not a code of an area."),
    "twice": gettext_lazy("This figure stands in it twice: %(value)s"),
    "no_rows": gettext_lazy("Of the %(value)s rows in it none is about an area and topic that are read here."),
    "not_readable": gettext_lazy("This file cannot be opened."),
    "unsafe_archive": gettext_lazy(
        "This archive is damaged, protected or put together in an unsafe way; it was not read "
        "(%(value)s)."
    ),
}  # fmt: skip


def error_words(error: Any) -> str:
    """Why a delivery cannot be read, after the place: ``TypedDataSet.json, row 3: …``."""
    known = {"value": error.value, "missing": "; ".join(error.missing)}
    said = str(ERRORS.get(error.code, "(%(code)s)")) % {**known, "code": error.code}
    if error.file and error.row:
        return _("%(file)s, row %(row)s: %(said)s") % {"file": error.file, "row": error.row, "said": said}
    return _("%(file)s: %(said)s") % {"file": error.file, "said": said} if error.file else said


def percent(value: float) -> str:
    """``15,6%``."""
    return f"{number_format(value, 1, use_l10n=True)}%"


def share_words(value: float, lower: float | None, upper: float | None) -> str:
    """``15,6% (15,4 to 15,9)``; without bounds only the figure."""
    if lower is None or upper is None:
        return percent(value)
    low, high = (number_format(each, 1, use_l10n=True) for each in (lower, upper))
    return _("%(value)s (%(low)s to %(high)s)") % {"value": percent(value), "low": low, "high": high}


def rate_words(rate: Interval | None) -> str:
    """Per 1,000 inhabitants and year, with its bounds."""
    if rate is None:
        return _("per inhabitant not known: bring the table of inhabitants")
    value, low, high = (number_format(each, 1, use_l10n=True) for each in (rate.value, rate.lower, rate.upper))
    told = {"value": value, "low": low, "high": high}
    return _("%(value)s per 1,000 inhabitants and year (%(low)s to %(high)s)") % told


def period_words(period: Period | str) -> str:
    """``2023``, ``first quarter of 2025``, ``March 2025``."""
    each = parse_period(period) if isinstance(period, str) else period
    if each.kind is Kind.YEAR:
        return str(each.year)
    if each.kind is Kind.QUARTER:
        return _("quarter %(number)s of %(year)s") % {"number": each.number, "year": each.year}
    return _month_words(each)


def _month_words(each: Period) -> str:
    return date_format(date(each.year, each.number, 1), "F Y")


def whole(number: int) -> str:
    """With the mark of thousands."""
    return number_format(number, 0, use_l10n=True, force_grouping=True)
