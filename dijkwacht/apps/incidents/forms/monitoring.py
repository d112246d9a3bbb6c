"""A report of a monitoring service: the file, and what it does not tell itself."""

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.incidents.services.monitoring import Given
from dijkwacht.apps.people.forms import DayField
from dijkwacht.core.intake_values import CellError
from dijkwacht.core.monitoring import days

ZONES = (("Europe/Amsterdam", gettext_lazy("Dutch time")), ("UTC", "UTC"))


class GivenForm(forms.Form):
    """What is filled in here counts only where the file does not tell it."""

    use_required_attribute = False
    service = forms.CharField(
        label=gettext_lazy("Which service reports"), required=False, max_length=200,
        help_text=gettext_lazy("Only needed when the file does not tell it. Write it the same each time."),
    )  # fmt: skip
    first = DayField(
        label=gettext_lazy("First day of the period"), required=False,
        help_text=gettext_lazy("Only needed when the file does not tell the period, as with STIX."),
    )  # fmt: skip
    last = DayField(label=gettext_lazy("Last day of the period"), required=False)
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=ZONES, required=False, initial=ZONES[0][0],
        help_text=gettext_lazy("For moments of which the file does not tell the zone."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A period has both days, in their order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if (first is None) != (last is None) and not self.errors:
            missing = "last" if last is None else "first"
            self.add_error(missing, gettext_lazy("Fill in both days of the period, or neither."))
        elif first and last and last < first:
            self.add_error("last", gettext_lazy("The last day cannot lie before the first."))
        return cleaned

    def given(self) -> Given:
        """What was filled in. Of a form that was looked at (`is_valid`)."""
        data = self.cleaned_data
        try:
            period = days(data["first"], data["last"]) if data["first"] and data["last"] else None
        except CellError:  # looked at in `clean` already
            period = None
        return Given(data["service"].strip(), period, ZoneInfo(data["zone"] or ZONES[0][0]))

    @property
    def query(self) -> str:
        """The same for in an address."""
        names = ("service", "first", "last", "zone")
        return urlencode({name: value for name in names if (value := self.cleaned_data.get(name))})


class BringForm(GivenForm):
    """The file, with what it does not tell itself."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A table (CSV, Excel or ODS) with a row per alert, JSON, or a STIX 2.1 bundle with sightings."),
    )  # fmt: skip
    field_order = ("file", "service", "first", "last", "zone")
