"""Policies and training."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.isms.forms.fields import Aware, Options, PersonField
from dijkwacht.apps.isms.models import (
    PolicyEventKind,
)
from dijkwacht.apps.ledger.forms.fields import FilesField
from dijkwacht.apps.people.forms import DayField


class PolicyForm(Aware):
    """A policy in the list."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    owner = PersonField(label=gettext_lazy("Owner"))
    place = forms.CharField(
        label=gettext_lazy("Where it is"), required=False, max_length=500,
        help_text=gettext_lazy("An address or the number in your document system."),
    )  # fmt: skip
    months = forms.IntegerField(
        label=gettext_lazy("Reviewed every how many months"), min_value=1, max_value=60, initial=12
    )


class PolicyEventForm(Aware):
    """Adopted, or reviewed and found right."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"), choices=PolicyEventKind.choices, widget=forms.RadioSelect
    )
    day = DayField(label=gettext_lazy("On which day"))
    by = forms.CharField(label=gettext_lazy("By whom"), max_length=200)
    version = forms.CharField(label=gettext_lazy("Version"), required=False, max_length=40)
    place = forms.CharField(label=gettext_lazy("Where it is"), required=False, max_length=500)
    evidence = FilesField(label=gettext_lazy("Decision or document"))

    def clean_day(self) -> date | None:
        """What will be decided tomorrow is not decided."""
        return self.not_later("day")


class TrainingForm(Aware):
    """A training that was held."""

    group = forms.ChoiceField(label=gettext_lazy("For whom"))
    title = forms.CharField(label=gettext_lazy("What it was"), max_length=200)
    held_on = DayField(label=gettext_lazy("On which day"))
    invited = forms.IntegerField(
        label=gettext_lazy("How many were invited"), required=False, min_value=0, max_value=100_000
    )
    attended = forms.IntegerField(label=gettext_lazy("How many came"), required=False, min_value=0, max_value=100_000)
    provider = forms.CharField(label=gettext_lazy("Given by"), required=False, max_length=200)

    def __init__(self, *args: Any, groups: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = list(groups)  # type: ignore[attr-defined]

    def clean_held_on(self) -> date | None:
        """What is planned was not held."""
        return self.not_later("held_on")

    def clean(self) -> dict[str, Any]:
        """Nobody comes who was not invited."""
        cleaned = super().clean() or {}
        invited, attended = cleaned.get("invited"), cleaned.get("attended")
        if invited is not None and attended is not None and attended > invited:
            self.add_error("attended", _("More came than were invited."))
        return cleaned
