"""What is measured from the outside, in words: each check, each reason, and why a check needs the consent that it needs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from dijkwacht.core.checks.finding import Why
from dijkwacht.web import (
    perimeter_names_reasons,
    perimeter_names_words,
    perimeter_tls_words,
    perimeter_web_reasons,
    perimeter_web_words,
)
from dijkwacht.web.moments import as_day, day_words
from dijkwacht.web.perimeter_names_words import CheckWords
from dijkwacht.web.perimeter_values import as_text

CHECKS: Mapping[str, CheckWords] = {
    **perimeter_names_words.CHECKS,
    **perimeter_web_words.CHECKS,
    **perimeter_tls_words.CHECKS,
}
LEVEL_REASONS: Mapping[str, Any] = {
    "dns": gettext_lazy("It is a question to the public name system."),
    "any_resolver": gettext_lazy("It asks a name server what every resolver asks it."),
    "routes": gettext_lazy("It is looked up in public route tables; nothing is sent."),
    "visitor": gettext_lazy("It does what an ordinary visitor or sender of mail does."),
    "worst_hellos": gettext_lazy(
        "It begins a connection as an outdated program would, and breaks it off before anything is sent."
    ),
    "ports": gettext_lazy("It knocks on ports that are not meant for visitors, and will be noticed."),
}
_CODED = frozenset({"items", "errors", "key", "how", "reach", "https", "http"})
"""Parameters whose values are codes of ours."""
_DAYS = frozenset({"until", "since"})


def check_words(check: str) -> CheckWords | None:
    """The words of a check, the same in web and mail; None for a check that is not known here."""
    return CHECKS.get(check)


def sentence(why: Why) -> str:
    """A reason as a sentence in the language of the page; the code itself when nobody wrote a sentence for it."""
    template = perimeter_web_reasons.REASONS.get(why.code)
    if template is None:
        return perimeter_names_reasons.sentence(why) or why.code
    return str(template % {name: _said(name, value) for name, value in why.params.items()}).strip()


def _said(name: str, value: object) -> object:
    """A parameter in words; days stay a number, for sentences that count them."""
    if name == "days" and isinstance(value, int):
        return value
    day = as_day(value) if name in _DAYS and isinstance(value, str) and len(value) == 10 else None
    return day_words(day) if day else as_text(value, perimeter_web_reasons.VALUES if name in _CODED else {})
