"""What is asked where documents come in: a source, files, lists, and why a document is read or refused."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.advisories.services.files import Brought
from dijkwacht.core.advisories.tlp import ORDER
from dijkwacht.web.tlp_words import tlp_meaning, tlp_word

MOST_FILES = 50
LARGEST = 50  # MB, of all files together


def labels(nothing: Any) -> list[tuple[str, str]]:
    """The labels to choose from, each with what it means."""
    return [("", str(nothing)), *((each, f"{tlp_word(each)}: {tlp_meaning(each)}") for each in ORDER)]


class SeveralFiles(forms.FileInput):
    """A control that takes more than one file."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All files under this name."""
        return files.getlist(name)


class FilesField(forms.FileField):
    """One file or more; clean gives a list, empty for none where none is required."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """The files. Raises ValidationError: none, too many, too large."""
        found = list(data or [])
        if not found:
            super().clean(None, initial)
            return []
        if len(found) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most %(n)s files at once, or a ZIP file.") % {"n": MOST_FILES})
        if sum(each.size or 0 for each in found) > LARGEST * 1024 * 1024:
            raise forms.ValidationError(_("Together these files are larger than %(n)s MB.") % {"n": LARGEST})
        return found


def brought(files: "Iterable[UploadedFile[Any]]") -> list[Brought]:
    """The files with their bytes."""
    return [Brought(each.name or "", each.read()) for each in files]


class SourceForm(forms.Form):
    """A source on the web. ``persons``: of this desk, to name for TLP:RED."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("As you call it, for example NCSC.")
    )
    where = forms.CharField(
        label=gettext_lazy("Domain or address"), max_length=500,
        help_text=gettext_lazy("The domain of the publisher, or the address of its provider-metadata.json."),
    )  # fmt: skip
    passes_on = forms.BooleanField(
        label=gettext_lazy("It passes on documents of others"), required=False,
        help_text=gettext_lazy(
            "For an aggregator or a mirror. Without it a document is set aside that revises what another source brought, unless "
            "this source is at the address of the publisher."
        ),
    )  # fmt: skip
    tlp = forms.ChoiceField(
        label=gettext_lazy("Label of the source"), required=False,
        help_text=gettext_lazy("Of this and the label in a document the stricter one holds."),
    )  # fmt: skip
    must = forms.MultipleChoiceField(
        label=gettext_lazy("What is demanded"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[
            ("hash", gettext_lazy("A hash beside every document")),
            ("signature", gettext_lazy("A signature by a key of the source")),
        ],
        help_text=gettext_lazy("A document without it is set aside. A wrong hash or signature always sets it aside."),
    )  # fmt: skip
    named = forms.TypedMultipleChoiceField(
        label=gettext_lazy("For whom TLP:RED is"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only who is ticked here sees what comes with TLP:RED. Tick none, and nobody does."),
    )  # fmt: skip

    def __init__(self, *args: Any, persons: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["tlp"].choices = labels(_("None: only what the document says"))
        fields["named"].choices = list(persons)


class AddForm(forms.Form):
    """Files by hand."""

    use_required_attribute = False
    files = FilesField(  # type: ignore[assignment]  # a form takes its fields out of the class
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("CSAF or CVE records (JSON), or a ZIP of them. At most 50 files and 50 MB."),
        widget=SeveralFiles(attrs={"accept": ".json,.zip,.asc,.sha256,.sha512"}),
    )
    tlp = forms.ChoiceField(
        label=gettext_lazy("How far may it be passed on?"), required=False,
        help_text=gettext_lazy("What whoever gave it to you said. Of this and the label in a document the stricter one holds."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tlp"].choices = labels(_("Nothing was said of it"))  # type: ignore[attr-defined]


class ListsForm(forms.Form):
    """Public lists of weaknesses, by file."""

    use_required_attribute = False
    kev = forms.FileField(
        label=gettext_lazy("KEV: what is being used"), required=False,
        help_text=gettext_lazy("known_exploited_vulnerabilities.json of CISA."),
        widget=forms.FileInput(attrs={"accept": ".json"}),
    )  # fmt: skip
    epss = forms.FileField(
        label=gettext_lazy("EPSS: how likely use is"), required=False,
        help_text=gettext_lazy("epss_scores-….csv of FIRST, also packed (.gz)."),
        widget=forms.FileInput(attrs={"accept": ".csv,.gz"}),
    )  # fmt: skip
    ssvc = FilesField(
        label=gettext_lazy("SSVC: what CISA decided on"), required=False,
        help_text=gettext_lazy("Records of the CVE list with what CISA added (vulnrichment): JSON, or a ZIP of them."),
        widget=SeveralFiles(attrs={"accept": ".json,.zip"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """At least one list."""
        told = super().clean() or {}
        if not self.errors and not any(told.get(name) for name in ("kev", "epss", "ssvc")):
            raise forms.ValidationError(_("Choose at least one file."))
        return told


class BecauseForm(forms.Form):
    """Why."""

    use_required_attribute = False
    because = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the trail, with your name."),
    )  # fmt: skip


class AsideFilter(forms.Form):
    """Which documents that were set aside to show."""

    state = forms.ChoiceField(
        label=gettext_lazy("Which"), required=False,
        choices=[("", gettext_lazy("Still to settle")), ("settled", gettext_lazy("Read anyway or refused"))],
    )  # fmt: skip
    source = forms.TypedChoiceField(label=gettext_lazy("Source"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, sources: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("Every source")), *sources]  # type: ignore[attr-defined]
