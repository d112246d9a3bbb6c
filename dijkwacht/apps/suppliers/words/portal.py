"""Why something of the supplier's answering or of adopting is refused, per code."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REFUSED: dict[str, Any] = {
    "answering_over": _("Answering is over, so nothing was recorded. What you typed stands below."),
    "handed_in": _(
        "This was handed in already, so nothing was recorded. Ask who keeps the review for more time if something must change."
    ),
    "unanswered": _("Of %(count)s questions there is neither an answer nor a word why not. Your answers are kept."),
    "other_question": _("This question is not asked in this review."),
    "other_file": _("This file is not yours."),
    "too_many": _("A question can have %(most)s files at most. Take one back first."),
    "value": _("This answer does not fit the question."),
    "no_finding": _("This finding does not stand any more."),
    "finding_settled": _("This was mended or accepted already."),
    "not_open": _("You cannot join this review: it is closed, or who keeps it ended that you take part."),
    "run_out": _("This review has run out."),
    "joined_already": _("You take part already."),
    "not_joined": _("Join the review first."),
    "not_concluded": _("This review is not concluded yet, so there is nothing to adopt."),
    "withdrawn": _("This review was withdrawn, so there is nothing to adopt."),
    "no_facts": _("Nothing came out of this review that can be adopted."),
    "adopted_already": _("You adopted this already for this supplier."),
    "not_your_supplier": _("Choose a supplier of yours with which you have dealings now."),
    "other_supplier": _("%(name)s has another KvK number than the supplier that was reviewed."),
    "other_service": _("Choose a service that this supplier delivers to you now."),
}
