"""What this room says on its pages, in the language of the page: questions, themes, refusals, and why something is open."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.ledger.services.recording import Refusal
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.core.catalog import Requirement
from dijkwacht.core.facts import FactType
from dijkwacht.core.sheets import Problem
from dijkwacht.core.values import ValueFormError
from dijkwacht.web.import_words import error_sentence
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import NO_NAMES, kind_words, text_of
from dijkwacht.web.words import question_words

THEMES = {
    "governance": gettext_lazy("Policy and governance"),
    "board": gettext_lazy("Board"),
    "cbw": gettext_lazy("Cyberbeveiligingswet"),
    "applicability": gettext_lazy("What applies to us"),
    "assets": gettext_lazy("Information and equipment"),
    "access": gettext_lazy("Access"),
    "people": gettext_lazy("Staff and awareness"),
    "physical": gettext_lazy("Buildings"),
    "operations": gettext_lazy("IT operations"),
    "development": gettext_lazy("Development and changes"),
    "perimeter": gettext_lazy("Website and e-mail"),
    "connections": gettext_lazy("DigiD and other connections"),
    "suppliers": gettext_lazy("Suppliers and cloud"),
    "incidents": gettext_lazy("Incidents and threats"),
    "continuity": gettext_lazy("Continuity and backup"),
    "privacy": gettext_lazy("Personal data"),
    "register": gettext_lazy("Registers"),
    "registers": gettext_lazy("Base registers and travel documents"),
}
_REFUSALS = {
    "subject": gettext_lazy("This question is not about a subject that is registered here."),
    "future": gettext_lazy("This day lies in the future. Choose today or an earlier day."),
    "reference": gettext_lazy("What you chose is no longer registered. Choose again."),
    "evidence": gettext_lazy("This evidence belongs to another organisation."),
    "name": gettext_lazy("Type a name."),
    "kind": gettext_lazy("Only a subject of the same kind can be taken over."),
    "key": gettext_lazy("This key is taken already, or has signs that are not allowed."),
    "source": gettext_lazy("This is a subject of our own."),
    "closed": gettext_lazy("This no longer stands; somebody changed it before you."),
    "colleague": gettext_lazy("This person has no role here today."),
    "what": gettext_lazy("Choose one question, or one requirement."),
    "plan": gettext_lazy("There is something wrong with this file, or it holds no answers. Nothing was imported."),
    "not_yours": gettext_lazy("Only the person who did this can undo it."),
    "not_today": gettext_lazy("You can undo something on the same day only. Give a new answer instead."),
    "not_undoable": gettext_lazy("This cannot be undone."),
    "moved_on": gettext_lazy("This cannot be undone any more: somebody answered the question after you."),
}
_FORMS = {
    "yes_no": gettext_lazy("Answer yes or no."),
    "date": gettext_lazy("Type a day."),
    "count": gettext_lazy("Type a whole number of zero or more."),
    "percentage": gettext_lazy("Type a percentage from 0 to 100."),
    "choice": gettext_lazy("Choose one of the answers."),
    "text": gettext_lazy("Type an answer of at most 10,000 characters."),
    "reference": gettext_lazy("Choose one from the list, or register a new one."),
    "duration": gettext_lazy("Choose a period."),
    "exception": gettext_lazy("Fill in the reason, who answers for it and until when."),
    "granted": gettext_lazy("This exception is granted at a risk in the management system, by who has the mandate."),
    "nothing_happened": gettext_lazy("Fill in the first and the last day of the period."),
    "must_happen": gettext_lazy("This question cannot be answered with: nothing happened."),
    "not_never": gettext_lazy("This always has a day. Fill in the day."),
}
_OPEN = {
    "choice": gettext_lazy("more than one answer fits"),
    "value": gettext_lazy("the file does not say how much or what"),
    "date": gettext_lazy("the file does not say when"),
    "which_date": gettext_lazy("there is one date for several questions"),
    "other_date": gettext_lazy("with the date in the file the answer would be no"),
    "subjects": gettext_lazy("the file does not say about which subjects"),
    "register": gettext_lazy("it is not stated that the register is complete"),
    "which_subject": gettext_lazy("the file does not say about which subject"),
}


def theme_word(theme: str) -> str:
    """The name of a theme of fact types."""
    return str(THEMES.get(theme, theme))


def theme_of(fact_type: FactType) -> str:
    """The theme of a fact type; whether a register is complete is a theme of its own."""
    return fact_type.theme or ("register" if register_kind(fact_type.id) else "")


def register_kind(fact_type: str) -> str:
    """The kind of subject whose register ``register.<kind>.complete`` is about; empty for any other fact type."""
    known = fact_type.startswith("register.") and fact_type.endswith(".complete")
    return fact_type.removeprefix("register.").removesuffix(".complete") if known else ""


def asked(fact_type: FactType, subject: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """The question about one subject; a register that has no question of its own gets one."""
    if not fact_type.question and register_kind(fact_type.id):
        return asked_register(fact_type.id)
    return question_words(fact_type, subject, names)


def asked_register(fact_type: str) -> str:
    """The question whether a register is complete."""
    return _("Are all %(kind)s registered?") % {"kind": kind_words(register_kind(fact_type))}


def trouble(error: Exception, *, on: date) -> str:
    """Why something could not be recorded, in one sentence: what services of this room raise."""
    if isinstance(error, ValueFormError):
        return str(_FORMS.get(error.code, _("This answer does not fit the question.")))
    if isinstance(error, EvidenceError):
        if error.code == "too_large":
            return _("This file is larger than %(most)s MB.") % {"most": error.limit // (1024 * 1024)}
        return _("This file is empty.")
    if isinstance(error, Refusal):
        return str(_REFUSALS.get(error.code, _("This cannot be recorded.")))
    return _("Nobody asks this on %(day)s.") % {"day": day_words(on)}


def open_word(why: str) -> str:
    """Why a claim leaves a question open."""
    return str(_OPEN.get(why, why))


def file_trouble(problem: Problem) -> str:
    """What is wrong with a file, in one sentence that starts with the place."""
    if problem.code == "library_alone":
        return _("This is a framework without answers. Choose the exported audit, and add this file as the framework.")
    return error_sentence(problem)


def title(rule: Requirement) -> str:
    """The title of a requirement in the language of the page."""
    return text_of(rule.title)
