"""Why something about proof is refused, per code; and why proof does not count, or counts for less, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dijkwacht.core.suppliers.assurance import Reason
from dijkwacht.web.moments import day_words

REFUSED: dict[str, Any] = {
    "one_day": _("This kind of proof is about one day. Leave the last day empty."),
    "received_early": _("A report cannot be received before the last day that it is about."),
    "no_services": _("Choose the services that it is about, or say that it is about all of them."),
    "before_start": _("This lies before the first day of the proof."),
    "not_a_judge": _("Only a process owner or the CISO may do this."),
    "no_letters": _("A bridge letter says nothing with this kind of proof."),
    "letter_ahead": _("A letter cannot speak of days after the day on which you received it."),
    "letter_loose": _("A bridge letter begins where the period, or the letter before it, ends, and goes on after it."),
    "due_before": _("This lies before the day on which it was found."),
    "no_owner": _("Choose who sees to it."),
    "four_eyes": _(
        "Who ever saw to it or wrote it cannot be the one who says that it is mended. Let somebody else look."
    ),
    "closed": _("This was mended or accepted meanwhile."),
    "still_open": _("This is open already."),
}

WHY: Mapping[str, Any] = {
    "ahead": _("%(proof)s counts only from %(day)s."),
    "expired": _("%(proof)s is too old: it has not counted since %(day)s."),
    "withdrawn": _("%(proof)s was withdrawn: it has not counted since %(day)s."),
    "not_this_service": _("%(proof)s is not about this service."),
    "subs_left_out": _("%(proof)s left sub-suppliers out."),
    "subs_unsaid": _("It is not known whether %(proof)s looked at sub-suppliers."),
    "not_worked": _("%(proof)s does not show that measures worked over a period."),
    "bridged": _("For part of the days %(proof)s is bridged by a letter only."),
}
"""Per code of `core.suppliers.assurance.Reason`."""

TOLD: Mapping[str, Any] = {
    "all_contracts": _("So it stands in every contract that runs."),
    "a_contract": _("So it stands in a contract that runs."),
    "services": _("That follows from the services that run."),
    "newest": _("That is when the newest independent proof that counts was received."),
    "each_covered": _("Independent proof covers each service, with sub-suppliers."),
    "not_covered": _("Independent proof does not cover every service whole."),
    "judged": _("That is when a proof was last read and judged."),
    "open_findings": _("A finding is open: neither mended nor accepted."),
    "none_open": _("No finding is open, and proof that counts was judged."),
    "own_check": _("That is the day of the last research by ourselves or with others."),
}
"""Per code of `core.suppliers.supplier_facts.Told`."""


def why(reason: Reason, titles: Mapping[str, str]) -> str:
    """A reason as a sentence. ``titles``: how each proof is called. Days are told as they are kept: the first day after."""
    day = day_words(reason.day) if reason.day else ""
    return str(WHY[reason.code]) % {"proof": titles.get(reason.proof, reason.proof), "day": day}


LACKS: Mapping[str, Any] = {
    "no_proof": _("There is no proof of this service."),
    "none_counts": _("No proof of this service counts any more."),
    "not_expected": _("Proof of a kind that this tier expects is missing, such as %(kinds)s."),
    "subs_left_out": _("Sub-suppliers were left out of the proof."),
    "subs_unsaid": _("It is not known whether the proof looked at sub-suppliers."),
    "hole": _("Between two periods that were looked at days are missing."),
}
"""Per code of `core.suppliers.proof_standing.Lack`."""
