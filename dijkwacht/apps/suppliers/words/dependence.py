"""Why something about dependence, orders or sharing is refused, per code."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REFUSED: dict[str, Any] = {
    "no_such_organisation": _("There is no organisation with this name: %(name)s."),
    "order_twice": _("An order with this reference for this supplier is in the list already."),
    "order_nobody": _("This person has no role here."),
    "order_late": _("This lies after the term that the order sets."),
    "order_not_planned": _("Say first by what this service is replaced."),
    "order_done": _("This was said already."),
}
