"""The product register: which rows to show, a line by hand, a file and how it is read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.advisories.register_words import ROLES
from dijkwacht.core.advisories.register_lines import LONGEST, LONGEST_OTHER
from dijkwacht.web.register_words import FORMS

Options = Iterable[tuple[Any, Any]]
READ = ("ict_foto", "cmdb", "gemma", "cyclonedx", "spdx")
LONGEST_LABEL = 120
EXPOSED = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("unknown", gettext_lazy("Not known"))]
YES_NO = {"yes": True, "no": False}


def line(label: Any, *, most: int = LONGEST_OTHER, help_text: Any = "", required: bool = False) -> forms.CharField:
    """A field for one line of text."""
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text)


class RegisterFilter(forms.Form):
    """Which products to show."""

    text = forms.CharField(label=gettext_lazy("Name, owner or place"), required=False, max_length=100)
    source = forms.ChoiceField(label=gettext_lazy("Source"), required=False)
    show = forms.ChoiceField(label=gettext_lazy("Show"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("In use"), required=False)

    def __init__(self, *args: Any, sources: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["source"].choices = [("", _("Every source")), *sources]
        fields["show"].choices = [
            ("", _("Everything")), ("warned", _("With open warnings")), ("no_version", _("Without version")),
            ("old", _("Not confirmed for a year")), ("differ", _("Sources disagree")), ("exposed", _("Reachable from outside")),
        ]  # fmt: skip
        fields["state"].choices = [
            ("", _("In use")), ("planned", _("Not in use yet")), ("absent", _("Not in use")), ("all", _("All")),
        ]  # fmt: skip


class LineForm(forms.Form):
    """A product that no file tells of."""

    use_required_attribute = False
    vendor = line(gettext_lazy("Supplier"), required=True, help_text=gettext_lazy("Who makes it, as warnings name it."))
    product = line(gettext_lazy("Product"), required=True)
    version = line(
        gettext_lazy("Version"), most=LONGEST["version"], help_text=gettext_lazy("Without a version we ask when a warning comes.")
    )  # fmt: skip
    exposed = forms.TypedChoiceField(
        label=gettext_lazy("Reachable from outside"), choices=EXPOSED, coerce=YES_NO.get, required=False, empty_value=None,
        widget=forms.RadioSelect, initial="unknown",
    )  # fmt: skip
    name = line(gettext_lazy("Your own name for it"))
    owner = line(gettext_lazy("Owner"), help_text=gettext_lazy("A team or a function."))
    location = line(gettext_lazy("Where it runs"))
    purl = line(
        gettext_lazy("Package URL (purl)"), most=LONGEST["purl"], help_text=gettext_lazy("For example pkg:npm/name@1.0")
    )
    cpe = line(gettext_lazy("CPE name"), most=LONGEST["cpe"])


class VersionForm(forms.Form):
    """Which version is in use."""

    use_required_attribute = False
    version = line(
        gettext_lazy("Which version do you use?"), most=LONGEST["version"], required=True,
        help_text=gettext_lazy("As the product itself shows it, such as 3.1.4"),
    )  # fmt: skip


class FileForm(forms.Form):
    """A file with products."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A spreadsheet (XLSX, ODS, CSV) or an SBOM (CycloneDX, SPDX), at most 50 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt,.json,.xml"}),
    )


class ReadForm(forms.Form):
    """How a file is read: its form, the name of the source, whose lines, and of a table where which column is."""

    use_required_attribute = False
    form = forms.ChoiceField(label=gettext_lazy("What kind of file"), required=False)
    label = forms.CharField(label=gettext_lazy("Name of this source"), required=False, max_length=LONGEST_LABEL)
    whose = forms.ChoiceField(label=gettext_lazy("Lines of which organisation"), required=False)
    sheet = forms.TypedChoiceField(label=gettext_lazy("Sheet"), coerce=int, required=False, empty_value=None)
    header = forms.IntegerField(label=gettext_lazy("Row with the headings"), min_value=1, required=False)

    def __init__(
        self,
        *args: Any,
        sheets: Options = (),
        columns: Options = (),
        whose: Options = (),
        parts: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["form"].choices = [("", _("As the file shows")), *((each, FORMS[each]) for each in READ)]
        fields["label"].help_text = (
            _("The application that these parts are of. Each application is a source of its own.")
            if parts
            else _("Leave it empty for the list that you replace as a whole each time.")
        )
        table = list(sheets)
        fields["sheet"].choices = table
        fields["whose"].choices = [("", _("Choose one")), *whose]
        for role, word in ROLES.items():
            fields[role] = forms.TypedChoiceField(
                label=word, required=False, coerce=int, empty_value=None, choices=[("", _("No column")), *columns]
            )
        if not list(whose):
            del self.fields["whose"]
        if not table:
            for each in ("sheet", "header", *ROLES):
                del self.fields[each]

    @property
    def about(self) -> list[Any]:
        """The fields that every file has."""
        return [self[name] for name in ("form", "label", "whose") if name in self.fields]

    @property
    def columns(self) -> list[Any]:
        """The fields of a table."""
        return [self[name] for name in ("sheet", "header", *ROLES) if name in self.fields]


def chosen(query: Mapping[str, str]) -> dict[str, int | None]:
    """The numbers in a query; a role that is named without a number has no column. Anything else is not there."""
    found: dict[str, int | None] = {}
    for name in ("sheet", "header", *ROLES):
        text = query.get(name)
        if text is not None and text.isascii() and text.isdigit() and len(text) < 8:
            found[name] = int(text)
        elif text == "" and name in ROLES:
            found[name] = None
    return found
