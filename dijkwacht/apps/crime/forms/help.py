"""The forms of interventions, plans and desks. The helper for victims has its own in `forms/referral.py`."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.crime.models.help import Desk, Helped, Plan
from dijkwacht.apps.crime.services.desks import Told as DeskTold
from dijkwacht.apps.crime.services.plans import DEAREST
from dijkwacht.apps.crime.services.plans import Told as PlanTold
from dijkwacht.apps.people.forms import DayField
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web.terms import text_of

PLAN = (
    "title", "phenomena", "groups", "goal", "indicator", "unit", "baseline", "target", "key_person", "done_by", "cost",
    "start", "last_day", "evaluate_on",
)  # fmt: skip
DESK = ("point", "name", "phone", "hours", "place", "site")


class Plain(forms.Form):
    """A form whose empty fields are not wrong before anything was sent."""

    use_required_attribute = False


def _area(label: Any, *, help_text: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4_000, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


def _number(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=required, max_digits=12, decimal_places=2, localize=True, help_text=help_text
    )


def _named(rows: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, text_of(each.name)) for name, each in rows.items()]


class FilterForm(Plain):
    """Which interventions are shown."""

    fenomeen = forms.ChoiceField(label=gettext_lazy("Phenomenon"), required=False)
    doelgroep = forms.ChoiceField(label=gettext_lazy("Target group"), required=False)
    onderzoek = forms.ChoiceField(label=gettext_lazy("What was studied"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack, fields = crime_packs().catalogue, self.fields
        for name, rows in (
            ("fenomeen", pack.phenomena), ("doelgroep", pack.groups), ("onderzoek", {each.id: each for each in pack.scale}),
        ):  # fmt: skip
            fields[name].choices = [("", gettext_lazy("All")), *_named(rows)]  # type: ignore[attr-defined]


class GroupsForm(Plain):
    """For whom we look for an intervention."""

    doelgroep = forms.MultipleChoiceField(
        label=gettext_lazy("For whom do you look?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doelgroep"].choices = _named(crime_packs().catalogue.groups)  # type: ignore[attr-defined]


class PlanForm(Plain):
    """What a plan says."""

    title = forms.CharField(label=gettext_lazy("What it is called"), max_length=200)
    phenomena = forms.MultipleChoiceField(
        label=gettext_lazy("Against what"), widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("For whom"), required=False, widget=forms.CheckboxSelectMultiple
    )
    goal = _area(
        gettext_lazy("Goal"),
        help_text=gettext_lazy("Who does or knows what, when it has worked? Without a goal nothing can be evaluated."),
    )  # fmt: skip
    indicator = forms.CharField(
        label=gettext_lazy("What you measure"), max_length=300,
        help_text=gettext_lazy("Such as: residents of 65 and over who would check a call of their bank by calling back."),
    )  # fmt: skip
    unit = forms.CharField(
        label=gettext_lazy("Unit"), max_length=60, help_text=gettext_lazy("Such as: percent of participants, or: visits a month.")
    )  # fmt: skip
    baseline = _number(
        gettext_lazy("What it is now"), required=False,
        help_text=gettext_lazy("Measure before you begin; otherwise there is nothing to compare with."),
    )  # fmt: skip
    target = _number(gettext_lazy("What it should become"), required=False)
    key_person = forms.CharField(
        label=gettext_lazy("Key person"), max_length=200,
        help_text=gettext_lazy("Whom the target group trusts: a role, not a name. Such as: coach of the football club."),
    )  # fmt: skip
    done_by = forms.CharField(
        label=gettext_lazy("Who does it"), max_length=200, help_text=gettext_lazy("An organisation or a function.")
    )
    cost = forms.IntegerField(
        label=gettext_lazy("What it costs, in euros"), required=False, min_value=0, max_value=DEAREST
    )
    start = DayField(label=gettext_lazy("First day"))
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty when no end was set.")
    )
    evaluate_on = DayField(
        label=gettext_lazy("Evaluate on"), help_text=gettext_lazy("The day on which you write down what was learned.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack, fields = crime_packs().catalogue, self.fields
        fields["phenomena"].choices = _named(pack.phenomena)  # type: ignore[attr-defined]
        fields["groups"].choices = _named(pack.groups)  # type: ignore[attr-defined]

    def told(self, intervention: str) -> PlanTold:
        """What was filled in. Of a form that was looked at (`is_valid`)."""
        return PlanTold(intervention=intervention, **self.cleaned_data)


class MeasureForm(Plain):
    """What the indicator was on a day."""

    on = DayField(label=gettext_lazy("Measured on"))
    value = _number(gettext_lazy("Value"))
    source = forms.CharField(
        label=gettext_lazy("How it was measured"), max_length=300,
        help_text=gettext_lazy("Among how many, by whom, and with which questions. No names."),
    )  # fmt: skip

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = unit


class EvaluateForm(Plain):
    """What was learned; that ends a plan."""

    on = DayField(label=gettext_lazy("Evaluated on"))
    helped = forms.ChoiceField(
        label=gettext_lazy("What you can say of the goal"), widget=forms.RadioSelect, choices=Helped.choices
    )
    learned = _area(
        gettext_lazy("What was learned from it"), rows=5,
        help_text=gettext_lazy("What worked, what did not, what others should know, and what else may explain the figures."),
    )  # fmt: skip


class DeskForm(Plain):
    """How a desk is reached here."""

    point = forms.ChoiceField(label=gettext_lazy("Which desk"))
    name = forms.CharField(label=gettext_lazy("What it is called here"), max_length=120)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30, required=False)
    hours = forms.CharField(
        label=gettext_lazy("When it is open"), max_length=200, required=False,
        help_text=gettext_lazy("Such as: Monday to Friday, 9.00 to 17.00."),
    )  # fmt: skip
    place = forms.CharField(label=gettext_lazy("Where it is"), max_length=200, required=False)
    site = forms.CharField(
        label=gettext_lazy("Site"), max_length=200, required=False, help_text=gettext_lazy("Starts with https://.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].choices = _named(crime_packs().referral.points)  # type: ignore[attr-defined]

    def told(self) -> DeskTold:
        """What was filled in. Of a form that was looked at (`is_valid`)."""
        return DeskTold(**self.cleaned_data)


def shown_plan(row: Plan) -> dict[str, Any]:
    """What a plan says now, for `PlanForm`."""
    return {name: getattr(row, name) for name in PLAN}


def shown_desk(row: Desk) -> dict[str, Any]:
    """How a desk is reached now, for `DeskForm`."""
    return {name: getattr(row, name) for name in DESK}
