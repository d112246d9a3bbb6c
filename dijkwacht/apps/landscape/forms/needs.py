"""The forms of needs: what is needed, how strongly it is felt, what becomes of it with its costs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.landscape.models import Area, Challenge, Felt, Handling, HowPressing, HowReal, NeedStatus, Reach
from dijkwacht.apps.landscape.services.needs import LONGEST, Handled, Raised
from dijkwacht.core.covenant.investment import MOST, Size

SIZES = {
    Size.SMALL: gettext_lazy("municipality of up to 25,000 inhabitants"),
    Size.MIDDLE: gettext_lazy("municipality of up to 100,000 inhabitants"),
    Size.LARGE: gettext_lazy("larger municipality"),
}


def area(label: Any, *, required: bool = False, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """A field for a longer text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=widget, help_text=help_text)


class BandField(forms.CharField):
    """Low, likely and high as whole numbers in one field: ``1000 2000 5000`` or ``1.000 – 2.000 – 5.000``. Empty: nothing."""

    def clean(self, value: Any) -> list[int]:
        """The three numbers, or nothing; refuses what is no three numbers in that order."""
        text = str(super().clean(value) or "").replace("–", " ").replace("-", " ").replace(";", " ").replace(",", " ")
        words = [word.replace(".", "") for word in text.replace("€", " ").split()]
        if not words:
            return []
        if len(words) != 3 or not all(word.isascii() and word.isdecimal() and len(word) <= 13 for word in words):
            raise forms.ValidationError(_("Give three whole numbers: low, likely and high."))
        low, likely, high = map(int, words)
        if not low <= likely <= high <= MOST:
            raise forms.ValidationError(_("Give them in order: low, likely, high."))
        return [low, likely, high]


class NeedForm(forms.Form):
    """What is needed."""

    use_required_attribute = False
    title = forms.CharField(
        label=gettext_lazy("What is needed, in one line"), max_length=200,
    )  # fmt: skip
    needed = area(
        gettext_lazy("What would meet it"), required=True, rows=4,
        help_text=gettext_lazy("What has to be there, for whom, and how you would notice that it is met."),
    )  # fmt: skip
    area = forms.ChoiceField(label=gettext_lazy("Area"), choices=Area.choices)
    challenge = forms.ChoiceField(
        label=gettext_lazy("System challenge of the covenant"), required=False,
        choices=[("", gettext_lazy("none of these")), *Challenge.choices],
    )  # fmt: skip
    reach = forms.ChoiceField(
        label=gettext_lazy("Who sees it"), choices=Reach.choices, widget=forms.RadioSelect, initial=Reach.OWN.value,
        help_text=gettext_lazy("When all see it, other organisations can say whether they feel it too."),
    )  # fmt: skip

    def told(self) -> Raised:
        """What was filled in. Of a form that was looked at (`is_valid`)."""
        return Raised(**self.cleaned_data)


class VoiceForm(forms.Form):
    """How strongly a need is felt."""

    use_required_attribute = False
    felt = forms.ChoiceField(
        label=gettext_lazy("How strongly do you feel this need?"), choices=Felt.choices, widget=forms.RadioSelect
    )
    because = area(
        gettext_lazy("Why"), rows=2, help_text=gettext_lazy("Only your organisation reads this. Others see the count.")
    )


class HandlingForm(forms.Form):
    """What becomes of a need, and what it would cost."""

    use_required_attribute = False
    status = forms.ChoiceField(label=gettext_lazy("What becomes of it"), choices=NeedStatus.choices)
    status_why = area(gettext_lazy("Why"), rows=2, help_text=gettext_lazy("Needed when it is met or not taken up."))
    holder = forms.CharField(label=gettext_lazy("Who acts"), required=False, max_length=200)
    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"), required=False, choices=[("", gettext_lazy("not said")), *HowPressing.choices]
    )
    priority_why = area(gettext_lazy("Why this priority"), rows=2)
    realism = forms.ChoiceField(
        label=gettext_lazy("How realistic"), required=False, choices=[("", gettext_lazy("not said")), *HowReal.choices]
    )
    realism_why = area(gettext_lazy("Why this is realistic or not"), rows=2)
    benefit = area(gettext_lazy("What it brings, and to whom"), rows=2)
    hours = BandField(
        label=gettext_lazy("Hours saved per municipality per year"), required=False, max_length=60,
        help_text=gettext_lazy("Low, likely and high, for example: 10 40 80. Empty when nobody knows."),
    )  # fmt: skip
    basis = area(
        gettext_lazy("On what the figures rest"), rows=2,
        help_text=gettext_lazy("A tender, an invoice, an estimate by whom. No figure is shown without this."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("once", _("Once, in euros")), ("yearly", _("Per year, in euros"))):
            for size, words in SIZES.items():
                text = _("%(what)s: %(size)s") % {"what": label, "size": words}
                self.fields[f"{name}_{size}"] = BandField(label=text, required=False, max_length=60)

    def told(self) -> Handled:
        """What was filled in. Of a form that was looked at (`is_valid`)."""
        values: dict[str, Any] = {
            name: value for name, value in self.cleaned_data.items() if not name.startswith(("once_", "yearly_"))
        }
        bands: dict[str, Any] = {
            name: {str(size): band for size in Size if (band := self.cleaned_data[f"{name}_{size}"])}
            for name in ("once", "yearly")
        }
        return Handled(**values, **bands)


def handled(row: Handling | None) -> Mapping[str, Any]:
    """What stands there now, for `HandlingForm`."""
    if row is None:
        return {}
    names = ("status", "status_why", "holder", "priority", "priority_why", "realism", "realism_why", "benefit", "basis")
    bands = {f"{name}_{size}": _typed(band) for name in ("once", "yearly") for size, band in getattr(row, name).items()}
    return {**{name: getattr(row, name) for name in names}, **bands, "hours": _typed(row.hours)}


def _typed(band: Any) -> str:
    return " ".join(map(str, band))
