"""The forms of dependence: where to look, an order, a replacement, sharing the register."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.people.forms import TLP_WORDS
from dijkwacht.apps.people.models import OrganisationKind
from dijkwacht.apps.suppliers.forms.register import Options, area, day, line, offer, one
from dijkwacht.core.access import Tlp

OWN, SHARED = "eigen", "gedeeld"


class WhereForm(forms.Form):
    """Over whose registers to look. ``had``: of each field what there is to choose."""

    bereik = forms.ChoiceField(label=gettext_lazy("Where to look"), required=False)
    regio = forms.ChoiceField(label=gettext_lazy("Safety region"), required=False)
    provincie = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    soort = forms.ChoiceField(label=gettext_lazy("Kind of organisation"), required=False)

    def __init__(self, *args: Any, had: Mapping[str, list[str]], ours: bool, others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = [(OWN, _("Our own register"))] * ours + [(SHARED, _("Also what others share with us"))] * others
        self._choose("bereik", where)
        kinds = dict(OrganisationKind.choices)
        self._choose("regio", [("", _("Every region")), *((each, each) for each in had.get("safety_region", ()))])
        self._choose("provincie", [("", _("Every province")), *((each, each) for each in had.get("province", ()))])
        self._choose("soort", [("", _("Every kind")), *((each, kinds.get(each, each)) for each in had.get("kind", ()))])
        for name in ("regio", "provincie", "soort"):
            if len(self._choices(name)) <= 2:
                del self.fields[name]

    def _choose(self, name: str, choices: Options) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def _choices(self, name: str) -> list[Any]:
        return list(self.fields[name].choices)  # type: ignore[attr-defined]


class FindForm(WhereForm):
    """Which supplier stops."""

    zoek = forms.CharField(
        label=gettext_lazy("Supplier"), required=False, max_length=200,
        help_text=gettext_lazy("Part of the name, the KvK number or your own number."),
    )  # fmt: skip
    field_order = ("zoek", "bereik", "regio", "provincie", "soort")


class LeantForm(WhereForm):
    """On whom everything leans."""

    proces = forms.ChoiceField(label=gettext_lazy("Process or system"), required=False)
    verborgen = forms.BooleanField(label=gettext_lazy("Only those with whom nobody has dealings"), required=False)
    field_order = ("bereik", "regio", "provincie", "soort", "proces", "verborgen")

    def __init__(self, *args: Any, processes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("proces", [("", _("All of them")), *((each, each) for each in processes)])


class OrderForm(forms.Form):
    """An order as it was received."""

    name = line(gettext_lazy("Which supplier or manufacturer"), required=True)
    kvk = line(
        gettext_lazy("KvK number"), most=20,
        help_text=gettext_lazy("If the order gives it. Without it only names can be compared."),
    )  # fmt: skip
    reference = line(gettext_lazy("Reference of the order"), required=True)
    parts = area(
        gettext_lazy("Which parts of your network it is about"), help_text=gettext_lazy("In the words of the order.")
    )
    given_on = day(gettext_lazy("Day of the order"), required=True)
    until = day(gettext_lazy("Gone before"), help_text=gettext_lazy("The term in the order. Empty: it sets none."))


class ReplacementForm(forms.Form):
    """What becomes of a service under an order."""

    by_what = area(gettext_lazy("By what it is replaced"), required=True)
    owner = one(gettext_lazy("Who sees to it"))
    due = day(gettext_lazy("Gone before"))

    def __init__(self, *args: Any, persons: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", persons)


class ShareForm(forms.Form):
    """With whom the register is shared."""

    recipient = line(
        gettext_lazy("With which organisation"), required=True,
        help_text=gettext_lazy("Its name, or its short name as in the address of its pages."),
    )  # fmt: skip
    tlp = forms.ChoiceField(
        label=gettext_lazy("How far may it be passed on"), choices=TLP_WORDS, initial=Tlp.AMBER.value
    )
    valid_from = day(gettext_lazy("From"), required=True)
    valid_to = day(
        gettext_lazy("Until"),
        help_text=gettext_lazy("The first day on which it is no longer shared. Empty: until you revoke it."),
    )
