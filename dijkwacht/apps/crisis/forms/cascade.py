"""The forms of the network of dependencies and of a run. Their fields are written into addresses, so in Dutch there."""

import math
import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SPLIT = re.compile(r"[;\s]+")
ID_HELP = gettext_lazy("Letters, digits, hyphens and underscores.")
CHOICES = tuple[tuple[str, str], ...]


class BandField(forms.CharField):
    """Three numbers, lowest, likely and highest, as a list; None when it is empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Lowest, likely and highest, such as 1; 2; 4."))
        super().__init__(max_length=60, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The numbers. Whether they make a band is for the network to say."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            found = [float(each.replace(",", ".")) for each in _SPLIT.split(text.strip("; "))]
        except ValueError:
            found = []
        if len(found) != 3 or not all(map(math.isfinite, found)):
            raise forms.ValidationError(_("Give three numbers: lowest, likely and highest."))
        return found


def _band(label: Any, *, required: bool = True) -> BandField:
    return BandField(label=label, required=required)


class SourcedForm(forms.Form):
    """What one rests on, and of when that is."""

    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=200,
        help_text=gettext_lazy("Who or what told this: a test, a grid operator, an exercise.")
    )  # fmt: skip
    sourced_on = forms.DateField(
        label=gettext_lazy("Date of the source"), widget=forms.DateInput(attrs={"type": "date"})
    )


class NodeForm(SourcedForm):
    """A node as it is here."""

    id = forms.SlugField(label=gettext_lazy("Short name"), max_length=64, help_text=ID_HELP)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    buffer_hours = _band(gettext_lazy("Goes on by itself, in hours"))
    recovery_hours = _band(gettext_lazy("Back after its cause is gone, in hours"))
    gone = forms.BooleanField(label=gettext_lazy("This is not here: take it out of our network"), required=False)
    field_order = ("id", "name", "kind", "buffer_hours", "recovery_hours", "source", "sourced_on", "gone")

    def __init__(self, *args: Any, kinds: CHOICES, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        self.fields.pop("gone" if new else "id")


class EdgeForm(SourcedForm):
    """An edge as it is here."""

    origin = forms.ChoiceField(label=gettext_lazy("When this fails"))
    target = forms.ChoiceField(label=gettext_lazy("then this fails"))
    delay_hours = _band(gettext_lazy("after so many hours"))
    probability = BandField(
        label=gettext_lazy("Chance that it does"),
        help_text=gettext_lazy("Lowest, likely and highest, from 0 to 1, such as 0.1; 0.3; 0.6."),
    )
    uses_buffer = forms.BooleanField(
        label=gettext_lazy("Only after it has used up what it has by itself"), required=False,
        help_text=gettext_lazy("Not ticked: its battery, generator or stock is already in these hours."),
    )  # fmt: skip
    gone = forms.BooleanField(label=gettext_lazy("This line is not here: take it out of our network"), required=False)
    field_order = ("origin", "target", "delay_hours", "probability", "uses_buffer", "source", "sourced_on", "gone")

    def __init__(self, *args: Any, nodes: CHOICES, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if new:
            del self.fields["gone"]
            for name in ("origin", "target"):
                self.fields[name].choices = list(nodes)  # type: ignore[attr-defined]
        else:
            del self.fields["origin"], self.fields["target"]


class TieForm(forms.Form):
    """What of our own records a node stands for."""

    subject = forms.ChoiceField(label=gettext_lazy("Process or system"), required=False)

    def __init__(self, *args: Any, subjects: CHOICES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", _("Nothing")), *subjects]  # type: ignore[attr-defined]


class RunForm(forms.Form):
    """What fails, for how long."""

    uitval = forms.ChoiceField(label=gettext_lazy("What fails"))
    ook = forms.ChoiceField(label=gettext_lazy("And at the same time"), required=False)
    uren = forms.FloatField(
        label=gettext_lazy("For how many hours"), min_value=0.5, max_value=2000, initial=72,
        help_text=gettext_lazy("What would fail only after that does not count."),
    )  # fmt: skip
    extra = forms.FloatField(
        label=gettext_lazy("One generator more, good for how many hours"), min_value=0.5, max_value=2000, initial=24
    )
    trekking = forms.IntegerField(
        label=gettext_lazy("Seed"), min_value=0, max_value=2**31, initial=1,
        help_text=gettext_lazy("The same seed gives the same answer."),
    )  # fmt: skip

    def __init__(self, *args: Any, nodes: CHOICES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uitval"].choices = list(nodes)  # type: ignore[attr-defined]
        self.fields["ook"].choices = [("", _("Nothing else")), *nodes]  # type: ignore[attr-defined]

    @property
    def failed(self) -> tuple[str, ...]:
        """What fails, each once."""
        return tuple(dict.fromkeys(each for each in (self.cleaned_data["uitval"], self.cleaned_data["ook"]) if each))


class KeepForm(forms.Form):
    """Under which name a run is kept."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=120)


class FileForm(forms.Form):
    """A network from a file."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("JSON or YAML, as this page writes it."))
