"""The forms of the landscape: a cell, the filter of the matrix, discussions, and a pack that comes in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.landscape.forms.needs import area as long_text
from dijkwacht.apps.landscape.words import cells as say
from dijkwacht.apps.people.forms import DayField
from dijkwacht.core.landscape.cells import Cell, Landscape
from dijkwacht.core.landscape.form import plain
from dijkwacht.web.terms import text_of

NAMED = ("area", "phase", "layer", "actor", "role")
TERMS = (
    ("P6M", gettext_lazy("half a year")), ("P1Y", gettext_lazy("one year")), ("P2Y", gettext_lazy("two years")),
    ("P3Y", gettext_lazy("three years")), ("P4Y", gettext_lazy("four years")), ("P5Y", gettext_lazy("five years")),
    ("", gettext_lazy("does not age")),
)  # fmt: skip


def _names(named: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(key, text_of(each.name)) for key, each in named.items()]


def _actors(known: Landscape) -> list[tuple[str, str]]:
    return sorted(_names(known.actors), key=lambda each: each[1].casefold())


class FilterForm(forms.Form):
    """What of the matrix to show."""

    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    actor = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", gettext_lazy("every status")), *say.STATUSES.items()],
    )

    def __init__(self, *args: Any, known: Landscape, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["area"].choices = [("", _("every area")), *_names(known.areas)]
        fields["actor"].choices = [("", _("everybody")), *_actors(known)]


class TurnForm(forms.Form):
    """For which incident in which phase."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of incident"))
    phase = forms.ChoiceField(label=gettext_lazy("Phase"))

    def __init__(self, *args: Any, known: Landscape, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices, fields["phase"].choices = _names(known.kinds), _names(known.phases)


class BecauseForm(forms.Form):
    """Why something is done."""

    use_required_attribute = False
    because = long_text(gettext_lazy("Why"), required=True, rows=2)


class CellForm(forms.Form):
    """A cell: where it stands, who does what, and on what that rests. ``seen``: as which it was looked at."""

    use_required_attribute = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    area = forms.ChoiceField(label=say.FIELDS["area"])
    phase = forms.ChoiceField(label=say.FIELDS["phase"])
    layer = forms.ChoiceField(label=say.FIELDS["layer"])
    actor = forms.ChoiceField(label=say.FIELDS["actor"])
    role = forms.ChoiceField(label=say.FIELDS["role"])
    nl = long_text(say.FIELDS["nl"], required=True)
    en = long_text(say.FIELDS["en"], rows=2, help_text=gettext_lazy("Empty: the Dutch words are shown."))
    status = forms.ChoiceField(label=say.FIELDS["status"], choices=[*say.STATUSES.items()])
    basis = forms.CharField(
        label=say.FIELDS["basis"],
        max_length=2000,
        help_text=gettext_lazy("Act and article, or the agreement it rests on."),
    )
    unread = forms.CharField(
        label=say.FIELDS["unread"], required=False, max_length=2000,
        help_text=gettext_lazy("Articles that you name without having read them."),
    )  # fmt: skip
    source = forms.CharField(label=say.FIELDS["source"], max_length=2000)
    confidence = forms.ChoiceField(label=say.FIELDS["confidence"], choices=[*say.CONFIDENCES.items()], initial="C")
    as_of = DayField(label=say.FIELDS["as_of"])
    stale_after = forms.ChoiceField(label=say.FIELDS["stale_after"], required=False, initial="P1Y")
    together = forms.ChoiceField(label=say.FIELDS["together"], required=False)
    kinds = forms.MultipleChoiceField(
        label=say.FIELDS["kinds"], required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("At which incidents this is in turn, after whom the pack names."),
    )  # fmt: skip
    because = long_text(
        gettext_lazy("Why you write it so"), required=True, rows=2,
        help_text=gettext_lazy("Stands in the trail, and helps when another pack comes."),
    )  # fmt: skip

    def __init__(self, *args: Any, known: Landscape, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        named = {
            "area": known.areas,
            "phase": known.phases,
            "layer": known.layers,
            "role": known.roles,
            "kinds": known.kinds,
        }
        for key, names in named.items():
            fields[key].choices = _names(names)
        fields["actor"].choices = _actors(known)
        fields["together"].choices = [
            ("", _("nothing")),
            *((key, text_of(each.text)) for key, each in known.chains.items()),
        ]
        held = str(self.initial.get("stale_after") or "")
        fields["stale_after"].choices = [*TERMS, *([] if held in dict(TERMS) else [(held, held)])]

    def told(self) -> dict[str, Any]:
        """The fields of the cell as they go over the line. Of a form that was looked at (`is_valid`)."""
        values = {key: value for key, value in self.cleaned_data.items() if key not in ("because", "seen")}
        return {
            **values,
            "as_of": values["as_of"].isoformat(),
            "kinds": list(values["kinds"]),
            "together": values["together"],
        }


def shown(cell: Cell) -> dict[str, Any]:
    """What a cell says now, for `CellForm`."""
    return plain(cell)


class SayForm(forms.Form):
    """Something that is said."""

    use_required_attribute = False
    text = long_text(gettext_lazy("What you want to say"), required=True)


class AssignForm(forms.Form):
    """Who takes it up, and before which day."""

    use_required_attribute = False
    owner = forms.TypedChoiceField(label=gettext_lazy("Who takes it up"), coerce=int)
    due = DayField(label=gettext_lazy("Decided before"))

    def __init__(self, *args: Any, persons: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["owner"].choices = list(persons)


class DecideForm(forms.Form):
    """What was decided."""

    use_required_attribute = False
    decision = long_text(
        gettext_lazy("Decision"),
        required=True,
        help_text=gettext_lazy("Closes the discussion. A new one can be opened."),
    )


class PackForm(forms.Form):
    """A pack that comes in."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A signed landscape pack, as this page makes it. At most 10 MB."),
    )
