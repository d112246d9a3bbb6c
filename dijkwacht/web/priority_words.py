"""Why an advisory has our priority, whether the short term runs, and how others rate it, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from dijkwacht.core.advisories.priority import OneWeek, Priority, Rule, Table
from dijkwacht.core.advisories.shapes import Reason
from dijkwacht.core.advisories.ssvc import Decided
from dijkwacht.core.text import capital
from dijkwacht.web.moments import duration_words
from dijkwacht.web.rating_words import GRADES, SEVERITIES, URGENCIES, decision_word, rating_word, share_words
from dijkwacht.web.terms import text_of

__all__ = [
    "LEVELS", "POINTS", "SIGNALS", "decided_sentence", "decision_word", "level_label", "level_word", "one_week_sentences",
    "priority_sentences", "rating_word",
]  # fmt: skip

LEVELS: Mapping[str, Any] = {
    "urgent": pgettext_lazy("priority", "urgent"),
    "high": pgettext_lazy("priority", "high"),
    "normal": pgettext_lazy("priority", "normal"),
    "low": pgettext_lazy("priority", "low"),
}
# a signal with its value, and a signal that is not known
_KNOWN = {
    "severity": gettext_lazy("Severity: %(value)s."),
    "likelihood": gettext_lazy("Likelihood, by the publisher: %(value)s."),
    "damage": gettext_lazy("Damage, by the publisher: %(value)s."),
    "urgency": gettext_lazy("The publisher calls it “%(value)s”."),
    "decision": gettext_lazy("The SSVC table comes to: %(value)s."),
    "epss": gettext_lazy("Likelihood of use (EPSS): %(value)s."),
    "exploited:yes": gettext_lazy("It is known that this weakness is being used."),
    "exploited:no": gettext_lazy("No source says that this weakness is being used."),
    "exposed:yes": gettext_lazy("The system can be reached from outside."),
    "exposed:no": gettext_lazy("The system cannot be reached from outside."),
}
_UNKNOWN = {
    "severity": gettext_lazy("How severe it is, is not known."),
    "likelihood": gettext_lazy("The publisher does not rate the likelihood."),
    "damage": gettext_lazy("The publisher does not rate the damage."),
    "urgency": gettext_lazy("The publisher gives no urgency."),
    "decision": gettext_lazy("The SSVC table gives no decision."),
    "epss": gettext_lazy("The likelihood of use (EPSS) is not known."),
    "exploited": gettext_lazy("Whether this weakness is being used is not known."),
    "exposed": gettext_lazy("Whether the system can be reached from outside is not known."),
}
_VALUES: Mapping[str, Mapping[str, Any]] = {
    "severity": SEVERITIES, "likelihood": GRADES, "damage": GRADES, "urgency": URGENCIES,
}  # fmt: skip
_POINTS = {
    "exploitation": gettext_lazy("whether it is being used"),
    "exposure": gettext_lazy("how far the system can be reached"),
    "automatable": gettext_lazy("whether an attack can be automated"),
    "impact": gettext_lazy("what it does to people and to the work"),
}
SIGNALS = frozenset(_UNKNOWN)
POINTS = frozenset(_POINTS)


def level_word(level: str) -> str:
    """``dringend``, ``hoog``, ``gewoon`` or ``laag``."""
    return str(LEVELS.get(level, level))


def level_label(level: str | None) -> dict[str, str]:
    """The values of the component ``{% level %}``: the priority as icon and word; nothing when it is empty."""
    return {"name": level or "", "word": capital(level_word(level)) if level else ""}


def priority_sentences(priority: Priority, table: Table, language: str) -> list[str]:
    """Why this is the level: the rule, each signal that it rests on, and what is doubtful about the rule. In ``language``."""
    with override(language):
        return _rule_sentences(priority.reasons, {each.id: each for each in table.rules})


def one_week_sentences(one_week: OneWeek, table: Table | None = None) -> list[str]:
    """Whether the short term runs, and on what that rests. With the table also the text of its rule and what is doubtful."""
    norm, _colon, number = one_week.requirement.partition(":")
    said = {"requirement": f"{norm.upper()} {number}".strip()}
    if one_week.applies and one_week.term is not None:
        told = _("The short term of %(requirement)s runs: within %(term)s.")
        rules = {each.id: each for each in table.week} if table else {}
        return [told % {**said, "term": duration_words(one_week.term)}, *_rule_sentences(one_week.reasons, rules)]
    if one_week.applies is False:
        told = _("The short term of %(requirement)s does not run: likelihood and damage are not both high.")
    else:
        told = _(
            "The publisher does not rate both likelihood and damage, so your organisation weighs itself whether the"
            " short term of %(requirement)s runs."
        )
    known = [_signal(name, value) for reason in one_week.reasons for name, value in reason.params]
    return [told % said, *known]


def decided_sentence(decided: Decided) -> str:
    """What the SSVC table gives; with the points that are still open where they make a difference."""
    if decided.certain:
        return str(_KNOWN["decision"]) % {"value": decision_word(decided.decision)}
    return _("The SSVC table comes to “%(least)s” at least and “%(most)s” at most. Not known yet: %(points)s.") % {
        "least": decision_word(decided.least), "most": decision_word(decided.decision),
        "points": "; ".join(str(_POINTS.get(each, each)) for each in decided.open),
    }  # fmt: skip


def _rule_sentences(reasons: tuple[Reason, ...], rules: Mapping[str, Rule]) -> list[str]:
    """The text of the rule, the signals, the doubt. A rule that the table no longer has is left to its signals."""
    rule = rules.get(next((dict(each.params)["rule"] for each in reasons if each.code == "rule"), ""))
    told = [_reason_sentence(each) for each in reasons if each.code != "rule"]
    sentences = told if rule is None else [text_of(rule.text), *told, text_of(rule.uncertain)]
    return [each for each in sentences if each]


def _reason_sentence(reason: Reason) -> str:
    name = reason.code.removeprefix("signal_")
    if name.endswith("_unknown"):
        name = name.removesuffix("_unknown")
        return str(_UNKNOWN[name]) if name in _UNKNOWN else f"({reason.code})"
    return _signal(name, dict(reason.params).get("value", ""))


def _signal(name: str, value: str) -> str:
    sentence = _KNOWN.get(name) or _KNOWN.get(f"{name}:{value}")
    if sentence is None:
        return f"({name}: {value})"
    if name == "decision":
        return str(sentence) % {"value": decision_word(value)}
    if name == "epss":
        return str(sentence) % {"value": share_words(value)}
    return str(sentence) % {"value": _VALUES.get(name, {}).get(value, value)}
