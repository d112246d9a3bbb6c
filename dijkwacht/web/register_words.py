"""What is wrong with, or to know of, a file with a product register, and why it has the form that it has: one sentence each."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.core.advisories.shapes import Reason
from dijkwacht.core.sheets import Problem
from dijkwacht.web.import_words import CODES as TABLE_CODES
from dijkwacht.web.import_words import error_sentence, place_words

_SENTENCES = {
    # the file
    "no_sbom": gettext_lazy("This JSON file is no SBOM in CycloneDX or SPDX."),
    "not_cyclonedx": gettext_lazy("This is no SBOM in CycloneDX."),
    "not_spdx": gettext_lazy("This is no SBOM in SPDX 2.2 or 2.3 with a list of packages."),
    "not_json": gettext_lazy("This is no valid JSON. The file may have been cut off."),
    "not_an_object": gettext_lazy("This JSON file does not hold one document."),
    "too_many_values": gettext_lazy("This file has more than %(most)s values and was not opened."),
    "unknown_spec_version": gettext_lazy("Edition %(value)s of this form is not known; it was read as the latest known one."),
    # the columns
    "no_header": gettext_lazy(
        "No row with headers such as supplier, product and version was found. Choose the columns yourself."
    ),
    "no_product_column": gettext_lazy("No column tells which product it is. Choose that column yourself."),
    "columns_unsure": gettext_lazy("Columns %(columns)s may both hold the same. Choose one of them."),
    "columns_left_out": gettext_lazy("Columns %(columns)s may both hold the same; neither was read."),
    "sheet_not_read": gettext_lazy("This sheet may hold products too, but was not read. Choose it if it should be."),
    "no_lines": gettext_lazy("There is no product in this file. The register was left as it is."),
    "photo_untouched": gettext_lazy("All %(rows)s products say N. This looks like the empty sheet, before anyone filled it in."),
    "no_is_the_default": gettext_lazy(
        "%(count)s products say N. N is what the empty sheet says too, so it is a weak sign that the product is not used."
    ),
    "what_suppliers_offer": gettext_lazy(
        "Nothing in this list tells that your organisation uses these packages. It may be what suppliers offer."
    ),
    # a row
    "no_product": gettext_lazy("No product is named here; this line was left out."),
    "no_vendor": gettext_lazy("No supplier is named here, so warnings are hard to tie to this product."),
    "not_yes_or_no": gettext_lazy("\u201c%(value)s\u201d is neither J nor N."),
    "exposed_unknown": gettext_lazy("\u201c%(value)s\u201d does not tell whether it can be reached from outside."),
    "not_a_purl": gettext_lazy("\u201c%(value)s\u201d is no package URL (purl)."),
    "not_a_cpe": gettext_lazy("\u201c%(value)s\u201d is no CPE name."),
    "version_is_date": gettext_lazy(
        "The spreadsheet made a date of this version (%(value)s). The product is read without version."
    ),
    "version_is_number": gettext_lazy("This version is a number (%(value)s), so 1.1 and 1.10 look the same. Check it."),
    "version_says_nothing": gettext_lazy("\u201c%(value)s\u201d is no version. The product is read without version."),
    "component_left_out": gettext_lazy("%(name)s is no product that warnings speak of (%(why)s) and was left out."),
    "services_not_read": gettext_lazy("This SBOM also lists services. These are not read."),
    "not_a_component": gettext_lazy("Something here is no component."),
}  # fmt: skip
_WHY = {
    "has_field": gettext_lazy("It has the field %(field)s."),
    "root_is_bom": gettext_lazy("Its first element is that of a CycloneDX SBOM."),
    "has_role": gettext_lazy("Column \u201c%(column)s\u201d is in it."),
    "has_column": gettext_lazy("Column \u201c%(column)s\u201d occurs in that catalogue only."),
    "no_versions": gettext_lazy("It has no versions."),
}
FORMS = {
    "ict_foto": gettext_lazy("ICT photo of the IBD"),
    "cmdb": gettext_lazy("Inventory (CMDB)"),
    "gemma": gettext_lazy("GEMMA Softwarecatalogus"),
    "cyclonedx": gettext_lazy("SBOM in CycloneDX"),
    "spdx": gettext_lazy("SBOM in SPDX"),
    "perimeter": gettext_lazy("Measured from outside"),
    "hand": gettext_lazy("Entered by hand"),
}
CODES = frozenset(_SENTENCES) | TABLE_CODES


def register_sentence(problem: Problem) -> str:
    """A problem or remark in one sentence, after its place in the file. Ends with a full stop."""
    known = _SENTENCES.get(problem.code)
    if known is None:
        return error_sentence(problem)
    where = place_words(problem.place) or problem.params.get("at", "")
    sentence = str(known) % problem.params
    return f"{where}: {sentence}" if where else sentence


def form_reason(reason: Reason) -> str:
    """Why a file was taken for a form."""
    return str(_WHY[reason.code]) % dict(reason.params)


def disagreement(reason: Reason) -> str:
    """That sources disagree, with what each says."""
    if reason.code == "presence_differs":
        words = {"present": _("in use"), "planned": _("planned"), "absent": _("not in use")}
        said = "; ".join(f"{_source(source)}: {words[stated]}" for source, stated in reason.params)
        return _("Sources disagree on whether it is in use. %(said)s.") % {"said": said}
    said = "; ".join(f"{_source(source)}: {versions}" for source, versions in reason.params)
    return _("Sources name different versions. %(said)s.") % {"said": said}


def _source(told: str) -> str:
    kind, _colon, label = told.partition(":")
    name = str(FORMS.get(kind, kind))
    return f"{name} ({label})" if label else name
