"""Names that were found, certificates that name them, and what the owner says of a version."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.perimeter.deeper_words import SAID
from dijkwacht.apps.perimeter.models import DomainState

LARGEST = 20 * 1024 * 1024


class FoundForm(forms.Form):
    """What we do with names that were found."""

    names = forms.TypedMultipleChoiceField(coerce=int)
    state = forms.ChoiceField(choices=[(each, each) for each in (DomainState.WATCHED, DomainState.NOT_OURS)])
    note = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, numbers: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["names"]
        field.choices = [(each, each) for each in numbers]


class FeedForm(forms.Form):
    """A feed of certificates."""

    use_required_attribute = False

    feed = forms.FileField(
        label=gettext_lazy("File with certificates"),
        help_text=gettext_lazy(
            "JSON lines, as a search in the public certificate logs gives them: the names of one certificate on each line. "
            "At most 20 MB, not packed. A larger or packed file goes by the command dijkwacht perimeter found."
        ),
    )

    def clean_feed(self) -> "UploadedFile[Any]":
        """Not too large, and not packed: what a packed file becomes nobody knows before."""
        file: UploadedFile[Any] = self.cleaned_data["feed"]
        if file.size is None or file.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than 20 MB."))
        if (file.name or "").endswith(".gz"):
            raise forms.ValidationError(_("This file is packed. Unpack it first."))
        return file


class VersionForm(forms.Form):
    """What the owner says of a version."""

    use_required_attribute = False

    version = forms.ChoiceField(label=gettext_lazy("Which software"))
    said = forms.ChoiceField(label=gettext_lazy("How is it"), choices=SAID.items, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Explanation"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when it was mended: who packs it, and which release of theirs mends it."),
    )

    def __init__(self, *args: Any, versions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["version"]
        field.choices = list(versions)
