"""Why something about collective is refused, per code."""

from typing import Any

REFUSED: dict[str, Any] = {}
