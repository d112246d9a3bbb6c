"""What to show of the queue, what is decided, what is written, and which organisations to show."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.advisories.models import Decision
from dijkwacht.apps.advisories.queries.triage import STATES, Asked
from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.text import capital
from dijkwacht.web.priority_words import level_word

LONGEST = 20_000  # characters of a text


class QueueFilter(forms.Form):
    """Which advisories to show."""

    text = forms.CharField(label=gettext_lazy("Title, number, CVE or product"), required=False, max_length=100)
    level = forms.TypedChoiceField(label=gettext_lazy("Priority"), required=False, coerce=int, empty_value=None)
    touches = forms.ChoiceField(label=gettext_lazy("Who is touched"), required=False)
    publisher = forms.ChoiceField(label=gettext_lazy("Publisher"), required=False)
    provider = forms.TypedChoiceField(label=gettext_lazy("Source"), required=False, coerce=int, empty_value=None)
    used = forms.BooleanField(label=gettext_lazy("Being used"), required=False)
    exposed = forms.BooleanField(label=gettext_lazy("Reachable from outside"), required=False)
    state = forms.ChoiceField(choices=[(each, each) for each in STATES], required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, publishers: Iterable[tuple[str, str]], providers: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        levels = [(number, capital(level_word(name))) for number, name in enumerate(LEVELS)]
        fields["level"].choices = [("", _("Every priority")), *reversed(levels)]
        fields["touches"].choices = [("", _("Whoever it is")), ("some", _("Somebody")), ("none", _("Nobody"))]
        fields["publisher"].choices = [("", _("Every publisher")), *publishers]
        fields["provider"].choices = [("", _("Every source")), *providers]

    @property
    def narrows(self) -> bool:
        """Whether more is asked than a part of the queue in some order."""
        return self.is_bound and bool({*self.changed_data} - {"state", "sort"})

    def asked(self) -> Asked:
        """What is asked; of a form that is not right what stands without it."""
        if not self.is_bound or not self.is_valid():
            return Asked()
        told = self.cleaned_data
        return Asked(**{**told, "state": told["state"] or "open", "text": told["text"].strip()})


class ManyForm(forms.Form):
    """The same decision on several advisories: no warning, because."""

    advisory = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which advisories"), coerce=int,
        error_messages={
            "required": gettext_lazy("Choose at least one advisory."),
            "invalid_choice": gettext_lazy("On one of these somebody decided already. Look again."),
        },
    )  # fmt: skip
    because = forms.CharField(label=gettext_lazy("Why"), max_length=500)

    def __init__(self, *args: Any, numbers: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["advisory"].choices = [(each, each) for each in numbers]


class DecideForm(forms.Form):
    """What is decided on one advisory."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What is decided"), widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in (Decision.WARN, Decision.NOT, Decision.WAIT)],
    )  # fmt: skip
    because = forms.CharField(
        label=gettext_lazy("Why"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed for no warning and for waiting."),
    )  # fmt: skip
    wait_until = forms.DateField(
        label=gettext_lazy("Until when"), required=False, widget=forms.DateInput,
        help_text=gettext_lazy("Only for waiting: on this day it comes back in the queue."),
    )  # fmt: skip


class WriteForm(forms.Form):
    """What is told to each audience."""

    technical = forms.CharField(
        label=gettext_lazy("For who installs and repairs"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 16}),
    )  # fmt: skip
    management = forms.CharField(
        label=gettext_lazy("For who decides"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 16}),
    )  # fmt: skip


class WhoHasFilter(forms.Form):
    """Which organisations to show."""

    text = forms.CharField(label=gettext_lazy("Organisation"), required=False, max_length=100)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), required=False)
    exposed = forms.BooleanField(label=gettext_lazy("Reachable from outside"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["outcome"].choices = [
            ("", _("Every outcome")), ("affected", _("Affected")), ("undetermined", _("To be asked")),
            ("caught", _("Follows it")),
        ]  # fmt: skip
