"""Actions of the plan, and what finishing one answers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.isms.forms.fields import Aware, PersonField, RequirementsField, area
from dijkwacht.apps.ledger.forms.fields import FilesField
from dijkwacht.apps.people.forms import DayField
from dijkwacht.core.facts import FactType
from dijkwacht.web.terms import text_of

NOT_ASKED_HERE = ("text", "duration", "exception", "reference")  # these have a page of their own


class ActionForm(Aware):
    """Something that will be done."""

    title = forms.CharField(label=gettext_lazy("What will be done"), max_length=200)
    text = area(gettext_lazy("Explanation"), required=False)
    owner = PersonField(label=gettext_lazy("Owner"))
    due = DayField(label=gettext_lazy("Before and with which day"))
    cost = forms.IntegerField(label=gettext_lazy("Cost in euros"), required=False, min_value=0, max_value=1_000_000_000)
    requirement = RequirementsField(
        label=gettext_lazy("Which requirement it serves"), required=False, max_length=80,
        help_text=gettext_lazy("When it is done, the questions of this requirement are asked with it."),
    )  # fmt: skip

    def clean_requirement(self) -> str:
        """At most one."""
        found: list[str] = self.cleaned_data["requirement"]
        if len(found) > 1:
            raise forms.ValidationError(_("Fill in one number."))
        return found[0] if found else ""


class FinishForm(Aware):
    """What was done, with its evidence, and the questions that it settles; a question left open is not answered."""

    result = area(gettext_lazy("What was done"))
    evidence = FilesField(
        label=gettext_lazy("Evidence"),
        help_text=gettext_lazy("A report, a decision or a screenshot, at most 50 MB each."),
    )
    made_on = DayField(label=gettext_lazy("Date of the evidence"), required=False)

    def __init__(self, *args: Any, questions: Sequence[tuple[str, str, FactType]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [f"answer_{number}" for number, each in enumerate(questions) if askable(each[2])]
        for number, (_key, text, kind) in enumerate(questions):
            if askable(kind):
                self.fields[f"answer_{number}"] = _answer_field(kind, text)

    def clean_made_on(self) -> date | None:
        """A document of tomorrow does not exist."""
        return self.not_later("made_on")

    def clean(self) -> dict[str, Any]:
        """A day that has not come is no answer."""
        cleaned = super().clean() or {}
        for name in self.questions:
            day = cleaned.get(name)
            if isinstance(day, date) and self.on is not None and day > self.on:
                self.add_error(name, _("This day lies in the future. Choose today or an earlier day."))
        return cleaned

    @property
    def answers(self) -> Mapping[int, Any]:
        """What was answered, by the place of the question."""
        found = {}
        for name in self.questions:
            value = self.cleaned_data.get(name)
            if value not in (None, ""):
                plain = value == "yes" if value in ("yes", "no") else value
                found[int(name.removeprefix("answer_"))] = plain
        return found


def askable(kind: FactType) -> bool:
    """Whether a question can be answered with a single field."""
    return kind.value not in NOT_ASKED_HERE


def _answer_field(kind: FactType, text: str) -> forms.Field:
    later = _("Leave open")
    if kind.value == "yes_no":
        choices = [("yes", _("Yes")), ("no", _("No")), ("", later)]
        return forms.ChoiceField(label=text, required=False, choices=choices, widget=forms.RadioSelect)
    if kind.value == "choice":
        options = [(each, text_of(kind.labels.get(each)) or each) for each in kind.choices]
        return forms.ChoiceField(label=text, required=False, choices=[("", later), *options])
    if kind.value == "date":
        return DayField(label=text, required=False)
    most = 100 if kind.value == "percentage" else 1_000_000_000
    return forms.IntegerField(label=text, required=False, min_value=0, max_value=most)
