"""The acts of this room as sentences in the trail, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.people import queries
from dijkwacht.apps.people.choices import what_words
from dijkwacht.apps.people.models import Organisation


def _persons(_organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    numbers = [int(key) for key in keys if key.isdecimal()]
    return {str(number): name for number, name in queries.names_of(numbers).items()}


def _organisations(_organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    return dict(Organisation.objects.filter(slug__in=keys).values_list("slug", "name"))


SENTENCES = {
    "people.organisation_created": _("%(actor)s created the organisation %(about)s."),
    "people.person_added": _("%(actor)s added %(about)s as %(role)s, from %(valid_from)s."),
    "people.role_granted": _("%(actor)s gave %(about)s the role %(role)s, from %(valid_from)s."),
    "people.role_ended": _("%(actor)s ended the role %(role)s of %(about)s, from %(valid_to)s."),
    "people.shared": _("%(actor)s shared “%(what)s” with %(about)s, from %(valid_from)s, TLP:%(tlp)s."),
    "people.share_revoked": _("%(actor)s revoked “%(what)s” for %(about)s."),
}
ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    "person": _persons,
    "organisation": _organisations,
}
WORDS: Mapping[str, Callable[[str], str]] = {"what": lambda what: what_words(what, date.max)}  # the newest words for it
