"""Acts about tenders as sentences in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "suppliers.tender_begun": _("%(actor)s began tender %(name)s with %(lines)s lines."),
    "suppliers.tender_chosen": _(
        "%(actor)s chose anew what tender %(name)s is about: %(added)s lines were added, %(dropped)s fell away."
    ),
    "suppliers.tender_lines": _("%(actor)s changed %(lines)s lines of tender %(name)s; %(out)s of them are left out."),
    "suppliers.tender_line_added": _("%(actor)s added requirement %(line)s to tender %(name)s."),
    "suppliers.tender_line_changed": _("%(actor)s changed requirement %(line)s of tender %(name)s."),
    "suppliers.tender_line_dropped": _("%(actor)s took requirement %(line)s out of tender %(name)s."),
    "suppliers.tender_sent": _(
        "%(actor)s sent out tender %(name)s with %(musts)s requirements and %(wishes)s wishes. Offers until and including"
        " %(last)s."
    ),
    "suppliers.tender_stopped": _("%(actor)s stopped tender %(name)s: “%(because)s”."),
    "suppliers.tender_awarded": _(
        "%(actor)s awarded tender %(name)s to %(supplier)s; %(agreed)s requirements were agreed."
    ),
    "suppliers.offer_added": _("%(actor)s added the offer of %(offer)s to tender %(name)s."),
    "suppliers.offer_changed": _("%(actor)s changed who made offer %(offer)s to tender %(name)s, and when."),
    "suppliers.offer_read": _("%(actor)s read %(lines)s answers of %(offer)s to tender %(name)s out of a file."),
    "suppliers.offer_said": _("%(actor)s wrote down %(lines)s lines of the offer of %(offer)s to tender %(name)s."),
    "suppliers.agreed_looked": _("%(actor)s looked whether supplier %(supplier)s keeps to %(name)s."),
    "suppliers.agreed_arranged": _("%(actor)s arranged who looks at %(name)s at supplier %(supplier)s, and when."),
    "suppliers.agreed_ended": _("%(actor)s ended agreement %(name)s with supplier %(supplier)s: “%(because)s”."),
    "suppliers.set_brought": _("%(actor)s brought in set %(name)s with %(requirements)s requirements."),
    "suppliers.set_ended": _("%(actor)s ended set %(name)s."),
}
