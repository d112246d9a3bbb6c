"""Why something about reviews is refused, per code."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REFUSED: dict[str, Any] = {
    "review_phase": _("This cannot be done now: the review is at “%(phase)s”. Look again."),
    "review_terms": _("Judging cannot end before answering does."),
    "review_past": _("Choose a day that is still to come."),
    "too_far": _("An outcome holds for three years at most. Choose an earlier day."),
    "choice": _("Choose one of these."),
    "kvk_digits": _("A KvK number has eight digits."),
    "email_form": _("This is not an e-mail address."),
    "own_contact": _("This person works for you. Ask somebody of the supplier itself."),
    "own_supplier": _("This is your own number. Somebody else must review what you supply."),
    "wider": _("The supplier already answers under this label, so it cannot become wider."),
    "last_question": _("Without this question nothing would be left to ask."),
    "question_fact": _("Choose a fact about a supplier that can be answered with yes or no, a day or a choice."),
    "no_reviewer": _("This organisation cannot review along: it keeps the review or is a supplier itself."),
    "party_already": _("This organisation reviews along already."),
    "no_organisation": _("No organisation has this name here. Write it as it stands in Dijkwacht."),
    "no_questions": _("There is nothing to ask yet."),
    "too_early": _("The supplier still has time to answer and did not hand in yet."),
    "not_reviewing": _("Only people who may do this work at an organisation that reviews can look at this."),
    "own_answer": _("Who works for the supplier does not judge its answers."),
    "left_out": _("This question is not asked any more."),
    "no_answer": _("There is no answer to judge yet."),
    "mended_today": _("Today somebody saw that this is mended. If it is not, record a new finding."),
    "answered_about": _(
        "The supplier answered about this already, so it stays what it is. For something else open another review."
    ),
    "answer_changed": _("The supplier changed the answer meanwhile. Look again before you judge."),
    "too_few": _("Choose at least two people: each question needs two pairs of eyes."),
    "same_eyes": _("This takes a second person: four eyes are two persons."),
    "finding_confirmed": _("A second person confirmed this. It can be mended or accepted, not dropped."),
    "not_confirmed": _("Nobody confirmed this yet."),
    "not_claimed": _("The supplier did not say yet that it is mended."),
    "finding_settled": _("This is mended or accepted already."),
    "not_settled": _(
        "Questions that are not settled yet: %(n)s. They have no answer, no two judgements, or two that differ."
    ),
    "unconfirmed": _("Findings that still wait for a second person: %(n)s. Confirm or drop them first."),
}
