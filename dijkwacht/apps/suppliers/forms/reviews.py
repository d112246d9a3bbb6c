"""Forms of joint reviews: what is reviewed, whom to ask, who looks at what, what was found, what came out."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dijkwacht.apps.people.models import TLP_CHOICES
from dijkwacht.apps.suppliers.models import ServiceKind, Severity, Word
from dijkwacht.apps.suppliers.services.inviting import Contact
from dijkwacht.apps.suppliers.services.reviewing import Told
from dijkwacht.core.suppliers.asking import QuestionPack

Options = Iterable[tuple[Any, Any]]
LONG = 20_000


def day(label: Any, *, help_text: Any = "") -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text)


def area(label: Any, *, required: bool = True, help_text: Any = "", rows: int = 3) -> forms.CharField:
    """A field for a longer text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONG, widget=widget, help_text=help_text)


class Plain(forms.Form):
    """A form without the browser's own errors."""

    use_required_attribute = False


class ReviewForm(Plain):
    """What a review is about, and before when."""

    title = forms.CharField(label=gettext_lazy("What the review is called"), max_length=200)
    service = forms.CharField(
        label=gettext_lazy("Which service is reviewed"), max_length=200,
        help_text=gettext_lazy("By the name that its users know."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("What kind of service"), choices=ServiceKind.choices)
    scope = area(
        gettext_lazy("What belongs to it, and what does not"), required=False,
        help_text=gettext_lazy("For example which modules, and which way of hosting."),
    )  # fmt: skip
    tlp = forms.ChoiceField(
        label=gettext_lazy("How far the answers may go"), choices=TLP_CHOICES, initial="AMBER",
        help_text=gettext_lazy("With AMBER+STRICT and RED only who reviews sees the answers; who joins sees what came out."),
    )  # fmt: skip
    answer_before = day(gettext_lazy("The supplier answers before"))
    judge_before = day(gettext_lazy("The answers are judged before"))

    @property
    def told(self) -> Told:
        """What was filled in."""
        return Told(**{name: self.cleaned_data[name] for name in ReviewForm.base_fields})


class OpenForm(ReviewForm):
    """The same, with the questions and whom to ask."""

    question_set = forms.ChoiceField(label=gettext_lazy("Which questions"), widget=forms.RadioSelect)
    kvk = forms.CharField(
        label=gettext_lazy("KvK number of the supplier"), max_length=12,
        help_text=gettext_lazy("A supplier that is here already under this number is asked as it is. Then leave the rest empty."),
    )  # fmt: skip
    supplier = forms.CharField(label=gettext_lazy("Name of the supplier"), max_length=200, required=False)
    contact = forms.CharField(
        label=gettext_lazy("Whom to invite at the supplier"), max_length=150, required=False,
        help_text=gettext_lazy("The first person there. He answers, and lets colleagues in himself."),
    )  # fmt: skip
    email = forms.CharField(label=gettext_lazy("E-mail address of this person"), max_length=254, required=False)

    def __init__(self, *args: Any, pack: QuestionPack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "nl")[:2]
        choices = [
            (each.id, f"{each.name[language]} ({len(each.questions)}). {each.text[language]}") for each in pack.sets
        ]
        self.fields["question_set"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(["kvk", "supplier", "contact", "email", "title", "service", "kind", "scope", "question_set"])

    @property
    def whom(self) -> Contact:
        """Whom to ask, as it was filled in."""
        found = self.cleaned_data
        return Contact(found["kvk"], found["supplier"], found["contact"], found["email"])


class BecauseForm(Plain):
    """Why."""

    because = area(gettext_lazy("Why"))


class QuestionForm(Plain):
    """An own question, and the fact that its answer settles."""

    text = area(gettext_lazy("What you ask"), help_text=gettext_lazy("So that yes means: in order."))
    verify = area(gettext_lazy("What proof convinces"))
    fact = forms.ChoiceField(label=gettext_lazy("Which fact about the supplier the answer settles"))

    def __init__(self, *args: Any, facts: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = list(facts)  # type: ignore[attr-defined]


class InviteForm(Plain):
    """Who reviews along."""

    organisation = forms.CharField(
        label=gettext_lazy("Which organisation"), max_length=200,
        help_text=gettext_lazy("Its name as it stands in Dijkwacht. It sees everything that the supplier answers."),
    )  # fmt: skip


class DivideForm(Plain):
    """Over whom the questions are divided."""

    persons = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who looks along"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each question gets two people, where it can be of two organisations."),
    )  # fmt: skip
    anew = forms.BooleanField(
        label=gettext_lazy("Divide everything anew, also what somebody looks at already"), required=False
    )

    def __init__(self, *args: Any, persons: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = list(persons)  # type: ignore[attr-defined]


class EyesForm(Plain):
    """Who looks at one question."""

    first_eyes = forms.TypedChoiceField(
        label=gettext_lazy("First pair of eyes"), coerce=int, empty_value=None, required=False
    )
    second_eyes = forms.TypedChoiceField(
        label=gettext_lazy("Second pair of eyes"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, persons: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].choices = [("", _("Nobody yet")), *persons]  # type: ignore[attr-defined]


class TermForm(Plain):
    """Until when the supplier may answer."""

    answer_before = day(gettext_lazy("The supplier answers before"))


class JudgeForm(Plain):
    """What somebody finds of an answer."""

    word = forms.ChoiceField(label=gettext_lazy("Your judgement"), choices=Word.choices, widget=forms.RadioSelect)
    note = area(
        gettext_lazy("What you base that on"), required=False,
        help_text=gettext_lazy("Needed unless it is shown to be so. Only who reviews reads this."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)


class FindingForm(Plain):
    """Something wrong with an answer."""

    title = forms.CharField(label=gettext_lazy("What is wrong, in one line"), max_length=200)
    text = area(
        gettext_lazy("What you saw, and when it is in order"), required=False,
        help_text=gettext_lazy("The supplier reads this when a second person has confirmed it."),
    )  # fmt: skip
    severity = forms.ChoiceField(label=gettext_lazy("How bad"), choices=Severity.choices, widget=forms.RadioSelect)
    due = day(gettext_lazy("To be mended before"))


class ConcludeForm(Plain):
    """What came out, and until when it holds."""

    conclusion = area(
        gettext_lazy("What came out"), rows=5,
        help_text=gettext_lazy("Everybody who takes part reads this, the supplier too."),
    )  # fmt: skip
    until = day(
        gettext_lazy("It holds until"),
        help_text=gettext_lazy("The first day on which it no longer counts; three years from now at most."),
    )

    def __init__(self, *args: Any, usual: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("until", usual)
