"""How a process or system is classified, and on what it leans."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.isms.forms.fields import Aware, area
from dijkwacht.core.isms import Classification, Level
from dijkwacht.web.terms import text_of


class ClassifyForm(Aware):
    """Availability, integrity, confidentiality, and how long without."""

    recovery = forms.IntegerField(
        label=gettext_lazy("Back within how many hours"), required=False, min_value=0, max_value=100_000
    )
    loss = forms.IntegerField(
        label=gettext_lazy("Of how many hours may the work be lost"), required=False, min_value=0, max_value=100_000
    )
    critical = forms.ChoiceField(
        label=gettext_lazy("Critical for services"), required=False, widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("", gettext_lazy("Not decided"))],
    )  # fmt: skip
    reason = area(gettext_lazy("Why"), required=False)

    def __init__(self, *args: Any, classification: Classification, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        graded: dict[str, forms.Field] = {
            each.id: _levels(each.levels, label=f"{text_of(each.name)}: {text_of(each.question)}")
            for each in classification.aspects
        }
        self.fields = {**graded, **self.fields}
        self.aspects = [each.id for each in classification.aspects]

    @property
    def levels(self) -> dict[str, int]:
        """The level per aspect."""
        return {name: self.cleaned_data[name] for name in self.aspects}


def _levels(levels: Sequence[Level], *, label: Any) -> forms.TypedChoiceField:
    choices = [(each.value, f"{each.value}. {text_of(each.name)}: {text_of(each.meaning)}") for each in levels]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, widget=forms.RadioSelect)


class LeanForm(Aware):
    """The systems that a process leans on."""

    systems = forms.MultipleChoiceField(
        label=gettext_lazy("Systems"), required=False, widget=forms.CheckboxSelectMultiple
    )
