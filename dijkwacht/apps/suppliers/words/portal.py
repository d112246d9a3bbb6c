"""Why something about portal is refused, per code."""

from typing import Any

REFUSED: dict[str, Any] = {}
