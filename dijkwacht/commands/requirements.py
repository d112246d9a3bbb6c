"""``requirements``: what to ask of a supplier when certain parts are bought. Needs no database."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.adapters.suppliers_out import tender
from dijkwacht.adapters.suppliers_out.tender import TenderPaper
from dijkwacht.adapters.suppliers_out.tender_form import ods
from dijkwacht.adapters.suppliers_out.tender_paper import Asking, paper_of
from dijkwacht.commands import Outcome
from dijkwacht.commands.packages import write
from dijkwacht.norms.read import read_norms
from dijkwacht.norms.suppliers_requirements import requirements
from dijkwacht.web.moments import duration_words

WRITERS = {".ods": ods, ".odt": tender.odt, ".pdf": tender.pdf, ".json": tender.as_json}
_ANSWERS: dict[str, bool | None] = {
    "yes": True,
    "ja": True,
    "no": False,
    "nee": False,
    "unknown": None,
    "onbekend": None,
}


def chosen(
    parts: str, *, context: str, organisation: str, title: str, on: date, language: str, out: Path | None
) -> Outcome:
    """The requirements for these parts; written as well when ``out`` names a file. ``context``: ``question=yes,question=no``.

    Raises ValueError on a part, question or answer that there is not, and on a file of a kind that is not written.
    """
    if out is not None and out.suffix.lower() not in WRITERS:
        raise ValueError(f"{out.name} must end in one of {', '.join(WRITERS)}")
    names = [each.strip() for each in parts.split(",") if each.strip()]
    asked = Asking(names, answers(context), organisation, on, language, title)
    paper = paper_of(requirements(), asked, read_norms(), term=duration_words)
    data: dict[str, Any] = tender.data(paper)
    if out is None:
        return Outcome(data, _lines(paper))
    content = WRITERS[out.suffix.lower()](paper)
    write(out, content)
    return Outcome({**data, "file": str(out), "size": len(content)}, [f"{out}: {paper.counted}"])


def answers(text: str) -> dict[str, bool | None]:
    """``personal_data=yes,ai_used=no`` as answers. Raises ValueError on what is no answer and on a double question."""
    found: dict[str, bool | None] = {}
    for each in (part.strip() for part in text.split(",")):
        if not each:
            continue
        question, _sign, answer = (part.strip() for part in each.partition("="))
        if answer.lower() not in _ANSWERS:
            raise ValueError(f"an answer as QUESTION=yes, no or unknown was expected, not {each[:60]!r}")
        if question in found:
            raise ValueError(f"{question[:60]} is answered twice")
        found[question] = _ANSWERS[answer.lower()]
    return found


def _lines(paper: TenderPaper) -> list[str]:
    """For people: per theme the number, the weight, the text and what it serves."""
    lines = [f"{paper.title} ({paper.counted})"]
    theme = ""
    for line in paper.lines:
        if line.theme != theme:
            theme = line.theme
            lines += ["", theme]
        lines += [
            f"{line.number:>4}. {paper.say(line.weight)} {line.id}: {line.text}",
            f"      {', '.join(line.links)}",
        ]
    waiting = [each.id for each in paper.context if paper.waiting(each)]
    if waiting:
        told = _("Not answered, so what depends on it may still fall away or become a must: %(questions)s") % {
            "questions": ", ".join(waiting)
        }
        lines += ["", told]
    return lines
