"""Why something is refused, and the codes of this room, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.order.acts import power_word
from dijkwacht.apps.order.services.deciding import MEETING, REFUSED
from dijkwacht.apps.order.services.doing import Refused
from dijkwacht.norms.powers import powers_pack
from dijkwacht.norms.read import clocks
from dijkwacht.web.moments import moment_words
from dijkwacht.web.terms import text_of

SENTENCES: Mapping[str, Any] = {
    "empty": gettext_lazy("This cannot be empty."),
    "power": gettext_lazy("There is no such power."),
    "facts": gettext_lazy("This answer is not known."),
    "decided": gettext_lazy("This file is decided or closed, so nothing in it changes any more."),
    "not_decided": gettext_lazy("This is only possible after the decision and before the file is closed."),
    "never": gettext_lazy("The law gives no room for this: it cannot be decided, with reasons either."),
    "office": gettext_lazy("Choose in which office the decision is taken."),
    "ended": gettext_lazy("The end lies before now. Choose another end first."),
    "changed": gettext_lazy("The file was changed meanwhile. Go back to the file and look again before you decide."),
    "taken": gettext_lazy("This was noted before."),
    "period": gettext_lazy("The end must lie after the start."),
    "future": gettext_lazy("This moment is still to come."),
    "early": gettext_lazy("This lies before the decision."),
    "step": gettext_lazy("This does not belong to this decision."),
    "seats": gettext_lazy("Fill in how many members there are and how many were there."),
    "who": gettext_lazy("Choose who was heard."),
    "justified": gettext_lazy("Choose whether the fear was right."),
    "look_back": gettext_lazy("Look back first: was the fear right?"),
    "source": gettext_lazy("Choose how the signal came."),
    "retention": gettext_lazy("Choose a last day between tomorrow and a year from now."),
    "gone": gettext_lazy("This signal was erased."),
}
LACKS: Mapping[str, Any] = {
    "necessity": gettext_lazy("why it is necessary"),
    "proportionality": gettext_lazy("why it is in proportion"),
    "subsidiarity": gettext_lazy("why nothing lighter will do"),
    "area": gettext_lazy("the area"),
    "addressee": gettext_lazy("the addressee"),
    "end": gettext_lazy("the end"),
    "alternatives": gettext_lazy("every lighter way weighed"),
    "heard": gettext_lazy("who was heard"),
    "departure": gettext_lazy("why it is decided nevertheless"),
}
LEADS: Mapping[str, Any] = {
    "email": gettext_lazy("an e-mail address"),
    "phone": gettext_lazy("a phone number"),
    "bsn": gettext_lazy("a citizen service number"),
    "iban": gettext_lazy("an account number"),
    "handle": gettext_lazy("the name of an account"),
    "profile": gettext_lazy("the address of a profile or post"),
    "ip": gettext_lazy("an IP address"),
    "name": gettext_lazy("what looks like a person's name"),
}
HEARD: Mapping[str, Any] = {
    "triangle": gettext_lazy("Triangle: prosecutor and police chief"),
    "person": gettext_lazy("The person or organisation concerned"),
    "neighbours": gettext_lazy("Mayors of neighbouring municipalities"),
    "region": gettext_lazy("Safety region"),
    "commissioner": gettext_lazy("King's commissioner"),
    "other": gettext_lazy("Somebody else"),
}


def refusal(error: Refused) -> str:
    """Why something may not be, as a sentence."""
    if error.code == "lacking":
        return _("Still missing: %(what)s.") % {"what": lacks_words(error.params["codes"])}
    if error.code == "too_long":
        return _("The end lies later than the law allows: at the latest %(last)s.") % {
            "last": moment_words(error.params["last"])
        }
    if error.code == "persons":
        return _("This may lead to a person: %(what)s. Take it out, or say below why it must be kept.") % {
            "what": leads_words(error.params["kinds"])
        }
    sentence = SENTENCES.get(error.code)
    return f"({error.code})" if sentence is None else str(sentence) % error.params


def lacks_words(codes: Iterable[str]) -> str:
    """What a decision still lacks."""
    return ", ".join(str(LACKS.get(each, each)) for each in codes)


def leads_words(kinds: Iterable[str]) -> str:
    """What was seen that may lead to a person."""
    return ", ".join(str(LEADS.get(each, each)) for each in kinds)


def step_word(power: str, code: str) -> str:
    """What a step is: a duty of the power, or an event that a clock knows."""
    if code == MEETING:
        return _("The council met")
    if code == REFUSED:
        return _("The council refused to ratify")
    head, _colon, number = code.partition(":")
    found = powers_pack().powers.get(power)
    if head == "duty" and found and number.isdecimal() and int(number) < len(found.follow_up):
        return text_of(found.follow_up[int(number)].duty)
    return text_of(clocks().events.get(code)) or code


__all__ = ["HEARD", "lacks_words", "leads_words", "power_word", "refusal", "step_word"]
