"""The forms of collective services: what one is, what it covers, from when we take part, until when."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.people.forms import DayField
from dijkwacht.apps.people.models import OrganisationKind
from dijkwacht.apps.suppliers.forms.register import area, line
from dijkwacht.apps.suppliers.models import Collective, CollectiveKind, Covering, Extent
from dijkwacht.apps.suppliers.services.collective import MEMBERS, Told

Groups = Iterable[tuple[Any, Any]]


class CollectiveForm(forms.Form):
    """What a collective service is, and for whom it is open."""

    use_required_attribute = False
    name = line(gettext_lazy("Name"), required=True)
    kind = forms.ChoiceField(
        label=gettext_lazy("What is done together"), choices=CollectiveKind.choices, widget=forms.RadioSelect
    )
    what = area(gettext_lazy("What it is"), rows=4)
    provider = line(gettext_lazy("Who delivers it"), help_text=gettext_lazy("For example a supplier, or you yourself."))
    open_to = forms.MultipleChoiceField(
        label=gettext_lazy("For which organisations it is open"), widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.label) for kind in MEMBERS],
    )  # fmt: skip
    since = DayField(label=gettext_lazy("First day"))
    last = DayField(label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty while it goes on."))
    regions = forms.MultipleChoiceField(
        label=gettext_lazy("Only in these safety regions"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none when it is open everywhere."),
    )  # fmt: skip

    def __init__(self, *args: Any, regions: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["regions"].choices = [(each, each) for each in regions]

    def told(self) -> Told:
        """What was filled in. Of a form that was looked at (`is_valid`)."""
        values = {**self.cleaned_data}
        last = values.pop("last")
        return Told(**values, until=None if last is None else last + timedelta(days=1))


def shown(collective: Collective) -> dict[str, Any]:
    """What stands there now, for `CollectiveForm`."""
    names = ("name", "kind", "what", "provider", "open_to", "regions", "since")
    last = None if collective.until is None else collective.until - timedelta(days=1)
    return {**{name: getattr(collective, name) for name in names}, "last": last}


def usual() -> dict[str, Any]:
    """What a new service starts with."""
    return {"open_to": [OrganisationKind.MUNICIPALITY.value]}


class CoverForm(forms.Form):
    """What a service does for one requirement."""

    use_required_attribute = False
    requirement = forms.ChoiceField(label=gettext_lazy("Requirement"))
    extent = forms.ChoiceField(
        label=gettext_lazy("How much of it the service takes care of"), choices=Extent.choices, widget=forms.RadioSelect,
        initial=Extent.PART.value,
    )  # fmt: skip
    does = area(gettext_lazy("What the service does"))
    stays = area(
        gettext_lazy("What stays with the member"),
        help_text=gettext_lazy("Also when the service does the whole: who is responsible stays responsible."),
    )

    def __init__(self, *args: Any, requirements: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["requirement"].choices = [("", _("Choose a requirement")), *requirements]


def cover_shown(row: Covering) -> dict[str, Any]:
    """What stands there now, for `CoverForm`."""
    return {name: getattr(row, name) for name in ("requirement", "extent", "does", "stays")}


class JoinForm(forms.Form):
    """From when an organisation takes part."""

    use_required_attribute = False
    since = DayField(label=gettext_lazy("We take part from"))


class LastDayForm(forms.Form):
    """Until when something goes on."""

    use_required_attribute = False
    last = DayField(label=gettext_lazy("Last day"))

    @property
    def end(self) -> Any:
        """The first day after. Of a form that was looked at (`is_valid`)."""
        return self.cleaned_data["last"] + timedelta(days=1)


class NoteForm(forms.Form):
    """Who takes part, as the holder notes it."""

    who = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, organisations: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["who"].choices = list(organisations)
