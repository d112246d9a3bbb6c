"""The forms of the covenant: of which day an account tells, and what the investment agenda assumes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.landscape.forms.needs import area
from dijkwacht.apps.landscape.models import Assumption
from dijkwacht.apps.landscape.services.initiatives import MOST_MUNICIPALITIES, MOST_YEARS
from dijkwacht.apps.landscape.words.covenant import SIZES
from dijkwacht.apps.people.forms import DayField


class DayForm(forms.Form):
    """Of which day an account tells."""

    use_required_attribute = False
    on = DayField(label=gettext_lazy("As of"), required=False)


class AssumptionForm(forms.Form):
    """What the investment agenda assumes."""

    use_required_attribute = False
    years = forms.IntegerField(
        label=gettext_lazy("Over how many years"), min_value=1, max_value=MOST_YEARS,
        help_text=gettext_lazy("Costs once count once, costs per year for each of these years."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for size, words in SIZES.items():
            self.fields[f"n_{size}"] = forms.IntegerField(
                label=gettext_lazy("Municipalities of %(size)s") % {"size": words}, required=False, min_value=0,
                max_value=MOST_MUNICIPALITIES,
            )  # fmt: skip
        self.fields["source"] = forms.CharField(
            label=gettext_lazy("Where these numbers come from"), required=False, max_length=300,
            help_text=gettext_lazy("Leave the numbers empty to count all municipalities by the register."),
        )  # fmt: skip
        self.fields["doubts"] = area(gettext_lazy("What is unsure about this"), rows=3)
        self.fields["remark"] = area(gettext_lazy("What else is assumed"), rows=3)

    def told(self) -> dict[str, Any]:
        """What was filled in, for `services.initiatives.assume`. Of a form that was looked at (`is_valid`)."""
        given = self.cleaned_data
        counts = {str(size): n for size in SIZES if (n := given[f"n_{size}"]) is not None}
        return {name: given[name] for name in ("years", "source", "doubts", "remark")} | {"municipalities": counts}


def assumed(row: Assumption | None, years: int) -> Mapping[str, Any]:
    """What stands there now, for `AssumptionForm`."""
    if row is None:
        return {"years": years}
    counts = {f"n_{size}": n for size, n in row.municipalities.items()}
    return {"years": row.years, "source": row.source, "doubts": row.doubts, "remark": row.remark, **counts}
