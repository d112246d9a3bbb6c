"""Why something about tenders is refused, per code."""

from typing import Any

REFUSED: dict[str, Any] = {}
