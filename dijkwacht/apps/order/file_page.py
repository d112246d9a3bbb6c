"""What the page of a decision file shows, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dijkwacht.apps.order.models import Alternative, DecisionFile, FileState
from dijkwacht.apps.order.services.deciding import MEETING, lacks, steps_of, weighed
from dijkwacht.apps.order.services.files import answers_of, leads_in
from dijkwacht.apps.order.services.terms import terms_of
from dijkwacht.apps.order.term_rows import term_rows
from dijkwacht.apps.order.wizard_page import Row, row_of
from dijkwacht.apps.order.words import HEARD, lacks_words, leads_words, power_word, step_word
from dijkwacht.core.powers import Outcome, Question, State, outcomes
from dijkwacht.core.powers_deciding import needs_departure, refused_wholly
from dijkwacht.norms.powers import powers_pack
from dijkwacht.web.moments import day_of, moment_words
from dijkwacht.web.term_row import TermRow
from dijkwacht.web.terms import text_of


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact with its answer in words. ``plain``: answered no, and nobody wrote down on whose word."""

    question: Question
    answer: str
    source: str
    by: str
    plain: bool


@dataclass(frozen=True, slots=True)
class FileShown:
    """The file in words. ``can_step``: codes of what can still be noted, with their words."""

    sentence: str
    draft: bool
    decided: bool
    row: Row
    barred: bool
    facts: Sequence[FactRow]
    plain_facts: Sequence[FactRow]
    open_facts: Sequence[Question]
    alternatives: Sequence[tuple[str, str, Alternative | None]]
    heard: Sequence[tuple[str, datetime, str]]
    missing: str
    terms: Sequence[TermRow]
    steps: Sequence[tuple[str, datetime, str]]
    can_step: Sequence[tuple[str, str]]
    departs: bool
    leads: str
    undone: str


def shown(file: DecisionFile, *, at: datetime) -> FileShown:
    """All of one file at that moment. After the decision the outcome is that of then."""
    pack, power = powers_pack(), powers_pack().powers[file.power]
    found = then(file) if file.decided_at else weighed(file, at=at)
    answers = answers_of(file)
    others = outcomes(pack.powers, pack.reasons, answers, on=day_of(at))
    row = row_of(pack, power, found, answers, others)
    were = {each.power: each for each in file.alternatives.all()}
    draft, facts = file.state == FileState.DRAFT, _facts(file)
    return FileShown(
        outcome_sentence(file, at=at), draft, file.state == FileState.DECIDED, row,
        bool(refused_wholly(power, pack.reasons, found)),
        [each for each in facts if not each.plain], [each for each in facts if each.plain],
        [each for each in row.asks if each.id not in file.facts],
        [(name, power_word(name), were.get(name)) for name in dict.fromkeys((*power.lighter, *were))],
        [(str(HEARD.get(each.who, each.who)), each.at, each.said) for each in file.hearings.all()],
        lacks_words(each for each in lacks(file, found) if each != "departure") if draft else "",
        term_rows(terms_of(file, at=at)),
        [(step_word(file.power, each.code), each.at, _noted(each)) for each in file.steps.all()],
        _left(file), needs_departure(found), leads_words(leads_in(file)), undone(file),
    )  # fmt: skip


def then(file: DecisionFile) -> Outcome:
    """The outcome that the decision was taken with."""
    state: State = file.outcome.get("outcome", "not_allowed")
    return Outcome(state, tuple(file.outcome.get("reasons", ())), tuple(file.outcome.get("missing", ())))


def outcome_sentence(file: DecisionFile, *, at: datetime) -> str:
    """What the rules say, or what was decided, in one sentence."""
    if file.state == FileState.DROPPED:
        return _("This led to no decision.")
    if file.decided_at is not None:
        said = _("Decided on %(when)s by the %(office)s.") % {
            "when": moment_words(file.decided_at), "office": file.get_decided_as_display().lower(),
        }  # fmt: skip
        return " ".join((said, _("This departs from what the rules say."))) if file.departure else said
    found = weighed(file, at=at)
    return {
        "allowed": _("On these facts the rules say that it may."),
        "allowed_if": _("It is not known yet whether it may: facts are missing."),
        "not_allowed": _("On these facts the rules say that it may not."),
    }[found.outcome]


def before(file: DecisionFile, *, at: datetime) -> list[str]:
    """What who decides must know first: why not, what is unknown, what is missing."""
    pack, found = powers_pack(), weighed(file, at=at)
    said = [text_of(pack.reasons[code].text) for code in found.reasons]
    said += [_("Not known: %(question)s") % {"question": text_of(pack.questions[each].ask)} for each in found.missing]
    missing = [each for each in lacks(file, found) if each != "departure"]
    return said + ([_("Still missing: %(what)s.") % {"what": lacks_words(missing)}] if missing else [])


def _facts(file: DecisionFile) -> list[FactRow]:
    questions = powers_pack().questions
    return [
        FactRow(
            questions[name],
            _answer(questions[name], each["answer"]),
            each["source"],
            each["by"],
            plain=each["answer"] == "no" and not each["source"],
        )
        for name, each in file.facts.items()
        if name in questions
    ]


def _answer(question: Question, answer: str) -> str:
    if question.options:
        return text_of(question.options.get(answer)) or answer
    return _("Yes") if answer == "yes" else _("No")


def _noted(step: object) -> str:
    seats, present, note = (getattr(step, name) for name in ("seats", "present", "note"))
    count = _("%(present)s of %(seats)s members were there") % {"present": present, "seats": seats} if seats else ""
    return " · ".join(each for each in (count, note) if each)


def undone(file: DecisionFile) -> str:
    """The duties after the decision that nobody noted as done yet, in words."""
    return "; ".join(word for code, word in _left(file) if code.startswith("duty:"))


def _left(file: DecisionFile) -> list[tuple[str, str]]:
    """What can still be noted; a meeting more than once, the rest once."""
    if file.state != FileState.DECIDED:
        return []
    taken = {each.code for each in file.steps.all()} - {MEETING}
    return [(code, step_word(file.power, code)) for code in steps_of(file) if code not in taken]
