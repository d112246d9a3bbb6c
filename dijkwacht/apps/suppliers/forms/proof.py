"""The forms of proof and findings."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.suppliers.forms.register import Options, answer, area, day, line, offer, one
from dijkwacht.apps.suppliers.models import Severity
from dijkwacht.norms.suppliers import supplier_rules
from dijkwacht.web.terms import text_of

ALL, SOME = "all", "some"
DAY = timedelta(days=1)


def kinds() -> list[tuple[str, str]]:
    """The kinds of proof by their names, in the order of the pack."""
    rules = supplier_rules()
    return [(name, text_of(rules.said[f"kind:{name}"].name)) for name in rules.kinds]


def file(label: Any, *, help_text: Any = "") -> forms.FileField:
    """A file that is kept as evidence."""
    return forms.FileField(label=label, required=False, help_text=help_text)


class WithLastDay(forms.Form):
    """A form that asks the last day where the register keeps the first day after."""

    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """With ``until`` beside ``last_day``."""
        cleaned = super().clean() or {}
        last = cleaned.get("last_day")
        return {**cleaned, "until": last + DAY if last else None}


class SupplierChoice(forms.Form):
    """Of whom the proof or the finding is."""

    leverancier = forms.ChoiceField(label=gettext_lazy("Supplier"))

    def __init__(self, *args: Any, suppliers: Options = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "leverancier", suppliers, nothing=_("Choose a supplier"))


class ProofForm(WithLastDay):
    """What a proof says."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of proof"))
    title = line(gettext_lazy("Title"), required=True, help_text=gettext_lazy("As it stands on the document."))
    issuer = line(
        gettext_lazy("Who gave it out"), help_text=gettext_lazy("The auditor, the body or the supplier itself.")
    )
    first = day(
        gettext_lazy("First day"), required=True,
        help_text=gettext_lazy("The start of the period, the day of the test, or the day of issue."),
    )  # fmt: skip
    last_day = day(
        gettext_lazy("Last day"),
        help_text=gettext_lazy("The end of the period or of the certificate. Leave it empty for what is about one day."),
    )  # fmt: skip
    received_on = day(gettext_lazy("Received on"), required=True)
    reach = forms.ChoiceField(
        label=gettext_lazy("Which services it is about"), widget=forms.RadioSelect,
        choices=[(SOME, gettext_lazy("Only these services")), (ALL, gettext_lazy("All services of this supplier"))],
        help_text=gettext_lazy("Look in the scope of the document. In doubt it is not about a service."),
    )  # fmt: skip
    services = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Services"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    scope = area(gettext_lazy("Scope in the words of the document"))
    subs = answer(
        gettext_lazy("Did it look at sub-suppliers too?"),
        help_text=gettext_lazy("An auditor says so: “inclusive” is yes, “carve-out” is no."),
    )
    file = file(
        gettext_lazy("The proof itself, as a file"),
        help_text=gettext_lazy("With it, what follows counts as documented."),
    )

    def __init__(self, *args: Any, services: Options = (), kept: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = [("", _("Choose a kind")), *kinds()]
        fields["services"].choices = list(services)
        if kept:
            fields["file"].help_text = _("Leave this empty to keep the document that is there.")


class WithdrawForm(forms.Form):
    """A proof no longer counts."""

    use_required_attribute = False
    ended_on = day(
        gettext_lazy("Since when"), required=True, help_text=gettext_lazy("The first day on which it no longer counts.")
    )
    because = line(gettext_lazy("Why"), required=True, most=300)


class JudgeForm(forms.Form):
    """What somebody makes of a proof."""

    use_required_attribute = False
    judgement = area(
        gettext_lazy("What do you make of it?"), required=True, rows=6,
        help_text=gettext_lazy("What it shows, what it leaves out, which exceptions it names, and what must follow."),
    )  # fmt: skip


class LetterForm(WithLastDay):
    """The supplier says that nothing changed since."""

    first = day(gettext_lazy("From"), required=True, help_text=gettext_lazy("The day after the end of the period."))
    last_day = day(gettext_lazy("Up to and with"), required=True)
    received_on = day(gettext_lazy("Received on"), required=True)
    file = file(gettext_lazy("The letter"))


class FindingForm(forms.Form):
    """Something wrong at a supplier."""

    use_required_attribute = False
    title = line(gettext_lazy("What is wrong"), required=True)
    what = area(gettext_lazy("More about it"))
    proof = one(gettext_lazy("Out of which proof"), help_text=gettext_lazy("None: out of your own check."))
    severity = forms.ChoiceField(label=gettext_lazy("How bad"), choices=Severity.choices, widget=forms.RadioSelect)
    found_on = day(gettext_lazy("Found on"), required=True)
    due = day(gettext_lazy("To be mended no later than"), required=True)
    owner = one(gettext_lazy("Who sees to it"), help_text=gettext_lazy("Somebody else then says that it is mended."))

    def __init__(self, *args: Any, persons: Options = (), proofs: Options = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", persons, nothing=_("Choose a person"))
        offer(self, "proof", proofs, nothing=_("Our own check"))


class SayForm(forms.Form):
    """One text that something asks for."""

    use_required_attribute = False
    text = area("", required=True, rows=4)

    def __init__(self, *args: Any, name: str, label: str, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.pop("text")
        field.label, field.help_text = label, help_text
        self.fields[name] = field


class FindingsFilter(forms.Form):
    """Which findings to show."""

    which = forms.ChoiceField(label=gettext_lazy("Which"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["which"].choices = [
            ("", _("Open")), ("late", _("Too late")), ("closed", _("Mended or accepted")), ("all", _("All")),
        ]  # fmt: skip


class ProofFilter(forms.Form):
    """Which services to show."""

    text = forms.CharField(label=gettext_lazy("Service or supplier"), required=False, max_length=100)
    which = forms.ChoiceField(label=gettext_lazy("Which"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["which"].choices = [("", _("All services")), ("short", _("Where proof is not enough")), *_tiers()]


def _tiers() -> Iterable[tuple[str, str]]:
    rules = supplier_rules()
    return [(each.id, text_of(rules.said[f"tier:{each.id}"].name)) for each in reversed(rules.tiers)]
