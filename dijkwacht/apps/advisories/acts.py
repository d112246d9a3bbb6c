"""The acts of this room as sentences in the trail, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping

from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.advisories.models import Advisory, Own, Provider, Warned, WarningState
from dijkwacht.apps.advisories.services.doing import titled
from dijkwacht.apps.people.models import Organisation

SENTENCES = {
    "advisories.took_in": _("%(actor)s took in documents: %(read)s read, %(aside)s set aside."),
    "advisories.read_anyway": _("%(actor)s let document %(name)s be read that was set aside: “%(because)s”."),
    "advisories.refused": _("%(actor)s refused document %(name)s that was set aside: “%(because)s”."),
    "advisories.removed": _("%(actor)s took %(name)s away for good, with its documents: “%(because)s”."),
    "advisories.provider_added": _("%(actor)s added the source %(name)s (%(where)s)."),
    "advisories.provider_asked": _("%(actor)s asked to fetch from %(name)s at the next round."),
    "advisories.provider_ended": _("%(actor)s ended the source %(name)s."),
    "advisories.lists_taken": _(
        "%(actor)s brought the list %(list)s with %(weaknesses)s weaknesses: %(weighed)s advisories weigh otherwise, %(used)s"
        " are being used, %(back)s came back in the queue."
    ),
    "advisories.weighed_again": _(
        "By a list that another desk brought %(weighed)s advisories weigh otherwise: %(used)s are being used, %(back)s came back "
        "in the queue."
    ),
    "advisories.warning_used": _("%(actor)s told of warning %(name)s that the weakness is being used: “%(title)s”."),
    "advisories.decided": _("%(actor)s decided on advisory %(name)s: %(decision)s."),
    "advisories.awake": _("%(actor)s put advisory %(name)s back in the queue: the day until which it waited has come."),
    "advisories.texts_written": _("%(actor)s wrote what is told of advisory %(name)s."),
    "advisories.register_changed": _(
        "%(actor)s took over “%(name)s” in the product register: %(added)s new, %(changed)s changed, %(gone)s gone."
    ),
    "advisories.line_added": _("%(actor)s added %(name)s %(version)s to the product register by hand."),
    "advisories.line_changed": _("%(actor)s changed %(name)s %(version)s in the product register by hand."),
    "advisories.line_ended": _("%(actor)s took %(name)s %(version)s, added by hand, out of the product register."),
    "advisories.version_said": _("%(actor)s said that version %(version)s of %(name)s is in use."),
    "advisories.source_ended": _(
        "%(actor)s took the source “%(name)s” out of the product register: %(gone)s lines gone."
    ),
    "advisories.measured": _(
        "%(actor)s took over what was measured at %(name)s: %(added)s new, %(changed)s changed, %(gone)s gone."
    ),
    "advisories.alias_confirmed": _("%(actor)s confirmed that “%(name)s” is what advisories call “%(to)s”."),
    "advisories.alias_rejected": _("%(actor)s said that “%(name)s” is not what advisories call “%(to)s”."),
    "advisories.alias_ended": _("%(actor)s ended that “%(name)s” is what advisories call “%(to)s”."),
    "advisories.followed": _("%(actor)s follows “%(name)s” from now on."),
    "advisories.unfollowed": _("%(actor)s no longer follows “%(name)s”."),
    "advisories.warned": _("%(actor)s warned the organisation (%(desk)s): warning %(name)s, “%(title)s”."),
    "advisories.warning_turned": _("%(actor)s brought warning %(name)s to revision %(version)s: “%(title)s”."),
    "advisories.joined": _("%(actor)s noted that %(desk)s warns the organisation from now on: “%(basis)s”."),
    "advisories.left": _("%(actor)s noted that %(desk)s no longer warns the organisation."),
    "advisories.contact_added": _("%(actor)s added %(name)s as a contact for warnings."),
    "advisories.contact_ended": _("%(actor)s took %(name)s away as a contact for warnings."),
    "advisories.own_begun": _("%(actor)s began to write %(name)s: “%(title)s”."),
    "advisories.own_changed": _("%(actor)s changed the draft of %(name)s."),
    "advisories.own_dropped": _("%(actor)s threw away the draft of %(name)s."),
    "advisories.own_given_out": _("%(actor)s gave out revision %(version)s of %(name)s: “%(summary)s”."),
    "advisories.key_made": _("%(actor)s made a key for machines: %(name)s."),
    "advisories.key_ended": _("%(actor)s ended the key for machines %(name)s."),
    "advisories.contact_moved": _("%(actor)s moved %(name)s up to place %(rank)s among the contacts for warnings."),
    "advisories.to_call": _("%(actor)s put %(n)s warnings on the phone list: nobody took note."),
    "advisories.called": _("%(actor)s called about warning %(name)s: “%(said)s”."),
    "advisories.acknowledged": _("%(who)s took note of warning %(name)s by the link in the mail: “%(title)s”."),
    "advisories.seen": _("%(actor)s took note of warning %(name)s: “%(title)s”."),
    "advisories.given": _("%(actor)s noted who handles warning %(name)s: %(handler)s."),
    "advisories.assessed": _("%(actor)s assessed warning %(name)s in writing: “%(title)s”."),
    "advisories.handled": _("%(actor)s said how %(n)s weaknesses of warning %(name)s stand: %(status)s."),
    "advisories.accepted_ended": _(
        "%(actor)s opened %(n)s weaknesses of warning %(name)s again: the day until which the risk was accepted has passed."
    ),
}


def _warnings(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    rows = Warned.objects.filter(organisation=organisation, pk__in=[int(key) for key in keys if key.isdecimal()])
    return {str(row.pk): titled(row.tlp, row.title) for row in rows}


def _advisories(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    rows = Advisory.objects.filter(organisation=organisation, pk__in=[int(key) for key in keys if key.isdecimal()])
    return {str(row.pk): row.number for row in rows}


def _providers(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    rows = Provider.objects.filter(organisation=organisation, pk__in=[int(key) for key in keys if key.isdecimal()])
    return {str(row.pk): row.name for row in rows}


def _own(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    rows = Own.objects.filter(organisation=organisation, pk__in=[int(key) for key in keys if key.isdecimal()])
    return {str(row.pk): row.number for row in rows}


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    "warning": _warnings,
    "advisory": _advisories,
    "own": _own,
    "provider": _providers,
}


def _stands(state: str) -> str:
    return str(WarningState(state).label).lower() if state in WarningState.values else state


WORDS: Mapping[str, Callable[[str], str]] = {"status": _stands}
