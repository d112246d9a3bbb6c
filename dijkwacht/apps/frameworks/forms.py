"""What somebody brings, and how a list of lines is narrowed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.core.verdict import Status
from dijkwacht.web.sentences import capital
from dijkwacht.web.terms import status_word

MOST_FILES = 12


class SeveralFiles(forms.FileInput):
    """A control that takes more than one file."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All files under this name."""
        return files.getlist(name)


class FilesField(forms.FileField):
    """One file or more; clean gives a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, each cleaned. Raises ValidationError: none, or too many."""
        found = [super(FilesField, self).clean(each, initial) for each in data or [None]]
        if len(found) > MOST_FILES:
            raise forms.ValidationError(_("Bring at most %(n)s files at once.") % {"n": MOST_FILES})
        return found


class BringForm(forms.Form):
    """Files that belong together, and of which norm the numbers are where the files do not say so."""

    file = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "OSCAL (JSON or YAML), a library of CISO Assistant (YAML), the official BIO2 (Markdown), or your own copy of a"
            " norm (XLSX, ODS or CSV with number, title and text). Choose files that refer to each other together."
        ),
        widget=SeveralFiles(attrs={"accept": ".json,.yaml,.yml,.md,.csv,.xlsx,.ods"}),
    )
    norm = forms.ChoiceField(
        label=gettext_lazy("Numbers of which norm"),
        required=False,
        help_text=gettext_lazy("For your own copy of a norm, and for a mapping that does not say so itself."),
    )

    def __init__(self, *args: Any, norms: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("The files say so themselves")), *norms]
        self.fields["norm"].choices = choices  # type: ignore[attr-defined]


class LinesForm(forms.Form):
    """Which lines of a framework to show."""

    text = forms.CharField(label=gettext_lazy("Number or words"), required=False, max_length=100)
    verdict = forms.ChoiceField(label=gettext_lazy("Verdict"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdicts = [(str(each), capital(status_word(each))) for each in Status]
        self.fields["verdict"].choices = [("", _("Every verdict")), *verdicts]  # type: ignore[attr-defined]
