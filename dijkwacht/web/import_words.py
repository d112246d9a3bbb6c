"""What is wrong with a file that was offered, in one sentence that starts with the place: sheet, row, column."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.core.sheets import Place, Problem

_SENTENCES = {
    # the file
    "empty_file": gettext_lazy("This file is empty."),
    "no_rows": gettext_lazy("There are no filled rows in this file."),
    "too_large": gettext_lazy("This file is larger than %(most)s MB. Leave out what is not needed and try again."),
    "old_excel": gettext_lazy(
        "This is an old Excel file (.xls) or a file with a password. Save it as .xlsx without a password and try again."
    ),
    "protected": gettext_lazy("This file is protected with a password. Save it without a password and try again."),
    "binary_excel": gettext_lazy("This is a binary Excel file (.xlsb). Save it as .xlsx and try again."),
    "pdf": gettext_lazy("This is a PDF. An import needs the spreadsheet itself: XLSX, ODS or CSV."),
    "web_page": gettext_lazy("This is a web page or an XML file, not a spreadsheet. Save it as .xlsx and try again."),
    "compressed": gettext_lazy("This is a compressed file. Unpack it and choose the spreadsheet that is in it."),
    "not_a_spreadsheet": gettext_lazy("This is not a spreadsheet. Choose an XLSX, ODS or CSV file."),
    "not_a_table": gettext_lazy("This is not a spreadsheet. Choose an XLSX, ODS or CSV file."),
    "binary": gettext_lazy("This is not a spreadsheet. Choose an XLSX, ODS or CSV file."),
    "encoding": gettext_lazy("The characters in this file cannot be read. Save it as CSV UTF-8 and try again."),
    "broken_archive": gettext_lazy("This file is damaged. Open it in a spreadsheet program, save it and try again."),
    "broken_xml": gettext_lazy("This file is damaged. Open it in a spreadsheet program, save it and try again."),
    "unsafe_archive": gettext_lazy("This file is put together in an unsafe way and was not opened."),
    "unsafe_xml": gettext_lazy("This file holds instructions that a spreadsheet never needs, and was not opened."),
    "too_many_entries": gettext_lazy("This file holds more than %(most)s parts and was not opened."),
    "zip_bomb": gettext_lazy("This file grows beyond %(most)s MB when it is opened. It was not read any further."),
    "too_deep": gettext_lazy("This file is nested too deep and was not read any further."),
    "too_slow": gettext_lazy("Reading this file took longer than %(seconds)s seconds, so we stopped."),
    "too_many_sheets": gettext_lazy("This file has more than %(most)s sheets."),
    "too_many_rows": gettext_lazy("This sheet goes beyond row %(most)s. Remove what stands below the list."),
    "too_many_columns": gettext_lazy("This sheet has more than %(most)s columns. Remove what stands beside the list."),
    "too_many_cells": gettext_lazy("This file has more than %(most)s filled cells."),
    "text_too_long": gettext_lazy("This text is longer than %(most)s characters."),
    "broken_quotes": gettext_lazy("A quotation mark is not closed here, so the columns cannot be told apart."),
    "broken_cell": gettext_lazy("This cell cannot be read. Type its value again and try once more."),
    # a cell
    "formula": gettext_lazy("This cell holds a formula; paste it as a value. What a formula shows may be out of date."),
    "fault": gettext_lazy("This cell shows an error, such as #N/A."),
    "unknown_answer": gettext_lazy("\u201c%(value)s\u201d is no answer. Use yes, no, partly or n/a."),
    "not_yes_or_no": gettext_lazy("\u201c%(value)s\u201d is no answer to this question. Use yes or no."),
    "not_a_date": gettext_lazy("\u201c%(value)s\u201d is not a date. Write it as 31-12-2026."),
    "date_too_early": gettext_lazy("The date %(value)s lies before %(earliest)s and cannot be right."),
    "date_too_late": gettext_lazy("The date %(value)s lies after %(latest)s and cannot be right."),
    "not_a_count": gettext_lazy("\u201c%(value)s\u201d is not a whole number of zero or more."),
    "not_a_percentage": gettext_lazy("\u201c%(value)s\u201d is not a percentage between 0 and 100."),
    "unclear_percentage": gettext_lazy("Write \u201c%(value)s\u201d with a percent sign, such as 95%%."),
    "not_a_choice": gettext_lazy("\u201c%(value)s\u201d is none of the choices: %(choices)s."),
    "not_a_duration": gettext_lazy("\u201c%(value)s\u201d is not a period. Write it as 6 months or 1 year."),
    "not_in_a_sheet": gettext_lazy("This question can only be answered on its own page."),
    "unknown_subject": gettext_lazy("\u201c%(value)s\u201d is not registered."),
    "several_subjects": gettext_lazy("More than one subject is called \u201c%(value)s\u201d. Use its key."),
    "subject_needed": gettext_lazy("Say in a column which subject this answer is about."),
    # a row
    "number_unknown": gettext_lazy("\u201c%(value)s\u201d is not a number of a norm that we know."),
    "number_date": gettext_lazy(
        "The spreadsheet has turned this number into a date (%(value)s). Make the column text and type the number"
        " again."
    ),
    "number_decimal": gettext_lazy(
        "The spreadsheet has turned this number into an amount (%(value)s), so 5.1 and 5.10 look the same. Make the"
        " column text and type the number again."
    ),
    "number_ambiguous": gettext_lazy(
        "\u201c%(value)s\u201d occurs in more than one norm: %(ids)s. Write the norm before it, or choose it above."
    ),
    "number_empty": gettext_lazy("There is no number here."),
    "answer_without_number": gettext_lazy("This row has an answer, but no number or question that it belongs to."),
    "unknown_question": gettext_lazy("\u201c%(value)s\u201d is not a question that we ask."),
    "duplicate": gettext_lazy("%(name)s was already answered in row %(row)s."),
    "no_header": gettext_lazy("No row with headers such as number and answer was found. Choose the columns yourself."),
    "nothing_to_import": gettext_lazy("There are no answers under the header on this sheet."),
    # an own copy of a norm
    "no_measures": gettext_lazy("No measure was found in this file: a heading such as 5.01.01 with its text under it."),
    "no_text_header": gettext_lazy("No header with a number and a title or text was found in this file."),
    "number_twice": gettext_lazy("%(name)s is in this file twice, first in line %(number)s."),
    # remarks
    "number_moved": gettext_lazy("%(number)s has moved; the answer counts for %(to)s."),
    "number_withdrawn": gettext_lazy("%(number)s was withdrawn; the answer is not taken over."),
    "number_no_measure": gettext_lazy("%(number)s asks nothing by itself; the answer is not taken over."),
    # an audit of another program
    "no_audit": gettext_lazy("This is not an audit that was exported by CISO Assistant."),
    "unknown_framework": gettext_lazy("This row is from framework \u201c%(value)s\u201d. Only BIO2 can be imported."),
    "other_library": gettext_lazy("This row is from framework %(value)s, but the library is that of %(library)s."),
    "unknown_result": gettext_lazy("\u201c%(value)s\u201d is no result of an audit."),
    "no_library": gettext_lazy("This file holds no framework with requirements."),
    "unsafe_yaml": gettext_lazy("This file holds instructions that a library never needs, and was not opened."),
    "broken_yaml": gettext_lazy("This file is not readable as YAML."),
}  # fmt: skip
_UNKNOWN = gettext_lazy("This file cannot be read (%(code)s).")

CODES = frozenset(_SENTENCES)


def error_sentence(problem: Problem) -> str:
    """The problem in one sentence, after its place: ``Sheet BIO2, row 7, column C: ...``. Ends with a full stop."""
    sentence = str(_SENTENCES.get(problem.code, _UNKNOWN)) % {"code": problem.code, **problem.params}
    where = place_words(problem.place)
    return f"{where}: {sentence}" if where else sentence


def place_words(place: Place) -> str:
    """Where in the file: ``Sheet BIO2, row 7, column C``; empty for the file as a whole."""
    known = {"sheet": place.sheet, "row": place.row, "column": place.letter}
    if place.sheet and place.row and place.letter:
        return _("Sheet %(sheet)s, row %(row)s, column %(column)s") % known
    if place.sheet and place.row:
        return _("Sheet %(sheet)s, row %(row)s") % known
    if place.sheet:
        return _("Sheet %(sheet)s") % known
    return _("Line %(row)s") % known if place.row else ""
