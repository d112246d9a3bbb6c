"""Looking back, and adding evidence to what stands."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.ledger.forms.fields import FilesField
from dijkwacht.apps.people.forms import DayField


class ReplayForm(forms.Form):
    """On which day, and with what was known when. The names stand in the address of the page."""

    op = DayField(label=gettext_lazy("How was it on"), required=False)
    bekend = DayField(label=gettext_lazy("With what we knew on"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_bekend(self) -> date | None:
        """What will be known tomorrow, nobody knows."""
        day: date | None = self.cleaned_data["bekend"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day: what we will know is not known."))
        return day

    @property
    def moment(self) -> tuple[date, date]:
        """The day judged and the day of knowledge; today for what was left open or cannot be read."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        known = data.get("bekend") or self.today
        return data.get("op") or (known if data.get("bekend") else self.today), known

    @property
    def replayed(self) -> bool:
        """Whether this looks at anything but today."""
        return self.moment != (self.today, self.today)


class EvidenceForm(forms.Form):
    """Evidence for an answer that stands already."""

    evidence = FilesField(
        label=gettext_lazy("Evidence"),
        required=True,
        help_text=gettext_lazy("A report, a decision or a screenshot, at most 50 MB each."),
    )
    made_on = DayField(label=gettext_lazy("Date of the evidence"), required=False)
    explanation = forms.CharField(
        label=gettext_lazy("Explanation"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_evidence(self) -> Any:
        """At least one file: without it there is nothing to add."""
        files = self.cleaned_data["evidence"]
        if not files:
            raise forms.ValidationError(_("Choose a file."))
        return files

    def clean_made_on(self) -> date | None:
        """A document of tomorrow does not exist."""
        day: date | None = self.cleaned_data["made_on"]
        if day is not None and day > self.on:
            raise forms.ValidationError(_("This day lies in the future. Choose today or an earlier day."))
        return day


class WithdrawForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=1000)
