"""The acts of this room as sentences in the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "exercises.script_added": _("%(actor)s added the scenario “%(title)s”."),
    "exercises.script_changed": _("%(actor)s changed the scenario “%(title)s”."),
    "exercises.script_dropped": _("%(actor)s took the scenario “%(title)s” out of the list."),
    "exercises.planned": _("%(actor)s planned exercise “%(title)s” on %(planned_on)s."),
    "exercises.plan_changed": _("%(actor)s changed the plan of exercise “%(title)s”: %(planned_on)s."),
    "exercises.player_added": _("%(actor)s gave %(who)s a role in exercise “%(title)s”."),
    "exercises.player_removed": _("%(actor)s took %(who)s out of exercise “%(title)s”."),
    "exercises.code_made": _("%(actor)s made a link for guests of exercise “%(title)s”."),
    "exercises.code_closed": _("%(actor)s closed the link for guests of exercise “%(title)s”."),
    "exercises.joined": _("%(actor)s joined exercise “%(title)s” as a guest."),
    "exercises.guests_removed": _("%(actor)s took all guests (%(n)s) out of exercise “%(title)s”."),
    "exercises.start": _("%(actor)s started exercise “%(title)s”."),
    "exercises.pause": _("%(actor)s paused exercise “%(title)s”."),
    "exercises.resume": _("%(actor)s let exercise “%(title)s” go on."),
    "exercises.speed": _("%(actor)s set the speed of exercise “%(title)s” to %(factor)s."),
    "exercises.jump": _("%(actor)s jumped to the next inject of exercise “%(title)s”."),
    "exercises.extra": _("%(actor)s sent an inject besides the script of exercise “%(title)s”."),
    "exercises.end": _("%(actor)s ended exercise “%(title)s”."),
    "exercises.observed": _("%(actor)s noted an observation in exercise “%(title)s”."),
    "exercises.decided": _("%(actor)s took a decision in exercise “%(title)s”."),
    "exercises.logged": _("%(actor)s wrote in the log of exercise “%(title)s”."),
    "exercises.looked_back": _("%(actor)s wrote the evaluation of exercise “%(title)s”."),
    "exercises.learned": _("%(actor)s noted what was learned in exercise “%(title)s”."),
    "exercises.lesson_done": _("%(actor)s finished an action from exercise “%(title)s”."),
    "exercises.closed": _("%(actor)s closed the evaluation of exercise “%(title)s”, held on %(held_on)s."),
    "exercises.annulled": _("%(actor)s annulled exercise “%(title)s”: “%(reason)s”."),
}
