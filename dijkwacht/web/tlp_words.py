"""How far a text may be passed on, and whether somebody may see it, in words (TLP 2.0 of FIRST, August 2022)."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from dijkwacht.core.advisories.tlp import Allowed

_MEANINGS: Mapping[str, Any] = {
    "CLEAR": gettext_lazy("It may be passed on to everybody, also in public."),
    "GREEN": gettext_lazy("It may be passed on within the own community and to partners, not in public."),
    "AMBER": gettext_lazy("It is for the own organisation and its clients, and there only for who needs it."),
    "AMBER+STRICT": gettext_lazy("It is for the own organisation alone, and there only for who needs it."),
    "RED": gettext_lazy("It is only for the persons who got it; they pass it on to nobody."),
}
_ALLOWED: Mapping[str, Any] = {
    "open": gettext_lazy("Everybody may see it."),
    "community": gettext_lazy("Everybody within the community may see it."),
    "own_organisation": gettext_lazy("Staff of the organisation that received it may see it."),
    "client_who_needs_it": gettext_lazy(
        "It concerns a product of this organisation, so its trusted contact may see it."
    ),
    "named_person": gettext_lazy("The source named this reader."),
    "not_public": gettext_lazy("It is not public."),
    "trusted_contact_only": gettext_lazy("Of this organisation only the trusted contact may see it."),
    "no_need_to_know": gettext_lazy("It concerns no product of this organisation."),
    "own_organisation_only": gettext_lazy("Only staff of the organisation that received it may see it."),
    "named_persons_only": gettext_lazy("Only persons whom the source named may see it."),
}
LABELS = frozenset(_MEANINGS)
CODES = frozenset(_ALLOWED)


def tlp_word(label: str) -> str:
    """The label as FIRST writes it: ``TLP:AMBER+STRICT``."""
    return f"TLP:{label}"


def tlp_meaning(label: str) -> str:
    """To whom a text with this label may be passed on; empty for a label that does not exist."""
    return str(_MEANINGS.get(label, ""))


def tlp_label(label: str | None) -> dict[str, str]:
    """The values of the component ``{% tlp %}``: the label in its colours; nothing when it is empty."""
    return {"word": tlp_word(label) if label else "", "name": slugify(label or "")}


def allowed_sentence(allowed: Allowed) -> str:
    """Why somebody may see a text, or may not. An unknown reason is told as it is."""
    return str(_ALLOWED.get(allowed.reason, f"({allowed.reason})"))
