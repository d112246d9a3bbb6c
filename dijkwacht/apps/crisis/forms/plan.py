"""The forms of the plan and of the contacts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.crisis.forms import fields as make
from dijkwacht.apps.crisis.forms.fields import Plain, area, choice, line
from dijkwacht.apps.crisis.models import Circle
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.web.terms import text_of

_LINES = _("One thing per line.")


class CardForm(Plain):
    """A role card."""

    title = line(_("Role"), required=True, most=120)
    purpose = line(_("What this role is for"), most=300)
    first_minutes = area(_("First ten minutes"), rows=4, help_text=_LINES)
    first_hour = area(_("First hour"), rows=4, help_text=_LINES)
    decisions = area(_("What this role decides"), help_text=_LINES)
    avoid = area(_("What not to do"), help_text=_LINES)
    call = area(_("Whom to call"), help_text=_("Functions, one per line. Numbers stand in the contacts."))
    replacement = line(_("Who replaces"), most=200)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)


class StepForm(Plain):
    """When a rung of the digital ladder is reached."""

    when = area(_("When"), rows=5, help_text=_LINES)
    who = line(_("Who decides that"), most=200)


class FallbackForm(Plain):
    """How a process goes on by another way."""

    subject = choice(_("Process"), [])
    way = area(_("How it goes on"), required=True, rows=4)
    needs = line(
        _("What is needed for that"), most=300, help_text=_("Paper forms, a stand-alone computer, a list on paper.")
    )
    first_hours = forms.IntegerField(label=_("Hours it can stand still"), required=False, min_value=0, max_value=9_999)
    holds_hours = forms.IntegerField(label=_("Hours this way holds"), required=False, min_value=0, max_value=9_999)
    tried_on = make.day(_("Last tried on"))

    def __init__(self, *args: Any, subjects: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["subject"].choices = list(subjects)


class AdoptForm(Plain):
    """Which office adopted the draft, and when it is looked at again."""

    office = choice(_("Adopted by"), [], radio=True)
    day = make.day(_("On"), required=True)
    review_on = make.day(_("Looked at again before"), required=True)
    changes = line(_("What is new"), most=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["office"].choices = [(name, text_of(each)) for name, each in crisis_pack().plan.offices.items()]


class ContactForm(Plain):
    """A function that can be reached."""

    function = line(
        _("Function"), required=True, most=120, help_text=_("A function, such as duty officer. No names of people.")
    )
    organisation_name = line(_("Organisation"), most=120)
    circle = choice(_("Where"), Circle.choices)
    phone = line(_("Phone"), most=40)
    phone_second = line(_("Second phone"), most=40, help_text=_("On another network, if there is one."))
    radio = line(_("Radio, pager or place to meet"), most=80)
    remark = line(_("Remark"), most=200, help_text=_("What the function needs, nothing private."))
    rank = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=999, initial=50)
