"""What this room says of deeper looks, of names that were found, and of versions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.perimeter.queries.deeper import Depth

SAID: Mapping[str, Any] = {
    "runs": gettext_lazy("this version runs here"),
    "mended": gettext_lazy("mended without a new number"),
}


def said_word(said: str) -> str:
    """What the owner says of a version, in a clause."""
    return str(SAID.get(said, said))


def deeper_sentence(names: int, ready: int) -> str:
    """For how many names a deeper look may begin, in one sentence."""
    if not names:
        return _("No name is watched yet.")
    if not ready:
        return _("No name has consent of level 3 yet.")
    text = ngettext(
        "%(ready)d of %(names)d name may be looked at deeper.",
        "%(ready)d of %(names)d names may be looked at deeper.", names,
    )  # fmt: skip
    return text % {"ready": ready, "names": names}


def found_sentence(found: int) -> str:
    """How many names wait for a decision, in one sentence."""
    if not found:
        return _("No name waits for a decision.")
    return ngettext("%(n)d name waits for a decision.", "%(n)d names wait for a decision.", found) % {"n": found}


def open_words(depth: Depth) -> str:
    """On which addresses ports would be tried, in a clause."""
    known = len(depth.open) + len(depth.shut)
    if not known:
        return _("its addresses are not known yet: they are asked for first")
    if not depth.open:
        return _("names below only; no address may be tried for ports")
    text = ngettext("ports on %(n)d of %(all)d address", "ports on %(n)d of %(all)d addresses", known)
    return text % {"n": len(depth.open), "all": known}


def feed_sentence(new: int, known: int) -> str:
    """What a feed of certificates came to."""
    if not new and not known:
        return _("There is no name below yours in this file.")
    said = ngettext("%(n)d name was new.", "%(n)d names were new.", new) % {"n": new}
    return said + " " + ngettext("%(n)d stood here already.", "%(n)d stood here already.", known) % {"n": known}


def waiting(depths: Sequence[Depth]) -> tuple[list[Depth], list[Depth]]:
    """Those that may be looked at, and those for which something is lacking."""
    return [each for each in depths if each.may], [each for each in depths if not each.may]
