"""Acts about orders as sentences in the trail; sharing the register is an act of the room people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "suppliers.order_recorded": _("%(actor)s recorded an order to keep out %(name)s: %(reference)s."),
    "suppliers.order_ended": _("%(actor)s noted that the order about %(name)s no longer holds: %(reference)s."),
    "suppliers.replacement_planned": _(
        "%(actor)s wrote how service %(service)s is replaced under the order about %(name)s."
    ),
    "suppliers.replacement_done": _("%(actor)s noted that %(name)s is out of service %(service)s."),
}
