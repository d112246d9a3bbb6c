"""The answer to one question, by the kind of value that it asks for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.ledger.forms.fields import UNITS, FilesField
from dijkwacht.apps.ledger.services.saying import Spoken
from dijkwacht.apps.people.forms import DayField
from dijkwacht.core.facts import NEVER, NOTHING_HAPPENED, FactType
from dijkwacht.core.recording import Origin
from dijkwacht.core.values import MAX_TEXT
from dijkwacht.web.moments import duration_words
from dijkwacht.web.terms import text_of

Options = Sequence[tuple[str, str]]
TERMS = ("P1M", "P3M", "P6M", "P1Y", "P2Y", "P3Y")
LARGEST_COUNT = 10**9
EXTRAS = ("explanation", "evidence", "made_on", "since")
NEEDED = frozenset({"value", "reason", "owner", "until"})  # unless the answer is given in another way
HOW = ("", NEVER, "nothing")  # which button: the value in the field, that it never was, or that nothing happened


class AnswerForm(forms.Form):
    """An answer with its explanation and evidence. ``subjects``: what a reference can point to."""

    use_required_attribute = False  # an empty field is not wrong before anything was sent

    how = forms.ChoiceField(choices=[(each, each) for each in HOW], required=False)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    explanation = forms.CharField(
        label=gettext_lazy("Explanation"), required=False, max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    evidence = FilesField(
        label=gettext_lazy("Evidence"),
        help_text=gettext_lazy("A report, a decision or a screenshot. Several files at once is fine."),
    )
    made_on = DayField(label=gettext_lazy("Date of the evidence"), required=False)
    since = DayField(
        label=gettext_lazy("Since when is it so"),
        required=False,
        help_text=gettext_lazy("Leave empty for: since today."),
    )
    wrong = forms.ChoiceField(
        label=gettext_lazy("What happened to the earlier answer"),
        required=False,
        initial="changed",
        widget=forms.RadioSelect,
        choices=[
            ("changed", gettext_lazy("It was right, and things have changed")),
            ("wrong", gettext_lazy("It was not right")),
        ],
    )

    def __init__(
        self,
        *args: Any,
        fact_type: FactType,
        on: date,
        subjects: Options = (),
        may_register: bool = False,
        answered: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fact_type, self.on, self.may_register = fact_type, on, may_register
        build = FIELDS[fact_type.value]
        fields = build(self, subjects)
        if fact_type.may_not_happen:
            fields |= {
                "first": DayField(label=_("First day of the period"), required=False),
                "last": DayField(label=_("Last day of the period"), required=False),
            }
        otherwise = any(self.data.get(name) for name in ("how", "new_name", "amount"))
        for name in NEEDED.intersection(fields):
            fields[name].required = not otherwise
        self.value_names = [name for name in fields if name not in ("first", "last")]
        self.fields = {**fields, **self.fields}
        if not answered:
            del self.fields["wrong"]

    @property
    def value_fields(self) -> list[BoundField]:
        """The fields that hold the answer itself."""
        return [self[name] for name in self.value_names]

    @property
    def extra_fields(self) -> list[BoundField]:
        """What may go with any answer."""
        return [self[name] for name in EXTRAS if name not in self._changing]

    @property
    def changing_fields(self) -> list[BoundField]:
        """What must be in sight when there is an answer already: what happened to it, and since when."""
        return [self[name] for name in self._changing]

    @property
    def _changing(self) -> tuple[str, ...]:
        return ("wrong", "since") if "wrong" in self.fields else ()

    @property
    def extra_errors(self) -> bool:
        """Whether something is wrong in what goes with the answer, so that it must be in sight."""
        return any(bound.errors for bound in self.extra_fields)

    def clean(self) -> dict[str, Any]:
        """Puts the answer in ``answer``."""
        cleaned = super().clean() or {}
        since = cleaned.get("since")
        if since and since > self.on:
            self.add_error("since", _("This day lies in the future. Choose today or an earlier day."))
        made = cleaned.get("made_on")
        if made and made > self.on:
            self.add_error("made_on", _("This day lies in the future. Choose today or an earlier day."))
        match cleaned.get("how"):
            case "never" if self.fact_type.value == "date" and not self.fact_type.may_be_never:
                self.add_error("value", _("This always has a day. Fill in the day."))
            case "never" if self.fact_type.value == "date":
                cleaned["answer"] = NEVER
            case "nothing" if self.fact_type.may_not_happen:
                cleaned["answer"] = self._nothing(cleaned)
            case _:
                cleaned["answer"] = self._value(cleaned)
        return cleaned

    def _nothing(self, cleaned: Mapping[str, Any]) -> Any:
        first, last = cleaned.get("first"), cleaned.get("last")
        if not first or not last:
            self.add_error("first" if not first else "last", _("Fill in the first and the last day of the period."))
            return None
        if last < first:
            self.add_error("last", _("The last day comes after the first."))
        if last > self.on:
            self.add_error("last", _("This day lies in the future. Choose today or an earlier day."))
        return {NOTHING_HAPPENED: (first, last)}

    def _value(self, cleaned: dict[str, Any]) -> Any:
        given = cleaned.get("value")
        match self.fact_type.value:
            case "duration":
                amount, unit = cleaned.get("amount"), cleaned.get("unit")
                given = f"P{amount}{unit}" if amount and unit else given
            case "exception":
                parts = {name: cleaned.get(name) for name in ("reason", "owner", "until")}
                return parts if all(parts.values()) else self._missing("reason", parts)
            case "reference" if cleaned.get("new_name"):
                return ""
            case "yes_no" if given in ("yes", "no"):
                return given == "yes"
            case "percentage" if isinstance(given, Decimal):
                return int(given) if given == int(given) else float(given)
        return self._missing("value", {"value": given}) if given in (None, "") else given

    def _missing(self, field: str, parts: Mapping[str, Any]) -> None:
        """Says what is missing, unless something is wrong with it already."""
        empty = next((name for name, value in parts.items() if value in (None, "") and name not in self.errors), field)
        if empty not in self.errors:
            self.add_error(empty, _("Fill in an answer."))

    def spoken(self, *, origin: Origin = Origin.PERSON) -> Spoken:
        """What was filled in, for ``services.saying.say``. Of a valid form."""
        data = self.cleaned_data
        return Spoken(
            data["answer"], seen=data.get("seen"), since=data.get("since"), correction=data.get("wrong") == "wrong",
            explanation=data["explanation"], files=data["evidence"], made_on=data.get("made_on"),
            new_name=data.get("new_name", ""), origin=origin,
        )  # fmt: skip


Fields = dict[str, forms.Field]


def _yes_no(_form: AnswerForm, _subjects: Options) -> Fields:
    return {"value": forms.ChoiceField(label=_("Answer"), required=False, choices=[("yes", "yes"), ("no", "no")])}


def _day(_form: AnswerForm, _subjects: Options) -> Fields:
    return {"value": DayField(label=_("Day"), required=False)}


def _count(_form: AnswerForm, _subjects: Options) -> Fields:
    return {"value": forms.IntegerField(label=_("Number"), required=False, min_value=0, max_value=LARGEST_COUNT)}


def _percentage(_form: AnswerForm, _subjects: Options) -> Fields:
    control = forms.NumberInput(attrs={"step": "any"})
    field = forms.DecimalField(
        label=_("Percentage"), required=False, min_value=0, max_value=100, decimal_places=2, widget=control
    )
    return {"value": field}


def _choice(form: AnswerForm, _subjects: Options) -> Fields:
    labels = form.fact_type.labels
    options = [(each, text_of(labels.get(each)) or each) for each in form.fact_type.choices]
    return {"value": forms.ChoiceField(label=_("Answer"), choices=options, required=False, widget=forms.RadioSelect)}


def _text(_form: AnswerForm, _subjects: Options) -> Fields:
    control = forms.Textarea(attrs={"rows": 4})
    return {"value": forms.CharField(label=_("Answer"), required=False, max_length=MAX_TEXT, widget=control)}


def _reference(form: AnswerForm, subjects: Options) -> Fields:
    options = [("", _("Choose from the register")), *subjects]
    fields: Fields = {"value": forms.ChoiceField(label=_("Which one"), choices=options, required=False)}
    if form.may_register:
        fields["new_name"] = forms.CharField(label=_("Or register a new one, by name"), required=False, max_length=200)
    return fields


def _duration(_form: AnswerForm, _subjects: Options) -> Fields:
    options = [(term, duration_words(term)) for term in TERMS]
    return {
        "value": forms.ChoiceField(label=_("Period"), choices=options, required=False, widget=forms.RadioSelect),
        "amount": forms.IntegerField(label=_("Or another period: number"), required=False, min_value=1, max_value=999),
        "unit": forms.ChoiceField(label=_("of"), choices=UNITS, required=False, initial="M"),
    }


def _exception(_form: AnswerForm, _subjects: Options) -> Fields:
    return {
        "reason": forms.CharField(
            label=_("Reason, and what is done instead"), required=False, max_length=MAX_TEXT,
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        "owner": forms.CharField(label=_("Who answers for it"), required=False, max_length=200),
        "until": DayField(label=_("Until when"), required=False),
    }  # fmt: skip


FIELDS: Mapping[str, Callable[[AnswerForm, Options], Fields]] = {
    "yes_no": _yes_no, "date": _day, "count": _count, "percentage": _percentage, "choice": _choice, "text": _text,
    "reference": _reference, "duration": _duration, "exception": _exception,
}  # fmt: skip
