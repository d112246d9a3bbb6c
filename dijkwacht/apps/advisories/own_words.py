"""What the pages of our own documents say: the choices of the form, how versions are understood, what is still lacking."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.core.advisories.own import FLAGS, REMEDIES, SAYINGS, Lack
from dijkwacht.core.advisories.own_versions import Unclear, Versions
from dijkwacht.core.advisories.problems import Problem
from dijkwacht.web.advisory_problem_words import problem_sentence
from dijkwacht.web.csaf_words import flag_word, remedy_word, unwritable_sentence
from dijkwacht.web.tlp_words import tlp_meaning, tlp_word
from dijkwacht.web.version_words import range_words, stretch_words

LABELS = ("CLEAR", "GREEN", "AMBER", "RED")
NO_LABEL = gettext_lazy("Choose one of these labels. CSAF 2.0, in which it is given out, has no others.")
_SAYINGS: Mapping[str, Any] = {
    "affected": gettext_lazy("Affected"),
    "fixed": gettext_lazy("Fixed in these versions"),
    "investigated": gettext_lazy("Being investigated"),
}
_LACKS: Mapping[str, Any] = {
    "no_title": gettext_lazy("There is no title."),
    "no_summary": gettext_lazy("It is not told what it is about."),
    "no_products": gettext_lazy("No product is named."),
    "no_weaknesses": gettext_lazy("No weakness is named."),
    "no_number": gettext_lazy("A weakness has no number."),
    "no_description": gettext_lazy("Of weakness %(name)s it is not told what it is."),
    "no_status": gettext_lazy("Of weakness %(name)s it is not told which products are affected."),
    "nothing_said": gettext_lazy("Of %(name)s nothing is said: affected, not affected, fixed or being investigated?"),
    "no_remedy": gettext_lazy("For weakness %(name)s it is not told what must be done; the standard asks for it here."),
    "not_conclusive": gettext_lazy(
        "Of weakness %(name)s it is only said that products are being investigated. Write a VEX for that, or wait."
    ),
    "no_target": gettext_lazy("“%(name)s” is for no product: none is affected by that weakness, being investigated or fixed."),
}  # fmt: skip
_UNCLEAR: Mapping[str, Any] = {
    "not_understood": gettext_lazy(
        "We do not understand this as versions. Write 3.1, older than 3.2, or 3.0 through 3.1; or leave it empty: "
        "then whoever has the product is asked for the version."
    ),
    "end_unclear": gettext_lazy(
        "Is %(version)s itself meant? Write “older than %(version)s” when it is not, “%(version)s and older” when it is."
    ),
    "too_long": gettext_lazy("That is too long. Use a row for each stretch of versions."),
}  # fmt: skip
_FIELDS = (
    (re.compile(r"/document/title"), "id_title"), (re.compile(r"/document/notes"), "id_summary"),
    (re.compile(r"/document/distribution"), "id_tlp_0"), (re.compile(r"/document/category"), "id_kind_0"),
    (re.compile(r"/document/references"), "links"), (re.compile(r"/product_tree"), "products"),
    (re.compile(r"/vulnerabilities/(\d+)/scores"), "id_weaknesses-{}-vector"),
    (re.compile(r"/vulnerabilities/(\d+)/notes"), "id_weaknesses-{}-description"),
    (re.compile(r"/vulnerabilities/(\d+)/title"), "id_weaknesses-{}-title"),
    (re.compile(r"/vulnerabilities/(\d+)/remediations"), "remedies"),
    (re.compile(r"/vulnerabilities/(\d+)"), "id_weaknesses-{}-number"),
)  # fmt: skip
"""To which field of the form a place in the document leads."""


def label_choices() -> list[tuple[str, str]]:
    """The labels that CSAF 2.0 has, with what they mean."""
    return [(each, f"{tlp_word(each)}. {tlp_meaning(each)}") for each in LABELS]


def remedy_choices() -> list[tuple[str, str]]:
    """The kinds of remedy."""
    return [(each, remedy_word(each)) for each in REMEDIES]


def saying_choices() -> list[tuple[str, str]]:
    """What can be said of a product for a weakness; that it is not affected never without the reason."""
    return [("", _("Nothing is said yet")), *((each, saying_word(each)) for each in SAYINGS)]


def saying_word(saying: str) -> str:
    """What is said of a product."""
    if saying in FLAGS:
        return _("Not affected. %(why)s") % {"why": flag_word(saying)}
    return str(_SAYINGS.get(saying, saying))


def unclear_sentence(error: Unclear) -> str:
    """Why versions are not understood, and how to write them then."""
    return str(_UNCLEAR[error.code]) % {"version": error.version}


def versions_sentence(versions: Versions) -> str:
    """How versions are understood."""
    if versions.form == "none":
        return _("No versions: whoever has this product is asked which version it is.")
    told = "; ".join(stretch_words(each) for each in versions.stretches) or range_words(versions.text)
    return _("We read: %(stretches)s.") % {"stretches": told}


def lack_sentence(lack: Lack) -> str:
    """What is still missing."""
    return str(_LACKS[lack.code]) % {"name": lack.name}


def anchor(lack: Lack) -> str:
    """Where on the form that is filled in."""
    whole = ("products", "weaknesses", "remedies")
    return lack.field if lack.field in whole else f"id_{lack.field}"


def finding(problem: Problem) -> tuple[str, str]:
    """What schema or tests find, and where on the form that stands."""
    for pattern, place in _FIELDS:
        if found := pattern.match(problem.path):
            return problem_sentence(problem), place.format(*found.groups())
    return problem_sentence(problem), "id_title"


def no_document(code: str, about: str) -> tuple[str, str]:
    """Why it cannot be written as CSAF 2.0, and where on the form that stands."""
    return unwritable_sentence(code, about), "id_tlp_0" if code == "label_not_in_2_0" else "weaknesses"
