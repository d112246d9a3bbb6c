"""What is wrong with, or to know of, a file about suppliers or a monitoring report: one sentence each, after its place."""

from django.utils.translation import gettext_lazy

from dijkwacht.core.sheets import Place, Problem
from dijkwacht.web.import_words import CODES as TABLE_CODES
from dijkwacht.web.import_words import error_sentence, place_words

_SENTENCES = {
    # the file
    "not_json": gettext_lazy("This is no valid JSON. The file may have been cut off."),
    "not_an_object": gettext_lazy("This JSON file does not hold one document."),
    "too_many_values": gettext_lazy("This file has more than %(most)s values and was not opened."),
    "key_twice": gettext_lazy(
        "The key \u201c%(key)s\u201d stands twice in one object of this JSON, so it is not sure what is meant."
    ),
    "not_a_number": gettext_lazy("This JSON holds %(value)s where a number belongs. That is not allowed in JSON."),
    # the columns
    "no_supplier_column": gettext_lazy(
        "No column with the supplier was found. Give it the header Supplier. These headers were seen: %(headers)s."
    ),
    "no_package_columns": gettext_lazy(
        "No columns with supplier and package were found. These headers were seen: %(headers)s."
    ),
    "no_requirement_column": gettext_lazy(
        "No column with the text of the requirements was found. Give it the header Requirement. These headers were"
        " seen: %(headers)s."
    ),
    "no_number_column": gettext_lazy("No column with the number of the requirements was found. Give it the header Number."),
    "no_alert_columns": gettext_lazy(
        "A report needs columns for the number, the moment and the title of each alert. These headers were seen:"
        " %(headers)s."
    ),
    "columns_unsure": gettext_lazy(
        "Columns %(columns)s seem to hold the same. Leave out one of them, or give it another header."
    ),
    "sheet_not_read": gettext_lazy("This sheet may belong to it too, but only one sheet is read."),
    # of every kind of row
    "odd_characters": gettext_lazy(
        "There is a character here that cannot be seen or that turns text around (%(value)s). Type the text again."
    ),
    "not_yes_no_na": gettext_lazy("\u201c%(value)s\u201d is no answer to this question. Use yes, no or n/a."),
    "too_many_names": gettext_lazy("There are more than %(most)s names here."),
    "too_many_names_in_all": gettext_lazy("The cells of this file hold more than %(most)s names together."),
    "too_much_text": gettext_lazy("This file holds more than %(most)s characters of text together."),
    "cell_missing": gettext_lazy("This cell has to be filled."),
    # a supplier register
    "no_suppliers": gettext_lazy("There is no supplier in this file. Nothing was changed."),
    "no_supplier_name": gettext_lazy("There is no name of a supplier here."),
    "not_a_kvk": gettext_lazy("\u201c%(value)s\u201d is no KvK number. It has eight digits."),
    "kvk_differs": gettext_lazy("%(name)s has KvK number %(value)s here and %(other)s in row %(row)s."),
    "names_merged": gettext_lazy("%(name)s is read as the same supplier as %(other)s in row %(row)s."),
    "names_alike": gettext_lazy(
        "%(name)s looks like %(other)s in row %(row)s, but their KvK numbers differ. They are read as two suppliers."
    ),
    "supplier_differs": gettext_lazy(
        "\u201c%(value)s\u201d differs from \u201c%(other)s\u201d in row %(row)s, about the same supplier. The first was kept."
    ),
    "not_a_domain": gettext_lazy("\u201c%(value)s\u201d is no domain. Write it as example.nl."),
    "no_service": gettext_lazy("This row tells something of a service, but not which one."),
    "service_differs": gettext_lazy("Row %(row)s says something else of the same service."),
    "contract_differs": gettext_lazy("Row %(row)s says something else of the same contract."),
    "use_differs": gettext_lazy("Row %(row)s says another number of hours for the same use of this service."),
    "first_kept": gettext_lazy("Row %(row)s says this otherwise. What stands there was kept."),
    "ends_before_start": gettext_lazy("This contract ends on %(value)s, before it starts on %(start)s."),
    "not_hours": gettext_lazy("\u201c%(value)s\u201d is no number of hours of zero or more."),
    "own_sub": gettext_lazy("%(name)s is named as a sub-supplier of itself."),
    "owner_no_address": gettext_lazy("This is no e-mail address, so no owner was taken over."),
    # the GEMMA Softwarecatalogus
    "row_left_out": gettext_lazy("No supplier or no package is named here; this row was left out."),
    "not_in_use": gettext_lazy("%(name)s is no longer in use according to this list, and was left out."),
    "what_suppliers_offer": gettext_lazy(
        "Nothing in this list tells that your organisation uses these packages. It may be what suppliers offer."
    ),
    # requirements
    "no_requirements": gettext_lazy("There is no requirement in this file."),
    "requirement_without_text": gettext_lazy("This row has no text of a requirement."),
    "requirement_twice": gettext_lazy("%(name)s stands in row %(row)s with another text or weight."),
    "unknown_weight": gettext_lazy("\u201c%(value)s\u201d does not tell whether this is a requirement or a wish."),
    "heading_left_out": gettext_lazy("This row has neither a number nor a text, and was left out as a heading."),
    # a monitoring report
    "no_service_named": gettext_lazy("The file does not tell which service reports. Choose the service."),
    "no_period": gettext_lazy("The file does not tell over which period it reports. Fill in its first and last day."),
    "period_backwards": gettext_lazy("The period ends on %(value)s, before it starts on %(start)s."),
    "unknown_zone": gettext_lazy("\u201c%(value)s\u201d is no time zone. Write it as Europe/Amsterdam, UTC or +01:00."),
    "no_zone": gettext_lazy(
        "The time zone of %(value)s is not told. Choose the time zone, or have the zone put in the file."
    ),
    "not_a_moment": gettext_lazy("\u201c%(value)s\u201d is no moment. Write it as 2026-12-31T14:05:00+01:00."),
    "clock_gap": gettext_lazy("%(value)s does not exist: the clock went forward an hour then."),
    "no_alert_list": gettext_lazy("This JSON has no list of alerts. A report without alerts has an empty list."),
    "too_many_alerts": gettext_lazy("This list is longer than %(most)s and was not read."),
    "not_an_object_here": gettext_lazy("An object with fields belongs here."),
    "not_text": gettext_lazy("A text belongs here."),
    "field_missing": gettext_lazy("The field \u201c%(field)s\u201d is missing here."),
    "unknown_severity": gettext_lazy("\u201c%(value)s\u201d does not tell how severe it is. Use low, medium, high or critical."),
    "unknown_state": gettext_lazy("\u201c%(value)s\u201d does not tell whether it was handled. Use yes, no, open or closed."),
    "closed_before_seen": gettext_lazy("This alert was closed before it was seen."),
    "closed_but_open": gettext_lazy(
        "This alert has a moment of closing and is said to be open. Whether it was handled is taken as unknown."
    ),
    "alert_twice": gettext_lazy("%(id)s stands here again in the same words as in %(row)s, and was read once."),
    "alert_differs": gettext_lazy("%(id)s stands in %(row)s too, with something else in it."),
    "report_differs": gettext_lazy("Row %(row)s says something else of the report as a whole."),
    "outside_period": gettext_lazy("%(id)s is of %(value)s, outside the period of the report."),
    "more_sources": gettext_lazy("More log sources are connected (%(value)s) than expected (%(expected)s)."),
    # STIX
    "no_sightings": gettext_lazy("There are no sightings in this STIX bundle."),
    "not_a_stix_object": gettext_lazy("Something here is no STIX object with a type and an id."),
    "sighting_withdrawn": gettext_lazy("This sighting was withdrawn by its maker, and was left out."),
    "reference_missing": gettext_lazy("%(value)s is referred to, but is not in this file."),
    "moment_of_writing": gettext_lazy("When it was seen is not told. The moment at which it was written down is used."),
}  # fmt: skip

CODES = frozenset(_SENTENCES) | TABLE_CODES


def words(problem: Problem) -> str:
    """A problem or remark in one sentence, after its sheet, row and column or its place in the JSON. Ends with a full stop."""
    known = _SENTENCES.get(problem.code)
    bare = Problem(problem.code, Place(), problem.params)  # the place is put before it here
    sentence = str(known) % problem.params if known else error_sentence(bare)
    where = place_words(problem.place) or problem.params.get("at", "")
    return f"{where}: {sentence}" if where else sentence
