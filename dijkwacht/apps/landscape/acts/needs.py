"""Acts about needs, initiatives and the investment agenda as sentences in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "landscape.need_raised": _("%(actor)s raised a need: “%(name)s”."),
    "landscape.need_changed": _("%(actor)s wrote otherwise what is needed: “%(name)s”."),
    "landscape.need_taken_back": _("%(actor)s took back the need “%(name)s”."),
    "landscape.need_felt": _("%(actor)s said how strongly we feel the need “%(name)s”."),
    "landscape.need_handled": _("%(actor)s wrote what becomes of the need “%(name)s”."),
    "landscape.initiative_added": _("%(actor)s added initiative “%(name)s”."),
    "landscape.initiative_changed": _("%(actor)s changed initiative “%(name)s”."),
    "landscape.initiative_finished": _("%(actor)s noted that initiative “%(name)s” is over, and what came of it."),
    "landscape.initiative_joined": _("%(actor)s noted that we take part in initiative “%(name)s”."),
    "landscape.initiative_left": _("%(actor)s noted that we take part in initiative “%(name)s” no longer."),
    "landscape.investment_assumed": _("%(actor)s wrote what the investment agenda assumes: %(years)s years."),
    "landscape.product_made": _("%(actor)s made account “%(name)s” of the covenant."),
}
