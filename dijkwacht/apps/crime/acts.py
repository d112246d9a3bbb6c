"""The acts of this room as sentences in the trail, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from dijkwacht.apps.crime import acts_figures, acts_help
from dijkwacht.apps.people.models import Organisation

SENTENCES: dict[str, Any] = {**acts_figures.SENTENCES, **acts_help.SENTENCES}
ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    **acts_figures.ABOUT,
    **acts_help.ABOUT,
}
