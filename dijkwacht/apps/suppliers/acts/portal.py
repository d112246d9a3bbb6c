"""Acts of the supplier, and of adopting what a joint review found, as sentences in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[str, Any] = {
    "suppliers.answered": ngettext_lazy(
        "%(actor)s answered %(count)s question of “%(title)s”.",
        "%(actor)s answered %(count)s questions of “%(title)s”.",
        "count",
    ),
    "suppliers.answer_taken_over": _("%(actor)s gave an earlier answer again to question %(key)s of “%(title)s”."),
    "suppliers.exhibits_added": ngettext_lazy(
        "%(actor)s put %(count)s file with question %(key)s of “%(title)s”.",
        "%(actor)s put %(count)s files with question %(key)s of “%(title)s”.",
        "count",
    ),
    "suppliers.exhibit_taken_back": _("%(actor)s took back file %(name)s of question %(key)s of “%(title)s”."),
    "suppliers.handed_in": _("%(actor)s handed in the answers of “%(title)s”."),
    "suppliers.finding_replied": _("%(actor)s replied to a finding of “%(title)s”: “%(finding)s”."),
    "suppliers.finding_claimed": _("%(actor)s said that a finding of “%(title)s” is mended: “%(finding)s”."),
    "suppliers.joined": _("%(actor)s joined “%(title)s”."),
    "suppliers.adopted": _("%(actor)s adopted “%(title)s” for %(about)s; it counts until %(until)s."),
    "suppliers.renewed": _("%(actor)s adopted “%(title)s” again for %(about)s; it counts until %(until)s."),
    "suppliers.adoption_taken": _("%(actor)s ended that “%(title)s” counts for %(about)s: you no longer take part."),
    "suppliers.adoption_ended": _("%(actor)s let go of “%(title)s” for %(about)s."),
}
