"""Scope and context."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.isms.forms.fields import Aware, Options, area
from dijkwacht.apps.isms.models import (
    CircumstanceKind,
)


class ScopeForm(Aware):
    """What the management system is about."""

    inside = area(gettext_lazy("What is within the scope"), rows=4, help_text=gettext_lazy(
        "Processes, systems, locations and what others do for us. At least the critical processes and systems."))  # fmt: skip
    outside = area(gettext_lazy("What is outside it"), required=False)
    reasons = area(gettext_lazy("Why the boundary lies there"))


class PublishForm(Aware):
    """Where everybody can read it."""

    place = forms.URLField(label=gettext_lazy("Address of the page"), max_length=500, assume_scheme="https")


class CircumstanceForm(Aware):
    """Something about our surroundings."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it"), choices=CircumstanceKind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=gettext_lazy("In a few words"), max_length=200)
    text = area(gettext_lazy("What it means for us; of a party: what it expects"), required=False)


class KnownForm(Aware):
    """Several things from the packs at once."""

    known = forms.MultipleChoiceField(label=gettext_lazy("Take over"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, known: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known"].choices = list(known)  # type: ignore[attr-defined]
