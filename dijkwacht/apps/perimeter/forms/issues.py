"""Issues: which to show, who mends one before when, and why one stays for now."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.people.forms import DayField
from dijkwacht.apps.perimeter.forms.names import PersonField, Persons
from dijkwacht.apps.perimeter.models import IssueState

LONG = 4000


def _area(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}))


class IssuesFilter(forms.Form):
    """Which issues to show."""

    text = forms.CharField(label=gettext_lazy("Name contains"), required=False, max_length=253)
    check = forms.ChoiceField(label=gettext_lazy("Check"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    person = forms.TypedChoiceField(label=gettext_lazy("Given to"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, persons: Persons, checks: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["check"].choices = [("", _("Every check")), *checks]
        fields["state"].choices = [("", _("Not mended")), *IssueState.choices, ("all", _("Every state"))]
        fields["person"].choices = [("", _("Everyone")), (0, _("Nobody yet")), *persons]


class AssignForm(forms.Form):
    """Who mends it, and before when."""

    use_required_attribute = False

    assignee = PersonField(label=gettext_lazy("Who mends it"))
    term = DayField(label=gettext_lazy("Before and with which day"), required=False)
    note = _area(gettext_lazy("Note"), required=False)

    def __init__(self, *args: Any, persons: Persons, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assignee"]
        field.choices = [("", _("Nobody yet")), *persons]

    def clean(self) -> dict[str, Any]:
        """A term is somebody's."""
        cleaned = super().clean() or {}
        if cleaned.get("term") and not cleaned.get("assignee"):
            self.add_error("assignee", _("A term is somebody's: choose who mends it."))
        return cleaned


class ExplainForm(forms.Form):
    """Why it stays for now."""

    use_required_attribute = False

    explanation = _area(gettext_lazy("Why it stays like this for now"))
    until = DayField(
        label=gettext_lazy("First day on which it counts again"),
        help_text=gettext_lazy("At most a year ahead. Whoever wants longer explains again."),
    )


class NoteForm(forms.Form):
    """Something written beside an issue."""

    use_required_attribute = False

    text = _area(gettext_lazy("Note"))


class SinceForm(forms.Form):
    """Since which day something changed."""

    since = DayField(label=gettext_lazy("Since"), required=False)
