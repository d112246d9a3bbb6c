"""What the forms of this room have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

Options = Iterable[tuple[Any, Any]]
LONG = 4000


def area(label: Any, *, required: bool = True, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """A field for a longer text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONG, widget=widget, help_text=help_text)


def several(label: Any, *, required: bool = True, help_text: Any = "") -> forms.MultipleChoiceField:
    """Several of a list, shown all at once."""
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, required=required, widget=widget, help_text=help_text)


class Asking(forms.Form):
    """A form that gets its choices by name of the field."""

    use_required_attribute = False  # an empty field is not wrong before anything was sent

    def __init__(self, *args: Any, choices: Mapping[str, Options] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (choices or {}).items():
            self.fields[name].choices = list(options)  # type: ignore[attr-defined]


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
