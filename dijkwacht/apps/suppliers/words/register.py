"""Why something about register is refused, per code."""

from typing import Any

REFUSED: dict[str, Any] = {}
