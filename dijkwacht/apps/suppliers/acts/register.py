"""Acts about register as sentences in the trail."""

from typing import Any

SENTENCES: dict[str, Any] = {}
