"""Acts about the network of dependencies as sentences in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "crisis.cascade_changed": _("%(actor)s changed %(key)s in the network of dependencies, by %(source)s."),
    "crisis.cascade_removed": _("%(actor)s took %(key)s out of the network of dependencies, by %(source)s."),
    "crisis.cascade_restored": _("%(actor)s put %(key)s in the network of dependencies back as in the start network."),
    "crisis.cascade_taken": _("%(actor)s took over a network of dependencies from %(name)s: %(count)s changes."),
    "crisis.cascade_tied": _("%(actor)s noted that node %(node)s stands for %(subject)s."),
    "crisis.cascade_untied": _("%(actor)s noted that node %(node)s no longer stands for %(subject)s."),
    "crisis.cascade_kept": _("%(actor)s kept what fails when: %(title)s (%(runs)s runs, seed %(seed)s)."),
}
