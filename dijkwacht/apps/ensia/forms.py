"""What people fill in on this room's pages. No form reads or writes the database."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.people.forms import DayField

Choices = Iterable[tuple[str, str]]
SOMEBODY_ELSE = "new"


class OpenForm(forms.Form):
    """A year to open."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year that is accounted for"), coerce=int)
    coordinator = forms.ChoiceField(
        label=gettext_lazy("Coordinator"),
        required=False,
        help_text=gettext_lazy("Keeps the year going, and is reminded of every line that is not ready."),
    )

    def __init__(self, *args: Any, on: date, persons: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(str(year), str(year)) for year in (on.year, on.year - 1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]
        self.fields["coordinator"].choices = [("", _("Nobody yet")), *persons]  # type: ignore[attr-defined]


class CoordinatorForm(forms.Form):
    """Who keeps the year going."""

    coordinator = forms.ChoiceField(label=gettext_lazy("Coordinator"), required=False)

    def __init__(self, *args: Any, persons: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coordinator"].choices = [("", _("Nobody yet")), *persons]  # type: ignore[attr-defined]


class HandOutForm(forms.Form):
    """Who answers the questions of a line, or of one theme of it."""

    use_required_attribute = False

    person = forms.ChoiceField(label=gettext_lazy("Who answers?"))
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("He gets an account in which he sees only what is asked of him."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=150)
    theme = forms.ChoiceField(label=gettext_lazy("Which questions?"), required=False)
    lead = forms.BooleanField(
        label=gettext_lazy("Coordinates this line"),
        required=False,
        help_text=gettext_lazy("One person per line; who did so before no longer does."),
    )
    due = DayField(label=gettext_lazy("Answer no later than"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note in the mail"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, persons: Choices, themes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everyone = [("", _("Choose")), *persons, (SOMEBODY_ELSE, _("Somebody who is not in this list"))]
        self.fields["person"].choices = everyone  # type: ignore[attr-defined]
        self.fields["theme"].choices = [("", _("All questions of this line")), *themes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody who is not in the list needs an address and a name."""
        cleaned = super().clean() or {}
        if cleaned.get("person") == SOMEBODY_ELSE:
            for field in ("email", "name"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, _("Fill this in for somebody who is not in the list."))
        return cleaned


class HandInForm(forms.Form):
    """That a line was handed in."""

    note = forms.CharField(
        label=gettext_lazy("Remark"), required=False, max_length=500,
        help_text=gettext_lazy("For example where, and the number of the receipt."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is done; ``needed``: it cannot be left out."""

    use_required_attribute = False

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed


class AccountForm(forms.Form):
    """Which account to look at."""

    account = forms.ChoiceField(label=gettext_lazy("Account"), required=False)

    def __init__(self, *args: Any, accounts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = list(accounts)  # type: ignore[attr-defined]


class OddForm(forms.Form):
    """Which findings to show."""

    kind = forms.ChoiceField(label=gettext_lazy("What is odd"), required=False)

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]
