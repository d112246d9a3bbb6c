"""The forms of a crisis: opening, lines of the log, a step on a ladder, closing, weighing, the mayor's card, the axes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.crisis.forms.fields import Plain, area, choice, day, line, moment
from dijkwacht.apps.crisis.models import Certainty, LineKind, Topic
from dijkwacht.apps.crisis.services.logging import OF_KIND
from dijkwacht.apps.crisis.services.weighing import LIMITS, MOST_OPTIONS
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.web.terms import text_of

WRITTEN = (LineKind.FACT, LineKind.QUESTION, LineKind.DECISION, LineKind.ACTION, LineKind.COMMUNICATION)
LESSONS = 4


class OpenForm(Plain):
    """What happens, as far as known."""

    title = line(_("What to call it"), required=True, most=120)
    what = area(_("What happens, as far as known"), required=True, rows=4)
    exercise = forms.BooleanField(label=_("This is an exercise"), required=False)
    incident = line(_("Number in the incident register"), most=20, help_text=_("Such as 2026-014. Only the number."))
    alarm_at = moment(
        _("When the alarm criteria were met"),
        help_text=_("The statutory start times run from here. Leave empty if that was not so."),
    )


class LineForm(Plain):
    """A line of the log. What its kind does not use is left out."""

    text = area(_("Text"), required=True)
    was_at = moment(_("When it was so"), help_text=_("Empty: now."))
    certainty = choice(_("How sure"), Certainty.choices, radio=True)
    topic = choice(_("About"), [(each.value, each.label) for each in reversed(Topic)], required=False)
    source = line(_("Who says so"), most=200)
    actor = line(_("Who"), most=120, help_text=_("A function, not a name."))
    power = choice(_("Under which power"), [], required=False)
    power_text = line(_("Power in words, if it is not in the list"), most=200)
    alternatives = area(_("What else could be done"))
    reasons = area(_("Why this"), required=False)
    advice = area(_("Whose advice was heard, and what it was"))
    due_at = moment(_("Before when"))
    audience = line(_("To whom, by which road"), most=200)

    def __init__(self, *args: Any, kind: str, powers: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["power"].choices = [("", _("None of these")), *powers]
        for name in [each for each in fields if each not in ("text", "was_at", *OF_KIND[LineKind(kind)])]:
            del fields[name]


class ScaleForm(Plain):
    """A step on a ladder."""

    level = choice(_("To"), [], radio=True)
    reason = area(_("Why"), required=True)
    decided_by = line(_("Who decides"), required=True, most=120, help_text=_("A function, not a name."))
    was_at = moment(_("When it was so"), help_text=_("Empty: now."))

    def __init__(self, *args: Any, ladder: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        levels = crisis_pack().ladders.ladders[ladder].levels
        fields["level"].choices = [(each.id, f"{text_of(each.name)}: {text_of(each.when)}") for each in levels]


class ClockForm(Plain):
    """From when the start times run."""

    alarm_at = moment(_("When the alarm criteria were met"))
    called_at = moment(_("When the mayor called the team"))


class CloseForm(Plain):
    """What was learned, and who does what about it."""

    evaluation = area(_("What went well, what did not, what was never known"), required=True, rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(1, LESSONS + 1):
            self.fields[f"text_{at}"] = line(_("%(n)s. What is done about it") % {"n": at}, most=500)
            self.fields[f"owner_{at}"] = line(_("By whom (a function)"), most=120)
            self.fields[f"due_{at}"] = day(_("Before"))

    def clean(self) -> dict[str, Any]:
        """A lesson has all three parts or none."""
        cleaned = super().clean() or {}
        for at in range(1, LESSONS + 1):
            parts = [cleaned.get(f"{name}_{at}") for name in ("text", "owner", "due")]
            if any(parts) and not all(parts):
                self.add_error(f"text_{at}", _("Fill in what, by whom and before when."))
        return cleaned

    def lessons(self) -> list[dict[str, Any]]:
        """What was filled in."""
        rows = [
            {name: self.cleaned_data[f"{name}_{at}"] for name in ("text", "owner", "due")}
            for at in range(1, LESSONS + 1)
        ]
        return [each for each in rows if each["text"]]


class LessonForm(Plain):
    """What became of it."""

    result = line(_("What was done"), required=True, most=500)


class WeighForm(Plain):
    """The six criteria, each with a word and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in crisis_pack().weighing.criteria.values():
            options = [*((name, text_of(text)) for name, text in each.levels.items()), ("unknown", _("Not known yet"))]
            self.fields[each.id] = choice(text_of(each.name), options, radio=True, help_text=text_of(each.ask))
            self.fields[f"why_{each.id}"] = line(_("What this rests on"), most=300)
        self.fields["conclusion"] = area(_("What you conclude from this, in words"), rows=3, most=1000)

    def answers(self) -> dict[str, dict[str, str]]:
        """Per criterion the word and why."""
        known = crisis_pack().weighing.criteria
        return {name: {"level": self.cleaned_data[name], "why": self.cleaned_data[f"why_{name}"]} for name in known}


class InformForm(Plain):
    """What was done about a point of the duty to inform."""

    state = choice(
        _("Stand"),
        [("done", _("Done")), ("busy", _("Being done")), ("not_now", _("Not now, with the reason"))],
        radio=True,
    )
    note = line(_("Note"), most=300)


class MayorCardForm(Plain):
    """What the mayor needs to know; short, since it must fit on one page."""

    happens = area(_("What happens"), required=True, rows=3, most=LIMITS["happens"])
    residents = area(_("What it means for residents"), required=True, rows=3, most=LIMITS["residents"])
    decides = area(
        _("Who decides what now, under which law"), required=True, rows=3, most=LIMITS["decides"],
        help_text=_("Such as: the mayor on effects in the street (Gemeentewet 172); the municipality itself on its own systems."),
    )  # fmt: skip
    asked = line(_("The decision asked now"), most=LIMITS["asked"], help_text=_("Leave empty when none is asked."))
    advice = line(_("What is advised, and by whom"), most=LIMITS["advice"])
    speaks = line(_("Who speaks to the public"), required=True, most=LIMITS["speaks"])
    next_at = moment(_("Next moment"))
    next_what = line(_("What happens then"), most=LIMITS["next_what"])
    unknown = area(_("What is not known"), required=True, rows=2, most=LIMITS["unknown"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(1, MOST_OPTIONS + 1):
            self.fields[f"option_{at}_what"] = line(_("Option %(n)s") % {"n": at}, most=LIMITS["what"])
            self.fields[f"option_{at}_then"] = line(_("What follows from it"), most=LIMITS["then"])
        order = ["happens", "residents", "decides", "asked"]
        order += [f"option_{at}_{part}" for at in range(1, MOST_OPTIONS + 1) for part in ("what", "then")]
        self.order_fields([*order, "advice", "speaks", "next_at", "next_what", "unknown"])

    def parts(self) -> tuple[dict[str, Any], list[dict[str, str]]]:
        """The texts, and the options."""
        data = dict(self.cleaned_data)
        options = [
            {part: data.pop(f"option_{at}_{part}") for part in ("what", "then")} for at in range(1, MOST_OPTIONS + 1)
        ]
        return data, options


class CompareForm(Plain):
    """An incident held against the five axes."""

    title = line(_("What it is about"), required=True, most=120)
    incident = line(_("Number in the incident register"), most=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in crisis_pack().axes.values():
            options = [
                ("physical", text_of(each.physical)), ("digital", text_of(each.digital)), ("both", _("Both")),
                ("unknown", _("Not known yet")),
            ]  # fmt: skip
            self.fields[each.id] = choice(text_of(each.name), options, radio=True, help_text=text_of(each.ask))
            self.fields[f"why_{each.id}"] = line(_("What this rests on"), most=300)

    def answers(self) -> dict[str, dict[str, str]]:
        """Per axis the likeness and why."""
        return {
            name: {"like": self.cleaned_data[name], "why": self.cleaned_data[f"why_{name}"]}
            for name in crisis_pack().axes
        }
