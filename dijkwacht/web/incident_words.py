"""Whether an incident is significant, in words: the outcome, why, and what would settle it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.core.significance import Reason, Settling, Significance
from dijkwacht.core.text import capital
from dijkwacht.web.terms import text_of

OUTCOMES: Mapping[str, Any] = {
    "significant": gettext_lazy("significant"),
    "not_significant": gettext_lazy("not significant"),
    "undetermined": gettext_lazy("not to be said yet"),
}
REASONS: Mapping[str, Any] = {
    "threshold_reached": gettext_lazy("%(name)s: this threshold is reached."),
    "threshold_may_be_reached": gettext_lazy("%(name)s: this threshold can still be reached, and that counts."),
    "threshold_open": gettext_lazy("%(name)s: not known yet."),
    "threshold_not_reached": gettext_lazy("%(name)s: not reached, and that is not to be expected."),
    "signal_reached": gettext_lazy("%(name)s: no threshold, but the law names it. Consider a voluntary report."),
    "signal_may_be_reached": gettext_lazy("%(name)s: no threshold, but the law names it. Consider a voluntary report."),
    "exemption_reached": gettext_lazy("%(name)s: then it does not count."),
    "exemption_may_be_reached": gettext_lazy("%(name)s: then it does not count."),
    "exemption_open": gettext_lazy("%(name)s: whether it is that is not known yet."),
    "exemption_not_reached": gettext_lazy("%(name)s: that is not the case."),
    "no_threshold_for_role": gettext_lazy(
        "There is no threshold in the packs for this role on this day. A lawyer must judge."
    ),
    "outcome_turned": gettext_lazy("The outcome was “%(was)s” and is now “%(is)s”."),
    "threshold_turned": gettext_lazy("%(name)s: this reads otherwise than before."),
}


def outcome_word(outcome: str) -> str:
    """``significant``, ``niet significant``."""
    return str(OUTCOMES.get(outcome, outcome))


def significance_sentence(reason: Reason, pack: Significance) -> str:
    """One reason as a sentence. An unknown code is told as it is."""
    rows = {each.id: each for each in (*pack.thresholds, *pack.exemptions)}
    words = {name: outcome_word(value) for name, value in reason.params.items() if isinstance(value, str)}
    words["name"] = text_of(rows[reason.threshold].name) if reason.threshold in rows else reason.threshold
    sentence = REASONS.get(reason.code)
    return capital(str(sentence) % words) if sentence is not None else f"({reason.code})"


def settling_sentence(settling: Settling, pack: Significance) -> str:
    """``Is dit antwoord ja, dan is het incident significant: …``"""
    words = {
        "answer": _("yes") if settling.answer else _("no"),
        "outcome": outcome_word(settling.outcome),
        "question": text_of(pack.questions[settling.question].text),
    }
    return _("%(question)s If the answer is %(answer)s, the incident is %(outcome)s.") % words
