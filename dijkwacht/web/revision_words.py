"""What a newer revision of an advisory changes, and what follows from that, in words."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.core.advisories.revision import Change
from dijkwacht.core.advisories.shapes import Reason
from dijkwacht.web.rating_words import GRADES, SEVERITIES, URGENCIES
from dijkwacht.web.tlp_words import tlp_word

_SENTENCES = {
    "withdrawn": gettext_lazy("The publisher withdrew this advisory."),
    "restored": gettext_lazy("The advisory was withdrawn, and holds again."),
    "label_stricter": gettext_lazy("It may be passed on less far: from %(from)s to %(to)s."),
    "label_looser": gettext_lazy("It may be passed on further: from %(from)s to %(to)s."),
    "weakness_added": gettext_lazy("This weakness was added."),
    "weakness_removed": gettext_lazy("This weakness is no longer in the advisory."),
    "product_added": gettext_lazy("Affected now too: %(products)s."),
    "product_removed": gettext_lazy("No longer called affected: %(products)s."),
    "status_changed": gettext_lazy("Of some products another status is given, none more or less of them affected."),
    "remedy_changed": gettext_lazy("What is to be done changed."),
    "exploited": gettext_lazy("It became known that this weakness is being used."),
    "rating_rose": gettext_lazy("%(of)s: raised from “%(from)s” to “%(to)s”."),
    "rating_fell": gettext_lazy("%(of)s: lowered from “%(from)s” to “%(to)s”."),
    "rated_first": gettext_lazy("%(of)s: “%(to)s”; it was not rated before."),
    "editorial": gettext_lazy("Only words, notes or links changed."),
}
_OF: Mapping[str, tuple[Any, Mapping[str, Any]]] = {
    "severity": (gettext_lazy("Severity"), SEVERITIES),
    "likelihood": (gettext_lazy("Likelihood, by the publisher"), GRADES),
    "damage": (gettext_lazy("Damage, by the publisher"), GRADES),
    "urgency": (gettext_lazy("Urgency"), URGENCIES),
}
_NUMBERED = re.compile(r"#(\d+)")
_NAMES = re.compile(r" (?:cpe:|pkg:)\S+")  # names for machines, behind the name for people
MOST = 5  # products that are named; of more their number is told
CODES = frozenset(_SENTENCES) - {"rated_first"}
RATED = frozenset(_OF)


def change_sentences(change: Change) -> list[str]:
    """Each change as a sentence, after the weakness that it is about. Products of one weakness stand in one sentence."""
    grouped: dict[tuple[str, str], list[str]] = {}
    told: list[tuple[tuple[str, str], Reason]] = []
    for reason in change.reasons:
        params = dict(reason.params)
        key = (reason.code, params.get("weakness", ""))
        if "product" in params:
            grouped.setdefault(key, []).append(params["product"])
            if len(grouped[key]) > 1:
                continue
        told.append((key, reason))
    return [_sentence(reason, grouped.get(key, [])) for key, reason in told]


def summary_sentence(change: Change) -> str:
    """What follows from a change: a new task, told again, only shown, or nothing."""
    if change.task:
        return _("This is a new task: who was done with it must look again.")
    if change.tell:
        return _("This is told again. What is to be done stays the same.")
    if change.material:
        return _("This is shown as a change, and not told again.")
    return _("Nothing changes in what is to be done.")


def _sentence(reason: Reason, products: list[str]) -> str:
    params, code = dict(reason.params), reason.code
    said: dict[str, Any] = {"products": _products(products)}
    if code.startswith("label_"):
        said |= {"from": tlp_word(params["from"]), "to": tlp_word(params["to"])}
    elif code.startswith("rating_"):
        name, words = _OF[params["of"]]
        said |= {"of": name} | {each: words.get(params[each], params[each]) for each in ("from", "to")}
        code = "rated_first" if params["from"] == "?" else code
    found = _SENTENCES.get(code)
    sentence = str(found) % said if found is not None else f"({code})"
    weakness = _weakness(params.get("weakness", ""))
    return f"{weakness}: {sentence}" if weakness else sentence


def _weakness(key: str) -> str:
    """A weakness by its CVE, id or title; by its place in the document when it has none of these."""
    numbered = _NUMBERED.fullmatch(key)
    return _("Weakness %(number)s") % {"number": numbered[1]} if numbered else key


def _products(products: list[str]) -> str:
    names = list(dict.fromkeys(_NAMES.sub("", f" {each}").strip() or each for each in products))
    left = len(names) - MOST
    named = ", ".join(names[:MOST])
    if left <= 0:
        return named
    told = ngettext("%(named)s and %(n)d other", "%(named)s and %(n)d others", left)
    return told % {"named": named, "n": left}
