"""Planning, leading and playing a session, and looking back on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.exercises.forms.fields import Asking, area, several
from dijkwacht.apps.exercises.models import LessonKind
from dijkwacht.apps.exercises.words import JUDGED
from dijkwacht.apps.people.forms import DayField
from dijkwacht.core.exercises import FACTORS


class PlanForm(Asking):
    """Date and goal of a session, and its scenario."""

    scenario = forms.ChoiceField(label=gettext_lazy("Scenario"))
    title = forms.CharField(label=gettext_lazy("What the exercise is called"), max_length=200)
    planned_on = DayField(label=gettext_lazy("When"))
    goal = area(gettext_lazy("What you want to learn"), required=False)


class ChangePlanForm(Asking):
    """The same of a session that stands, and which roles guests may choose."""

    title = forms.CharField(label=gettext_lazy("What the exercise is called"), max_length=200)
    planned_on = DayField(label=gettext_lazy("When"))
    goal = area(gettext_lazy("What you want to learn"), required=False)
    guest_roles = several(
        gettext_lazy("Roles that guests may choose"), required=False,
        help_text=gettext_lazy("Guests see only the injects of the role that they choose. Leave roles of your own people out."),
    )  # fmt: skip


class PlayerForm(Asking):
    """Who plays what."""

    who = forms.TypedChoiceField(label=gettext_lazy("Who"), coerce=int)
    roles = several(gettext_lazy("Which roles"), help_text=gettext_lazy("One person may play more than one role."))


class JoinForm(Asking):
    """A guest: his function, no name, and what he plays."""

    function = forms.CharField(
        label=gettext_lazy("Your function"), max_length=100,
        help_text=gettext_lazy("Such as: duty officer of the water board. Do not fill in a name."),
    )  # fmt: skip
    roles = several(gettext_lazy("What you play"))

    def clean_function(self) -> str:
        """In one line, of characters that show what they are."""
        return " ".join(str(self.cleaned_data["function"]).split())


class StartForm(forms.Form):
    """How fast the clock of the story runs."""

    factor = forms.TypedChoiceField(
        label=gettext_lazy("Minutes of the story to one real minute"), coerce=int, choices=[(n, n) for n in FACTORS],
        initial=10,
    )  # fmt: skip


class ExtraForm(Asking):
    """Something that is not in the script."""

    text = area(gettext_lazy("What comes in"))
    via = forms.CharField(label=gettext_lazy("By which road"), max_length=100, required=False)
    to = several(gettext_lazy("For whom"))


class LineForm(forms.Form):
    """A line of a log."""

    use_required_attribute = False
    text = area(gettext_lazy("Write in the log"), rows=2)


class NoteForm(forms.Form):
    """What who leads the session sees."""

    use_required_attribute = False
    text = area(
        gettext_lazy("An observation"), rows=2, help_text=gettext_lazy("For the evaluation. Players do not see it.")
    )


class DecisionForm(Asking):
    """What was decided, why, by which power."""

    role = forms.ChoiceField(label=gettext_lazy("In which role"), widget=forms.RadioSelect)
    text = area(gettext_lazy("What do you decide"))
    reasons = area(gettext_lazy("Why; what do you not know yet"), required=False)
    power = forms.ChoiceField(
        label=gettext_lazy("By which power or road"), required=False,
        help_text=gettext_lazy("Leave it open when none is needed, or when you do not know."),
    )  # fmt: skip


class LookBackForm(forms.Form):
    """An answer per evaluation question, a word per decision, the conclusion."""

    use_required_attribute = False

    def __init__(self, *args: Any, questions: list[str], points: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [("", gettext_lazy("Not looked at")), *JUDGED.items()]
        for name, text in points:
            self.fields[f"point_{name}"] = forms.ChoiceField(label=text, choices=words, required=False)
        for number, text in enumerate(questions):
            self.fields[f"question_{number}"] = area(text, required=False, rows=2)
        self.fields["conclusion"] = area(
            gettext_lazy("What you conclude"), required=False, rows=4,
            help_text=gettext_lazy("The evaluation can be closed once there is a conclusion."),
        )  # fmt: skip

    def of(self, kind: str) -> dict[str, str]:
        """What was filled in of one kind: ``question`` or ``point``."""
        begin = f"{kind}_"
        return {name.removeprefix(begin): said for name, said in self.cleaned_data.items() if name.startswith(begin)}


class LessonForm(Asking):
    """What was learned."""

    kind = forms.ChoiceField(label=gettext_lazy("What kind"), choices=LessonKind.choices, widget=forms.RadioSelect)
    text = area(gettext_lazy("What was learned, or what must be done"))
    who = forms.CharField(
        label=gettext_lazy("Who does it"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For something to do."),
    )
    due = DayField(label=gettext_lazy("Before and with which day"), required=False)


class CloseForm(Asking):
    """What else this session showed."""

    tells = several(
        gettext_lazy("What was tested besides"), required=False,
        help_text=gettext_lazy("Only what really happened: the ledger keeps it as a fact."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why it does not count."""

    use_required_attribute = False
    reason = area(gettext_lazy("Why does this exercise not count?"))


class ResultForm(forms.Form):
    """What came of an action."""

    use_required_attribute = False
    result = area(gettext_lazy("What came of it"), required=False, rows=2)
