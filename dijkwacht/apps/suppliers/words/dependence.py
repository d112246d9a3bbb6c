"""Why something about dependence is refused, per code."""

from typing import Any

REFUSED: dict[str, Any] = {}
