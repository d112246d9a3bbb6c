"""The acts of this room as sentences in the trail, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.frameworks.models import Brought, LinkChoice, MappingSet
from dijkwacht.apps.people.models import Organisation

SENTENCES = {
    "frameworks.brought": _(
        "%(actor)s brought in %(about)s (frameworks: %(frameworks)s, lines: %(lines)s; mappings: %(mappings)s,"
        " pairs: %(maps)s; own texts: %(texts)s)."
    ),
    "frameworks.removed": _("%(actor)s took out %(about)s."),
    "frameworks.links_off": _("%(actor)s let links of %(about)s no longer count (%(n)s): “%(why)s”."),
    "frameworks.links_on": _("%(actor)s let links of %(about)s count again (%(n)s): “%(why)s”."),
}


def _files(organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    """What was brought in, by the number of its act."""
    wanted = [int(key) for key in keys if key.isdigit()]
    rows = Brought.objects.filter(organisation=organisation, act__in=wanted).values_list("act", "files")
    return {str(act): ", ".join(each["name"] for each in files) for act, files in rows}


def _mappings(organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    """The titles of mappings, by number: our own, and those of others about which we chose something."""
    chosen = LinkChoice.objects.filter(organisation=organisation).values("ref")
    rows = MappingSet.objects.filter(Q(organisation=organisation) | Q(ref__in=chosen))
    found = rows.filter(pk__in=[int(key) for key in keys if key.isdigit()]).values_list("pk", "title")
    return {str(pk): title for pk, title in found}


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    "brought": _files,
    "mapping": _mappings,
}
