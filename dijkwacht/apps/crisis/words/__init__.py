"""Why something is refused, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.crisis.services.doing import Refused

ALL_REFUSED: Mapping[str, Any] = {
    "empty": _("This cannot be empty."),
    "too_long": _("This is too long."),
    "future": _("This day is still to come."),
    "gone": _("Somebody else changed this meanwhile. Look again."),
    "draft_there": _("There is a draft already. Work on in that one."),
    "adopted": _("This version was adopted and does not change any more. Make a new draft."),
    "process": _("Choose a process of the register."),
    "office": _("Choose the office that adopted it."),
    "review": _("The day of review must lie after the day of adoption."),
    "before": _("A later version was adopted already."),
    "unfinished": _(
        "These cards are not finished: %(cards)s. Nobody can act without first steps, whom to call and a replacement."
    ),
    "reach": _("Fill in a phone number, a radio group or another way to reach this function."),
    "circle": _("Choose from the list."),
    "later": _("This moment is still to come."),
    "closed": _("This crisis was closed; nothing is written in it any more."),
    "too_early": _("A crisis does not end before it began: look at the day that you work on."),
    "kind": _("Choose from the list."),
    "certainty": _("Say whether this is known, assumed or not known."),
    "decider": _("Say who decides."),
    "reasons": _("A decision has reasons. Write them down now: they are asked for later."),
    "about": _("Choose the line that this is about."),
    "alike": _("Only a question or an action is answered."),
    "level": _("Choose a rung of this ladder."),
    "same": _("It stands there already."),
    "lesson": _("Write at least one thing that is done about it: what, by whom, before when."),
    "why_not": _("Say why not, in a few words."),
    "long": _("At most %(most)s characters, and two lines: the card must fit on one page."),
    "options": _("A decision that is asked has two or three options."),
}


def refusal(error: Refused) -> str:
    """Why something may not be, as a sentence. A code without words is told as it is."""
    sentence = ALL_REFUSED.get(error.code)
    return f"({error.code})" if sentence is None else str(sentence) % error.params
