"""What this room says of the words of checks: the words themselves, where a check stands, and the sentence above a page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from dijkwacht.apps.perimeter.queries.issues import Standing
from dijkwacht.core.text import capital
from dijkwacht.web.moments import day_words, local

WORDS: Mapping[str, Any] = {
    "passed": pgettext_lazy("check", "good"),
    "info": pgettext_lazy("check", "for your information"),
    "warning": pgettext_lazy("check", "take note"),
    "failed": pgettext_lazy("check", "wrong"),
    "not_tested": pgettext_lazy("check", "not measured"),
    "error": pgettext_lazy("check", "could not be measured"),
    "suspected": pgettext_lazy("check", "suspicion"),
}
AREAS: Mapping[str, Any] = {
    "web": gettext_lazy("Web site"),
    "mail": gettext_lazy("Mail"),
    "names": gettext_lazy("Name and addresses"),
}
GROUPS: Mapping[str, Any] = {
    "ipv6": gettext_lazy("IPv6"),
    "dnssec": gettext_lazy("DNSSEC"),
    "rpki": gettext_lazy("Routes (RPKI)"),
    "tls": gettext_lazy("HTTPS and TLS"),
    "mail_tls": gettext_lazy("Secured transport (STARTTLS and DANE)"),
    "certificate": gettext_lazy("Certificate"),
    "headers": gettext_lazy("What the page says and loads"),
    "auth": gettext_lazy("Who may send mail in our name"),
    "own": gettext_lazy("Other"),
}
TROUBLES: Mapping[str, Any] = {
    "resolver": gettext_lazy("the name system gave no answer"),
    "denied": gettext_lazy("there is no consent to measure it"),
    "stopped": gettext_lazy("the measurement was stopped"),
    "worker_died": gettext_lazy("three workers in a row broke off while they measured it; that is a fault of ours"),
    "fault": gettext_lazy("we stumbled over what we saw; that is a fault of ours"),
}


def word(name: str) -> str:
    """The word of a check in the language of the page."""
    return str(WORDS.get(name, name))


def trouble(code: str) -> str:
    """Why a name could not be measured; the code itself when nobody wrote words for it."""
    kind, _colon, _rest = code.partition(":")
    return str(TROUBLES.get(kind, code))


def home_sentence(found: Standing, *, names: int, measured: bool) -> str:
    """What outsiders can see that is wrong, and since when, in one sentence."""
    if not names:
        return _("No name is watched yet: add those of your organisation first.")
    if not measured:
        return _("Nothing was measured yet.")
    if not found.wrong:
        if not found.attention:
            return _("Nothing that was measured is wrong.")
        text = ngettext(
            "Nothing is wrong; %(n)s thing asks attention.", "Nothing is wrong; %(n)s things ask attention.",
            found.attention,
        )  # fmt: skip
        return text % {"n": apnumber(found.attention)}
    return _wrong(found) + _terms(found)


def _wrong(found: Standing) -> str:
    text = ngettext(
        "%(n)s thing is wrong, since %(day)s", "%(n)s things are wrong, the oldest since %(day)s", found.wrong
    )
    day = day_words(local(found.oldest).date()) if found.oldest else "–"
    return text % {"n": capital(str(apnumber(found.wrong))), "day": day}


def _terms(found: Standing) -> str:
    late = ngettext("%(n)s is too late", "%(n)s are too late", found.late) % {"n": apnumber(found.late)}
    soon = ngettext(
        "%(n)s must be mended this week", "%(n)s must be mended this week", found.pressing
    ) % {"n": apnumber(found.pressing)}  # fmt: skip
    if found.late and found.pressing:
        return _("; %(late)s, %(soon)s.") % {"late": late, "soon": soon}
    return f"; {late}." if found.late else f"; {soon}." if found.pressing else "."


def counted(name: str, number: int) -> str:
    """How often a bad word is said: ``2 fouten``."""
    if name == "failed":
        return ngettext("%(n)s wrong", "%(n)s wrong", number) % {"n": number}
    return ngettext("%(n)s to note", "%(n)s to note", number) % {"n": number}


def name_sentence(
    wrong: int, attention: int, unmeasured: int, *, suspected: int = 0, seen: bool, left: bool = False
) -> str:
    """How a name stands, in one sentence. ``suspected``: found once, being measured again; ``left``: no longer measured."""
    if left:
        return _("This name is no longer measured, and counts nowhere.")
    if not seen:
        return _("This name was not measured yet.")
    if wrong:
        text = ngettext("%(n)s check says that something is wrong", "%(n)s checks say that something is wrong", wrong)
    elif attention:
        text = ngettext(
            "Nothing is wrong, %(n)s check asks attention", "Nothing is wrong, %(n)s checks ask attention", attention
        )
    else:
        text = _("All that was measured is good")
    said = capital(text % {"n": apnumber(wrong or attention)}) if wrong or attention else text
    clauses = [said]
    if suspected:
        text = ngettext("%(n)s suspicion is measured again", "%(n)s suspicions are measured again", suspected)
        clauses.append(text % {"n": apnumber(suspected)})
    if unmeasured:
        text = ngettext("%(n)s could not be measured", "%(n)s could not be measured", unmeasured)
        clauses.append(text % {"n": apnumber(unmeasured)})
    return f"{'; '.join(clauses)}."


def issue_sentence(
    state: str, word_now: str, *, since: date, term: date | None, until: date | None, on: date, left: bool = False
) -> str:
    """How an issue stands, in one sentence. ``left``: its name is not measured any more."""
    said = {"word": capital(word(word_now)), "since": day_words(since)}
    if state == "fixed":
        return _("Mended: the last measurement no longer found it.")
    if left:
        return _("The name is no longer measured, so this does not count.")
    if state == "explained" and until is not None:
        text = _("%(word)s since %(since)s; explained, and counts again on %(until)s.")
        return text % {**said, "until": day_words(until)}
    if term is None:
        return _("%(word)s since %(since)s; nobody has set a term.") % said
    if term < on:
        return _("%(word)s since %(since)s; it should have been mended on %(term)s.") % {
            **said,
            "term": day_words(term),
        }
    return _("%(word)s since %(since)s; to be mended by %(term)s.") % {**said, "term": day_words(term)}


def changes_sentence(names: int, turns: int, *, since: date) -> str:
    """What changed, in one sentence."""
    day = {"day": day_words(since)}
    if not turns:
        return _("Nothing changed since %(day)s.") % day
    words = ngettext("%(n)s word turned", "%(n)s words turned", turns) % {"n": apnumber(turns)}
    where = ngettext("at %(n)s name", "at %(n)s names", names) % {"n": apnumber(names)}
    return _("Since %(day)s %(words)s %(where)s.") % {**day, "words": words, "where": where}
