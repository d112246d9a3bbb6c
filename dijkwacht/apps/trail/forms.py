"""What narrows the list of entries, and what was noted of the chain elsewhere."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NOTED = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


class FilterForm(forms.Form):
    """Which entries to show."""

    act = forms.ChoiceField(label=gettext_lazy("Act"), required=False)
    person = forms.TypedChoiceField(label=gettext_lazy("Who"), required=False, coerce=int, empty_value=None)
    about = forms.CharField(label=gettext_lazy("About"), required=False, max_length=250)

    def __init__(self, *args: Any, acts: Iterable[str], persons: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [("", _("Every act")), *((act, act) for act in acts)]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("Everyone")), *persons]  # type: ignore[attr-defined]


class NotedForm(forms.Form):
    """A hash that someone wrote down earlier, to hold the chain against."""

    noted = forms.CharField(
        label=gettext_lazy("Number and hash that you noted earlier"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "As the check shows them: a number, a colon and 64 signs. Shows whether all was rewritten since."
        ),
    )

    def clean_noted(self) -> dict[int, str]:
        """The hash by its number; empty when nothing was noted."""
        text = self.cleaned_data["noted"].strip().lower()
        match = NOTED.fullmatch(text)
        if text and match is None:
            raise forms.ValidationError(_("Type a number, a colon and 64 signs (0-9, a-f)."))
        return {int(match[1]): match[2]} if match else {}
