"""Why something about reviews is refused, per code."""

from typing import Any

REFUSED: dict[str, Any] = {}
