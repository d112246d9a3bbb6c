"""Two names that are one, and what is followed."""

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.advisories.forms.register import line
from dijkwacht.apps.advisories.models import SubscriptionKind

LONGEST_FOLLOWED = 120


class NamesForm(forms.Form):
    """A registered name, and what advisories call it."""

    use_required_attribute = False
    vendor = line(gettext_lazy("Supplier in the register"), required=True)
    product = line(
        gettext_lazy("Product in the register"),
        help_text=gettext_lazy("Leave both products empty for everything of this supplier."),
    )
    to_vendor = line(gettext_lazy("Supplier in advisories"), required=True)
    to_product = line(gettext_lazy("Product in advisories"))


class FollowForm(forms.Form):
    """What is followed."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you follow?"), choices=SubscriptionKind.choices, widget=forms.RadioSelect,
        initial=SubscriptionKind.VENDOR,
    )  # fmt: skip
    text = line(
        gettext_lazy("Supplier or words"), most=LONGEST_FOLLOWED, required=True,
        help_text=gettext_lazy("The name of the supplier, or words that stand in a row in a title or a product."),
    )  # fmt: skip
