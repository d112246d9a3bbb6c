"""What is bought, what becomes of each line, when it goes out; and sets of requirements of one's own."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.suppliers.forms.register import day
from dijkwacht.apps.suppliers.models import PrivateSet, Tender, TenderLine
from dijkwacht.apps.suppliers.services.tendering import LONGEST, Choice, Said
from dijkwacht.core.suppliers.asking import ContextQuestion, Part, RequirementSet
from dijkwacht.web.terms import text_of

ANSWERS = (("", gettext_lazy("Not known")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))
WEIGHTS = (("must", gettext_lazy("Requirement")), ("wish", gettext_lazy("Wish")))
_VALUES: Mapping[str, bool | None] = {"": None, "yes": True, "no": False}
_CODES: Mapping[bool | None, str] = {value: code for code, value in _VALUES.items()}


def area(
    label: Any, *, required: bool = True, rows: int = 3, most: int = LONGEST, help_text: Any = ""
) -> forms.CharField:
    """A field for a longer text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, help_text=help_text)


class Plain(forms.Form):
    """A form of which an empty field is not wrong before anything was sent."""

    use_required_attribute = False


class ChoiceForm(Plain):
    """What is bought. The parts and questions are those of the set."""

    title = forms.CharField(label=gettext_lazy("Name of the tender"), max_length=200)
    what = area(
        gettext_lazy("What is bought"),
        required=False,
        help_text=gettext_lazy("In a few sentences; it stands on the paper."),
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Which parts do you buy?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.MultipleChoiceField(
        label=gettext_lazy("What comes on top?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, found: RequirementSet, private: PrivateSet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found, self.private = found, private
        for name, kind in (("parts", "bought"), ("more", "supplement")):
            rows = [each for each in found.parts if each.kind == kind]
            if rows:
                self.fields[name].choices = [(each.id, _part(each)) for each in rows]  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        for question in found.context:
            self.fields[asked_name(question)] = forms.ChoiceField(
                label=text_of(question.question), choices=ANSWERS, required=False, help_text=text_of(question.help)
            )

    @property
    def questions(self) -> list[Any]:
        """The fields about the context."""
        return [self[asked_name(each)] for each in self.found.context]

    @property
    def choice(self) -> Choice:
        """What was chosen; for a form that is valid."""
        data = self.cleaned_data
        context = {each.id: _VALUES[data[asked_name(each)]] for each in self.found.context}
        return Choice(
            data["title"], [*data.get("parts", []), *data.get("more", [])], context, data["what"], self.private
        )


def asked_name(question: ContextQuestion) -> str:
    """How the field of a question is called."""
    return f"context_{question.id}"


def initial_choice(tender: Tender) -> dict[str, Any]:
    """What was chosen until now, for the form."""
    answers = {f"context_{name}": _CODES.get(value, "") for name, value in tender.context.items()}
    return {"title": tender.title, "what": tender.what, "parts": tender.parts, "more": tender.parts, **answers}


def _part(part: Part) -> str:
    name, text = text_of(part.name), text_of(part.text)
    return _("%(name)s: %(text)s") % {"name": name, "text": text} if text else name


class LinesForm(Plain):
    """What becomes of each of some lines: how heavy it is, whether it is left out, and a note."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: Sequence[TenderLine], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.fields["seen"].initial = seen
        for line in lines:
            more = {"must": _("Requirement"), "wish": _("Wish")}
            self.fields[f"weight_{line.pk}"] = forms.ChoiceField(
                label=_("Weight"), choices=list(more.items()), initial=line.weight
            )
            self.fields[f"because_{line.pk}"] = forms.CharField(
                label=_("Leave out, because"), required=False, max_length=LONGEST, initial=line.left_out_because
            )
            self.fields[f"note_{line.pk}"] = area(_("Note with it"), required=False, rows=2)
            self.fields[f"note_{line.pk}"].initial = line.note

    @property
    def rows(self) -> Iterable[tuple[TenderLine, list[Any]]]:
        """Each line with its fields."""
        return [(each, [self[f"{name}_{each.pk}"] for name in ("weight", "because", "note")]) for each in self.lines]

    @property
    def said(self) -> dict[int, Said]:
        """What was made of each line, by number; for a form that is valid."""
        data = self.cleaned_data
        return {
            pk: Said(data[f"weight_{pk}"], data[f"because_{pk}"], data[f"note_{pk}"])
            for pk in (each.pk for each in self.lines)
        }


class OwnForm(Plain):
    """A requirement of one's own."""

    wording = area(
        gettext_lazy("Requirement"), rows=4, help_text=gettext_lazy("One thing that the supplier does or shows.")
    )
    verify = area(
        gettext_lazy("How do you see that an offer meets it?"), required=False, rows=3,
        help_text=gettext_lazy("Such as a document that you ask for, or a test."),
    )  # fmt: skip
    weight = forms.ChoiceField(label=gettext_lazy("Weight"), choices=WEIGHTS, widget=forms.RadioSelect, initial="must")
    follow_months = forms.IntegerField(
        label=gettext_lazy("After how many months do you look at it again?"), required=False, min_value=1, max_value=120,
        help_text=gettext_lazy("Empty: looking once, at the award, is enough."),
    )  # fmt: skip


class SendForm(Plain):
    """The last day for offers."""

    last_day = day(
        gettext_lazy("Last day for offers"), required=True,
        help_text=gettext_lazy("Offers that come later can still be noted, and are marked as late."),
    )  # fmt: skip


class BecauseForm(Plain):
    """Why something ends."""

    because = area(gettext_lazy("Why?"), rows=3, most=300)


class SetForm(Plain):
    """A file with requirements."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX, ODS or CSV, with a column for the number and one for the text."),
    )


class TakeSetForm(Plain):
    """How a set is called, and what a requirement is of which the file does not tell it."""

    name = forms.CharField(label=gettext_lazy("Name of the set"), max_length=200)
    version = forms.CharField(label=gettext_lazy("Version"), required=False, max_length=40)
    weight = forms.ChoiceField(
        label=gettext_lazy(
            "What are the lines of which the file does not say whether they are a requirement or a wish?"
        ),
        choices=WEIGHTS,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, unweighed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not unweighed:
            del self.fields["weight"]
