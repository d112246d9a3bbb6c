"""The acts of this room as sentences in the trail, and the names of what they are about. None tells what a signal says."""

from collections.abc import Callable, Collection, Mapping

from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.order.models import DecisionFile, Signal
from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.powers import powers_pack
from dijkwacht.web.terms import text_of

SENTENCES = {
    "order.opened": _("%(actor)s opened decision file %(name)s: %(power)s."),
    "order.written": _("%(actor)s wrote in decision file %(name)s."),
    "order.weighed": _("%(actor)s weighed a lighter way in decision file %(name)s: %(power)s."),
    "order.heard": _("%(actor)s noted who was heard in decision file %(name)s."),
    "order.decided": _("%(actor)s took the decision of file %(name)s: %(power)s."),
    "order.departed": _("%(actor)s took the decision of file %(name)s against the rules, with reasons: %(power)s."),
    "order.dropped": _("%(actor)s noted that file %(name)s leads to no decision."),
    "order.step": _("%(actor)s noted what was done after the decision of file %(name)s."),
    "order.looked_back": _("%(actor)s looked back on the decision of file %(name)s."),
    "order.closed": _("%(actor)s closed decision file %(name)s."),
    "order.signal_kept": _("%(actor)s logged signal %(name)s."),
    "order.signal_agreed": _("%(actor)s agreed, as data protection officer, with signal %(name)s."),
    "order.signal_objected": _("%(actor)s objected, as data protection officer, to signal %(name)s."),
    "order.signal_erased": _("%(actor)s erased signal %(name)s; only that it was there remains."),
}


def power_word(power: str) -> str:
    """What a power is called; its code when the pack no longer has it."""
    found = powers_pack().powers.get(power)
    return text_of(found.name) if found else power


def _files(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    wanted = [int(key) for key in keys if key.isdecimal()]
    return {str(row.pk): row.name for row in DecisionFile.objects.filter(organisation=organisation, pk__in=wanted)}


def _signals(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    wanted = [int(key) for key in keys if key.isdecimal()]
    return {str(row.pk): row.name for row in Signal.objects.filter(organisation=organisation, pk__in=wanted)}


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    "decision_file": _files,
    "signal": _signals,
}
WORDS: Mapping[str, Callable[[str], str]] = {"power": power_word}
