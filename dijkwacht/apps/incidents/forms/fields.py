"""What the forms of this room have in common: a moment, a person, yes-no-unknown, a longer text."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.incidents.models import Answer
from dijkwacht.web.moments import local

Options = Iterable[tuple[Any, Any]]
LONG = 20_000
TYPED = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M", "%d-%m-%Y %H.%M")
YEARS = (2000, 2099)
BETWEEN = "|"  # stands between the moment and which of two equal hours it is
FIRST, SECOND = "first", "second"


def area(label: Any, *, required: bool = True, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """A field for a longer text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONG, widget=widget, help_text=help_text)


def line(label: Any, *, required: bool = True, most: int = 200, help_text: Any = "") -> forms.CharField:
    """A field for one line of text."""
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text)


def answer(label: Any, *, help_text: Any = "") -> forms.ChoiceField:
    """Yes, no or not known yet; unknown is an answer."""
    return forms.ChoiceField(
        label=label, choices=Answer.choices, widget=forms.RadioSelect, help_text=help_text, initial=Answer.UNKNOWN
    )


def choice(label: Any, choices: Options, *, help_text: Any = "") -> forms.ChoiceField:
    """One of several, shown all at once; required."""
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect, help_text=help_text)


def number(label: Any, *, most: int = 2_000_000_000, help_text: Any = "") -> forms.IntegerField:
    """A whole number from zero, or nothing."""
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, help_text=help_text)


class PersonField(forms.TypedChoiceField):
    """Somebody with a role here, by number; empty for nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"coerce": int, "empty_value": None, "required": False, **kwargs})


def twice(wall: datetime) -> bool:
    """Whether a time by the clock comes twice, as in the night in which winter time starts."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return _offset(wall, zone, 0) > _offset(wall, zone, 1)


def skipped(wall: datetime) -> bool:
    """Whether a time by the clock does not exist, as in the night in which summer time starts."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return _offset(wall, zone, 0) < _offset(wall, zone, 1)


def _offset(wall: datetime, zone: ZoneInfo, fold: int) -> timedelta:
    return wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta()


def _wall(text: str) -> datetime | None:
    for form in TYPED:
        with suppress(ValueError):
            return datetime.strptime(text, form)  # noqa: DTZ007 - a time by the clock; the zone comes after
    return None


class MomentInput(forms.DateTimeInput):
    """Day and time in one control. For an hour that comes twice it asks which of the two."""

    input_type = "datetime-local"
    supports_microseconds = True  # else a moment that nobody changed loses them, and comes before itself

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """What was typed, and behind it which of two equal hours was chosen."""
        typed, which = data.get(name) or "", data.get(f"{name}_which") or ""
        return f"{typed}{BETWEEN}{which}" if which in (FIRST, SECOND) else str(typed)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether nothing was sent at all."""
        return name not in data

    def format_value(self, value: Any) -> str:
        """As a browser takes it: ``2026-11-25T09:30``."""
        if isinstance(value, datetime):
            return local(value).strftime(TYPED[0])
        return str(value or "").partition(BETWEEN)[0]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The control, and for an hour that comes twice the choice between the two."""
        control = super().render(name, value, attrs, renderer)
        wall = _wall(self.format_value(value))
        if wall is None or not twice(wall):
            return control
        fold = local(value).fold if isinstance(value, datetime) else None
        chosen = (FIRST, SECOND)[fold] if fold is not None else str(value).partition(BETWEEN)[2]
        marks = {each: SafeString(" selected" if each == chosen else "") for each in (FIRST, SECOND)}
        return format_html(
            '{}<select class="utrecht-select utrecht-select--html-select moment-which" name="{}_which" aria-label="{}">'
            '<option value="">{}</option><option value="first"{}>{}</option><option value="second"{}>{}</option></select>',
            control, name, _("Which of the two hours"), _("Choose which of the two"), marks[FIRST],
            _("The first: still summer time"), marks[SECOND], _("The second: winter time"),
        )  # fmt: skip


class MomentField(forms.Field):
    """A moment, typed by our clocks. A time that does not exist is refused; one that comes twice asks which."""

    widget = MomentInput
    default_error_messages = {
        "invalid": gettext_lazy("Fill in a day and a time, such as 2026-11-25 09:30."),
        "years": gettext_lazy("Choose a day between 2000 and 2099."),
        "skipped": gettext_lazy("That time does not exist: the clock goes forward an hour that night. Choose another time."),
        "twice": gettext_lazy("That time comes twice: the clock goes back an hour that night. Choose which of the two you mean."),
    }  # fmt: skip

    def to_python(self, value: Any) -> datetime | None:
        """An aware moment, on the minute; None for nothing."""
        if isinstance(value, datetime):
            return value
        typed, _bar, which = str(value or "").strip().partition(BETWEEN)
        if not typed:
            return None
        wall = _wall(typed)
        if wall is None:
            raise self._wrong("invalid")
        if not YEARS[0] <= wall.year <= YEARS[1]:
            raise self._wrong("years")
        if skipped(wall):
            raise self._wrong("skipped")
        if twice(wall) and which not in (FIRST, SECOND):
            raise self._wrong("twice")
        return wall.replace(tzinfo=ZoneInfo(settings.TIME_ZONE), fold=int(which == SECOND))

    def _wrong(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code)


class Aware(forms.Form):
    """A form that knows persons, subjects and the moment at which it is filled in. What it does not use it ignores."""

    use_required_attribute = False  # an empty field is not wrong before anything was sent

    def __init__(
        self, *args: Any, persons: Options = (), subjects: Options = (), at: datetime | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        for name, field in self.fields.items():
            if isinstance(field, PersonField):
                field.choices = [("", _("Nobody yet")), *persons]
            elif name == "subject":
                field.choices = list(subjects)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A control shows minutes: a moment of which nobody changed the minute stays what it was, to the second."""
        cleaned = super().clean() or {}
        for name, field in self.fields.items():
            was, now = self.get_initial_for_field(field, name), cleaned.get(name)
            if isinstance(field, MomentField) and isinstance(was, datetime) and now is not None and _same(was, now):
                cleaned[name] = was
        return cleaned


def _same(one: datetime, other: datetime) -> bool:
    """Whether two moments lie in the same minute; in UTC, for within one zone a fold is not compared."""
    return one.astimezone(UTC).replace(second=0, microsecond=0) == other.astimezone(UTC).replace(
        second=0, microsecond=0
    )
