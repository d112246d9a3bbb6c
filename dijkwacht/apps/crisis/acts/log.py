"""Acts in a crisis as sentences in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "crisis.opened": _("%(actor)s opened crisis %(number)s."),
    "crisis.written": _("%(actor)s wrote line %(line)s in the log of crisis %(number)s."),
    "crisis.corrected": _("%(actor)s corrected line %(of)s in the log of crisis %(number)s with line %(line)s."),
    "crisis.scaled": _("%(actor)s noted a step in crisis %(number)s: from %(was)s to %(level)s."),
    "crisis.clock_set": _("%(actor)s noted from when the start times run in crisis %(number)s."),
    "crisis.closed": _("%(actor)s closed crisis %(number)s with an evaluation."),
    "crisis.lesson_done": _("%(actor)s finished what was learned from crisis %(number)s: %(text)s."),
    "crisis.weighed": _("%(actor)s weighed the effects of crisis %(number)s."),
    "crisis.informed": _("%(actor)s noted a point of the duty to inform in crisis %(number)s: %(item)s."),
    "crisis.card_written": _("%(actor)s wrote mayor's card %(card)s of crisis %(number)s."),
    "crisis.compared": _("%(actor)s held an incident against the five axes: %(title)s."),
}
