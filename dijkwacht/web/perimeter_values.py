"""Values that stand inside sentences about measurements: codes of ours in words, lists with commas."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

REACHES: Mapping[str, Any] = {
    "closed": pgettext_lazy("measured", "refused"),
    "timeout": pgettext_lazy("measured", "no answer in time"),
    "unreachable": pgettext_lazy("measured", "not reachable"),
    "reset": pgettext_lazy("measured", "broken off"),
    "denied": pgettext_lazy("measured", "no consent"),
    "not_tried": pgettext_lazy("measured", "not tried"),
    "open": pgettext_lazy("measured", "open"),
}
"""How a connection went."""


def as_text(value: object, worded: Mapping[str, Any]) -> str:
    """A parameter as text: lists with commas, and codes of ours in the words given."""
    many = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(str(worded.get(str(each), each)) for each in many)
