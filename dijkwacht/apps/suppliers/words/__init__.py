"""Why something is refused, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.suppliers.words import collective, dependence, portal, proof, register, reviews, tenders

ALL_REFUSED: Mapping[str, Any] = {
    "empty": gettext_lazy("This cannot be empty."),
    "too_long": gettext_lazy("This is too long."),
    "period": gettext_lazy("The end must lie after the start."),
    "future": gettext_lazy("This day is still to come."),
    "not_here": gettext_lazy("This person has no role in your organisation."),
    "gone": gettext_lazy("Somebody else changed this meanwhile. Look again."),
    "another": gettext_lazy("This is not in your register."),
    **register.REFUSED, **proof.REFUSED, **reviews.REFUSED, **portal.REFUSED, **tenders.REFUSED, **dependence.REFUSED,
    **collective.REFUSED,
}  # fmt: skip


def refusal(error: Refused) -> str:
    """Why something may not be, as a sentence. A code without words is told as it is."""
    sentence = ALL_REFUSED.get(error.code)
    return f"({error.code})" if sentence is None else str(sentence) % error.params
