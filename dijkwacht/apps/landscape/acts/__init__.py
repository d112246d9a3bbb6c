"""The acts of this room as sentences in the trail, one file per part, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from dijkwacht.apps.landscape.acts import cells, needs
from dijkwacht.apps.people.models import Organisation

SENTENCES: dict[str, Any] = {**cells.SENTENCES, **needs.SENTENCES}
ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {}
