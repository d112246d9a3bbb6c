"""Fields that Django does not have: several files, and a period of a length."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

UNITS = [
    ("D", gettext_lazy("days")),
    ("W", gettext_lazy("weeks")),
    ("M", gettext_lazy("months")),
    ("Y", gettext_lazy("years")),
]
MOST_FILES = 10


class FileInput(forms.FileInput):
    """A control for several files. It has the name of Django's own, so that the page dresses it the same."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files up to ten; a tuple, empty for none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": FileInput(attrs={"multiple": True}), "required": False, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> tuple[Any, ...]:
        """The files, each checked by itself."""
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most %(most)s files at once.") % {"most": MOST_FILES})
        single = super().clean
        return tuple(single(each, initial) for each in given)
