"""Forms of the sources: a table that is brought, its columns, where we lie, own counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.crime.words_figures import SHORT
from dijkwacht.core.crime.tables import Shape
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web.templatetags.ui import text_of


class DayInput(forms.DateInput):
    """A day, chosen by the browser."""

    input_type = "date"


class TableForm(forms.Form):
    """A public table as a file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "JSON or CSV as the source gave it, or a zip with the table and its lists. At most 64 MB."
        ),
    )
    table = forms.ChoiceField(
        label=gettext_lazy("Which table"), required=False,
        help_text=gettext_lazy("Only needed when the file does not say so itself."),
    )  # fmt: skip
    fetched_on = forms.DateField(label=gettext_lazy("Fetched on"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables = crime_packs().figures.shapes.values()
        choices = [(each.id, f"{each.id}: {text_of(each.name)}") for each in tables]
        self.fields["table"].choices = [("", _("It is in the file")), *choices]  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """Which column is what, where the titles are not those that we know."""

    def __init__(self, *args: Any, shape: Shape, there: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("As we know it")), *((key, f"{title} ({key})" if title else key) for key, title in there)]
        for measure in shape.measures:
            self.fields[f"column_{measure.id}"] = forms.ChoiceField(
                label=SHORT[measure.id], choices=choices, required=False
            )


class WithdrawForm(forms.Form):
    """Why an edition is not right."""

    because = forms.CharField(label=gettext_lazy("What is wrong with it"), max_length=300)


class PlaceForm(forms.Form):
    """In which areas of the tables we lie, by code."""

    municipality = forms.CharField(
        label=gettext_lazy("Municipality"), max_length=12,
        help_text=gettext_lazy("The code of Statistics Netherlands, such as GM0000."),
    )  # fmt: skip
    team = forms.CharField(label=gettext_lazy("Police team"), max_length=12, required=False)
    district = forms.CharField(label=gettext_lazy("Police district"), max_length=12, required=False)
    unit = forms.CharField(label=gettext_lazy("Police unit"), max_length=12, required=False)
    province = forms.CharField(label=gettext_lazy("Province"), max_length=12, required=False)


class CountsForm(forms.Form):
    """Own counts from a spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "XLSX, ODS or CSV with the columns bron, periode, fenomeen and aantal. Only counts, never persons."
        ),
    )


def chosen(data: Mapping[str, Any]) -> dict[str, str]:
    """Which column a person pointed out per measure."""
    return {
        key.removeprefix("column_"): str(value)[:80]
        for key, value in data.items()
        if key.startswith("column_") and value
    }
