"""Why an advisory does or does not concern an asset, as a sentence; what is wrong in a line of a register or of aliases."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from dijkwacht.core.advisories.shapes import Reason
from dijkwacht.web.version_words import said_words

_REASONS = {
    "affected": gettext_lazy("Version %(version)s is affected: the advisory names %(said)s of %(product)s."),
    "affected_all": gettext_lazy("The advisory says that all versions of %(product)s are affected."),
    "outside": gettext_lazy("The advisory does not name version %(version)s."),
    "fixed": gettext_lazy("By the advisory version %(version)s is fixed (%(said)s of %(product)s)."),
    "stated_not_affected": gettext_lazy("By the advisory version %(version)s is not affected (%(product)s)."),
    "no_version": gettext_lazy(
        "The advisory names %(said)s of %(product)s, and no version is registered. Which version do you use?"
    ),
    "version_not_understood": gettext_lazy(
        "The advisory names %(said)s of %(product)s; the registered version “%(version)s” cannot be compared with that."
    ),
    "version_short": gettext_lazy(
        "The advisory names %(said)s of %(product)s; registered is only “%(version)s”. Which version is it exactly?"
    ),
    "version_other_form": gettext_lazy(
        "The advisory numbers %(product)s otherwise: it names %(said)s, and “%(version)s” is registered. Which number is that?"
    ),
    "range_not_understood": gettext_lazy(
        "How the advisory writes the versions of %(product)s could not be read: “%(said)s”."
    ),
    "range_end_unclear": gettext_lazy(
        "The advisory does not tell whether version %(version)s itself is meant: it writes “%(said)s” of %(product)s."
    ),
    "no_version_in_document": gettext_lazy("The advisory names %(product)s without saying which versions."),
    "fixed_without_version": gettext_lazy(
        "The advisory says that %(product)s is fixed, without saying in which versions."
    ),
    "investigated": gettext_lazy("The publisher still investigates whether %(product)s is affected (%(said)s)."),
    "status_unknown": gettext_lazy("The publisher does not know whether %(product)s is affected (%(said)s)."),
    "conflict": gettext_lazy(
        "The advisory contradicts itself: of %(product)s, %(said)s, it says that it is affected and that it is not."
    ),
    "depends_on_platform": gettext_lazy(
        "Whether %(product)s, %(said)s, is affected depends on what it runs on; the register does not tell."
    ),
    "contains_part": gettext_lazy(
        "A part that comes with it is affected: %(product)s, %(said)s. Which version of that part do you use?"
    ),
}
_UNKNOWN = gettext_lazy("The reason is %(code)s.")
CODES = frozenset(_REASONS)
_QUOTES = ("range_not_understood", "range_end_unclear")
"""Reasons that rest on how the versions are written: those stand there as they are."""
_NO_VERSION_SAID = gettext_lazy("no versions")
_NO_VERSION_REGISTERED = gettext_lazy("(not registered)")

_ROWS = {
    "no_organisation": gettext_lazy("row %(row)s: no organisation; this row was left out"),
    "no_product": gettext_lazy("row %(row)s: no vendor with product, no package URL and no CPE; this row can match nothing"),
    "bad_purl": gettext_lazy("row %(row)s: “%(value)s” is no package URL; it was not used"),
    "bad_cpe": gettext_lazy("row %(row)s: “%(value)s” is no CPE that names a product; it was not used"),
    "missing_columns": gettext_lazy("the first row needs these columns: %(columns)s"),
    "double_column": gettext_lazy("the first row has the column %(column)s twice"),
    "unused_columns": gettext_lazy("these columns are not used: %(columns)s"),
    "incomplete_alias": gettext_lazy(
        "row %(row)s: %(column)s is empty; an alias counts only when it tells who confirmed it, and when"
    ),
    "bad_day": gettext_lazy("row %(row)s: “%(value)s” is no day as YYYY-MM-DD"),
    "half_alias": gettext_lazy("row %(row)s: a product on one side only; give both, or neither for the whole vendor"),
}  # fmt: skip
ROW_CODES = frozenset(_ROWS)


def reason_sentence(reason: Reason) -> str:
    """The reason in one sentence, in the language of the moment."""
    told = dict(reason.params)
    versions = told.get("said", "")
    said: dict[str, object] = {
        "code": reason.code, "version": told.get("version") or _NO_VERSION_REGISTERED, "product": told.get("product", ""),
        "said": (versions if reason.code in _QUOTES else said_words(versions)) if versions else _NO_VERSION_SAID,
    }  # fmt: skip
    return str(_REASONS.get(reason.code, _UNKNOWN)) % said


def row_sentence(code: str, params: Mapping[str, str]) -> str:
    """What is wrong in a row, or in the first one."""
    return str(_ROWS[code]) % params
