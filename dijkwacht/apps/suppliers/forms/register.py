"""The forms of the register: a supplier, a service, what leans on it, a contract, the chain, an exit plan, a file."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.suppliers.models import Answer, Chain, Processing, ServiceKind, Terms
from dijkwacht.apps.suppliers.register_words import tier_choices

Options = Iterable[tuple[Any, Any]]
LONG = 20_000
FIRST, LAST = date(1950, 1, 1), date(2099, 12, 31)
_YEARS = gettext_lazy("Choose a day between 1950 and 2099.")


class DayInput(forms.DateInput):
    """A day in one control."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """As a browser takes it: ``2026-11-25``."""
        return value.isoformat() if isinstance(value, date) else str(value or "")


def line(label: Any, *, required: bool = False, most: int = 200, help_text: Any = "") -> forms.CharField:
    """A field for one line of text."""
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text)


def area(label: Any, *, required: bool = False, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """A field for a longer text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONG, widget=widget, help_text=help_text)


def answer(label: Any, *, help_text: Any = "") -> forms.ChoiceField:
    """Yes, no or not known yet; unknown is an answer."""
    return forms.ChoiceField(
        label=label, choices=Answer.choices, widget=forms.RadioSelect, help_text=help_text, initial=Answer.UNKNOWN
    )


def clause(label: Any) -> forms.ChoiceField:
    """The same in one line, for a form that asks many."""
    return forms.ChoiceField(label=label, choices=Answer.choices, initial=Answer.UNKNOWN)


def count(label: Any, *, most: int, help_text: Any = "") -> forms.IntegerField:
    """A whole number from zero, or nothing."""
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, help_text=help_text)


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day between 1950 and 2099."""
    field = forms.DateField(label=label, required=required, widget=DayInput, help_text=help_text)
    field.validators += [MinValueValidator(FIRST, _YEARS), MaxValueValidator(LAST, _YEARS)]
    return field


def one(label: Any, *, required: bool = False, help_text: Any = "") -> forms.TypedChoiceField:
    """One of several by number; empty for none. What there is to choose comes with the form."""
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, required=required, help_text=help_text)


def offer(form: forms.Form, field: str, options: Options, *, nothing: Any = "") -> None:
    """Fills in what there is to choose."""
    fields: Any = form.fields
    fields[field].choices = [("", nothing or _("Nobody")), *options]


class RegisterFilter(forms.Form):
    """Which suppliers to show."""

    text = forms.CharField(label=gettext_lazy("Name, service or number"), required=False, max_length=100)
    tier = forms.ChoiceField(label=gettext_lazy("Tier"), required=False)
    what = forms.ChoiceField(label=gettext_lazy("What needs attention"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["tier"].choices = [("", _("Every tier")), *tier_choices(), ("none", _("No services yet"))]
        fields["what"].choices = [
            ("", _("Everything")), ("contract", _("Contract ends or is missing")), ("proof", _("Proof is missing or ends")),
            ("exit", _("No exit plan")), ("finding", _("Open finding")), ("weight", _("Tier not settled")),
        ]  # fmt: skip


class TextFilter(forms.Form):
    """Which rows of a list to show, by a word."""

    text = forms.CharField(label=gettext_lazy("Name or number"), required=False, max_length=100)


class ServicesFilter(TextFilter):
    """Which services to show."""

    tier = forms.ChoiceField(label=gettext_lazy("Tier"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["tier"].choices = [("", _("Every tier")), *tier_choices()]


class SupplierForm(forms.Form):
    """Who a supplier is."""

    use_required_attribute = False
    name = line(gettext_lazy("Name"), required=True)
    kvk = line(
        gettext_lazy("KvK number"), most=20,
        help_text=gettext_lazy("Eight digits. By this number the supplier is known as the same everywhere."),
    )  # fmt: skip
    own_id = line(gettext_lazy("Your own number"), most=80, help_text=gettext_lazy("As your administration has it."))
    domain = line(gettext_lazy("Site"), most=253, help_text=gettext_lazy("Such as supplier.nl."))
    country = line(gettext_lazy("Country"), most=2, help_text=gettext_lazy("Two letters, such as NL."))
    note = area(gettext_lazy("Remark"), help_text=gettext_lazy("No names of persons."))


class ServiceForm(forms.Form):
    """What a supplier delivers, and what makes it heavy."""

    use_required_attribute = False
    name = line(gettext_lazy("Name of the service"), required=True)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ServiceKind.choices, initial=ServiceKind.OTHER)
    what = area(gettext_lazy("What is delivered"))
    personal_data = answer(gettext_lazy("Does the supplier process personal data for you?"))
    special_data = answer(
        gettext_lazy("Are there special personal data among them, or the citizen service number (BSN)?"),
        help_text=gettext_lazy("Health, criminal matters, origin, religion and the like."),
    )
    admin_access = answer(gettext_lazy("Can the supplier administer in your environment, also from afar?"))
    key_register = answer(gettext_lazy("Does it keep data of a key register (BRP, BAG, BGT, BRO or WOZ)?"))
    national_chain = answer(
        gettext_lazy("Is it part of a national chain?"),
        help_text=gettext_lazy("It feeds or leans on DigiD, BRP, Suwinet and the like."),
    )
    owner = one(gettext_lazy("Who answers for it"))

    def __init__(self, *args: Any, persons: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", persons)


class UseForm(forms.Form):
    """A process or system that leans on a service."""

    use_required_attribute = False
    subject = one(gettext_lazy("Process or system"), required=True)
    hours = count(
        gettext_lazy("After how many hours without it does it hurt?"), most=100_000,
        help_text=gettext_lazy("Leave empty when nobody knows. 0: at once."),
    )  # fmt: skip
    group = line(
        gettext_lazy("Other way to do the same"), most=40,
        help_text=gettext_lazy(
            "Services with the same word here can stand in for each other: only when all are gone does it hurt."
        ),
    )  # fmt: skip
    note = line(gettext_lazy("Remark"), most=300)

    def __init__(self, *args: Any, subjects: Options | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if subjects is None:
            del self.fields["subject"]
        else:
            offer(self, "subject", subjects, nothing=_("Choose"))


class ContractForm(forms.Form):
    """What was agreed. The end is filled in as the last day."""

    use_required_attribute = False
    title = line(gettext_lazy("What it is called"), required=True)
    number = line(gettext_lazy("Contract number"), most=80)
    services = forms.TypedMultipleChoiceField(
        label=gettext_lazy("For which services"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    starts_on = day(gettext_lazy("First day"), required=True)
    last_day = day(gettext_lazy("Last day"), help_text=gettext_lazy("Leave empty when it has no end."))
    notice_months = count(gettext_lazy("Months' notice"), most=240)
    renews = clause(gettext_lazy("Does it go on by itself when nobody gives notice?"))
    security_requirements = clause(gettext_lazy("Are the security demands in it?"))
    assurance_clause = clause(gettext_lazy("Must the supplier show by independent research that it meets them?"))
    audit_right = clause(gettext_lazy("May you audit the supplier yourself?"))
    transparency = clause(gettext_lazy("Must the supplier report vulnerabilities and incidents at once?"))
    exit = clause(gettext_lazy("Does it say how you can leave?"))
    flow_down = clause(gettext_lazy("Do the demands bind sub-suppliers too?"))
    termination_grounds = clause(gettext_lazy("Does it say when you may dissolve it?"))
    dependency_weighed = clause(
        gettext_lazy("Was it weighed beforehand whether you can control depending on this supplier?")
    )
    terms = forms.ChoiceField(
        label=gettext_lazy("The supplier's general terms"), choices=Terms.choices, initial=Terms.UNKNOWN
    )
    subcontractors = forms.ChoiceField(
        label=gettext_lazy("What was known of sub-suppliers beforehand"),
        choices=[("", gettext_lazy("Not filled in")), *Chain.choices], required=False,
    )  # fmt: skip
    processing = forms.ChoiceField(
        label=gettext_lazy("Processing agreement"), choices=Processing.choices, initial=Processing.UNKNOWN
    )
    processing_signed_on = day(gettext_lazy("Signed on"))
    owner = one(gettext_lazy("Who looks after it"))
    note = area(gettext_lazy("Remark"), help_text=gettext_lazy("No names of persons."))
    file = forms.FileField(label=gettext_lazy("The contract itself"), required=False)

    def __init__(self, *args: Any, persons: Options, services: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        offer(self, "owner", persons)
        fields["services"].choices = list(services)
        if not fields["services"].choices:
            del fields["services"]

    def told(self) -> dict[str, Any]:
        """What was filled in, as the verbs take it: the end as the first day after."""
        data = dict(self.cleaned_data)
        last = data.pop("last_day")
        data["until"] = None if last is None else last + timedelta(days=1)
        return data


class SubForm(forms.Form):
    """On whom a supplier leans."""

    use_required_attribute = False
    name = line(
        gettext_lazy("Name of the sub-supplier"), required=True,
        help_text=gettext_lazy("Who stands in your register already is recognised by name or KvK number."),
    )  # fmt: skip
    kvk = line(gettext_lazy("KvK number"), most=20)
    service = one(gettext_lazy("For which service"))
    does = line(gettext_lazy("What it does"))
    hours = count(gettext_lazy("After how many hours without it does the service stop?"), most=100_000)
    group = line(
        gettext_lazy("Other way to do the same"), most=40,
        help_text=gettext_lazy("Sub-suppliers with the same word here can stand in for each other."),
    )  # fmt: skip
    personal_data = answer(gettext_lazy("Does it process your personal data?"))
    country = line(gettext_lazy("Country where it does so"), most=2, help_text=gettext_lazy("Two letters, such as NL."))

    def __init__(self, *args: Any, services: Options | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if services is None:
            for name in ("name", "kvk", "service"):
                del self.fields[name]
        else:
            offer(self, "service", services, nothing=_("For all that it delivers"))


class ExitForm(forms.Form):
    """How we get away from a service."""

    use_required_attribute = False
    alternative = area(gettext_lazy("What would you use instead?"), required=True)
    data = area(  # type: ignore[assignment]  # a field, not what was sent
        gettext_lazy("How do you get your data back?"), required=True,
        help_text=gettext_lazy("In which form, by whom, and how they are destroyed at the supplier."),
    )  # fmt: skip
    steps = area(gettext_lazy("Which steps, in which order?"), required=True, rows=6)
    days = count(gettext_lazy("How many days does it take?"), most=3660)
    owner = one(gettext_lazy("Who keeps it up to date"))
    tested_on = day(gettext_lazy("Last tried out on"))

    def __init__(self, *args: Any, persons: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", persons)


class MergeForm(forms.Form):
    """Which of two stays, and that they are one although their numbers differ."""

    use_required_attribute = False
    kept = forms.TypedChoiceField(label=gettext_lazy("Which one stays?"), coerce=int, widget=forms.RadioSelect)
    differs = forms.BooleanField(
        label=gettext_lazy("Their KvK numbers differ, and it is one company all the same"), required=False
    )

    def __init__(self, *args: Any, pair: Options, against: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kept"].choices = list(pair)
        if not against:
            del fields["differs"]


class EndContractForm(forms.Form):
    """Why a contract ends before its end."""

    use_required_attribute = False
    because = line(gettext_lazy("Why"), most=300)


class FileForm(forms.Form):
    """A file with suppliers."""

    use_required_attribute = False
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("CSV, XLSX or ODS, at most 20 MB."))
