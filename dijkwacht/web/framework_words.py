"""Why something in a framework file was refused, how two requirements relate, and the road of a verdict, as sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dijkwacht.core.carry import Carried, Relation, Source
from dijkwacht.core.framework import Refusal
from dijkwacht.core.sheets import Place, Problem
from dijkwacht.core.text import capital
from dijkwacht.core.verdict import Status
from dijkwacht.web import import_words
from dijkwacht.web.terms import status_word

_REFUSED = {
    # the file as a whole
    "empty": gettext_lazy("This file is empty."),
    "unreadable": gettext_lazy("This file cannot be read: %(why)s."),
    "not_xml": gettext_lazy("This is no readable XML: line %(line)s."),
    "unsafe_xml": gettext_lazy("Line %(line)s declares a document type or entity, which a catalog never needs; it was not read."),
    "wrong_namespace": gettext_lazy("This is no OSCAL: <%(element)s> does not stand in its namespace."),
    "unknown_element": gettext_lazy("Line %(line)s has <%(element)s>, which OSCAL does not have in this place."),
    "stray_text": gettext_lazy("Line %(line)s has text in <%(element)s>, where OSCAL has none."),
    "double_element": gettext_lazy("Line %(line)s has a second <%(element)s>, where OSCAL has one."),
    "too_much_xml": gettext_lazy("This file has more elements, or longer lists within lists, than any catalog (%(most)s)."),
    "bad_number": gettext_lazy("Line %(line)s has <%(element)s> without a number in it."),
    "not_json": gettext_lazy("This is no readable JSON: line %(line)s, column %(column)s."),
    "not_yaml": gettext_lazy("This is no readable YAML: line %(line)s."),
    "unsafe_yaml": gettext_lazy("Line %(line)s holds an instruction that a catalog never needs; the file was not opened."),
    "too_large": gettext_lazy("This file is larger than %(most)s MB."),
    "too_deep": gettext_lazy("This file is nested deeper than %(most)s levels."),
    "null_character": gettext_lazy("This file holds a null character in a text, and that cannot be kept."),
    "too_much": gettext_lazy("This chooses among so many controls so often (more than %(most)s times) that it was stopped."),
    "too_many_files": gettext_lazy("Bring at most %(most)s files at once."),
    "file_twice": gettext_lazy("A file of this name was given twice."),
    "double_key": gettext_lazy("One object has the key %(key)s twice, so it does not say one thing."),
    "wrong_root": gettext_lazy("This is no catalog, profile or mapping collection; its root is %(found)s."),
    "other_root": gettext_lazy("This is another kind of OSCAL: %(found)s. Only catalogs, profiles and mappings are read."),
    "other_version": gettext_lazy("OSCAL %(found)s is not read; 1.0, 1.1 and 1.2 are."),
    "no_library": gettext_lazy("This file holds no framework and no mapping set of CISO Assistant."),
    "norm_needed": gettext_lazy("Choose of which norm these are the texts."),
    "no_known_number": gettext_lazy("None of the %(n)s numbers in this file belongs to that norm."),
    "nothing_read": gettext_lazy("There is nothing in this file to keep."),
    # its shape
    "wrong_type": gettext_lazy("Something else was expected here: %(expected)s."),
    "missing": gettext_lazy("“%(key)s” is missing here."),
    "bad_id": gettext_lazy("“%(id)s” is no id: it starts with a letter and has letters, digits, dots, hyphens and underscores."),
    "bad_uuid": gettext_lazy("“%(id)s” is no UUID of version 4 or 5."),
    "double_id": gettext_lazy("The id “%(id)s” is used twice; first at %(first)s."),
    "unknown_word": gettext_lazy("“%(found)s” is not one of: %(known)s."),
    "too_long": gettext_lazy("This is longer than %(most)s characters."),
    # its references
    "dangling_link": gettext_lazy("The link %(id)s leads to nothing in this file."),
    "dangling_param": gettext_lazy("The text uses the parameter %(id)s, which is not in this file."),
    "import_not_given": gettext_lazy("What this profile imports was not given: %(href)s. Bring that file too."),
    "import_cycle": gettext_lazy("These profiles import each other in a circle: %(circle)s."),
    "import_refused": gettext_lazy("What this profile imports, %(href)s, was refused itself."),
    "import_no_controls": gettext_lazy("A profile cannot import %(href)s: that file has no controls."),
    "unknown_control": gettext_lazy("No imported catalog has the control %(id)s."),
    "unknown_param": gettext_lazy("No imported catalog has the parameter %(id)s."),
    "unknown_part": gettext_lazy("The control has nothing with the id %(id)s."),
    "control_clash": gettext_lazy("Two imports have a different control %(id)s, and the profile does not say which counts."),
    "mapping_direction": gettext_lazy(
        "This mapping runs the wrong way: what it calls the source (%(source)s) has the numbers of the target (%(target)s)."
    ),
    "mapping_unknown": gettext_lazy("%(id)s is not in the framework on this side of the mapping."),
    "mapping_nowhere": gettext_lazy(
        "Neither side of this mapping is a framework that is here: %(source)s, %(target)s. Bring that framework too, or"
        " choose the norm of which these are the numbers."
    ),
}  # fmt: skip
_EXPECTED = {
    "object": gettext_lazy("an object"),
    "list": gettext_lazy("a list"),
    "text": gettext_lazy("a text"),
    "flag": gettext_lazy("true or false"),
    "share": gettext_lazy("a number from 0 to 1"),
}
_UNKNOWN = gettext_lazy("This was refused (%(code)s).")
CODES = frozenset(_REFUSED)

RELATIONS = {
    Relation.EQUAL: gettext_lazy("equal to"),
    Relation.EQUIVALENT: gettext_lazy("equivalent to"),
    Relation.SUBSET: gettext_lazy("part of"),
    Relation.SUPERSET: gettext_lazy("wider than"),
    Relation.INTERSECTS: gettext_lazy("partly the same as"),
    Relation.NONE: gettext_lazy("nothing to do with"),
}
_ROADS = {
    Relation.EQUAL: gettext_lazy("%(source)s (%(status)s) asks the same"),
    Relation.EQUIVALENT: gettext_lazy("%(source)s (%(status)s) asks the same in other words"),
    Relation.SUBSET: gettext_lazy("%(source)s (%(status)s) is a part of this"),
    Relation.SUPERSET: gettext_lazy("%(source)s (%(status)s) asks this and more"),
    Relation.INTERSECTS: gettext_lazy("%(source)s (%(status)s) asks partly the same"),
}
ITEM_PARTS = {
    "number": pgettext_lazy("what changed", "number"), "title": pgettext_lazy("what changed", "title"),
    "text": pgettext_lazy("what changed", "text"), "group": pgettext_lazy("what changed", "group"),
    "parent": pgettext_lazy("what changed", "place"), "withdrawn": pgettext_lazy("what changed", "withdrawn"),
    "criterion": pgettext_lazy("what changed", "when it is met"), "situation": pgettext_lazy("what changed", "when it applies"),
    "subject": pgettext_lazy("what changed", "what it is about"), "shows": pgettext_lazy("what changed", "what must be shown"),
    "basis": pgettext_lazy("what changed", "legal basis"), "doubt": pgettext_lazy("what changed", "our doubt"),
    "theme": pgettext_lazy("what changed", "theme"),
}  # fmt: skip


def refusal_sentence(refusal: Refusal) -> str:
    """Why something was refused, in one sentence; where it stands is told beside it (file and path)."""
    params: dict[str, Any] = {"code": refusal.code, **refusal.params}
    if refusal.code == "wrong_type":
        params["expected"] = _EXPECTED.get(refusal.params.get("expected", ""), refusal.params.get("expected", ""))
    if refusal.code not in _REFUSED and refusal.code in import_words.CODES:
        return import_words.error_sentence(Problem(refusal.code, Place(), refusal.params))
    return str(_REFUSED.get(refusal.code, _UNKNOWN)) % params


def road_sentence(carried: Carried, names: Mapping[str, str], *, most: int = 3) -> str:
    """A status with why: ``Partly, because BIO2 8.13.04 (in order) is a part of this.``

    ``names``: how each source is called. Of a long road the first ``most``, and how many more there are.
    """
    if not carried.road:
        return _("Unknown: no mapping leads to this line.")
    parts = [_stretch(each, names) for each in carried.road[:most]]
    if (more := len(carried.road) - most) > 0:
        parts.append(_("and %(n)d more") % {"n": more})
    why = _(", and ").join(parts) if carried.status is Status.MET and len(parts) == 2 else "; ".join(parts)
    return _("%(status)s, because %(why)s.") % {"status": capital(status_word(carried.status)), "why": why}


def _stretch(each: Source, names: Mapping[str, str]) -> str:
    told = {"source": names.get(each.requirement, each.requirement), "status": status_word(each.status)}
    return str(_ROADS[each.relation]) % told


def what_words(what: tuple[str, ...]) -> str:
    """What of a line changed: ``title, when it is met``."""
    return ", ".join(str(ITEM_PARTS.get(each, each)) for each in what)
