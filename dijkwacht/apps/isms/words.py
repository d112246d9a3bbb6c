"""What this room says: refusals with the rule, events of the year, where the cycle stands."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.isms.services.doing import Refused
from dijkwacht.core.catalog import Norms
from dijkwacht.core.isms_cycle import Standing, current
from dijkwacht.core.isms_risk import No, Refusal
from dijkwacht.core.isms_year import Event, Occasion
from dijkwacht.core.text import capital
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import norm_word, text_of

_CODES = {
    "closed": gettext_lazy("This no longer stands; somebody changed it before you."),
    "empty": gettext_lazy("There is nothing here yet to confirm. Fill it in first."),
    "kind": gettext_lazy("Only processes and systems that are registered can be chosen here."),
    "requirement": gettext_lazy("One of these requirements is in no norm that is in force."),
    "subject": gettext_lazy("One of these is not registered here."),
    "accept": gettext_lazy("Accepting a risk is done by who has the mandate, on a page of its own."),
    "open_actions": gettext_lazy("Actions for this are still open. Finish or drop them first."),
    "no_owner": gettext_lazy("A risk in the register has no owner yet."),
    "not_weighed": gettext_lazy("A risk in the register was not weighed yet."),
    "twice": gettext_lazy("This is in the list already."),
    "question": gettext_lazy("This question is not about a subject that is registered here."),
    "future": gettext_lazy("This day lies in the future. Choose today or an earlier day."),
    "group": gettext_lazy("Choose a group from the list."),
}
OCCASIONS = {
    Occasion.RHYTHM: gettext_lazy("do again"),
    Occasion.EXPIRY: gettext_lazy("answer again"),
    Occasion.ACTION: gettext_lazy("action"),
    Occasion.AUDIT: gettext_lazy("audit"),
    Occasion.REVIEW: gettext_lazy("management review"),
    Occasion.POLICY: gettext_lazy("review of a policy"),
    Occasion.ACCEPTANCE: gettext_lazy("accepted risk ends"),
    Occasion.EXCEPTION: gettext_lazy("exception ends"),
    Occasion.CERTIFICATE: gettext_lazy("board certificate"),
    Occasion.ACCOUNT: gettext_lazy("account due"),
    Occasion.FINDING: gettext_lazy("finding due"),
}


def refusals(error: Refused, norms: Norms) -> list[str]:
    """Why something may not be, each reason a sentence; what a rule refuses names the rule and its source."""
    if error.refusals:
        return [refusal(each, norms) for each in error.refusals]
    return [str(_CODES.get(error.code, error.code))]


def refusal(no: No, norms: Norms) -> str:
    """One refusal."""
    names = ", ".join(short(norms, name) for name in no.requirements)
    rule = text_of(no.rule.text) if no.rule else ""
    source = no.rule.source if no.rule else ""
    match no.code:
        case Refusal.GOVERNMENT_MEASURE:
            said = _("%(rule)s Not in place: %(names)s. (%(source)s)")
        case Refusal.RULE if no.rule:
            said = _("%(rule)s This is about %(names)s. (%(source)s)")
        case Refusal.RULE:
            said = _("No rule allows a deviation from %(names)s.")
        case Refusal.NOT_WEIGHED:
            said = _("Weigh this risk first.")
        case Refusal.NO_ANALYSIS:
            said = _("A deviation rests on a risk analysis: weigh this risk first.")
        case Refusal.NO_MANDATE:
            said = _("A risk this serious is accepted by somebody else: see the scale of risks.")
        case Refusal.NO_END:
            said = _("Fill in until when: what is accepted is accepted for a time.")
        case Refusal.PAST_END:
            said = _("The end lies in the past. Choose a later day.")
        case Refusal.TOO_LONG:
            said = _("This is too long: at most until %(until)s.")
    return said % {"rule": rule, "names": names, "source": source, "until": day_words(no.until) if no.until else ""}


def short(norms: Norms, requirement: str) -> str:
    """``BIO2 8.13.04``."""
    catalog, _colon, number = requirement.partition(":")
    return f"{norm_word(norms, catalog)} {number}"


def long(norms: Norms, requirement: str) -> str:
    """``BIO2 8.13.04 Herstel minstens jaarlijks getest``."""
    rule = norms.requirements.get(requirement)
    return f"{short(norms, requirement)} {text_of(rule.title)}" if rule else short(norms, requirement)


def cycle_sentence(standings: Sequence[Standing], norms: Norms) -> str:
    """Where the cycle stands, in one sentence."""
    phase = current(standings)
    if phase is None:
        return _("The whole cycle is in order: plan, do, check and act have been gone through.")
    parts = {
        "phase": text_of(phase.phase.name), "good": phase.progress.good, "lines": phase.progress.lines,
        "next": long(norms, phase.next) if phase.next else "",
    }  # fmt: skip
    if not phase.next:
        return _("You are at “%(phase)s”: nothing of it was judged yet.") % parts
    return _("You are at “%(phase)s”: %(good)s of %(lines)s lines in order. First: %(next)s.") % parts


def event_title(event: Event, question: str) -> str:
    """What falls on a day, for a page: with the name of the thing."""
    if event.occasion in (Occasion.RHYTHM, Occasion.EXPIRY):
        return question or capital(str(OCCASIONS[event.occasion]))
    about = f": {event.about}" if event.about else ""
    return f"{capital(str(OCCASIONS[event.occasion]))}{about}"


def feed_title(event: Event, norms: Norms) -> str:
    """What falls on a day, for a calendar outside this site: the norm and the kind of thing, nothing more."""
    what = capital(str(OCCASIONS[event.occasion]))
    return f"{short(norms, event.requirement)}: {OCCASIONS[event.occasion]}" if event.requirement else what


def late_sentence(late: int, soon: int) -> str:
    """How the plan stands."""
    if late:
        return ngettext("%(n)s action is too late.", "%(n)s actions are too late.", late) % {"n": late}
    if soon:
        text = ngettext("%(n)s action is due within 30 days.", "%(n)s actions are due within 30 days.", soon)
        return text % {"n": soon}
    return _("Nothing is due within 30 days.")


def turned_sentence(turned: int) -> str:
    """How many verdicts turned, after a deed."""
    if not turned:
        return _("Recorded. No verdict turned by this alone.")
    return ngettext("Recorded. %(n)s verdict turned.", "Recorded. %(n)s verdicts turned.", turned) % {"n": turned}


def month_name(year: int, month: int) -> str:
    """``november 2026``."""
    return day_words(date(year, month, 1)).partition(" ")[2]


def listed(norms: Norms, requirements: Iterable[str]) -> list[tuple[str, str, str]]:
    """Requirements as id, short name and title; those that no norm in force has without a title."""
    found = []
    for name in requirements:
        rule = norms.requirements.get(name)
        found.append((name, short(norms, name), text_of(rule.title) if rule else ""))
    return found
