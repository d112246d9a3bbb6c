"""Why something about a collective service is refused, per code."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REFUSED: dict[str, Any] = {
    "odd": _("This cannot be read. Choose or fill in something else."),
    "no_holder": _("A supplier or a supervisor does not hold a collective service."),
    "no_requirement": _("Choose a requirement of BIO2, ISO 27002 or the Cbw."),
    "stays": _("Say what stays with the member: a service that does a part leaves something."),
    "not_running": _("This service has ended."),
    "not_open": _("This service is not open for %(who)s."),
    "joined_outside": _("The service was not there on this day. Choose a day between its first and its last."),
    "member_already": _("You take part in it already."),
    "nobody": _("Choose at least one organisation."),
    "too_many": _("Choose at most %(most)s organisations at once."),
    "denied": _("%(who)s said that it does not take part. It can join by itself."),
}
