"""The acts of this room as sentences in the trail, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.read import ensia_lines
from dijkwacht.web.terms import text_of

SENTENCES = {
    "ensia.opened": _("%(actor)s opened %(about)s."),
    "ensia.coordinated": _("%(actor)s changed who coordinates %(about)s."),
    "ensia.handed_out": _("%(actor)s handed out %(about)s to a colleague."),
    "ensia.taken_back": _("%(actor)s took %(about)s back from a colleague."),
    "ensia.handed_in": _("%(actor)s recorded that %(about)s was handed in."),
    "ensia.not_handed_in": _("%(actor)s took back that %(about)s was handed in."),
    "ensia.reminded": ngettext_lazy(
        "A reminder of %(about)s went to %(persons)s person.",
        "A reminder of %(about)s went to %(persons)s persons.",
        "persons",
    ),
    "ensia.closed": _("%(actor)s closed %(about)s. Reason for what was not handed in: “%(reason)s”."),
    "ensia.consented": _("%(actor)s lets the counts of %(about)s be part of the benchmark, without the name."),
    "ensia.consent_ended": _("%(actor)s took the counts of %(about)s out of the benchmark."),
}


def _years(_organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    names = {line["line"]: text_of(line["name"]) for line in ensia_lines()}
    found = {}
    for key in keys:
        year, _colon, line = key.partition(":")
        found[key] = f"ENSIA {year}: {names.get(line, line)}" if line else f"ENSIA {year}"
    return found


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {"ensia": _years}
