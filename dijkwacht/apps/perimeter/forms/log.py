"""What to show of the log of a run."""

from django import forms
from django.utils.translation import gettext_lazy


class LogFilter(forms.Form):
    """Which lines to show."""

    name = forms.CharField(label=gettext_lazy("Name contains"), required=False, max_length=253)
    only = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        required=False,
        choices=[("", gettext_lazy("Everything")), ("refused", gettext_lazy("Only what we held back ourselves"))],
    )
