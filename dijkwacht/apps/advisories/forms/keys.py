"""A key for a machine as a form."""

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.advisories.forms.own_fields import line


class KeyForm(forms.Form):
    """What a key is for."""

    use_required_attribute = False
    name = line(
        gettext_lazy("Which system gets this key?"), required=True, most=80,
        help_text=gettext_lazy("Such as the name of your SIEM or of the ticket system: then you know later which key to end."),
    )  # fmt: skip
