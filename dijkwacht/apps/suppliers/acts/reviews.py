"""Acts about reviews as sentences in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "suppliers.supplier_invited": _("%(actor)s invited this supplier for %(by)s, under KvK number %(kvk)s."),
    "suppliers.review_opened": _("%(actor)s opened the joint review “%(title)s” with %(questions)s questions."),
    "suppliers.review_changed": _("%(actor)s changed what the joint review “%(title)s” is about or its terms."),
    "suppliers.review_question_left_out": _("%(actor)s left question %(key)s out of “%(title)s”: %(because)s."),
    "suppliers.review_question_asked": _("%(actor)s asked question %(key)s of “%(title)s” after all."),
    "suppliers.review_question_added": _("%(actor)s added question %(key)s to “%(title)s”."),
    "suppliers.review_party_added": _("%(actor)s let %(organisation)s review along in “%(title)s”."),
    "suppliers.review_party_ended": _("%(actor)s ended that %(organisation)s takes part in “%(title)s”."),
    "suppliers.review_sent": _("%(actor)s sent “%(title)s” to %(supplier)s."),
    "suppliers.review_judging": _("%(actor)s closed the answering of “%(title)s”; it is being judged."),
    "suppliers.review_asked_again": _("%(actor)s gave the supplier until %(until)s to answer “%(title)s”."),
    "suppliers.review_divided": _("%(actor)s divided the questions of “%(title)s” over %(persons)s people."),
    "suppliers.review_eyes": _("%(actor)s said who looks at question %(key)s of “%(title)s”."),
    "suppliers.review_judged": _(
        "%(actor)s judged the answer to question %(key)s of “%(title)s” for %(organisation)s."
    ),
    "suppliers.review_finding_raised": _(
        "%(actor)s found something wrong in “%(title)s”, question %(key)s: “%(finding)s”."
    ),
    "suppliers.review_finding_confirmed": _("%(actor)s confirmed a finding of “%(title)s”: “%(finding)s”."),
    "suppliers.review_finding_dropped": _("%(actor)s dropped a finding of “%(title)s”: “%(finding)s” (%(because)s)."),
    "suppliers.review_finding_mended": _("%(actor)s saw that a finding of “%(title)s” is mended: “%(finding)s”."),
    "suppliers.review_finding_not_mended": _(
        "%(actor)s saw that a finding of “%(title)s” is not mended: “%(finding)s” (%(because)s)."
    ),
    "suppliers.review_finding_accepted": _(
        "%(actor)s accepted that a finding of “%(title)s” stays so: “%(finding)s” (%(because)s)."
    ),
    "suppliers.review_concluded": _("%(actor)s concluded “%(title)s”; what came out holds until %(until)s."),
    "suppliers.review_reopened": _("%(actor)s opened “%(title)s” again."),
    "suppliers.review_withdrawn": _("%(actor)s withdrew “%(title)s”: %(because)s."),
    "suppliers.review_ran_out": _("%(actor)s ended what came out of “%(title)s”: it has run out."),
}
