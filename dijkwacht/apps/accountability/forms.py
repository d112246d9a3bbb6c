"""What narrows the lists of this room. No form reads or writes the database."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.core.verdict import Status
from dijkwacht.web.sentences import capital
from dijkwacht.web.terms import status_word

NOBODY = "-"
# Boundaries of the classes of municipalities that Statistics Netherlands uses, taken together to four.
SIZES = (("0", 0, 20_000), ("20", 20_000, 50_000), ("50", 50_000, 100_000), ("100", 100_000, 10**9))
SIZE_WORDS = {
    "0": gettext_lazy("Fewer than 20,000 inhabitants"),
    "20": gettext_lazy("20,000 to 50,000 inhabitants"),
    "50": gettext_lazy("50,000 to 100,000 inhabitants"),
    "100": gettext_lazy("100,000 inhabitants or more"),
}
SORTS = (
    ("name", gettext_lazy("Name")),
    ("least", gettext_lazy("Least in order first")),
    ("not_met", gettext_lazy("Most not in order first")),
    ("unknown", gettext_lazy("Most unknown first")),
    ("inhabitants", gettext_lazy("Most inhabitants first")),
)
Choices = Iterable[tuple[str, str]]


class LinesForm(forms.Form):
    """Which lines to show. ``owners`` empty: the list is not narrowed by owner (a guest sees no persons)."""

    text = forms.CharField(label=gettext_lazy("Number or words"), required=False, max_length=100)
    verdict = forms.ChoiceField(label=gettext_lazy("Verdict"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)

    def __init__(self, *args: Any, themes: Choices, owners: Choices, guest: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdicts = [(str(each), capital(status_word(each))) for each in Status]
        self.fields["verdict"].choices = [("", _("Every verdict")), *verdicts]  # type: ignore[attr-defined]
        self.fields["theme"].choices = [("", _("Every theme")), *themes]  # type: ignore[attr-defined]
        everyone = [("", _("Everyone")), (NOBODY, _("Nobody yet")), *owners]
        self.fields["owner"].choices = everyone  # type: ignore[attr-defined]
        if guest:
            del self.fields["owner"]


class OverviewForm(forms.Form):
    """Which organisations to show, and in which order."""

    account = forms.ChoiceField(label=gettext_lazy("Account"), required=False)
    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    size = forms.ChoiceField(label=gettext_lazy("Size"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Order"), required=False, choices=SORTS)

    def __init__(self, *args: Any, accounts: Choices, provinces: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = list(accounts)  # type: ignore[attr-defined]
        every = [("", _("Every province")), *((name, name) for name in provinces)]
        self.fields["province"].choices = every  # type: ignore[attr-defined]
        sizes = [("", _("Every size")), *SIZE_WORDS.items()]
        self.fields["size"].choices = sizes  # type: ignore[attr-defined]
