"""What the pages of the product register say: the answer, sources, roles of columns, and what a file changes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.advisories.models import Upload
from dijkwacht.apps.advisories.queries.register import Counts
from dijkwacht.core.advisories.register import Changed, Standing
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.core.advisories.register_view import SourceAge
from dijkwacht.web.moments import day_words
from dijkwacht.web.register_words import FORMS

ROLES: Mapping[str, Any] = {
    "vendor": gettext_lazy("Supplier"),
    "product": gettext_lazy("Product"),
    "version": gettext_lazy("Version"),
    "purl": gettext_lazy("Package URL (purl)"),
    "cpe": gettext_lazy("CPE name"),
    "name": gettext_lazy("Your own name for it"),
    "owner": gettext_lazy("Owner"),
    "location": gettext_lazy("Where it runs"),
    "exposed": gettext_lazy("Reachable from outside"),
    "as_of": gettext_lazy("Date of the line"),
    "present": gettext_lazy("In use, J or N"),
    "status": gettext_lazy("State"),
    "organisation": gettext_lazy("Organisation"),
}
"""What each role of a column is called; all of `core/advisories/register_words`."""
STATED = {
    "present": gettext_lazy("in use"),
    "planned": gettext_lazy("not in use yet"),
    "absent": gettext_lazy("not in use"),
}
MORE: Mapping[str, Any] = {
    "part_of": gettext_lazy("application"),
    "gone": gettext_lazy("back again"),
    "stated": gettext_lazy("in use or not"),
}


def source_words(source: Source | Upload) -> str:
    """A source by what it is and, where there are several, which one."""
    name = str(FORMS.get(source.kind, source.kind))
    return f"{name} ({source.label})" if source.label else name


def answer(found: Counts) -> str:
    """How many products, and what of them is not known well."""
    if not found.products:
        return _("Nothing yet. Without a register nobody can tell which warnings are about you.")
    said = [
        ngettext("We know of %(n)s product in use.", "We know of %(n)s products in use.", found.used)
        % {"n": found.used}
    ]
    lacks = [
        (found.no_version, _("%(n)s without version")),
        (found.old, _("%(n)s not confirmed for a year")),
        (found.differ, _("sources disagree on %(n)s")),
    ]
    told = [text % {"n": number} for number, text in lacks if number]
    if told:
        said.append(_("Of these: %(what)s.") % {"what": ", ".join(told)})
    return " ".join(said)


def age_words(age: SourceAge) -> str:
    """How many lines of a source are no longer up to date; nothing when all are."""
    if not age.old:
        return ""
    if age.old == age.lines:
        return _("Older than a year: bring in a newer one.")
    return ngettext("%(n)s line is older than a year.", "%(n)s lines are older than a year.", age.old) % {"n": age.old}


def line_words(standing: Standing) -> str:
    """A line of a file in a few words."""
    line = standing.line
    name = " ".join(each for each in (line.vendor, line.product, line.version) if each) or line.name
    more = ", ".join(each for each in (line.name, line.location, line.part_of) if each and each != line.product)
    return f"{name} ({more})" if more else name


def changed_words(changed: Changed) -> str:
    """A line that changes, with what of it: a version as before and after, the rest by name."""
    before, after = changed.before.line, changed.after.line
    said = []
    if "version" in changed.fields:
        nothing = _("no version")
        said.append(
            _("%(before)s becomes %(after)s") % {"before": before.version or nothing, "after": after.version or nothing}
        )
    names = {**ROLES, **MORE}
    rest = [str(names[each]).lower() for each in changed.fields if each != "version" and each in names]
    said += [", ".join(rest)] if rest else []
    name = " ".join(each for each in (after.vendor, after.product) if each) or after.name
    return f"{name}: {'; '.join(said)}" if said else name


def upload_words(row: Upload) -> str:
    """What a change of the register did, in numbers."""
    told: Iterable[tuple[int, str]] = (
        (row.added, ngettext("%(n)s line added", "%(n)s lines added", row.added)),
        (row.changed, ngettext("%(n)s changed", "%(n)s changed", row.changed)),
        (row.gone, ngettext("%(n)s gone", "%(n)s gone", row.gone)),
    )
    said = ", ".join(text % {"n": number} for number, text in told if number)
    return said or _("nothing changed; all lines confirmed")


def received(day: date | None) -> str:
    """Of which day a file says it is."""
    return _("The file says that it is of %(day)s.") % {"day": day_words(day)} if day else ""
