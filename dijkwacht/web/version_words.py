"""Versions as documents write them (``vers:unknown/<3.2``), in words; what cannot be read stands as it is, in quotes."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.core.advisories.prose import Bound
from dijkwacht.core.advisories.spoken import Spoken, spoken
from dijkwacht.core.advisories.versions import version_key

MOST = 8  # stretches that are told one by one
_WRITTEN = re.compile(r"vers:[a-z0-9.+-]*/\S+")


def range_words(text: str) -> str:
    """Which versions: ``lower than 3.2``, ``3.1``."""
    if version_key(text):
        return text
    found = spoken(text)
    return _("“%(text)s”") % {"text": text} if found is None else _without(_stretches(found), found)


def said_words(text: str) -> str:
    """The same with what it is: ``versions lower than 3.2``, ``version 3.1``."""
    found = spoken(text)
    if found is None and not version_key(text):
        return range_words(text)
    if found and found.stretches == (Bound(all=True),):
        return _without(_("all versions"), found)
    several = found is not None and not (len(found.stretches) == 1 and _is_one(found.stretches[0]))
    return (_("versions %(which)s") if several else _("version %(which)s")) % {"which": range_words(text)}


def in_words(text: str, version: str = "") -> str:
    """The name of a product in a document with each ``vers:`` in it in words.

    Its ``version`` too, where only the signs of that stand in the name: ``Zaaksysteem <3.2``.
    """
    bare = version.partition("/")[2]
    if bare and version not in text and spoken(version) is not None:
        text = text.replace(bare, version)
    return _WRITTEN.sub(lambda found: range_words(found[0]), text)


def stretch_words(bound: Bound) -> str:
    """One stretch."""
    said = {"low": bound.low or bound.wild, "high": bound.high}
    if bound.all:
        return _("all versions")
    if bound.wild and not bound.high:
        return _("everything that begins with %(low)s") % said
    if _is_one(bound):
        return bound.low
    if not said["low"]:
        return (_("%(high)s and lower") if bound.high_in else _("lower than %(high)s")) % said
    if not bound.high:
        return (_("%(low)s and higher") if bound.low_in else _("higher than %(low)s")) % said
    if bound.low_in or bound.wild:
        return (_("from %(low)s through %(high)s") if bound.high_in else _("from %(low)s up to %(high)s")) % said
    return (
        _("higher than %(low)s, through %(high)s") if bound.high_in else _("higher than %(low)s, lower than %(high)s")
    ) % said


def _is_one(bound: Bound) -> bool:
    return bool(bound.low) and bound.low == bound.high


def _stretches(found: Spoken) -> str:
    """All stretches, of many the first."""
    told = [stretch_words(each) for each in found.stretches[:MOST]]
    left = len(found.stretches) - MOST
    if left > 0:
        told.append(ngettext("%(n)d other", "%(n)d others", left) % {"n": left})
    return _listed(told)


def _without(said: str, found: Spoken) -> str:
    return _("%(said)s, but not %(holes)s") % {"said": said, "holes": _listed(found.holes)} if found.holes else said


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(most)s and %(last)s") % {"most": ", ".join(parts[:-1]), "last": parts[-1]}
