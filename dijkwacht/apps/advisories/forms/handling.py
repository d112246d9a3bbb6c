"""What is asked about a warning: who handles it, what is made of it, how its assets stand, which version is in use."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.advisories.models import SETTLED, Outcome, WarningState
from dijkwacht.apps.advisories.queries.handling import EVERY, NOBODY
from dijkwacht.apps.advisories.services.handling import LONG, SHORT, VERDICTS, Said
from dijkwacht.apps.advisories.words import REFUSED
from dijkwacht.apps.people.models import Person
from dijkwacht.core.advisories.handling import FLAGS
from dijkwacht.core.advisories.priority import GRADES as GRADED
from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.text import capital
from dijkwacht.web.csaf_words import flag_word
from dijkwacht.web.priority_words import level_word
from dijkwacht.web.rating_words import GRADES

Options = Iterable[tuple[Any, Any]]
SAYS = (*VERDICTS, WarningState.ACCEPTED)


def _person(label: Any, **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, **more)


def _area(label: Any, *, most: int, rows: int, required: bool = True, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, help_text=help_text)


class Shown(forms.Form):
    """A form in which an empty field is not wrong before anything was sent."""

    use_required_attribute = False


class GiveForm(Shown):
    """Who handles it."""

    handler = _person(gettext_lazy("Who handles it"))

    def __init__(self, *args: Any, persons: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].choices = [("", _("Nobody yet")), *persons]  # type: ignore[attr-defined]


class AssessForm(Shown):
    """The written assessment. ``high``: the publisher rates likelihood and damage both high; ``whole``: there are no assets."""

    assessment = _area(
        gettext_lazy("What do you do with it, and why?"), most=LONG, rows=6,
        help_text=gettext_lazy("What it means for you, what you do and before when. A supervisor may ask for it."),
    )  # fmt: skip
    likelihood = forms.ChoiceField(label=gettext_lazy("Likelihood, as you see it"), required=False)
    damage = forms.ChoiceField(label=gettext_lazy("Damage, as you see it"), required=False)
    because = _area(
        gettext_lazy("Why lower than the publisher"), most=SHORT, rows=3, required=False,
        help_text=gettext_lazy("Only needed when you do not rate both high, while the publisher does. The week runs on."),
    )  # fmt: skip
    verdict = forms.ChoiceField(
        label=gettext_lazy("How it stands"), widget=forms.RadioSelect,
        help_text=gettext_lazy("None of your registered products is touched, so you say it of the warning as a whole."),
    )  # fmt: skip

    def __init__(self, *args: Any, high: bool, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        grades = [("", _("As the publisher")), *((each, capital(str(GRADES[each]))) for each in reversed(GRADED))]
        fields["likelihood"].choices = fields["damage"].choices = grades
        fields["verdict"].choices = [(each.value, each.label) for each in VERDICTS]
        if not high:
            del fields["because"]
        if not whole:
            del fields["verdict"]


class StatusForm(Shown):
    """How assets stand. ``weaknesses``: those that may be chosen; without, it is said of all."""

    status = forms.ChoiceField(label=gettext_lazy("How it stands"), widget=forms.RadioSelect)
    flag = forms.ChoiceField(
        label=gettext_lazy("Why not affected"), required=False,
        help_text=gettext_lazy("Only for “not affected”. Choose a reason here, or say it in your own words below."),
    )  # fmt: skip
    because = _area(
        gettext_lazy("In your own words"), most=SHORT, rows=3, required=False,
        help_text=gettext_lazy("What was done, why it does not affect you, or why the risk is accepted."),
    )  # fmt: skip
    decided = _person(
        gettext_lazy("Who accepted the risk"), help_text=gettext_lazy("Only for “risk accepted”: who may decide that.")
    )
    until = forms.DateField(
        label=gettext_lazy("Accepted until"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Only for “risk accepted”: the last day. After it the warning is open again."),
    )  # fmt: skip
    weaknesses = forms.MultipleChoiceField(
        label=gettext_lazy("Only of these weaknesses"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick none to say it of all of them."),
    )  # fmt: skip

    def __init__(self, *args: Any, persons: Options, weaknesses: Options, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.people = on, dict[int, Person]()
        fields: Any = self.fields
        fields["status"].choices = [(each.value, each.label) for each in SAYS]
        fields["flag"].choices = [("", _("None of these")), *((each, flag_word(each)) for each in FLAGS)]
        fields["decided"].choices = [("", _("Nobody")), *persons]
        fields["weaknesses"].choices = chosen = list(weaknesses)
        if len(chosen) < 2:
            del fields["weaknesses"]

    def said(self, decided: Person | None) -> Said:
        """What was filled in."""
        told = self.cleaned_data
        return Said(told["status"], told["flag"], told["because"], decided, told["until"])

    def clean(self) -> dict[str, Any]:
        """Each field that lacks for what was chosen."""
        told = super().clean() or {}
        if "status" not in told:
            return told
        accepted = told["status"] == WarningState.ACCEPTED
        stands = Person(name="x") if accepted and told.get("decided") else None
        said = Said(told["status"], told.get("flag", ""), told.get("because", ""), stands, told.get("until"))
        for field, code in said.wrong(on=self.on):
            if not self.has_error(field):
                self.add_error(field, REFUSED[code])
        return told


class VersionForm(Shown):
    """Which version is in use."""

    version = forms.CharField(
        label=gettext_lazy("Which version do you use?"), max_length=200,
        help_text=gettext_lazy("As the product shows it, for example 3.2.1. It stands in the product register from now on."),
    )  # fmt: skip


class WarningsFilter(forms.Form):
    """Which warnings to show."""

    text = forms.CharField(label=gettext_lazy("Text, CVE, product"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("How it stands"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Priority"), required=False)
    handler = forms.TypedChoiceField(label=gettext_lazy("Handled by"), required=False, coerce=int, empty_value=None)
    outcome = forms.ChoiceField(label=gettext_lazy("Why you"), required=False)
    desk = forms.TypedChoiceField(label=gettext_lazy("Warned by"), required=False, coerce=int, empty_value=None)
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, handlers: Options, desks: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        open_ = [each for each in WarningState if each not in SETTLED]
        states = [*open_, *SETTLED]
        fields["state"].choices = [
            ("", _("Not done")), *((each.value, each.label) for each in states), (EVERY, _("All of them")),
        ]  # fmt: skip
        fields["level"].choices = [
            ("", _("Every priority")),
            *((each, capital(level_word(each))) for each in reversed(LEVELS)),
        ]
        fields["handler"].choices = [("", _("Everybody")), (NOBODY, _("Nobody yet")), *handlers]
        fields["outcome"].choices = [("", _("Every reason")), *Outcome.choices]
        fields["desk"].choices = [("", _("Every desk")), *desks]
        if len(list(fields["desk"].choices)) < 3:
            del fields["desk"]

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked that can be; what cannot is left out."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
