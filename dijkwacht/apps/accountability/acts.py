"""The acts of this room as sentences in the trail, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime

from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.accountability.models import Remark, Statement
from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.read import norms_on
from dijkwacht.web.moments import moment_words
from dijkwacht.web.terms import text_of

SENTENCES = {
    "accountability.prepared": _("%(actor)s laid “%(about)s” of %(on)s before whoever signs."),
    "accountability.signed": ngettext_lazy(
        "%(actor)s signed %(about)s as %(role)s: %(lines)s line, root %(root)s.",
        "%(actor)s signed %(about)s as %(role)s: %(lines)s lines, root %(root)s.",
        "lines",
    ),
    "accountability.frozen": ngettext_lazy(
        "%(actor)s froze %(about)s, signed by no one: %(lines)s line, root %(root)s.",
        "%(actor)s froze %(about)s, signed by no one: %(lines)s lines, root %(root)s.",
        "lines",
    ),
    "accountability.withdrawn": _("%(actor)s withdrew %(about)s, because “%(why)s”."),
    "accountability.refused_role": _("%(actor)s may not sign “%(about)s” of %(on)s: that is for the role %(role)s."),
    "accountability.refused_signed": _(
        "%(actor)s could not sign “%(about)s” of %(on)s again: number %(number)s stands."
    ),
    "accountability.refused_withdrawal": _("%(actor)s may not withdraw %(about)s: that is for the role %(role)s."),
    "accountability.refused_again": _("%(actor)s could not withdraw %(about)s: it had ended already."),
    "accountability.key_made": _("%(actor)s made key %(about)s."),
    "accountability.key_ended": _("%(actor)s ended key %(about)s (%(why)s)."),
    "accountability.key_lost": _("%(actor)s marked key %(about)s as lost, from: %(lost_from)s."),
    "accountability.remarked": _("%(actor)s made %(about)s, to be answered before %(term)s: “%(text)s”."),
    "accountability.remark_answered": _("%(actor)s answered %(about)s: “%(answer)s”."),
    "accountability.remark_closed": _("%(actor)s closed %(about)s."),
    "accountability.disclosed": ngettext_lazy(
        "%(actor)s took %(n)s line of %(about)s along, with its proof.",
        "%(actor)s took %(n)s lines of %(about)s along, with their proof.",
        "n",
    ),
}


def _accounts(_organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    known = norms_on(date.max).accounts
    return {key: text_of(known[key].name) for key in keys if key in known}


def _statements(organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    names = norms_on(date.max).accounts
    rows = Statement.objects.filter(organisation=organisation, pk__in=keys)
    return {
        row.id.hex: gettext("statement %(number)s, “%(account)s”")
        % {
            "number": row.number,
            "account": text_of(names[row.account].name) if row.account in names else row.account,
        }
        for row in rows
    }


def _remarks(organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    numbers = [int(key) for key in keys if key.isdecimal()]
    rows = Remark.objects.filter(organisation=organisation, pk__in=numbers).select_related("statement")
    return {
        str(row.pk): gettext("a remark about %(line)s in statement %(number)s")
        % {"line": row.requirement.partition(":")[2], "number": row.statement.number}
        for row in rows
    }


def _keys(_organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    return {key: key[:8] for key in keys}


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    "account": _accounts, "statement": _statements, "key": _keys, "remark": _remarks,
}  # fmt: skip
WORDS: Mapping[str, Callable[[str], str]] = {"lost_from": lambda value: moment_words(datetime.fromisoformat(value))}
