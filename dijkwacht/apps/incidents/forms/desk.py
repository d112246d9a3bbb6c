"""An incident comes in, what is known of it, who handles it, where its handling is, and which to show."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.incidents.forms.fields import Aware, MomentField, PersonField, answer, area, choice, line, number
from dijkwacht.apps.incidents.models import DataRole, IncidentKind, IncidentState
from dijkwacht.apps.incidents.words import causes, detections, rsit_choices


class TellForm(Aware):
    """What is told in the first minute."""

    title = line(
        gettext_lazy("What is it, in one line"),
        help_text=gettext_lazy("For example: the case system does not work. Name no persons here."),
    )
    what = area(gettext_lazy("What happened"), help_text=gettext_lazy("What you see now. More can be added later."))
    known_at = MomentField(label=gettext_lazy("When we knew of it"))
    known_by = line(gettext_lazy("Who knew of it then"), help_text=gettext_lazy("A name or a team."))
    began_at = MomentField(label=gettext_lazy("When it began"), required=False)
    kind = choice(
        gettext_lazy("What kind"), IncidentKind.choices,
        help_text=gettext_lazy("A near miss almost went wrong; a threat has not done anything yet."),
    )  # fmt: skip
    personal_data = answer(gettext_lazy("Are personal data affected?"))
    restricted = forms.BooleanField(
        label=gettext_lazy("Only for who handles incidents"), required=False,
        help_text=gettext_lazy("For example when a colleague may be involved."),
    )  # fmt: skip


class WhatForm(Aware):
    """What it is, and how it could happen."""

    title = line(gettext_lazy("What is it, in one line"))
    kind = choice(gettext_lazy("What kind"), IncidentKind.choices)
    what = area(gettext_lazy("What happened"), rows=5)
    measures = area(gettext_lazy("What was done about it"), required=False)
    rsit = forms.ChoiceField(label=gettext_lazy("Which kind of incident"), required=False)
    detection = forms.ChoiceField(label=gettext_lazy("How it came to light"), required=False)
    cause = forms.ChoiceField(label=gettext_lazy("Cause"), required=False)
    root_cause = area(
        gettext_lazy("Root cause"), required=False,
        help_text=gettext_lazy("What lay under it, as far as it was established."),
    )  # fmt: skip
    unlawful = answer(gettext_lazy("Do we suspect an unlawful or malicious act?"))
    indicators = area(
        gettext_lazy("Indicators of compromise"), required=False,
        help_text=gettext_lazy("One on a line: an IP address, a domain, a hash. Only what may be shared."),
    )  # fmt: skip
    restricted = forms.BooleanField(label=gettext_lazy("Only for who handles incidents"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["rsit"].choices = [("", _("Not chosen yet")), *rsit_choices()]
        fields["detection"].choices = [("", _("Not chosen yet")), *detections()]
        fields["cause"].choices = [("", _("Not chosen yet")), *causes()]


class MomentsForm(Aware):
    """When what was so, and who knew of it."""

    began_at = MomentField(label=gettext_lazy("When it began"), required=False)
    noticed_at = MomentField(label=gettext_lazy("When it was first noticed"), required=False)
    noticed_by = line(gettext_lazy("Who noticed it first"), required=False)
    known_at = MomentField(label=gettext_lazy("When we knew of it"))
    known_by = line(gettext_lazy("Who knew of it then"))
    recovery_expected_at = MomentField(label=gettext_lazy("When recovery is expected"), required=False)
    recovered_at = MomentField(label=gettext_lazy("When it was over"), required=False)


class ConsequencesForm(Aware):
    """What it does: to services, to others, in money and across borders."""

    effects = area(gettext_lazy("What the consequences are"), required=False)
    people_hit = number(gettext_lazy("How many people notice it"))
    loss = number(gettext_lazy("What it costs by estimate, in euros"), most=9_000_000_000_000)
    recipients = answer(gettext_lazy("May it harm the service to those who receive it?"))
    essential = answer(gettext_lazy("Does it disrupt, or may it disrupt, an essential service of a critical entity?"))
    cross_border = answer(gettext_lazy("Does it have consequences in other countries, or may it?"))
    cross_border_text = area(gettext_lazy("Which consequences in which countries"), required=False)


class DataForm(Aware):
    """Personal data: whether they were affected, whose duty it is to say so, and how bad it is for the persons."""

    personal_data = answer(gettext_lazy("Are personal data affected?"))
    breach_at = MomentField(
        label=gettext_lazy("When we knew that personal data were affected"), required=False,
        help_text=gettext_lazy("Empty: the moment at which you save “yes”."),
    )  # fmt: skip
    data_role = choice(gettext_lazy("What are we for these data?"), DataRole.choices)
    data_risk = answer(
        gettext_lazy("Is there a risk to the persons concerned?"),
        help_text=gettext_lazy("Only a clear no ends the duty to notify. Whoever does not know yet, keeps the term."),
    )
    high_risk = answer(gettext_lazy("Is that risk probably high?"))
    records_hit = number(gettext_lazy("Of how many persons are data affected"))


class GiveForm(Aware):
    """Who handles it."""

    handler = PersonField(label=gettext_lazy("Who handles it"))


class MoveForm(Aware):
    """Where the handling is now, and since when."""

    state = choice(gettext_lazy("How it stands now"), IncidentState.choices)
    when = MomentField(label=gettext_lazy("Since when"))

    def __init__(self, *args: Any, states: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = list(states)  # type: ignore[attr-defined]


class IncidentsFilter(forms.Form):
    """Which incidents to show."""

    text = forms.CharField(label=gettext_lazy("Text or number"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Exercises"), required=False)
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["state"].choices = [("", _("Every state")), ("open", _("Not closed")), *IncidentState.choices[1:]]
        fields["sort"].choices = [("", _("Only real ones")), ("exercise", _("Only exercises")), ("all", _("Both"))]
        fields["year"].choices = [("", _("Every year")), *((each, str(each)) for each in years)]
