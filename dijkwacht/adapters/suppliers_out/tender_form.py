"""The workbook of a tender that a supplier fills in: the requirements, the context, and how to fill it in."""

from dijkwacht.adapters.documents.wording import Say, day_words
from dijkwacht.adapters.suppliers_out.form import Form, FormColumn, FormSheet, write_form
from dijkwacht.adapters.suppliers_out.tender import TenderLine, TenderPaper, context_rows

_COLUMNS = (
    ("number", 12), ("id", 26), ("theme", 30), ("part", 28), ("weight", 20), ("text", 84), ("how", 62), ("says", 18),
    ("explanation", 56), ("evidence", 34), ("serves", 26),
)  # fmt: skip
_FILLED = ("says", "explanation", "evidence")


def ods(paper: TenderPaper) -> bytes:
    """The workbook, to be read back with `answers.read_answers`."""
    return write_form(form(paper))


def form(paper: TenderPaper) -> Form:
    """Three sheets: requirements, context, explanation."""
    sheets = (_lines(paper), _context(paper), _how(paper))
    return Form(paper.title, paper.language, paper.at, paper.organisation, sheets)


def _lines(paper: TenderPaper) -> FormSheet:
    say = paper.say
    words = (say("yes"), say("partly"), say("no"))
    columns = tuple(
        FormColumn(say(key), width, key in _FILLED, words if key == "says" else ()) for key, width in _COLUMNS
    )
    return FormSheet(say("sheet_lines"), columns, tuple(_row(line, say) for line in paper.lines), held=2)


def _row(line: TenderLine, say: Say) -> tuple[str | int, ...]:
    return (
        line.number, line.id, line.theme, "\n".join(line.parts), say(line.weight).lower(), line.text, line.verify,
        "", "", "", "\n".join(line.links),
    )  # fmt: skip


def _context(paper: TenderPaper) -> FormSheet:
    say = paper.say
    columns = (FormColumn(say("question"), 150), FormColumn(say("answer"), 36), FormColumn(say("hangs"), 120))
    return FormSheet(say("sheet_context"), columns, tuple(context_rows(paper)))


def _how(paper: TenderPaper) -> FormSheet:
    say = paper.say
    rows = [
        (say("fill"), say("fill_text")), (say("partly_topic"), say("partly_text")), (say("return_topic"), say("return_text")),
        (f"{say('must')} / {say('wish').lower()}", say("lead")),
        (say("organisation"), paper.organisation), (say("day"), day_words(paper.on, paper.language)),
        (say("parts"), "\n".join(paper.parts)), (say("counted"), paper.counted),
        (say("set"), say("set_value", name=paper.set.name, version=paper.set.version)), (say("source"), paper.set.source),
        *((say("notes"), each) for each in paper.notes),
    ]  # fmt: skip
    columns = (FormColumn(say("topic"), 50), FormColumn(say("said"), 200))
    return FormSheet(say("sheet_how"), columns, tuple(row for row in rows if row[1]))
