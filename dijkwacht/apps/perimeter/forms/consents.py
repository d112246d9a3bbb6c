"""What people fill in about consent to measure. No form reads or writes the database."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dijkwacht.apps.people.forms import DayField
from dijkwacht.apps.perimeter.consent_words import LEVELS

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_WORDS = (
    pgettext_lazy("weekday", "Monday"), pgettext_lazy("weekday", "Tuesday"), pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"), pgettext_lazy("weekday", "Friday"), pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
)  # fmt: skip
OFFERED = (1, 2, 3)
"""Levels on the form: at 0 nothing is measured, and no check needs 4."""


class LinesField(forms.CharField):
    """One thing a line; what comes out is a list."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def clean(self, value: Any) -> list[str]:
        """The lines that say something."""
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class TimeField(forms.TimeField):
    """An hour of the day, whole minutes."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class BasisForm(forms.Form):
    """What every consent says: what, how far, when, and by whom."""

    use_required_attribute = False

    scope = LinesField(
        label=gettext_lazy("What may be measured"),
        max_length=20_000,
        help_text=gettext_lazy(
            "One a line: a name (dijkstad.nl), all below it (*.dijkstad.nl), a network (192.0.2.0/24) or an AS number (AS64500)."
        ),
    )
    exclude = LinesField(
        label=gettext_lazy("What may not, though it lies in it"),
        max_length=20_000,
        required=False,
        help_text=gettext_lazy("In the same way. An exclusion goes before everything else."),
    )
    level = forms.TypedChoiceField(label=gettext_lazy("How far"), coerce=int, widget=forms.RadioSelect)
    since = DayField(label=gettext_lazy("First day"))
    until = DayField(
        label=gettext_lazy("First day on which it no longer holds"),
        required=False,
        help_text=gettext_lazy("Leave empty if there is no end yet."),
    )
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Only on these days"),
        required=False,
        choices=list(zip(DAYS, DAY_WORDS, strict=True)),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Leave all open to allow every day."),
    )
    begin = TimeField(
        label=gettext_lazy("Not before"),
        required=False,
        help_text=gettext_lazy(
            "Leave both times open to allow the whole day. An end before the begin lies in the next morning."
        ),
    )
    end = TimeField(label=gettext_lazy("Not after"), required=False)
    signatory = forms.CharField(label=gettext_lazy("Who gives it"), max_length=150)
    mandate = forms.CharField(
        label=gettext_lazy("By which mandate"),
        max_length=200,
        help_text=gettext_lazy("For example: mandate decree 2026, article 4."),
    )
    field_order: Sequence[str] = ()

    def __init__(
        self, *args: Any, on: date, most: int = max(OFFERED), initial: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"since": on, "level": 2, **(initial or {})}
        super().__init__(*args, **kwargs)
        words = [(str(level), f"{level} – {LEVELS[level]}") for level in OFFERED if level <= most]
        self.fields["level"].choices = words  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both times or none, and the window as texts under `window`."""
        cleaned = super().clean() or {}
        begin, end = cleaned.get("begin"), cleaned.get("end")
        if (begin is None) != (end is None) and not {"begin", "end"} & self.errors.keys():
            self.add_error("end" if end is None else "begin", _("Fill in both times, or neither."))
        elif begin is not None and begin == end:
            self.add_error("end", _("The end is the same as the begin: then no time is left."))
        else:
            cleaned["window"] = window(cleaned.get("days") or [], begin, end)
        return cleaned


class ConsentForm(BasisForm):
    """A consent of the organisation itself, or of its supplier."""

    party = forms.CharField(label=gettext_lazy("Supplier"), max_length=200, required=False)
    own_text = forms.CharField(
        label=gettext_lazy("Another text was agreed to"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Paste it here whole. Left empty, the text on this page is what was agreed to."),
    )
    agreed = forms.BooleanField(label=gettext_lazy("This text was read and agreed to by who gives the consent"))
    field_order = (
        "party", "scope", "exclude", "level", "since", "until", "days", "begin", "end", "signatory", "mandate", "own_text",
        "agreed",
    )  # fmt: skip

    def __init__(self, *args: Any, supplier: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].required = supplier
        if not supplier:
            del self.fields["party"]


class CsirtBasisForm(BasisForm):
    """A legal basis of a CSIRT."""

    basis = forms.CharField(label=gettext_lazy("By which article"), max_length=200)
    field_order = (
        "basis", "scope", "exclude", "level", "since", "until", "days", "begin", "end", "signatory", "mandate",
    )  # fmt: skip


class RevokeForm(forms.Form):
    """Why a consent is taken back."""

    use_required_attribute = False

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


def window(days: Sequence[str], begin: time | None, end: time | None) -> list[str]:
    """The parts of the week as consents hold them: `mon-fri 20:00-06:00`, one per row of days. Empty: always."""
    if not days and begin is None:
        return []
    hours = f"{begin:%H:%M}-{end:%H:%M}" if begin is not None and end is not None else "00:00-24:00"
    wanted = [day in days for day in DAYS] if days else [True] * 7
    found: list[str] = []
    start: int | None = None
    for number, on in enumerate([*wanted, False]):
        if on and start is None:
            start = number
        elif not on and start is not None:
            last = number - 1
            found.append(f"{DAYS[start]}{f'-{DAYS[last]}' if last > start else ''} {hours}")
            start = None
    return found
