"""What the forms of this room have in common."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

Options = Iterable[tuple[Any, str]]
LONG = 10_000


def area(label: Any, *, required: bool = True, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """A field for a longer text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONG, widget=widget, help_text=help_text)


class PersonField(forms.TypedChoiceField):
    """Somebody with a role here; empty for nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"coerce": int, "empty_value": None, "required": False, **kwargs})


class RequirementsField(forms.CharField):
    """Numbers of requirements with a comma between them: ``bio2:8.13.04``, or ``8.13.04`` for a measure of BIO2."""

    known: Collection[str] = ()

    def clean(self, value: Any) -> list[str]:
        """The ids, each once. A number that no norm has is named."""
        text = super().clean(value)
        found: list[str] = []
        for word in re.split(r"[,;\n]+", text):
            plain = word.strip()
            tries = (plain, plain.lower(), f"bio2:{plain}", plain.lower().replace(" ", ":", 1))
            name = next((each for each in tries if each in self.known), None)
            if name is None and plain:
                raise forms.ValidationError(_("There is no requirement %(name)s.") % {"name": plain[:60]})
            if name is not None:
                found.append(name)
        return list(dict.fromkeys(found))


class Aware(forms.Form):
    """A form that knows the persons, requirements and day it is about. What it does not use it ignores."""

    use_required_attribute = False  # an empty field is not wrong before anything was sent

    def __init__(
        self,
        *args: Any,
        persons: Options = (),
        requirements: Collection[str] = (),
        subjects: Options = (),
        on: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        for name, field in self.fields.items():
            if isinstance(field, PersonField):
                field.choices = [("", _("Nobody yet")), *persons]
            elif isinstance(field, RequirementsField):
                field.known = requirements
            elif name in ("subjects", "systems"):
                field.choices = list(subjects)  # type: ignore[attr-defined]

    def not_later(self, name: str) -> date | None:
        """A day that has come."""
        day: date | None = self.cleaned_data[name]
        if day is not None and self.on is not None and day > self.on:
            raise forms.ValidationError(_("This day lies in the future. Choose today or an earlier day."))
        return day
