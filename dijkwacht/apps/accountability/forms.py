"""What narrows the lists of this room. No form reads or writes the database."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.accountability.models import SigningKey
from dijkwacht.apps.people.forms import DayField
from dijkwacht.core.text import capital
from dijkwacht.core.verdict import Status
from dijkwacht.web.moments import day_words, local
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


# -- statements --------------------------------------------------------------------------------------
ONLY = (
    ("", gettext_lazy("Every line")),
    ("anders", gettext_lazy("Only what differs")),
    ("niet-op-orde", gettext_lazy("Only what is not in order")),
    ("uitzondering", gettext_lazy("Only exceptions")),
    ("twijfel", gettext_lazy("Only where our reading is uncertain")),
)


class ChecksForm(forms.Form):
    """Which lines of a statement to show."""

    text = forms.CharField(label=gettext_lazy("Number or words"), required=False, max_length=100)
    alleen = forms.ChoiceField(label=gettext_lazy("Show"), required=False, choices=ONLY)


class DraftForm(ChecksForm):
    """Which statement to draw up, and which of its lines to show. ``subjects``: the parts of an account, if it has any."""

    op = DayField(label=gettext_lazy("Reference date"), required=False)
    onderwerp = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    field_order = ("op", "onderwerp", "text", "alleen")

    def __init__(self, *args: Any, subjects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parts := list(subjects):
            self.fields["onderwerp"].choices = [("", _("All together")), *parts]  # type: ignore[attr-defined]
        else:
            del self.fields["onderwerp"]


class HandOverForm(forms.Form):
    """A note for whoever signs."""

    note = forms.CharField(
        label=gettext_lazy("A note for whoever signs"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SignForm(forms.Form):
    """The signature. ``replaces``: a statement is in force that this one takes the place of, which needs a reason."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=120)
    why = forms.CharField(
        label=gettext_lazy("Why is the earlier statement replaced?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(label=gettext_lazy("I have read this, I have the mandate, and I sign."))

    def __init__(self, *args: Any, replaces: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not replaces:
            del self.fields["why"]


class ReasonForm(forms.Form):
    """Why something is done that needs a reason."""

    why = forms.CharField(
        label=gettext_lazy("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip


class KeyForm(forms.Form):
    """A new key. ``lost``: the old one may be in other hands."""

    lost = forms.BooleanField(
        label=gettext_lazy("The old key may be in other hands"),
        required=False,
        help_text=gettext_lazy(
            "Then the old key does not vouch for the new one, and you must tell readers its number yourself."
        ),
    )


class LostKeyForm(forms.Form):
    """An earlier key that turns out to be in other hands. ``since`` empty: nobody knows from when."""

    key = forms.ChoiceField(label=gettext_lazy("Which key"))
    since = DayField(
        label=gettext_lazy("From which day may it be in other hands"),
        required=False,
        help_text=gettext_lazy(
            "What it signed before that day still counts, with a remark. Leave empty when nobody knows: then nothing counts"
            " that it ever signed."
        ),
    )
    sure = forms.BooleanField(label=gettext_lazy("I know that this cannot be undone"))

    def __init__(self, *args: Any, keys: Iterable[SigningKey], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(row.key, f"{row.key[:16]}… ({day_words(local(row.until).date())})") for row in keys if row.until]
        self.fields["key"].choices = rows  # type: ignore[attr-defined]


class SampleForm(forms.Form):
    """How large a sample, and from which seed."""

    n = forms.IntegerField(label=gettext_lazy("How many lines"), min_value=1, max_value=500, initial=10)
    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Leave empty for one at random. With the same seed anybody draws the same lines."),
    )


class RemarkForm(forms.Form):
    """A remark about a line."""

    text = forms.CharField(label=gettext_lazy("Your remark"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    term = DayField(label=gettext_lazy("Answer expected before"))


class AnswerForm(forms.Form):
    """The answer to a remark. ``action``: a page of ours."""

    text = forms.CharField(label=gettext_lazy("Our answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    action = forms.CharField(
        label=gettext_lazy("Page of the action"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("The address of the page in Dijkwacht where one can see what you do about it."),
    )

    def clean_action(self) -> str:
        """The path of a page of ours. Raises ValidationError for any other address."""
        found = urlsplit(self.cleaned_data["action"].strip())
        if not found.path and not found.netloc:
            return ""
        if not found.path.startswith("/o/"):
            raise forms.ValidationError(_("This is not the address of a page in Dijkwacht."))
        return found.path
