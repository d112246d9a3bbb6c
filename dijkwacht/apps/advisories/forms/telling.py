"""What is asked about whom we warn, their contacts, and calls."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.advisories.models import ContactRole, WarningState
from dijkwacht.apps.advisories.services.phoning import AGAIN, DROP, SEEN
from dijkwacht.apps.advisories.telling_words import GAPS, one_line

Options = Iterable[tuple[Any, Any]]
LARGEST = 1_000_000  # octets of a list of organisations
PER = ("warning", "advisory", "organisation")


class WarnedFilter(forms.Form):
    """Which warnings to show."""

    text = forms.CharField(label=gettext_lazy("Title, number or organisation"), required=False, max_length=100)
    seen = forms.ChoiceField(label=gettext_lazy("Seen"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    per = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["seen"].choices = [("", _("Seen or not")), ("no", _("Not seen yet")), ("yes", _("Seen"))]
        fields["state"].choices = [("", _("Every state")), ("unsettled", _("Not settled")), *WarningState.choices]


class ServedFilter(forms.Form):
    """Which organisations to show."""

    text = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100)
    lack = forms.ChoiceField(label=gettext_lazy("What is missing"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        extra = [("no_register", _("No product register")), ("old", _("Register older than a year"))]
        fields["lack"].choices = [("", _("Everybody")), *((code, text) for code, text in GAPS.items()), *extra]


class CallForm(forms.Form):
    """What came of a call."""

    use_required_attribute = False
    contact = forms.TypedChoiceField(label=gettext_lazy("Who was called"), required=False, coerce=int, empty_value=None)
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"), widget=forms.RadioSelect,
        choices=[
            (SEEN, gettext_lazy("They took note")), (AGAIN, gettext_lazy("Not reached: it stays on the list")),
            (DROP, gettext_lazy("Take it off the list, without a call that reached them")),
        ],
    )  # fmt: skip
    said = forms.CharField(
        label=gettext_lazy("What was said"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example: told of it, they update tonight. The organisation can read this."),
    )  # fmt: skip

    def __init__(self, *args: Any, contacts: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["contact"].choices = [*contacts, ("", _("Somebody else"))]


class ContactForm(forms.Form):
    """Somebody who is warned: with an account here, or by address and telephone."""

    use_required_attribute = False
    role = forms.ChoiceField(label=gettext_lazy("For what"), widget=forms.RadioSelect, choices=ContactRole.choices)
    who = forms.TypedChoiceField(
        label=gettext_lazy("Somebody with an account here"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("Needed to read what is TLP:AMBER; its text is never mailed."),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Or the name of somebody else, or of a mailbox"), required=False, max_length=120
    )
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False, max_length=254)
    phone = forms.CharField(
        label=gettext_lazy("Telephone, also at night"), required=False, max_length=40,
        help_text=gettext_lazy("We call when nobody takes note of something urgent."),
    )  # fmt: skip

    def __init__(self, *args: Any, persons: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["who"].choices = [("", _("Nobody with an account")), *persons]

    def clean_name(self) -> str:
        """The name on one line."""
        return one_line(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        """A number as people write it; refused when there is none in it."""
        phone = one_line(self.cleaned_data["phone"])
        if phone and (sum(each.isdigit() for each in phone) < 5 or any(each.isalpha() for each in phone)):
            raise forms.ValidationError(_("Fill in a telephone number, such as 06 12345678."))
        return phone


class JoinForm(forms.Form):
    """A CSIRT that warns us from now on."""

    use_required_attribute = False
    desk = forms.TypedChoiceField(label=gettext_lazy("Which CSIRT"), coerce=int)
    basis = forms.CharField(
        label=gettext_lazy("What was agreed"), max_length=300, help_text=gettext_lazy("For example: joined in 2026.")
    )

    def __init__(self, *args: Any, desks: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["desk"].choices = list(desks)


class ServeForm(forms.Form):
    """Organisations that we warn from now on, one or many."""

    use_required_attribute = False
    names = forms.CharField(
        label=gettext_lazy("Which organisations"), required=False, max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One on a line: the name, the CBS code or the short name."),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Or a file with them"), required=False,
        help_text=gettext_lazy("Text or CSV, one organisation on a line."),
    )  # fmt: skip
    basis = forms.CharField(
        label=gettext_lazy("What was agreed"), max_length=300,
        help_text=gettext_lazy("For example: ICT photo received on 1 December 2026."),
    )  # fmt: skip

    def clean_file(self) -> str:
        """The text of the file; refused when it is no text, or far too large."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large for a list of organisations."))
        raw = file.read()
        if b"\0" in raw:
            raise forms.ValidationError(_("This is no text file. Save the list as text or CSV."))
        try:
            return str(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return str(raw.decode("cp1252", "replace"))

    def clean(self) -> dict[str, Any]:
        """Refused when there is no list at all."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("names", "").strip() or cleaned.get("file", "").strip()):
            self.add_error("names", _("Give at least one organisation."))
        return cleaned

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The lines that were given, with their numbers; those of the field and then those of the file."""
        given = [*self.cleaned_data["names"].splitlines(), *self.cleaned_data["file"].splitlines()]
        return [(number, each.strip()) for number, each in enumerate(given, 1) if each.strip()]
