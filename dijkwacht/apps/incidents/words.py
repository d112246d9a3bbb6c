"""What this room says when a verb is refused, naming the field; and the words for codes of an incident."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.incidents.services.doing import Refused
from dijkwacht.core.text import capital
from dijkwacht.norms.read import incidents
from dijkwacht.web.terms import text_of

FIELDS: Mapping[str, Any] = {
    "title": gettext_lazy("What is it, in one line"),
    "what": gettext_lazy("What happened"),
    "known_at": gettext_lazy("When we knew of it"),
    "known_by": gettext_lazy("Who knew of it then"),
    "noticed_at": gettext_lazy("When it was first noticed"),
    "noticed_by": gettext_lazy("Who noticed it first"),
    "began_at": gettext_lazy("When it began"),
    "recovered_at": gettext_lazy("When it was over"),
    "recovery_expected_at": gettext_lazy("When recovery is expected"),
    "breach_at": gettext_lazy("When we knew that personal data were affected"),
    "significant_at": gettext_lazy("When we knew that it is significant"),
    "contained_at": gettext_lazy("When it was contained"),
    "when": gettext_lazy("When"),
    "since": gettext_lazy("Since when"),
    "until": gettext_lazy("Until when"),
    "secured_at": gettext_lazy("When it was secured"),
    "secured_by": gettext_lazy("Who secured it"),
    "given_by": gettext_lazy("Who gave it"),
    "taken_by": gettext_lazy("Who received it"),
    "purpose": gettext_lazy("What for"),
    "label": gettext_lazy("Number or label"),
    "party": gettext_lazy("With whom"),
    "channel": gettext_lazy("By which road"),
    "text": gettext_lazy("Text"),
    "result": gettext_lazy("What came of it"),
    "name": gettext_lazy("Name"),
    # of reports and receipts
    "sent_at": gettext_lazy("When it was sent"),
    "asked_at": gettext_lazy("When it was asked"),
    "asked_before": gettext_lazy("Before when, if that was said"),
    "receipt": gettext_lazy("Receipt number"),
    "receipt_at": gettext_lazy("When it was received"),
    # of the registration
    "told_at": gettext_lazy("When it was told"),
}
"""What a field is called in a sentence about it; a form may call it otherwise, and then its label counts."""

REFUSED: Mapping[str, Any] = {
    "empty": gettext_lazy("Fill in “%(field)s”."),
    "long": gettext_lazy("“%(field)s” is too long: at most %(most)s characters."),
    "zone": gettext_lazy("“%(field)s” has no time zone."),
    "future": gettext_lazy("“%(field)s” has not come yet. Choose now or an earlier moment."),
    "order": gettext_lazy("“%(field)s” cannot lie before “%(before)s”."),
    "closed": gettext_lazy("This incident is closed. Open it again before you change it."),
    "stranger": gettext_lazy("That is not registered here."),
    "unknown_field": gettext_lazy("“%(field)s” cannot be changed here."),
    "state": gettext_lazy("It is that already, or somebody changed it before you. Look again."),
    "weigh": gettext_lazy("Weigh first whether this incident is significant."),
    "terms": gettext_lazy("A legal term still runs. Report first, or correct what set it going."),
    "replaced": gettext_lazy("This line was replaced by another already."),
    "ended": gettext_lazy("This was finished already, maybe by a colleague."),
    "label": gettext_lazy("There is an exhibit with label %(label)s already."),
    "holder": gettext_lazy("According to the log %(holder)s has it, so only %(holder)s can give it."),
    "due": gettext_lazy("An improvement has somebody who does it, and a day."),
    "significant": gettext_lazy(
        "This incident was weighed as significant, and its terms run. Weigh it again before you call it something else."
    ),
    "risk": gettext_lazy("A risk that is probably high is a risk. Choose yes or not known yet at “Is there a risk”."),
}
"""Codes of `services`, as sentences."""


def refusal(error: Refused) -> str:
    """Why something may not be, as a sentence that names the field. A code without words is told as it is."""
    params = {name: str(FIELDS.get(str(value), value)) for name, value in error.params.items()}
    sentence = ALL_REFUSED.get(error.code)
    if sentence is None:
        return f"({error.code})"
    return str(sentence) % {"field": "", "before": "", **params}


def rsit_word(code: str) -> str:
    """What a kind of incident is called: `Beschikbaarheid: Uitval`. The code itself when the pack no longer has it."""
    name, _slash, kind = code.partition("/")
    found = next((each for each in incidents().taxonomy.classes if each.id == name), None)
    if found is None or kind not in found.types:
        return code
    return _("%(group)s: %(kind)s") % {"group": text_of(found.name), "kind": text_of(found.types[kind])}


def rsit_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every kind of incident under its class; the code is ``class/type``."""
    return [
        (text_of(each.name), [(f"{each.id}/{kind}", text_of(name)) for kind, name in each.types.items()])
        for each in incidents().taxonomy.classes
    ]


def causes() -> list[tuple[str, str]]:
    """Every cause, to choose from."""
    return [(code, capital(text_of(name))) for code, name in incidents().causes.items()]


def detections() -> list[tuple[str, str]]:
    """Every way in which an incident comes to light, to choose from."""
    return [(code, capital(text_of(name))) for code, name in incidents().detections.items()]


def cause_word(code: str) -> str:
    """What a cause is called."""
    return text_of(incidents().causes.get(code)) or code


def detection_word(code: str) -> str:
    """How it came to light, in words."""
    return text_of(incidents().detections.get(code)) or code


# -- what reports and weighing are refused for (owner: reports) -------------------------------------------------------
REPORTS_REFUSED: Mapping[str, Any] = {
    "because": gettext_lazy("Say why: the answers do not lead to this decision by themselves."),
    "before_known": gettext_lazy(
        "Nobody knows that an incident is significant before knowing of the incident. Choose a later moment."
    ),
    "question": gettext_lazy("A question was answered that is no longer asked. Look again."),
    "form": gettext_lazy("This report is no longer in the packs."),
    "asked": gettext_lazy("An interim report says who asked for it, and when."),
    "meanwhile": gettext_lazy(
        "A colleague changed this since you opened this page. Look at how it stands now, then record it again."
    ),
    "asked_twice": gettext_lazy("A draft for %(who)s still stands. Send or drop it first, then note this request."),
    "sent": gettext_lazy("This report was sent or dropped already, maybe by a colleague."),
    "field": gettext_lazy("A field was filled in that this report does not have. Look again."),
    "to": gettext_lazy("Choose at least one receiver to whom it was sent."),
    "lacking": gettext_lazy(
        "An article asks for more than was filled in. Fill it in, or say that it is not known yet."
    ),
    "also": gettext_lazy("%(name)s cannot read reports here."),
    "tlp": gettext_lazy("Choose how far it may travel."),
    "indicators": gettext_lazy("There are more indicators than fit in one file (2,000)."),
}

# -- what duty, registration and rehearsals are refused for (owner: house) --------------------------------------------
HOUSE_REFUSED: Mapping[str, Any] = {
    "role": gettext_lazy("Choose a role from the list."),
    "twice": gettext_lazy("That is so already."),
    "rehearsing": gettext_lazy("Another rehearsal still runs here. Close it first: they would share one clock."),
    "backwards": gettext_lazy("The clock of an exercise only goes forward. Choose a later moment."),
    "far": gettext_lazy("That is too far ahead: at most %(most)s days from the beginning."),
}

# -- what a report of a monitoring service is refused for -------------------------------------------------------------
MONITORING_REFUSED: Mapping[str, Any] = {
    "report_not_usable": gettext_lazy("There is something wrong with this file. Nothing was taken over."),
    "period_far": gettext_lazy(
        "The period of this report goes on until %(day)s, long after today. Look whether the year is right."
    ),
    "period_ahead": gettext_lazy("The period of this report begins on %(day)s, which has yet to come."),
    "alert_ahead": gettext_lazy(
        "Alert %(id)s is of %(day)s, which has yet to come. Look at the time zone of the file."
    ),
    "made": gettext_lazy("An incident was made of this alert already, maybe by a colleague."),
}

ALL_REFUSED: Mapping[str, Any] = {**REFUSED, **REPORTS_REFUSED, **HOUSE_REFUSED, **MONITORING_REFUSED}
