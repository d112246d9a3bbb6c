"""What is wrong with the answers of a supplier to a tender, in one sentence that starts with the place: sheet, row, column."""

from django.utils.translation import gettext_lazy

from dijkwacht.core.sheets import Problem
from dijkwacht.web.import_words import CODES as TABLE_CODES
from dijkwacht.web.import_words import error_sentence, place_words

_SENTENCES = {
    "no_answer_sheet": gettext_lazy(
        "No sheet has the columns \u201cReference\u201d and \u201cDo you comply?\u201d. Send our workbook back with its headers"
        " as they are."
    ),
    "two_answer_sheets": gettext_lazy(
        "More than one sheet has answers: %(sheets)s. Leave only one of them, so that it is clear which counts."
    ),
    "no_says": gettext_lazy("\u201c%(value)s\u201d is no answer to a requirement. Use yes, partly or no."),
    "id_twice": gettext_lazy("Requirement %(id)s was already answered in row %(first)s."),
    "id_strange": gettext_lazy("\u201c%(id)s\u201d is not a requirement of this tender."),
    "id_missing": gettext_lazy("This row has an answer, but not the reference of the requirement that it answers."),
    "id_number": gettext_lazy(
        "The spreadsheet has turned this reference into a number or a date (%(id)s). Make the column text and type the"
        " reference again."
    ),
}  # fmt: skip
CODES = frozenset(_SENTENCES) | TABLE_CODES


def answer_sentence(problem: Problem) -> str:
    """The problem in one sentence after its place. Ends with a full stop."""
    if problem.code not in _SENTENCES:
        return error_sentence(problem)
    sentence = str(_SENTENCES[problem.code]) % problem.params
    where = place_words(problem.place)
    return f"{where}: {sentence}" if where else sentence
