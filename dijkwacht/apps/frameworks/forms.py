"""What somebody brings, and how a list of lines is narrowed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.people.forms import TLP_WORDS, PeriodForm
from dijkwacht.core.access import Tlp
from dijkwacht.core.carry import Relation
from dijkwacht.core.text import capital
from dijkwacht.core.verdict import Status
from dijkwacht.web.framework_words import RELATIONS
from dijkwacht.web.terms import status_word

MOST_FILES = 12


class SeveralFiles(forms.FileInput):
    """A control that takes more than one file."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All files under this name."""
        return files.getlist(name)


class FilesField(forms.FileField):
    """One file or more; clean gives a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, each cleaned. Raises ValidationError: none, or too many."""
        found = [super(FilesField, self).clean(each, initial) for each in data or [None]]
        if len(found) > MOST_FILES:
            raise forms.ValidationError(_("Bring at most %(n)s files at once.") % {"n": MOST_FILES})
        return found


class BringForm(forms.Form):
    """Files that belong together, and of which norm the numbers are where the files do not say so."""

    file = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "OSCAL (JSON, XML or YAML), a library of CISO Assistant (YAML), the official BIO2 (Markdown), or your own copy of a"
            " norm (XLSX, ODS or CSV with number, title and text). Choose files that refer to each other together."
        ),
        widget=SeveralFiles(attrs={"accept": ".json,.xml,.yaml,.yml,.md,.csv,.xlsx,.ods"}),
    )
    norm = forms.ChoiceField(
        label=gettext_lazy("Numbers of which norm"),
        required=False,
        help_text=gettext_lazy("For your own copy of a norm, and for a mapping that does not say so itself."),
    )

    def __init__(self, *args: Any, norms: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("The files say so themselves")), *norms]
        self.fields["norm"].choices = choices  # type: ignore[attr-defined]


class LinesForm(forms.Form):
    """Which lines of a framework to show."""

    text = forms.CharField(label=gettext_lazy("Number or words"), required=False, max_length=100)
    verdict = forms.ChoiceField(label=gettext_lazy("Verdict"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdicts = [(str(each), capital(status_word(each))) for each in Status]
        self.fields["verdict"].choices = [("", _("Every verdict")), *verdicts]  # type: ignore[attr-defined]


class LinksForm(forms.Form):
    """Which links of a mapping to show."""

    text = forms.CharField(label=gettext_lazy("Number or words"), required=False, max_length=100)
    relation = forms.ChoiceField(label=gettext_lazy("Relation"), required=False)
    counts = forms.ChoiceField(
        label=gettext_lazy("Counts"),
        required=False,
        choices=[("", gettext_lazy("All")), ("yes", gettext_lazy("Counts")), ("no", gettext_lazy("Does not count"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(str(each), capital(str(RELATIONS[each]))) for each in Relation]
        self.fields["relation"].choices = [("", _("Every relation")), *words]  # type: ignore[attr-defined]


class ChooseForm(forms.Form):
    """Whether the links that were ticked count, and why. ``links``: the keys that the mapping has."""

    link = forms.MultipleChoiceField(error_messages={"required": gettext_lazy("Tick at least one link in the list.")})
    counts = forms.ChoiceField(
        label=gettext_lazy("What should the ticked links do"),
        choices=[("no", gettext_lazy("Not count")), ("yes", gettext_lazy("Count"))],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody who sees a verdict over these links can read this."),
    )  # fmt: skip

    def __init__(self, *args: Any, links: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["link"].choices = [(each, each) for each in links]  # type: ignore[attr-defined]


class ShareForm(PeriodForm):
    """With whom a framework is shared, how long, and how far it may be passed on."""

    recipient = forms.CharField(
        label=gettext_lazy("With which organisation"),
        max_length=200,
        help_text=gettext_lazy("Its name, or its short name as in the address of its pages."),
    )
    tlp = forms.ChoiceField(
        label=gettext_lazy("How far may it be passed on"), choices=TLP_WORDS, initial=Tlp.AMBER.value
    )
    free = forms.BooleanField(
        label=gettext_lazy("We may pass this text on: we made it ourselves, or its publisher allows it"),
    )
    field_order = ("recipient", "tlp", "valid_from", "valid_to", "free")
