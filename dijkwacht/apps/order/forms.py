"""Forms of this room: the wizard, facts with their source, texts of a decision, who was heard, steps, signals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from dijkwacht.apps.order.models import DecidedAs, Justified, SignalSource
from dijkwacht.apps.order.wizard_page import drawn
from dijkwacht.apps.order.words import HEARD
from dijkwacht.apps.people.forms import DayField, MomentField
from dijkwacht.core.powers import NO, UNKNOWN, YES, Question
from dijkwacht.norms.powers import powers_pack
from dijkwacht.web.moments import local
from dijkwacht.web.terms import text_of

LONG = 20_000
ANSWERS = {
    YES: gettext_lazy("Yes"), NO: gettext_lazy("No"), UNKNOWN: gettext_lazy("Not known yet"),
}  # fmt: skip


def _area(label: Any, *, required: bool = True, help_text: Any = "", rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONG, widget=widget, help_text=help_text)


def _moment(label: Any, *, required: bool = True, help_text: Any = "") -> MomentField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    shapes = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"]
    return MomentField(label=label, required=required, widget=widget, input_formats=shapes, help_text=help_text)


class Plain(forms.Form):
    """A form whose empty fields are not wrong before anything was sent."""

    use_required_attribute = False


def _choices(question: Question) -> list[tuple[str, Any]]:
    if not question.options:
        return list(ANSWERS.items())
    return [*((name, text_of(text)) for name, text in question.options.items()), (UNKNOWN, ANSWERS[UNKNOWN])]


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """A question of the wizard in words: per answer its value, its word, and whether it was given."""

    id: str
    ask: str
    help: str
    choices: Sequence[tuple[str, str, bool]]

    @property
    def whole(self) -> SafeString:
        """The question with its answers, drawn."""
        return drawn("order/question.html", (self.id, *(each for *_rest, each in self.choices)), {"asked": self})


class WizardForm(Plain):
    """All questions, by group; what is not answered is unknown."""

    op = DayField(label=gettext_lazy("The law as it was on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in powers_pack().questions.items():
            self.fields[name] = forms.ChoiceField(
                label=text_of(question.ask), help_text=text_of(question.help), choices=_choices(question), required=False,
                widget=forms.RadioSelect, initial=UNKNOWN,
            )  # fmt: skip

    @property
    def groups(self) -> list[tuple[str, str, list[AskedOnce]]]:
        """The questions as they stand on the page: drawn plainly, for a field of its own takes ten times as long."""
        pack = powers_pack()
        return [
            (group, text_of(name), [self._asked(q) for q in pack.questions.values() if q.group == group])
            for group, name in pack.groups.items()
        ]

    def _asked(self, question: Question) -> AskedOnce:
        given = self.data.get(question.id) or UNKNOWN
        given = given if given in question.answers else UNKNOWN
        options = [(value, str(label), value == given) for value, label in _choices(question)]
        return AskedOnce(question.id, text_of(question.ask), text_of(question.help), options)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered; unknown left out."""
        given = {name: self.cleaned_data.get(name) or UNKNOWN for name in powers_pack().questions}
        return {name: answer for name, answer in given.items() if answer != UNKNOWN}


class FactForm(Plain):
    """One fact of a file: the answer, where it comes from, who told it."""

    answer = forms.ChoiceField(label=gettext_lazy("Answer"), widget=forms.RadioSelect)
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("Report, observation, document.")
    )
    by = forms.CharField(
        label=gettext_lazy("Who told it"),
        max_length=150,
        help_text=gettext_lazy("A function, not a name of somebody observed."),
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = _choices(question)  # type: ignore[attr-defined]


class OpenForm(Plain):
    """A new decision file."""

    power = forms.ChoiceField(label=gettext_lazy("Which power"))
    title = forms.CharField(label=gettext_lazy("What it is about"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack = powers_pack()
        found = [
            (name, text_of(each.name))
            for name, each in pack.powers.items()
            if each.status != "bill" and each.holder != "nobody"
        ]
        self.fields["power"].choices = found  # type: ignore[attr-defined]


class TextsForm(Plain):
    """The texts and the period of a decision."""

    title = forms.CharField(label=gettext_lazy("What it is about"), max_length=200)
    necessity = _area(gettext_lazy("Why it is necessary"), required=False)
    proportionality = _area(gettext_lazy("Why it is in proportion to the right that it touches"), required=False)
    subsidiarity = _area(gettext_lazy("Why nothing lighter will do"), required=False)
    area = _area(gettext_lazy("Area, as small as possible"), required=False)
    addressee = _area(
        gettext_lazy("Addressee"),
        required=False,
        help_text=gettext_lazy("A group or function; no name where it can be left out."),
    )
    begins_at = _moment(gettext_lazy("Takes effect"), required=False, help_text=gettext_lazy("Empty: at the decision."))
    ends_at = _moment(gettext_lazy("Ends"), required=False)
    closed_part = _area(
        gettext_lazy("What is not public"), required=False,
        help_text=gettext_lazy("Stands only on the paper that is not public (Woo 5.1)."),
    )  # fmt: skip


class AlternativeForm(Plain):
    """Why a lighter way does or does not suffice."""

    suffices = forms.ChoiceField(
        label=gettext_lazy("Does it suffice"),
        widget=forms.RadioSelect,
        choices=[("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes"))],
    )
    because = _area(gettext_lazy("Why"))


class HearingForm(Plain):
    """Who was heard."""

    who = forms.ChoiceField(label=gettext_lazy("Who was heard"), widget=forms.RadioSelect, choices=list(HEARD.items()))
    when = _moment(gettext_lazy("When"))
    said = _area(gettext_lazy("What was said"))


class DecideForm(Plain):
    """The decision. ``departs``: the rules do not say that it may."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    decided_as = forms.ChoiceField(
        label=gettext_lazy("You decide as"), widget=forms.RadioSelect, choices=DecidedAs.choices
    )
    departure = _area(gettext_lazy("Why it is decided nevertheless"), required=False, help_text=gettext_lazy(
        "Needed when the rules do not say that it may, or when not all is known. Stays visible in the file and on paper."
    ))  # fmt: skip


class StepForm(Plain):
    """Something that was done or happened after the decision."""

    when = _moment(gettext_lazy("When"))
    note = forms.CharField(label=gettext_lazy("Explanation"), max_length=300, required=False)
    seats = forms.IntegerField(
        label=gettext_lazy("How many members the council has now"), min_value=1, max_value=99, required=False
    )
    present = forms.IntegerField(label=gettext_lazy("How many were there"), min_value=0, max_value=99, required=False)

    def __init__(self, *args: Any, meeting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not meeting:
            del self.fields["seats"], self.fields["present"]


class LookBackForm(Plain):
    """Looking back on a decision."""

    justified = forms.ChoiceField(
        label=gettext_lazy("Was the fear right"), widget=forms.RadioSelect, choices=Justified.choices
    )
    text = _area(gettext_lazy("What we see now, and what we do otherwise"))


class SignalForm(Plain):
    """A signal. The last two fields count when something in it may lead to a person."""

    reason = _area(
        gettext_lazy("Concrete reason"),
        help_text=gettext_lazy("What happened, where, when, how many. No names, accounts or links."),
    )
    purpose = _area(gettext_lazy("Purpose"), rows=2)
    question = _area(gettext_lazy("Which question must be answered"), rows=2)
    basis = forms.CharField(
        label=gettext_lazy("Basis"),
        max_length=300,
        help_text=gettext_lazy("Such as Gemeentewet 172; AVG 6 par. 1 under e."),
    )
    source = forms.ChoiceField(
        label=gettext_lazy("How it came"), widget=forms.RadioSelect, choices=SignalSource.choices
    )
    necessity = _area(gettext_lazy("Why this is necessary, and nothing less"), rows=2)
    keep_until = DayField(
        label=gettext_lazy("Keep until"), help_text=gettext_lazy("The last day. The text is erased after it by itself.")
    )
    why_kept = _area(gettext_lazy("Why what may lead to a person must be kept"), required=False, rows=2)
    confirmed = forms.BooleanField(
        label=gettext_lazy("Keep it nevertheless, and put it before the data protection officer"), required=False
    )

    def __init__(self, *args: Any, warned: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not warned:
            self.fields["why_kept"].widget = self.fields["confirmed"].widget = forms.HiddenInput()


class CheckForm(Plain):
    """The tick or the objection."""

    agreed = forms.ChoiceField(
        label=gettext_lazy("Your judgement"), widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Agreed")), ("no", gettext_lazy("Objection"))],
    )  # fmt: skip
    advice = _area(gettext_lazy("Advice"), required=False, help_text=gettext_lazy("Needed with an objection."))


def shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """Initial values with moments on our clocks."""
    return {name: local(value) if isinstance(value, datetime) else value for name, value in values.items()}
