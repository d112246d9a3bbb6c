"""What a part of this room adds to the page of one supplier."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the page of a supplier: its title, the template that shows it, and what that template reads.

    ``key``: what the link to it ends in (`#…`); ``url`` and ``action``: where more of it stands, and what that link says.
    """

    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    url: str = ""
    action: str = ""
