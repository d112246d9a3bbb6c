"""What the forms of this room have in common: a line, a longer text, a day, a moment."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy

from dijkwacht.apps.people.forms import MomentField

Options = Iterable[tuple[Any, Any]]
LONG = 5_000
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
_YEARS = gettext_lazy("Choose a day between 2000 and 2099.")
_MOMENT = "%Y-%m-%dT%H:%M"


class DayInput(forms.DateInput):
    """A day in one control."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """As a browser takes it: ``2026-11-25``."""
        return value.isoformat() if isinstance(value, date) else str(value or "")


class MomentInput(forms.DateTimeInput):
    """Day and time in one control."""

    input_type = "datetime-local"

    def format_value(self, value: Any) -> str | None:
        """As a browser takes it: ``2026-11-25T09:30``."""
        return value.strftime(_MOMENT) if isinstance(value, datetime) else str(value or "")


def line(label: Any, *, required: bool = False, most: int = 200, help_text: Any = "") -> forms.CharField:
    """A field for one line of text."""
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text)


def area(
    label: Any, *, required: bool = False, rows: int = 3, most: int = LONG, help_text: Any = ""
) -> forms.CharField:
    """A field for a longer text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, help_text=help_text)


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day between 2000 and 2099."""
    field = forms.DateField(label=label, required=required, widget=DayInput, help_text=help_text)
    field.validators += [MinValueValidator(FIRST, _YEARS), MaxValueValidator(LAST, _YEARS)]
    return field


def moment(label: Any, *, required: bool = False, help_text: Any = "") -> MomentField:
    """A moment by our clocks. An hour that comes twice or not at all is refused by Django, with a sentence."""
    return MomentField(
        label=label,
        required=required,
        widget=MomentInput,
        input_formats=[_MOMENT, "%Y-%m-%dT%H:%M:%S"],
        help_text=help_text,
    )


def choice(
    label: Any, choices: Any, *, required: bool = True, radio: bool = False, help_text: Any = ""
) -> forms.ChoiceField:
    """One of several."""
    widget: Any = forms.RadioSelect if radio else forms.Select
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=widget, help_text=help_text)


class Plain(forms.Form):
    """A form whose empty fields are not wrong before anything was sent."""

    use_required_attribute = False
