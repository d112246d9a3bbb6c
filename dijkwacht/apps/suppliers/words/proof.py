"""Why something about proof is refused, per code."""

from typing import Any

REFUSED: dict[str, Any] = {}
