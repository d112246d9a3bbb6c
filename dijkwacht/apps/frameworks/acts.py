"""The acts of this room as sentences in the trail, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping

from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.frameworks.models import Brought
from dijkwacht.apps.people.models import Organisation

SENTENCES = {
    "frameworks.brought": _(
        "%(actor)s brought in %(about)s (frameworks: %(frameworks)s, lines: %(lines)s; mappings: %(mappings)s,"
        " pairs: %(maps)s; own texts: %(texts)s)."
    ),
    "frameworks.removed": _("%(actor)s took out %(about)s."),
}


def _files(organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    """What was brought in, by the number of its act."""
    wanted = [int(key) for key in keys if key.isdigit()]
    rows = Brought.objects.filter(organisation=organisation, act__in=wanted).values_list("act", "files")
    return {str(act): ", ".join(each["name"] for each in files) for act, files in rows}


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {"brought": _files}
