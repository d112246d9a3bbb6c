"""What is kept about an incident: what was hit, timeline, tasks, contacts, exhibits and who had them, messages, lessons."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.incidents.forms.fields import Aware, MomentField, PersonField, area, choice, line
from dijkwacht.apps.incidents.models import Direction, HitEffect, MomentKind
from dijkwacht.apps.people.forms import DayField

AUDIENCES = [
    ("", gettext_lazy("Nobody whom a law names")),
    ("recipients", gettext_lazy("The recipients of the service")),
    ("persons", gettext_lazy("The persons whose data are affected")),
    ("controller", gettext_lazy("The controller for whom we process data")),
]


class HitForm(Aware):
    """A system or process that was hit."""

    subject = forms.ChoiceField(label=gettext_lazy("Which system or process"))
    effect = choice(gettext_lazy("What was harmed"), HitEffect.choices)
    since = MomentField(label=gettext_lazy("Since when"), required=False)
    until = MomentField(label=gettext_lazy("Until when"), required=False, help_text=gettext_lazy("Empty: it still is."))
    note = line(gettext_lazy("Explanation"), required=False, most=300)


class NoteForm(Aware):
    """A line of the timeline."""

    when = MomentField(label=gettext_lazy("When"))
    approximate = forms.BooleanField(label=gettext_lazy("About then"), required=False)
    kind = choice(gettext_lazy("What kind of line"), MomentKind.choices)
    text = area(gettext_lazy("What happened then"))


class TaskForm(Aware):
    """Something to do."""

    title = line(gettext_lazy("What must be done"))
    owner = PersonField(label=gettext_lazy("Who does it"))
    due_at = MomentField(label=gettext_lazy("No later than"), required=False)


class FinishTaskForm(Aware):
    """What came of a task."""

    ended = choice(
        gettext_lazy("How did it end"),
        [("done", gettext_lazy("It is done")), ("dropped", gettext_lazy("It will not be done"))],
    )
    result = line(gettext_lazy("What came of it"), required=False, most=500)


class ContactForm(Aware):
    """Whom one calls about this incident."""

    name = line(gettext_lazy("Name"), most=150)
    function = line(gettext_lazy("Function"), required=False, most=150)
    organisation_name = line(gettext_lazy("Organisation"), required=False)
    phone = line(gettext_lazy("Phone"), required=False, most=40)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    note = line(gettext_lazy("Explanation"), required=False, most=300)


class SecureForm(Aware):
    """Something that is kept as evidence."""

    label = line(gettext_lazy("Number or label"), most=40, help_text=gettext_lazy("As it stands on it, such as B-1."))
    what = line(gettext_lazy("What it is"), most=300)
    secured_at = MomentField(label=gettext_lazy("When it was secured"))
    secured_by = line(gettext_lazy("Who secured it"), most=150)
    where = line(gettext_lazy("Where it is kept"), required=False)
    file = forms.FileField(
        label=gettext_lazy("File"), required=False,
        help_text=gettext_lazy("Kept here, at most 50 MB; its SHA-256 is noted. Who sees this organisation can open it."),
    )  # fmt: skip
    digest = line(
        gettext_lazy("SHA-256 of what is kept elsewhere"), required=False, most=128,
        help_text=gettext_lazy("Shows later that nothing was altered."),
    )  # fmt: skip
    keep_until = DayField(label=gettext_lazy("Keep until"), required=False)

    def __init__(self, *args: Any, restricted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if restricted:  # a file of the ledger can be opened by whoever sees the organisation
            del self.fields["file"]

    def clean_digest(self) -> str:
        """Letters and digits of a hash, or nothing."""
        text = "".join(str(self.cleaned_data["digest"]).split()).lower()
        if text and (len(text) != 64 or any(each not in "0123456789abcdef" for each in text)):
            raise forms.ValidationError(_("A SHA-256 has 64 characters: digits and the letters a to f."))
        return text


class HandOverForm(Aware):
    """An exhibit that goes to somebody else."""

    when = MomentField(label=gettext_lazy("When"))
    given_by = line(gettext_lazy("Who gave it"), most=150)
    taken_by = line(gettext_lazy("Who received it"), most=150)
    purpose = line(gettext_lazy("What for"), most=300)


class MessageForm(Aware):
    """Something said to or by others."""

    when = MomentField(label=gettext_lazy("When"))
    direction = choice(gettext_lazy("Which way"), Direction.choices)
    party = line(gettext_lazy("With whom"))
    channel = line(
        gettext_lazy("By which road"), most=60, help_text=gettext_lazy("Phone, e-mail, letter, website, press release.")
    )
    text = area(gettext_lazy("What was said"))
    public = forms.BooleanField(label=gettext_lazy("Told to everybody"), required=False)
    audience = forms.ChoiceField(
        label=gettext_lazy("Whom did this inform, as a law asks?"), choices=AUDIENCES, required=False,
        help_text=gettext_lazy("This ends the term of informing them."),
    )  # fmt: skip


class LearnForm(Aware):
    """What is learned, and what is done with it."""

    text = area(gettext_lazy("What we learned"))
    improvement = line(gettext_lazy("What we will improve"), required=False, most=300)
    owner = PersonField(label=gettext_lazy("Who does it"))
    due = DayField(label=gettext_lazy("Before and with which day"), required=False)


class FinishLessonForm(Aware):
    """What came of an improvement."""

    result = area(gettext_lazy("What was done"))
