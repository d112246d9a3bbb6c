"""What is played, and how far its clock runs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.incidents.forms.fields import Aware, MomentField, Options, area, line


class RehearsalForm(Aware):
    """Starts an exercise: a scenario, or one of one's own."""

    scenario = forms.ChoiceField(label=_("What do you play?"), required=False, widget=forms.RadioSelect)
    title = line(_("Its title, when it is your own"), required=False)
    what = area(_("What happened, when it is your own"), required=False, rows=4)
    goal = line(_("What do you want to find out?"), required=False, most=300)

    def __init__(self, *args: Any, scenarios: Options = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scenario"].choices = [*scenarios, ("", _("Our own"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One's own has a title and says what happened."""
        found = super().clean()
        if not found.get("scenario") and "scenario" in found:
            for name in ("title", "what"):
                if not (found.get(name) or "").strip() and name not in self.errors:
                    self.add_error(name, _("Fill this in for an exercise of your own, or choose a scenario."))
        return found


class RunForm(Aware):
    """To which moment the clock runs."""

    to = MomentField(label=_("Let the clock run to"))
