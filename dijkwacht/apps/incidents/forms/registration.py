"""What the register of entities was told, field by field, and the legal roles of the organisation."""

from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.incidents.forms.fields import Aware, MomentField, Options, area, line

MANY = 2000
LISTS = ("domains", "ip_ranges", "contacts")


def lines(text: str) -> list[str]:
    """What stands on each line, without what is empty or stands there twice."""
    return list(dict.fromkeys(" ".join(each.split()) for each in text.splitlines() if each.strip()))


class RegistrationForm(Aware):
    """The record as it was told. Lists: one per line."""

    name = line(gettext_lazy("Name of the organisation"))
    number = line(gettext_lazy("Number in the Register of Government Organisations"), required=False, most=40)
    address = area(gettext_lazy("Address"), required=False, rows=2)
    email = forms.EmailField(label=gettext_lazy("E-mail address for the authorities"), required=False, max_length=254)
    phone = line(gettext_lazy("Phone number for the authorities"), required=False, most=40)
    sector = line(gettext_lazy("Sector and subsector"), required=False)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("What the organisation is under the law"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    domains = area(gettext_lazy("Domain names"), required=False, rows=6, help_text=gettext_lazy("One per line."))
    ip_ranges = area(
        gettext_lazy("IP ranges"), required=False, rows=4,
        help_text=gettext_lazy("One per line, such as 192.0.2.0/24 or 2001:db8::/32."),
    )  # fmt: skip
    countries = line(
        gettext_lazy("Other member states in which you provide services"), required=False,
        help_text=gettext_lazy("Leave empty when there is none."),
    )  # fmt: skip
    sharing = line(gettext_lazy("Arrangements for sharing information in which you take part"), required=False)
    contacts = area(
        gettext_lazy("Contacts"), required=False, rows=3,
        help_text=gettext_lazy("One per line: name and phone number. Prefilled with who reports to the authorities."),
    )  # fmt: skip
    told_at = MomentField(label=gettext_lazy("When it was told"))
    receipt = line(gettext_lazy("Receipt number"), required=False, most=120)
    note = line(gettext_lazy("Note"), required=False, most=300)

    def __init__(self, *args: Any, legal: Options = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = list(legal)  # type: ignore[attr-defined]

    def clean_domains(self) -> list[str]:
        """Names in lower case. Refused: too many, or a line that is no name."""
        found = [each.lower().rstrip(".") for each in _few(self.cleaned_data["domains"])]
        for each in found:
            if len(each) > 253 or "." not in each or any(sign in each for sign in " /:@"):
                raise forms.ValidationError(_("“%(line)s” is no domain name."), params={"line": each[:80]})
        return list(dict.fromkeys(found))

    def clean_ip_ranges(self) -> list[str]:
        """Networks as they are usually written. Refused: too many, or a line that is no network."""
        found = _few(self.cleaned_data["ip_ranges"])
        return list(dict.fromkeys(_network(each) for each in found))

    def clean_contacts(self) -> list[str]:
        """One per line. Refused: too many."""
        return _few(self.cleaned_data["contacts"])

    @property
    def values(self) -> dict[str, Any]:
        """What was told, by field."""
        return {name: self.cleaned_data[name] for name in self.fields if name not in ("told_at", "receipt", "note")}


def _few(text: str) -> list[str]:
    found = lines(text)
    if len(found) > MANY:
        raise forms.ValidationError(_("At most %(most)s lines."), params={"most": MANY})
    return found


def _network(text: str) -> str:
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        raise forms.ValidationError(_("“%(line)s” is no IP range."), params={"line": text[:80]}) from None


class RoleForm(forms.Form):
    """What the organisation is under these laws, from a day on."""

    use_required_attribute = False
    role = forms.ChoiceField(label=gettext_lazy("What the organisation is"), widget=forms.RadioSelect)
    since = forms.DateField(
        label=gettext_lazy("Since"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Of a critical entity: the day of its designation."),
    )  # fmt: skip

    def __init__(self, *args: Any, legal: Options = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(legal)  # type: ignore[attr-defined]


class EndRoleForm(forms.Form):
    """Until when it was this."""

    use_required_attribute = False
    until = forms.DateField(
        label=gettext_lazy("From which day no longer"), widget=forms.DateInput(attrs={"type": "date"})
    )


def joined(value: Any) -> str:
    """A kept value as a field for several lines shows it."""
    return value if isinstance(value, str) else "\n".join(_texts(value))


def _texts(value: Iterable[Any] | None) -> list[str]:
    return [str(each) for each in value or ()]
