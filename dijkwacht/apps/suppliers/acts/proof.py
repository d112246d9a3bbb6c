"""Acts about proof as sentences in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "suppliers.proof_added": _("%(actor)s added proof %(name)s of supplier %(supplier)s."),
    "suppliers.proof_changed": _("%(actor)s wrote what is known now of proof %(name)s."),
    "suppliers.proof_judged": _("%(actor)s read proof %(name)s and said what to make of it."),
    "suppliers.proof_withdrawn": _("%(actor)s noted that proof %(name)s no longer counts: “%(because)s”."),
    "suppliers.letter_added": _("%(actor)s added a bridge letter to proof %(name)s."),
    "suppliers.letter_withdrawn": _("%(actor)s took back a bridge letter of proof %(name)s."),
    "suppliers.finding_added": _("%(actor)s noted a finding at supplier %(supplier)s: “%(name)s”."),
    "suppliers.finding_changed": _("%(actor)s wrote what is known now of finding “%(name)s”."),
    "suppliers.finding_mended": _("%(actor)s saw that finding “%(name)s” is mended."),
    "suppliers.finding_accepted": _("%(actor)s accepted finding “%(name)s”: “%(because)s”."),
    "suppliers.finding_reopened": _("%(actor)s opened finding “%(name)s” again: “%(because)s”."),
}
