"""The acts of this room as sentences in the trail, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.deeper_words import said_word
from dijkwacht.apps.perimeter.models import Consent, DomainState, EventKind, Issue, Run
from dijkwacht.apps.perimeter.words import title
from dijkwacht.web.moments import moment_words

SENTENCES = {
    "perimeter.added": ngettext_lazy(
        "%(actor)s added a name on the outside: %(first)s.",
        "%(actor)s added %(count)s names on the outside, beginning with %(first)s.",
        "count",
    ),
    "perimeter.decided": _("%(actor)s set name %(about)s to: %(state_now)s (%(note)s)."),
    "perimeter.owner": _("%(actor)s noted who answers for name %(about)s: %(owner)s."),
    "perimeter.turned": _("%(actor)s measured %(about)s, and this changed: %(turns)s."),
    "perimeter.consented": _("%(actor)s recorded consent to measure up to level %(level)s (%(about)s)."),
    "perimeter.consent_confirmed": _("%(actor)s confirmed consent to measure (%(about)s)."),
    "perimeter.consent_revoked": _("%(actor)s revoked consent to measure (%(about)s): “%(reason)s”."),
    "perimeter.run_asked": ngettext_lazy(
        "%(actor)s asked for a measurement of %(names)s name.",
        "%(actor)s asked for a measurement of %(names)s names.",
        "names",
    ),
    "perimeter.run_deeper": _("%(actor)s asked for a deeper look at %(names)s names, with ports and names below."),
    "perimeter.decided_many": _("%(actor)s decided about names that were found (%(count)s): %(state_now)s. %(first)s."),
    "perimeter.version_said": _("%(actor)s said of %(product)s %(version)s on %(about)s: %(said)s."),
    "perimeter.run_paused": _("%(actor)s paused the measurement of %(about)s."),
    "perimeter.run_running": _("%(actor)s went on with the measurement of %(about)s."),
    "perimeter.run_stopped": _("%(actor)s stopped the measurement of %(about)s."),
    "perimeter.issue_assigned": _("%(actor)s gave %(about)s to: %(to)s, before %(term)s."),
    "perimeter.issue_explained": _("%(actor)s explained %(about)s until %(until)s: “%(explanation)s”."),
    "perimeter.issue_reopened": _("%(actor)s let %(about)s count again."),
    "perimeter.issue_noted": _("%(actor)s wrote beside %(about)s: “%(text)s”."),
    "perimeter.issue_remeasured": _("%(actor)s had %(about)s measured again."),
    "perimeter.public": _("%(actor)s opened the public page about the outside."),
    "perimeter.hidden": _("%(actor)s closed the public page about the outside."),
    "perimeter.subscribed": _("%(actor)s gets mail about changes on the outside."),
    "perimeter.unsubscribed": _("%(actor)s gets no mail about changes on the outside any more."),
    "perimeter.left_alone": _("%(actor)s noted that %(target)s is not measured, as %(asked_by)s asked."),
    "perimeter.left_alone_ended": _("%(actor)s noted that %(target)s may be measured again."),
    "perimeter.compared": _("%(actor)s lets how the names stand be part of the comparison, without the name."),
    "perimeter.compared_ended": _("%(actor)s took how the names stand out of the comparison."),
    "perimeter.settled_ours": _("%(actor)s settled that name %(about)s is of this organisation: “%(reason)s”."),
    "perimeter.settled_theirs": _("%(actor)s settled that name %(about)s is of another organisation: “%(reason)s”."),
    "perimeter.notice_sent": _("%(actor)s told %(to)s what is wrong at %(target)s."),
    "perimeter.notice_received": _("%(actor)s told what is wrong at %(target)s: “%(text)s”."),
    "perimeter.notice_noted": _("%(actor)s took note of what was told about %(target)s."),
}


def _issues(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    rows = Issue.objects.filter(organisation=organisation, pk__in=_numbers(keys)).select_related("domain")
    return {str(row.pk): f"“{title(row.check_id)}” ({row.domain.name})" for row in rows}


def _runs(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    rows = Run.objects.filter(organisation=organisation, pk__in=_numbers(keys))
    return {str(row.pk): str(moment_words(row.started_at)) for row in rows}


def _consents(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    rows = Consent.objects.filter(organisation=organisation, pk__in=_numbers(keys))
    return {str(row.pk): ", ".join(map(str, row.scope[:3])) for row in rows}


def _numbers(keys: Collection[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal()]


def _names(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    del organisation
    return {key: key for key in keys}


def _turns(text: str) -> str:
    """``found:spf, fixed:dmarc`` in words."""
    pairs = (each.partition(":") for each in text.split(", "))
    kinds = dict(EventKind.choices)
    return ", ".join(f"{title(check)} ({str(kinds.get(kind, kind)).lower()})" for kind, _colon, check in pairs)


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    "domain": _names,
    "issue": _issues,
    "run": _runs,
    "consent": _consents,
}
WORDS: Mapping[str, Callable[[str], str]] = {
    "state_now": lambda state: str(dict(DomainState.choices).get(state, state)).lower(),
    "turns": _turns,
    "said": said_word,
}
