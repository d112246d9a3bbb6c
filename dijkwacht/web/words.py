"""Reasons and verdicts in full sentences, in the language of the page.

A reason is read by its attributes only, so one from the engine and one that was stored (days as text, durations as
ISO 8601, tuples as lists) give the same sentence. Who said it and since when stand beside the sentence, not in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dijkwacht.core.catalog import Norms
from dijkwacht.core.days import add, parse_duration
from dijkwacht.core.facts import NEVER, FactType
from dijkwacht.core.text import capital
from dijkwacht.web import sentences
from dijkwacht.web.moments import as_day, day_words, duration_words
from dijkwacht.web.terms import (
    NO_NAMES,
    assurance_word,
    kind_words,
    language,
    norm_word,
    role_word,
    shows_word,
    status_word,
    text_of,
    value_words,
)

__all__ = ["assurance_word", "question_words", "reason_sentence", "status_word", "value_words", "verdict_sentence"]


def question_words(fact_type: FactType, subject: str | None, names: Mapping[str, str] = NO_NAMES) -> str:
    """The question of a fact type about one subject: ``Is Zaaksysteem vanaf internet bereikbaar?``."""
    name = "" if fact_type.subject == "organisation" else names.get(subject or "", "")
    return sentences.about(text_of(fact_type.question) or fact_type.id, name, language())


def reason_sentence(reason: Any, norms: Norms, names: Mapping[str, str] = NO_NAMES) -> str:
    """One sentence for one reason; ``names`` maps subject ids to names. An unknown code tells the fact itself."""
    return _WRITERS.get(str(reason.code), _shows)(_Telling(reason, norms, names))


def verdict_sentence(verdict: Any, norms: Norms, names: Mapping[str, str] = NO_NAMES) -> str:
    """The verdict in one sentence that starts with its status: ``Niet op orde: op 3 maart 2025 is ...``.

    It tells the reason that tells most, and how many more there are. *Op orde* on several answers says how many, and until when.
    """
    reasons = list(verdict.reasons)
    word = capital(status_word(verdict.status))
    if not reasons:
        return _("%(status)s.") % {"status": word}
    if str(verdict.status) == "met" and len(reasons) > 1:
        return _met(word, len(reasons), as_day(verdict.stale_at))
    first = sentences.lower_first(reason_sentence(_telling(verdict, reasons), norms, names), names)
    sentence = _("%(status)s: %(reason)s") % {"status": word, "reason": first}
    more = len(reasons) - 1
    if not more:
        return sentence
    words = {"sentence": sentence, "n": more}
    return ngettext("%(sentence)s And %(n)d more reason.", "%(sentence)s And %(n)d more reasons.", more) % words


def _telling(verdict: Any, reasons: list[Any]) -> Any:
    """The reason that tells most: of what is not (quite) in order, the first that says what is wrong."""
    wrong = (each for each in reasons if str(each.code) == "shows_no")
    return next(wrong, reasons[0]) if str(verdict.status) in ("partly", "not_met") else reasons[0]


def _met(word: str, answers: int, stale: date | None) -> str:
    words = {"status": word, "n": answers, "day": day_words(stale) if stale else ""}
    if stale is None:
        return _("%(status)s: %(n)d answers together show it.") % words
    return _("%(status)s: %(n)d answers together show it. Without a new answer that ends on %(day)s.") % words


@dataclass(frozen=True, slots=True)
class _Telling:
    """A reason with what is needed to put it in words."""

    reason: Any
    norms: Norms
    names: Mapping[str, str]

    @property
    def params(self) -> Mapping[str, Any]:
        return getattr(self.reason, "params", None) or {}

    @property
    def fact_type(self) -> FactType | None:
        return self.norms.fact_types.get(self.reason.fact_type or "")

    @property
    def holds(self) -> bool:
        return bool(self.params.get("holds", self.reason.code == "shows_yes"))

    @property
    def kind(self) -> str:
        name = (self.reason.fact_type or "").removeprefix("register.").removesuffix(".complete")
        return str(self.params.get("kind") or name)

    @property
    def asked(self) -> str:
        """The question; a register that has none of its own gets one."""
        if self.fact_type is not None:
            return question_words(self.fact_type, self.reason.subject, self.names)
        if (self.reason.fact_type or "").startswith("register."):
            return _("Are all %(kind)s registered?") % {"kind": kind_words(self.kind)}
        return self.reason.fact_type or ""

    def words(self, value: Any) -> str:
        return value_words(self.fact_type, value, self.names)

    @property
    def answer(self) -> str:
        return self.words(self.reason.value)

    @property
    def said(self) -> str:
        """The fact as a sentence without full stop, or else the question with its answer."""
        value, asked, said = self.reason.value, self.asked, None
        if isinstance(value, bool):
            said = sentences.existence(asked, value, language())
        elif value != NEVER and not isinstance(value, Mapping):
            said = sentences.statement(asked, self.answer, language())
        return said or _("%(question)s %(answer)s") % {"question": asked, "answer": capital(self.answer)}


def _shows(told: _Telling) -> str:
    tail = _measure(told)
    if not tail:
        return _("%(said)s.") % {"said": told.said}
    return _("%(said)s; %(tail)s.") % {"said": told.said, "tail": tail}


def _measure(told: _Telling) -> str:
    """What the answer is held against, for a fact under an operator; empty for a plain yes."""
    op, expected, other = str(told.params.get("op")), told.params.get("expected"), told.params.get("other")
    match op:
        case "within":
            return _within(told, expected)
        case "within_fact":
            return _within(told, other or (expected[1] if expected else None))
        case "range":
            least, most = expected or (None, None)
            return _range(told, least, most)
        case "is" | "one_of" if not told.holds:
            wanted = expected if isinstance(expected, tuple | list) else (expected,)
            return _("needed is: %(wanted)s") % {"wanted": " / ".join(told.words(each) for each in wanted)}
        case "before" | "before_fact" | "after" | "after_fact" if not told.holds:
            return _order(op, as_day(other or expected))
    return ""


def _within(told: _Telling, span: Any) -> str:
    """Whether a date lies within a term; ``span`` is a duration or its ISO text."""
    day, seen = as_day(told.reason.value), as_day(told.reason.since)
    if day is None or span is None:
        return ""
    length = parse_duration(span) if isinstance(span, str) else span
    if told.holds:
        return _("that counts until %(day)s") % {"day": day_words(add(day, length))}
    if seen is not None and day > seen:
        return _("that day was yet to come")
    return _("that is longer than %(span)s ago") % {"span": duration_words(length)}


def _range(told: _Telling, least: Any, most: Any) -> str:
    words = {"least": told.words(least), "most": told.words(most)}
    if least is not None and most is not None:
        return _("between %(least)s and %(most)s is needed") % words
    if least is not None:
        return _("at least %(least)s is needed") % words
    return _("at most %(most)s is allowed") % words


def _order(op: str, day: date | None) -> str:
    if day is None:
        return ""
    if op.startswith("before"):
        return _("that had to be before %(day)s") % {"day": day_words(day)}
    return _("that had to be after %(day)s") % {"day": day_words(day)}


def _plainly(template: str) -> Callable[[_Telling], str]:
    """A writer of one sentence with the question, the answer and the kind of subject in it."""

    def write(told: _Telling) -> str:
        words = {"question": told.asked, "kind": kind_words(told.kind), "answer": ""}
        return _(template) % (words if told.reason.value is None else {**words, "answer": told.answer})

    return write


def _exception(told: _Telling) -> str:
    held = told.reason.value if isinstance(told.reason.value, Mapping) else told.params
    until = as_day(held.get("until"))
    words = {"until": day_words(until) if until else "?", "why": str(held.get("reason") or "?").rstrip(".")}
    if mandate := held.get("mandate"):
        return _("An exception holds until %(until)s: %(why)s. Granted by: %(role)s.") % {
            **words, "role": role_word(str(mandate)),
        }  # fmt: skip
    return _("An exception holds until %(until)s, for which %(owner)s answers: %(why)s.") % {
        **words, "owner": held.get("owner") or "?",
    }  # fmt: skip


def _expired(told: _Telling) -> str:
    last = as_day(told.params.get("last_day"))
    words = {"question": told.asked, "answer": told.answer, "day": day_words(last) if last else ""}
    if last is None:
        return _("The answer “%(answer)s” has expired: %(question)s") % words
    return _("The answer “%(answer)s” counted until %(day)s: %(question)s") % words


def _not_shared(told: _Telling) -> str:
    owner = told.params.get("organisation")
    words = {"question": told.asked, "organisation": told.names.get(owner or "", owner)}
    if not owner:
        return _("Another organisation knows this and does not share it: %(question)s") % words
    return _("%(organisation)s knows this and does not share it: %(question)s") % words


def _due(told: _Telling) -> str:
    day = as_day(told.params.get("due"))
    words = {"said": told.said, "day": day_words(day) if day else ""}
    if told.reason.code == "due":
        return _("%(said)s; the term ended on %(day)s.") % words
    return _("%(said)s; this is not due before %(day)s.") % words if day else _("This is not due yet.")


def _leans_on(told: _Telling) -> str:
    name = told.reason.requirement or ""
    leaned = told.norms.requirements.get(name)
    number = f"{norm_word(told.norms, leaned.catalog)} {leaned.number}".strip() if leaned else name
    words = {"number": number, "title": text_of(leaned.title) if leaned else ""}
    return _("This leans on %(number)s (%(title)s), and that is undecided.") % words


def _not_shown(told: _Telling) -> str:
    least, shows = told.params.get("least_assurance"), told.params.get("shows")
    if told.params.get("comparable_event"):
        return _("Nothing happened that could show this, and this addressee asks for a test with a comparable event.")
    if least:
        words = {"level": assurance_word(least)}
        return _("The answers say yes, but this addressee asks that they are %(level)s.") % words
    if shows:
        return _("The answers say yes, but this addressee asks to see %(level)s.") % {"level": shows_word(shows)}
    return _("The answers say yes, but show less than this addressee asks.")


_WRITERS: Mapping[str, Callable[[_Telling], str]] = {
    "shows_yes": _shows,
    "shows_no": _shows,
    "refers": _shows,
    "nothing_happened": _plainly(gettext_noop("Nothing happened that could show this (%(answer)s): %(question)s")),
    "exception": _exception,
    "not_asked": _plainly(gettext_noop("Not answered yet: %(question)s")),
    "expired": _expired,
    "contradicted": _plainly(gettext_noop("The answers contradict each other; one says “%(answer)s”: %(question)s")),
    "contradicts": _plainly(gettext_noop("Another answer, “%(answer)s”, contradicts this: %(question)s")),
    "not_shared": _not_shared,
    "register_incomplete": _plainly(
        gettext_noop("It is not stated that all %(kind)s are registered; some may be missing.")
    ),
    "register_complete": _plainly(gettext_noop("It is stated that all %(kind)s are registered.")),
    "no_subjects": _plainly(gettext_noop("No %(kind)s to which this applies are registered.")),
    "dangling": _plainly(
        gettext_noop("The answer points to something that is not registered (%(answer)s): %(question)s")
    ),
    "not_due": _due,
    "due": _due,
    "leans_on": _leans_on,
    "not_shown": _not_shown,
}
