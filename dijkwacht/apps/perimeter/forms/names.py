"""Names: which to show, new ones, and what to do with one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.perimeter.models import DomainState

Persons = Iterable[tuple[int, str]]
LARGEST = 2 * 1024 * 1024
TO_DECIDE = (DomainState.WATCHED, DomainState.PAUSED, DomainState.NOT_OURS, DomainState.ENDED)


class PersonField(forms.TypedChoiceField):
    """Somebody with a role here; empty for nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"coerce": int, "empty_value": None, "required": False, **kwargs})


class NamesFilter(forms.Form):
    """Which names to show."""

    text = forms.CharField(label=gettext_lazy("Name contains"), required=False, max_length=253)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    owner = forms.TypedChoiceField(label=gettext_lazy("Owner"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, persons: Persons, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(each.value, each.label) for each in TO_DECIDE]
        fields: Any = self.fields
        fields["state"].choices = [("", _("Every state")), ("wrong", _("Something is wrong")), *states]
        fields["owner"].choices = [("", _("Everyone")), (0, _("Nobody yet")), *persons]


class AddForm(forms.Form):
    """New names, typed or in a file."""

    use_required_attribute = False

    names = forms.CharField(
        label=gettext_lazy("Names"),
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One on a line, such as www.municipality.nl. What follows a # is left out."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file with one name on each line"), required=False, allow_empty_file=True
    )
    owner = PersonField(label=gettext_lazy("Who answers for them"))

    def __init__(self, *args: Any, persons: Persons, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.choices = [("", _("Nobody yet")), *persons]

    def clean_file(self) -> list[str]:
        """The lines of the file."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return []
        if file.size is None or file.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than 2 MB."))
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This file is no plain text (UTF-8).")) from None
        return text.splitlines()

    @property
    def lines(self) -> list[str]:
        """All of them, those that were typed first."""
        return [*self.cleaned_data["names"].splitlines(), *self.cleaned_data["file"]]


class DecideForm(forms.Form):
    """What we do with a name."""

    state = forms.ChoiceField(
        label=gettext_lazy("What we do with it"), choices=[(each.value, each.label) for each in TO_DECIDE]
    )
    note = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Needed when the name is not ours or has ended."),
    )


class OwnerForm(forms.Form):
    """Who answers for a name."""

    owner = PersonField(label=gettext_lazy("Who answers for it"))

    def __init__(self, *args: Any, persons: Persons, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.choices = [("", _("Nobody yet")), *persons]
