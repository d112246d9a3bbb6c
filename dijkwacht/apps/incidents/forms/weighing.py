"""Whether an incident is significant: the questions of the packs, and the decision of a person."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.incidents.forms.fields import Aware, MomentField, area
from dijkwacht.apps.incidents.models import Answer
from dijkwacht.core.significance import Question
from dijkwacht.web.terms import text_of

ASKED = "q_"
"""Stands before the id of a question in the name of its control."""
SIGNIFICANT, NOT_SIGNIFICANT = "significant", "not_significant"


class WeighForm(Aware):
    """The questions; then the decision, also when it is no."""

    decided = forms.ChoiceField(
        label=gettext_lazy("Your decision"), widget=forms.RadioSelect,
        choices=[
            (SIGNIFICANT, gettext_lazy("The incident is significant")),
            (NOT_SIGNIFICANT, gettext_lazy("The incident is not significant")),
        ],
    )  # fmt: skip
    known_at = MomentField(
        label=gettext_lazy("Since when we knew that it is significant"), required=False,
        help_text=gettext_lazy(
            "Only for a significant incident: the terms run from then. It is when the facts were known, maybe earlier."
        ),
    )  # fmt: skip
    because = area(
        gettext_lazy("Why"), required=False,
        help_text=gettext_lazy("Needed when your decision is not what follows from the answers, or nothing follows yet."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, questions: Iterable[Question], answers: Mapping[str, Any], decides: bool, **kwargs: Any
    ) -> None:
        initial = {f"{ASKED}{name}": value for name, value in answers.items()}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.asked = [each.id for each in questions]
        for each in questions:
            self.fields[f"{ASKED}{each.id}"] = _control(each)
        self.decides = decides
        self.order_fields([*(f"{ASKED}{each}" for each in self.asked), "decided", "known_at", "because"])

    def full_clean(self) -> None:
        """Who only looks at what follows need not decide."""
        self.fields["decided"].required = self.decides
        super().full_clean()
        self.fields["decided"].required = True

    def questions(self) -> list[Any]:
        """The controls of the questions."""
        return [self[f"{ASKED}{each}"] for each in self.asked]

    def decision(self) -> list[Any]:
        """The controls of the decision."""
        return [self[name] for name in ("decided", "known_at", "because")]

    def answers(self) -> dict[str, str]:
        """What was answered, as it is kept: yes, no or unknown, numbers as text; a number that is not known is left out."""
        found = {}
        for name in self.asked:
            value = self.cleaned_data.get(f"{ASKED}{name}")
            if isinstance(value, Decimal):
                found[name] = f"{value.normalize():f}"
            elif value not in (None, ""):
                found[name] = str(value)
        return found


def _control(question: Question) -> forms.Field:
    label, help_text = text_of(question.text), text_of(question.help)
    if question.kind == "yes_no":
        return forms.ChoiceField(
            label=label, choices=Answer.choices, widget=forms.RadioSelect, help_text=help_text, initial=Answer.UNKNOWN,
            required=False,
        )  # fmt: skip
    most = 10**6 if question.kind == "hours" else 10**12
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=most, decimal_places=2, help_text=help_text
    )
