"""The words of CSAF: what to do, what is said of a product and why, which kind of document it is; why it cannot be written."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

_REMEDIES: Mapping[str, Any] = {
    "vendor_fix": gettext_lazy("Update of the vendor"),
    "optional_patch": gettext_lazy("Update of the vendor, not required"),
    "mitigation": gettext_lazy("Measure that lowers the risk"),
    "workaround": gettext_lazy("Temporary measure"),
    "fix_planned": gettext_lazy("Update announced"),
    "none_available": gettext_lazy("No remedy yet"),
    "no_fix_planned": gettext_lazy("There will be no remedy"),
}
_STATUSES: Mapping[str, Any] = {
    "affected": gettext_lazy("affected"),
    "fixed": gettext_lazy("fixed"),
    "not_affected": gettext_lazy("not affected"),
    "investigated": gettext_lazy("being investigated"),
    "recommended": gettext_lazy("recommended version"),
    "unknown": gettext_lazy("unknown"),
}
_KINDS: Mapping[str, Any] = {
    "csaf_security_advisory": gettext_lazy("Security advisory"),
    "csaf_deprecated_security_advisory": gettext_lazy("Security advisory in the older form"),
    "csaf_vex": gettext_lazy("What does and does not affect a product (VEX)"),
    "csaf_base": gettext_lazy("Document without a kind of its own"),
    "csaf_informational_advisory": gettext_lazy("Notice about security"),
    "csaf_security_incident_response": gettext_lazy("Message about an incident"),
    "csaf_withdrawn": gettext_lazy("Withdrawn advisory"),
    "csaf_superseded": gettext_lazy("Advisory that another one replaces"),
    "cve": gettext_lazy("Record of the CVE list"),
}
_STATES: Mapping[str, Any] = {
    "draft": pgettext_lazy("document", "draft"),
    "interim": pgettext_lazy("document", "interim"),
    "final": pgettext_lazy("document", "final"),
}
_FLAGS: Mapping[str, Any] = {
    "component_not_present": gettext_lazy("The weak part is not in this product."),
    "vulnerable_code_not_present": gettext_lazy("The part is in it, but without the weak code."),
    "vulnerable_code_not_in_execute_path": gettext_lazy("The weak code is in it, but is never run."),
    "vulnerable_code_cannot_be_controlled_by_adversary": gettext_lazy(
        "The weak code is run, but an attacker cannot steer what it does."
    ),
    "inline_mitigations_already_exist": gettext_lazy("The product already has a protection against this weakness."),
}
_UNWRITABLE: Mapping[str, Any] = {
    "label_not_in_2_0": gettext_lazy("CSAF 2.0 has no label TLP:%(about)s."),
    "status_not_in_2_0": gettext_lazy("CSAF 2.0 has no status “%(status)s” for a product."),
    "rating_not_in_2_0": gettext_lazy("CSAF 2.0 cannot hold this rating: “%(about)s”."),
    "withdrawn_not_in_2_0": gettext_lazy("CSAF 2.0 cannot say that an advisory was withdrawn."),
    "part_missing": gettext_lazy(
        "Product “%(about)s” is told as part of another; by itself it is not in the document."
    ),
    "moment_missing": gettext_lazy("There is no moment of publication or change: %(about)s."),
    "unknown_weakness_type": gettext_lazy("“%(about)s” is no type of weakness that is known (CWE)."),
}
UNWRITABLE = frozenset(_UNWRITABLE)


def remedy_word(kind: str) -> str:
    """What kind of remedy it is; as the publisher wrote it when that is none of the standard."""
    return str(_REMEDIES.get(kind, kind))


def status_word(status: str) -> str:
    """What a document says of a product (``core.advisories.shapes.STATUSES``)."""
    return str(_STATUSES.get(status, status))


def kind_word(category: str) -> str:
    """Which kind of document it is; as the publisher wrote it when that is none of the standard."""
    return str(_KINDS.get(category, category))


def state_word(state: str) -> str:
    """Whether a document is a draft, interim or final."""
    return str(_STATES.get(state, state))


def flag_word(flag: str) -> str:
    """Why a product is not affected, as a sentence; as the publisher wrote it when that is none of the standard."""
    return str(_FLAGS.get(flag, flag))


def unwritable_sentence(code: str, about: str) -> str:
    """Why an advisory of ours cannot be written as CSAF 2.0 (``Unwritable``). An unknown code is told as it is."""
    said = {"about": about, "status": status_word(about)}
    return str(_UNWRITABLE[code]) % said if code in _UNWRITABLE else f"({code})"
