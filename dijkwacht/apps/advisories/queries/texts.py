"""What a desk wrote of an advisory: per audience the newest text."""

from dijkwacht.apps.advisories.models import Advisory, Text


def texts_of(advisory: Advisory) -> dict[str, str]:
    """Audience to text; of who nothing was written for, nothing."""
    found: dict[str, str] = {}
    for row in Text.objects.filter(advisory=advisory).order_by("at", "pk"):
        found[row.audience] = row.body
    return found
