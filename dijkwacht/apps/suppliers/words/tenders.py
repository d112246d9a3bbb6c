"""Why something about tenders is refused, per code; what an offer says of a line, in a word."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.suppliers.models import Agreed, Offered, Tender, TenderState
from dijkwacht.core.suppliers.procurement import Weight
from dijkwacht.core.suppliers.requirement_rows import RequirementSet
from dijkwacht.core.suppliers.tendering import SAYS, Says
from dijkwacht.web.moments import day_words

REFUSED: dict[str, Any] = {
    "no_parts": gettext_lazy("Choose at least one part that you buy."),
    "too_many_lines": gettext_lazy("This gives more than %(most)s lines. Choose fewer parts."),
    "too_many_own": gettext_lazy("A tender has at most %(most)s requirements of your own."),
    "set_ended": gettext_lazy("This set was ended meanwhile. Choose another one."),
    "pack_text": gettext_lazy("The text comes from the set and stays as it is. Leave the line out, or add a note."),
    "past": gettext_lazy("The last day must lie after today."),
    "nothing_asked": gettext_lazy("Nothing is asked yet. Add a requirement before you send it out."),
    "offer_twice": gettext_lazy("This tender already has an offer of this party."),
    "too_many_offers": gettext_lazy("A tender has at most %(most)s offers."),
    "answers_not_usable": gettext_lazy("Nothing was taken over from this file."),
    "awarded_already": gettext_lazy("This tender was awarded meanwhile. Look again."),
    "set_not_usable": gettext_lazy("Nothing can be taken over from this file."),
    "set_twice": gettext_lazy("This file was brought in already."),
    "no_weight": gettext_lazy("Choose what a requirement is of which the file does not say it."),
    "parts_long": gettext_lazy("Row %(row)s names parts that are together longer than %(most)s characters."),
}

SAID: Mapping[str, Any] = {
    "yes": Offered.YES.label, "partly": Offered.PARTLY.label, "no": Offered.NO.label, "unknown": Offered.UNKNOWN.label,
}  # fmt: skip
DAY, SOON = timedelta(days=1), timedelta(days=30)
CHIPS: Mapping[str, str] = {"yes": "met", "partly": "partly", "no": "not_met", "unknown": "unknown"}
"""Which look of a verdict goes with what an offer says."""


def lines_words(found: Counter[str]) -> str:
    """``70 requirements and 6 wishes``; of what is not there nothing."""
    musts = ngettext("%(n)d requirement", "%(n)d requirements", found["must"]) % {"n": found["must"]}
    wishes = ngettext("%(n)d wish", "%(n)d wishes", found["wish"]) % {"n": found["wish"]}
    if found["must"] and found["wish"]:
        return _("%(musts)s and %(wishes)s") % {"musts": musts, "wishes": wishes}
    return wishes if found["wish"] else musts


def tender_answer(tender: Tender, found: Counter[str], *, offers: int, winner: str = "") -> str:
    """How a tender stands, in one sentence or two: what was asked, and what it waits for."""
    told = {"lines": lines_words(found), "winner": winner}
    if tender.state == TenderState.DRAFT:
        return _("Being put together: %(lines)s.") % told
    if tender.state == TenderState.STOPPED:
        return _("Stopped. It asked %(lines)s.") % told
    if tender.state == TenderState.AWARDED:
        return _("Awarded to %(winner)s. It asked %(lines)s.") % told
    told["day"] = day_words(tender.offers_before - DAY) if tender.offers_before else ""
    told["offers"] = ngettext("%(n)d offer is here", "%(n)d offers are here", offers) % {"n": offers}
    return _("Sent out with %(lines)s. Offers until and including %(day)s; %(offers)s.") % told


def tally_words(found: Mapping[Weight, Counter[Says]]) -> list[tuple[str, int, list[tuple[str, str, int]]]]:
    """Per weight its name, how many there are, and what an offer says of them, worst first: the code, the word, how many."""
    names: tuple[tuple[Weight, str], ...] = (("must", _("Requirements")), ("wish", _("Wishes")))
    return [
        (
            name,
            found[weight].total(),
            [(says, str(SAID[says]), found[weight][says]) for says in SAYS if found[weight][says]],
        )
        for weight, name in names
    ]


def list_answer(rows: Sequence[Tender], *, on: date) -> str:
    """What waits: drafts, offers that may still come, and tenders of which the last day for offers has passed."""
    if not rows:
        return _("No tender was begun yet.")
    drafts = sum(each.state == TenderState.DRAFT for each in rows)
    out = [each for each in rows if each.state == TenderState.SENT]
    closed = sum(each.offers_before is not None and each.offers_before <= on for each in out)
    told = []
    if closed:
        told.append(ngettext("%(n)d waits for an award.", "%(n)d wait for an award.", closed) % {"n": closed})
    if waiting := len(out) - closed:
        told.append(ngettext("%(n)d is out for offers.", "%(n)d are out for offers.", waiting) % {"n": waiting})
    if drafts:
        told.append(ngettext("%(n)d is being put together.", "%(n)d are being put together.", drafts) % {"n": drafts})
    return " ".join(told) or _("Nothing waits.")


def agreed_answer(rows: QuerySet[Agreed], *, on: date) -> str:
    """How many must be looked at: late ones, and those of the coming month."""
    late, soon = rows.filter(due__lt=on).count(), rows.filter(due__gte=on, due__lte=on + SOON).count()
    told = []
    if late:
        told.append(ngettext("%(n)d is late.", "%(n)d are late.", late) % {"n": late})
    if soon:
        words = ngettext(
            "%(n)d must be looked at in the coming 30 days.", "%(n)d must be looked at in the coming 30 days.", soon
        )
        told.append(words % {"n": soon})
    if told:
        return " ".join(told)
    return (
        _("Nothing must be looked at in the coming 30 days.")
        if rows.exists()
        else _("Nothing was agreed in a tender yet.")
    )


def set_answer(found: RequirementSet) -> str:
    """How many requirements a file brings, or that it cannot be taken over."""
    if not found.usable:
        return _("This file cannot be taken over yet. Nothing was recorded.")
    n = len(found.rows)
    words = ngettext("%(n)d requirement. Nothing is recorded yet.", "%(n)d requirements. Nothing is recorded yet.", n)
    return words % {"n": n}
