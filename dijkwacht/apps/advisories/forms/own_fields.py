"""What the form of an own document is made of: a line, a longer text, an address, each refusing what cannot be shown; a row."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONG = 20_000  # characters
ADDRESS = re.compile(
    r"https?://[A-Za-z0-9._~-]+(?::[0-9]{1,5})?(?:[/?#](?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?"
)


_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # make a text look otherwise than it is


def printable(text: str) -> None:
    """Refuses characters that no page and no printer shows; of NUL every field says so itself."""
    for each in text:
        if each in _TURNS or (unicodedata.category(each) in ("Cc", "Cs") and each not in "\0\n\t"):
            raise forms.ValidationError(
                _("This holds a character that cannot be shown (U+%(code)04X). Take it out.") % {"code": ord(each)}
            )


class Text(forms.CharField):
    """A text; of a single line the white space is made plain."""

    def to_python(self, value: Any) -> str:
        """What was typed."""
        text = super().to_python(value) or ""
        if isinstance(self.widget, forms.Textarea):
            return text.replace("\r\n", "\n").replace("\r", "\n").strip()
        return " ".join(text.split())

    default_validators = [printable]


def line(label: Any, *, required: bool = False, most: int = 200, help_text: Any = "") -> Text:
    """A field for one line."""
    return Text(label=label, required=required, max_length=most, help_text=help_text)


def area(label: Any, *, required: bool = False, rows: int = 4, help_text: Any = "") -> Text:
    """A field for a longer text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return Text(label=label, required=required, max_length=LONG, widget=widget, help_text=help_text)


def address(label: Any, *, help_text: Any = "") -> Text:
    """A field for an address on the web."""
    field = line(label, most=500, help_text=help_text)
    field.validators.append(_address)
    return field


def _address(text: str) -> None:
    if not ADDRESS.fullmatch(text):
        raise forms.ValidationError(_("Give a whole address, such as https://www.voorbeeld.nl/advies."))


class Unfinished(forms.Form):
    """A form of which a part may wait: what is ``asked`` shows as asked, and may be empty while somebody still writes."""

    use_required_attribute = False
    asked: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask(self.asked)

    def _ask(self, names: tuple[str, ...], *, required: bool = True) -> None:
        for name in names:
            self.fields[name].required = required

    def full_clean(self) -> None:
        """Looks at what is there, and leaves alone what is not."""
        self._ask(self.asked, required=False)
        super().full_clean()
        self._ask(self.asked)


class Row(Unfinished):
    """A row of the form. One in which nothing was filled in is not there."""

    drop = forms.BooleanField(label=gettext_lazy("Take this away"), required=False)
    names: tuple[str, ...] = ()  # the fields that make a row
    needs: tuple[str, ...] = ()  # those that may not be empty

    @property
    def gone(self) -> bool:
        """Whether it is no row: empty, or taken away."""
        held = [str(self.data.get(self.add_prefix(name)) or "").strip() for name in self.names]
        return not any(held) or bool(self.data.get(self.add_prefix("drop")))

    def clean(self) -> dict[str, Any]:
        """What is filled in; of what is needed nothing may be lacking."""
        cleaned = super().clean() or {}
        for name in self.needs:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in."))
        return cleaned

    def value(self) -> dict[str, Any]:
        """As it is kept."""
        return {name: self.cleaned_data[name] for name in self.names}
