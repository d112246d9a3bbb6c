"""Who gets a role, and how that person is reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.incidents.forms.fields import Aware, PersonField, choice, line
from dijkwacht.apps.incidents.models import DutyRole

ENOUGH = ("EH2+", "EH3", "EH4")
"""The levels of eHerkenning that the portal takes (`norms/incidents/receivers`). Who has less cannot report there."""


class DutyForm(Aware):
    """Somebody goes on duty. The first of a role is called first; who comes later is a deputy."""

    role = choice(_("For what"), DutyRole.choices)
    who = PersonField(label=_("Who"), required=True)
    phone = line(_("Phone, also at night"), required=False, most=40)
    eherkenning = forms.ChoiceField(
        label=_("Signs in to the portal with"), required=False,
        choices=[("", _("Cannot sign in there")), *((each, each) for each in ENOUGH)],
        help_text=_("Only a level that the portal takes, that works today, for this organisation."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].error_messages["required"] = _("Choose a person.")

    def clean_phone(self) -> str:
        """A number as people write it; refused when there is no digit in it."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and (sum(each.isdigit() for each in phone) < 5 or any(each.isalpha() for each in phone)):
            raise forms.ValidationError(_("Fill in a phone number, such as 06 12345678."))
        return phone
