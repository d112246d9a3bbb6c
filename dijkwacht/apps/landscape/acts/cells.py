"""Acts about cells, discussions and packs as sentences in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "landscape.cell_added": _("%(actor)s added to the landscape: %(name)s."),
    "landscape.cell_changed": _("%(actor)s changed in the landscape: %(name)s."),
    "landscape.cell_hidden": _("%(actor)s hid in the landscape: %(name)s, because “%(because)s”."),
    "landscape.cell_restored": _("%(actor)s took back what was done here to %(name)s in the landscape."),
    "landscape.topic_opened": _("%(actor)s opened a discussion about %(name)s."),
    "landscape.topic_assigned": _("%(actor)s gave the discussion about %(name)s to %(owner)s, before %(due)s."),
    "landscape.topic_commented": _("%(actor)s said something in the discussion about %(name)s."),
    "landscape.topic_decided": _("%(actor)s closed the discussion about %(name)s with a decision: “%(decision)s”."),
    "landscape.edition_taken": _(
        "%(actor)s took over landscape pack %(name)s of %(publisher)s, signed with key %(key)s."
    ),
    "landscape.edition_left": _("%(actor)s went back from landscape pack %(name)s to the pack of the house."),
    "landscape.pack_made": _("%(actor)s made a signed landscape pack of %(cells)s cells."),
}
