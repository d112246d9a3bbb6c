"""The forms of initiatives: what one is, that it is over, and taking part in it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.landscape.forms.needs import area
from dijkwacht.apps.landscape.models import Area, Initiative, InitiativeKind, Reach
from dijkwacht.apps.landscape.services.initiatives import Told
from dijkwacht.apps.people.forms import DayField


class InitiativeForm(forms.Form):
    """What an initiative is."""

    use_required_attribute = False
    title = forms.CharField(label=gettext_lazy("What it is called"), max_length=200)
    what = area(gettext_lazy("What is done"), rows=4)
    area = forms.ChoiceField(label=gettext_lazy("Area"), choices=Area.choices)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=InitiativeKind.choices)
    owner = forms.CharField(label=gettext_lazy("Who keeps it going"), max_length=200)
    started = DayField(label=gettext_lazy("First day"))
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False,
        help_text=gettext_lazy("You are warned 90 days before. Empty when no end was set."),
    )  # fmt: skip
    closes = forms.MultipleChoiceField(
        label=gettext_lazy("Which needs it should meet"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reach = forms.ChoiceField(
        label=gettext_lazy("Who sees it"), choices=Reach.choices, widget=forms.RadioSelect, initial=Reach.OWN.value
    )

    def __init__(self, *args: Any, needs: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["closes"].choices = list(needs)

    def told(self) -> Told:
        """What was filled in. Of a form that was looked at (`is_valid`)."""
        return Told(**self.cleaned_data)


def shown(row: Initiative) -> dict[str, Any]:
    """What stands there now, for `InitiativeForm`."""
    names = ("title", "what", "area", "kind", "owner", "started", "last_day", "closes", "reach")
    return {name: getattr(row, name) for name in names}


class FinishForm(forms.Form):
    """That an initiative is over."""

    use_required_attribute = False
    on = DayField(label=gettext_lazy("Finished on"))
    outcome = area(
        gettext_lazy("What came of it"), required=True, rows=4,
        help_text=gettext_lazy("What was reached, what was measured, and what was not."),
    )  # fmt: skip


class PartForm(forms.Form):
    """That an organisation takes part."""

    use_required_attribute = False
    since = DayField(label=gettext_lazy("Since"))
    how = area(gettext_lazy("How you take part"), rows=2)
