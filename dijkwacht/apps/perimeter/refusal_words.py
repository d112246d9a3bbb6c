"""Why this room refuses something, as sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.perimeter.services.names import BadLines, Refused

CODES: Mapping[str, Any] = {
    "none": gettext_lazy("There is no name in it that can be used."),
    "many": gettext_lazy("These are too many names at once: at most %(most)s."),
    "many_here": gettext_lazy(
        "These are more names than this page can add at once (at most %(most)s). Whoever manages the installation adds "
        "them from a file: dijkwacht perimeter add."
    ),
    "note": gettext_lazy("Say in a few words why: whoever finds this name again wants to know."),
    "waiting": gettext_lazy("This name is being measured already."),
    "fixed": gettext_lazy("This was mended already; there is nothing to change about it."),
    "term": gettext_lazy("The term lies in the past. Choose a later day."),
    "explanation": gettext_lazy("Say why it stays like this for now."),
    "until": gettext_lazy("Choose a day after today and within a year: an explanation ends."),
    "text": gettext_lazy("Write something first."),
    "state": gettext_lazy("That cannot be done now. Look at the page again: somebody else may have been first."),
    "kind": gettext_lazy("An organisation like this one cannot give this kind of consent."),
    "scope": gettext_lazy("Say what may be measured."),
    "entry": gettext_lazy("“%(entry)s” is no name, network or AS number."),
    "window": gettext_lazy("“%(entry)s” is no part of the week."),
    "everything": gettext_lazy("Nobody can consent for everybody: leave out “%(entry)s”."),
    "level": gettext_lazy("This level cannot be given here."),
    "period": gettext_lazy("The end must lie after the first day."),
    "signatory": gettext_lazy("Say who gives it, and by which mandate."),
    "party": gettext_lazy("Say which supplier gives it."),
    "basis": gettext_lazy("Say on which article it rests."),
    "not_needed": gettext_lazy("This consent needs no confirmation."),
    "confirmed": gettext_lazy("This consent was confirmed already."),
    "revoked": gettext_lazy("This consent was revoked."),
    "own": gettext_lazy("You gave this consent yourself: somebody else with the mandate to sign confirms it."),
    "no_consent": gettext_lazy("None of these names has consent of level 3 for this, confirmed by who may sign."),
    "version": gettext_lazy("This version is not shown here any more. Look at the page again."),
    "feed": gettext_lazy("This file is no feed of certificates: %(why)s."),
    "reason": gettext_lazy("Say why."),
    "open": gettext_lazy("The public page is open already."),
    "closed": gettext_lazy("The public page is closed already."),
    "asked_by": gettext_lazy("Say who asked for it."),
    "standing": gettext_lazy("This is not measured already."),
    "ended": gettext_lazy("This was ended already."),
    "told": gettext_lazy("This was told already, and nobody there took note of it yet."),
    "ours": gettext_lazy("This is a name of the organisation itself: there is nobody to tell."),
    "basis_first": gettext_lazy("Record the legal basis first."),
}
LINES: Mapping[str, Any] = {
    "empty": gettext_lazy("there is no name in it"),
    "address": gettext_lazy("this is an address; give a name"),
    "too_long": gettext_lazy("a name has at most 253 signs"),
    "label": gettext_lazy("a name has letters, digits, hyphens and dots only"),
    "single": gettext_lazy("a name has at least two parts, such as municipality.nl"),
    "ends_in_number": gettext_lazy("a name does not end in a number"),
}


def refusals(error: Refused | BadLines) -> list[str]:
    """Why something may not be, each reason a sentence; of a list what is wrong in which line."""
    if isinstance(error, Refused):
        return [str(CODES.get(error.code, error.code)) % error.params]
    said = [
        _("Line %(number)s, “%(text)s”: %(why)s.")
        % {"number": each.number, "text": each.text, "why": LINES.get(each.code, each.code)}
        for each in error.lines
    ]
    return [*said, _("And %(more)s more lines.") % {"more": error.more}] if error.more else said
