"""Why something is refused in this room, in words; each part has its own."""

from collections.abc import Mapping
from typing import Any

from dijkwacht.apps.crime import words_figures, words_help
from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.ledger.services.deeds import Refused

ALL_REFUSED: Mapping[str, Any] = {**words_figures.REFUSED, **words_help.REFUSED}


def refusal(error: Refused) -> str:
    """Why something may not be, as a sentence. A code without words is told as it is."""
    return deed_pages.refusal(error, ALL_REFUSED)
