"""Acts about the register as sentences in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "suppliers.supplier_added": _("%(actor)s added supplier %(name)s."),
    "suppliers.suppliers_taken_over": _("%(actor)s took over %(count)s suppliers from the records: %(names)s."),
    "suppliers.supplier_changed": _("%(actor)s wrote what is known now of supplier %(name)s."),
    "suppliers.supplier_ended": _("%(actor)s noted that nothing is bought from supplier %(name)s any more."),
    "suppliers.supplier_merged": _("%(actor)s made one supplier of %(name)s and %(other)s."),
    "suppliers.suppliers_distinct": _("%(actor)s noted that %(name)s and %(other)s are two suppliers."),
    "suppliers.service_added": _("%(actor)s added service %(name)s of %(supplier)s."),
    "suppliers.service_changed": _("%(actor)s wrote what is known now of service %(name)s."),
    "suppliers.service_ended": _("%(actor)s noted that service %(name)s is no longer delivered."),
    "suppliers.use_added": _("%(actor)s noted that %(subject)s leans on service %(name)s."),
    "suppliers.use_changed": _("%(actor)s wrote how %(subject)s leans on service %(name)s."),
    "suppliers.use_ended": _("%(actor)s noted that %(subject)s leans on service %(name)s no more."),
    "suppliers.exit_written": _("%(actor)s wrote how to get away from service %(name)s."),
    "suppliers.contract_added": _("%(actor)s added contract %(name)s with %(supplier)s."),
    "suppliers.contract_changed": _("%(actor)s wrote what is known now of contract %(name)s."),
    "suppliers.contract_ended": _("%(actor)s ended contract %(name)s."),
    "suppliers.sub_added": _("%(actor)s noted that supplier %(name)s leans on %(other)s."),
    "suppliers.sub_changed": _("%(actor)s wrote how supplier %(name)s leans on %(other)s."),
    "suppliers.sub_ended": _("%(actor)s noted that supplier %(name)s leans on %(other)s no more."),
    "suppliers.register_imported": _(
        "%(actor)s took suppliers over from %(file)s: %(added)s rows new, %(changed)s rows changed."
    ),
}
