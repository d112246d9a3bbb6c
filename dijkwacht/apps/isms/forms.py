"""What people fill in in this room, checked field by field. No form reads or writes the database."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.isms.models import (
    AuditKind,
    CircumstanceKind,
    PolicyEventKind,
    Severity,
    TreatmentKind,
    WeighingKind,
)
from dijkwacht.apps.ledger.forms.fields import FilesField
from dijkwacht.apps.people.forms import DayField
from dijkwacht.core.facts import FactType
from dijkwacht.core.isms import AgendaItem, Classification, Level, Scale
from dijkwacht.web.terms import text_of

Options = Iterable[tuple[Any, str]]
LONG = 10_000
NOT_ASKED_HERE = ("text", "duration", "exception", "reference")  # these have a page of their own


def area(label: Any, *, required: bool = True, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """A field for a longer text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONG, widget=widget, help_text=help_text)


class PersonField(forms.TypedChoiceField):
    """Somebody with a role here; empty for nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"coerce": int, "empty_value": None, "required": False, **kwargs})


class RequirementsField(forms.CharField):
    """Numbers of requirements with a comma between them: ``bio2:8.13.04``, or ``8.13.04`` for a measure of BIO2."""

    known: Collection[str] = ()

    def clean(self, value: Any) -> list[str]:
        """The ids, each once. A number that no norm has is named."""
        text = super().clean(value)
        found: list[str] = []
        for word in re.split(r"[,;\n]+", text):
            plain = word.strip()
            tries = (plain, plain.lower(), f"bio2:{plain}", plain.lower().replace(" ", ":", 1))
            name = next((each for each in tries if each in self.known), None)
            if name is None and plain:
                raise forms.ValidationError(_("There is no requirement %(name)s.") % {"name": plain[:60]})
            if name is not None:
                found.append(name)
        return list(dict.fromkeys(found))


class Aware(forms.Form):
    """A form that knows the persons, requirements and day it is about. What it does not use it ignores."""

    use_required_attribute = False  # an empty field is not wrong before anything was sent

    def __init__(
        self,
        *args: Any,
        persons: Options = (),
        requirements: Collection[str] = (),
        subjects: Options = (),
        on: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        for name, field in self.fields.items():
            if isinstance(field, PersonField):
                field.choices = [("", _("Nobody yet")), *persons]
            elif isinstance(field, RequirementsField):
                field.known = requirements
            elif name in ("subjects", "systems"):
                field.choices = list(subjects)  # type: ignore[attr-defined]

    def not_later(self, name: str) -> date | None:
        """A day that has come."""
        day: date | None = self.cleaned_data[name]
        if day is not None and self.on is not None and day > self.on:
            raise forms.ValidationError(_("This day lies in the future. Choose today or an earlier day."))
        return day


class ScopeForm(Aware):
    """What the management system is about."""

    inside = area(gettext_lazy("What is within the scope"), rows=4, help_text=gettext_lazy(
        "Processes, systems, locations and what others do for us. At least the critical processes and systems."))  # fmt: skip
    outside = area(gettext_lazy("What is outside it"), required=False)
    reasons = area(gettext_lazy("Why the boundary lies there"))


class PublishForm(Aware):
    """Where everybody can read it."""

    place = forms.URLField(label=gettext_lazy("Address of the page"), max_length=500, assume_scheme="https")


class CircumstanceForm(Aware):
    """Something about our surroundings."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it"), choices=CircumstanceKind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=gettext_lazy("In a few words"), max_length=200)
    text = area(gettext_lazy("What it means for us; of a party: what it expects"), required=False)


class KnownForm(Aware):
    """Several things from the packs at once."""

    known = forms.MultipleChoiceField(label=gettext_lazy("Take over"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, known: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known"].choices = list(known)  # type: ignore[attr-defined]


class ClassifyForm(Aware):
    """Availability, integrity, confidentiality, and how long without."""

    recovery = forms.IntegerField(
        label=gettext_lazy("Back within how many hours"), required=False, min_value=0, max_value=100_000
    )
    loss = forms.IntegerField(
        label=gettext_lazy("Of how many hours may the work be lost"), required=False, min_value=0, max_value=100_000
    )
    critical = forms.ChoiceField(
        label=gettext_lazy("Critical for services"), required=False, widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("", gettext_lazy("Not decided"))],
    )  # fmt: skip
    reason = area(gettext_lazy("Why"), required=False)

    def __init__(self, *args: Any, classification: Classification, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        graded: dict[str, forms.Field] = {
            each.id: _levels(each.levels, label=f"{text_of(each.name)}: {text_of(each.question)}")
            for each in classification.aspects
        }
        self.fields = {**graded, **self.fields}
        self.aspects = [each.id for each in classification.aspects]

    @property
    def levels(self) -> dict[str, int]:
        """The level per aspect."""
        return {name: self.cleaned_data[name] for name in self.aspects}


def _levels(levels: Sequence[Level], *, label: Any) -> forms.TypedChoiceField:
    choices = [(each.value, f"{each.value}. {text_of(each.name)}: {text_of(each.meaning)}") for each in levels]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, widget=forms.RadioSelect)


class LeanForm(Aware):
    """The systems that a process leans on."""

    systems = forms.MultipleChoiceField(
        label=gettext_lazy("Systems"), required=False, widget=forms.CheckboxSelectMultiple
    )


class RiskForm(Aware):
    """A risk in words, with its owner and links."""

    title = forms.CharField(label=gettext_lazy("What can go wrong"), max_length=200)
    cause = area(gettext_lazy("By what"), required=False)
    consequence = area(gettext_lazy("With what consequence"), required=False)
    owner = PersonField(label=gettext_lazy("Owner"), help_text=gettext_lazy("Somebody in the line, not the CISO."))
    subjects = forms.MultipleChoiceField(
        label=gettext_lazy("Which processes and systems"), required=False, widget=forms.CheckboxSelectMultiple
    )
    requirements = RequirementsField(
        label=gettext_lazy("What helps against it"), required=False, max_length=1000,
        help_text=gettext_lazy("Numbers with a comma between them, such as bio2:8.13.04, iso27002:7.4"),
    )  # fmt: skip


class WeighForm(Aware):
    """Likelihood, and the impact in each area."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you weigh"), choices=WeighingKind.choices, widget=forms.RadioSelect
    )
    reason = area(gettext_lazy("On what this rests"), required=False)

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weighed: dict[str, forms.Field] = {
            "kind": self.fields["kind"], "likelihood": _levels(scale.likelihood, label=_("Likelihood")),
        }  # fmt: skip
        for each in scale.areas:
            choices = [
                (level.value, f"{level.value}. {text_of(level.name)}: {text_of(meaning)}")
                for level, meaning in zip(scale.impact, each.levels, strict=True)
            ]
            weighed[each.id] = forms.TypedChoiceField(label=text_of(each.name), choices=choices, coerce=int)
        self.fields = {**weighed, **self.fields}
        self.areas = [each.id for each in scale.areas]

    @property
    def impacts(self) -> dict[str, int]:
        """The level per area."""
        return {name: self.cleaned_data[name] for name in self.areas}


class TreatForm(Aware):
    """What is done about a risk."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you choose"), widget=forms.RadioSelect,
        choices=[each for each in TreatmentKind.choices if each[0] != TreatmentKind.ACCEPT],
    )  # fmt: skip
    reason = area(gettext_lazy("Why, and how"))


class AcceptForm(Aware):
    """Accepting what remains of a risk."""

    until = DayField(label=gettext_lazy("Until and with which day"))
    reason = area(gettext_lazy("Why this is acceptable for now"))


class DeviationForm(Aware):
    """A guideline that is not followed for a time."""

    requirement = RequirementsField(
        label=gettext_lazy("Which guideline"),
        max_length=80,
        help_text=gettext_lazy("A number of ISO 27002, such as iso27002:7.4"),
    )
    until = DayField(label=gettext_lazy("Until and with which day"))
    reason = area(gettext_lazy("Why it is not followed"))
    instead = area(gettext_lazy("What is done instead"), required=False)

    def clean_requirement(self) -> str:
        """One of them."""
        found: list[str] = self.cleaned_data["requirement"]
        if len(found) != 1:
            raise forms.ValidationError(_("Fill in one number."))
        return found[0]


class ReasonForm(Aware):
    """Why something ends."""

    reason = area(gettext_lazy("Why"))


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


class PolicyForm(Aware):
    """A policy in the list."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    owner = PersonField(label=gettext_lazy("Owner"))
    place = forms.CharField(
        label=gettext_lazy("Where it is"), required=False, max_length=500,
        help_text=gettext_lazy("An address or the number in your document system."),
    )  # fmt: skip
    months = forms.IntegerField(
        label=gettext_lazy("Reviewed every how many months"), min_value=1, max_value=60, initial=12
    )


class PolicyEventForm(Aware):
    """Adopted, or reviewed and found right."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"), choices=PolicyEventKind.choices, widget=forms.RadioSelect
    )
    day = DayField(label=gettext_lazy("On which day"))
    by = forms.CharField(label=gettext_lazy("By whom"), max_length=200)
    version = forms.CharField(label=gettext_lazy("Version"), required=False, max_length=40)
    place = forms.CharField(label=gettext_lazy("Where it is"), required=False, max_length=500)
    evidence = FilesField(label=gettext_lazy("Decision or document"))

    def clean_day(self) -> date | None:
        """What will be decided tomorrow is not decided."""
        return self.not_later("day")


class TrainingForm(Aware):
    """A training that was held."""

    group = forms.ChoiceField(label=gettext_lazy("For whom"))
    title = forms.CharField(label=gettext_lazy("What it was"), max_length=200)
    held_on = DayField(label=gettext_lazy("On which day"))
    invited = forms.IntegerField(
        label=gettext_lazy("How many were invited"), required=False, min_value=0, max_value=100_000
    )
    attended = forms.IntegerField(label=gettext_lazy("How many came"), required=False, min_value=0, max_value=100_000)
    provider = forms.CharField(label=gettext_lazy("Given by"), required=False, max_length=200)

    def __init__(self, *args: Any, groups: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = list(groups)  # type: ignore[attr-defined]

    def clean_held_on(self) -> date | None:
        """What is planned was not held."""
        return self.not_later("held_on")

    def clean(self) -> dict[str, Any]:
        """Nobody comes who was not invited."""
        cleaned = super().clean() or {}
        invited, attended = cleaned.get("invited"), cleaned.get("attended")
        if invited is not None and attended is not None and attended > invited:
            self.add_error("attended", _("More came than were invited."))
        return cleaned
