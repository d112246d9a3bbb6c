"""Audits and management reviews."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.isms.forms.fields import Aware, RequirementsField, area
from dijkwacht.apps.isms.forms.plan import ActionForm
from dijkwacht.apps.isms.models import (
    AuditKind,
    Severity,
)
from dijkwacht.apps.people.forms import DayField
from dijkwacht.core.isms import AgendaItem
from dijkwacht.web.terms import text_of


class AuditForm(Aware):
    """An audit in the programme."""

    title = forms.CharField(label=gettext_lazy("What is looked at"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("What kind"), choices=AuditKind.choices, widget=forms.RadioSelect)
    planned_on = DayField(label=gettext_lazy("When"))
    auditor = forms.CharField(
        label=gettext_lazy("By whom"), max_length=200, help_text=gettext_lazy("Not somebody who judges his own work.")
    )
    scope = area(gettext_lazy("How it is looked at"), required=False)
    requirements = RequirementsField(
        label=gettext_lazy("Which lines"), required=False, max_length=4000,
        help_text=gettext_lazy("Numbers with a comma between them, such as bio2:8.13.04, iso27002:7.4"),
    )  # fmt: skip


class FindingForm(Aware):
    """What an auditor found."""

    severity = forms.ChoiceField(label=gettext_lazy("How bad"), choices=Severity.choices, widget=forms.RadioSelect)
    text = area(gettext_lazy("What was found"))
    requirement = RequirementsField(label=gettext_lazy("Against which requirement"), required=False, max_length=80)
    due = DayField(label=gettext_lazy("Put right before and with which day"))

    clean_requirement = ActionForm.clean_requirement


class CloseFindingForm(Aware):
    """Why a finding is closed."""

    cause = area(gettext_lazy("What the cause was"))
    reason = area(gettext_lazy("How you know that it was put right"))


class FinishAuditForm(Aware):
    """What an audit came to."""

    conclusion = area(gettext_lazy("Conclusion"), rows=5)
    independent = forms.BooleanField(label=gettext_lazy("Nobody judged his own work"), required=False)


class ReviewDayForm(Aware):
    """When a review is held."""

    planned_on = DayField(label=gettext_lazy("When"))


class MinutesForm(Aware):
    """What was said, point by point."""

    present = forms.CharField(label=gettext_lazy("Who were there"), max_length=500)
    conclusion = area(
        gettext_lazy("What the management concludes"),
        help_text=gettext_lazy("Is the system suitable, adequate and effective? What changes?"),
    )

    def __init__(self, *args: Any, agenda: Sequence[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points: dict[str, forms.Field] = {
            f"point_{each.id}": area(text_of(each.title), required=False, rows=2, help_text=text_of(each.text))
            for each in agenda
        }
        self.points = list(points)
        self.fields = {"present": self.fields["present"], **points, "conclusion": self.fields["conclusion"]}

    @property
    def minutes(self) -> dict[str, str]:
        """Text per point."""
        return {name.removeprefix("point_"): self.cleaned_data[name] for name in self.points}
