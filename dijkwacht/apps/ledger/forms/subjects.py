"""Registering, renaming, taking over."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_LINES = 500
LONGEST = 200


class RegisterForm(forms.Form):
    """New subjects, one name per line."""

    use_required_attribute = False  # an empty field is not wrong before anything was sent

    names = forms.CharField(
        label=gettext_lazy("Names, one per line"),
        help_text=gettext_lazy("Paste a list from a spreadsheet, or type one name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, known: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {" ".join(name.split()).casefold() for name in known}

    def clean_names(self) -> list[str]:
        """The names that are not registered yet, in their order."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()]
        names = [line for line in dict.fromkeys(lines) if line]
        if len(names) > MOST_LINES:
            raise forms.ValidationError(_("At most %(most)s names at once.") % {"most": MOST_LINES})
        long = next((number for number, line in enumerate(lines, start=1) if len(line) > LONGEST), None)
        if long is not None:
            raise forms.ValidationError(
                _("Line %(line)s is longer than %(most)s characters.") % {"line": long, "most": LONGEST}
            )
        new = [name for name in names if name.casefold() not in self._known]
        if not new:
            raise forms.ValidationError(_("All of these are registered already."))
        return new


class SubjectForm(forms.Form):
    """Name and owner of a subject."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST)
    owner = forms.TypedChoiceField(label=gettext_lazy("Owner"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, persons: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Nobody yet")), *persons]  # type: ignore[attr-defined]


class SourceForm(forms.Form):
    """From which subject of another organisation this one takes its facts."""

    source = forms.TypedChoiceField(
        label=gettext_lazy("Take over what is shared about"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, sources: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("Nothing")), *sources]  # type: ignore[attr-defined]
