"""A file to import, and which column holds what."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.core.intake_columns import ROLES

ROLE_WORDS = {
    "number": gettext_lazy("Number of the measure"),
    "question": gettext_lazy("Question"),
    "subject": gettext_lazy("About which system, supplier …"),
    "answer": gettext_lazy("Answer"),
    "explanation": gettext_lazy("Explanation"),
    "evidence": gettext_lazy("Evidence"),
    "date": gettext_lazy("Date"),
    "owner": gettext_lazy("Owner"),
}
HAPPENED, ANSWERED = "happened", "answered"  # what the date of a row is taken for, besides the day of the answer
DATES = [
    (HAPPENED, gettext_lazy("When it was answered, and where one date is asked also when it happened")),
    (ANSWERED, gettext_lazy("Only when it was answered")),
]
Options = Sequence[tuple[Any, str]]


class UploadForm(forms.Form):
    """The file, and for an audit of CISO Assistant the framework that belongs to it."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("XLSX, ODS or CSV, at most 20 MB. An audit from CISO Assistant is recognised."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
    )
    library = forms.FileField(
        label=gettext_lazy("Framework from CISO Assistant (YAML)"),
        required=False,
        help_text=gettext_lazy("Only needed when the numbers in the audit are not those of the norm."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )


class ColumnsForm(forms.Form):
    """Where the table stands and which column holds what. Columns count from 0; empty: there is none."""

    sheet = forms.TypedChoiceField(label=gettext_lazy("Sheet"), coerce=int, required=False, empty_value=None)
    header = forms.IntegerField(label=gettext_lazy("Row with the headings"), min_value=1, required=False)
    catalog = forms.ChoiceField(label=gettext_lazy("Numbers are those of"), required=False)
    dates = forms.ChoiceField(label=gettext_lazy("The date says"), choices=DATES, required=False)

    def __init__(
        self, *args: Any, sheets: Options, columns: Options, catalogs: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = sheets  # type: ignore[attr-defined]
        self.fields["catalog"].choices = [("", _("As the file itself says")), *catalogs]  # type: ignore[attr-defined]
        for role in ROLES:
            self.fields[role] = forms.TypedChoiceField(
                label=ROLE_WORDS[role], required=False, coerce=int, empty_value=None,
                choices=[("", _("No column")), *columns],
            )  # fmt: skip
