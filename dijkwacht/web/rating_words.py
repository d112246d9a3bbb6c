"""How others rate an advisory or a weakness, in words; their own scale stays their own scale."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dijkwacht.core.advisories.shapes import Rating
from dijkwacht.norms.advisories import priority_table
from dijkwacht.web.moments import as_day, day_words
from dijkwacht.web.terms import number_words

GRADES: Mapping[str, Any] = {
    "high": pgettext_lazy("grade", "high"),
    "medium": pgettext_lazy("grade", "medium"),
    "low": pgettext_lazy("grade", "low"),
}
SEVERITIES: Mapping[str, Any] = {
    "critical": pgettext_lazy("severity", "critical"),
    "high": pgettext_lazy("severity", "high"),
    "medium": pgettext_lazy("severity", "medium"),
    "low": pgettext_lazy("severity", "low"),
    "none": pgettext_lazy("severity", "none"),
}
URGENCIES: Mapping[str, Any] = {
    "urgent": pgettext_lazy("urgency", "Urgent"),
    "normal": pgettext_lazy("urgency", "Normal"),
}
DECISIONS: Mapping[str, Any] = {
    "defer": gettext_lazy("not needed now"),
    "scheduled": gettext_lazy("in the regular cycle"),
    "out-of-cycle": gettext_lazy("outside the regular cycle"),
    "immediate": gettext_lazy("immediately"),
}
SCHEMES: Mapping[str, Any] = {
    "ncsc-kans-schade": gettext_lazy("Likelihood and damage"),
    "ncsc-urgency": gettext_lazy("Urgency"),
    "cvss-2": "CVSS 2.0",
    "cvss-3": "CVSS 3",
    "cvss-4": "CVSS 4.0",
    "ssvc": "SSVC",
    "epss": gettext_lazy("Likelihood of use (EPSS)"),
    "severity": gettext_lazy("Severity"),
    "kev": gettext_lazy("Known to be used (KEV)"),
}
# the choices of SSVC as CISA and CSAF write them
_CHOICES = {
    "exploitation:none": gettext_lazy("no use known"),
    "exploitation:poc": gettext_lazy("how to use it is public"),
    "exploitation:public poc": gettext_lazy("how to use it is public"),
    "exploitation:active": gettext_lazy("is being used"),
    "automatable:no": gettext_lazy("an attack cannot be automated"),
    "automatable:yes": gettext_lazy("an attack can be automated"),
    "technical impact:partial": gettext_lazy("an attacker gets partial control"),
    "technical impact:total": gettext_lazy("an attacker gets full control"),
    "exposure:small": gettext_lazy("hardly to be reached"),
    "exposure:controlled": gettext_lazy("to be reached by some"),
    "exposure:open": gettext_lazy("to be reached by everyone"),
    "human impact:low": gettext_lazy("little harm to people and work"),
    "human impact:medium": gettext_lazy("some harm to people and work"),
    "human impact:high": gettext_lazy("much harm to people and work"),
    "human impact:very high": gettext_lazy("very much harm to people and work"),
}
_SMALLEST = 0.01  # per cent; below it a share is told as less than this


def rating_word(rating: Rating, score: float | None = None) -> tuple[str, str, str]:
    """Label, value and source of a rating. ``score``: of a CVSS vector, 0 to 10; without it the vector is told.

    What cannot be put in words stands as the publisher wrote it.
    """
    label = str(SCHEMES.get(rating.scheme, rating.scheme))
    if rating.scheme == "cvss-3" and rating.value.startswith("CVSS:3."):
        label = f"CVSS {rating.value[5:8]}"
    if rating.scheme.startswith("cvss-"):
        value = rating.value if score is None else _score_words(score)
    else:
        value = _WORDS.get(rating.scheme, str)(rating.value)
    source = f"{rating.source}, {day_words(rating.at)}" if rating.at and rating.scheme != "kev" else rating.source
    return label, value, source


def decision_word(decision: str) -> str:
    """When a fix is to be installed by SSVC."""
    return str(DECISIONS.get(decision.lower(), decision))


def severity_word(severity: str) -> str:
    """A severity, also one in the words of a publisher."""
    known = priority_table().words.severities.get(severity.strip().lower(), severity)
    return str(SEVERITIES.get(known, severity))


def share_words(share: str) -> str:
    """A share from 0 to 1 as EPSS gives it: ``3,1% binnen dertig dagen``."""
    try:
        percent = float(share) * 100
    except ValueError:
        return share
    if not 0 <= percent <= 100:
        return share
    if percent < _SMALLEST:
        return _("less than %(number)s%% within thirty days") % {"number": number_words(_SMALLEST)}
    told = round(percent, 2 if percent < 1 else 1)
    return _("%(number)s%% within thirty days") % {"number": number_words(int(told) if told.is_integer() else told)}


def _score_words(score: float) -> str:
    name = next((name for least, name in priority_table().words.bands if score >= least), "none")
    return f"{number_format(score, 1, use_l10n=True)} ({SEVERITIES[name]})"


def _kans_schade(value: str) -> str:
    likelihood, _slash, damage = value.partition("/")
    return _("Likelihood %(likelihood)s, damage %(damage)s") % {
        "likelihood": _grade(likelihood), "damage": _grade(damage),
    }  # fmt: skip


def _grade(grade: str) -> str:
    if grade.strip() in ("", "?"):
        return _("not given")
    known = priority_table().words.grades.get(grade.strip().lower(), "")
    return str(GRADES.get(known, grade))


def _ssvc(value: str) -> str:
    """``Exploitation:active/Automatable:yes`` as a row of phrases; a decision as its word."""
    if ":" not in value:
        return decision_word(value)
    return ", ".join(_choice(each) for each in value.split("/"))


def _choice(told: str) -> str:
    key = told.lower().replace("_", " ").removeprefix("system ")
    return str(_CHOICES.get(key, told.replace(":", ": ")))


def _listed(value: str) -> str:
    day: date | None = as_day(value)
    return _("on the list since %(day)s") % {"day": day_words(day)} if day else value


_WORDS: Mapping[str, Callable[[str], str]] = {
    "ncsc-kans-schade": _kans_schade,
    "ncsc-urgency": lambda value: str(URGENCIES.get(value, value)),
    "ssvc": _ssvc,
    "epss": share_words,
    "severity": severity_word,
    "kev": _listed,
}
