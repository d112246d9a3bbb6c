"""Acts about collective services as sentences in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "suppliers.collective_made": _(
        "%(actor)s added collective service %(name)s, which covers %(covers)s requirements."
    ),
    "suppliers.collective_changed": _("%(actor)s wrote what is known now of collective service %(name)s."),
    "suppliers.collective_ended": _("%(actor)s noted that collective service %(name)s ends on %(until)s."),
    "suppliers.covering_told": _("%(actor)s wrote what collective service %(name)s does for %(requirement)s."),
    "suppliers.covering_removed": _(
        "%(actor)s noted that collective service %(name)s does nothing for %(requirement)s."
    ),
    "suppliers.collective_joined": _("%(actor)s noted that we take part in collective service %(name)s."),
    "suppliers.collective_left": _("%(actor)s noted that we take part in collective service %(name)s no longer."),
    "suppliers.collective_noted": _("%(actor)s noted that we take part in its collective service %(name)s."),
    "suppliers.collective_members_noted": _(
        "%(actor)s noted who takes part in collective service %(name)s: %(members)s organisations."
    ),
    "suppliers.collective_confirmed": _("%(actor)s confirmed that we take part in collective service %(name)s."),
    "suppliers.collective_denied": _("%(actor)s said that we never took part in collective service %(name)s."),
    "suppliers.collective_member_ended": _(
        "%(actor)s noted that we take part in its collective service %(name)s no longer."
    ),
    "suppliers.collective_ended_member": _(
        "%(actor)s noted that %(who)s takes part in collective service %(name)s no longer."
    ),
}
