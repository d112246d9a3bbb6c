"""Risks, and what is decided about them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.isms.forms.fields import Aware, PersonField, RequirementsField, area
from dijkwacht.apps.isms.forms.things import _levels
from dijkwacht.apps.isms.models import (
    TreatmentKind,
    WeighingKind,
)
from dijkwacht.apps.people.forms import DayField
from dijkwacht.core.isms import Scale
from dijkwacht.web.terms import text_of


class RiskForm(Aware):
    """A risk in words, with its owner and links."""

    title = forms.CharField(label=gettext_lazy("What can go wrong"), max_length=200)
    cause = area(gettext_lazy("By what"), required=False)
    consequence = area(gettext_lazy("With what consequence"), required=False)
    owner = PersonField(label=gettext_lazy("Owner"), help_text=gettext_lazy("Somebody in the line, not the CISO."))
    subjects = forms.MultipleChoiceField(
        label=gettext_lazy("Which processes and systems"), required=False, widget=forms.CheckboxSelectMultiple
    )
    requirements = RequirementsField(
        label=gettext_lazy("What helps against it"), required=False, max_length=1000,
        help_text=gettext_lazy("Numbers with a comma between them, such as bio2:8.13.04, iso27002:7.4"),
    )  # fmt: skip


class WeighForm(Aware):
    """Likelihood, and the impact in each area."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you weigh"), choices=WeighingKind.choices, widget=forms.RadioSelect
    )
    reason = area(gettext_lazy("On what this rests"), required=False)

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weighed: dict[str, forms.Field] = {
            "kind": self.fields["kind"], "likelihood": _levels(scale.likelihood, label=_("Likelihood")),
        }  # fmt: skip
        for each in scale.areas:
            choices = [
                (level.value, f"{level.value}. {text_of(level.name)}: {text_of(meaning)}")
                for level, meaning in zip(scale.impact, each.levels, strict=True)
            ]
            weighed[each.id] = forms.TypedChoiceField(label=text_of(each.name), choices=choices, coerce=int)
        self.fields = {**weighed, **self.fields}
        self.areas = [each.id for each in scale.areas]

    @property
    def impacts(self) -> dict[str, int]:
        """The level per area."""
        return {name: self.cleaned_data[name] for name in self.areas}


class TreatForm(Aware):
    """What is done about a risk."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you choose"), widget=forms.RadioSelect,
        choices=[each for each in TreatmentKind.choices if each[0] != TreatmentKind.ACCEPT],
    )  # fmt: skip
    reason = area(gettext_lazy("Why, and how"))


class AcceptForm(Aware):
    """Accepting what remains of a risk."""

    until = DayField(label=gettext_lazy("Until and with which day"))
    reason = area(gettext_lazy("Why this is acceptable for now"))


class DeviationForm(Aware):
    """A guideline that is not followed for a time."""

    requirement = RequirementsField(
        label=gettext_lazy("Which guideline"),
        max_length=80,
        help_text=gettext_lazy("A number of ISO 27002, such as iso27002:7.4"),
    )
    until = DayField(label=gettext_lazy("Until and with which day"))
    reason = area(gettext_lazy("Why it is not followed"))
    instead = area(gettext_lazy("What is done instead"), required=False)

    def clean_requirement(self) -> str:
        """One of them."""
        found: list[str] = self.cleaned_data["requirement"]
        if len(found) != 1:
            raise forms.ValidationError(_("Fill in one number."))
        return found[0]


class ReasonForm(Aware):
    """Why something ends."""

    reason = area(gettext_lazy("Why"))
