"""Which questions to show, and asking a colleague."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.ledger.queries.asked import ME, ROLE
from dijkwacht.apps.people.forms import DayField

Options = Iterable[tuple[str, str]]


class QuestionFilter(forms.Form):
    """What narrows the list of questions."""

    who = forms.ChoiceField(label=gettext_lazy("Whose questions"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    account = forms.ChoiceField(label=gettext_lazy("For which account"), required=False)
    subject = forms.ChoiceField(label=gettext_lazy("About"), required=False)

    def __init__(self, *args: Any, themes: Options, accounts: Options, subjects: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = [("", _("Everyone's")), (ROLE, _("What my role knows")), (ME, _("Asked of me"))]
        found: dict[str, list[tuple[str, str]]] = {
            "who": whose,
            "theme": [("", _("Every theme")), *themes],
            "account": [("", _("All accounts")), *accounts],
            "subject": [("", _("Everything")), *subjects],
        }
        for name, options in found.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """A question for a colleague."""

    person = forms.TypedChoiceField(label=gettext_lazy("Who"), coerce=int)
    due = DayField(label=gettext_lazy("Answer no later than"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, persons: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Choose a colleague")), *persons]  # type: ignore[attr-defined]

    @property
    def trouble(self) -> str:
        """Why nothing was asked, in words."""
        if "person" in self.errors:
            return _("Choose a colleague to ask.")
        return " ".join(str(each) for found in self.errors.values() for each in found)
