"""What a CSIRT fills in: whose names, and what it tells of what it saw."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class CsirtNamesForm(forms.Form):
    """Names of one organisation."""

    use_required_attribute = False

    whose = forms.ChoiceField(label=gettext_lazy("Whose names are these?"))
    names = forms.CharField(
        label=gettext_lazy("Names"),
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy("One a line. What follows a # is skipped."),
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["whose"]
        field.choices = [("", _("Choose")), *choices]


class TellForm(forms.Form):
    """What to say beside what was seen."""

    use_required_attribute = False

    text = forms.CharField(
        label=gettext_lazy("What you want to say about it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("What was seen, and how to mend it, stands beside it by itself."),
    )
