"""Offers, what we find of them, the award, and looking again at what was agreed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.suppliers.forms.register import day
from dijkwacht.apps.suppliers.forms.tenders import Plain, area
from dijkwacht.apps.suppliers.models import Kept, Offered, ServiceKind, Severity
from dijkwacht.apps.suppliers.queries.tenders import Row
from dijkwacht.apps.suppliers.services.offering import Told

Options = Iterable[tuple[Any, Any]]
VERIFIED = [
    ("unknown", gettext_lazy("Not looked at")),
    *((code, word) for code, word in Offered.choices if code != "unknown"),
]
NEW = "new"


class OfferForm(Plain):
    """Who offers."""

    name = forms.CharField(label=gettext_lazy("Name of the party"), max_length=200)
    kvk = forms.CharField(
        label=gettext_lazy("KvK number"), required=False, max_length=20,
        help_text=gettext_lazy("With it we find the supplier in your register when you award."),
    )  # fmt: skip
    received_on = day(gettext_lazy("Received on"), required=True)


class NewOfferForm(OfferForm):
    """Who offers, with the workbook that was filled in."""

    file = forms.FileField(
        label=gettext_lazy("Filled-in workbook"), required=False,
        help_text=gettext_lazy("The answers are read out of it. Without it you fill them in here."),
    )  # fmt: skip


class AnswersForm(Plain):
    """A workbook that was filled in."""

    file = forms.FileField(label=gettext_lazy("Filled-in workbook"), help_text=gettext_lazy("As ODS, XLSX or CSV."))


class OfferLinesForm(Plain):
    """What an offer says to each of some lines, and what we found of it."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, told: Sequence[Row], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = [each for each in told if each.row is not None]
        self.fields["seen"].initial = seen
        for each in self.told:
            row: Any = each.row
            self.fields[f"says_{row.pk}"] = forms.ChoiceField(
                label=_("The offer says"), choices=Offered.choices, initial=row.says
            )
            self.fields[f"text_{row.pk}"] = area(_("In its words"), required=False, rows=2, most=20_000)
            self.fields[f"text_{row.pk}"].initial = row.text
            self.fields[f"verified_{row.pk}"] = forms.ChoiceField(
                label=_("We found"), choices=VERIFIED, initial=row.verified
            )

    @property
    def rows(self) -> list[tuple[Row, list[Any]]]:
        """Each line with its fields."""
        names = ("says", "text", "verified")
        return [(each, [self[f"{name}_{each.row.pk}"] for name in names]) for each in self.told if each.row]

    @property
    def said(self) -> dict[int, Told]:
        """What was told, by number of the offered line; for a form that is valid."""
        data = self.cleaned_data
        numbers = [each.row.pk for each in self.told if each.row]
        return {pk: Told(data[f"says_{pk}"], data[f"text_{pk}"], data[f"verified_{pk}"]) for pk in numbers}


class AwardForm(Plain):
    """With whom, on which contract, for which service. What is new here is made in the register."""

    supplier = forms.ChoiceField(label=gettext_lazy("Who is it in your register?"))
    contract = forms.ChoiceField(label=gettext_lazy("On which contract?"))
    title = forms.CharField(label=gettext_lazy("Name of the new contract"), required=False, max_length=200)
    number = forms.CharField(label=gettext_lazy("Number of the new contract"), required=False, max_length=80)
    starts_on = day(gettext_lazy("First day of the new contract"))
    last_day = day(
        gettext_lazy("Last day of the new contract"),
        help_text=gettext_lazy("Empty: without end."),
    )  # fmt: skip
    service = forms.ChoiceField(label=gettext_lazy("For which service?"), required=False)
    service_name = forms.CharField(label=gettext_lazy("Name of the new service"), required=False, max_length=200)
    service_kind = forms.ChoiceField(
        label=gettext_lazy("What kind of service?"), choices=ServiceKind.choices, initial=ServiceKind.OTHER
    )

    def __init__(self, *args: Any, suppliers: Options, contracts: Options, services: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("supplier", [(NEW, _("New: as it stands on the offer")), *suppliers])
        self._choices("contract", [(NEW, _("A new contract")), *contracts])
        self._choices("service", [("", _("None yet")), (NEW, _("A new service")), *services])

    def _choices(self, name: str, choices: Options) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What is new needs a name, and a contract its first day."""
        data = super().clean() or {}
        if data.get("contract") == NEW and "starts_on" in data and not data["starts_on"]:
            self.add_error("starts_on", _("Fill in the first day."))
        if data.get("service") == NEW and not (data.get("service_name") or "").strip():
            self.add_error("service_name", _("Fill in what the service is called."))
        return data


class LookForm(Plain):
    """What a look at something agreed found."""

    kept = forms.ChoiceField(label=gettext_lazy("Is it kept to?"), choices=Kept.choices, widget=forms.RadioSelect)
    note = area(
        gettext_lazy("What did you see?"), required=False, most=20_000,
        help_text=gettext_lazy("Needed when it is not kept to, or in part only."),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("File that shows it"), required=False)
    severity = forms.ChoiceField(
        label=gettext_lazy("If it is not kept to: how bad is that?"), choices=Severity.choices, initial=Severity.MEDIUM
    )
    mend_by = day(
        gettext_lazy("If it is not kept to: last day to mend it"),
        help_text=gettext_lazy("Empty: 30 days from now."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ArrangeForm(Plain):
    """Who looks at something agreed, how often, and when next."""

    owner = forms.TypedChoiceField(label=gettext_lazy("Who looks"), required=False, coerce=int, empty_value=None)
    follow_months = forms.IntegerField(
        label=gettext_lazy("Every so many months"), required=False, min_value=1, max_value=120,
        help_text=gettext_lazy("Empty: looking once is enough."),
    )  # fmt: skip
    due = day(gettext_lazy("Next time no later than"))

    def __init__(self, *args: Any, persons: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Nobody yet")), *persons]  # type: ignore[attr-defined]
