"""Somebody asked not to be measured."""

from django import forms
from django.utils.translation import gettext_lazy


class LeaveAloneForm(forms.Form):
    """What is not measured any more, and who asked so."""

    use_required_attribute = False

    what = forms.CharField(
        label=gettext_lazy("Name or network"),
        max_length=253,
        help_text=gettext_lazy("A name counts with all names below it. A network as 192.0.2.0/24, or AS64500."),
    )
    asked_by = forms.CharField(label=gettext_lazy("Who asked so"), max_length=200)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)
