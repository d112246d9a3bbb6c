"""Words for codes: statuses, assurance, values and roles, in the language of the page."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from dijkwacht.core.catalog import Norms
from dijkwacht.core.days import Duration
from dijkwacht.core.facts import NEVER, NOTHING_HAPPENED, FactType
from dijkwacht.web.moments import as_day, day_words, duration_words

STATUSES = ("met", "partly", "not_met", "not_applicable", "unknown")
NO_NAMES: Mapping[str, str] = {}
_STATUS = {
    "met": gettext_noop("in order"),
    "partly": gettext_noop("partly"),
    "not_met": gettext_noop("not in order"),
    "not_applicable": gettext_noop("not applicable"),
    "unknown": gettext_noop("unknown"),
}
_ASSURANCE = {
    "stated": gettext_noop("stated"),
    "documented": gettext_noop("documented"),
    "measured": gettext_noop("measured"),
    "audited": gettext_noop("audited"),
}
_SHOWS = {
    "design": gettext_noop("design"),
    "existence": gettext_noop("existence"),
    "operation": gettext_noop("operation"),
}
_ROLES = {
    "ciso": gettext_noop("CISO"),
    "process_owner": gettext_noop("process owner"),
    "respondent": gettext_noop("respondent"),
    "coordinator": gettext_noop("coordinator"),
    "college": gettext_noop("college of mayor and aldermen"),
    "auditor": gettext_noop("auditor"),
    "csirt_analyst": gettext_noop("CSIRT analyst"),
    "supervisor": gettext_noop("supervisor"),
    "coach": gettext_noop("regional coach"),
    "administrator": gettext_noop("administrator"),
    "it_manager": gettext_noop("IT manager"),
    "hr": gettext_noop("human resources"),
    "procurement": gettext_noop("procurement"),
    "facility": gettext_noop("facility management"),
    "privacy_officer": gettext_noop("privacy officer"),
    "secretary": gettext_noop("municipal secretary"),
    "crisis_adviser": gettext_noop("crisis adviser"),
    "supplier_manager": gettext_noop("supplier manager"),
    "safety_adviser": gettext_noop("adviser public order and safety"),
    "mayor": gettext_noop("mayor"),
    "developer_lead": gettext_noop("lead developer"),
}
_ORIGINS = {
    "person": gettext_noop("answered by a person"),
    "import": gettext_noop("from an imported file"),
    "self_assessment": gettext_noop("from a self-assessment"),
    "measurement": gettext_noop("from a measurement"),
    "audit": gettext_noop("from an audit"),
}


def language() -> str:
    """``nl`` or ``en``: the language of the page, without its region."""
    return (get_language() or "nl")[:2]


def text_of(texts: Mapping[str, str] | None) -> str:
    """The text of a pack in the language of the page; in Dutch, or whatever there is, when that is missing."""
    if not texts:
        return ""
    return texts.get(language()) or texts.get("nl") or next(iter(texts.values()))


def norm_word(norms: Norms, catalog: str) -> str:
    """A norm as people call it: ``BIO2``; its full name when its pack has no short one."""
    found = norms.catalogs.get(catalog)
    return text_of(found.short or found.name) if found else catalog


def status_word(status: Any) -> str:
    """``op orde``, ``deels``, ``niet op orde``, ``niet van toepassing`` or ``onbekend``."""
    return _(_STATUS[str(status)])


def assurance_word(level: Any) -> str:
    """How sure we are: ``gezegd``, ``op papier``, ``gemeten``, ``getoetst``. Takes 1-4, an Assurance or its name."""
    return _(_ASSURANCE[level_name(level, tuple(_ASSURANCE))])


def shows_word(level: Any) -> str:
    """What is shown: ``opzet``, ``bestaan`` or ``werking``. Takes 1-3, a Shows or its name."""
    return _(_SHOWS[level_name(level, tuple(_SHOWS))])


def level_name(level: Any, names: tuple[str, ...]) -> str:
    """The name of a level that is given as number (from 1), enum member or name."""
    if isinstance(level, int):
        return names[int(level) - 1]
    return str(getattr(level, "name", level)).lower()


def kind_words(kind: str, count: int = 2) -> str:
    """The name of a kind of subject: ``systeem`` for one, ``systemen`` otherwise."""
    words = {
        "organisation": lambda: ngettext("organisation", "organisations", count),
        "process": lambda: ngettext("process", "processes", count),
        "system": lambda: ngettext("system", "systems", count),
        "supplier": lambda: ngettext("supplier", "suppliers", count),
        "service": lambda: ngettext("service", "services", count),
        "digid_connection": lambda: ngettext("DigiD connection", "DigiD connections", count),
        "domain": lambda: ngettext("domain", "domains", count),
        "location": lambda: ngettext("location", "locations", count),
        "board_member": lambda: ngettext("board member", "board members", count),
    }
    return words[kind]() if kind in words else kind


def role_word(role: str) -> str:
    """The name of a role or of a function that knows an answer (a fact type's ``answered_by``)."""
    return _(_ROLES[role]) if role in _ROLES else role


def origin_word(origin: str) -> str:
    """Where a fact came from."""
    return _(_ORIGINS[origin]) if origin in _ORIGINS else origin


def number_words(number: float | Decimal) -> str:
    """A number as the language writes it: ``12.345,6``."""
    return number_format(number, use_l10n=True, force_grouping=True)


def value_words(fact_type: FactType | None, value: Any, names: Mapping[str, str] = NO_NAMES) -> str:
    """A recorded value in words: ``ja``, ``3 maart 2025``, ``80%``, a choice by its label, a reference by its name."""
    if isinstance(value, Mapping):
        return _compound_words(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value == NEVER:
        return _("never")
    kind = fact_type.value if fact_type else ""
    if isinstance(value, Duration) or kind == "duration":
        return duration_words(value)
    if kind not in ("choice", "text", "reference") and (day := as_day(value)) is not None:
        return day_words(day)
    if isinstance(value, int | float | Decimal):
        return _("%(number)s%%") % {"number": number_words(value)} if kind == "percentage" else number_words(value)
    if kind == "choice" and fact_type is not None:
        return text_of(fact_type.labels.get(value)) or str(value)
    return names.get(value, str(value))


def _compound_words(value: Mapping[str, Any]) -> str:
    if NOTHING_HAPPENED in value:
        first, last = (as_day(day) for day in value[NOTHING_HAPPENED])
        if first is None or last is None:
            return _("nothing happened")
        return _("nothing happened from %(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)}
    until = as_day(value.get("until"))
    return _("exception until %(until)s: %(reason)s") % {
        "until": day_words(until) if until else "?",
        "reason": value.get("reason", ""),
    }
