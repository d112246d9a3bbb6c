"""What people type into this room's pages, checked field by field. No form reads or writes the database."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.people.models import ROLES, ShareKind
from dijkwacht.core.access import Tlp, covers
from dijkwacht.core.text import capital
from dijkwacht.web.terms import role_word

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)
TLP_WORDS = [
    (Tlp.CLEAR.value, gettext_lazy("TLP:CLEAR – may be made public")),
    (Tlp.GREEN.value, gettext_lazy("TLP:GREEN – within the community")),
    (Tlp.AMBER.value, gettext_lazy("TLP:AMBER – within the organisation and its clients, when needed")),
    (Tlp.AMBER_STRICT.value, gettext_lazy("TLP:AMBER+STRICT – within the organisation only, when needed")),
    (Tlp.RED.value, gettext_lazy("TLP:RED – only for those who look, not to be passed on")),
]


class DayField(forms.DateField):
    """A day within reason, typed or picked."""

    widget = DAY

    def clean(self, value: Any) -> date | None:
        """The day; refuses a year that can only be a slip."""
        day: date | None = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day between 2000 and 2099."))
        return day


class MomentField(forms.DateTimeField):
    """A moment within reason: no clock can reckon with what lies outside it."""

    def to_python(self, value: Any) -> datetime | None:
        """The moment; refuses a year that can only be a slip."""
        slip = forms.ValidationError(_("Choose a year from 2000 up to and including 2099."))
        try:
            found = super().to_python(value)
        except OverflowError:
            raise slip from None
        if found is not None and not FIRST_DAY.year <= found.year <= LAST_DAY.year:
            raise slip
        return found


class PeriodForm(forms.Form):
    """A period; the end is the first day after it."""

    valid_from = DayField(label=gettext_lazy("First day"))
    valid_to = DayField(
        label=gettext_lazy("First day on which it no longer holds"),
        required=False,
        help_text=gettext_lazy("Leave empty if there is no end yet."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuses a period that ends before it begins."""
        cleaned = super().clean() or {}
        begin, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begin and end and end <= begin:
            self.add_error("valid_to", _("The end must lie after the first day."))
        return cleaned


class RoleForm(PeriodForm):
    """A role for a period. ``functions``: the words in the packs for who knows an answer."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    function = forms.ChoiceField(
        label=gettext_lazy("Function"),
        required=False,
        help_text=gettext_lazy("Questions for this function come first. It gives no extra rights."),
    )
    field_order: tuple[str, ...] = ("role", "function", "valid_from", "valid_to")

    def __init__(self, *args: Any, functions: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, capital(role_word(role))) for role in ROLES]  # type: ignore[attr-defined]
        self.fields["function"].choices = [("", _("None in particular")), *functions]  # type: ignore[attr-defined]


class PersonForm(RoleForm):
    """A person to add, with a first role."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("The invitation goes to this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    field_order = ("email", "name", "role", "function", "valid_from", "valid_to")


class EndRoleForm(forms.Form):
    """The day on which a role ends."""

    on = DayField(label=gettext_lazy("First day without this role"))


# a framework is shared from its own page
SHARED_HERE = [(each.value, each.label) for each in (ShareKind.FACT, ShareKind.ACCOUNT)]


class ShareForm(PeriodForm):
    """Something to share with another organisation.

    ``fact_types`` and ``accounts`` are the ids that exist in the packs: a name with a slip in it would share nothing.
    """

    recipient = forms.CharField(
        label=gettext_lazy("With which organisation"),
        max_length=200,
        help_text=gettext_lazy("Its name, or its short name as in the address of its pages."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What do you share"), choices=SHARED_HERE, widget=forms.RadioSelect)
    account = forms.ChoiceField(label=gettext_lazy("Which account"), required=False)
    subject = forms.CharField(
        label=gettext_lazy("Facts about which subject"),
        required=False,
        max_length=120,
        help_text=gettext_lazy(
            "Its short name, as in the address of its page. Empty: your organisation itself. An asterisk (*): every subject."
        ),
    )
    fact_type = forms.CharField(
        label=gettext_lazy("Which facts"),
        required=False,
        max_length=120,
        help_text=gettext_lazy(
            "Its name is on the page of the fact; from there you can share it as well. Or a group: backup.*"
        ),
    )
    tlp = forms.ChoiceField(
        label=gettext_lazy("How far may it be passed on"), choices=TLP_WORDS, initial=Tlp.AMBER.value
    )
    field_order = ("recipient", "kind", "account", "subject", "fact_type", "tlp", "valid_from", "valid_to")

    def __init__(
        self, *args: Any, own: str, fact_types: Collection[str], accounts: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own, self.fact_types = own, fact_types
        self.fields["account"].choices = [("", _("Choose an account")), *accounts]  # type: ignore[attr-defined]

    def clean_subject(self) -> str:
        """The key of the subject; refuses the sign that parts a subject from its fact type."""
        subject = self.cleaned_data["subject"].strip() or self.own
        if "|" in subject:
            raise forms.ValidationError(_("A subject key has no vertical bar (|) in it."))
        return str(subject)

    def clean_fact_type(self) -> str:
        """A fact type that exists, or a group with at least one in it."""
        wanted = self.cleaned_data["fact_type"].strip()
        if wanted and not any(covers(f"*|{wanted}", subject="", fact_type=known) for known in self.fact_types):
            raise forms.ValidationError(_("There is no fact with this name. Look at a fact's page for its name."))
        return str(wanted)

    def clean(self) -> dict[str, Any]:
        """Requires what belongs to the chosen kind, and puts the whole in ``what``."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        field = {"fact": "fact_type", "account": "account"}.get(str(kind))
        if field and field not in self.errors and not cleaned.get(field):
            self.add_error(field, _("This is needed for what you chose to share."))
        if kind == "fact":
            cleaned["what"] = f"{cleaned.get('subject')}|{cleaned.get('fact_type')}"
        else:
            cleaned["what"] = cleaned.get("account")
        return cleaned


class ProfileForm(forms.Form):
    """What a person says about himself."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
