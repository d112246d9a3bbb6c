"""Acts about the plan and the contacts as sentences in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "crisis.plan_drafted": _("%(actor)s made a draft of the crisis plan, version %(number)s."),
    "crisis.plan_dropped": _("%(actor)s threw away the draft of the crisis plan, version %(number)s."),
    "crisis.plan_adopted": _(
        "%(actor)s noted that version %(number)s of the crisis plan was adopted on %(on)s, by: %(by)s."
    ),
    "crisis.card_changed": _("%(actor)s changed the role card %(title)s."),
    "crisis.card_added": _("%(actor)s added the role card %(title)s."),
    "crisis.step_changed": _("%(actor)s wrote when a rung of the ladder is reached: %(level)s."),
    "crisis.fallback_put": _("%(actor)s wrote how %(process)s goes on by another way."),
    "crisis.contact_added": _("%(actor)s added whom to reach: %(name)s."),
    "crisis.contact_changed": _("%(actor)s changed how to reach %(name)s."),
    "crisis.contact_checked": _("%(actor)s noted that the numbers of %(name)s were tried on %(on)s."),
    "crisis.contact_ended": _("%(actor)s took %(name)s off the list of whom to reach."),
}
