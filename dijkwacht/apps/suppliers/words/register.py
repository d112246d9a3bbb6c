"""Why something about the register is refused, per code."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REFUSED: dict[str, Any] = {
    "kvk_adopted": _(
        "You adopted “%(title)s” for this supplier, and that is about another number. Let go of it first."
    ),
    "odd": _("This cannot be read. Choose or fill in something else."),
    "not_a_kvk": _("A KvK number has eight digits."),
    "not_a_domain": _("Fill in a site, such as supplier.nl."),
    "not_a_country": _("Fill in two letters, such as NL."),
    "kvk_known": _("%(name)s already has this KvK number."),
    "own_id_known": _("%(name)s already has this number."),
    "use_kind": _("Choose a process or a system."),
    "use_twice": _("This already leans on the service."),
    "sub_twice": _("This supplier already leans on it."),
    "distinct_twice": _("That these are two was said already."),
    "sub_self": _("A supplier does not lean on itself."),
    "sub_several": _("Several suppliers are called this. Fill in the KvK number too."),
    "not_signed": _("There is a day of signing, so say that it was signed."),
    "same_supplier": _("Choose two different suppliers."),
    "kvk_differs": _("Their KvK numbers differ. Say that it is one company all the same, or leave them as two."),
    "register_not_usable": _("There is something wrong with this file. Nothing was taken over."),
    "register_moved_on": _("The register changed since you looked at this file. Look again at what would change."),
}
